//! Undo and redo: what one step is, where the focus goes, and what is said.

use cph_wizard::app::{Key, KeyCode, Msg, Page};
use cph_wizard::form::Step;
use cph_wizard::order::{Draft, FieldId, PeriodUnit};
use proptest::prelude::*;

use crate::common::Driver;
use crate::purchase::{accepted, refused};

const UNDO: Key = Key::plain(KeyCode::F(3));
const REDO: Key = Key::plain(KeyCode::F(4));

fn said(driver: &Driver) -> &str {
    driver.model.message.as_deref().unwrap_or_default()
}

#[test]
fn a_burst_of_typing_is_one_step_and_the_message_says_what_was_undone() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.text("web-01");
    driver.keys(&[KeyCode::Tab]);
    driver.text("10");
    driver.press(UNDO);
    assert_eq!((driver.model.form.draft.count.as_str(), driver.model.form.draft.server_name.as_str()), ("1", "web-01"));
    assert_eq!(said(&driver), "Undone: Count from 10 to 1");
    driver.press(Key::ctrl('_'));
    assert_eq!(driver.model.form.draft.server_name, "");
    assert_eq!(said(&driver), "Undone: Server name from web-01 to nothing");
    assert_eq!(driver.model.form.focus, FieldId::ServerName);
    driver.press(UNDO);
    assert_eq!(said(&driver), "There is nothing to undo");
    driver.press(REDO);
    driver.press(REDO);
    assert_eq!(
        (driver.model.form.draft.count.as_str(), driver.model.form.draft.server_name.as_str()),
        ("10", "web-01")
    );
    assert_eq!(said(&driver), "Redone: Count from 1 to 10");
    driver.press(REDO);
    assert_eq!(said(&driver), "There is nothing to redo");
}

#[test]
fn moving_away_and_back_begins_another_step() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.text("web");
    driver.keys(&[KeyCode::Tab, KeyCode::BackTab]);
    driver.text("-01");
    driver.press(UNDO);
    assert_eq!(driver.model.form.draft.server_name, "web");
}

#[test]
fn what_was_typed_and_deleted_again_is_no_step() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.text("we");
    driver.keys(&[KeyCode::Backspace, KeyCode::Backspace]);
    assert!(!driver.model.form.history.can_undo());
    driver.text("x");
    driver.press(UNDO);
    assert_eq!(driver.model.form.draft.server_name, "");
}

#[test]
fn a_choice_brings_back_what_followed_from_it() {
    let mut driver = Driver::ready();
    let before = driver.model.form.draft.clone();
    driver.keys(&[KeyCode::Down, KeyCode::Down]);
    driver.enter();
    let after = driver.model.form.draft.clone();
    assert_ne!(before.phone_flavor, after.phone_flavor);
    driver.go_to("billing");
    driver.press(UNDO);
    assert_eq!(driver.model.form.draft, before);
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Flavor, FieldId::ServerFlavor));
    assert_eq!(said(&driver), "Undone: Server flavor from physical.kg1.4xlarge.cp to physical.rx1.xlarge");
    driver.press(REDO);
    assert_eq!(driver.model.form.draft, after);
}

#[test]
fn it_goes_to_the_step_of_the_change_and_stays_on_review() {
    let mut driver = Driver::on_review();
    driver.go_to("billing");
    driver.keys(&[KeyCode::Down]);
    driver.go_to("image");
    driver.press(UNDO);
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Billing, FieldId::PeriodUnit));
    assert_eq!(driver.model.form.draft.period_unit, PeriodUnit::Month);
    driver.go_to("review");
    driver.press(UNDO);
    assert_eq!((driver.model.form.step, driver.model.form.draft.server_name.as_str()), (Step::Review, ""));
    assert!(!driver.model.form.issues.is_empty() && driver.model.form.order.is_none(), "Review says what is missing");
    driver.press(REDO);
    assert!(driver.model.form.order.is_some());
}

#[test]
fn every_change_of_the_ports_is_a_step() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    driver.text("web");
    driver.keys(&[KeyCode::Tab, KeyCode::Tab]);
    driver.text(" ");
    driver.keys(&[KeyCode::Tab]);
    driver.text("api");
    driver.keys(&[KeyCode::Tab]);
    driver.text("20000");
    driver.press(Key::plain(KeyCode::F(8)));
    let names =
        |driver: &Driver| driver.model.form.draft.ports.iter().map(|port| port.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&driver), ["web"]);
    let mut undone = Vec::new();
    while driver.model.form.history.can_undo() {
        driver.press(UNDO);
        undone.push(said(&driver).to_owned());
    }
    assert_eq!(
        undone,
        [
            "Undone: Ports from no row to api 20000 private",
            "Undone: Ports from api 20000 private to api 10001 private",
            "Undone: Ports from api 10001 private to deleted",
            "Undone: Ports from web 10000 public to web 10000 private",
            "Undone: Ports from web 10000 private to deleted",
        ]
    );
    assert_eq!(names(&driver), Vec::<String>::new());
}

#[test]
fn pasted_rows_are_taken_back_as_one() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    let at = driver.at + 10;
    driver.send(Msg::Paste { text: "web 20000\napi 20001\n".into(), at });
    driver.enter();
    assert_eq!(driver.model.form.draft.ports.len(), 2);
    driver.press(UNDO);
    assert_eq!(driver.model.form.draft.ports.len(), 0);
    assert_eq!(said(&driver), "Undone: Ports from web:20000, api:20001 to none");
}

#[test]
fn undo_of_a_kept_draft_does_not_write_over_it() {
    let draft = Draft { server_name: "other".into(), ..Draft::default() };
    let id = cph_wizard::app::DraftId::Saved("other-1".into());
    let saved = cph_wizard::app::SavedDraft {
        id: id.clone(),
        ..cph_wizard::app::SavedDraft::with_answers(draft, &["server_name"])
    };
    let mut driver = Driver::opened(Some(saved));
    driver.answer_reads();
    driver.enter();
    assert_eq!(driver.model.form.saved_draft().id, id);
    driver.press(UNDO);
    assert_ne!(driver.model.form.saved_draft().id, id);
    driver.press(REDO);
    assert_eq!(driver.model.form.saved_draft().id, id);
}

#[test]
fn a_kept_draft_is_one_step() {
    let draft = Draft { server_name: "web".into(), count: "3".into(), ..Draft::default() };
    let saved = cph_wizard::app::SavedDraft::with_answers(draft, &["server_name", "count", "image_id"]);
    let mut driver = Driver::opened(Some(saved));
    driver.answer_reads();
    driver.enter();
    assert_eq!(driver.model.form.draft.count, "3");
    driver.press(UNDO);
    assert_eq!((driver.model.form.draft.count.as_str(), driver.model.form.draft.server_name.as_str()), ("1", ""));
    assert!(!driver.model.form.history.can_undo());
}

#[test]
fn a_new_change_ends_what_could_be_redone() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.text("web");
    driver.press(UNDO);
    driver.text("farm");
    driver.press(REDO);
    assert_eq!(driver.model.form.draft.server_name, "farm");
}

#[test]
fn it_touches_the_form_only_and_ends_with_the_order() {
    let mut driver = Driver::on_review();
    driver.enter();
    let draft = driver.model.form.draft.clone();
    driver.press(UNDO);
    assert!(matches!(driver.model.page, Page::Confirm(_)), "not in the confirmation");
    driver.ctrl('o');
    driver.press(UNDO);
    assert!(matches!(driver.model.page, Page::Waiting(_)));
    assert_eq!(driver.model.form.draft, draft);
    driver.at += 1_000;
    let at = driver.at;
    let outcome = cph_wizard::purchase::Event::Concluded { id: None, outcome: accepted(), lost: None };
    driver.send(Msg::Purchase { event: outcome, at });
    driver.press(UNDO);
    driver.text("n");
    assert_eq!(driver.model.page, Page::Form);
    driver.press(UNDO);
    assert_eq!(driver.model.form.draft.server_name, "", "the name of what was bought does not come back");
    assert_eq!(said(&driver), "There is nothing to undo");
}

#[test]
fn an_undo_of_the_refused_field_answers_the_refusal() {
    let mut driver = Driver::on_review();
    driver.go_to("servers");
    driver.keys(&[KeyCode::Tab]);
    driver.text("3");
    driver.go_to("review");
    driver.enter();
    driver.ctrl('o');
    driver.at += 1_000;
    let at = driver.at;
    let outcome = refused("CPS.0024", "no");
    driver.send(Msg::Purchase { event: cph_wizard::purchase::Event::Concluded { id: None, outcome, lost: None }, at });
    driver.enter();
    assert!(driver.model.form.rejection.is_some());
    driver.press(UNDO);
    assert_eq!((driver.model.form.draft.count.as_str(), &driver.model.form.rejection), ("1", &None));
}

#[test]
fn a_default_that_came_after_the_step_is_there_after_an_undo() {
    let mut driver = Driver::loading();
    for key in [Key::ctrl('n'), Key::ctrl('n'), Key::char('w')] {
        driver.at += 100;
        let at = driver.at;
        driver.press_at(key, at);
    }
    assert_eq!(
        (driver.model.form.draft.server_name.as_str(), driver.model.form.draft.server_flavor.as_str()),
        ("w", "")
    );
    driver.answer_reads();
    let flavor = driver.model.form.draft.server_flavor.clone();
    assert!(!flavor.is_empty());
    driver.press(UNDO);
    assert_eq!((driver.model.form.draft.server_name.as_str(), &driver.model.form.draft.server_flavor), ("", &flavor));
    driver.press(UNDO);
    assert_eq!(said(&driver), "There is nothing to undo", "a default is no step");
}

#[test]
fn another_account_keeps_the_history_but_not_the_defaults_of_its_lists() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.text("farm");
    let account = driver.model.account.label.clone();
    driver.send(Msg::AccountOpened { account, saved: None, defaults: Box::default() });
    assert_eq!(
        (driver.model.form.draft.server_name.as_str(), driver.model.form.draft.server_flavor.as_str()),
        ("farm", "")
    );
    driver.at += 100;
    let at = driver.at;
    driver.press_at(UNDO, at);
    assert_eq!(
        (driver.model.form.draft.server_name.as_str(), driver.model.form.draft.server_flavor.as_str()),
        ("", "")
    );
    driver.answer_reads();
    assert!(!driver.model.form.draft.server_flavor.is_empty());
    driver.press(REDO);
    assert_eq!(driver.model.form.draft.server_name, "farm");
}

#[derive(Debug, Clone)]
enum Act {
    GoTo(usize),
    Key(KeyCode),
    Text(&'static str),
    Paste(&'static str),
}

fn any_act() -> impl Strategy<Value = Act> {
    use KeyCode as C;
    let codes = vec![C::Up, C::Down, C::Left, C::Right, C::Tab, C::BackTab, C::Enter, C::Backspace, C::F(8), C::PageUp];
    prop_oneof![
        2 => (0..8_usize).prop_map(Act::GoTo),
        6 => prop::sample::select(codes).prop_map(Act::Key),
        4 => prop::sample::select(vec!["web", "1", " ", "9", "+", "x y"]).prop_map(Act::Text),
        1 => prop::sample::select(vec!["api 20000 public\ngame:20001", "pasted"]).prop_map(Act::Paste),
    ]
}

fn act(driver: &mut Driver, act: &Act) {
    match act {
        Act::GoTo(step) => driver.go_to(Step::ALL[*step].name()),
        Act::Key(code) => {
            // Not into the confirmation: what happens there is no edit.
            if *code != KeyCode::Enter || driver.model.form.step != Step::Review {
                driver.keys(&[*code]);
            }
        }
        Act::Text(text) => driver.text(text),
        Act::Paste(text) => {
            driver.at += 10;
            let at = driver.at;
            driver.send(Msg::Paste { text: (*text).to_owned(), at });
        }
    }
    if driver.model.overlay.is_some() {
        driver.enter();
        driver.model.overlay = None;
    }
}

/// Blanks around a text go by themselves.
fn trimmed(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    for text in [&mut draft.server_name, &mut draft.count, &mut draft.bandwidth_size, &mut draft.period_number] {
        *text = text.trim().to_owned();
    }
    draft.subnet = draft.subnet.trim().to_owned();
    for port in &mut draft.ports {
        port.name = port.name.trim().to_owned();
        port.number = port.number.trim().to_owned();
    }
    draft
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_of_all_is_the_beginning_and_redo_of_all_the_end(acts in prop::collection::vec(any_act(), 1..40)) {
        let mut driver = Driver::ready();
        let beginning = driver.model.form.draft.clone();
        for one in &acts {
            act(&mut driver, one);
        }
        let end = trimmed(&driver.model.form.draft);
        let mut states = vec![end.clone()];
        while driver.model.form.history.can_undo() {
            driver.press(UNDO);
            states.push(trimmed(&driver.model.form.draft));
        }
        prop_assert_eq!(states.last(), Some(&trimmed(&beginning)));
        for expected in states.iter().rev().skip(1) {
            prop_assert!(driver.model.form.history.can_redo());
            driver.press(REDO);
            prop_assert_eq!(&trimmed(&driver.model.form.draft), expected);
        }
        prop_assert!(!driver.model.form.history.can_redo());
        prop_assert_eq!(trimmed(&driver.model.form.draft), end);
    }

    #[test]
    fn undo_and_redo_in_any_order_lose_no_other_answer(
        acts in prop::collection::vec(any_act(), 1..15), turns in prop::collection::vec(any::<bool>(), 1..30)
    ) {
        let mut driver = Driver::on_review();
        driver.go_to("access");
        driver.keys(&[KeyCode::Tab, KeyCode::Tab]);
        driver.text("10.1.0.0/16");
        let mine = driver.model.form.draft.clone();
        driver.go_to("billing");
        for one in acts.iter().filter(|act| !matches!(act, Act::GoTo(_) | Act::Key(KeyCode::Tab | KeyCode::BackTab | KeyCode::Enter))) {
            act(&mut driver, one);
        }
        for turn in turns {
            // Not beyond what was done in Billing.
            let is_mine = driver.model.form.draft.subnet == mine.subnet;
            let before = driver.model.form.draft.clone();
            driver.press(if turn { UNDO } else { REDO });
            if driver.model.form.draft.subnet != mine.subnet {
                prop_assert!(is_mine);
                driver.press(REDO);
                prop_assert_eq!(&driver.model.form.draft, &before);
            }
            let draft = &driver.model.form.draft;
            prop_assert_eq!((&draft.server_name, &draft.subnet), (&mine.server_name, &mine.subnet));
        }
    }
}
