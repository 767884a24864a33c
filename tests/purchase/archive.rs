//! Settled orders move to the archive: nothing is lost, nothing is shown twice, whatever happens on the way.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use jiff::Timestamp;
use serde_json::Value;

use crate::fixture::{Buyer, Kill, draft};
use crate::generated_journal;

const ORDERS: u32 = 2000;

/// Old orders: enough to be moved, and few enough to be made in a moment.
const FEW: u32 = 220;

/// Where the journal and the archive are.
fn files(buyer: &Buyer) -> PathBuf {
    buyer.state_dir()
}

fn buyer_with(orders: u32) -> Buyer {
    let buyer = Buyer::new("normal");
    generated_journal::write(&files(&buyer), orders, Timestamp::now());
    buyer
}

fn told(buyer: &Buyer, args: &[&str]) -> String {
    let output = buyer.run(args, &Kill::Never);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Everything that can be read of all orders.
fn everything(buyer: &Buyer) -> [String; 5] {
    [
        told(buyer, &["orders", "list"]),
        told(buyer, &["orders", "list", "--json"]),
        told(buyer, &["orders", "export", "--json"]),
        told(buyer, &["orders", "export", "--csv", "--state", "ACCEPTED"]),
        told(buyer, &["orders", "show", "--json", &generated_journal::id(7).to_string()]),
    ]
}

/// A start that writes: it moves old orders, and finds nothing to search for in this account.
fn start(buyer: &Buyer, kill: &Kill) -> Output {
    buyer.run(&["orders", "reconcile"], kill)
}

fn archived(buyer: &Buyer) -> usize {
    fs::read_to_string(files(buyer).join("archive.jsonl")).unwrap_or_default().lines().count()
}

fn verified(buyer: &Buyer) -> Value {
    serde_json::from_str(&told(buyer, &["orders", "verify", "--json"])).unwrap()
}

/// Buys an order, and looks for it beside all others.
fn buys_on(buyer: &mut Buyer, before: u32, case: &str) {
    let (name, output) = buyer.buy(&Kill::Never);
    assert_eq!(output.status.code(), Some(0), "{case}: {output:?}");
    let listed = buyer.listed();
    assert_eq!(listed.len(), before as usize + 1, "{case}");
    assert_eq!(listed[0]["server_name"], *name, "{case}");
    assert_eq!(listed[0]["state"], "ACCEPTED", "{case}");
}

#[test]
fn old_orders_are_moved_and_everything_reads_the_same() {
    let mut buyer = buyer_with(ORDERS);
    let before = everything(&buyer);
    assert_eq!(verified(&buyer)["records"], ORDERS * 3);
    start(&buyer, &Kill::Never);
    let moved = archived(&buyer);
    // 30 of 400 days stay, and the oldest order, which is UNKNOWN.
    assert!((1845..1850).contains(&moved), "{moved}");
    assert!(everything(&buyer) == before);
    let verified = verified(&buyer);
    assert_eq!((&verified["orders"], &verified["damage"]), (&ORDERS.into(), &Value::Null));
    assert_eq!(verified["records"], ORDERS * 3 + 1, "all, and the record of the archive");
    buys_on(&mut buyer, ORDERS, "after the archive");
    // The next start has nothing to move.
    start(&buyer, &Kill::Never);
    assert_eq!(archived(&buyer), moved);
    // Later the rest is moved too, but for the newest 50 and the unknown one; the new order has the time of the servers.
    buyer.clock = 31 * 24 * 3600;
    buyer.simulator.advance(std::time::Duration::from_secs(31 * 24 * 3600));
    buys_on(&mut buyer, ORDERS + 1, "a month later");
    let listed = told(&buyer, &["orders", "list", "--json"]);
    start(&buyer, &Kill::Never);
    assert_eq!(archived(&buyer), ORDERS as usize + 2 - 50 - 1);
    assert_eq!(told(&buyer, &["orders", "list", "--json"]), listed);
    assert_eq!(
        told(&buyer, &["orders", "verify"]),
        format!("{} orders and {} records are intact.\n", ORDERS + 2, ORDERS * 3 + 7)
    );
    buyer.stop();
}

#[test]
fn an_order_id_of_an_archived_order_is_refused() {
    let buyer = buyer_with(FEW);
    start(&buyer, &Kill::Never);
    let unknown = generated_journal::id(0).to_string();
    let resolve =
        |order_id: &str| buyer.run(&["orders", "resolve", &unknown, "--order-id", order_id, "--yes"], &Kill::Never);
    let refused = resolve("CS0000000000000007");
    assert_eq!(refused.status.code(), Some(6), "{refused:?}");
    let short = &generated_journal::id(7).to_string()[..8];
    assert!(String::from_utf8_lossy(&refused.stderr).contains(short), "{refused:?}");
    assert_eq!(resolve("CS1").status.code(), Some(0));
    buyer.stop();
}

#[test]
fn an_order_is_not_shown_or_resolved_by_the_beginning_of_several_ids() {
    let buyer = buyer_with(FEW);
    // Of so many orders several begin with any hexadecimal digit.
    for words in [&["orders", "show", "a"][..], &["orders", "resolve", "a", "--not-placed", "--yes"]] {
        let refused = buyer.run(words, &Kill::Never);
        assert_eq!(refused.status.code(), Some(2), "{refused:?}");
        let words = String::from_utf8_lossy(&refused.stderr);
        assert!(words.contains("more than one order id begins with a: type more of it"), "{words}");
    }
    buyer.stop();
}

#[test]
fn killed_at_any_step_no_order_is_lost_or_shown_twice() {
    let sample = buyer_with(FEW);
    let read = |buyer: &Buyer| told(buyer, &["orders", "export", "--json"]);
    let before = read(&sample);
    for point in [
        "archive written",
        "archive synced",
        "archive index written",
        "archive index synced",
        "archive journal written",
        "archive journal synced",
        "archive journal renamed",
        "archive directory synced",
        "new last synced",
        "archive last renewed",
    ] {
        let mut buyer = Buyer::new("normal");
        copy(&sample, &buyer);
        let killed = start(&buyer, &Kill::At(point));
        assert_eq!(killed.status.code(), None, "{point} was not reached: {killed:?}");
        assert!(read(&buyer) == before, "{point}: as it was left");
        assert_eq!(verified(&buyer)["orders"], FEW, "{point}");
        start(&buyer, &Kill::Never);
        assert!(read(&buyer) == before, "{point}: after the next start");
        assert_eq!(verified(&buyer)["orders"], FEW, "{point}");
        assert!(archived(&buyer) > 100, "{point}");
        buys_on(&mut buyer, FEW, point);
        buyer.stop();
    }
    sample.stop();
}

fn copy(from: &Buyer, to: &Buyer) {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).recursive(true).create(files(to)).unwrap();
    for entry in fs::read_dir(files(from)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, files(to).join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn a_record_that_was_torn_in_the_archive_is_written_again() {
    let buyer = buyer_with(FEW);
    let before = everything(&buyer);
    start(&buyer, &Kill::At("archive synced"));
    let path = files(&buyer).join("archive.jsonl");
    let bytes = fs::read(&path).unwrap();
    for length in [1, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&path, &bytes[..length]).unwrap();
        assert!(everything(&buyer) == before, "{length}");
    }
    start(&buyer, &Kill::Never);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert!(everything(&buyer) == before);
    buyer.stop();
}

#[test]
fn an_index_that_is_missing_older_or_garbage_changes_no_list() {
    let buyer = buyer_with(FEW);
    let before = everything(&buyer);
    start(&buyer, &Kill::Never);
    let path = files(&buyer).join("archive.index");
    let good = fs::read(&path).unwrap();
    let lines: Vec<&[u8]> = good.split_inclusive(|byte| *byte == b'\n').collect();
    let mut half_garbage = good.clone();
    half_garbage[good.len() / 2..good.len() / 2 + 300].fill(b'x');
    let cases: [(&str, Vec<u8>); 7] = [
        ("empty", Vec::new()),
        ("older", lines[..60].concat()),
        ("torn", good[..good.len() - 7].to_vec()),
        ("garbage", b"\xff\n{}\nnull\n".to_vec()),
        ("garbage in the middle", half_garbage),
        ("a row is missing", [lines[..30].concat(), lines[31..].concat()].concat()),
        ("of a longer archive", [&good, good.as_slice()].concat()),
    ];
    for (case, bytes) in cases {
        fs::write(&path, &bytes).unwrap();
        assert!(everything(&buyer) == before, "{case}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{case}: nothing is changed by reading");
        assert_eq!(verified(&buyer)["index_renewed"], true, "{case}");
        assert_eq!(fs::read(&path).unwrap(), good, "{case}");
    }
    fs::remove_file(&path).unwrap();
    assert!(everything(&buyer) == before);
    assert_eq!(verified(&buyer)["index_renewed"], true);
    assert_eq!(fs::read(&path).unwrap(), good);
    assert_eq!(verified(&buyer)["index_renewed"], false);
    buyer.stop();
}

#[test]
fn damage_of_the_archive_is_noticed_and_nothing_is_bought() {
    let buyer = buyer_with(FEW);
    start(&buyer, &Kill::Never);
    let path = files(&buyer).join("archive.jsonl");
    let good = fs::read(&path).unwrap();
    let damaged = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        buyer.run(&["orders", "verify"], &Kill::Never)
    };
    // A step that shares no factor with the length of a line comes to every part of one.
    for at in (0..good.len()).step_by(good.len() / 97) {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        let output = damaged(&bytes);
        assert_eq!(output.status.code(), Some(7), "byte {at}: {output:?}");
    }
    for length in [0, good.len() / 2, good.len() - 1] {
        let output = damaged(&good[..length]);
        assert_eq!(output.status.code(), Some(7), "{length} bytes: {output:?}");
        // That the end is missing is noticed by everybody.
        let listed = buyer.run(&["orders", "list"], &Kill::Never);
        assert_eq!(listed.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&listed.stderr).contains("archive"), "{listed:?}");
        let bought = buyer.buy_again(&draft("new"), &[]);
        assert_eq!(bought.status.code(), Some(7), "{bought:?}");
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(buyer.buy_again(&draft("new"), &[]).status.code(), Some(7));
    assert_eq!(buyer.simulator.ledger().len(), 0);
    fs::write(&path, &good).unwrap();
    set_mode(&path);
    assert_eq!(buyer.buy_again(&draft("new"), &[]).status.code(), Some(0));
    buyer.stop();
}

fn set_mode(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}
