//! The plain page: whole ids and the exact request for selecting, with the mouse left to the terminal meanwhile.

use cph_wizard::app::{CopyError, Effect, Key, KeyCode, Msg, Overlay, PlainTextView, plain_text_lines};
use cph_wizard::purchase::{Event, Outcome, Receipt};

use crate::common::Driver;

const PLAIN: Key = Key::alt(KeyCode::Char('p'));

fn accepted(order_id: &str) -> Driver {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    driver.at += 1_000;
    let receipt = Receipt { request_id: Some("r1".into()), order_id: order_id.into(), product_id: None };
    let event = Event::Concluded { id: None, outcome: Outcome::Accepted(receipt), lost: None };
    let at = driver.at;
    driver.send(Msg::Purchase { event, at });
    driver
}

#[test]
fn the_mouse_is_the_terminals_while_the_plain_page_is_there() {
    let mut driver = Driver::on_review();
    assert_eq!(driver.press(PLAIN), [Effect::CaptureMouse(false)]);
    assert_eq!(driver.model.overlay, Some(Overlay::PlainText(PlainTextView::default())));
    assert_eq!(driver.press(Key::plain(KeyCode::Esc)), [Effect::CaptureMouse(true)]);
    assert_eq!(driver.model.overlay, None);
    // Whoever has given it away gets it back from nobody.
    driver.press(Key::alt(KeyCode::Char('m')));
    assert_eq!(driver.press(PLAIN), []);
    assert_eq!(driver.press(PLAIN), []);
}

#[test]
fn the_exact_request_stands_there_line_by_line() {
    let mut driver = Driver::on_review();
    driver.press(PLAIN);
    let body = driver.model.form.order.as_ref().unwrap().1.text().to_owned();
    assert!(plain_text_lines(&driver.model.surroundings(), 200).join("\n").ends_with(body.trim_end()));
}

#[test]
fn ids_are_whole_however_narrow_the_screen() {
    let id = "CS".repeat(32);
    let mut driver = accepted(&id);
    driver.press(PLAIN);
    assert!(plain_text_lines(&driver.model.surroundings(), 100).contains(&id));
    for width in [7, 20, 60] {
        let lines = plain_text_lines(&driver.model.surroundings(), width);
        assert!(lines.iter().all(|line| line.chars().count() <= usize::from(width)));
        assert!(lines.concat().contains(&id), "{width}");
    }
}

#[test]
fn it_scrolls_to_its_end_and_back() {
    let mut driver = Driver::on_review();
    driver.press(PLAIN);
    driver.keys(&[KeyCode::End]);
    let Some(Overlay::PlainText(PlainTextView { top })) = driver.model.overlay else { panic!("no plain page") };
    assert!(top > 0);
    driver.keys(&[KeyCode::Home]);
    assert_eq!(driver.model.overlay, Some(Overlay::PlainText(PlainTextView::default())));
}

#[test]
fn what_cannot_be_copied_is_said_with_the_way_to_it() {
    for why in [CopyError::TooLong, CopyError::NoClipboard] {
        let mut driver = Driver::on_review();
        driver.ctrl('y');
        driver.send(Msg::CopyFailed(why));
        let message = driver.model.message.clone().unwrap();
        assert!(message.starts_with("Not copied") && message.contains("Alt-p"), "{message}");
    }
}
