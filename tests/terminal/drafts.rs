//! What is kept when the form is left, and what the next start offers.

use crate::harness::{ENTER, ESC, ctrl};
use crate::journey::{await_flavors, focused, go_to, place, to_review, to_server_name, type_name};
use crate::start::{Home, Start, new_home};

/// What the offer of a kept draft says.
const OFFER: &str = "Kept draft";

/// Leaves a form in which a name was typed.
fn leave_a_draft(home: &Home, name: &str) {
    let mut wizard = Start::demo().home(home).open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, name);
    wizard.send(ctrl('c'));
    let ended = wizard.ended();
    assert_eq!(ended.code, 130, "{}", ended.words);
    assert!(ended.words.contains("draft is kept"), "{}", ended.words);
}

#[test]
fn ctrl_c_keeps_the_draft_and_the_next_start_brings_it_back() {
    let home = new_home();
    leave_a_draft(&home, "alpha");
    let mut wizard = Start::demo().home(&home).open();
    wizard.until("the offer", |text| text.contains(OFFER) && text.contains("alpha"));
    wizard.send(ENTER);
    await_flavors(&wizard);
    go_to(&mut wizard, "Count");
    wizard.until("the name", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha ")));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn esc_starts_anew_instead_of_continuing_the_draft() {
    let home = new_home();
    leave_a_draft(&home, "alpha");
    let mut wizard = Start::demo().home(&home).open();
    wizard.shows(OFFER);
    wizard.send(ESC);
    wizard.until("the form", |text| !text.contains(OFFER));
    await_flavors(&wizard);
    go_to(&mut wizard, "Count");
    wizard.until("no name", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[ ")));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn a_form_without_answers_leaves_no_draft() {
    let home = new_home();
    let mut wizard = Start::demo().home(&home).open();
    await_flavors(&wizard);
    wizard.send(ctrl('c'));
    let ended = wizard.ended();
    assert!(ended.code == 130 && !ended.words.contains("draft"), "{}", ended.words);
    let wizard = Start::demo().home(&home).open();
    await_flavors(&wizard);
    assert!(!wizard.text().contains(OFFER), "{}", wizard.text());
}

#[test]
fn no_draft_is_offered_after_an_order_that_was_accepted() {
    let home = new_home();
    leave_a_draft(&home, "alpha");
    let mut wizard = Start::demo().home(&home).open();
    wizard.shows(OFFER);
    wizard.send(ESC);
    to_review(&mut wizard, "beta");
    place(&mut wizard);
    wizard.shows("ACCEPTED");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
    let wizard = Start::demo().home(&home).open();
    await_flavors(&wizard);
    assert!(!wizard.text().contains(OFFER), "{}", wizard.text());
}

#[test]
fn a_refused_order_is_still_there_at_the_next_start() {
    let home = new_home();
    let mut wizard = Start::with(&["--demo=sold-out"]).home(&home).open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    wizard.shows("REFUSED");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 4);
    let wizard = Start::demo().home(&home).open();
    wizard.until("the offer", |text| text.contains(OFFER) && text.contains("alpha"));
}
