//! What the cloud refuses: it lands where it belongs, with code, sentence and request id, and goes when
//! that changes.

use cph_wizard::app::{FieldStatus, Key, KeyCode, Msg, ReviewRow, StepStatus, review_rows};
use cph_wizard::form::Step;
use cph_wizard::order::FieldId;
use cph_wizard::purchase::Event;

use crate::common::Driver;
use crate::purchase::refused;

fn refuse(driver: &mut Driver, code: &str, message: &str) {
    driver.enter();
    driver.ctrl('o');
    driver.at += 1_000;
    let at = driver.at;
    driver
        .send(Msg::Purchase { event: Event::Concluded { id: None, outcome: refused(code, message), lost: None }, at });
    driver.enter();
}

#[test]
fn a_refusal_of_a_field_stands_on_it_with_code_sentence_and_request_id() {
    let mut driver = Driver::on_review();
    refuse(&mut driver, "CPS.0036", "The bandwidth size is wrong.");
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Bandwidth, FieldId::BandwidthSize));
    let FieldStatus::Problem(problem) = driver.model.form.field_status(FieldId::BandwidthSize) else {
        panic!("it is shown")
    };
    assert!(problem.starts_with("Refused: Bandwidth size: The bandwidth size is wrong"), "{problem}");
    assert!(problem.contains("CPS.0036") && problem.contains("HTTP 400"), "{problem}");
    assert!(driver.model.form.rejection.as_ref().unwrap().advice.contains("Request id r1."));
    assert_eq!(driver.model.form.step_status(Step::Bandwidth), StepStatus::Problems);
    assert_eq!(driver.model.form.step_status(Step::Count), StepStatus::Complete);
}

#[test]
fn it_clears_when_that_field_changes_and_not_before() {
    let mut driver = Driver::on_review();
    refuse(&mut driver, "CPS.0036", "no");
    driver.keys(&[KeyCode::BackTab]);
    driver.go_to("servers");
    driver.text("x");
    driver.go_to("review");
    assert_eq!(review_rows(&driver.model.form)[0], ReviewRow::Refusal);
    assert_eq!(driver.model.form.step_status(Step::Bandwidth), StepStatus::Problems);
    driver.enter();
    assert_eq!(driver.model.form.focus, FieldId::BandwidthSize, "the row leads to the field");
    driver.text("20");
    assert_eq!(driver.model.form.rejection, None);
    assert_eq!(driver.model.form.field_status(FieldId::BandwidthSize), FieldStatus::Fine);
    driver.enter();
    assert_eq!(driver.model.form.step, Step::Review);
    assert_ne!(review_rows(&driver.model.form)[0], ReviewRow::Refusal);
}

#[test]
fn it_clears_when_its_field_is_asked_for_no_more() {
    let mut driver = Driver::on_review();
    refuse(&mut driver, "CPS.0036", "no");
    driver.keys(&[KeyCode::BackTab, KeyCode::Down, KeyCode::Down]);
    assert_eq!(driver.model.form.rejection, None, "an existing bandwidth has its size");
}

#[test]
fn a_refusal_of_no_field_stands_at_the_top_of_review_until_something_changes() {
    let mut driver = Driver::on_review();
    refuse(&mut driver, "CPS.0006", "Authentication failed.");
    assert_eq!(driver.model.form.step, Step::Review);
    assert_eq!((review_rows(&driver.model.form)[0], driver.model.form.review_cursor), (ReviewRow::Refusal, 0));
    let refusal = driver.model.form.rejection.clone().unwrap();
    assert!(refusal.field.is_none() && refusal.sentence.contains("CPS.0006"), "{refusal:?}");
    driver.enter();
    let said = driver.model.message.clone().unwrap();
    assert!(said.starts_with("It concerns no single field.") && said.contains("Request id r1."), "{said}");
    assert!(Step::ALL.into_iter().all(|step| driver.model.form.step_status(step) != StepStatus::Problems));
    driver.go_to("access");
    driver.go_to("review");
    assert!(driver.model.form.rejection.is_some(), "looking about answers nothing");
    driver.go_to("servers");
    driver.text("2");
    assert_eq!(driver.model.form.rejection, None);
}

#[test]
fn what_a_server_writes_is_shown_and_does_nothing() {
    let mut driver = Driver::on_review();
    refuse(&mut driver, "CPS.0024\u{1b}[2J", "no\u{202e}pe");
    let refusal = driver.model.form.rejection.clone().unwrap();
    assert!(!refusal.sentence.contains(['\u{1b}', '\u{202e}']), "{refusal:?}");
    driver.press(Key::plain(KeyCode::Esc));
}
