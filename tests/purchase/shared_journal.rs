//! What several processes share: one journal, of which one can buy; and what nobody is to see.

use std::path::Path;

use crate::fixture::{Buyer, Kill, TOKEN};
use crate::invariants::judge;

#[test]
fn of_all_processes_that_share_a_journal_one_at_a_time_buys() {
    let mut buyer = Buyer::new("normal");
    let (mut bought, mut turned_away) = (0, 0);
    for _ in 0..15 {
        let children: Vec<_> = (0..6).map(|_| buyer.begin_to_buy()).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            match output.status.code() {
                Some(0) => bought += 1,
                Some(7) => turned_away += 1,
                other => panic!("{other:?}: {output:?}"),
            }
        }
    }
    assert_eq!(buyer.simulator.ledger().len(), bought);
    assert!(bought > 0 && bought + turned_away == 90, "{bought} bought, {turned_away} were turned away");
    judge(&mut buyer, "six processes at a time");
    buyer.stop();
}

#[test]
fn the_token_turns_up_in_no_file_and_in_no_output() {
    for scene in ["normal", "reset-before-answer", "no-permission", "token-expired"] {
        let mut buyer = Buyer::new(scene);
        let (_, output) = buyer.buy(&Kill::Never);
        let listed = buyer.run(&["orders", "list"], &Kill::Never);
        for text in [&output.stdout, &output.stderr, &listed.stdout, &listed.stderr] {
            assert!(!String::from_utf8_lossy(text).contains(TOKEN), "{scene}");
        }
        let mut looked_at = 0;
        look(buyer.home.path(), &mut looked_at);
        assert!(looked_at >= 2, "the order file and the journal were looked at");
        buyer.stop();
    }
}

fn look(dir: &Path, looked_at: &mut u32) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look(&path, looked_at);
        } else {
            *looked_at += 1;
            let text = std::fs::read(&path).unwrap();
            assert!(!String::from_utf8_lossy(&text).contains(TOKEN), "{}", path.display());
        }
    }
}
