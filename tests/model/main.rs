//! Every state of a small world, and in each the promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hashes are cut on purpose")]
#![allow(clippy::match_same_arms, reason = "what a process does stands in the order of its steps")]
#![allow(clippy::struct_excessive_bools, clippy::similar_names, reason = "facts of one order, as the rules name them")]

mod explore;
mod facts;
mod happen;
mod program;
mod world;

use std::mem::ManuallyDrop;

use cph_wizard::purchase::intents::Source;

use explore::{explore, replay, told};
use program::Program;
use world::Left;

/// What may happen in one exploration; a number of the environment replaces one of these.
fn bounds(events: u8) -> Left {
    let mut left = Left { confirmations: 3, readings: 6, crashes: 2, events };
    let given = std::env::var("CPH_WIZARD_MODEL").unwrap_or_default();
    for part in given.split(',').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').expect("NAME=NUMBER");
        let value = value.parse().expect("a number");
        *match name {
            "confirmations" => &mut left.confirmations,
            "crashes" => &mut left.crashes,
            "readings" => &mut left.readings,
            "events" => &mut left.events,
            _ => panic!("there is no bound {name}"),
        } = value;
    }
    left
}

fn every_state(source: Source, left: Left) {
    // Its millions of small parts are not worth being given back one by one.
    let mut program = ManuallyDrop::new(Program::reading(source));
    let explored = explore(&mut program, left);
    let (worlds, steps, depth, took) = (explored.worlds, explored.steps, explored.depth, explored.took);
    println!(
        "{source:?}: {worlds} states, {steps} steps, {depth} deep, {} journals, {:.1} s, {left:?}",
        program.journals(),
        took.as_secs_f64()
    );
    if let Some(broken) = explored.broken {
        let schedule = told(&mut program, left, &broken.schedule);
        replay(&mut program, left, &broken.schedule)
            .expect_err("a counterexample breaks the law when it happens alone");
        panic!("after {worlds} states: {}\n{schedule}", broken.law);
    }
}

#[test]
fn every_state_with_the_server_list() {
    every_state(Source::ServerList, bounds(3));
}

#[test]
fn every_state_with_a_list_that_shows_unpaid_orders() {
    every_state(Source::OrderList, bounds(3));
}
