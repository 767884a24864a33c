//! The result page and the page of all keys on screens that have no room for all their rows.

use cph_wizard::app::{Context, DEFAULT_BINDINGS, DefaultBinding, Key, KeyCode};
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::view::Theme;

use crate::common::{Driver, unknown};
use crate::screen::{letters, text};

const SIZES: [(u16, u16); 7] = [(120, 40), (80, 24), (60, 16), (59, 15), (40, 10), (30, 8), (20, 6)];

fn in_conflict() -> (Driver, String) {
    let mut driver = Driver::on_review();
    let id = driver.order(unknown());
    driver.conflict(id, &["CS2611300852AAAAA", "CS2611300853BBBBB"]);
    let short = id.to_string()[..8].to_owned();
    let command =
        format!("cph-wizard orders resolve {short} --order-id CS2611300852AAAAA --order-id CS2611300853BBBBB");
    (driver, command)
}

/// What is shown while one goes on with a key, a screen behind the other.
fn leafed(driver: &mut Driver, key: KeyCode, (width, height): (u16, u16)) -> Vec<String> {
    let mut shown = vec![text(&mut driver.model, width, height, Theme::TERMINAL)];
    for _ in 0..60 {
        driver.press(Key::plain(key));
        shown.push(text(&mut driver.model, width, height, Theme::TERMINAL));
    }
    shown
}

#[test]
fn every_row_of_a_conflict_is_reached_by_scrolling() {
    for size in SIZES {
        for key in [KeyCode::Down, KeyCode::PageDown] {
            let (mut driver, command) = in_conflict();
            let first = text(&mut driver.model, size.0, size.1, Theme::TERMINAL);
            assert!(letters(&first).contains("CONFLICT"), "{size:?}:\n{first}");
            let shown = leafed(&mut driver, key, size);
            for word in command.split(' ').chain(["automatically."]) {
                let is_there = |screen: &String| letters(screen).contains(&letters(word));
                assert!(shown.iter().any(is_there), "{word} at {size:?} by {key:?}:\n{}", shown.last().unwrap());
            }
            assert_eq!(
                first.contains("-- more"),
                [(60, 16), (40, 10), (30, 8), (20, 6)].contains(&size),
                "{size:?}:\n{first}"
            );
            driver.press(Key::plain(KeyCode::PageUp));
            for _ in 0..60 {
                driver.press(Key::plain(KeyCode::Up));
            }
            let back = text(&mut driver.model, size.0, size.1, Theme::TERMINAL);
            assert_eq!(back, first, "{size:?} by {key:?}");
        }
    }
}

#[test]
fn the_keys_begin_with_those_of_the_page_and_scroll_to_the_last() {
    // The keys of the whole form stand in a section of their own.
    let own =
        |row: &&DefaultBinding| row.contexts.contains(&Context::Export) && !row.contexts.contains(&Context::Picker);
    let last = DEFAULT_BINDINGS.iter().rfind(own).unwrap();
    for language in Language::ALL {
        with_language(language, || {
            for (width, height) in SIZES {
                let (mut driver, _) = in_conflict();
                text(&mut driver.model, width, height, Theme::TERMINAL);
                driver.press(Key::char('?'));
                let first = text(&mut driver.model, width, height, Theme::TERMINAL);
                assert!(letters(&first).contains(&letters(cph_wizard::i18n::t("Order"))), "{first}");
                driver.press(Key::plain(KeyCode::End));
                let end = text(&mut driver.model, width, height, Theme::TERMINAL);
                let words = letters(cph_wizard::i18n::t(last.words));
                assert!(letters(&end).contains(&words), "{width}x{height}: no {words}:\n{end}");
                driver.press(Key::plain(KeyCode::Up));
                driver.press(Key::plain(KeyCode::Up));
                driver.press(Key::plain(KeyCode::Up));
                assert_ne!(text(&mut driver.model, width, height, Theme::TERMINAL), end, "{width}x{height}");
            }
        });
    }
}
