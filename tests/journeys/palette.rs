//! The palette and the request as ways to every place: where they lead, and that nothing is done
//! that could not be done by its key.

use cph_wizard::app::{
    Action, ClickTarget, Effect, Key, KeyCode, Msg, Overlay, Page, PaletteTarget, SavedDraft, match_rank,
};
use cph_wizard::form::{Step, request_preview};
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::order::{BandwidthKind, FieldId, PortColumn};
use cph_wizard::view::hit_test;
use proptest::prelude::*;

use crate::common::Driver;

#[test]
fn every_step_is_the_first_to_its_name_and_number() {
    let driver = Driver::ready();
    for step in Step::ALL {
        for typed in [step.name(), &step.name().to_lowercase(), &(step.index() + 1).to_string()] {
            assert_eq!(driver.palette(typed)[0].what, PaletteTarget::Step(step), "{typed}");
        }
    }
}

#[test]
fn a_field_is_found_by_label_and_by_json_name() {
    let mut driver = Driver::ready();
    for (typed, id) in [("server name", FieldId::ServerName), ("is_auto_pay", FieldId::AutoPay), ("vnc", FieldId::Vnc)]
    {
        driver.go_to(typed);
        assert_eq!((driver.model.form.focus, driver.model.overlay.is_none()), (id, true), "{typed}");
    }
}

#[test]
fn steps_and_fields_are_found_in_english_and_in_chinese_whatever_is_spoken() {
    for language in Language::ALL {
        with_language(language, || {
            let mut driver = Driver::ready();
            for (typed, id) in [("server name", FieldId::ServerName), ("服务器名称", FieldId::ServerName)] {
                driver.go_to("billing");
                assert_eq!(driver.model.form.step, Step::Billing, "{language:?}");
                driver.go_to(typed);
                assert_eq!(driver.model.form.focus, id, "{typed} {language:?}");
            }
            driver.go_to("计费");
            assert_eq!(driver.model.form.step, Step::Billing, "{language:?}");
        });
    }
}

#[test]
fn a_draft_is_kept_the_same_in_every_language() {
    let [english, chinese] = Language::ALL.map(|language| {
        with_language(language, || {
            let mut driver = Driver::ready();
            driver.go_to("billing");
            serde_json::to_string(&driver.model.form.saved_draft()).unwrap()
        })
    });
    assert_eq!(english, chinese);
    assert!(english.contains("\"billing\""), "{english}");
    let back: SavedDraft = with_language(Language::Chinese, || serde_json::from_str(&english)).unwrap();
    assert_eq!(back.step, Step::Billing);
    // Drafts of earlier versions hold the label.
    let earlier = english.replace("\"billing\"", "\"Billing\"");
    assert_eq!(serde_json::from_str::<SavedDraft>(&earlier).unwrap().step, Step::Billing);
}

#[test]
fn a_field_that_is_not_asked_for_says_so() {
    let mut driver = Driver::ready();
    driver.go_to("band_width_id");
    assert_eq!(driver.model.form.step, Step::Bandwidth);
    let message = driver.model.message.as_deref();
    assert_eq!(message, Some("Shared bandwidth is not asked for as the form stands now"));
    driver.model.form.draft.bandwidth = BandwidthKind::ExistingShared;
    driver.go_to("band_width_id");
    assert_eq!(driver.model.form.focus, FieldId::BandwidthId);
}

#[test]
fn an_action_is_done_as_by_its_key() {
    let mut driver = Driver::ready();
    driver.ctrl('g');
    driver.text("keep the draft");
    assert!(matches!(driver.enter()[..], [Effect::SaveDraft(_)]));
    driver.go_to("calls of this run");
    assert!(matches!(driver.model.overlay, Some(Overlay::Inspector(_))));
}

#[test]
fn a_field_that_was_left_for_on_review_leads_back_there() {
    let mut driver = Driver::on_review();
    driver.go_to("period_num");
    assert!(driver.model.form.return_to_review && driver.model.form.focus == FieldId::PeriodNumber);
    driver.enter();
    assert_eq!(driver.model.form.step, Step::Review);
}

#[test]
fn nothing_is_ordered_from_the_palette() {
    let driver = Driver::on_review();
    let never = [Action::PlaceOrder, Action::Accept, Action::CopyCall];
    for offer in driver.palette("") {
        assert!(!never.iter().any(|action| offer.what == PaletteTarget::Action(*action)), "{offer:?}");
    }
}

#[test]
fn what_fits_better_has_the_lower_rank() {
    assert!(match_rank("count", "Count") < match_rank("count", "Count servers"));
    assert!(match_rank("server", "Server name") < match_rank("name", "Server name"));
    assert!(match_rank("name", "Server name") < match_rank("erv", "Server name"));
    assert_eq!(match_rank("port server", "Server name"), None);
}

#[test]
fn words_that_nothing_has_do_nothing() {
    let mut driver = Driver::ready();
    driver.ctrl('g');
    driver.text("zzz");
    let before = driver.model.form.draft.clone();
    assert_eq!(driver.enter(), []);
    assert_eq!((driver.model.overlay.is_none(), &driver.model.form.draft), (true, &before));
}

#[test]
fn each_line_of_the_ports_leads_to_its_cell() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    let at = driver.at;
    driver.send(Msg::Paste { text: "web 20000 public\napi 20001".into(), at });
    driver.enter();
    driver.go_to("review");
    let lines = request_preview(&driver.model.form.draft);
    let line = lines.iter().position(|line| line.text.contains("20001")).unwrap();
    driver.send(Msg::Resize { width: 120, height: 40 });
    let row = (0..40).find(|y| hit_test(&driver.model, 100, *y) == Some(ClickTarget::RequestLine(line))).unwrap();
    let at = driver.at;
    let target = hit_test(&driver.model, 100, row).unwrap();
    driver.send(Msg::Click { target, at });
    assert_eq!((driver.model.form.focus, driver.model.form.ports.row), (FieldId::Ports, 1));
    assert!(driver.model.form.ports.column == PortColumn::Number && driver.model.form.return_to_review);
}

#[test]
fn the_pane_is_no_way_out_of_a_confirmation() {
    let mut driver = Driver::on_review();
    driver.send(Msg::Resize { width: 120, height: 40 });
    driver.enter();
    assert!(matches!(driver.model.page, Page::Confirm(_)));
    let at = driver.at;
    for line in 0..20 {
        driver.send(Msg::Click { target: ClickTarget::RequestLine(line), at });
    }
    assert!(matches!(driver.model.page, Page::Confirm(_)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_cursor_of_the_request_stands_on_members_only(moves in prop::collection::vec(0..6_usize, 0..20), step in 0..8_usize) {
        let mut driver = Driver::on_review();
        driver.go_to(Step::ALL[step].name());
        driver.ctrl('r');
        let codes = [KeyCode::Up, KeyCode::Down, KeyCode::PageUp, KeyCode::PageDown, KeyCode::Home, KeyCode::End];
        for at in moves {
            driver.press(Key::plain(codes[at]));
            let line = &request_preview(&driver.model.form.draft)[driver.request_line().unwrap()];
            prop_assert!(line.field.is_some() && line.text.contains('"'), "{}", line.text);
        }
        let line = request_preview(&driver.model.form.draft)[driver.request_line().unwrap()].field;
        driver.enter();
        prop_assert!(line == Some(FieldId::ChargingMode) || Some(driver.model.form.focus) == line);
    }
}
