//! Clicks: what the first one does and what the second, and that none of them buys. And the mouse given
//! to the terminal, the first start, and keys of one's own.

use cph_wizard::app::{
    ChangelogView, ClickTarget, Effect, Introduction, Key, KeyChange, KeyCode, Keymap, KeysView, MouseCapture, Msg,
    Overlay, Page, review_rows,
};
use cph_wizard::form::Step;
use cph_wizard::order::{FieldId, PortColumn};
use cph_wizard::view::hit_test;

use crate::common::Driver;

fn click(driver: &mut Driver, target: ClickTarget) -> Vec<Effect> {
    driver.at += 1_000;
    let at = driver.at;
    let effects = driver.send(Msg::Click { target, at });
    driver.paint();
    driver.answer_reads();
    effects
}

/// Clicks everywhere on a screen of 80x24.
fn targets(driver: &Driver) -> Vec<ClickTarget> {
    let points = (0..24).flat_map(|y| (0..80).map(move |x| (x, y)));
    points.filter_map(|(x, y)| hit_test(&driver.model, x, y)).collect()
}

#[test]
fn the_first_click_on_a_row_of_review_selects_it_and_the_second_opens_it() {
    let mut driver = Driver::on_review();
    click(&mut driver, ClickTarget::ReviewRow(3));
    assert_eq!((driver.model.form.step, driver.model.form.review_cursor), (Step::Review, 3));
    click(&mut driver, ClickTarget::ReviewRow(3));
    assert_eq!(
        (driver.model.form.step, driver.model.form.focus, driver.model.form.return_to_review),
        (Step::Count, FieldId::ServerName, true)
    );
}

#[test]
fn the_button_opens_the_confirmation_in_which_no_click_buys() {
    let mut driver = Driver::on_review();
    driver.keys(&[KeyCode::Home]);
    let button = review_rows(&driver.model.form).len() - 1;
    click(&mut driver, ClickTarget::ReviewRow(button));
    assert!(matches!(driver.model.page, Page::Confirm(_)));
    assert_eq!(targets(&driver), [], "there is nothing to be hit");
    for target in [
        ClickTarget::ReviewRow(button),
        ClickTarget::Field(FieldId::AutoPay),
        ClickTarget::Overlay,
        ClickTarget::Step(Step::Review),
    ] {
        click(&mut driver, target);
    }
    assert!(matches!(driver.model.page, Page::Confirm(_)));
    assert_eq!(driver.submits(), 0);
}

#[test]
fn a_row_of_a_list_is_chosen_by_the_second_click() {
    let mut driver = Driver::ready();
    let before = driver.model.form.draft.server_flavor.clone();
    click(&mut driver, ClickTarget::Row(FieldId::ServerFlavor, 2));
    assert_eq!(driver.model.form.draft.server_flavor, before);
    click(&mut driver, ClickTarget::Row(FieldId::ServerFlavor, 2));
    assert_eq!(driver.model.form.draft.server_flavor, "physical.kg1.4xlarge.cp");
    assert_eq!(driver.model.form.focus, FieldId::ServerFlavor, "a click does not go on");
}

#[test]
fn a_click_on_a_choice_makes_it() {
    let mut driver = Driver::ready();
    driver.go_to("billing");
    click(&mut driver, ClickTarget::Field(FieldId::AutoPay));
    assert!(!driver.model.form.draft.auto_pay);
    click(&mut driver, ClickTarget::Row(FieldId::AutoPay, 1));
    assert!(driver.model.form.draft.auto_pay);
}

#[test]
fn a_cell_of_the_ports_is_found_where_it_is_drawn() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    driver.text("web");
    driver.keys(&[KeyCode::Tab]);
    driver.send(Msg::Resize { width: 80, height: 24 });
    let cells: Vec<ClickTarget> = targets(&driver);
    for column in PortColumn::ALL {
        assert!(cells.contains(&ClickTarget::PortCell(0, column)), "{column:?}");
    }
    click(&mut driver, ClickTarget::PortCell(0, PortColumn::Public));
    assert_eq!((driver.model.form.ports.row, driver.model.form.ports.column), (0, PortColumn::Public));
    assert!(!driver.model.form.draft.ports[0].public);
    click(&mut driver, ClickTarget::PortCell(0, PortColumn::Public));
    assert!(driver.model.form.draft.ports[0].public);
    click(&mut driver, ClickTarget::PortCell(0, PortColumn::Number));
    driver.text("30000");
    assert_eq!(driver.model.form.draft.ports[0].number, "30000");
}

#[test]
fn the_wheel_scrolls_what_covers_the_page() {
    let mut driver = Driver::ready();
    driver.press(Key::plain(KeyCode::F(1)));
    driver.press(Key::plain(KeyCode::Esc));
    driver.press(Key::char('?'));
    let at = driver.at + 10;
    driver.send(Msg::Scrolled { rows: 3, at });
    assert_eq!(driver.model.overlay, Some(Overlay::Keys(KeysView { top: 3 })));
    driver.press(Key::plain(KeyCode::Esc));
    driver.press(Key::alt(KeyCode::Char('u')));
    driver.send(Msg::Scrolled { rows: 3, at: at + 5_000 });
    assert_eq!(driver.model.overlay, Some(Overlay::Changelog(ChangelogView::default())), "there is nothing to scroll");
}

#[test]
fn the_mouse_is_given_to_the_terminal_and_taken_back() {
    let mut driver = Driver::on_review();
    assert_eq!(driver.press(Key::alt(KeyCode::Char('m'))), [Effect::CaptureMouse(false)]);
    assert_eq!(driver.model.mouse_capture, MouseCapture::Off);
    assert!(driver.model.message.as_ref().unwrap().contains("Alt-m gives it back"));
    assert_eq!(driver.press(Key::alt(KeyCode::Char('m'))), [Effect::CaptureMouse(true)]);
    assert_eq!(driver.model.mouse_capture, MouseCapture::On);
}

#[test]
fn any_key_closes_the_introduction_and_does_what_it_does() {
    let mut driver = Driver::ready();
    driver.model.overlay = Some(Overlay::Introduction(Introduction));
    let effects = driver.press(Key::plain(KeyCode::Tab));
    assert_eq!((effects.as_slice(), &driver.model.overlay), (&[Effect::IntroductionSeen][..], &None));
    assert_eq!(driver.model.form.focus, FieldId::PhoneFlavor);
    driver.model.overlay = Some(Overlay::Introduction(Introduction));
    assert_eq!(driver.press(Key::plain(KeyCode::Esc)), [Effect::IntroductionSeen]);
    assert_eq!((driver.model.form.focus, &driver.model.message), (FieldId::PhoneFlavor, &None), "Esc closes it only");
    driver.model.overlay = Some(Overlay::Introduction(Introduction));
    assert_eq!(driver.ctrl('c'), [Effect::IntroductionSeen, Effect::Quit]);
    driver.model.overlay = Some(Overlay::Introduction(Introduction));
    assert_eq!(hit_test(&driver.model, 3, 3), Some(ClickTarget::Overlay));
    assert_eq!(click(&mut driver, ClickTarget::Overlay), [Effect::IntroductionSeen]);
    driver.press(Key::alt(KeyCode::Char('i')));
    assert_eq!(driver.model.overlay, Some(Overlay::Introduction(Introduction)), "it can be had again");
}

#[test]
fn keys_of_the_settings_work_and_the_old_ones_do_not() {
    let mut driver = Driver::ready();
    let change = KeyChange { action: "undo".into(), keys: vec!["F12".into()] };
    driver.model.keymap = Keymap::with(&[change]).unwrap();
    driver.go_to("servers");
    driver.text("web");
    driver.press(Key::plain(KeyCode::F(3)));
    assert_eq!(driver.model.form.draft.server_name, "web");
    driver.press(Key::plain(KeyCode::F(12)));
    assert_eq!(driver.model.form.draft.server_name, "");
}
