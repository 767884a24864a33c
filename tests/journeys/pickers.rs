//! The lists to pick from, as a person meets them: filtered, sorted, with what was chosen before
//! first, with where a flavor is sold out, and never moving under the cursor.

use cph_wizard::app::{JournalView, Key, KeyCode, ListState, LoadError, Msg};
use cph_wizard::catalogue::{Catalogue, Listing, Offering, Resource};
use cph_wizard::form::{PastUse, PickerRow, row_value};
use cph_wizard::order::{Draft, FieldId, Order};
use cph_wizard::purchase::intents::{Intent, IntentCredentials, Intents, JournalEntry};
use cph_wizard::purchase::{NotSent, NotSentReason, Outcome, ordered_servers};
use cph_wizard::view::{Theme, draw};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use uuid::Uuid;

use crate::common::{Driver, buyer, listings};

const SERVER: &str = "physical.rx1.xlarge";
const OTHER: &str = "physical.kg1.4xlarge.cp";
const PHONE_OF_OTHER: &str = "rs2.plus";

fn screen(driver: &Driver) -> String {
    let (width, height) = (driver.model.width, driver.model.height);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(&driver.model, Theme::MONO, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let row = |y: u16| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..height).map(|y| row(y).trim_end().to_owned() + "\n").collect()
}

/// The answers of a list from top to bottom.
fn values(driver: &Driver, field: FieldId) -> Vec<String> {
    let picker = &driver.model.form.pickers[&field];
    let value = |row: &PickerRow| row_value(field, *row, &picker.filter, &driver.model.form.catalogue).to_owned();
    picker.list.rows.iter().map(value).collect()
}

fn under_cursor(driver: &Driver, field: FieldId) -> String {
    driver.model.form.row_under_cursor(field).unwrap().value
}

fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    for listing in listings() {
        catalogue.put(listing.clone());
    }
    catalogue
}

/// An order of the documented catalogue for other flavors than the usual ones.
fn other_order() -> Draft {
    let catalogue = catalogue();
    let label = catalogue.phone_flavor_row(OTHER, PHONE_OF_OTHER).unwrap().image_label.clone();
    let image = catalogue.images.iter().flatten().find(|image| image.label == label).unwrap();
    Draft {
        server_flavor: OTHER.into(),
        phone_flavor: PHONE_OF_OTHER.into(),
        image_id: image.id.clone(),
        server_name: "old".into(),
        key_pair: "KeyPair-team".into(),
        ..Draft::default()
    }
}

/// A journal of these orders, the oldest first, from an endpoint.
fn journal(orders: &[Draft], endpoint: &str) -> Msg {
    let mut intents = Intents::default();
    let at = "2026-11-22T09:00:00Z".parse().unwrap();
    for (number, draft) in (1..).zip(orders) {
        let order = Order::check(draft, &Catalogue::default()).unwrap();
        let (id, body) = (Uuid::from_u128(number), order.body());
        let intent = Intent {
            id,
            at,
            profile: "demo".into(),
            endpoint: endpoint.into(),
            project: "p".into(),
            region: "r".into(),
            credentials: IntentCredentials::Token,
            server_name: order.server_name().into(),
            ordered: ordered_servers(&order),
            pays_now: order.pays_now(),
            preflight: Some(cph_wizard::purchase::intents::Preflight::default()),
            clock_ahead: Some(0),
            body_hash: body.hash().into(),
            body: body.text().into(),
        };
        let outcome = Outcome::NotSent(NotSent { reason: NotSentReason::Other { detail: "no way out".into() } });
        intents.apply(&JournalEntry::Intent(Box::new(intent))).unwrap();
        intents.apply(&JournalEntry::Outcome { id, at, outcome }).unwrap();
    }
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    let view = JournalView {
        intents: intents.into(),
        obstacle: None,
        facts: Vec::new(),
        buyer: buyer(),
        now,
        clock_ahead: Some(0),
    };
    Msg::Journal { view: Box::new(view), at: 500 }
}

fn usual_order() -> Draft {
    Driver::on_review().model.form.draft
}

fn read(driver: &mut Driver, resource: Resource, result: Result<Listing, LoadError>) {
    let ticket = match driver.model.form.lists.get(&resource) {
        Some(ListState::Loading { ticket, .. }) => *ticket,
        other => panic!("{resource:?} is not loading but {other:?}"),
    };
    driver.send(Msg::ListRead { resource, ticket, result, stamp: "14:09:00".into() });
}

fn offerings(sold_out_zones: &[&str]) -> Listing {
    let flavors = catalogue().server_flavors.unwrap();
    let rows = flavors.iter().flat_map(|flavor| {
        ["z1", "z2"].map(|zone| Offering {
            zone: zone.into(),
            server_flavor: flavor.name.clone(),
            is_sold_out: Some(sold_out_zones.contains(&zone)),
        })
    });
    Listing::Offerings(rows.collect())
}

/// F5 with lists that are not answered by themselves.
fn read_again(driver: &mut Driver) {
    driver.at += 1;
    let at = driver.at;
    driver.press_at(Key::plain(KeyCode::F(5)), at);
}

#[test]
fn letters_narrow_a_list_and_enter_takes_the_best() {
    let mut driver = Driver::ready();
    driver.text("pkcp");
    assert_eq!(values(&driver, FieldId::ServerFlavor), [OTHER]);
    driver.enter();
    assert_eq!(driver.model.form.draft.server_flavor, OTHER);
}

#[test]
fn sorting_goes_through_the_columns_and_keeps_the_cursor_on_its_row() {
    let mut driver = Driver::ready();
    let as_listed = values(&driver, FieldId::ServerFlavor);
    driver.keys(&[KeyCode::Down, KeyCode::Down]);
    let row = under_cursor(&driver, FieldId::ServerFlavor);
    let mut orders = Vec::new();
    for _ in 0..6 {
        driver.ctrl('t');
        assert_eq!(under_cursor(&driver, FieldId::ServerFlavor), row);
        assert!(driver.model.message.as_ref().is_some_and(|words| words.starts_with("Sorted by")));
        orders.push(values(&driver, FieldId::ServerFlavor));
    }
    assert!(orders[0].is_sorted() && orders[0] != as_listed, "{:?}", orders[0]);
    assert!(screen(&driver).contains("Status ^"), "{}", screen(&driver));
    driver.ctrl('t');
    assert_eq!(values(&driver, FieldId::ServerFlavor), as_listed);
    assert!(!screen(&driver).contains(" ^"));
    driver.ctrl('t');
    driver.ctrl('t');
    driver.ctrl('t');
    assert!(screen(&driver).contains("Memory v"), "{}", screen(&driver));
}

#[test]
fn what_was_ordered_before_comes_first_in_words() {
    let mut driver = Driver::loading();
    driver.send(journal(&[usual_order(), usual_order(), other_order()], "127.0.0.1"));
    driver.answer_reads();
    assert_eq!(values(&driver, FieldId::ServerFlavor)[..2], [OTHER, SERVER]);
    assert_eq!(under_cursor(&driver, FieldId::ServerFlavor), SERVER, "the default is the cloud's first row still");
    let shown = screen(&driver);
    let line = |name: &str| shown.lines().find(|line| line.contains(name) && line.contains("GB")).unwrap().to_owned();
    assert!(line(OTHER).contains(" last"), "{shown}");
    assert!(line("▸ physical.rx1.xlarge ").contains(" 2x"), "{shown}");
    driver.go_to("access");
    assert_eq!(values(&driver, FieldId::KeyPair), ["", "KeyPair-team", "mykeypair"]);
    driver.text("key");
    assert_eq!(values(&driver, FieldId::KeyPair)[0], "KeyPair-team", "a filter has an order of its own");
}

#[test]
fn a_journal_that_comes_late_moves_no_list_under_a_person() {
    let orders = [other_order()];
    let mut driver = Driver::ready();
    driver.send(journal(&orders, "127.0.0.1"));
    assert_eq!(values(&driver, FieldId::ServerFlavor)[0], OTHER, "nobody had touched it");
    let mut driver = Driver::ready();
    let before = values(&driver, FieldId::ServerFlavor);
    driver.keys(&[KeyCode::Down]);
    driver.send(journal(&orders, "127.0.0.1"));
    assert_eq!(values(&driver, FieldId::ServerFlavor), before);
    driver.keys(&[KeyCode::Tab, KeyCode::BackTab]);
    assert_eq!(values(&driver, FieldId::ServerFlavor)[0], OTHER, "the list was left and entered again");
}

#[test]
fn orders_of_a_demo_are_no_habit_of_real_ones() {
    let mut driver = Driver::ready();
    driver.send(journal(&[other_order()], "embedded-1"));
    assert_eq!(driver.model.form.recents.of_field(FieldId::ServerFlavor).len(), 0);
    driver.send(journal(&[other_order()], "cph.example.com"));
    let used = driver.model.form.recents.of_field(FieldId::ServerFlavor);
    assert_eq!(used[OTHER], PastUse { count: 1, is_last: true });
}

#[test]
fn a_flavor_that_is_sold_out_everywhere_stays_in_the_list_and_cannot_be_chosen() {
    let mut driver = Driver::ready();
    read_again(&mut driver);
    read(&mut driver, Resource::Offerings, Ok(offerings(&["z1", "z2"])));
    driver.answer_reads_but(&[Resource::Offerings]);
    assert_eq!(driver.model.form.draft.server_flavor, SERVER, "what was seen is not replaced");
    let shown = screen(&driver);
    assert!(shown.contains("sold out"), "{shown}");
    driver.enter();
    assert_eq!(
        driver.model.message.as_deref(),
        Some("physical.rx1.xlarge cannot be chosen: it is sold out in every zone")
    );
    assert_eq!(driver.model.form.focus, FieldId::ServerFlavor);
}

#[test]
fn a_flavor_that_is_sold_out_in_one_zone_can_be_chosen_and_says_which() {
    let mut driver = Driver::ready();
    read_again(&mut driver);
    read(&mut driver, Resource::Offerings, Ok(offerings(&["z2"])));
    driver.answer_reads_but(&[Resource::Offerings]);
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        driver.send(Msg::Resize { width, height });
        let shown = screen(&driver);
        assert!(shown.contains("sold out in z2") && shown.contains("in part"), "{shown}");
    }
    driver.enter();
    assert_eq!(driver.model.form.focus, FieldId::PhoneFlavor);
}

#[test]
fn a_cloud_without_offerings_is_no_trouble_at_all() {
    let mut driver = Driver::loading();
    let sentence = "The cloud refused: the API does not exist (APIGW.0101, HTTP 404)".to_owned();
    read(&mut driver, Resource::Offerings, Err(LoadError { sentence, request_id: Some("r9".into()) }));
    driver.answer_reads();
    let shown = screen(&driver);
    assert!(!shown.contains("sold out") && !shown.contains("APIGW") && !shown.contains("failed"), "{shown}");
    driver.go_to("servers");
    driver.text("web-01");
    driver.go_to("review");
    assert_eq!(driver.model.form.issues, []);
    assert_eq!(driver.model.form.warnings, []);
}

#[test]
fn a_list_that_is_read_again_does_not_take_the_cursor_away() {
    let mut driver = Driver::ready();
    driver.keys(&[KeyCode::Down, KeyCode::Down]);
    let row = under_cursor(&driver, FieldId::ServerFlavor);
    driver.press(Key::plain(KeyCode::F(5)));
    assert_eq!(under_cursor(&driver, FieldId::ServerFlavor), row);
    read_again(&mut driver);
    let Some(Listing::ServerFlavors(mut rows)) =
        listings().iter().find(|listing| listing.resource() == Resource::ServerFlavors).cloned()
    else {
        panic!("no server flavors")
    };
    rows.reverse();
    read(&mut driver, Resource::ServerFlavors, Ok(Listing::ServerFlavors(rows)));
    assert_eq!(under_cursor(&driver, FieldId::ServerFlavor), row, "the rows came in another order");
}

#[test]
fn the_four_states_of_a_list_look_different() {
    let mut driver = Driver::loading();
    driver.model.form.step = cph_wizard::form::Step::Image;
    driver.model.form.focus = FieldId::Image;
    driver.send(Msg::Tick { at: 3_000 });
    assert!(screen(&driver).contains("loading 3 s") && screen(&driver).contains("Loading the images..."));
    let failure = LoadError { sentence: "The cloud refused".into(), request_id: Some("r9".into()) };
    read(&mut driver, Resource::Images, Err(failure.clone()));
    let shown = screen(&driver);
    assert!(shown.contains("failed") && shown.contains("Request id r9."), "{shown}");
    assert!(shown.contains("F5 tries again, or type the id yourself."), "{shown}");
    driver.answer_reads();
    driver.press(Key::plain(KeyCode::F(5)));
    assert!(screen(&driver).contains("9 of 15 fit"));
    read_again(&mut driver);
    let shown = screen(&driver);
    assert!(shown.contains("9 of 15 fit, refreshing") && shown.contains("AOSP9"), "{shown}");
    read(&mut driver, Resource::Images, Err(failure));
    let shown = screen(&driver);
    assert!(shown.contains("9 of 15 fit, refresh failed") && shown.contains("AOSP9"), "{shown}");
    assert!(shown.contains("F5 tries again. The cloud refused Request id r9."), "{shown}");
    read_again(&mut driver);
    read(&mut driver, Resource::Images, Ok(Listing::Images(Vec::new())));
    assert!(screen(&driver).contains("The API lists no images for this project."));
}

#[test]
fn an_optional_list_says_too_why_it_has_no_rows() {
    let mut driver = Driver::ready();
    driver.at += 1;
    let at = driver.at;
    for key in [Key::ctrl('g'), Key::char('7'), Key::plain(KeyCode::Enter)] {
        driver.press_at(key, at);
    }
    assert!(screen(&driver).contains("Loading the key pairs..."), "{}", screen(&driver));
    let failure = LoadError { sentence: "The cloud refused".into(), request_id: None };
    read(&mut driver, Resource::KeyPairs, Err(failure));
    let shown = screen(&driver);
    assert!(shown.contains("(none)") && shown.contains("The key pairs could not be read"), "{shown}");
    assert!(shown.contains("type the name yourself"), "{shown}");
    read_again(&mut driver);
    read(&mut driver, Resource::KeyPairs, Ok(Listing::KeyPairs(Vec::new())));
    assert!(screen(&driver).contains("The project has no key pairs."));
}

#[test]
fn details_of_the_row_under_the_cursor_follow_it() {
    let mut driver = Driver::ready();
    assert!(screen(&driver).contains("2*1.2T SAS + 800G SSD"), "{}", screen(&driver));
    driver.enter();
    let shown = screen(&driver);
    assert!(shown.contains("720x1280") && shown.contains("images for cloud_phone"), "{shown}");
    driver.keys(&[KeyCode::End]);
    assert!(screen(&driver).contains("Cannot be chosen: it is offline"), "{}", screen(&driver));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_and_sorted_every_row_can_be_reached_again(keys in prop::collection::vec(0..8_u8, 0..20)) {
        let mut driver = Driver::ready();
        let every = values(&driver, FieldId::ServerFlavor);
        for key in keys {
            match key {
                0 => driver.ctrl('t'),
                1 => driver.press(Key::plain(KeyCode::Backspace)),
                2 => driver.press(Key::plain(KeyCode::Down)),
                3 => driver.press(Key::plain(KeyCode::F(5))),
                other => driver.press(Key::char(char::from(b"x.pk"[usize::from(other % 4)]))),
            };
            let picker = &driver.model.form.pickers[&FieldId::ServerFlavor];
            prop_assert!(picker.cursor.is_none_or(|at| at < picker.list.rows.len()));
        }
        driver.ctrl('u');
        let mut now = values(&driver, FieldId::ServerFlavor);
        let mut all = every.clone();
        now.sort();
        all.sort();
        prop_assert_eq!(now, all);
        for name in every {
            driver.text(&name);
            prop_assert_eq!(under_cursor(&driver, FieldId::ServerFlavor), name);
            driver.ctrl('u');
        }
    }
}
