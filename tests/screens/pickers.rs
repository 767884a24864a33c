//! The lists to pick from: sorted, searched by letters, sold out, read again in vain, and small.

use cph_wizard::app::{Key, KeyChange, KeyCode, Keymap, LoadError, Msg};
use cph_wizard::catalogue::{Listing, Offering, Resource};
use cph_wizard::form::PastUse;
use cph_wizard::order::FieldId;
use cph_wizard::view::Theme;

use crate::common::Driver;
use crate::page_snapshot::snapshot;
use crate::screen::text;

/// F5 in the list of server flavors, and what comes of it.
fn read_again(driver: &mut Driver, resource: Resource, result: Result<Listing, LoadError>) {
    driver.at += 1;
    let at = driver.at;
    driver.press_at(Key::plain(KeyCode::F(5)), at);
    let ticket = match driver.model.form.lists.get(&resource) {
        Some(cph_wizard::app::ListState::Loading { ticket, .. }) => *ticket,
        other => panic!("{resource:?} is not loading but {other:?}"),
    };
    driver.send(Msg::ListRead { resource, ticket, result, stamp: "14:09:00".into() });
    driver.answer_reads_but(&[resource]);
}

#[test]
pub fn a_list_sorted_by_memory() {
    let mut driver = Driver::ready();
    for _ in 0..3 {
        driver.ctrl('t');
    }
    snapshot("picker-sorted", &mut driver.model);
}

#[test]
pub fn a_list_searched_by_letters() {
    let mut driver = Driver::ready();
    driver.text("pkcp hi16");
    snapshot("picker-letters", &mut driver.model);
}

#[test]
pub fn a_list_with_what_was_used_before() {
    let mut driver = Driver::ready();
    let used = [("physical.kg1.4xlarge.cg", 1, true), ("physical.rx1.xlarge.cg", 12, false)];
    let used = used.into_iter().map(|(name, count, is_last)| (name.to_owned(), PastUse { count, is_last }));
    if let Some(picker) = driver.model.form.pickers.get_mut(&FieldId::ServerFlavor) {
        picker.filter.used = used.collect();
        picker.is_stale = true;
    }
    driver.model.form.recheck();
    snapshot("picker-used", &mut driver.model);
}

#[test]
pub fn flavors_that_are_sold_out_in_a_zone_or_in_all() {
    let mut driver = Driver::ready();
    let offering = |server_flavor: &str, zone: &str| Offering {
        zone: zone.into(),
        server_flavor: server_flavor.into(),
        is_sold_out: Some(zone != "cn-east-3a" || server_flavor != "physical.rx1.xlarge"),
    };
    let rows = ["physical.rx1.xlarge", "physical.kg1.4xlarge.cp"];
    let rows = rows.into_iter().flat_map(|name| ["cn-east-3a", "cn-east-3b"].map(|zone| offering(name, zone)));
    read_again(&mut driver, Resource::Offerings, Ok(Listing::Offerings(rows.collect())));
    snapshot("picker-sold-out", &mut driver.model);
}

#[test]
pub fn old_rows_while_reading_again_failed() {
    let mut driver = Driver::ready();
    let failure = LoadError { sentence: "No answer within 30 s".into(), request_id: None };
    read_again(&mut driver, Resource::ServerFlavors, Err(failure));
    snapshot("picker-old-rows", &mut driver.model);
}

#[test]
fn a_key_that_was_changed_is_named_in_the_advice() {
    let mut driver = Driver::ready();
    let failure = LoadError { sentence: "No answer within 30 s".into(), request_id: None };
    read_again(&mut driver, Resource::ServerFlavors, Err(failure));
    let change = KeyChange { action: "refresh".into(), keys: vec!["F12".into()] };
    driver.model.keymap = Keymap::with(&[change]).unwrap();
    let shown = text(&mut driver.model, 80, 24, Theme::MONO);
    assert!(shown.contains("F12 tries again") && !shown.contains("F5"), "{shown}");
}
