//! The pages in every theme, and on screens below 60x16: one file for each theme and each size.

use std::fmt::Write as _;

use cph_wizard::app::{KeptDraft, Key, KeyCode, LEAST_TO_ORDER, Model, Msg, Overlay, Page};
use cph_wizard::order::Draft;
use cph_wizard::purchase::{Event, NotSent, NotSentReason, Outcome};
use cph_wizard::view::Theme;
use cph_wizard::words::{Language, speaking};

use crate::common::Driver;
use crate::pages::{concluded, receipt};
use crate::styled::{screen, text};
use crate::{beginning, calls, setup};

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
    let not_sent = NotSent { reason: NotSentReason::Other { detail: "nobody answered at 127.0.0.1:9".into() } };
    let f = |driver: Driver, number: u8| pressed(driver, &[KeyCode::F(number)]);
    let plain = |mut driver: Driver| {
        driver.press(Key::alt(KeyCode::Char('p')));
        driver.model
    };
    let mut export = Driver::on_review();
    export.press(Key::alt(KeyCode::Char('e')));
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
        ("plain request", plain(Driver::on_review())),
        ("plain outcome", plain(concluded(Outcome::Accepted(receipt())))),
        ("export", export.model),
        ("calls", calls::with_calls().model),
        ("a call", pressed(calls::with_calls(), &[KeyCode::Enter])),
        ("begin with", f(beginning::shelf(), 2)),
        ("who orders", setup::chosen_from()),
    ]
}

/// Each page as it is shown, in both languages.
fn in_both_languages(shown: impl Fn(&mut Model) -> String) -> [(&'static str, String); 2] {
    [("", Language::English), ("chinese-", Language::Chinese)]
        .map(|(prefix, language)| (prefix, speaking(language, || all(&shown))))
}

fn all(shown: impl Fn(&mut Model) -> String) -> String {
    pages().into_iter().fold(String::new(), |mut all, (name, mut model)| {
        writeln!(all, "== {name}\n{}\n", shown(&mut model)).unwrap();
        all
    })
}

#[test]
fn every_page_in_every_theme_and_language() {
    for (name, theme) in Theme::ALL {
        for (language, shown) in in_both_languages(|model| screen(model, 80, 24, theme)) {
            insta::assert_snapshot!(format!("{language}theme-{name}"), shown);
        }
    }
}

#[test]
fn every_page_in_ascii_without_colour() {
    let shown = all(|model| text(model, 80, 24, Theme::MONO.in_ascii()));
    assert!(shown.is_ascii());
    insta::assert_snapshot!("mono-ascii", shown);
}

#[test]
fn every_page_on_screens_of_other_sizes_and_for_one_field() {
    for (width, height) in [(100, 30), (200, 60), (40, 10), (20, 5)] {
        for (language, shown) in in_both_languages(|model| text(model, width, height, Theme::TERMINAL)) {
            insta::assert_snapshot!(format!("{language}size-{width}x{height}"), shown);
        }
    }
}

/// The text of a screen without blanks and line breaks.
fn letters(shown: &str) -> String {
    shown.chars().filter(|c| !c.is_whitespace() && !"|│".contains(*c)).collect()
}

#[test]
fn what_is_ordered_is_whole_wherever_it_can_be_ordered() {
    let (width, height) = LEAST_TO_ORDER;
    for language in Language::ALL {
        speaking(language, || {
            for (count, period, auto_pay) in [("3", "1", false), ("10", "9", false), ("10", "9", true)] {
                let mut driver = Driver::on_review();
                driver.model.draft.count = count.into();
                driver.model.draft.period_number = period.into();
                driver.model.draft.auto_pay = auto_pay;
                driver.model.recheck();
                driver.enter();
                let Page::Confirm(confirm) = &driver.model.page else { panic!("{count} servers are not confirmed") };
                let deed = letters(&confirm.stake.deed());
                for (width, height) in [(width, height), (40, 10), (59, 8), (30, 15), (60, 16)] {
                    let shown = text(&mut driver.model, width, height, Theme::TERMINAL);
                    assert!(letters(&shown).contains(&deed), "{deed} at {width}x{height}:\n{shown}");
                }
            }
        });
    }
}

#[test]
fn a_window_in_which_the_order_is_cut_orders_nothing_and_says_so() {
    for (width, height) in [(29, 8), (30, 7), (20, 5), (1, 1)] {
        let mut driver = Driver::on_review();
        driver.enter();
        driver.send(Msg::Resize { width, height });
        driver.ctrl('o');
        assert_eq!(driver.submits(), 0, "ordered at {width}x{height}");
        assert!(matches!(driver.model.page, Page::Confirm(_)));
        let shown = letters(&text(&mut driver.model, width, height, Theme::TERMINAL));
        assert!(width < 20 || shown.contains("30x8isneeded"), "{shown}");
        // With room again it has to be read first.
        driver.send(Msg::Resize { width: 30, height: 8 });
        assert!(driver.model.awaits_paint());
        driver.ctrl('o');
        assert_eq!(driver.submits(), 0, "ordered unread after {width}x{height}");
        driver.ctrl('o');
        assert_eq!(driver.submits(), 1, "not ordered after {width}x{height}");
    }
}
