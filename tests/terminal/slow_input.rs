//! A slow and lossy line between the keyboard and the program: keys come in pieces, answers to questions of others come
//! late, and the end of a paste does not come at all.

use std::time::Duration;

use crate::form_steps::{await_flavors, await_focus, focused, place, to_review, to_server_name, type_name};
use crate::harness::{ESC, Seen, Terminal, ctrl};
use crate::launch::Start;
use crate::simulator_process::Cloud;

fn leave(mut wizard: crate::launch::Opened) {
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn an_arrow_that_comes_in_pieces_is_an_arrow() {
    // However busy the machine is, the rest comes before that.
    let mut wizard = Start::demo().env("ESCDELAY", "10000").open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    // Left, as two kinds of terminals send it; then something is typed there.
    for (number, pieces) in [&["\x1b[", "D"][..], &["\x1bO", "D"], &["\x1b", "[D"], &["\x1b", "OD"]].iter().enumerate()
    {
        pieces.iter().for_each(|piece| wizard.send(piece));
        wizard.send("x");
        wizard.until("one character more", |text| {
            focused(text, "Server name").is_some_and(|value| value.matches('x').count() == number + 1)
        });
    }
    let text = wizard.text();
    let value = focused(&text, "Server name").expect("the name");
    assert!(value.starts_with("[alphxxxxa "), "{value}");
    leave(wizard);
}

#[test]
fn a_lone_esc_loses_nothing() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    wizard.send(ESC);
    wizard.until("the step before", |text| focused(text, "Server name").is_none());
    wizard.send(ctrl('n'));
    await_focus(&wizard, "Server name");
    let is_there = |text: &str| focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha "));
    wizard.until("the name", is_there);
    leave(wizard);
}

#[test]
fn late_answers_of_the_terminal_are_no_text_and_no_keys() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    for answer in [
        "\x1b[?62;22c",
        "\x1b[>1;4000;29c",
        "\x1b[24;80R",
        "\x1b[0n",
        "\x1b[?2026;2$y",
        "\x1b[?1u",
        "\x1b[I",
        "\x1b[O",
        "\x1b]11;rgb:0000/0000/0000\x07",
        "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        "\x1bP>|xterm(390)\x1b\\",
    ] {
        wizard.send(answer);
        let (head, tail) = answer.split_at(3);
        wizard.send(head);
        wizard.send(tail);
    }
    wizard.send("1");
    wizard.until("one character more", |text| {
        focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha1 "))
    });
    leave(wizard);
}

#[test]
fn letters_that_come_in_pieces_are_letters() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    for byte in "é云".as_bytes().chunks(1) {
        wizard.send(byte);
    }
    wizard.until("both letters", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[é云")));
    leave(wizard);
}

/// A jump host can lose the mark that ends a paste.
#[test]
fn a_paste_without_an_end_does_not_lock_the_keys_out() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    wizard.send("\x1b[200~alpha");
    // Whatever limit ends the paste, a key behind it counts again.
    let has_left = (0..40).any(|_| {
        wizard.send(ctrl('c'));
        wizard.comes_within(Duration::from_millis(500), Seen::has_ended)
    });
    assert!(has_left, "{}", wizard.text());
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn a_paste_without_an_end_is_taken_after_a_while() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    wizard.send("\x1b[200~alpha");
    wizard.until("the paste", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha ")));
    leave(wizard);
}

#[test]
fn a_resize_and_a_paste_of_a_mebibyte_leave_the_keys_alive() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    wizard.paste(&"a".repeat(1 << 20));
    wizard.until("the count", |text| text.contains(&format!("{}/60", 1 << 20)));
    wizard.resize(100, 30);
    leave(wizard);
}

#[test]
fn waiting_writes_a_few_bytes_a_second_and_nothing_else() {
    let cloud = Cloud::start("timeout-after-order");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    let counts = |text: &str, second: u32| text.contains(&format!("awaited: {second} s"));
    wizard.until("a second", |text| counts(text, 1));
    let from = wizard.seen().bytes.len();
    wizard.until("another one", |text| counts(text, 3));
    let written = wizard.seen().bytes.len() - from;
    assert!(written < 2 * 120, "{written} bytes in two seconds");
    wizard.send(ctrl('c').repeat(2));
    assert_eq!(wizard.ended().code, 6);
}

#[test]
fn nothing_is_written_while_nothing_changes() {
    let wizard = Start::demo().open();
    await_flavors(&wizard);
    let quiet = |wizard: &Terminal| {
        let before = wizard.seen().bytes.len();
        !wizard.comes_within(Duration::from_secs(2), |seen| seen.bytes.len() > before)
    };
    // The lists of later steps may still arrive in the first of these.
    assert!((0..5).any(|_| quiet(&wizard)) && quiet(&wizard), "{}", wizard.text());
    leave(wizard);
}
