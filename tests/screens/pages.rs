//! The pages, each brought about by the keys that lead to it.

use cph_wizard::app::{Key, KeyCode, LoadError, Msg, SavedDraft};
use cph_wizard::catalogue::{Listing, Resource, Server, ServerStatus};
use cph_wizard::order::Draft;
use cph_wizard::purchase::{Event, NotSent, NotSentReason, Outcome, Receipt, Rejection, Unknown, UnknownReason};

use crate::common::Driver;
use crate::page_snapshot::snapshot;

pub fn concluded(outcome: Outcome) -> Driver {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    driver.at += 1_000;
    let at = driver.at;
    driver.send(Msg::Purchase { event: Event::Concluded { id: None, outcome, lost: None }, at });
    driver
}

pub fn receipt() -> Receipt {
    Receipt {
        request_id: Some("1564567b8bab40f34711234cb80d8574".into()),
        order_id: "CS1710111105S8IPB".into(),
        product_id: Some("00301-25217-0--0".into()),
    }
}

#[test]
pub fn the_plain_page_of_a_request_and_of_an_outcome() {
    let plain = Key::alt(KeyCode::Char('p'));
    let mut driver = Driver::on_review();
    driver.press(plain);
    snapshot("plain-request", &mut driver.model);
    let mut driver = concluded(Outcome::Accepted(receipt()));
    driver.press(plain);
    snapshot("plain-outcome", &mut driver.model);
}

#[test]
pub fn the_first_frame_while_the_lists_load() {
    snapshot("loading", &mut Driver::loading().model);
}

#[test]
pub fn the_steps_of_a_fresh_form() {
    for step in ["flavor", "image", "count", "bandwidth", "billing", "ports", "access"] {
        let mut driver = Driver::ready();
        driver.go_to(step);
        snapshot(&format!("fresh-{step}"), &mut driver.model);
    }
}

#[test]
pub fn a_filtered_list_and_one_with_nothing_left() {
    let mut driver = Driver::ready();
    driver.text("kg1");
    snapshot("picker-filtered", &mut driver.model);
    driver.text("zz");
    snapshot("picker-nothing-left", &mut driver.model);
}

#[test]
pub fn images_that_do_not_fit_with_the_reason() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    driver.press(Key::plain(KeyCode::F(6)));
    driver.keys(&[KeyCode::End]);
    driver.enter();
    snapshot("picker-unfitting", &mut driver.model);
}

#[test]
pub fn a_list_that_failed_and_one_that_is_empty() {
    let mut driver = Driver::loading();
    for (resource, result) in [
        (
            Resource::Images,
            Err(LoadError {
                sentence: "The cloud refused: no permission (CPS.0001, HTTP 403)".into(),
                request_id: Some("r\u{1b}9".into()),
            }),
        ),
        (Resource::ServerFlavors, Ok(Listing::ServerFlavors(vec![]))),
    ] {
        let Some(cph_wizard::app::ListState::Loading { ticket, .. }) = driver.model.form.lists.get(&resource) else {
            panic!("{resource:?} is loading")
        };
        let ticket = *ticket;
        driver.send(Msg::ListRead { resource, ticket, result, stamp: "14:02:11".into() });
    }
    driver.answer_reads();
    snapshot("list-empty", &mut driver.model);
    driver.go_to("image");
    snapshot("list-failed", &mut driver.model);
}

#[test]
pub fn a_list_that_takes_its_time() {
    let mut driver = Driver::loading();
    driver.send(Msg::Tick { at: 3_000 });
    snapshot("list-slow", &mut driver.model);
}

#[test]
pub fn bandwidth_in_its_three_kinds() {
    let mut driver = Driver::ready();
    driver.go_to("bandwidth");
    driver.keys(&[KeyCode::Down, KeyCode::Tab]);
    driver.text("301");
    driver.keys(&[KeyCode::BackTab]);
    snapshot("bandwidth-new-shared", &mut driver.model);
    driver.keys(&[KeyCode::Down, KeyCode::Tab]);
    snapshot("bandwidth-existing", &mut driver.model);
}

#[test]
pub fn an_order_of_everything_with_its_ports_and_its_review() {
    let mut driver = Driver::on_review();
    driver.go_to("ports");
    driver.text("web");
    driver.keys(&[KeyCode::Tab, KeyCode::Tab]);
    driver.text(" ");
    driver.keys(&[KeyCode::Tab]);
    driver.text("adb");
    driver.keys(&[KeyCode::Tab]);
    snapshot("ports-with-a-problem", &mut driver.model);
    driver.go_to("billing");
    driver.keys(&[KeyCode::Down, KeyCode::Tab]);
    driver.text("5");
    driver.keys(&[KeyCode::Tab, KeyCode::Down]);
    snapshot("billing-years-paid-now", &mut driver.model);
    driver.go_to("review");
    snapshot("review-with-a-problem", &mut driver.model);
}

#[test]
pub fn review_without_problems_and_both_confirmations() {
    let mut driver = Driver::on_review();
    snapshot("review", &mut driver.model);
    driver.enter();
    snapshot("confirm-early", &mut driver.model);
    driver.at += 1_000;
    let at = driver.at;
    driver.send(Msg::Tick { at });
    snapshot("confirm", &mut driver.model);
    driver.press(Key::plain(KeyCode::Esc));
    driver.model.form.draft.auto_pay = true;
    driver.model.form.recheck();
    snapshot("review-paid-now", &mut driver.model);
    driver.enter();
    driver.text("web-");
    snapshot("confirm-name", &mut driver.model);
    driver.text("01");
    snapshot("confirm-name-typed", &mut driver.model);
}

#[test]
pub fn what_covers_the_page() {
    let mut driver = Driver::on_review();
    driver.press(Key::char('?'));
    snapshot("keys", &mut driver.model);
    driver.press(Key::plain(KeyCode::Esc));
    driver.ctrl('g');
    driver.text("b");
    snapshot("goto", &mut driver.model);
    driver.enter();
    driver.press(Key::plain(KeyCode::F(1)));
    snapshot("field-help", &mut driver.model);
    driver.press(Key::plain(KeyCode::Esc));
    driver.model.width = 80;
    driver.ctrl('r');
    snapshot("request", &mut driver.model);
}

#[test]
pub fn offers_to_be_taken_or_left() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    let at = driver.at + 1;
    driver.send(Msg::Paste { text: "web 20000 public\napi 20001".into(), at });
    snapshot("pasted-ports", &mut driver.model);
    let draft = Draft { server_name: "web-01".into(), ..Draft::default() };
    let saved = SavedDraft::with_answers(draft, &["server_name"]);
    snapshot("kept-draft", &mut Driver::opened(Some(saved)).model);
}

#[test]
pub fn waiting_for_the_answer() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    let at = driver.at;
    driver.send(Msg::Purchase { event: Event::Sending, at });
    driver.send(Msg::Tick { at: at + 3_000 });
    snapshot("waiting", &mut driver.model);
    driver.at += 4_000;
    driver.ctrl('c');
    snapshot("waiting-leaving", &mut driver.model);
}

#[test]
pub fn every_outcome_in_its_words() {
    snapshot("outcome-accepted-unpaid", &mut concluded(Outcome::Accepted(receipt())).model);
    let refusal = Rejection {
        status: 400,
        code: "CPS.0024".into(),
        message: "Parameter: count is invalid.".into(),
        request_id: Some("5d0c8e6f4b7a4f0d9a51c2e37b64af10".into()),
    };
    let mut refused = concluded(Outcome::Rejected(refusal));
    snapshot("outcome-refused", &mut refused.model);
    refused.enter();
    snapshot("refused-on-its-field", &mut refused.model);
    refused.go_to("review");
    snapshot("refused-on-review", &mut refused.model);
    let not_sent = NotSent { reason: NotSentReason::Other { detail: "nobody answered at 127.0.0.1:9".into() } };
    snapshot("outcome-not-sent", &mut concluded(Outcome::NotSent(not_sent)).model);
    let reason = UnknownReason::Other { detail: "the connection was reset before an answer came".into() };
    let unknown = Unknown { reason, status: None, request_id: None, probably_placed: false };
    let mut unknown = concluded(Outcome::Unknown(unknown));
    let (ticket, at) = (unknown.model.ticket, unknown.at);
    unknown.send(Msg::ServersPolled { ticket, result: Ok(vec![]), at });
    snapshot("outcome-not-known", &mut unknown.model);
}

#[test]
pub fn servers_that_become_ready() {
    let mut driver = Driver::on_review();
    driver.model.form.draft.auto_pay = true;
    driver.model.form.draft.count = "3".into();
    driver.model.form.recheck();
    driver.enter();
    driver.text("web-01");
    driver.ctrl('o');
    let at = driver.at;
    driver.send(Msg::Purchase {
        event: Event::Concluded { id: None, outcome: Outcome::Accepted(receipt()), lost: None },
        at,
    });
    let server = |n: usize, status| Server {
        id: format!("s{n}"),
        name: format!("web-01-{n}"),
        status: Some(ServerStatus::from_number(status)),
        server_flavor: None,
        phone_flavor: None,
        order_id: Some("CS1710111105S8IPB".into()),
        subnet: None,
        created: None,
    };
    let ticket = driver.model.ticket;
    driver.send(Msg::ServersPolled { ticket, result: Ok(vec![server(1, 5), server(2, 3), server(3, 2)]), at });
    snapshot("outcome-accepted-paid", &mut driver.model);
}
