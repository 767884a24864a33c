//! Screens below 60x16, which have room for one field: a file for each size, and what must never be cut.

use std::fmt::Write as _;

use cph_wizard::app::{MIN_SIZE_TO_ORDER, Msg, Page};
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::view::Theme;

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
fn what_is_ordered_is_whole_wherever_it_can_be_ordered() {
    let (width, height) = MIN_SIZE_TO_ORDER;
    for language in Language::ALL {
        with_language(language, || {
            for (count, period, auto_pay) in [("3", "1", false), ("10", "9", false), ("10", "9", true)] {
                let mut driver = Driver::on_review();
                driver.model.form.draft.count = count.into();
                driver.model.form.draft.period_number = period.into();
                driver.model.form.draft.auto_pay = auto_pay;
                driver.model.form.recheck();
                driver.enter();
                let Page::Confirm(confirm) = &driver.model.page else { panic!("{count} servers are not confirmed") };
                let deed = letters(&confirm.impact.summary());
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
