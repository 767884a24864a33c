//! Clicks and the wheel, and the flag that leaves them to the terminal.

use vt100::MouseProtocolMode;

use crate::form_steps::{await_flavors, await_focus, focused};
use crate::harness::{Terminal, ctrl};
use crate::launch::Start;

/// The place of words on the screen, counted from 1.
fn place_of(terminal: &Terminal, words: &str) -> (usize, usize) {
    let text = terminal.text();
    let place = |(row, line): (usize, &str)| Some((line.find(words)? + 1, row + 1));
    text.lines().enumerate().find_map(place).expect(words)
}

fn click(terminal: &mut Terminal, words: &str) {
    let (col, row) = place_of(terminal, words);
    terminal.send(format!("\x1b[<0;{col};{row}M\x1b[<0;{col};{row}m"));
}

#[test]
fn a_click_goes_to_a_step_and_to_a_field() {
    let mut wizard = Start::demo().open();
    await_flavors(&wizard);
    click(&mut wizard, "Billing");
    await_focus(&wizard, "Period unit");
    click(&mut wizard, "Payment");
    await_focus(&wizard, "Payment");
    wizard.send(ctrl('c'));
    wizard.ended();
}

#[test]
fn the_wheel_moves_through_a_list_and_chooses_nothing() {
    let mut wizard = Start::demo().open();
    await_flavors(&wizard);
    let chosen =
        focused(&wizard.text(), "Server flavor").map(|value| value.split_whitespace().next().map(str::to_owned));
    wizard.send("\x1b[<65;30;8M");
    wizard.until("another row", |text| {
        let rows = || text.lines().map(|line| line.trim_start_matches([' ', '┃']));
        rows().any(|row| row.starts_with("▸ physical.") && !row.starts_with("▸ physical.rx1.xlarge "))
    });
    let now = focused(&wizard.text(), "Server flavor").map(|value| value.split_whitespace().next().map(str::to_owned));
    assert_eq!(chosen, now);
}

#[test]
fn the_mouse_is_the_terminals_own_if_the_program_is_told_so() {
    let wizard = Start::demo().open();
    await_flavors(&wizard);
    assert_eq!(wizard.seen().screen().mouse_protocol_mode(), MouseProtocolMode::PressRelease);
    let wizard = Start::with(&["--demo", "--no-mouse"]).open();
    await_flavors(&wizard);
    assert_eq!(wizard.seen().screen().mouse_protocol_mode(), MouseProtocolMode::None);
}

#[test]
fn the_mouse_is_released_for_selecting_text_and_taken_back() {
    let mut wizard = Start::demo().open();
    await_flavors(&wizard);
    wizard.send("\x1bm");
    wizard.see("the mouse is released", |seen| seen.screen().mouse_protocol_mode() == MouseProtocolMode::None);
    wizard.send("\x1bm");
    wizard.see("the mouse is taken", |seen| seen.screen().mouse_protocol_mode() == MouseProtocolMode::PressRelease);
    wizard.send(ctrl('c'));
    wizard.ended();
}

#[test]
fn a_click_on_the_button_asks_and_a_click_in_the_question_does_nothing() {
    let mut wizard = Start::demo().open();
    await_flavors(&wizard);
    click(&mut wizard, "Servers");
    await_focus(&wizard, "Server name");
    wizard.send("web-01");
    click(&mut wizard, "Review");
    wizard.shows("[ Place order: 1 server");
    click(&mut wizard, "Place order: 1 server");
    wizard.shows("Ctrl-O place order");
    click(&mut wizard, "Ctrl-O place order");
    wizard.send("\x1b");
    wizard.until("the review", |text| !text.contains("Ctrl-O place order"));
    wizard.shows("[ Place order: 1 server");
    wizard.send(ctrl('c'));
    wizard.ended();
}
