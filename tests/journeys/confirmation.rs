//! The word that confirms: exactly the one that is asked for, in its letter case.

use cph_wizard::app::{Challenge, KeyCode, Page};

use crate::common::Driver;
use crate::purchase::end_in_doubt;

/// Types other spellings of the word that is asked for, none of which orders, and then the word itself.
fn only_the_word_itself_orders(driver: &mut Driver, others: &[&str]) {
    let Page::Confirm(confirm) = &driver.model.page else { panic!("{:?}", driver.model.page) };
    let Challenge::Word { word, .. } = &confirm.challenge else { panic!("{:?}", confirm.challenge) };
    let (word, before) = (word.clone(), driver.submits());
    for other in others {
        assert!(other.eq_ignore_ascii_case(&word) && *other != word, "{other}");
        driver.text(other);
        driver.ctrl('o');
        assert_eq!(driver.submits(), before, "{other} is not {word}");
        assert!(matches!(driver.model.page, Page::Confirm(_)), "{other}");
        driver.ctrl('u');
    }
    driver.text(&word);
    driver.ctrl('o');
    assert_eq!(driver.submits(), before + 1);
}

#[test]
fn the_server_name_in_another_letter_case_does_not_confirm() {
    let mut driver = Driver::on_review();
    driver.go_to("billing");
    driver.keys(&[KeyCode::Tab, KeyCode::Tab, KeyCode::Down]);
    assert!(driver.model.form.draft.auto_pay);
    driver.go_to("review");
    driver.enter();
    only_the_word_itself_orders(&mut driver, &["WEB-01", "Web-01", "wEB-01"]);
}

#[test]
fn second_in_another_letter_case_does_not_confirm() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    end_in_doubt(&mut driver);
    driver.enter();
    driver.enter();
    only_the_word_itself_orders(&mut driver, &["second", "Second", "SECONd"]);
}
