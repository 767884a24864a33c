//! Every scene of the simulator: the words of the outcome, the exit code, and what came over the wire.

use std::time::Duration;

use crate::form_steps::{
    ARMED, await_box, await_button, go_to, place, switch_pay_now_on, to_review, to_server_name, type_name,
};
use crate::harness::{ENTER, Terminal, ctrl};
use crate::launch::{Opened, Start};
use crate::simulator_process::Cloud;

/// What became of an order of one server that is not paid yet.
struct Fate {
    heading: &'static str,
    /// Stands on the result page too.
    words: &'static str,
    code: u32,
    orders: usize,
}

const ACCEPTED: Fate = Fate { heading: "ACCEPTED", words: "Order id", code: 0, orders: 1 };
const NOT_KNOWN: Fate = Fate { heading: "UNKNOWN", words: "alpha", code: 6, orders: 1 };

fn refused(words: &'static str) -> Fate {
    Fate { heading: "REJECTED", words, code: 4, orders: 0 }
}

fn check(scene: &str, fate: &Fate) {
    let cloud = Cloud::start(scene);
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    wizard.until("the outcome", |text| text.contains(fate.heading) && text.contains(fate.words));
    leave(wizard, fate.heading, fate.code);
    cloud.wire().counts(1, fate.orders);
}

fn leave(mut wizard: Opened, heading: &str, code: u32) {
    wizard.send(ctrl('c'));
    let ended = wizard.ended();
    assert_eq!(ended.code, code, "{}", ended.words);
    assert!(ended.words.contains(heading), "{}", ended.words);
}

#[test]
fn normal_accepts_the_order() {
    check("normal", &ACCEPTED);
}

#[test]
fn slow_accepts_the_order() {
    check("slow", &ACCEPTED);
}

#[test]
fn large_catalogue_accepts_the_order() {
    check("large-catalogue", &ACCEPTED);
}

#[test]
fn sold_out_says_so_before_anything_is_ordered() {
    let mut wizard = Start::with(&["--demo=sold-out"]).open();
    wizard.until("the state of the flavors", |text| text.contains("sold out"));
    wizard.send(ctrl('c'));
    wizard.ended();
}

#[test]
fn quota_refuses_the_order() {
    check("quota", &refused("CPS.0065"));
}

#[test]
fn no_permission_refuses_the_order() {
    check("no-permission", &refused("CPS.0001"));
}

#[test]
fn unpaid_account_refuses_the_order() {
    check("unpaid-account", &refused("CPS.0006"));
}

#[test]
fn throttled_refuses_the_order() {
    check("throttled", &refused("APIGW.0308"));
}

#[test]
fn token_expired_refuses_the_order() {
    check("token-expired", &refused("APIGW.0307"));
}

#[test]
fn payment_fails_accepts_the_order() {
    check("payment-fails", &ACCEPTED);
}

#[test]
fn rejected_but_placed_refuses_an_order_that_exists() {
    check("rejected-but-placed", &Fate { orders: 1, ..refused("CPS.0065") });
}

#[test]
fn foreign_server_accepts_the_order() {
    check("foreign-server", &ACCEPTED);
}

#[test]
fn unreliable_server_list_accepts_the_order() {
    check("unreliable-server-list", &ACCEPTED);
}

#[test]
fn broken_json_leaves_the_outcome_open() {
    check("broken-json", &NOT_KNOWN);
}

#[test]
fn reset_before_answer_leaves_the_outcome_open() {
    check("reset-before-answer", &NOT_KNOWN);
}

#[test]
fn error_after_order_leaves_the_outcome_open() {
    check("error-after-order", &NOT_KNOWN);
}

/// The seconds that the waiting page counts.
fn waited(text: &str) -> Option<u32> {
    let line = text.lines().find(|line| line.contains("answer is awaited") || line.contains("being sent"))?;
    line.trim_end().strip_suffix(" s")?.rsplit(' ').next()?.parse().ok()
}

#[test]
fn timeout_after_order_counts_the_seconds_and_warns_before_it_lets_go() {
    let cloud = Cloud::start("timeout-after-order");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    wizard.until("a second", |text| waited(text).is_some_and(|seconds| seconds >= 1));
    let first = waited(&wizard.text()).unwrap_or_default();
    wizard.until("another second", |text| waited(text).is_some_and(|seconds| seconds > first));
    wizard.send(ctrl('c'));
    wizard.shows("may already be placed");
    leave(wizard, "UNKNOWN", 6);
    cloud.wire().counts(1, 1);
}

#[test]
fn late_server_list_is_followed_until_the_servers_show_up() {
    let cloud = Cloud::start("late-server-list");
    let mut wizard = Start::at(&cloud).open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    switch_pay_now_on(&mut wizard);
    go_to(&mut wizard, "Review");
    confirm_with_name(&mut wizard, "alpha");
    wizard.until("no server yet", |text| text.contains("ACCEPTED") && text.contains("0 of 1 ready"));
    let patience = Duration::from_secs(60);
    wizard.see_within(patience, "a server that is ready", |seen| seen.text().contains("1 of 1 ready"));
    leave(wizard, "ACCEPTED", 0);
    cloud.wire().counts(1, 1);
}

fn confirm_with_name(wizard: &mut Terminal, name: &str) {
    await_button(wizard);
    wizard.send(ENTER);
    await_box(wizard);
    wizard.send(name);
    wizard.shows(ARMED);
    wizard.send(ctrl('o'));
}

#[test]
fn empty_catalogue_lets_nothing_be_ordered() {
    let cloud = Cloud::start("empty-catalogue");
    let mut wizard = Start::at(&cloud).open();
    wizard.until("an empty list", |text| text.contains("lists no server flavors"));
    go_to(&mut wizard, "Servers");
    type_name(&mut wizard, "alpha");
    go_to(&mut wizard, "Review");
    wizard.until("problems", |text| text.contains("to be solved first") && !text.contains("Place order"));
    wizard.send(ctrl('o'));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
    cloud.wire().counts(0, 0);
}

#[test]
fn an_order_that_finds_nobody_listening_is_not_sent() {
    let mut cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    cloud.vanish();
    place(&mut wizard);
    wizard.shows("NOT SENT");
    leave(wizard, "NOT SENT", 5);
    cloud.wire().counts(0, 0);
}

#[test]
fn an_order_that_was_not_sent_can_be_placed_again_from_review() {
    let mut cloud = Cloud::start("normal");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    cloud.vanish();
    place(&mut wizard);
    wizard.shows("NOT SENT");
    wizard.send(ENTER);
    place(&mut wizard);
    wizard.shows("NOT SENT");
    leave(wizard, "NOT SENT", 5);
    cloud.wire().counts(0, 0);
}

#[test]
fn the_embedded_simulator_plays_the_scene_that_was_asked_for() {
    let mut wizard = Start::with(&["--demo=quota"]).open();
    to_review(&mut wizard, "alpha");
    wizard.shows("SIMULATOR");
    place(&mut wizard);
    wizard.until("the refusal", |text| text.contains("REJECTED") && text.contains("CPS.0065"));
    leave(wizard, "REJECTED", 4);
}
