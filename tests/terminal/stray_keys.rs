//! Keys and pastes that nobody meant for the question that they meet: none of them may buy.

use crate::form_steps::{ARMED, await_button, focused, to_confirmation, to_review, to_server_name, type_name};
use crate::harness::{ENTER, ESC, ctrl};
use crate::launch::{Opened, Start};
use crate::simulator_process::Cloud;

/// Leaves the form and makes sure that nothing was bought.
fn nothing_was_bought(mut wizard: Opened, cloud: Cloud) {
    wizard.send(ctrl('c'));
    let ended = wizard.ended();
    assert_eq!(ended.code, 130, "{}", ended.words);
    cloud.wire().counts(0, 0);
}

#[test]
fn keys_typed_ahead_of_the_confirmation_are_thrown_away() {
    let cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    wizard.send(format!("{ENTER}{}", ctrl('o')));
    wizard.shows(ARMED);
    wizard.send(ESC);
    wizard.until("Review", |text| !text.contains(ARMED));
    await_button(&wizard);
    wizard.send(format!("{ENTER}{}", ctrl('o').repeat(50)));
    wizard.shows(ARMED);
    nothing_was_bought(wizard, cloud);
}

#[test]
fn an_enter_that_is_held_never_places_an_order() {
    let cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    wizard.shows("Server flavor");
    wizard.send(ENTER.repeat(200));
    nothing_was_bought(wizard, cloud);
}

#[test]
fn an_enter_that_is_held_after_the_name_stops_at_the_confirmation() {
    let cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    wizard.send(ENTER.repeat(200));
    wizard.shows(ARMED);
    wizard.send(ENTER.repeat(200));
    wizard.send(ESC);
    wizard.until("Review", |text| !text.contains(ARMED));
    nothing_was_bought(wizard, cloud);
}

#[test]
fn a_paste_on_review_and_on_the_confirmation_places_nothing() {
    let cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    wizard.paste("\r\n\x0f\n\x0f\r");
    wizard.send("?");
    wizard.shows("Keys, 1-");
    wizard.send(ESC);
    wizard.until("Review", |text| !text.contains("Keys, 1-"));
    to_confirmation(&mut wizard);
    wizard.paste("\x0f\r\n\x0falpha\x0f");
    wizard.send(ESC);
    // An order that was placed would leave the button behind.
    wizard.until("Review", |text| !text.contains(ARMED));
    await_button(&wizard);
    nothing_was_bought(wizard, cloud);
}

#[test]
fn a_paste_into_the_name_loses_its_line_breaks() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    wizard.paste("al\r\npha\n-\r1");
    wizard.until("one line", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha-1 ")));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn a_burst_of_characters_is_read_to_its_end() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    wizard.send("a".repeat(5_000));
    wizard.shows("5000/60");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn a_burst_of_characters_does_not_swallow_ctrl_c() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    wizard.send(format!("{}{}", "a".repeat(5_000), ctrl('c')));
    assert_eq!(wizard.ended().code, 130);
}
