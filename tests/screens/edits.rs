//! The pages about editing: what was changed, pasted lists, the first start, refusals, at every size that
//! is promised.

use cph_wizard::app::{Introduction, Key, KeyCode, Msg, Overlay, Page};
use cph_wizard::purchase::{Event, Outcome, Rejection};
use cph_wizard::view::{Theme, sheet_is_visible};
use ratatui::layout::Rect;

use crate::common::Driver;
use crate::page_snapshot::snapshot;
use crate::screen::text;

fn paste(driver: &mut Driver, text: &str) {
    driver.at += 10;
    let at = driver.at;
    driver.send(Msg::Paste { text: text.into(), at });
}

#[test]
pub fn the_introduction() {
    let mut driver = Driver::ready();
    driver.model.overlay = Some(Overlay::Introduction(Introduction));
    snapshot("introduction", &mut driver.model);
}

#[test]
pub fn what_was_changed_and_undone() {
    let mut driver = Driver::ready();
    driver.press(Key::alt(KeyCode::Char('u')));
    snapshot("changes-none", &mut driver.model);
    driver.press(Key::plain(KeyCode::Esc));
    driver.keys(&[KeyCode::Down, KeyCode::Down]);
    driver.enter();
    driver.go_to("servers");
    driver.text("web-01");
    driver.keys(&[KeyCode::Tab]);
    driver.text("10");
    driver.go_to("ports");
    paste(&mut driver, "web 20000 public\napi 20001");
    driver.enter();
    driver.press(Key::plain(KeyCode::F(3)));
    snapshot("undone-ports", &mut driver.model);
    driver.press(Key::plain(KeyCode::F(3)));
    snapshot("undone-count", &mut driver.model);
    driver.at += 100_000;
    driver.press(Key::plain(KeyCode::F(4)));
    driver.press(Key::alt(KeyCode::Char('u')));
    snapshot("changes", &mut driver.model);
}

#[test]
pub fn a_pasted_list_with_rows_that_stay_out() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    driver.text("web");
    driver.keys(&[KeyCode::Tab, KeyCode::Tab, KeyCode::Tab]);
    let list = "name;port;public\nweb;10000;no\napi;20001;yes\nbroken;;\nweb;20002;no\ndns;20003/udp;no\n\
                a-very-long-name-for-a-port;20004;maybe";
    paste(&mut driver, list);
    snapshot("pasted-mixed", &mut driver.model);
    driver.press(Key::plain(KeyCode::Esc));
    let long: Vec<String> = (0..40).map(|n| format!("p{n} {}", 30_000 + n % 38)).collect();
    paste(&mut driver, &long.join("\n"));
    snapshot("pasted-long", &mut driver.model);
    driver.press(Key::plain(KeyCode::Esc));
    paste(&mut driver, "[\n  {\"name\": \"web\", \"listen_port\": 20000},\n");
    snapshot("pasted-broken", &mut driver.model);
}

#[test]
pub fn a_number_of_a_port() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    driver.text("web");
    driver.keys(&[KeyCode::Tab]);
    driver.text("+");
    snapshot("port-number", &mut driver.model);
}

#[test]
pub fn a_refusal_of_no_field() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    driver.at += 1_000;
    let at = driver.at;
    let outcome = Outcome::Rejected(Rejection {
        status: 403,
        code: "CPS.0006".into(),
        message: "You have no right to do this.".into(),
        request_id: Some("5d0c8e6f4b7a4f0d9a51c2e37b64af10".into()),
    });
    driver.send(Msg::Purchase { event: Event::Concluded { id: None, outcome, lost: None }, at });
    driver.enter();
    snapshot("refused-no-field", &mut driver.model);
}

/// Wherever the order sheet counts as shown, its warnings and its action stand whole; elsewhere the screen says why not.
#[test]
fn the_order_sheet_is_shown_only_where_its_warnings_and_its_action_can_be_read() {
    let mut driver = Driver::on_review();
    driver.model.form.draft.count = "4".into();
    driver.model.form.draft.auto_pay = true;
    driver.model.form.recheck();
    let at = driver.at;
    driver.press_at(Key::plain(KeyCode::Enter), at);
    let Page::Confirm(confirm) = &driver.model.page else { panic!("no confirmation") };
    let mut pinned: Vec<String> = confirm.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(pinned.len(), 2, "{pinned:?}");
    pinned.push(confirm.impact.summary());
    assert!(driver.model.awaits_paint());
    let mut seen = (0, 0);
    for (width, height) in (1..90).flat_map(|width| (1..26).map(move |height| (width, height))) {
        let words = text(&mut driver.model, width, height, Theme::TERMINAL);
        let letters = |text: &str| text.replace(|c: char| c.is_whitespace() || "|+-".contains(c), "");
        if sheet_is_visible(&driver.model, Rect::new(0, 0, width, height)) {
            seen.0 += 1;
            for pinned in &pinned {
                assert!(letters(&words).contains(&letters(pinned)), "{pinned} at {width}x{height}: {words}");
            }
        } else {
            seen.1 += 1;
            assert!(!driver.model.awaits_paint(), "{width}x{height}");
            assert!(!words.contains("Type web"), "{width}x{height}: {words}");
            assert!(width < 16 || height < 3 || words.contains("Too small to"), "{width}x{height}: {words}");
        }
    }
    assert!(seen.0 > 500 && seen.1 > 100, "{seen:?}");
    assert!(!sheet_is_visible(&driver.model, Rect::new(0, 0, 80, 24)), "the model has another size");
}
