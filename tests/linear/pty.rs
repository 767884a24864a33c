//! The real binary in a pseudo-terminal, where a person types.

use rustix::process::Signal;

use crate::harness::ctrl;
use crate::launch::{Opened, Start};
use crate::simulator_process::Cloud;

fn demo() -> Opened {
    Start::with(&["--linear", "--demo"]).size(80, 60).open()
}

/// Types a line when the question before it stands there.
fn answer(terminal: &mut Opened, question: &str, line: &str) {
    terminal.until(question, |text| text.trim_end().lines().last().is_some_and(|last| last.contains(question)));
    terminal.send(format!("{line}\r"));
}

fn to_confirmation(terminal: &mut Opened) {
    for question in ["Server flavor", "Phone flavor", "Image"] {
        answer(terminal, question, "");
    }
    answer(terminal, "Server name", "alpha");
    answer(terminal, "Count", "review");
    answer(terminal, "Review", "");
}

/// The end of the question comes when the word counts.
fn order(terminal: &mut Opened) {
    answer(terminal, "Type order", "order");
    terminal.shows("The order is being sent.");
}

/// Nothing but plain words has come out, whatever the terminal can do.
fn is_plain(terminal: &Opened) {
    let bytes = terminal.seen().bytes.clone();
    let text = String::from_utf8(bytes).expect("text");
    assert!(text.is_ascii() && !text.contains('\x1b'), "{text:?}");
    assert!(!text.replace("\r\n", "").contains('\r'), "{text:?}");
}

#[test]
fn a_purchase_is_typed_from_start_to_end() {
    let mut terminal = demo();
    to_confirmation(&mut terminal);
    order(&mut terminal);
    terminal.shows("ACCEPTED: the order is placed, not paid yet");
    answer(&mut terminal, "quit", "quit");
    is_plain(&terminal);
    assert_eq!(terminal.ended().code, 0);
}

#[test]
fn a_terminal_that_can_only_print_is_asked_in_lines() {
    let mut terminal = Start::demo().env("TERM", "dumb").open();
    answer(&mut terminal, "Server flavor", "quit");
    is_plain(&terminal);
    assert_eq!(terminal.ended().code, 130);
}

#[test]
fn a_refusal_leads_to_its_field() {
    let mut terminal = Start::with(&["--linear", "--demo=quota"]).size(80, 60).open();
    to_confirmation(&mut terminal);
    order(&mut terminal);
    answer(&mut terminal, "Enter goes to Count", "");
    terminal.shows("Error: Refused: Count: ");
    answer(&mut terminal, "Count", "quit");
    assert_eq!(terminal.ended().code, 4);
}

#[test]
fn what_was_typed_before_the_confirmation_was_shown_does_not_count() {
    let cloud = Cloud::start("normal");
    let mut terminal = Start::at(&cloud).size(80, 60).env("TERM", "dumb").open();
    for question in ["Server flavor", "Phone flavor", "Image"] {
        answer(&mut terminal, question, "");
    }
    answer(&mut terminal, "Server name", "alpha");
    // All of it in one write, as a paste would be.
    answer(&mut terminal, "Count", "review\r\rorder\rorder\rorder");
    terminal.shows("Error: that was typed before the question could be read; nothing is ordered");
    terminal.until("the question", |text| text.trim_end().ends_with("back to leave it:"));
    terminal.send(ctrl('c'));
    let ended = terminal.ended();
    assert_eq!(ended.code, 130, "{}", ended.words);
    cloud.wire().counts(0, 0);
}

#[test]
fn the_end_of_input_and_ctrl_c_keep_the_draft() {
    for end in [ctrl('d'), ctrl('c')] {
        let mut terminal = demo();
        for question in ["Server flavor", "Phone flavor", "Image"] {
            answer(&mut terminal, question, "");
        }
        answer(&mut terminal, "Server name", "alpha");
        terminal.until("the count", |text| text.trim_end().ends_with("(Enter keeps 1):"));
        terminal.send(end);
        let ended = terminal.ended();
        assert_eq!(ended.code, 130);
        assert!(ended.words.contains("Your draft is kept as \"alpha\""), "{}", ended.words);
    }
}

#[test]
fn a_secret_is_not_seen_while_it_is_typed() {
    let mut terminal = Start::with(&["--linear"]).open();
    answer(&mut terminal, "A number", "2");
    answer(&mut terminal, "Access key", "AKIDAKIDAKIDAKIDAKID");
    answer(&mut terminal, "Secret key", "canary-in-the-mine");
    answer(&mut terminal, "Security token", "");
    terminal.shows("In which region?");
    let all = String::from_utf8_lossy(&terminal.seen().bytes).into_owned();
    assert!(all.contains("AKIDAKID") && !all.contains("canary"), "{all}");
    answer(&mut terminal, "an id", "quit");
    assert_eq!(terminal.ended().code, 130);
}

#[test]
fn a_secret_key_in_the_place_of_the_access_key_is_not_seen_and_goes_nowhere() {
    let secret = "canary7Qz2vK9xW4canary7Qz2vK9xW4canary7Q";
    for typed in [secret, &secret.to_uppercase()] {
        let mut terminal = Start::with(&["--linear"]).open();
        answer(&mut terminal, "A number", "2");
        answer(&mut terminal, "Access key", typed);
        terminal.shows(&format!("Access key: {}", "*".repeat(typed.len())));
        terminal.shows("Error: This looks like a secret key: delete it and enter the access key here");
        answer(&mut terminal, "Access key:", "AKIDAKIDAKIDAKIDAKID");
        terminal.shows("Access key: AKIDAKIDAKIDAKIDAKID");
        answer(&mut terminal, "Secret key", "quit");
        let ended = terminal.ended();
        assert_eq!(ended.code, 130);
        assert!(!ended.words.to_lowercase().contains("canary"), "{}", ended.words);
    }
}

#[test]
fn a_secret_that_begins_like_a_command_is_still_one() {
    let mut terminal = Start::with(&["--linear"]).open();
    answer(&mut terminal, "A number", "2");
    answer(&mut terminal, "Access key", "AKIDAKIDAKIDAKIDAKID");
    answer(&mut terminal, "Secret key", "help canary");
    answer(&mut terminal, "Security token", "quit");
    let ended = terminal.ended();
    assert_eq!(ended.code, 130);
    assert!(!ended.words.contains("canary"), "{}", ended.words);
}

/// Echo is given back however it ends.
#[test]
fn a_signal_at_a_secret_gives_the_echo_back() {
    for signal in [Signal::TERM, Signal::QUIT] {
        let mut terminal = Start::with(&["--linear"]).open();
        answer(&mut terminal, "A number", "3");
        terminal.until("the token", |text| text.trim_end().ends_with("Token:"));
        terminal.signal(signal);
        assert_eq!(terminal.ended().code, 130);
    }
}

#[test]
fn ctrl_c_asks_first_while_the_order_is_on_its_way() {
    let mut terminal = Start::with(&["--linear", "--demo=timeout-after-order"]).size(80, 60).open();
    to_confirmation(&mut terminal);
    order(&mut terminal);
    terminal.send(ctrl('c'));
    terminal.shows("The order may already be placed.");
    terminal.send(ctrl('c'));
    let ended = terminal.ended();
    assert_eq!(ended.code, 6);
    assert!(ended.words.contains("UNKNOWN: you left while the order was being sent"), "{}", ended.words);
}
