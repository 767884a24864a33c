//! Lists and tables as they are drawn: columns as wide as their contents, marks of what is out of view, and words.

use cph_wizard::app::{Key, KeyCode};
use cph_wizard::form::Step;
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::order::PortDraft;
use cph_wizard::view::Theme;

use crate::common::Driver;
use crate::screen::text;

fn shown(driver: &mut Driver, width: u16, height: u16) -> String {
    text(&mut driver.model, width, height, Theme::MONO)
}

fn line_of<'a>(shown: &'a str, part: &str) -> &'a str {
    shown.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part} in\n{shown}"))
}

#[test]
fn nothing_is_cut_beside_empty_cells() {
    for scene in ["normal", "large-catalogue"] {
        let mut driver = Driver::with_scene(scene);
        for step in ["flavor", "image", "access"] {
            driver.go_to(step);
            let shown = shown(&mut driver, 200, 60);
            // Beside the form there is the request, in which dots stand for what is missing.
            let shown: Vec<&str> = shown.lines().skip(3).filter_map(|line| line.split('│').next()).collect();
            let shown = shown.join("\n");
            assert!(!shown.contains('~') && !shown.contains("..."), "{step} of {scene}\n{shown}");
        }
    }
}

#[test]
fn names_of_a_large_catalogue_are_readable() {
    let mut driver = Driver::with_scene("large-catalogue");
    driver.go_to("image");
    driver.text("aosp-0012");
    for (width, height) in [(80, 24), (60, 16), (120, 40), (200, 60)] {
        let shown = shown(&mut driver, width, height);
        line_of(&shown, "AOSP-00120");
        assert!(shown.contains("5ce7e000000000000000000000000078 "), "the id is whole at {width}\n{shown}");
    }
}

#[test]
fn a_list_that_does_not_fit_says_where_it_is() {
    let mut driver = Driver::with_scene("large-catalogue");
    driver.go_to("image");
    assert!(shown(&mut driver, 80, 24).contains(" fit, 1-"), "{}", shown(&mut driver, 80, 24));
    driver.keys(&[KeyCode::PageDown, KeyCode::PageDown, KeyCode::PageDown]);
    let shown = shown(&mut driver, 80, 24);
    let ends_in =
        |shown: &str, mark| shown.lines().filter(|line| line.trim_end_matches(['|', ' ']).ends_with(mark)).count();
    assert!(!shown.contains(" fit, 1-") && ends_in(&shown, '┃') == 1, "{shown}");
    let ascii = text(&mut driver.model, 80, 24, Theme::MONO.in_ascii());
    assert!(ascii.is_ascii() && ends_in(&ascii, '#') == 1, "{ascii}");
}

#[test]
fn a_count_says_what_it_counts_and_the_key_what_it_will_do() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    let before = shown(&mut driver, 120, 40);
    assert!(before.contains("9 of 15 fit") && before.contains("F6 show all 15"), "{before}");
    driver.press(Key::plain(KeyCode::F(6)));
    let after = shown(&mut driver, 120, 40);
    assert!(after.contains("9 of 15 fit") && after.contains("F6 show fitting"), "{after}");
    driver.text("aosp14");
    let filtered = shown(&mut driver, 120, 40);
    assert!(filtered.contains(" of 15 match"), "{filtered}");
}

/// Returns the column in which a text begins.
fn column_of(line: &str, text: &str) -> usize {
    line[..line.find(text).unwrap()].chars().count()
}

#[test]
fn numbers_are_aligned_at_the_right_and_both_lists_share_their_stops() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::Tab]);
    for width in [80, 120, 200] {
        let shown = shown(&mut driver, width, 40);
        let heads: Vec<&str> = shown.lines().filter(|line| line.contains("CPU") && line.contains("Phones")).collect();
        assert_eq!(heads.len(), 2, "{shown}");
        for head in ["CPU", "Memory", "Phones"] {
            assert_eq!(column_of(heads[0], head), column_of(heads[1], head), "{head} at {width}\n{shown}");
        }
        let end = column_of(heads[0], "Memory") + "Memory".len();
        let memory = line_of(&shown, "3.5 GB");
        let cells: String = memory.chars().skip(end - 6).take(6).collect();
        assert_eq!(cells, "3.5 GB", "{shown}");
    }
}

#[test]
fn images_have_their_date() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let shown = shown(&mut driver, width, height);
        // On a narrow screen the line below the list has it.
        assert!((width < 80 || shown.contains("Date")) && shown.contains("2025-09-18"), "{shown}");
    }
}

#[test]
fn an_empty_catalogue_says_what_to_try() {
    let mut driver = Driver::with_scene("empty-catalogue");
    let shown = shown(&mut driver, 80, 24);
    for words in ["region or project", "Cloud Phone", "cph-wizard profile doctor"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    assert!(!shown.contains("pick one"), "{shown}");
}

#[test]
fn a_sold_out_catalogue_says_so_at_every_size() {
    let mut driver = Driver::with_scene("sold-out");
    for focus in 0..2 {
        for (width, height) in [(80, 24), (60, 16), (120, 40)] {
            let shown = shown(&mut driver, width, height);
            assert!((focus, height) == (1, 16) || shown.contains("No server flavor is left"), "{focus}\n{shown}");
            assert!(shown.contains("✗ Flavor"), "{shown}");
        }
        driver.keys(&[KeyCode::Tab]);
    }
}

#[test]
fn a_filter_without_a_match_has_no_selected_row() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    driver.text("00112233445566778899aabbccddeeff");
    let typed = shown(&mut driver, 80, 24);
    assert!(typed.contains("use \"00112233445566778899aabbccddeeff\" as typed"), "{typed}");
    assert!(!line_of(&typed, "as typed").contains('▸'), "{typed}");
    driver.keys(&[KeyCode::Down]);
    assert!(line_of(&shown(&mut driver, 80, 24), "as typed").contains('▸'));
}

fn with_ports() -> Driver {
    let mut driver = Driver::ready();
    let port = |name: &str, number: &str, public| PortDraft { name: name.into(), number: number.into(), public };
    driver.model.form.draft.ports = vec![port("web", "20000", true), port("adm", "20001", false)];
    driver.model.form.recheck();
    driver.go_to("ports");
    driver
}

#[test]
fn ports_are_a_table_whose_controls_keep_their_names() {
    let mut driver = with_ports();
    let shown = shown(&mut driver, 80, 24);
    let heads = line_of(&shown, "Reachable from");
    for head in ["Name", "Port", "Public"] {
        assert!(heads.contains(head), "{shown}");
    }
    let (web, adm) = (line_of(&shown, "20000"), line_of(&shown, "20001"));
    assert!(web.contains("[x]") && web.contains("! PUBLIC, the internet"), "{shown}");
    assert!(adm.contains("[ ]") && adm.contains("not the internet") && !shown.contains("private"), "{shown}");
    assert_eq!(heads.find("Public"), web.find("[x]"));
    assert!(shown.contains("+ Add a port, or paste a list"), "{shown}");
}

#[test]
fn the_heads_of_the_ports_stand_over_their_cells_in_chinese() {
    let mut driver = with_ports();
    let shown = with_language(Language::Chinese, || shown(&mut driver, 80, 24));
    let column = |line: &str, part: &str| {
        use unicode_width::UnicodeWidthStr as _;
        line[..line.find(part).unwrap()].width()
    };
    let heads = line_of(&shown, "可访问来源");
    assert_eq!(column(heads, "公开"), column(line_of(&shown, "20000"), "[x]"), "{shown}");
}

#[test]
fn a_table_of_many_ports_says_where_it_is() {
    let mut driver = with_ports();
    let port = |at: u32| PortDraft { name: format!("p{at}"), number: (30_000 + at).to_string(), public: false };
    driver.model.form.draft.ports = (0..40).map(port).collect();
    driver.model.form.recheck();
    driver.go_to("ports");
    assert_eq!(driver.model.form.step, Step::Ports);
    assert!(shown(&mut driver, 80, 24).contains(" of 41"), "{}", shown(&mut driver, 80, 24));
}
