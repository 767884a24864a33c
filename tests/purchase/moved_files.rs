//! Files that are removed or moved while an order is on its way: nothing is sent, and no order is lost.

use std::fs;
use std::path::Path;
use std::process::Output;

use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

use crate::fixture::Buyer;
use crate::invariants::judge;

/// Begins to buy, does something to the files while the program stands at a point, and lets it go on.
fn bought_while(buyer: &mut Buyer, point: &str, meddle: impl FnOnce(&Path)) -> Output {
    buyer.variables = vec![("CPH_WIZARD_TEST_STOP_AT".into(), point.into())];
    let child = buyer.begin_to_buy();
    buyer.variables.clear();
    let pid = Pid::from_child(&child);
    let (_, status) = waitpid(Some(pid), WaitOptions::UNTRACED).unwrap().unwrap();
    assert!(status.stopped(), "{point} was not reached");
    meddle(&buyer.state_dir());
    kill_process(pid, Signal::CONT).unwrap();
    child.wait_with_output().unwrap()
}

type Meddle = fn(&Path);

/// What happens to the files.
const MEDDLES: [(&str, Meddle); 6] = [
    ("the directory is removed", |state| fs::remove_dir_all(state).unwrap()),
    ("the directory is moved", |state| fs::rename(state, state.with_extension("moved")).unwrap()),
    ("the directory is replaced", |state| {
        let moved = state.with_extension("moved");
        fs::rename(state, &moved).unwrap();
        copy(&moved, state);
    }),
    ("the journal is removed", |state| fs::remove_file(state.join("journal.jsonl")).unwrap()),
    ("the journal is moved", |state| fs::rename(state.join("journal.jsonl"), state.join("old")).unwrap()),
    ("the lock is removed", |state| fs::remove_file(state.join("journal.lock")).unwrap()),
];

fn copy(from: &Path, to: &Path) {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn an_order_whose_files_are_gone_before_it_is_sent_is_not_sent() {
    for (what, meddle) in MEDDLES {
        // Stopped with the lock and before INTENT; and between INTENT and SENDING, with the connection standing.
        for point in ["before the first record", "connected"] {
            let mut buyer = Buyer::new("normal");
            let output = bought_while(&mut buyer, point, meddle);
            assert_eq!(output.status.code(), Some(7), "{what} at {point}: {output:?}");
            assert!(buyer.simulator.ledger().is_empty(), "{what} at {point}");
            buyer.stop();
        }
    }
}

#[test]
fn while_the_lock_is_removed_no_two_processes_buy() {
    let mut buyer = Buyer::new("normal");
    buyer.variables = vec![("CPH_WIZARD_TEST_STOP_AT".into(), "INTENT synced".into())];
    let first = buyer.begin_to_buy();
    buyer.variables.clear();
    let pid = Pid::from_child(&first);
    let (_, status) = waitpid(Some(pid), WaitOptions::UNTRACED).unwrap().unwrap();
    assert!(status.stopped());
    fs::remove_file(buyer.state_dir().join("journal.lock")).unwrap();
    // The journal itself is locked too.
    let (_, second) = buyer.buy(&crate::fixture::Kill::Never);
    assert_eq!(second.status.code(), Some(7), "{second:?}");
    kill_process(pid, Signal::CONT).unwrap();
    let first = first.wait_with_output().unwrap();
    assert_eq!(first.status.code(), Some(7), "{first:?}");
    assert!(buyer.simulator.ledger().is_empty());
    judge(&mut buyer, "the lock was removed");
    buyer.stop();
}
