//! Every scene of the simulator and `buy`: exit code, JSON, journal, and never more than one POST.

use cph_wizard::simulator::Scene;

use crate::fixture::{Said, Stage};

/// The exit code, the outcome and the code of its reason.
fn why_not(said: &Said) -> (i32, String, String) {
    let result = said.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (said.code, text(&result["outcome"]), text(&result["reason"]["code"]))
}

/// What an unpaid order comes to: exit code, outcome, state of the journal, POSTs and orders.
fn comes_to(scene: &str, (code, outcome, kept): (i32, &str, &str), orders: usize) {
    let stage = Stage::new(scene);
    let said = stage.run(["buy", "order.json", "--yes", "--json"]);
    let result = said.json();
    assert_eq!((said.code, result["outcome"].as_str().unwrap()), (code, outcome), "{scene}: {said:?}");
    assert_eq!((stage.posts(), stage.placed()), (1, orders), "{scene}");
    assert_eq!(stage.states(), [kept], "{scene}");
    // Whatever may have bought something stops a repeat; what has not may be tried again.
    if matches!(kept, "ACCEPTED" | "UNKNOWN") {
        let again = stage.run(["buy", "order.json", "--yes", "--json"]);
        assert_eq!(why_not(&again), (2, "not_confirmed".into(), "possible_duplicate".into()), "{scene}");
        assert_eq!(stage.posts(), 1, "{scene}");
    }
}

const ACCEPTED: (i32, &str, &str) = (0, "accepted", "ACCEPTED");
const REFUSED: (i32, &str, &str) = (4, "rejected", "REJECTED");
const UNKNOWN: (i32, &str, &str) = (6, "unknown", "UNKNOWN");

const ACCEPTING: [&str; 7] = [
    "normal",
    "large-catalogue",
    "payment-fails",
    "late-server-list",
    "generation-2019",
    "generation-2021",
    "generation-2023",
];
const REFUSING: [&str; 7] =
    ["sold-out", "quota", "no-permission", "unpaid-account", "throttled", "token-expired", "empty-catalogue"];
const OPEN: [&str; 3] = ["broken-json", "reset-before-answer", "error-after-order"];
/// Has a server of the order's name, or a server list that may lack something, so that `buy` asks first.
const ASKING: [(&str, &str); 2] =
    [("foreign-server", "possible_duplicate"), ("unreliable-server-list", "preflight_incomplete")];
/// Rejects the order and places it all the same.
const UNTRUE: &str = "rejected-but-placed";
/// `signals.rs` has the one whose answer never comes.
const SLOW: [&str; 2] = ["slow", "timeout-after-order"];

#[test]
fn every_scene_is_tried() {
    let mut tried = [&ACCEPTING[..], &REFUSING, &OPEN, &SLOW, &ASKING.map(|(scene, _)| scene), &[UNTRUE]].concat();
    let mut known = Scene::names();
    tried.sort_unstable();
    known.sort_unstable();
    assert_eq!(tried, known);
}

#[test]
fn scenes_that_accept() {
    for scene in ACCEPTING {
        comes_to(scene, ACCEPTED, 1);
    }
}

#[test]
fn the_slow_scene() {
    comes_to("slow", ACCEPTED, 1);
}

#[test]
fn scenes_that_refuse() {
    for scene in REFUSING {
        comes_to(scene, REFUSED, 0);
    }
}

#[test]
fn scenes_in_which_it_is_asked_first() {
    for (scene, code) in ASKING {
        let stage = Stage::new(scene);
        let said = stage.run(["buy", "order.json", "--yes", "--json"]);
        assert_eq!(why_not(&said), (2, "not_confirmed".into(), code.into()), "{scene}");
        assert_eq!(stage.posts(), 0, "{scene}");
        let said = stage.run(["buy", "order.json", "--yes", "--json", "--second"]);
        assert_eq!((said.code, said.json()["outcome"].as_str()), (0, Some("accepted")), "{scene}: {said:?}");
        assert_eq!((stage.posts(), stage.placed()), (1, 1), "{scene}");
    }
}

#[test]
fn the_scene_whose_rejection_is_untrue() {
    comes_to(UNTRUE, REFUSED, 1);
}

#[test]
fn scenes_that_leave_it_open() {
    for scene in OPEN {
        comes_to(scene, UNKNOWN, 1);
    }
}

#[test]
fn what_listens_nowhere_is_not_sent() {
    let mut stage = Stage::new("normal");
    let mut unseen = stage.command(["buy", "order.json", "--yes", "--json"]);
    let mut command = stage.command(["buy", "order.json", "--yes", "--second", "--json"]);
    drop(stage.simulator.take());
    // What is there already cannot be read: it has to be said that it is to be bought all the same.
    assert_eq!(unseen.output().unwrap().status.code(), Some(2));
    let output = command.output().unwrap();
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), result["outcome"].as_str()), (Some(5), Some("not_sent")), "{result}");
}

#[test]
fn a_journal_that_cannot_be_kept_needs_attention() {
    let stage = Stage::new("normal");
    stage.write("file", "");
    let said = stage.run(["buy", "order.json", "--yes", "--state-dir", "file"]);
    assert_eq!((said.code, stage.posts()), (7, 0), "{said:?}");
}
