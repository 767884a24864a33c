//! Filling the form in: steps in any order, answers that stay, problems that speak when they should.

use cph_wizard::app::{AnswerOrigin, Effect, FieldStatus, Key, KeyCode, Msg, SavedDraft, StepStatus};
use cph_wizard::form::Step;
use cph_wizard::order::{BandwidthKind, Draft, FieldId, Issue, PeriodUnit, Vnc};

use crate::common::Driver;

#[test]
fn an_untouched_field_is_never_accused() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.keys(&[KeyCode::Tab, KeyCode::BackTab]);
    assert_eq!(driver.model.form.field_status(FieldId::ServerName), FieldStatus::Fine);
    assert_eq!(driver.model.form.step_status(Step::Count), StepStatus::Untouched);
}

#[test]
fn a_problem_speaks_on_leaving_and_goes_the_moment_it_is_fixed() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.text("web 1");
    assert_eq!(driver.model.form.field_status(FieldId::ServerName), FieldStatus::Fine, "not while typing");
    driver.keys(&[KeyCode::Tab]);
    let FieldStatus::Problem(problem) = driver.model.form.field_status(FieldId::ServerName) else {
        panic!("a problem is shown")
    };
    assert_eq!(problem, "Server name has a space at position 4: only A-Z a-z 0-9 _ - are allowed");
    assert_eq!(driver.model.form.step_status(Step::Count), StepStatus::Problems);
    driver.keys(&[KeyCode::BackTab, KeyCode::Backspace]);
    assert!(matches!(driver.model.form.field_status(FieldId::ServerName), FieldStatus::Problem(_)));
    driver.keys(&[KeyCode::Backspace]);
    assert_eq!(driver.model.form.field_status(FieldId::ServerName), FieldStatus::Fine);
    assert_eq!(driver.model.form.draft.server_name, "web");
}

#[test]
fn blanks_around_a_text_go_and_nothing_else_is_erased() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.text(" bad name! ");
    driver.keys(&[KeyCode::Tab]);
    assert_eq!(driver.model.form.draft.server_name, "bad name!");
}

#[test]
fn steps_can_be_visited_in_any_order_and_no_answer_is_lost() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    driver.text("web");
    driver.go_to("billing");
    driver.keys(&[KeyCode::Down]);
    driver.go_to("servers");
    driver.text("farm");
    driver.go_to("access");
    driver.keys(&[KeyCode::Tab, KeyCode::Down, KeyCode::Down]);
    driver.go_to("bandwidth");
    driver.keys(&[KeyCode::Down, KeyCode::Tab]);
    driver.text("100");
    driver.go_to("flavor");
    let draft = &driver.model.form.draft;
    assert_eq!(draft.ports[0].name, "web");
    assert_eq!((draft.period_unit, draft.server_name.as_str()), (PeriodUnit::Year, "farm"));
    assert_eq!((draft.vnc, draft.bandwidth, draft.bandwidth_size.as_str()), (Vnc::On, BandwidthKind::NewShared, "100"));
}

#[test]
fn tab_walks_over_every_field_and_back_again() {
    let mut driver = Driver::ready();
    let mut seen = vec![driver.model.form.focus];
    while driver.model.form.step != Step::Review {
        driver.keys(&[KeyCode::Tab]);
        if driver.model.form.step != Step::Review {
            seen.push(driver.model.form.focus);
        }
    }
    let expected: Vec<FieldId> =
        FieldId::ALL.into_iter().filter(|id| !matches!(id, FieldId::BandwidthId | FieldId::ChargingMode)).collect();
    assert_eq!(seen, expected);
    driver.ctrl('p');
    while driver.model.form.focus != FieldId::ServerFlavor {
        driver.keys(&[KeyCode::BackTab]);
    }
    assert_eq!(driver.model.form.step, Step::Flavor);
}

#[test]
fn a_change_upstream_keeps_what_was_chosen_below_and_says_why_it_no_longer_fits() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::Enter, KeyCode::Enter, KeyCode::Enter]);
    driver.go_to("flavor");
    driver.keys(&[KeyCode::Down, KeyCode::Down]);
    driver.enter();
    assert_eq!(driver.model.form.draft.server_flavor, "physical.kg1.4xlarge.cp");
    assert_eq!(driver.model.form.draft.phone_flavor, "rx1.cp.c60.d10.e1v1", "what was chosen stays");
    assert_eq!(
        driver.model.form.field_status(FieldId::PhoneFlavor),
        FieldStatus::Problem(
            "Phone flavor rx1.cp.c60.d10.e1v1 is not one of physical.kg1.4xlarge.cp: it belongs to physical.rx1.xlarge"
                .into()
        )
    );
    assert_eq!(driver.model.form.step_status(Step::Flavor), StepStatus::Problems);
}

#[test]
fn defaults_below_follow_a_change_upstream() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::Down, KeyCode::Down]);
    driver.enter();
    assert_eq!(driver.model.form.draft.phone_flavor, "kg1.cp.c100.d10SSD.e1v1");
    assert_eq!(driver.model.form.origin(FieldId::PhoneFlavor), AnswerOrigin::Default);
    assert_eq!(driver.model.form.draft.image_id, "20070120200806f201120a20000003c9");
    assert!(driver.model.form.issues.iter().all(|issue| *issue == Issue::ServerNameMissing));
}

#[test]
fn a_row_that_cannot_be_chosen_says_why_and_holds_the_focus() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::End]);
    driver.enter();
    assert_eq!(driver.model.form.focus, FieldId::ServerFlavor);
    let message = driver.model.message.clone().unwrap();
    assert_eq!(message, "physical.rx3.32xlarge.4 cannot be chosen: it has no phones");
}

#[test]
fn an_image_id_may_be_typed_if_it_can_be_one() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    let id = "0123456789abcdef".repeat(2);
    driver.text(&id);
    driver.keys(&[KeyCode::Down]);
    driver.enter();
    assert_eq!(driver.model.form.draft.image_id, id);
    assert!(matches!(driver.model.form.field_status(FieldId::Image), FieldStatus::Note(_)));
    driver.go_to("image");
    driver.text(&"f".repeat(32));
    driver.keys(&[KeyCode::Tab]);
    assert_eq!(driver.model.form.draft.image_id, id, "a filter alone is no answer");
    driver.keys(&[KeyCode::BackTab]);
    driver.text(&"f".repeat(33));
    driver.keys(&[KeyCode::Down]);
    driver.enter();
    assert_eq!(driver.model.form.draft.image_id, id, "that cannot be an id");
}

#[test]
fn nothing_can_be_typed_as_an_id_before_the_list_was_read() {
    let mut driver = Driver::loading();
    driver.press_at(Key::ctrl('n'), 2_000);
    for c in "aosp14".chars() {
        driver.press_at(Key::char(c), 3_000);
    }
    driver.press_at(Key::plain(KeyCode::Enter), 4_000);
    assert_eq!(driver.model.form.draft.image_id, "");
}

#[test]
fn the_first_digit_replaces_the_number_and_steps_stay_in_the_range() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.keys(&[KeyCode::Tab]);
    driver.text("3");
    assert_eq!(driver.model.form.draft.count, "3");
    driver.text("0");
    assert_eq!(driver.model.form.draft.count, "30", "a wrong number is kept");
    driver.keys(&[KeyCode::Up]);
    assert_eq!(driver.model.form.draft.count, "10");
    driver.keys(&[KeyCode::PageDown, KeyCode::Down]);
    assert_eq!(driver.model.form.draft.count, "1");
}

#[test]
fn a_paste_loses_its_line_breaks_and_goes_into_the_focused_text_only() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    let at = driver.at + 10;
    driver.send(Msg::Paste { text: "we\r\nb\u{1b}[31m-1\u{200b}\n".into(), at });
    assert_eq!(driver.model.form.draft.server_name, "web[31m-1");
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Count, FieldId::ServerName));
    driver.go_to("bandwidth");
    let before = driver.model.form.draft.clone();
    driver.send(Msg::Paste { text: "x\n".into(), at: at + 20_000 });
    assert_eq!(driver.model.form.draft, before);
}

#[test]
fn a_field_reached_from_review_leads_back_to_it() {
    let mut driver = Driver::on_review();
    driver.keys(&[KeyCode::Home, KeyCode::Down, KeyCode::Down, KeyCode::Down]);
    driver.enter();
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Count, FieldId::ServerName));
    driver.text("x");
    driver.enter();
    assert_eq!(driver.model.form.step, Step::Review);
    assert_eq!(driver.model.form.draft.server_name, "web-01x");
    driver.keys(&[KeyCode::Home]);
    driver.enter();
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!(driver.model.form.step, Step::Review);
}

#[test]
fn review_accuses_everything_and_begins_with_what_is_wrong() {
    let mut driver = Driver::ready();
    driver.go_to("review");
    assert_eq!(driver.model.form.issues, [Issue::ServerNameMissing]);
    assert_eq!(driver.model.form.step_status(Step::Count), StepStatus::Problems);
    driver.enter();
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Count, FieldId::ServerName));
}

#[test]
fn esc_clears_the_filter_first_and_then_goes_one_step_back() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    driver.text("14");
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!(driver.model.form.step, Step::Image);
    assert_eq!(driver.model.form.pickers[&FieldId::Image].filter.text, "");
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!(driver.model.form.step, Step::Flavor);
}

#[test]
fn leaving_keeps_a_form_that_somebody_filled_in_and_only_that() {
    let mut driver = Driver::ready();
    assert_eq!(driver.ctrl('c'), [Effect::Quit]);
    driver.go_to("servers");
    driver.text("web");
    let effects = driver.ctrl('c');
    assert!(matches!(effects.as_slice(), [Effect::SaveDraft(saved), Effect::Quit] if saved.draft.server_name == "web"));
}

#[test]
fn a_kept_draft_is_offered_and_comes_back_whole_or_not_at_all() {
    let draft = Draft { server_name: "web".into(), count: "11".into(), ..Draft::default() };
    let saved = SavedDraft::with_answers(draft.clone(), &["server_name", "count"]);
    let mut driver = Driver::opened(Some(saved.clone()));
    driver.answer_reads();
    driver.enter();
    assert_eq!((driver.model.form.draft.server_name.as_str(), driver.model.form.draft.count.as_str()), ("web", "11"));
    assert_eq!(driver.model.form.origin(FieldId::Count), AnswerOrigin::SavedDraft);
    assert!(matches!(driver.model.form.field_status(FieldId::Count), FieldStatus::Problem(_)));
    let mut driver = Driver::opened(Some(saved));
    driver.answer_reads();
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!(driver.model.form.draft.server_name, "");
}
