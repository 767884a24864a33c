//! The order sheet on the screen: its frame, its box, and its columns in both languages.

use cph_wizard::app::{AccountMode, Key, KeyCode, Msg, sheet_height};
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::view::{Role, Theme};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr as _;

use crate::common::Driver;
use crate::screen::{Screen, paint};

fn paid_now() -> Driver {
    let mut driver = Driver::on_review();
    driver.model.form.draft.auto_pay = true;
    driver.model.form.recheck();
    driver
}

fn find(screen: &Screen, words: &str) -> Option<(u16, u16)> {
    (0..screen.height()).find_map(|y| {
        let row = screen.row(y);
        row.find(words).map(|at| (u16::try_from(row[..at].width()).unwrap(), y))
    })
}

#[test]
fn the_box_is_drawn_only_when_it_takes_keys() {
    let mut driver = paid_now();
    let at = driver.at + 1_000;
    driver.press_at(Key::plain(KeyCode::Enter), at);
    driver.send(Msg::Painted { at });
    let screen = paint(&mut driver.model, (80, 24), Theme::TERMINAL);
    assert!(find(&screen, "Type web-01 to confirm:").is_some() && find(&screen, "Read the order first.").is_some());
    assert_eq!((find(&screen, "["), screen.cursor), (None, None));
    // A letter that comes too early is dropped, and no box has shown it.
    driver.press_at(Key::char('w'), at + 499);
    driver.send(Msg::Tick { at: at + 998 });
    let screen = paint(&mut driver.model, (80, 24), Theme::TERMINAL);
    assert_eq!((find(&screen, "["), screen.cursor), (None, None));
    driver.send(Msg::Tick { at: driver.model.next_wake().unwrap() });
    let screen = paint(&mut driver.model, (80, 24), Theme::TERMINAL);
    let (x, y) = find(&screen, "[ ").expect("the box");
    assert_eq!(screen.cursor, Some((x + 1, y)));
    driver.press_at(Key::char('w'), at + 1_000);
    let screen = paint(&mut driver.model, (80, 24), Theme::TERMINAL);
    assert_eq!(screen.cursor, Some((x + 2, y)));
}

#[test]
fn the_action_is_the_strongest_element_once_it_works() {
    let mut driver = paid_now();
    driver.enter();
    let strong = |driver: &mut Driver| {
        let screen = paint(&mut driver.model, (80, 24), Theme::MONO);
        let at = find(&screen, "Ctrl-O  Place order").expect("the action");
        screen.buffer[at].modifier.contains(Modifier::REVERSED | Modifier::BOLD)
    };
    driver.send(Msg::Tick { at: driver.at + 2_000 });
    assert!(!strong(&mut driver), "the name is not typed yet");
    driver.text("web-01");
    assert!(strong(&mut driver));
}

#[test]
fn the_frame_has_the_colour_of_the_mode_and_the_badge_in_its_title() {
    for (mode, badge, role) in
        [(AccountMode::Simulator, " SIMULATOR ", Role::SimulatorFrame), (AccountMode::Live, " LIVE ", Role::LiveFrame)]
    {
        for theme in [Theme::TERMINAL, Theme::DARK, Theme::LIGHT, Theme::HIGH_CONTRAST, Theme::MONO] {
            let mut driver = Driver::on_review();
            driver.model.account.label.mode = mode;
            driver.enter();
            for (width, left) in [(80, 2), (120, 15)] {
                let screen = paint(&mut driver.model, (width, 40), theme);
                let (x, y) = find(&screen, "┌").expect("a frame");
                assert_eq!(x, left);
                let corner = &screen.buffer[(x, y)];
                let expected = theme.role(role).fg.or(theme.base().fg);
                assert_eq!(expected, corner.style().fg.filter(|fg| *fg != ratatui::style::Color::Reset), "{theme:?}");
                assert!(!corner.modifier.intersects(Modifier::REVERSED | Modifier::BOLD), "{theme:?}");
                assert!(screen.row(y).contains(&format!("┌─{badge} Place this order? ─")), "{}", screen.row(y));
                assert!(find(&screen, "└─ request 351 bytes, SHA-256 a94cb7828d16 ─").is_some());
                // Nothing stands beside the sheet, between the lines.
                for y in 3..37 {
                    assert_eq!(screen.part(y, 0, left).trim(), "");
                    assert_eq!(screen.part(y, width - left, width).trim(), "");
                }
            }
        }
    }
    let mut driver = Driver::on_review();
    driver.enter();
    let ascii = paint(&mut driver.model, (80, 24), Theme::MONO.in_ascii());
    assert!(find(&ascii, "+- SIMULATOR  Place this order? -").is_some());
}

#[test]
fn the_values_stand_in_one_column_in_both_languages() {
    for language in Language::ALL {
        with_language(language, || {
            let mut driver = Driver::on_review();
            driver.enter();
            let screen = paint(&mut driver.model, (80, 24), Theme::TERMINAL);
            let values = ["1 x physical.rx1.xlarge", "60 x rx1.cp", "AOSP14"];
            let columns = values.map(|value| find(&screen, value).unwrap_or_else(|| panic!("{value}")).0);
            assert_eq!(columns, [columns[0]; 3], "{language:?}");
        });
    }
}

#[test]
fn the_sheet_has_the_rows_that_the_model_counts_on() {
    for (width, height) in [(80, 24), (60, 16), (59, 15), (30, 9), (30, 8), (30, 7), (79, 23), (200, 60)] {
        let mut driver = paid_now();
        driver.enter();
        let _ = paint(&mut driver.model, (width, height), Theme::TERMINAL);
        let layout = driver.model.sheet_layout().unwrap();
        let rows = u16::try_from(layout.lines.len()).unwrap() + layout.border.rows();
        assert!(!layout.fits || rows <= sheet_height(width, height), "{width}x{height}");
        if layout.fits {
            let screen = paint(&mut driver.model, (width, height), Theme::TERMINAL);
            let last = layout.lines.iter().rev().find(|line| !line.text.is_empty()).unwrap().text.clone();
            assert!(find(&screen, last.trim()).is_some(), "{last} at {width}x{height}\n{}", screen.framed());
        }
    }
}
