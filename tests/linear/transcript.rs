//! A whole conversation as it is heard, in both languages.

use cph_wizard::app::Msg;
use cph_wizard::purchase::{Event, Outcome, Receipt};
use cph_wizard::words::{Language, speaking};

use crate::talker::Talker;

const ANSWERS: &[&str] = &[
    "kg1",
    "1",
    "4",
    "",
    "help",
    "no good",
    "farm",
    "11",
    "3",
    "2",
    "50",
    "year",
    "2",
    "on",
    "web 20000 public",
    "web 20001",
    "edit 2 api 20001",
    "",
    "2",
    "3",
    "",
    "problems",
    "11",
    "off",
    "request",
    "changes",
    "undo",
    "account",
    "",
    "order",
    "farm",
];

fn transcript() -> String {
    let mut talker = Talker::ready();
    let mut heard = String::new();
    let mut at = 0;
    for line in ANSWERS {
        heard.push_str(&talker.since(at));
        heard.push_str(line);
        heard.push('\n');
        at = talker.said.len();
        talker.line(line);
    }
    let outcome = Outcome::Accepted(Receipt {
        request_id: Some("1564567b8bab40f34711234cb80d8574".into()),
        order_id: "CS1710111105S8IPB".into(),
        product_id: None,
    });
    let event = Event::Concluded { id: None, outcome, lost: None };
    let now = talker.driver.at + 1_000;
    talker.driver.send(Msg::Purchase { event, at: now });
    talker.hear();
    talker.line("quit");
    heard + &talker.since(at)
}

#[test]
fn a_whole_order_in_english() {
    let heard = transcript();
    assert!(heard.is_ascii());
    insta::assert_snapshot!(heard);
}

#[test]
fn a_whole_order_in_chinese() {
    insta::assert_snapshot!(speaking(Language::Chinese, transcript));
}
