//! The search tells the truth: whatever the scene, the clocks and other people do, no order that exists is called absent, and
//! none that is not ours is called ours.

use std::collections::BTreeSet;

use cph_wizard::order::Draft;
use cph_wizard::simulator::{ForeignOrder, Numbering, ShownOrderId};

use crate::fixture::{Buyer, Kill, draft};
use crate::invariants::judge;

/// The order of the stories: paid later, as is the default.
fn unpaid() -> Draft {
    Draft { auto_pay: false, ..draft("farm") }
}

fn reconcile(buyer: &Buyer) -> Option<i32> {
    buyer.run(&["orders", "reconcile"], &Kill::Never).status.code()
}

#[test]
fn an_unpaid_order_whose_answer_is_lost_stays_unknown_and_the_next_one_is_asked_about() {
    for (settings, auto_pay) in [("", false), (r#","auto_payment":"fails""#, true)] {
        let mut buyer =
            Buyer::with_settings(&format!(r#","purchase_response":"connection-reset"{settings}"#), auto_pay);
        let order = Draft { auto_pay, ..unpaid() };
        assert_eq!(buyer.buy_again(&order, &[]).status.code(), Some(6));
        for _ in 0..9 {
            buyer.pass(300);
            assert_eq!(reconcile(&buyer), Some(6));
        }
        let only = buyer.only();
        assert_eq!((&only["state"], &only["order_ids"]), (&"UNKNOWN".into(), &serde_json::json!([])));
        assert_eq!(only["reason"]["code"], "server_list_shows_no_unpaid_orders");
        // The same again, another count, another period: each is asked about, at once and later.
        let others = [
            order.clone(),
            Draft { count: "2".into(), ..order.clone() },
            Draft { period_number: "3".into(), ..order.clone() },
            Draft { server_name: "another".into(), ..order.clone() },
        ];
        for later in [0, 16 * 60, 30 * 24 * 3600] {
            buyer.pass(later);
            for other in &others {
                let output = buyer.buy_again(other, &[]);
                assert_eq!(output.status.code(), Some(2), "{later} s later: {other:?}: {output:?}");
            }
        }
        assert_eq!((buyer.simulator.posts(), buyer.simulator.ledger().len()), (1, 1));
        // Another server flavor and count under another name is another order.
        let unlike = Draft { server_name: "unlike".into(), count: "2".into(), ..order };
        assert_eq!(buyer.buy_again(&unlike, &[]).status.code(), Some(6));
        judge(&mut buyer, "unpaid");
        buyer.stop();
    }
}

#[test]
fn a_user_closes_an_order_and_a_later_reading_overrules_that_it_was_not_placed() {
    // The order is listed only after 20 minutes.
    let mut buyer =
        Buyer::with_settings(r#","purchase_response":"connection-reset","list_visibility_delay_ms":1200000"#, true);
    buyer.buy(&Kill::Never);
    let id = buyer.only()["id"].as_str().unwrap()[..8].to_owned();
    let resolve = |buyer: &Buyer, more: &[&str]| {
        let words = [&["orders", "resolve", &id][..], more].concat();
        buyer.run(&words, &Kill::Never).status.code()
    };
    assert_eq!(resolve(&buyer, &["--not-placed"]), Some(2), "nobody is asked without a terminal");
    assert_eq!(resolve(&buyer, &["--not-placed", "--yes"]), Some(6), "too early");
    assert_eq!(resolve(&buyer, &["--order-id", "not an id", "--yes"]), Some(6));
    buyer.pass(15 * 60 + 5);
    assert_eq!(resolve(&buyer, &["--not-placed", "--yes"]), Some(0));
    assert_eq!(resolve(&buyer, &["--not-placed", "--yes"]), Some(2), "it is resolved");
    assert_eq!(buyer.only()["state"], "NOT_PLACED");
    assert_eq!(reconcile(&buyer), Some(0), "nothing is open");
    // For seven days the next one like it is asked about.
    assert_eq!(buyer.buy_again(&draft("farm1"), &[]).status.code(), Some(2));
    buyer.pass(10 * 60);
    let named = buyer.run(&["orders", "reconcile", &id], &Kill::Never);
    assert_eq!(named.status.code(), Some(0), "{named:?}");
    let only = buyer.only();
    assert_eq!((&only["state"], &only["by"]), (&"FOUND".into(), &"reading".into()));
    assert_eq!(only["order_ids"][0], buyer.simulator.ledger()[0].order_id);
    buyer.stop();
}

#[test]
fn a_user_names_the_order_and_is_contradicted_by_a_list_that_shows_another_one() {
    let mut buyer = Buyer::with_settings(r#","purchase_response":"connection-reset""#, false);
    buyer.buy(&Kill::Never);
    let id = buyer.only()["id"].as_str().unwrap()[..8].to_owned();
    let ours = buyer.simulator.ledger()[0].order_id.clone();
    let other = foreign(&buyer, |order| {
        order.server_name = "theirs".into();
        order.server_model_name = "physical.kg1.4xlarge.cp".into();
        order.order_id = ShownOrderId::Text("CS-THEIRS".into());
    });
    assert_eq!(other.len(), 1);
    let resolve = |order_id: &str| {
        buyer.run(&["orders", "resolve", &id, "--order-id", order_id, "--yes"], &Kill::Never).status.code()
    };
    assert_eq!(resolve("CS-THEIRS"), Some(6));
    assert_eq!(buyer.only()["state"], "UNKNOWN");
    assert_eq!(resolve(&ours), Some(0));
    let only = buyer.only();
    assert_eq!((&only["state"], &only["by"], &only["order_ids"][0]), (&"FOUND".into(), &"user".into(), &ours.into()));
    buyer.stop();
}

/// Adds an order of somebody else: flavors as ours, one server, made this moment, called `farm1-1`.
fn foreign(buyer: &Buyer, change: impl FnOnce(&mut ForeignOrder)) -> Vec<String> {
    let order = draft("farm1");
    let mut foreign = ForeignOrder {
        server_name: order.server_name,
        numbering: Numbering::Plain,
        server_model_name: order.server_flavor,
        phone_model_name: order.phone_flavor,
        count: 1,
        age_s: 0,
        order_id: ShownOrderId::Generated,
        project_id: None,
    };
    change(&mut foreign);
    buyer.simulator.add_foreign_order(foreign)
}

#[test]
fn an_order_of_somebody_else_is_never_ours() {
    type Change = fn(&mut ForeignOrder);
    // Before our order, or after it; our order never reaches the cloud.
    let cases: [(&str, bool, Change); 9] = [
        ("before", true, |_| ()),
        ("before, and a while ago", true, |order| order.age_s = 86_400),
        ("after, of another server flavor", false, |order| order.server_model_name = "physical.kg1.4xlarge.cp".into()),
        ("after, of another phone flavor", false, |order| order.phone_model_name = "other".into()),
        ("after, with more servers", false, |order| order.count = 2),
        ("after, without its order", false, |order| order.order_id = ShownOrderId::NoOrderId),
        ("after, without metadata", false, |order| order.order_id = ShownOrderId::NoMetadata),
        ("after, with escapes", false, |order| order.order_id = ShownOrderId::Text("CS\u{1b}]0;x\u{7}".into())),
        ("after, of a megabyte", false, |order| {
            order.order_id = ShownOrderId::Repeated { text: "x".into(), times: 1 << 20 };
        }),
    ];
    for (case, is_before, change) in cases {
        let mut buyer = Buyer::new("normal");
        if is_before {
            foreign(&buyer, change);
        }
        buyer.buy(&Kill::At("SENDING synced"));
        if !is_before {
            foreign(&buyer, change);
        }
        for seconds in [0, 65, 300, 2400] {
            buyer.pass(seconds);
            assert_eq!(reconcile(&buyer), Some(6), "{case}");
        }
        let only = buyer.only();
        assert_eq!((&only["state"], &only["order_ids"]), (&"UNKNOWN".into(), &serde_json::json!([])), "{case}");
        assert!(buyer.simulator.ledger().is_empty(), "{case}");
        buyer.stop();
    }
}

#[test]
fn our_order_is_found_beside_those_of_others() {
    let mut buyer = Buyer::new("reset-before-answer");
    foreign(&buyer, |order| order.server_name = "farm".into());
    foreign(&buyer, |order| order.server_name = "farm11".into());
    buyer.buy(&Kill::Never);
    assert_eq!(reconcile(&buyer), Some(0));
    let only = buyer.only();
    assert_eq!(
        (&only["state"], &only["order_ids"][0]),
        (&"FOUND".into(), &buyer.simulator.ledger()[0].order_id.clone().into())
    );
    buyer.stop();
}

#[test]
fn two_orders_that_are_surely_ours_are_a_conflict_until_a_user_resolves_it() {
    let mut buyer = Buyer::new("reset-before-answer");
    buyer.buy(&Kill::Never);
    foreign(&buyer, |order| order.order_id = ShownOrderId::Text("CS-TWICE".into()));
    for _ in 0..3 {
        assert_eq!(reconcile(&buyer), Some(7), "every time");
    }
    let only = buyer.only();
    let id = only["id"].as_str().unwrap()[..8].to_owned();
    assert_eq!((&only["state"], only["order_ids"].as_array().unwrap().len()), (&"CONFLICT".into(), 2));
    let ours = buyer.simulator.ledger()[0].order_id.clone();
    let resolve = |more: &[&str]| {
        let words = [&["orders", "resolve", &id, "--yes"][..], more].concat();
        buyer.run(&words, &Kill::Never).status.code()
    };
    assert_eq!(resolve(&["--order-id", &ours]), Some(6), "both are named");
    assert_eq!(resolve(&["--order-id", &ours, "--order-id", "CS-TWICE"]), Some(0));
    assert_eq!(reconcile(&buyer), Some(0));
    buyer.stop();
}

#[test]
fn a_rejection_with_an_order_is_found_out_at_the_next_start() {
    let mut buyer = Buyer::new("rejected-but-placed");
    let (_, output) = buyer.buy(&Kill::Never);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert_eq!(buyer.only()["state"], "REJECTED");
    // The repeated job looks first.
    let output = buyer.buy_again(&draft("farm1"), &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let only = buyer.only();
    assert_eq!(
        (&only["state"], &only["order_ids"][0]),
        (&"CONFLICT".into(), &buyer.simulator.ledger()[0].order_id.clone().into())
    );
    assert_eq!((reconcile(&buyer), buyer.simulator.posts()), (Some(7), 1));
    buyer.stop();
}

#[test]
fn a_list_that_may_lack_something_is_no_reading() {
    for settings in [
        r#""replace_list":"null""#,
        r#""replace_list":"missing""#,
        r#""success_status":206"#,
        r#""age_header_s":61"#,
        r#""insert_rows":[{}]"#,
        r#""remove_fields":["server_name"]"#,
        r#""remove_fields":["server_id"]"#,
        r#""count_offset":1"#,
    ] {
        let tampering = format!(r#","tampering":{{"operations":["servers"],{settings}}}"#);
        let mut buyer = Buyer::with_settings(&format!(r#","purchase_response":"connection-reset"{tampering}"#), false);
        // There has to be a row for one to be spoilt.
        foreign(&buyer, |order| order.server_name = "theirs".into());
        let before = buyer.buy_again(&unpaid(), &[]);
        assert_eq!(before.status.code(), Some(2), "{settings}: without a look at the servers --second is needed");
        buyer.buy(&Kill::Never);
        for _ in 0..6 {
            buyer.pass(600);
            assert_eq!(reconcile(&buyer), Some(6), "{settings}");
        }
        let only = buyer.only();
        assert_eq!(only["state"], "UNKNOWN", "{settings}");
        buyer.stop();
    }
}

#[test]
fn wrong_clocks_hide_no_order_and_invent_none() {
    const HOUR: i64 = 3600;
    let clocks = [-HOUR, 0, 6 * 60, 10 * 60, 8 * HOUR];
    let mut seen = BTreeSet::new();
    for at_intent in clocks {
        for at_sending in [at_intent, 0, 8 * HOUR] {
            for at_search in clocks {
                for pays_now in [true, false] {
                    let case = format!("{at_intent}, {at_sending}, {at_search}, {pays_now}");
                    let mut buyer = Buyer::paying("reset-before-answer", pays_now);
                    buyer.clock = at_intent;
                    let turn = format!("connected={at_sending}");
                    buyer.variables = vec![("CPH_WIZARD_TEST_TURN_CLOCK_AT".into(), turn)];
                    let (_, output) = buyer.buy(&Kill::Never);
                    assert_eq!(output.status.code(), Some(6), "{case}: {output:?}");
                    buyer.variables.clear();
                    buyer.clock = at_search;
                    for seconds in [1, 1, 1, 1, 1, 1, 600, 1200, 900] {
                        buyer.simulator.advance(std::time::Duration::from_secs(seconds));
                        buyer.clock += i64::try_from(seconds).unwrap();
                        reconcile(&buyer);
                    }
                    let only = buyer.only();
                    let state = only["state"].as_str().unwrap().to_owned();
                    assert_eq!(state, if pays_now { "FOUND" } else { "UNKNOWN" }, "{case}");
                    // The same job is asked about, wherever the clock is.
                    let again = buyer.buy_again(&Draft { auto_pay: pays_now, ..draft("farm1") }, &[]);
                    assert_eq!(again.status.code(), Some(2), "{case}: {again:?}");
                    assert_eq!(buyer.simulator.ledger().len(), 1, "{case}");
                    seen.insert(state);
                    buyer.stop();
                }
            }
        }
    }
    assert_eq!(seen.len(), 2);
}

#[test]
fn orders_of_every_scene_tell_the_truth_after_45_minutes() {
    for scene in
        ["normal", "broken-json", "reset-before-answer", "error-after-order", "late-server-list", "payment-fails"]
    {
        for pays_now in [true, false] {
            let mut buyer = Buyer::paying(scene, pays_now);
            for _ in 0..2 {
                buyer.buy(&Kill::Never);
            }
            judge(&mut buyer, &format!("{scene}, pays now: {pays_now}"));
            buyer.stop();
        }
    }
}
