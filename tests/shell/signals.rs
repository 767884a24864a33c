//! Signals while an order is on its way: its answer is awaited and kept, and whoever leaves all the same is told the truth.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Child;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::fixture::Stage;

/// Begins to buy and comes back when the order is placed and its answer still awaited.
fn on_its_way(stage: &Stage) -> Child {
    let child = stage.command(["buy", "order.json", "--yes", "--json"]).spawn().unwrap();
    while stage.placed() == 0 {
        std::thread::yield_now();
    }
    child
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[test]
fn the_end_of_the_session_waits_for_the_answer() {
    for end in [Signal::TERM, Signal::HUP] {
        let stage = Stage::new("slow");
        let child = on_its_way(&stage);
        signal(&child, end);
        let said = Stage::ended(child);
        assert_eq!((said.code, said.json()["outcome"].as_str()), (0, Some("accepted")), "{said:?}");
        assert_eq!((stage.posts(), stage.states()), (1, vec!["ACCEPTED".to_owned()]));
    }
}

#[test]
fn whoever_leaves_twice_is_told_that_the_order_may_be_placed() {
    let stage = Stage::new("timeout-after-order");
    let mut child = on_its_way(&stage);
    let mut words = BufReader::new(child.stderr.take().unwrap());
    signal(&child, Signal::INT);
    let mut line = String::new();
    while !line.contains("The order is on its way and may be placed already") {
        line.clear();
        assert_ne!(words.read_line(&mut line).unwrap(), 0);
    }
    signal(&child, Signal::INT);
    let mut rest = String::new();
    words.read_to_string(&mut rest).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(rest.contains("it may be placed. `cph-wizard orders reconcile` looks for it."), "{rest}");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), result["outcome"].as_str()), (Some(130), Some("unknown")));
    // The journal knows, and a repeat is stopped.
    assert_eq!(stage.states(), ["UNKNOWN"]);
    assert_eq!(stage.run(["buy", "order.json", "--yes"]).code, 2);
    assert_eq!((stage.posts(), stage.placed()), (1, 1));
}
