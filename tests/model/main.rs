//! Every state of a small world, and in each the promise: at most one order a confirmation, none that is repeated unasked,
//! none that exists and is called absent, none of somebody else that is called ours.
//!
//! Two processes buy, search and resolve on one journal, by the program's own functions. What each of them is told is held
//! against the API, which places, rejects, rejects and places, answers, loses the answer, lists late or never. Processes are
//! killed between two records and inside each. Clocks are set, time passes, lists cannot be read or come from a replica that
//! is behind, somebody else's servers have our name.
//!
//! What is taken for granted, because no list can tell it:
//!
//! - Somebody else's order with our name, our flavors and not more servers than ours is not listed for the first time
//!   between a look at the servers that found the name free, and a reading.
//! - A request that nobody waits for arrives within 15 minutes. A list of orders shows an order within 5 minutes, unless
//!   the reading meets a replica that is behind; that lasts less than a minute.
//! - A user says what the console shows at that time, and the console shows every order that was placed.
//!
//! How the number of states is kept small:
//!
//! - A state is gone through again only if more is left of something than when it was met before.
//! - The two processes are exchangeable. A process goes on until it is done or interrupted, and an interruption counts.
//! - Whether a request without an answer was placed turns out when a list or the console shows it. An order that waits
//!   unpaid, one whose payment failed and one that is listed late are alike until then: they are not listed.
//! - Time passes, a clock is set and a list changes only just before somebody looks. Times are ages, told apart as far as a
//!   rule can tell them apart; with a list that cannot prove absence that is less than 1 or 15 minutes.
//! - Where the guard asks about the same bytes as about another period, the same bytes are not gone through once more.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hashes are cut on purpose")]
#![allow(clippy::match_same_arms, reason = "what a process does stands in the order of its steps")]
#![allow(clippy::struct_excessive_bools, clippy::similar_names, reason = "facts of one order, as the rules name them")]

mod explore;
mod invariants;
mod program;
mod schedules;
mod transitions;
mod world;

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;

use cph_wizard::purchase::intents::ListSource;

use explore::{describe, explore, replay};
use invariants::FactState;
use program::Program;
use world::Budget;

/// What may happen in one exploration; a number of the environment replaces one of these.
fn bounds(events: u8) -> Budget {
    let mut left = Budget { confirmations: 3, readings: 6, crashes: 2, events };
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

/// Explores, and returns the states of a confirmation that were reached.
fn every_state(source: ListSource, left: Budget) -> BTreeSet<FactState> {
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
        let schedule = describe(&mut program, left, &broken.schedule);
        replay(&mut program, left, &broken.schedule)
            .expect_err("a counterexample breaks the law when it happens alone");
        panic!("after {worlds} states: {}\n{schedule}", broken.law);
    }
    explored.states
}

#[test]
fn every_state_with_the_server_list() {
    let mut states = every_state(ListSource::ServerList, bounds(3));
    // Longer, with one confirmation: 45 minutes of readings are within it.
    states.extend(every_state(ListSource::ServerList, Budget { confirmations: 1, ..bounds(5) }));
    assert!(!states.contains(&FactState::NotFound), "the server list proves the absence of no order");
    assert_eq!(states.len(), 9, "every other state is reached: {states:?}");
}

#[test]
fn every_state_with_a_list_that_shows_unpaid_orders() {
    let mut states = every_state(ListSource::OrderList, bounds(3));
    // NOT_FOUND takes six readings over 20 minutes.
    states.extend(every_state(ListSource::OrderList, Budget { confirmations: 1, crashes: 1, ..bounds(5) }));
    assert_eq!(states.len(), 10, "every state is reached: {states:?}");
}
