//! What is around a page: header, footer and request pane of all pages, each different one once, and whole screens.

use std::fmt::Write as _;

use cph_wizard::app::{Model, Page};
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::view::{Theme, wrap};

use crate::page_snapshot::{SIZES, of_all};
use crate::pages;
use crate::regions::{field_rows, field_sentence, pane, regions};
use crate::screen::{Screen, letters, paint};
use crate::style_roles::{probe, rows_by_role, runs};

/// Writes what several pages share once, behind the names of these pages.
fn grouped(pages: Vec<(String, Option<String>)>) -> String {
    let mut groups: Vec<(Vec<String>, String)> = Vec::new();
    for (name, shown) in pages.into_iter().filter_map(|(name, shown)| Some((name, shown?))) {
        match groups.iter_mut().find(|(_, known)| *known == shown) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], shown)),
        }
    }
    groups.into_iter().fold(String::new(), |mut all, (names, shown)| {
        let names = wrap(&names.join(", "), 110).join("\n   ");
        writeln!(all, "== {names}\n{}", shown.trim_end()).unwrap();
        all
    })
}

/// Returns the rows of the header at every size.
fn header(model: &mut Model) -> String {
    SIZES.iter().fold(String::new(), |mut all, &(width, height)| {
        let screen = paint(model, (width, height), Theme::TERMINAL);
        let rows: Vec<String> =
            (0..regions(model, &screen).header).map(|y| format!("|{}\n", screen.row(y).trim_end())).collect();
        writeln!(all, "{width}x{height}\n{}", rows.concat().trim_end()).unwrap();
        all
    })
}

#[test]
fn the_header_of_every_page() {
    let pages = of_all(Language::English, |_, model| Some(header(model)));
    insta::assert_snapshot!("headers", grouped(pages));
}

/// Returns the line of keys at every size.
fn keys(model: &mut Model) -> String {
    SIZES.iter().fold(String::new(), |mut all, &(width, height)| {
        let line = paint(model, (width, height), Theme::TERMINAL).row(height - 1);
        writeln!(all, "{width}: {line}").unwrap();
        all
    })
}

#[test]
fn the_place_among_the_steps_is_said_once() {
    let counts = of_all(Language::English, |_, model| {
        SIZES.map(|size| paint(model, size, Theme::TERMINAL).framed().matches("Step ").count())
    });
    assert!(counts.iter().all(|(_, counts)| counts.iter().all(|count| *count <= 1)), "{counts:?}");
    assert!(counts.iter().any(|(_, counts)| *counts == [1; 4]));
}

#[test]
fn the_keys_of_every_page() {
    let pages = of_all(Language::English, |_, model| Some(keys(model)));
    insta::assert_snapshot!("keys", grouped(pages));
}

#[test]
fn the_sentence_about_the_field_of_every_page() {
    let pages = of_all(Language::English, |_, model| {
        let sentence = field_sentence(model);
        (!sentence.is_empty()).then_some(sentence)
    });
    insta::assert_snapshot!("field-sentences", grouped(pages));
}

/// Asserts that the footer has the sentence in its rows, cut only behind the second one.
fn check_sentence(name: &str, model: &mut Model) {
    let sentence = field_sentence(model);
    for size in SIZES {
        let screen = paint(model, size, Theme::TERMINAL);
        let at = regions(model, &screen);
        // Behind the line.
        let shown: Vec<String> = (at.footer + 1..size.1 - 1).map(|y| screen.row(y).trim().to_owned()).collect();
        let rows = field_rows(&sentence, size.0);
        // On a low screen the page about the account has no row for it.
        let has_row = size.1 >= 20 || !matches!(model.page, Page::Setup(_));
        if has_row && rows.len() <= 2 {
            assert_eq!(shown, rows, "{name} at {size:?}");
        }
    }
}

#[test]
fn the_sentence_is_whole_wherever_two_rows_are_enough() {
    for spoken in Language::ALL {
        of_all(spoken, check_sentence);
    }
}

#[test]
fn the_request_pane_of_every_page() {
    let pages = of_all(Language::English, |_, model| {
        let (wide, wider) = (pane(model, (120, 40))?.join("\n|"), pane(model, (200, 60))?.join("\n|"));
        let narrow = pane(model, (100, 30))?.join("\n|");
        let mut shown = format!("120x40\n|{wide}\n");
        for (size, other) in [("200x60", wider), ("100x30", narrow)] {
            if letters(&other) != letters(&wide) {
                write!(shown, "{size}\n|{other}\n").unwrap();
            }
        }
        Some(shown)
    });
    insta::assert_snapshot!("request-panes", grouped(pages));
}

/// Returns the roles of header, footer and request pane.
fn roles_around(model: &mut Model) -> String {
    let size = (120, 40);
    let screen = paint(model, size, probe());
    let at = regions(model, &screen);
    let header = rows_by_role(&screen, 0..at.header, 0, size.0);
    let pane = at.pane.filter(|_| at.panel.is_none());
    let pane = pane.map(|from| rows_by_role(&screen, at.header..at.footer, from, size.0)).unwrap_or_default();
    format!("{header}{pane}{}", rows_by_role(&screen, at.footer..size.1, 0, size.0))
}

#[test]
fn header_footer_and_pane_by_their_roles() {
    let pages = of_all(Language::English, |name, model| AROUND.contains(&name).then(|| roles_around(model)));
    assert_eq!(pages.iter().filter(|(_, shown)| shown.is_some()).count(), AROUND.len());
    insta::assert_snapshot!("roles-around", grouped(pages));
}

/// Pages with every kind of header, footer and pane.
const AROUND: [&str; 10] = [
    "fresh-flavor",
    "fresh-count",
    "picker-unfitting",
    "ports-with-a-problem",
    "review-paid-now",
    "refused-on-its-field",
    "undone-ports",
    "live-review",
    "live-confirm-not-theirs",
    "setup-choose",
];

/// Paints what lies below the panel of a page.
fn below(model: &mut Model, size: (u16, u16)) -> Screen {
    let overlay = model.overlay.take();
    let screen = paint(model, size, Theme::TERMINAL);
    model.overlay = overlay;
    screen
}

/// Asserts that around the panel of a page there is the page below it; returns whether it has a panel.
fn check_panel(name: &str, model: &mut Model) -> bool {
    for size in SIZES {
        let screen = paint(model, size, Theme::TERMINAL);
        let at = regions(model, &screen);
        let Some((left, top, right, bottom)) = at.panel else { return false };
        let below = below(model, size);
        for y in 0..at.footer {
            for x in (0..size.0).filter(|x| !(top..bottom).contains(&y) || !(left..right).contains(x)) {
                let (shown, before) = (screen.buffer[(x, y)].symbol(), below.buffer[(x, y)].symbol());
                assert_eq!(shown, before, "{name} at {size:?}: column {x}, row {y}");
            }
        }
        assert!(left.abs_diff(size.0 - right) <= 1, "{name} at {size:?}: the panel is not in the middle");
        assert!(top >= at.header && bottom < size.1, "{name} at {size:?}: the panel covers header or keys");
    }
    true
}

#[test]
fn what_a_panel_does_not_cover_stays() {
    let pages = of_all(Language::English, check_panel);
    let panels = pages.iter().filter(|(_, has_panel)| *has_panel).count();
    assert!(panels >= 20, "{panels} pages have a panel");
}

/// Shows a screen as a person sees it, with everything in its place.
fn whole(sizes: &[(u16, u16)]) -> String {
    let seen = of_all(cph_wizard::i18n::language(), {
        let sizes = sizes.to_vec();
        move |name, model| {
            (name == "ports-with-a-problem").then(|| {
                let shown = sizes.iter().map(|size| paint(model, *size, Theme::TERMINAL).framed());
                shown.collect::<Vec<_>>().join("\n\n")
            })
        }
    });
    seen.into_iter().find_map(|(_, shown)| shown).unwrap()
}

#[test]
fn a_whole_screen_at_every_size() {
    insta::assert_snapshot!("whole", whole(&SIZES));
    let chinese = with_language(Language::Chinese, || whole(&SIZES[..2]));
    insta::assert_snapshot!("whole-chinese", chinese);
}

#[test]
fn the_keys_in_chinese_are_those_in_english() {
    // Where there is room for all of them.
    let wide = |spoken| {
        of_all(spoken, |_, model| {
            let screen = paint(model, (400, 60), probe());
            let keys = runs(&screen, 59, 0, 400).into_iter();
            keys.filter(|(role, _)| *role == "key").map(|(_, key)| key).collect::<Vec<String>>()
        })
    };
    assert_eq!(wide(Language::Chinese), wide(Language::English));
}

#[test]
fn a_page_has_the_footer_of_what_lies_over_it() {
    let mut driver = pages::concluded(cph_wizard::purchase::Outcome::Accepted(pages::receipt()));
    let before = keys(&mut driver.model);
    driver.press(cph_wizard::app::Key::char('?'));
    assert_ne!(keys(&mut driver.model), before);
}
