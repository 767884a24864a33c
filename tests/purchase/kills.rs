//! kill -9 at named points, each at least 100 times, and at random moments: 3,500 kills in all. Orders are paid, unpaid, or
//! to be paid by a payment that fails. `CPH_WIZARD_KILLS` sets how many there are at each place: `all`, a percentage
//! (`60%` in CI for the release binary: 2,100), a number, or a fifth of them if it is not set. A failure names its case, and `CPH_WIZARD_SEED` plays the
//! random moments again.

use std::time::Duration;

use crate::fixture::{Buyer, Kill, POINTS};
use crate::invariants::judge;

fn kills(all: u32) -> u32 {
    match std::env::var("CPH_WIZARD_KILLS") {
        Ok(text) if text == "all" => all,
        Ok(text) => match text.strip_suffix('%') {
            Some(percent) => (all * percent.parse::<u32>().unwrap()).div_ceil(100),
            None => text.parse().unwrap(),
        },
        Err(_) => all / 5,
    }
}

#[test]
fn killed_at_any_named_point_nothing_is_bought_twice_or_lost() {
    for point in POINTS {
        for (scene, pays_now) in
            [("normal", true), ("late-server-list", true), ("normal", false), ("payment-fails", true)]
        {
            let mut buyer = Buyer::paying(scene, pays_now);
            for _ in 0..kills(25) {
                let (name, output) = buyer.buy(&Kill::At(point));
                assert_eq!(output.status.code(), None, "{point} was not reached by {name}: {output:?}");
            }
            judge(&mut buyer, &format!("{point}, {scene}, pays now: {pays_now}"));
            buyer.stop();
        }
    }
}

#[test]
fn killed_while_it_looks_for_an_order_it_finds_it_the_next_time() {
    for point in [
        "reading",
        "reading written",
        "reading synced",
        "reading last written",
        "reading last synced",
        "record written",
        "record synced",
        "record last written",
        "record last synced",
        "recovery written",
        "recovery synced",
        "recovery last written",
        "recovery last synced",
    ] {
        let mut buyer = Buyer::new("normal");
        for _ in 0..kills(100) {
            buyer.buy(&Kill::At("answer read"));
            let output = buyer.run(&["orders", "reconcile"], &Kill::At(point));
            assert_eq!(output.status.code(), None, "{point} was not reached: {output:?}");
        }
        judge(&mut buyer, point);
        buyer.stop();
    }
}

#[test]
fn killed_at_random_moments_nothing_is_bought_twice_or_lost() {
    let seed = std::env::var("CPH_WIZARD_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_122_u64);
    let mut state = seed;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for round in 0..kills(10) {
        let mut buyer = Buyer::paying("normal", round % 2 == 0);
        for _ in 0..20 {
            buyer.buy(&Kill::After(Duration::from_micros(draw(30_000))));
        }
        judge(&mut buyer, &format!("CPH_WIZARD_SEED={seed}, round {round}"));
        buyer.stop();
    }
}
