//! A cloud whose names, ids and messages are meant for the terminal: what comes out of the program moves the cursor where
//! the program wants it, and nowhere else.

use cph_wizard::simulator::{Options, Scene, Simulator};
use tokio::runtime::Runtime;

use crate::corpus::{everything, is_forbidden, wrong_in};
use crate::form_steps::{await_flavors, place, to_review};
use crate::harness::{Seen, Terminal, ctrl};
use crate::launch::Start;

const MEMBERS: [&str; 14] = [
    "request_id",
    "order_id",
    "product_id",
    "error_msg",
    "image_name",
    "os_name",
    "band_width_name",
    "fingerprint",
    "cpu",
    "resolution",
    "server_name",
    "server_id",
    "name",
    "domain_name",
];

/// Nothing but looks, cursor movements and modes stands behind an ESC, and nothing else hides or moves.
fn is_ours(wizard: &Terminal, what: &str) {
    let seen = wizard.seen();
    let text = String::from_utf8_lossy(&seen.bytes).into_owned();
    let odd = text.split('\x1b').skip(1).find(|part| !part.starts_with('['));
    assert_eq!(odd, None, "{what}");
    let hidden = text.chars().find(|c| is_forbidden(*c) && !"\x1b\r\n".contains(*c));
    assert_eq!(hidden, None, "{what}");
    let (rows, cols) = seen.screen().size();
    for cell in (0..rows.get()).flat_map(|row| (0..cols.get()).map(move |col| (row, col))) {
        let contents = seen.screen().cell(cell.0, cell.1).map(|cell| cell.contents().to_owned()).unwrap_or_default();
        assert_eq!(wrong_in(&contents), None, "{what} at {cell:?}");
    }
}

fn play(refuses: bool) {
    let runtime = Runtime::new().expect("a runtime");
    let mut scene = serde_json::json!({
        "version": 2, "name": "hostile", "description": "Every text is meant for the terminal.",
        "tampering": {
            "operations": [
                "purchase", "servers", "server-models", "phone-models", "phone-images", "bandwidths", "os-keypairs", "auth-domains"
            ],
            "append_text": { "fields": MEMBERS, "text": everything() },
        },
    });
    if refuses {
        scene["rejection"] = serde_json::json!({ "stage": "service", "operations": ["purchase"], "status": 400, "code": "CPS.0065", "message": "No" });
    }
    let options = Options { scene: Scene::parse(&scene.to_string()).expect("a scene"), ..Options::default() };
    let simulator = runtime.block_on(Simulator::start(options)).expect("a simulator");
    let url = simulator.url();
    let account = [
        ("CPH_WIZARD_TEST_ENDPOINT", "1"),
        ("CPH_WIZARD_ENDPOINT", url.as_str()),
        ("CPH_WIZARD_TOKEN", "token"),
        ("CPH_WIZARD_PROJECT_ID", "p"),
    ];
    let start = account.into_iter().fold(Start::with(&[]), |start, (name, value)| start.env(name, value));
    let mut wizard = start.size(120, 40).open();
    await_flavors(&wizard);
    to_review(&mut wizard, "alpha");
    is_ours(&wizard, "Review");
    wizard.send("\x1b[18~");
    wizard.until("the calls", |text| text.contains("Calls of this run"));
    wizard.send("\r");
    wizard.until("a call", |text| text.contains("Request") && text.contains("HTTP") || text.contains("Answer 200"));
    is_ours(&wizard, "a call");
    wizard.send("\x1b");
    wizard.until("the list", |text| text.contains("Calls of this run"));
    wizard.send("\x1b");
    place(&mut wizard);
    let heading = if refuses { "REJECTED" } else { "UNKNOWN" };
    wizard.until("the outcome", |text| text.contains(heading) && text.contains("<U+"));
    wizard.send(ctrl('c'));
    wizard.see("the end", Seen::has_ended);
    is_ours(&wizard, "the end");
    assert_eq!(wizard.ended().code, if refuses { 4 } else { 6 });
    runtime.block_on(simulator.stop());
}

#[test]
fn an_order_whose_answer_is_hostile_moves_nothing() {
    play(false);
}

#[test]
fn a_refusal_that_is_hostile_moves_nothing() {
    play(true);
}
