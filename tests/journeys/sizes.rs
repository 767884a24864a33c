//! The terminal may change its size at any moment and to any size: nothing breaks down, and nothing
//! that a person did is lost by it.

use cph_wizard::app::{Model, Msg, Page};
use cph_wizard::view::{Theme, draw, hit_test};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::common::Driver;
use crate::properties::any_key;

/// What a resize must leave alone.
fn place(model: &Model) -> String {
    let pickers: Vec<_> = model.form.pickers.iter().map(|(id, picker)| (id, picker.cursor, &picker.filter)).collect();
    let page = match &model.page {
        // When it was painted is another matter: what was cut has to be read again.
        Page::Confirm(confirm) => format!("{:?} {:?}", confirm.body, confirm.challenge),
        page @ (Page::Form | Page::Setup(_) | Page::Waiting(_) | Page::Result(_)) => format!("{page:?}"),
    };
    format!(
        "{page} {:?} {:?} {:?} {:?} {:?} {pickers:?} {:?} {:?} {:?}",
        model.form.step,
        model.form.focus,
        model.form.cursor,
        model.form.ports,
        model.form.review_cursor,
        model.overlay,
        model.form.draft,
        model.message
    )
}

fn paint(model: &Model, theme: Theme) {
    let mut terminal = Terminal::new(TestBackend::new(model.width, model.height)).unwrap();
    terminal.draw(|frame| draw(model, theme, frame)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_resize_at_any_moment_loses_no_place(
        begins_on_review in any::<bool>(),
        deeds in prop::collection::vec((any_key(), 1..=220_u16, 1..=70_u16), 1..40),
        themes in prop::collection::vec(0..5_usize, 40),
    ) {
        let mut driver = if begins_on_review { Driver::on_review() } else { Driver::ready() };
        for ((key, width, height), theme) in deeds.into_iter().zip(themes) {
            driver.press(key);
            paint(&driver.model, Theme::ALL[theme].1.in_ascii());
            let before = place(&driver.model);
            driver.send(Msg::Resize { width, height });
            prop_assert_eq!(place(&driver.model), before);
            paint(&driver.model, Theme::ALL[theme].1);
            let _ = hit_test(&driver.model, width / 2, height / 2);
        }
    }
}

const WIDTHS: [u16; 13] = [1, 2, 3, 4, 5, 9, 16, 20, 31, 43, 59, 60, 100];

#[test]
fn every_size_from_one_cell_on_can_be_drawn_on_every_step() {
    for step in ["flavor", "image", "count", "bandwidth", "billing", "ports", "access", "review"] {
        let mut driver = Driver::on_review();
        driver.go_to(step);
        if step == "ports" {
            driver.text("web");
        }
        for (width, height) in WIDTHS.into_iter().flat_map(|width| (1..=17).map(move |height| (width, height))) {
            driver.send(Msg::Resize { width, height });
            paint(&driver.model, Theme::MONO);
            let _ = hit_test(&driver.model, width / 2, height / 2);
        }
    }
}
