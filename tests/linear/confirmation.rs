//! The order sheet in lines: everything that is bought, the warnings, and the word that orders.

use cph_wizard::app::{Effect, Page};

use crate::common::Driver;
use crate::linear_driver::LinearDriver;

fn on_the_sheet(change: impl FnOnce(&mut Driver)) -> (LinearDriver, String) {
    let mut linear = LinearDriver::ready();
    linear.line("goto server_name");
    linear.line("web-01");
    change(&mut linear.driver);
    linear.driver.model.form.recheck();
    linear.line("review");
    let from = linear.printed.len();
    linear.line("");
    assert!(matches!(linear.driver.model.page, Page::Confirm(_)), "{}", linear.printed.join("\n"));
    let said = linear.since(from);
    (linear, said)
}

#[test]
fn yes_does_not_order_and_the_sentence_says_what_to_type() {
    let (mut linear, said) = on_the_sheet(|_| {});
    assert!(said.contains("Type order to place the order, back to leave it:"), "{said}");
    for line in ["yes", "y", "", "web-01"] {
        let from = linear.printed.len();
        assert_eq!(linear.line(line), [], "{line}");
        let said = linear.since(from);
        assert!(said.contains("nothing is ordered. Type order to place the order"), "{line}: {said}");
    }
    let effects = linear.line("order");
    assert!(matches!(&effects[..], [Effect::Submit { .. }]), "{effects:?}");
}

#[test]
fn the_sheet_is_printed_with_its_warnings_first_and_scrolls_nowhere() {
    let (mut linear, said) = on_the_sheet(|driver| {
        driver.model.form.draft.count = "4".into();
        driver.model.form.draft.auto_pay = true;
    });
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "Order sheet. Place order: 4 servers (240 phones), 1 month, PAYS NOW.",
            "Warning: Pays now: the account is charged when the order is placed",
            "Warning: Large order: 4 servers, 240 phones",
        ]
    );
    for row in ["Servers: 4 x physical.rx1.xlarge", "Image: AOSP14, ", "Ports: none", "Payment: now: paid at once"] {
        assert!(said.contains(row), "{row} is missing:\n{said}");
    }
    assert_eq!(linear.line("order"), [], "the server name is asked for");
    let effects = linear.line("web-01");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Submit { .. })), "{effects:?}");
}
