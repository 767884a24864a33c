//! Lists from the cloud: they load as their step comes near, fail alone, and late answers are
//! dropped.

use cph_wizard::app::{CheckResult, Effect, Key, KeyCode, ListState, LoadError, Msg, preflight};
use cph_wizard::catalogue::{Listing, Resource, Server};
use cph_wizard::order::FieldId;

use crate::common::{Driver, listings};

fn reads(effects: &[Effect]) -> Vec<Resource> {
    let mut resources: Vec<Resource> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::ReadList { resource, .. } => Some(*resource),
            _ => None,
        })
        .collect();
    resources.sort();
    resources
}

fn ticket(driver: &Driver, resource: Resource) -> u64 {
    match driver.model.form.lists.get(&resource) {
        Some(ListState::Loading { ticket, .. }) => *ticket,
        other => panic!("{resource:?} is not loading but {other:?}"),
    }
}

fn failure() -> LoadError {
    LoadError { sentence: "The cloud refused".into(), request_id: Some("r9".into()) }
}

#[test]
fn lists_load_in_parallel_as_their_step_comes_near() {
    let mut driver = Driver::loading();
    assert_eq!(
        reads(&driver.effects),
        [Resource::ServerFlavors, Resource::PhoneFlavors, Resource::Images, Resource::Offerings]
    );
    let at = driver.at + 1;
    let effects = driver.press_at(Key::ctrl('n'), at);
    assert_eq!(reads(&effects), [Resource::Servers]);
    let effects = driver.press_at(Key::ctrl('n'), at);
    assert_eq!(reads(&effects), [Resource::Bandwidths]);
}

#[test]
fn each_list_fails_alone_and_can_be_read_again() {
    let mut driver = Driver::loading();
    let images = ticket(&driver, Resource::Images);
    driver.send(Msg::ListRead {
        resource: Resource::Images,
        ticket: images,
        result: Err(failure()),
        stamp: String::new(),
    });
    driver.answer_reads();
    assert_eq!(driver.model.form.lists[&Resource::Images], ListState::Failed(failure()));
    assert!(matches!(driver.model.form.lists[&Resource::ServerFlavors], ListState::Ready { .. }));
    driver.ctrl('n');
    let effects = driver.press(Key::plain(KeyCode::F(5)));
    assert_eq!(reads(&effects), [Resource::Images]);
    assert!(matches!(driver.model.form.lists[&Resource::Images], ListState::Ready { .. }));
    assert_eq!(driver.model.form.pickers[&FieldId::Image].list.listed, 9);
}

#[test]
fn a_flavor_may_be_typed_while_its_list_cannot_be_read() {
    let mut driver = Driver::loading();
    for resource in [Resource::ServerFlavors, Resource::PhoneFlavors] {
        let ticket = ticket(&driver, resource);
        driver.send(Msg::ListRead { resource, ticket, result: Err(failure()), stamp: String::new() });
    }
    driver.answer_reads();
    driver.text("physical.rx1.xlarge");
    driver.enter();
    assert_eq!(
        driver.model.message.as_deref(),
        Some("The server flavors could not be read. Press Down to use \"physical.rx1.xlarge\" as typed")
    );
    driver.keys(&[KeyCode::Down]);
    driver.enter();
    assert_eq!(driver.model.form.draft.server_flavor, "physical.rx1.xlarge");
}

#[test]
fn old_rows_stay_while_a_list_is_read_again_and_after_it_failed() {
    let mut driver = Driver::ready();
    let at = driver.at + 1;
    driver.press_at(Key::plain(KeyCode::F(5)), at);
    assert!(matches!(driver.model.form.lists[&Resource::ServerFlavors], ListState::Loading { .. }));
    assert_eq!(driver.model.form.pickers[&FieldId::ServerFlavor].list.listed, 6);
    let ticket = ticket(&driver, Resource::ServerFlavors);
    driver.send(Msg::ListRead {
        resource: Resource::ServerFlavors,
        ticket,
        result: Err(failure()),
        stamp: String::new(),
    });
    assert_eq!(driver.model.form.pickers[&FieldId::ServerFlavor].list.listed, 6);
}

#[test]
fn a_late_answer_to_an_older_request_is_dropped() {
    let mut driver = Driver::ready();
    driver.go_to("image");
    let at = driver.at + 1;
    driver.press_at(Key::plain(KeyCode::F(5)), at);
    let stale = ticket(&driver, Resource::Images) - 1;
    let empty = Ok(Listing::Images(Vec::new()));
    driver.send(Msg::ListRead { resource: Resource::Images, ticket: stale, result: empty, stamp: "late".into() });
    assert!(matches!(driver.model.form.lists[&Resource::Images], ListState::Loading { .. }));
    assert_eq!(driver.model.form.catalogue.images.as_ref().map(Vec::len), Some(15));
}

#[test]
fn an_answer_that_is_another_list_is_a_failure() {
    let mut driver = Driver::loading();
    let ticket = ticket(&driver, Resource::Images);
    let other = listings().iter().find(|listing| listing.resource() == Resource::KeyPairs).unwrap().clone();
    driver.send(Msg::ListRead { resource: Resource::Images, ticket, result: Ok(other), stamp: String::new() });
    assert!(matches!(driver.model.form.lists[&Resource::Images], ListState::Failed(_)));
    assert_eq!(driver.model.form.catalogue.key_pairs, None);
}

#[test]
fn the_program_sleeps_when_nothing_is_awaited_and_wakes_once_a_second_while_a_list_is() {
    let mut driver = Driver::loading();
    let wake = driver.model.next_wake().expect("lists are awaited");
    assert_eq!(wake, 1_000);
    driver.send(Msg::Tick { at: 1_000 });
    assert_eq!(driver.model.next_wake(), Some(2_000));
    driver.answer_reads();
    for step in ["flavor", "image", "count", "bandwidth", "billing", "ports", "access", "review"] {
        driver.go_to(step);
        assert_eq!(driver.model.next_wake(), None, "{step}");
    }
}

#[test]
fn review_reads_everything_anew_and_says_what_was_checked() {
    let mut driver = Driver::on_review();
    driver.go_to("servers");
    let at = driver.at + 1;
    for key in [Key::ctrl('g'), Key::char('8'), Key::plain(KeyCode::Enter)] {
        driver.press_at(key, at);
    }
    let findings = |driver: &Driver| {
        preflight(&driver.model.form, &driver.model.account).iter().map(|check| check.finding).collect::<Vec<_>>()
    };
    assert!(findings(&driver).iter().all(|finding| *finding == CheckResult::CannotTell), "everything is being read");
    driver.answer_reads();
    let mut all_good = vec![CheckResult::Passed; 5];
    all_good.push(CheckResult::CannotTell);
    assert_eq!(findings(&driver), all_good);
    let listed = Server {
        id: "s".into(),
        name: "web-01-1".into(),
        status: None,
        server_flavor: None,
        phone_flavor: None,
        order_id: None,
        subnet: Some("10.0.0.0/8".into()),
        created: None,
    };
    driver.press_at(Key::plain(KeyCode::F(5)), at);
    let servers = ticket(&driver, Resource::Servers);
    let result = Ok(Listing::Servers(vec![listed]));
    driver.send(Msg::ListRead { resource: Resource::Servers, ticket: servers, result, stamp: "14:09:00".into() });
    driver.answer_reads();
    assert_eq!(findings(&driver)[2], CheckResult::Failed, "the name is in use");
}
