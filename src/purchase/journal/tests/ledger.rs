//! A correct worker, a cloud that places orders and shows them late, and faults at any moment: no order that exists is
//! ever taken for absent, and none is sent twice.

use proptest::prelude::*;

use super::config;
use super::memory_disk::{Disk, Fault};
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::intents::{OrderState, Purchase};
use crate::purchase::journal::{Journal, Opened};

/// One order: the course of its call, and the fault that hits it.
#[derive(Debug, Clone)]
struct Attempt {
    /// Set if the connection fails, so that nothing is sent.
    is_unreachable: bool,
    is_placed: bool,
    /// Set if a conclusive response arrives.
    is_answered: bool,
    /// The disk call that fails, counted from the intent.
    fault: Option<usize>,
    /// Quarters of the unsynced bytes that survive.
    quarters: usize,
    /// The seconds after which the order becomes visible.
    visible_after: i64,
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let fault = prop::option::of(0..40_usize);
    (any::<bool>(), any::<bool>(), any::<bool>(), fault, 0..=4_usize, 0..1199_i64).prop_map(
        |(is_unreachable, is_placed, is_answered, fault, quarters, visible_after)| Attempt {
            is_unreachable,
            is_placed,
            is_answered,
            fault,
            quarters,
            visible_after,
        },
    )
}

/// The order that the cloud has really placed, and how often a request began.
#[derive(Debug, Default)]
struct Ledger {
    first_bytes: u32,
    order: Option<String>,
}

/// Does what the worker does, as far as the journal allows; stops at the first record that fails.
fn buy(journal: &mut Journal, number: u64, start: i64, attempt: &Attempt, ledger: &mut Ledger) -> Option<()> {
    journal.append(&begun(number, start)).ok()?;
    if attempt.is_unreachable {
        return journal.append(&concluded(number, start + 1, not_sent())).ok();
    }
    journal.append(&sending(number, start + 2)).ok()?;
    ledger.first_bytes += 1;
    if attempt.is_placed {
        ledger.order = Some(format!("CS{number}"));
    }
    let outcome = match (&ledger.order, attempt.is_answered) {
        (Some(order), true) => accepted(order),
        (None, true) => refused(),
        (Some(_) | None, false) => unknown(),
    };
    journal.append(&concluded(number, start + 3, outcome)).ok()
}

/// Reads until the order is found or the evidence is sufficient.
fn find_out(journal: &mut Journal, number: u64, now: i64, attempt: &Attempt, ledger: &Ledger) -> Option<()> {
    for second in [2, 5, 10, 300, 600, 900, 1200, 1500, 1800] {
        if !matches!(journal.intents().state(id(number)), Some(OrderState::Unknown(_))) {
            return None;
        }
        let seen: Vec<&str> =
            ledger.order.iter().filter(|_| second >= attempt.visible_after).map(String::as_str).collect();
        journal.append(&reading(number, now + second, true, &seen)).ok()?;
        if let Some(order) = seen.first() {
            journal.append(&found(number, now + second, order)).ok()?;
        } else {
            let evidence = journal.intents().purchase(id(number))?.evidence();
            let negative = not_found(number, now + second, evidence.readings, evidence.quiet_seconds);
            assert_eq!(journal.append(&negative).is_ok(), evidence.is_enough());
        }
    }
    Some(())
}

fn tells_the_truth(purchase: &Purchase, ledger: &Ledger) {
    assert!(ledger.first_bytes <= 1);
    match purchase.state() {
        OrderState::Accepted(_) | OrderState::Found { .. } => {
            let orders: Vec<&String> = purchase.order_ids().iter().collect();
            assert_eq!(orders, ledger.order.iter().collect::<Vec<_>>());
        }
        OrderState::Rejected(_) | OrderState::NotSent(_) | OrderState::NotFound | OrderState::NotPlaced => {
            assert_eq!(ledger.order, None, "{purchase:?}");
        }
        OrderState::Unknown(_) => {}
        OrderState::Ready | OrderState::Sending | OrderState::Conflict => panic!("{purchase:?}"),
    }
}

fn writable(disk: &Disk, now: i64) -> Journal {
    match Journal::open_in(disk.storage(), at(now)).unwrap() {
        Opened::Writable(journal) => journal,
        Opened::ReadOnly(_, why) => panic!("{why}"),
    }
}

proptest! {
    #![proptest_config(config(5_000))]

    #[test]
    fn no_order_that_exists_is_lost_and_none_is_sent_twice(attempts in prop::collection::vec(attempt(), 1..4)) {
        let disk = Disk::default();
        let mut ledgers = Vec::new();
        for (number, attempt) in (1..).zip(&attempts) {
            let start = 10_000 * i64::try_from(number).unwrap();
            let mut ledger = Ledger::default();
            let mut journal = writable(&disk, start);
            disk.inside().calls.clear();
            disk.inside().fault = attempt.fault.map(Fault::AtCall);
            // A record that fails ends the run of the program; the next one finds out.
            let _ = buy(&mut journal, number, start, attempt, &mut ledger);
            drop(journal);
            disk.power_cut(disk.unsynced() * attempt.quarters / 4, attempt.quarters % 2 == 0);
            let mut journal = writable(&disk, start + 10);
            if journal.intents().purchase(id(number)).is_some() {
                let _ = find_out(&mut journal, number, start + 10, attempt, &ledger);
            }
            ledgers.push(ledger);
            for (number, ledger) in (1..).zip(&ledgers) {
                match journal.intents().purchase(id(number)) {
                    Some(purchase) => tells_the_truth(purchase, ledger),
                    None => assert_eq!(ledger.first_bytes, 0),
                }
            }
            if let Some(purchase) = journal.intents().purchase(id(number)) {
                // After a lost record nobody knows when it was sent: no negative ends that.
                let is_measured = purchase.sent_at().is_none_or(|sent| sent.ahead.is_some());
                let is_open = matches!(purchase.state(), OrderState::Unknown(_));
                assert!(!is_open || !is_measured, "reading for 30 minutes settles it");
            }
        }
    }
}
