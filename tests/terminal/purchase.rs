//! Whole purchases: the shortest one, one that is paid at once, and one that is refused and mended.

use std::time::Duration;

use crate::form_steps::{
    ARMED, await_box, await_button, await_flavors, await_focus, await_images, focused, go_to, id_of, ids_on, place,
    switch_pay_now_on, to_review, to_server_name, type_name,
};
use crate::harness::{ENTER, ctrl};
use crate::launch::Start;
use crate::simulator_process::Cloud;

/// Every field behind the server name, in the order in which Enter goes through them.
const BEHIND_THE_NAME: [&str; 10] =
    ["Count", "Bandwidth", "Bandwidth size", "Period unit", "Period", "Payment", "Ports", "Key pair", "VNC", "Subnet"];

fn order_with_enter_and_a_name(cols: u16, rows: u16) {
    let mut wizard = Start::demo().size(cols, rows).open();
    await_flavors(&wizard);
    wizard.send(ENTER);
    await_focus(&wizard, "Phone flavor");
    wizard.send(ENTER);
    await_images(&wizard);
    wizard.send(ENTER);
    await_focus(&wizard, "Server name");
    type_name(&mut wizard, "alpha");
    for label in BEHIND_THE_NAME {
        wizard.send(ENTER);
        await_focus(&wizard, label);
    }
    wizard.send(ENTER);
    place(&mut wizard);
    let ids = ids_on(&wizard);
    assert!(ids[0].starts_with("CS") && ids.iter().all(|id| id.len() > 8), "{ids:?}");
    wizard.send(ctrl('c'));
    let ended = wizard.ended();
    assert_eq!(ended.code, 0, "{}", ended.words);
    assert!(ended.words.contains("SIMULATOR") && ended.words.contains("ACCEPTED"), "{}", ended.words);
    let kept = ["Order id", "Request id", "Product id"].map(|label| id_of(&ended.words, label).unwrap_or_default());
    assert_eq!(kept.as_slice(), ids, "{}", ended.words);
}

#[test]
fn a_demo_order_needs_only_enter_a_name_and_the_confirmation() {
    order_with_enter_and_a_name(80, 24);
}

#[test]
fn a_demo_order_needs_only_enter_a_name_and_the_confirmation_on_a_wide_screen() {
    order_with_enter_and_a_name(120, 40);
}

#[test]
fn the_body_that_arrives_is_what_the_form_says() {
    let cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha-1_B");
    place(&mut wizard);
    wizard.shows("ACCEPTED");
    drop(wizard);
    let wire = cloud.wire();
    wire.counts(1, 1);
    let body = &wire.orders[0];
    assert_eq!((&body["server_name"], &body["count"]), (&"alpha-1_B".into(), &1.into()), "{body}");
    assert_eq!(body["extend_param"]["is_auto_pay"], 0, "{body}");
}

#[test]
fn paying_now_asks_for_the_server_name_and_follows_the_servers_until_they_are_ready() {
    let cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    switch_pay_now_on(&mut wizard);
    go_to(&mut wizard, "Review");
    await_button(&wizard);
    wizard.send(ENTER);
    await_box(&wizard);
    wizard.send("alphx");
    wizard.shows("[alphx");
    assert!(!wizard.text().contains(ARMED), "a wrong name is enough\n{}", wizard.text());
    wizard.send(ctrl('o'));
    wizard.send("y");
    wizard.shows("[alphxy");
    wizard.send(ctrl('u'));
    wizard.send("alpha");
    wizard.until("the deed", |text| text.contains("[alpha") && text.contains(ARMED));
    wizard.send(ctrl('o'));
    wizard.shows("ACCEPTED");
    let patience = Duration::from_secs(60);
    wizard.see_within(patience, "a server that is ready", |seen| seen.text().contains("1 of 1 ready"));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
    let wire = cloud.wire();
    wire.counts(1, 1);
    assert_eq!(wire.orders[0]["extend_param"]["is_auto_pay"], 1);
}

#[test]
fn a_refusal_lands_on_its_field_and_goes_when_the_field_is_mended() {
    let cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    go_to(&mut wizard, "Access");
    wizard.until("the key pairs", |text| focused(text, "Key pair").is_some() && text.contains("mykeypair"));
    wizard.send("nosuchpair");
    wizard.until("the typed row", |text| text.contains("nosuchpair") && !text.contains("mykeypair"));
    wizard.send("\x1b[B");
    wizard.shows("▸ use \"nosuchpair\" as typed");
    wizard.send(ENTER);
    await_focus(&wizard, "VNC");
    go_to(&mut wizard, "Review");
    place(&mut wizard);
    wizard.until("the refusal", |text| text.contains("REJECTED") && text.contains("CPS.0067"));
    wizard.send(ENTER);
    wizard.until("the field", |text| focused(text, "Key pair").is_some() && text.contains("CPS.0067"));
    wizard.send("mykey");
    wizard.shows("filter: mykey");
    wizard.send(ENTER);
    // Enter leads back to Review, where nothing is left of the refusal.
    await_button(&wizard);
    wizard.until("a mended form", |text| !text.contains("CPS.0067") && !text.contains("Refused"));
    place(&mut wizard);
    wizard.shows("ACCEPTED");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
    let wire = cloud.wire();
    wire.counts(2, 1);
    assert_eq!(wire.orders[0]["keypair_name"], "mykeypair");
}

#[test]
fn a_resize_storm_during_a_slow_submission_changes_nothing() {
    let cloud = Cloud::start("slow");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    wizard.until("the waiting page", |text| !text.contains(ARMED));
    for turn in 0..200_u16 {
        let (cols, rows) = match turn % 4 {
            0 => (1, 1),
            1 => (200, 60),
            _ => (1 + turn * 37 % 200, 1 + turn * 23 % 60),
        };
        let before = wizard.seen().bytes.len();
        wizard.resize(cols, rows);
        wizard.see("a repaint", |seen| seen.bytes.len() > before);
    }
    wizard.resize(80, 24);
    wizard.until("the result", |text| text.contains("ACCEPTED") && text.contains("Order id"));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
    cloud.wire().counts(1, 1);
}
