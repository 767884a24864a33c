//! What is offered as the default of a question: never a value that was refused, and never an id that was typed.

use cph_wizard::form::Step;
use cph_wizard::order::FieldId;

use crate::common::Driver;
use crate::linear_driver::LinearDriver;

fn at(field: FieldId) -> LinearDriver {
    let mut linear = LinearDriver::over(Driver::ready());
    linear.line(&format!("goto {}", field.json_name()));
    assert_eq!(linear.driver.model.form.focus, field);
    linear
}

#[test]
fn a_refused_value_is_not_offered_and_enter_does_not_keep_it() {
    for (field, wrong, right) in [
        (FieldId::Count, "11", "2"),
        (FieldId::ServerName, "web 01", "web-01"),
        (FieldId::PeriodNumber, "0", "3"),
        (FieldId::Subnet, "10.1.0.0/99", "10.1.0.0/16"),
    ] {
        let mut linear = at(field);
        let said = linear.answer(wrong);
        assert!(said.contains("Error: ") && said.ends_with(&format!("{}: ", field.label())), "{said}");
        let again = linear.answer("");
        assert!(again.contains("Error: ") && !again.contains("Enter keeps"), "{again}");
        assert!(again.contains("next leaves this one as it is"), "{again}");
        assert_eq!(linear.driver.model.form.focus, field, "Enter keeps nothing that was refused");
        linear.line(right);
        let form = &linear.driver.model.form;
        assert!(form.focus != field || form.step == Step::Review, "{right} goes on");
    }
}

#[test]
fn a_number_takes_digits_only() {
    let mut linear = at(FieldId::Count);
    for wrong in ["x", "1.5", "-3", "2 servers"] {
        let said = linear.answer(wrong);
        assert!(said.contains("Error: Count: digits only, 1-10"), "{said}");
        assert!(said.ends_with("Count (Enter keeps 1): "), "{said}");
    }
    assert_eq!(linear.driver.model.form.draft.count, "1");
}

#[test]
fn what_matches_no_row_is_no_answer_and_only_an_id_can_be_used_as_typed() {
    let mut linear = at(FieldId::Image);
    let before = linear.driver.model.form.draft.image_id.clone();
    let said = linear.answer("android 99");
    assert!(said.contains("no row matches android 99. An image id has 32 hexadecimal digits"), "{said}");
    let said = linear.answer("take android 99");
    assert!(said.contains("cannot be used as typed"), "{said}");
    assert_eq!(linear.driver.model.form.draft.image_id, before);
    let id = "00112233445566778899aabbccddeeff";
    let said = linear.answer(&format!("take {id}"));
    assert_eq!(linear.driver.model.form.draft.image_id, id, "{said}");
    let said = linear.answer("review");
    assert!(said.contains("(from: typed by hand)"), "{said}");
}
