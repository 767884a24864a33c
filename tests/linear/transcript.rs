//! A whole conversation as it is heard, in both languages.

use cph_wizard::app::Msg;
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::purchase::{Event, Outcome, Receipt};

use crate::linear_driver::LinearDriver;

const ANSWERS: &[&str] = &[
    // Flavor and image.
    "kg1",
    "1",
    "4",
    "",
    // Count, with a look at the help and two wrong answers.
    "help",
    "no good",
    "farm",
    "11",
    "3",
    // Bandwidth and billing.
    "2",
    "50",
    "year",
    "2",
    "on",
    // Ports, one of them mended.
    "web 20000 public",
    "web 20001",
    "yes",
    "edit 2 api 20001",
    "",
    // Access.
    "2",
    "3",
    "",
    // Review: look around, change an answer and take it back.
    "problems",
    "11",
    "off",
    "request",
    "changes",
    "undo",
    "account",
    "",
    // The confirmation.
    "",
    "order",
    "farm",
];

fn transcript() -> String {
    let mut linear = LinearDriver::ready();
    let mut heard = String::new();
    let mut at = 0;
    for line in ANSWERS {
        heard.push_str(&linear.since(at));
        heard.push_str(line);
        heard.push('\n');
        at = linear.printed.len();
        linear.line(line);
    }
    let outcome = Outcome::Accepted(Receipt {
        request_id: Some("1564567b8bab40f34711234cb80d8574".into()),
        order_id: "CS1710111105S8IPB".into(),
        product_id: None,
    });
    let event = Event::Concluded { id: None, outcome, lost: None };
    let now = linear.driver.at + 1_000;
    linear.driver.send(Msg::Purchase { event, at: now });
    linear.print();
    linear.line("quit");
    heard + &linear.since(at)
}

#[test]
fn a_whole_order_in_english() {
    let heard = transcript();
    assert!(heard.is_ascii());
    insta::assert_snapshot!(heard);
}

#[test]
fn a_whole_order_in_chinese() {
    insta::assert_snapshot!(with_language(Language::Chinese, transcript));
}
