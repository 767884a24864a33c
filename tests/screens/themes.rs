//! The pages in every theme, and on screens below 60x16: one file for each theme and each size.

use std::fmt::Write as _;

use cph_wizard::app::{KeptDraft, Key, KeyCode, Model, Msg, Overlay};
use cph_wizard::order::Draft;
use cph_wizard::purchase::{Event, NotSent, Outcome};
use cph_wizard::view::Theme;

use crate::common::Driver;
use crate::pages::{concluded, receipt};
use crate::styled::{screen, text};

/// Every kind of page, by the way that leads there.
fn pages() -> Vec<(&'static str, Model)> {
    let on = |step: &str| {
        let mut driver = Driver::on_review();
        driver.go_to(step);
        driver
    };
    let pressed = |mut driver: Driver, keys: &[KeyCode]| {
        driver.keys(keys);
        driver.model
    };
    let mut filtered = Driver::ready();
    filtered.text("kg1");
    let mut ports = on("ports");
    ports.text("web");
    ports.keys(&[KeyCode::Tab, KeyCode::Tab, KeyCode::Char(' '), KeyCode::Tab]);
    ports.text("adb");
    ports.keys(&[KeyCode::Tab]);
    let mut problem = Driver::on_review();
    problem.model.draft.count = "1000".into();
    problem.model.recheck();
    let mut paid = Driver::on_review();
    paid.model.draft.auto_pay = true;
    paid.model.recheck();
    let mut confirm = Driver::on_review();
    confirm.enter();
    confirm.at += 1_000;
    let at = confirm.at;
    confirm.send(Msg::Tick { at });
    let mut named = Driver::on_review();
    named.model.draft.auto_pay = true;
    named.model.recheck();
    named.enter();
    named.text("web-");
    let mut waiting = Driver::on_review();
    waiting.enter();
    waiting.ctrl('o');
    let at = waiting.at;
    waiting.send(Msg::Purchase { event: Event::Sending, at });
    let mut goto = on("count");
    goto.ctrl('g');
    goto.text("b");
    let mut request = on("count");
    request.ctrl('r');
    let mut changes = on("count");
    changes.text("5");
    changes.press(Key::alt(KeyCode::Char('u')));
    let mut intro = Driver::ready();
    intro.model.overlay = Some(Overlay::Introduction);
    let kept = KeptDraft::of(Draft { server_name: "web-01".into(), ..Draft::default() }, &["server_name"]);
    let not_sent = NotSent { why: "nobody answered at 127.0.0.1:9".into() };
    vec![
        ("loading", Driver::loading().model),
        ("flavor", on("flavor").model),
        ("filter", filtered.model),
        ("image", on("image").model),
        ("count", on("count").model),
        ("bandwidth", on("bandwidth").model),
        ("billing", on("billing").model),
        ("ports", ports.model),
        ("access", on("access").model),
        ("review", Driver::on_review().model),
        ("review paid now", paid.model),
        ("review with a problem", problem.model),
        ("confirm", confirm.model),
        ("confirm by name", named.model),
        ("waiting", waiting.model),
        ("accepted", concluded(Outcome::Accepted(receipt())).model),
        ("not sent", concluded(Outcome::NotSent(not_sent)).model),
        ("go to", goto.model),
        ("keys", pressed(on("count"), &[KeyCode::Char('?')])),
        ("help", pressed(on("count"), &[KeyCode::F(1)])),
        ("request", request.model),
        ("changes", changes.model),
        ("introduction", intro.model),
        ("kept draft", Driver::opened(Some(kept)).model),
    ]
}

fn all(shown: impl Fn(&mut Model) -> String) -> String {
    pages().into_iter().fold(String::new(), |mut all, (name, mut model)| {
        writeln!(all, "== {name}\n{}\n", shown(&mut model)).unwrap();
        all
    })
}

#[test]
fn every_page_in_every_theme() {
    for (name, theme) in Theme::ALL {
        insta::assert_snapshot!(format!("theme-{name}"), all(|model| screen(model, 80, 24, theme)));
    }
}

#[test]
fn every_page_in_ascii_without_colour() {
    let shown = all(|model| text(model, 80, 24, Theme::MONO.in_ascii()));
    assert!(shown.is_ascii());
    insta::assert_snapshot!("mono-ascii", shown);
}

#[test]
fn every_page_on_one_hundred_columns_and_on_screens_for_one_field() {
    for (width, height) in [(100, 30), (40, 10), (20, 5)] {
        insta::assert_snapshot!(
            format!("size-{width}x{height}"),
            all(|model| text(model, width, height, Theme::TERMINAL))
        );
    }
}
