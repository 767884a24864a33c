//! Screens below 60x16, which have room for one field: a file for each size, and what must never be cut.

use std::fmt::Write as _;

use cph_wizard::app::{Key, KeyCode, Msg, Page};
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::view::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::common::Driver;
use crate::page_snapshot::of_all;
use crate::screen::{letters, text};
use crate::style_roles::KINDS;

fn kinds_at(width: u16, height: u16) -> String {
    let pages = of_all(Language::English, move |name, model| {
        KINDS.contains(&name).then(|| text(model, width, height, Theme::TERMINAL))
    });
    let shown = pages.into_iter().filter_map(|(name, shown)| Some((name, shown?)));
    shown.fold(String::new(), |mut all, (name, shown)| {
        writeln!(all, "== {name}\n{shown}").unwrap();
        all
    })
}

#[test]
fn a_page_of_each_kind_on_screens_for_one_field() {
    insta::assert_snapshot!("small-40x10", kinds_at(40, 10));
    insta::assert_snapshot!("small-20x5", kinds_at(20, 5));
}

#[test]
fn a_window_that_became_smaller_than_the_model_knows_is_drawn() {
    for known in [(200, 60), (120, 40), (80, 24), (1, 1)] {
        for (width, height) in [(150, 20), (90, 30), (70, 20), (60, 16), (20, 5), (1, 1)] {
            let drawn = of_all(Language::English, move |_, model| {
                (model.width, model.height) = known;
                let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
                terminal.draw(|frame| draw(model, Theme::TERMINAL, frame)).unwrap().area
            });
            assert!(drawn.iter().all(|(_, area)| (area.width, area.height) == (width, height)));
        }
    }
}

/// Every row of the order sheet as it comes into view while it is scrolled down, page by page.
fn read_to_the_end(driver: &mut Driver, width: u16, height: u16) -> String {
    let mut seen = text(&mut driver.model, width, height, Theme::TERMINAL);
    for _ in 0..40 {
        driver.press(Key::plain(KeyCode::PageDown));
        seen += &text(&mut driver.model, width, height, Theme::TERMINAL);
    }
    letters(&seen)
}

#[test]
fn what_is_ordered_can_be_read_wherever_it_can_be_ordered() {
    for language in Language::ALL {
        with_language(language, || {
            for (count, period, auto_pay) in [("3", "1", false), ("10", "9", false), ("10", "9", true)] {
                for (width, height) in [(40, 14), (59, 12), (40, 24), (60, 16), (80, 24)] {
                    let mut driver = Driver::on_review();
                    driver.model.form.draft.count = count.into();
                    driver.model.form.draft.period_number = period.into();
                    driver.model.form.draft.auto_pay = auto_pay;
                    driver.model.form.recheck();
                    driver.enter();
                    driver.send(Msg::Resize { width, height });
                    let Page::Confirm(confirm) = driver.model.page.clone() else { panic!("{count} servers") };
                    let shown = read_to_the_end(&mut driver, width, height);
                    let rows = confirm.rows.iter().map(|row| row.text.clone());
                    let warnings = confirm.warnings.iter().map(ToString::to_string);
                    for words in rows.chain(warnings).chain([confirm.impact.summary()]) {
                        // A value may be broken between its lines by what stands beside it.
                        for word in words.split_whitespace() {
                            let word = letters(word);
                            let is_shown = shown.contains(&word) || word.chars().count() > 20;
                            assert!(is_shown, "{word} of {words} at {width}x{height}:\n{shown}");
                        }
                    }
                }
            }
        });
    }
}

#[test]
fn a_window_in_which_the_warnings_are_cut_orders_nothing_and_says_so() {
    for (width, height) in [(19, 24), (30, 6), (20, 5), (1, 1)] {
        let mut driver = Driver::on_review();
        driver.enter();
        driver.send(Msg::Resize { width, height });
        driver.ctrl('o');
        assert_eq!(driver.submits(), 0, "ordered at {width}x{height}");
        assert!(matches!(driver.model.page, Page::Confirm(_)));
        let shown = letters(&text(&mut driver.model, width, height, Theme::TERMINAL));
        assert!(width < 19 || shown.contains("Toosmalltoorder"), "{shown}");
        // With room again it has to be read first.
        driver.send(Msg::Resize { width: 80, height: 24 });
        assert!(driver.model.awaits_paint());
        driver.ctrl('o');
        assert_eq!(driver.submits(), 0, "ordered unread after {width}x{height}");
        driver.ctrl('o');
        assert_eq!(driver.submits(), 1, "not ordered after {width}x{height}");
    }
}
