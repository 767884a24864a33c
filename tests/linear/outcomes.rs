//! Outcomes in lines: what is searched for, what was found since, and commands that work as they are offered.

use cph_wizard::app::{Effect, Page};
use cph_wizard::purchase::{Outcome, Reconciled, Rejection};

use crate::common::{Driver, reading, unknown};
use crate::linear_driver::LinearDriver;

fn rejected() -> Outcome {
    let (code, message) = ("CPS.0024".into(), "Parameter: count is invalid.".into());
    Outcome::Rejected(Rejection { status: 400, code, message, request_id: None })
}

/// An order in lines, with its outcome.
fn ordered(outcome: Outcome) -> (LinearDriver, uuid::Uuid) {
    let mut linear = LinearDriver::over(Driver::on_review());
    linear.line("");
    linear.line("order");
    let id = crate::common::end_with(&mut linear.driver, outcome);
    linear.print();
    (linear, id)
}

#[test]
fn a_rejected_order_is_searched_for_as_on_the_screen_and_the_result_is_told() {
    let (mut linear, id) = ordered(rejected());
    assert!(linear.printed.join("\n").contains("Huawei Cloud only reported this."));
    let at = linear.printed.len();
    assert_eq!(linear.line("look"), [Effect::ReconcileOrder { id }]);
    assert!(!linear.since(at).contains("Nothing was ordered"), "{}", linear.since(at));
    let seen = Reconciled::NotSeen { candidates: [].into(), flaws: [].into() };
    linear.driver.reconciled(id, &[reading(id, 70, &[])], seen);
    let said = linear.answer("look");
    assert!(said.contains("No order found at 10:01:10 UTC."), "{said}");
    let at = linear.printed.len();
    linear.driver.conflict(id, &["CS1"]);
    linear.print();
    let said = linear.since(at);
    assert!(said.contains("CONFLICT: the purchase was rejected, but an order exists."), "{said}");
    assert!(said.contains("orders resolve") && said.contains("--order-id CS1"), "{said}");
    assert_eq!(said.matches("an order exists").count(), 1, "{said}");
}

#[test]
fn a_conflict_is_told_once_without_being_asked_for_and_offers_no_search() {
    let (mut linear, id) = ordered(unknown());
    let at = linear.printed.len();
    linear.driver.conflict(id, &["CS1", "CS2"]);
    linear.print();
    let said = linear.since(at);
    assert_eq!(said.matches("CONFLICT").count(), 1, "{said}");
    assert!(said.contains("--order-id CS1 --order-id CS2"), "{said}");
    let prompt = linear.printed.last().unwrap().clone();
    assert!(!prompt.contains("look"), "{prompt}");
    let help = linear.answer("help");
    assert!(help.contains("orders resolve"), "{help}");
}

#[test]
fn every_command_of_a_prompt_works_as_it_is_written() {
    for outcome in [unknown(), rejected()] {
        for conflict in [false, true] {
            let new = || {
                let (mut linear, id) = ordered(outcome.clone());
                if conflict {
                    linear.driver.conflict(id, &["CS1", "CS2"]);
                    linear.print();
                }
                linear
            };
            let prompt = new().printed.last().unwrap().clone();
            let offered = prompt.split(" (").next().unwrap().replace(" or ", ", ");
            for word in offered.split(", ") {
                let mut linear = new();
                let said = linear.answer(word);
                assert!(!said.contains("is no command"), "{word} of {prompt:?}: {said}");
                let leaves = matches!(linear.driver.effects.last(), Some(Effect::Quit));
                match word {
                    "quit" => assert!(leaves, "{said}"),
                    "back" => assert_eq!(linear.driver.model.page, Page::Form, "{said}"),
                    "look" => assert!(matches!(linear.driver.effects.last(), Some(Effect::ReconcileOrder { .. }))),
                    other => panic!("{other} of {prompt:?}"),
                }
            }
        }
    }
}
