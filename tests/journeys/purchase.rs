//! From Review to the outcome: what a confirmation asks for, and that it leads to one order.

use cph_wizard::app::{
    Effect, JournalView, Key, KeyCode, ListState, Msg, OrderJournal, Overlay, Page, exit_code, outcome_text, receipt,
    unresolved_lines,
};
use cph_wizard::catalogue::{Listing, Resource, Server, ServerStatus};
use cph_wizard::form::Step;
use cph_wizard::order::FieldId;
use cph_wizard::purchase::intents::JournalEntry;
use cph_wizard::purchase::{Event, NotSent, NotSentReason, Outcome, Receipt, Reconciled, Rejection};
use uuid::Uuid;

use crate::common::{Driver, end_with, unknown};
use cph_wizard::exit_code::ExitCode;

pub fn accepted() -> Outcome {
    Outcome::Accepted(Receipt {
        request_id: Some("1564567b8bab40f34711234cb80d8574".into()),
        order_id: "CS1710111105S8IPB".into(),
        product_id: Some("00301-25217-0--0".into()),
    })
}

pub fn refused(code: &str, message: &str) -> Outcome {
    Outcome::Rejected(Rejection {
        status: 400,
        code: code.into(),
        message: message.into(),
        request_id: Some("r1".into()),
    })
}

fn conclude(driver: &mut Driver, outcome: Outcome) -> Vec<Effect> {
    driver.at += 1_000;
    let at = driver.at;
    driver.send(Msg::Purchase { event: Event::Concluded { id: None, outcome, lost: None }, at })
}

fn server(name: &str, order: &str, status: i64) -> Server {
    Server {
        id: "s".into(),
        name: name.into(),
        status: Some(ServerStatus::from_number(status)),
        server_flavor: None,
        phone_flavor: None,
        order_id: Some(order.into()),
        subnet: None,
        created: None,
    }
}

#[test]
fn a_demo_order_needs_only_enter_a_name_and_the_confirmation() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::Enter, KeyCode::Enter, KeyCode::Enter]);
    assert_eq!(driver.model.form.focus, FieldId::ServerName);
    driver.text("web-01");
    for _ in 0..12 {
        if driver.model.form.step == Step::Review {
            break;
        }
        driver.enter();
    }
    assert_eq!(driver.model.form.step, Step::Review);
    assert_eq!(driver.model.form.issues, []);
    driver.enter();
    assert!(matches!(driver.model.page, Page::Confirm(_)));
    let effects = driver.ctrl('o');
    assert!(matches!(effects.as_slice(), [Effect::Submit { .. }]), "{effects:?}");
    assert_eq!(driver.submits(), 1);
}

#[test]
fn what_is_submitted_are_the_bytes_that_review_showed() {
    let mut driver = Driver::on_review();
    let shown = driver.model.form.order.clone().unwrap().1;
    driver.enter();
    let effects = driver.ctrl('o');
    assert!(matches!(effects.as_slice(), [Effect::Submit { body, .. }] if *body == shown), "{effects:?}");
}

#[test]
fn a_second_key_finds_another_page() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    for _ in 0..50 {
        driver.ctrl('o');
        driver.enter();
    }
    assert_eq!(driver.submits(), 1);
    assert!(matches!(driver.model.page, Page::Waiting(_)));
}

#[test]
fn keys_typed_before_the_confirmation_was_painted_are_thrown_away() {
    let mut driver = Driver::on_review();
    let at = driver.at + 1_000;
    driver.press_at(Key::plain(KeyCode::Enter), at);
    driver.press_at(Key::ctrl('o'), at);
    driver.send(Msg::Painted { at: at + 5 });
    for early in [6, 200, 400, 899, 1_398] {
        driver.press_at(Key::ctrl('o'), at + early);
    }
    assert_eq!(driver.submits(), 0);
    // Half a second of silence after the last early key, and it counts.
    driver.press_at(Key::ctrl('o'), at + 1_897);
    assert_eq!(driver.submits(), 0);
    driver.press_at(Key::ctrl('o'), at + 1_897 + 500);
    assert_eq!(driver.submits(), 1);
}

#[test]
fn a_high_stake_asks_for_the_server_name() {
    let mut driver = Driver::on_review();
    driver.go_to("billing");
    driver.keys(&[KeyCode::Tab, KeyCode::Tab, KeyCode::Down]);
    assert!(driver.model.form.draft.auto_pay);
    driver.go_to("review");
    driver.enter();
    driver.ctrl('o');
    assert_eq!(driver.submits(), 0);
    driver.text("web-0");
    driver.ctrl('o');
    assert_eq!(driver.submits(), 0);
    driver.text("1");
    driver.enter();
    assert_eq!(driver.submits(), 0, "Enter never buys");
    driver.ctrl('o');
    assert_eq!(driver.submits(), 1);
}

#[test]
fn esc_leaves_the_confirmation_and_nothing_is_ordered() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!(driver.model.page, Page::Form);
    assert_eq!(driver.submits(), 0);
}

#[test]
fn a_paste_never_confirms_anything() {
    let mut driver = Driver::on_review();
    driver.enter();
    let at = driver.at + 5_000;
    driver.send(Msg::Paste { text: "\u{f}\r\nweb-01\n".into(), at });
    assert!(matches!(driver.model.page, Page::Confirm(_)));
    assert_eq!(driver.submits(), 0);
}

#[test]
fn an_order_with_problems_cannot_be_confirmed() {
    let mut driver = Driver::ready();
    driver.go_to("review");
    driver.keys(&[KeyCode::End]);
    driver.enter();
    assert_eq!(driver.model.page, Page::Form);
    let message = driver.model.message.clone().unwrap();
    assert!(
        message.starts_with("1 problem to solve before the order can be placed: Server name is empty"),
        "{message}"
    );
}

#[test]
fn an_accepted_order_shows_its_ids_and_leaves_a_receipt() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    let effects = conclude(&mut driver, accepted());
    assert!(
        matches!(effects.as_slice(), [Effect::PollServers { name, .. }, Effect::ForgetDraft(_)] if name == "web-01")
    );
    let lines = receipt(&driver.model).join("\n");
    for id in ["CS1710111105S8IPB", "1564567b8bab40f34711234cb80d8574", "00301-25217-0--0", "not paid yet"] {
        assert!(lines.contains(id), "{id} is missing in\n{lines}");
    }
    assert_eq!(exit_code(&driver.model), ExitCode::Success);
    let copied = driver.ctrl('y');
    assert_eq!(copied, [Effect::Copy("CS1710111105S8IPB".into())]);
    driver.press(Key::plain(KeyCode::Down));
    assert_eq!(driver.ctrl('y'), [Effect::Copy("1564567b8bab40f34711234cb80d8574".into())]);
}

#[test]
fn paid_servers_are_followed_until_every_one_is_ready() {
    let mut driver = Driver::on_review();
    driver.model.form.draft.auto_pay = true;
    driver.model.form.recheck();
    driver.enter();
    driver.text("web-01");
    driver.ctrl('o');
    let effects = conclude(&mut driver, accepted());
    let Some(Effect::PollServers { ticket, .. }) = effects.first() else { panic!("{effects:?}") };
    let at = driver.at;
    let building = vec![server("web-01-1", "CS1710111105S8IPB", 3), server("web-01-9", "CS-OTHER", 5)];
    driver.send(Msg::ServersPolled { ticket: *ticket, result: Ok(building), at });
    let due = driver.model.next_wake().expect("a server is still being built");
    let again = driver.send(Msg::Tick { at: due });
    let Some(Effect::PollServers { ticket, .. }) = again.first() else { panic!("{again:?}") };
    let Page::Result(result) = &driver.model.page else { panic!("the outcome is shown") };
    assert_eq!((result.ready(), result.poll.as_ref().unwrap().servers.len()), (0, 1));
    driver.send(Msg::ServersPolled {
        ticket: *ticket,
        result: Ok(vec![server("web-01-1", "CS1710111105S8IPB", 5)]),
        at: due,
    });
    let Page::Result(result) = &driver.model.page else { panic!("the outcome is shown") };
    assert_eq!(result.ready(), 1);
    assert_eq!(driver.model.next_wake(), None, "nothing is awaited any more");
}

#[test]
fn a_refusal_lands_on_its_field_until_that_changes() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    conclude(&mut driver, refused("CPS.0024", "Parameter: count is invalid."));
    assert_eq!(exit_code(&driver.model), ExitCode::Rejected);
    driver.enter();
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Count, FieldId::Count));
    let refusal = driver.model.form.rejection.clone().unwrap();
    assert!(refusal.sentence.contains("CPS.0024") && refusal.sentence.starts_with("Count: "), "{refusal:?}");
    driver.text("2");
    assert_eq!(driver.model.form.rejection, None);
    driver.enter();
    assert_eq!(driver.model.form.step, Step::Review);
    assert_eq!(driver.submits(), 1, "a refused order is not repeated by itself");
}

/// The order that was submitted ends in doubt, and the journal says so.
pub fn end_in_doubt(driver: &mut Driver) -> Uuid {
    end_with(driver, unknown())
}

#[test]
fn an_unknown_outcome_is_searched_for_and_never_sent_again() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    let id = end_in_doubt(&mut driver);
    let began = driver.at;
    let mut swept_at = Vec::new();
    for _ in 0..9 {
        let due = driver.model.next_wake().expect("the search goes on");
        assert_eq!(driver.send(Msg::Tick { at: due - 1 }), []);
        assert_eq!(driver.send(Msg::Tick { at: due }), [Effect::ReconcileOrder { id }]);
        assert_eq!(driver.model.next_wake(), None, "one reading at a time");
        swept_at.push((due - began) / 1000);
        let intents = driver.model.journal.view.clone().unwrap().intents;
        let reconciled = Reconciled::NotSeen { candidates: [].into(), flaws: [].into() };
        driver.send(Msg::OrderReconciled { id, reconciled, intents, at: due });
    }
    assert_eq!(swept_at, [2, 5, 10, 20, 40, 80, 160, 300, 600]);
    assert_eq!(driver.submits(), 1);
    assert_eq!(exit_code(&driver.model), ExitCode::Unknown);
    let Page::Result(result) = &driver.model.page else { panic!("the outcome is shown") };
    assert!(outcome_text(&driver.model.journal, result).0.starts_with("UNKNOWN"));
}

#[test]
fn a_found_order_is_shown_and_can_be_copied() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    let id = end_in_doubt(&mut driver);
    let mut intents = driver.model.journal.view.clone().unwrap().intents;
    let at = "2026-11-22T10:01:00Z".parse().unwrap();
    let found = JournalEntry::Found { id, at, order_id: "CS1".into(), servers: vec![] };
    std::sync::Arc::make_mut(&mut intents).apply(&found).unwrap();
    let reconciled = Reconciled::Found { order_id: "CS1".into() };
    let at = driver.at;
    driver.send(Msg::OrderReconciled { id, reconciled, intents, at });
    assert_eq!(driver.model.next_wake(), None);
    assert_eq!(driver.ctrl('y'), [Effect::Copy("CS1".into())]);
    assert_eq!(exit_code(&driver.model), ExitCode::Success);
    let lines = receipt(&driver.model).join("\n");
    assert!(
        lines.contains("FOUND: the order was placed") && lines.contains("CS1") && !lines.contains("UNKNOWN"),
        "{lines}"
    );
}

#[test]
fn orders_in_doubt_are_shown_before_anything_else_at_the_next_start() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    end_in_doubt(&mut driver);
    let view = driver.model.journal.view.clone().unwrap();
    let mut next = Driver::loading();
    next.send(Msg::Journal { view: Box::new(view), at: 10 });
    assert!(matches!(next.model.overlay, Some(Overlay::Unresolved(_))));
    assert!(unresolved_lines(&next.model.journal, 76, 20).join(" ").contains("web-01"));
    assert_eq!(next.model.next_wake(), Some(1_000), "lists and orders are being looked for");
    next.press(Key::plain(KeyCode::Esc));
    assert_eq!(next.model.overlay, None);
}

#[test]
fn an_order_like_one_in_doubt_asks_for_the_word_second() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    end_in_doubt(&mut driver);
    driver.enter();
    driver.enter();
    driver.ctrl('o');
    driver.text("web-01");
    driver.ctrl('o');
    assert_eq!(driver.submits(), 1, "the server name is not enough");
    driver.ctrl('u');
    driver.text("SECOND");
    driver.ctrl('o');
    assert_eq!(driver.submits(), 2);
}

#[test]
fn nothing_can_be_bought_without_a_journal_that_can_be_written() {
    let mut driver = Driver::on_review();
    let journal = driver.model.journal.view.take();
    driver.enter();
    let waits = "The journal of purchases is still being opened; the confirmation comes with it";
    assert_eq!(driver.model.message.as_deref(), Some(waits));
    let facts = vec!["the last record was torn".to_owned()];
    let view = JournalView { obstacle: Some("another instance is open".into()), facts, ..journal.unwrap() };
    let at = driver.at;
    driver.send(Msg::Journal { view: Box::new(view), at });
    assert_eq!(driver.model.message.as_deref(), Some("Another instance is open. The last record was torn."));
    driver.enter();
    assert_eq!(driver.model.message.as_deref(), Some("Another instance is open."));
    assert_eq!(driver.model.page, Page::Form);
}

#[test]
fn an_outcome_that_the_journal_could_not_keep_says_so() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    let at = driver.at + 10;
    let lost = Some("the disk is full".to_owned());
    driver.send(Msg::Purchase { event: Event::Concluded { id: None, outcome: accepted(), lost }, at });
    assert_eq!(exit_code(&driver.model), ExitCode::NeedsAttention);
    assert!(receipt(&driver.model).join(" ").contains("the disk is full"));
}

#[test]
fn what_happened_stays_in_the_receipt_after_its_page_was_left() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    conclude(&mut driver, accepted());
    driver.text("n");
    assert_eq!(exit_code(&driver.model), ExitCode::Success);
    assert!(receipt(&driver.model).join(" ").contains("CS1710111105S8IPB"));
}

#[test]
fn a_confirmation_is_left_when_the_lists_make_another_order_of_it() {
    let mut driver = Driver::on_review();
    let at = driver.at + 1_000;
    driver.press_at(Key::plain(KeyCode::F(5)), at);
    driver.press_at(Key::plain(KeyCode::Enter), at);
    assert!(matches!(driver.model.page, Page::Confirm(_)));
    let Some(ListState::Loading { ticket, .. }) = driver.model.form.lists.get(&Resource::PhoneFlavors) else {
        panic!("the list is read again")
    };
    let mut flavors = driver.model.form.catalogue.phone_flavors.clone().unwrap();
    for flavor in &mut flavors {
        flavor.status = Some(0);
    }
    let result = Ok(Listing::PhoneFlavors(flavors));
    driver.send(Msg::ListRead { resource: Resource::PhoneFlavors, ticket: *ticket, result, stamp: "x".into() });
    assert_eq!(driver.model.page, Page::Form);
    assert_eq!(driver.submits(), 0);
}

#[test]
fn what_was_not_sent_can_be_tried_again_by_a_person() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    conclude(
        &mut driver,
        Outcome::NotSent(NotSent { reason: NotSentReason::Other { detail: "nobody answered".into() } }),
    );
    assert_eq!(exit_code(&driver.model), ExitCode::NotSent);
    driver.enter();
    assert_eq!((driver.model.page.clone(), driver.model.form.step), (Page::Form, Step::Review));
    driver.enter();
    driver.ctrl('o');
    assert_eq!(driver.submits(), 2, "one for each confirmation");
}

#[test]
fn leaving_while_waiting_asks_first_and_tells_the_truth() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    assert_eq!(driver.ctrl('c'), []);
    assert_eq!(driver.ctrl('c'), [Effect::Quit]);
    assert!(receipt(&driver.model).join(" ").contains("UNKNOWN"));
    assert_eq!(exit_code(&driver.model), ExitCode::Unknown);
}

#[test]
fn a_request_to_end_waits_for_the_answer_of_an_order_on_its_way() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    assert_eq!(driver.send(Msg::Terminate), []);
    let effects = conclude(&mut driver, accepted());
    assert_eq!(effects.last(), Some(&Effect::Quit));
    assert_eq!(exit_code(&driver.model), ExitCode::Success);
}

#[test]
fn a_late_answer_to_an_order_that_was_left_changes_nothing() {
    let mut driver = Driver::on_review();
    conclude(&mut driver, accepted());
    assert_eq!(driver.model.page, Page::Form);
}

#[test]
fn a_new_order_keeps_the_form_but_not_the_name() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    conclude(&mut driver, accepted());
    driver.text("n");
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Count, FieldId::ServerName));
    assert_eq!(driver.model.form.draft.server_name, "");
    assert_eq!(driver.model.form.draft.image_id, "25080320250918c000100a21000008fd");
}

#[test]
fn a_confirmation_asked_for_before_the_journal_is_open_comes_with_it_unless_something_else_is_done() {
    let mut driver = Driver::on_review();
    let view = driver.model.journal.view.take().unwrap();
    let journal = |driver: &Driver| Msg::Journal { view: Box::new(view.clone()), at: driver.at };
    driver.enter();
    assert_eq!(driver.model.page, Page::Form);
    driver.send(journal(&driver));
    assert!(matches!(driver.model.page, Page::Confirm(_)));

    let mut driver = Driver::on_review();
    driver.model.journal = OrderJournal::default();
    driver.enter();
    driver.press(Key::plain(KeyCode::Up));
    driver.send(journal(&driver));
    assert_eq!(driver.model.page, Page::Form);
}
