//! Terminals of every size: the form may be cramped, but it works or at least stands.

use crate::form_steps::{ARMED, await_button, await_flavors, await_focus, to_review, to_server_name, type_name};
use crate::harness::{ENTER, ctrl};
use crate::launch::Start;

const PAGE_DOWN: &str = "\x1b[6~";

#[test]
fn the_smallest_terminals_do_not_break_the_form_down() {
    for (cols, rows) in [(1, 1), (2, 60), (200, 1), (20, 5), (79, 23)] {
        let mut wizard = Start::demo().size(cols, rows).open();
        wizard.see("a screen", |seen| seen.screen().alternate_screen());
        for key in ["\r", "\x0e", "?", "\x1b[B", "\r", "\x07", "\r", "\x12", "\x10", "alpha"] {
            wizard.send(key);
        }
        wizard.send(ctrl('c'));
        let ended = wizard.ended();
        assert_eq!(ended.code, 130, "{cols}x{rows}: {}", ended.words);
    }
}

#[test]
fn a_form_that_was_squeezed_to_one_cell_comes_back_whole() {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    let before = wizard.seen().bytes.len();
    wizard.resize(1, 1);
    wizard.see("a repaint", |seen| seen.bytes.len() > before);
    wizard.resize(120, 40);
    await_focus(&wizard, "Server name");
    wizard.until("the request beside it", |text| text.contains("\"server_name\": \"alpha\""));
    wizard.resize(80, 24);
    wizard.until("no pane", |text| !text.contains("\"server_name\""));
    await_focus(&wizard, "Server name");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn an_order_can_be_placed_on_sixty_columns_and_sixteen_rows() {
    let mut wizard = Start::demo().size(60, 16).open();
    await_flavors(&wizard);
    to_review(&mut wizard, "alpha");
    await_button(&wizard);
    wizard.send(ENTER);
    // The rows of the order do not fit between its title and the key that places it.
    wizard.until("the first rows", |text| text.contains("more below: PgDn") && !text.contains("Payment"));
    wizard.shows("Read the order to its end first: PgDn");
    assert!(!wizard.text().contains(ARMED), "{}", wizard.text());
    wizard.send(ctrl('o'));
    wizard.send(PAGE_DOWN);
    wizard.until("the middle", |text| text.contains("more above: PgUp") && text.contains("more below: PgDn"));
    wizard.send(PAGE_DOWN);
    wizard.until("the last row", |text| text.contains("SHA-256") && !text.contains("more below"));
    wizard.shows(ARMED);
    wizard.send(ctrl('o'));
    wizard.shows("ACCEPTED");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
}

#[test]
fn a_key_that_comes_with_the_end_of_the_order_does_not_place_it() {
    let mut wizard = Start::demo().size(60, 16).open();
    await_flavors(&wizard);
    to_review(&mut wizard, "alpha");
    await_button(&wizard);
    wizard.send(ctrl('o'));
    wizard.shows("Read the order to its end first: PgDn");
    // Both are read at once: the last row is not on the screen when the order is to be placed.
    wizard.send(format!("{PAGE_DOWN}{PAGE_DOWN}{}", ctrl('o')));
    wizard.shows("more above: PgUp");
    wizard.shows(ARMED);
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn an_order_that_cannot_be_read_is_not_placed() {
    let mut wizard = Start::demo().open();
    to_review(&mut wizard, "alpha");
    let before = wizard.seen().bytes.len();
    wizard.resize(16, 4);
    wizard.see("a repaint", |seen| seen.bytes.len() > before);
    wizard.send(ENTER);
    wizard.shows("Too small to");
    wizard.send([ctrl('o'), ctrl('o')].concat());
    wizard.resize(80, 24);
    wizard.shows("Ctrl-O place order");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}
