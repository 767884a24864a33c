//! The ports table: add, edit, delete, reorder, paste.

use cph_wizard::app::{Key, KeyCode, Msg, Overlay, PastedPorts};
use cph_wizard::form::{PortError, Step};
use cph_wizard::order::FieldId;

use crate::common::Driver;

fn rows(driver: &Driver) -> Vec<(String, String, bool)> {
    driver.model.form.draft.ports.iter().map(|port| (port.name.clone(), port.number.clone(), port.public)).collect()
}

fn on_ports() -> Driver {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    driver
}

#[test]
fn typing_adds_a_row_with_the_next_free_port() {
    let mut driver = on_ports();
    driver.text("web");
    driver.enter();
    driver.text("20000");
    driver.enter();
    driver.text(" ");
    driver.enter();
    driver.text("api");
    driver.keys(&[KeyCode::Tab]);
    assert_eq!(rows(&driver), [("web".into(), "20000".into(), true), ("api".into(), "20001".into(), false)]);
}

#[test]
fn enter_on_the_empty_row_goes_on() {
    let mut driver = on_ports();
    driver.enter();
    assert_eq!(driver.model.form.step, Step::Access);
    assert_eq!(rows(&driver), []);
}

#[test]
fn rows_can_be_edited_moved_and_deleted() {
    let mut driver = on_ports();
    for name in ["a", "b", "c"] {
        driver.text(name);
        driver.keys(&[KeyCode::Tab, KeyCode::Tab, KeyCode::Tab]);
    }
    driver.keys(&[KeyCode::Up]);
    driver.press(Key::alt(KeyCode::Up));
    driver.ctrl('t');
    let names =
        |driver: &Driver| driver.model.form.draft.ports.iter().map(|port| port.name.clone()).collect::<String>();
    assert_eq!(names(&driver), "cab");
    driver.text("x");
    assert_eq!(driver.model.form.draft.ports[0].name, "cx");
    driver.press(Key::alt(KeyCode::Down));
    assert_eq!(names(&driver), "acxb");
    driver.press(Key::plain(KeyCode::F(8)));
    assert_eq!(names(&driver), "ab");
    assert_eq!(driver.model.message.as_deref(), Some("Port cx 10002 deleted"));
}

#[test]
fn a_pasted_list_is_offered_as_rows_and_taken_or_dropped() {
    let mut driver = on_ports();
    let list = "web 20000 public\napi,20001\n".to_owned();
    let at = driver.at + 10;
    driver.send(Msg::Paste { text: list.clone(), at });
    assert!(matches!(&driver.model.overlay, Some(Overlay::PastedPorts(PastedPorts(rows))) if rows.len() == 2));
    assert_eq!(rows(&driver), [], "nothing is taken before it was seen");
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!(rows(&driver), []);
    let at = driver.at + 10;
    driver.send(Msg::Paste { text: list, at });
    driver.enter();
    assert_eq!(rows(&driver), [("web".into(), "20000".into(), true), ("api".into(), "20001".into(), false)]);
    assert!(driver.model.form.issues.iter().all(|issue| issue.field() != FieldId::Ports));
}

#[test]
fn a_list_whose_lines_end_with_carriage_returns_is_a_list() {
    for list in ["web 20000 public\rapi,20001\r", "web 20000 public\r\napi,20001\r\n"] {
        let mut driver = on_ports();
        let at = driver.at + 10;
        driver.send(Msg::paste(list.to_owned(), at));
        assert!(
            matches!(&driver.model.overlay, Some(Overlay::PastedPorts(PastedPorts(rows))) if rows.len() == 2),
            "{list:?}"
        );
        driver.enter();
        assert_eq!(rows(&driver), [("web".into(), "20000".into(), true), ("api".into(), "20001".into(), false)]);
    }
}

#[test]
fn a_text_that_is_no_list_is_pasted_into_the_cell() {
    let mut driver = on_ports();
    let at = driver.at + 10;
    driver.send(Msg::Paste { text: "my\nname".into(), at });
    assert_eq!(rows(&driver), [("myname".into(), "10000".into(), false)]);
}

#[test]
fn a_problem_in_review_leads_to_its_row() {
    let mut driver = on_ports();
    for name in ["web", "vnc"] {
        driver.text(name);
        driver.keys(&[KeyCode::Tab, KeyCode::Tab, KeyCode::Tab]);
    }
    driver.go_to("review");
    driver.keys(&[KeyCode::Down]);
    driver.enter();
    assert_eq!((driver.model.form.focus, driver.model.form.ports.row), (FieldId::Ports, 1));
}

#[test]
fn the_number_steps_to_the_next_one_that_is_free() {
    let mut driver = on_ports();
    let at = driver.at + 10;
    driver.send(Msg::Paste { text: "a 10000\nb 10001\nc 10101\nd 50000".into(), at });
    driver.enter();
    driver.keys(&[KeyCode::Up, KeyCode::Up, KeyCode::Up, KeyCode::Up, KeyCode::Tab]);
    let number = |driver: &Driver| driver.model.form.draft.ports[0].number.clone();
    driver.text("+");
    assert_eq!(number(&driver), "10002", "10001 is another row's");
    driver.text("-");
    assert_eq!(number(&driver), "10000");
    driver.text("-");
    assert_eq!(number(&driver), "10000");
    assert_eq!(driver.model.message.as_deref(), Some("No port below this one is free: ports are 10000-50000"));
    driver.keys(&[KeyCode::PageUp]);
    assert_eq!(number(&driver), "10100");
    driver.text("+");
    assert_eq!(number(&driver), "10102");
    driver.keys(&[KeyCode::PageDown]);
    assert_eq!(number(&driver), "10002");
    driver.text("49999");
    assert_eq!(number(&driver), "49999", "a digit after a step begins anew");
    driver.text("+");
    assert_eq!(number(&driver), "49999", "50000 is another row's");
    driver.ctrl('u');
    driver.text("+");
    assert_eq!(number(&driver), "10000");
    driver.press(Key::plain(KeyCode::F(3)));
    assert_eq!(rows(&driver), [], "a number that is again what it was is no step; the paste was one");
}

#[test]
fn rows_that_cannot_be_read_are_shown_and_not_taken() {
    let mut driver = on_ports();
    driver.text("web");
    driver.keys(&[KeyCode::Tab, KeyCode::Tab, KeyCode::Tab]);
    let at = driver.at + 10;
    let list = "name,port,public\nweb,10000,no\napi,20001,yes\nbroken,,\nweb,20002,no\n";
    driver.send(Msg::Paste { text: list.into(), at });
    let Some(Overlay::PastedPorts(pasted)) = &driver.model.overlay else { panic!("the rows are offered") };
    assert_eq!(pasted.0.len(), 4);
    assert_eq!(pasted.0[0].remark.unwrap().to_string(), "already in the table, not taken");
    assert_eq!(pasted.0[2].read, Err(PortError::NoNumber));
    assert_eq!(pasted.0[3].remark.unwrap().to_string(), "the name is already in the table");
    driver.enter();
    let added: Vec<String> = rows(&driver).into_iter().map(|(name, number, _)| format!("{name} {number}")).collect();
    assert_eq!(added, ["web 10000", "api 20001", "web 20002"]);
    assert_eq!(driver.model.message.as_deref(), Some("2 ports added, 2 left out"));
}
