//! Bad input is impossible or marked at once: filters, typed ids, numbers, and what follows a changed flavor.

use cph_wizard::app::{FieldStatus, Key, KeyCode, ListState, Msg, StepStatus};
use cph_wizard::catalogue::{Listing, Offering, Resource};
use cph_wizard::form::{PickerRow, Step, row_value};
use cph_wizard::order::{FieldId, PeriodUnit};

use crate::common::{Driver, listings_of};

const SERVER: &str = "physical.rx1.xlarge";
const OTHER: &str = "physical.kg1.4xlarge.cp";
const UNLISTED_IMAGE: &str = "00112233445566778899aabbccddeeff";

/// The answers of a list from top to bottom.
fn values(driver: &Driver, field: FieldId) -> Vec<String> {
    let picker = &driver.model.form.pickers[&field];
    let value = |row: &PickerRow| row_value(field, *row, &picker.filter, &driver.model.form.catalogue).to_owned();
    picker.list.rows.iter().map(value).collect()
}

fn paste(driver: &mut Driver, text: &str) {
    driver.at += 1_000;
    let at = driver.at;
    driver.send(Msg::Paste { text: text.into(), at });
}

fn answer(driver: &mut Driver, listing: Listing) {
    let resource = listing.resource();
    let Some(ListState::Loading { ticket, .. }) = driver.model.form.lists.get(&resource) else {
        panic!("{resource:?} is not loading")
    };
    let ticket = *ticket;
    driver.send(Msg::ListRead { resource, ticket, result: Ok(listing), stamp: "14:09:00".into() });
}

/// Opens the field of a row of Review.
fn open_from_review(driver: &mut Driver, id: FieldId) {
    driver.go_to("review");
    let rows = cph_wizard::app::review_rows(&driver.model.form);
    let at = rows.iter().position(|row| *row == cph_wizard::app::ReviewRow::Field(id)).unwrap();
    driver.keys(&[KeyCode::Home]);
    driver.keys(&vec![KeyCode::Down; at]);
    driver.enter();
    assert_eq!(driver.model.form.focus, id);
}

#[test]
fn a_filter_accepts_what_people_type() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    let newest = values(&driver, FieldId::Image)[0].clone();
    for typed in ["android 14", "Android 14", "aosp14", "AOSP 14", "14 aosp", "14aosp"] {
        driver.text(typed);
        let found = values(&driver, FieldId::Image);
        assert!(found.len() > 1, "{typed}");
        for id in &found {
            let image = driver.model.form.catalogue.image_row(id).unwrap();
            assert_eq!(image.os_name.as_deref(), Some("AOSP14"), "{typed}");
        }
        assert_eq!(found[0], newest, "{typed}: the newest of equal matches comes first");
        driver.press(Key::plain(KeyCode::Esc));
    }
}

#[test]
fn a_filter_without_a_match_is_not_accepted_and_stays_until_the_field_is_left() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    let before = driver.model.form.draft.clone();
    driver.text("android 99");
    driver.enter();
    let form = &driver.model.form;
    assert_eq!((form.step, form.focus), (Step::Image, FieldId::Image));
    assert_eq!(form.pickers[&FieldId::Image].filter.text, "android 99");
    let message = driver.model.message.as_deref().unwrap();
    assert_eq!(message, "None of the images matches \"android 99\". An image id has 32 hexadecimal digits");
    driver.keys(&[KeyCode::Tab]);
    assert_eq!(driver.model.form.step, Step::Count);
    assert_eq!(driver.model.form.pickers[&FieldId::Image].filter.text, "", "a stale filter is cleared");
    assert_eq!(driver.model.form.draft, before);
    assert!(driver.model.form.pickers[&FieldId::Image].list.listed > 1);
}

#[test]
fn a_typed_id_is_offered_below_the_matches_and_never_selected_by_itself() {
    let mut driver = Driver::ready();
    driver.go_to("access");
    driver.text("key");
    let found = values(&driver, FieldId::KeyPair);
    assert_eq!((found.len(), found[2].as_str()), (3, "key"));
    assert_eq!(driver.model.form.row_under_cursor(FieldId::KeyPair).unwrap().value, found[0]);
    driver.go_to("image");
    driver.text(UNLISTED_IMAGE);
    assert_eq!(values(&driver, FieldId::Image), [UNLISTED_IMAGE]);
    assert_eq!(driver.model.form.row_under_cursor(FieldId::Image), None);
    driver.enter();
    assert_eq!(driver.model.form.focus, FieldId::Image);
    assert!(driver.model.message.as_ref().unwrap().ends_with("Press Down to use it as typed"));
    driver.keys(&[KeyCode::Down]);
    driver.enter();
    assert_eq!(driver.model.form.draft.image_id, UNLISTED_IMAGE);
    assert_eq!(driver.model.form.origin_words(FieldId::Image), "typed by hand");
    assert_eq!(driver.model.form.origin_words(FieldId::ServerFlavor), "default");
}

#[test]
fn a_hidden_row_may_be_typed_by_its_id() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    let shown = values(&driver, FieldId::Image);
    let images = driver.model.form.catalogue.images.clone().unwrap();
    let hidden = images.iter().find(|image| !shown.contains(&image.id)).unwrap();
    driver.text(&hidden.id);
    assert_eq!(values(&driver, FieldId::Image), [hidden.id.as_str()]);
}

#[test]
fn a_number_takes_digits_only_and_says_so_at_once() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.keys(&[KeyCode::Tab]);
    driver.text("x");
    assert_eq!(driver.model.form.draft.count, "1");
    assert_eq!(driver.model.message.as_deref(), Some("Count: digits only, 1-10"));
    assert!(driver.model.form.refuses_key);
    driver.text("7");
    assert_eq!(driver.model.form.draft.count, "7");
    assert!(!driver.model.form.refuses_key);
    paste(&mut driver, "1 0");
    assert_eq!(driver.model.form.draft.count, "7");
    assert_eq!(driver.model.message.as_deref(), Some("Nothing was pasted. Count: digits only, 1-10"));
    driver.keys(&[KeyCode::BackTab, KeyCode::Tab]);
    paste(&mut driver, " 5\n");
    assert_eq!(driver.model.form.draft.count, "5");
}

#[test]
fn a_burst_of_keys_keeps_its_digits() {
    let mut driver = Driver::ready();
    driver.go_to("billing");
    driver.keys(&[KeyCode::Down, KeyCode::Tab]);
    assert_eq!(driver.model.form.draft.period_unit, PeriodUnit::Year);
    let at = driver.at + 1_000;
    driver.send(Msg::Typed { text: "1a".into(), at });
    driver.send(Msg::Typed { text: "b0".into(), at });
    assert_eq!(driver.model.form.draft.period_number, "10");
    assert_eq!(driver.model.message.as_deref(), Some("Period: digits only, 1-10"));
}

#[test]
fn the_number_of_a_port_takes_digits_only() {
    let mut driver = Driver::ready();
    driver.go_to("ports");
    driver.text("web");
    driver.keys(&[KeyCode::Tab]);
    driver.text("x");
    assert_eq!(driver.model.form.draft.ports[0].number, "10000");
    assert_eq!(driver.model.message.as_deref(), Some("Port: digits only, 10000-50000"));
    paste(&mut driver, "20,000");
    assert_eq!(driver.model.form.draft.ports[0].number, "10000");
    driver.text("20000");
    assert_eq!(driver.model.form.draft.ports[0].number, "20000");
}

#[test]
fn payment_is_one_of_two_named_choices() {
    let mut driver = Driver::ready();
    driver.go_to("billing");
    driver.keys(&[KeyCode::Tab, KeyCode::Tab]);
    assert_eq!(driver.model.form.focus, FieldId::AutoPay);
    driver.keys(&[KeyCode::Down]);
    assert!(driver.model.form.draft.auto_pay);
    driver.keys(&[KeyCode::Up]);
    assert!(!driver.model.form.draft.auto_pay);
}

#[test]
fn what_is_sold_out_is_no_default_even_if_the_offerings_come_last() {
    let mut driver = Driver::loading();
    driver.answer_reads_but(&[Resource::Offerings]);
    assert_eq!(driver.model.form.draft.server_flavor, "", "nothing is preselected before that is known");
    let sold_out = Offering { zone: "z".into(), server_flavor: SERVER.into(), is_sold_out: Some(true) };
    answer(&mut driver, Listing::Offerings(vec![sold_out]));
    let chosen = driver.model.form.draft.server_flavor.clone();
    assert!(!chosen.is_empty() && chosen != SERVER, "{chosen}");
    assert_eq!(driver.model.form.step_status(Step::Flavor), StepStatus::Complete);
}

#[test]
fn a_catalogue_that_is_sold_out_marks_its_step_and_says_so() {
    let mut driver = Driver::with_scene("sold-out");
    assert_eq!(driver.model.form.draft.server_flavor, "");
    assert_eq!(driver.model.form.step_status(Step::Flavor), StepStatus::Problems);
    for _ in 0..3 {
        let FieldStatus::Problem(words) = driver.model.form.field_status(FieldId::ServerFlavor) else {
            panic!("nothing says that all is sold out")
        };
        assert!(words.contains("sold out"), "{words}");
        driver.keys(&[KeyCode::Down]);
    }
    driver.go_to("review");
    assert_eq!(driver.model.form.step_status(Step::Flavor), StepStatus::Problems);
}

#[test]
fn a_sold_out_flavor_of_a_template_is_a_warning_of_its_step() {
    let mut driver = Driver::on_review();
    driver.go_to("flavor");
    assert_eq!(driver.model.form.step_status(Step::Flavor), StepStatus::Complete);
    driver.at += 1;
    let at = driver.at;
    driver.press_at(Key::plain(KeyCode::F(5)), at);
    let offerings = listings_of("sold-out").into_iter().find(|it| it.resource() == Resource::Offerings).unwrap();
    answer(&mut driver, offerings);
    driver.answer_reads();
    assert_eq!(driver.model.form.step_status(Step::Flavor), StepStatus::Warnings);
    driver.go_to("ports");
    driver.text("web");
    driver.keys(&[KeyCode::Tab, KeyCode::Tab]);
    assert_eq!(driver.model.form.step_status(Step::Ports), StepStatus::Complete);
    driver.text(" ");
    assert_eq!(driver.model.form.step_status(Step::Ports), StepStatus::Warnings);
}

#[test]
fn a_changed_flavor_is_followed_from_review_in_one_go() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::Enter, KeyCode::Enter, KeyCode::Enter]);
    driver.text("web-01");
    open_from_review(&mut driver, FieldId::ServerFlavor);
    // A second image of the flavor's label, so that there is a choice.
    let images = driver.model.form.catalogue.images.as_mut().unwrap();
    let mut twin = images.iter().find(|image| image.label.as_deref() == Some("cloud_phone_1620")).unwrap().clone();
    twin.id = UNLISTED_IMAGE.into();
    images.push(twin);
    driver.text(OTHER);
    driver.enter();
    assert_eq!(driver.model.form.draft.server_flavor, OTHER);
    assert_eq!(driver.model.form.focus, FieldId::PhoneFlavor, "the phone flavor no longer fits");
    assert_eq!(driver.model.impact().phones_per_server, None, "phones of what does not fit are not counted");
    let preselected = driver.model.form.row_under_cursor(FieldId::PhoneFlavor).unwrap();
    assert_eq!((preselected.value.as_str(), preselected.obstacle), ("kg1.cp.c100.d10SSD.e1v1", None));
    driver.enter();
    assert_eq!(driver.model.form.draft.phone_flavor, "kg1.cp.c100.d10SSD.e1v1");
    assert_eq!(driver.model.form.step, Step::Image, "nor does the image");
    let preselected = driver.model.form.row_under_cursor(FieldId::Image).unwrap();
    driver.enter();
    assert_eq!(driver.model.form.draft.image_id, preselected.value);
    assert_eq!((driver.model.form.step, &driver.model.form.issues[..]), (Step::Review, &[][..]));
}

#[test]
fn esc_on_the_way_leads_back_to_review_with_the_problem() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::Enter, KeyCode::Enter, KeyCode::Enter]);
    open_from_review(&mut driver, FieldId::ServerFlavor);
    driver.text(OTHER);
    driver.enter();
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!(driver.model.form.step, Step::Review);
    assert_eq!(driver.model.form.draft.phone_flavor, "rx1.cp.c60.d10.e1v1", "nothing was chosen silently");
    assert!(driver.model.form.issues.iter().any(|issue| issue.field() == FieldId::PhoneFlavor));
}

#[test]
fn the_only_phone_flavor_that_fits_is_chosen_and_named() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::Enter, KeyCode::Enter, KeyCode::Enter]);
    open_from_review(&mut driver, FieldId::ServerFlavor);
    let flavors = driver.model.form.catalogue.phone_flavors.as_mut().unwrap();
    flavors.retain(|row| row.server_flavor != OTHER || row.name == "rs2.plus");
    driver.text(OTHER);
    driver.enter();
    assert_eq!(driver.model.form.draft.phone_flavor, "rs2.plus");
    assert!(
        driver.model.message.as_ref().is_some_and(|words| words.contains("rs2.plus")),
        "{:?}",
        driver.model.message
    );
    assert_ne!(driver.model.form.focus, FieldId::PhoneFlavor, "it is not asked for");
}

#[test]
fn images_come_newest_first() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    let dates: Vec<Option<String>> = values(&driver, FieldId::Image)
        .iter()
        .map(|id| driver.model.form.catalogue.image_row(id).unwrap().date())
        .collect();
    assert!(dates[0].is_some() && dates.is_sorted_by(|one, other| one >= other), "{dates:?}");
    assert_eq!(driver.model.form.draft.image_id, values(&driver, FieldId::Image)[0], "the default is the first row");
}
