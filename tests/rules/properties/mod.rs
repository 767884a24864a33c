//! What holds for every draft: between its check and the simulator's rules in both directions, between an order and
//! its body, its hash, its sketch and what is read back from it.

pub mod drafts;
mod subnets;

use std::collections::BTreeSet;

use cph_wizard::catalogue::Catalogue;
use cph_wizard::form::{OrderImpact, request_preview, value_text};
use cph_wizard::order::{BandwidthKind, Draft, FieldId, Issue, Order, PeriodUnit, Vnc, read_body, warnings};
use cph_wizard::simulator::{Bandwidth, Period, Purchase, validate_purchase};
use cph_wizard::text::sanitize;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::fixture::{catalogue, code, lenient, validation_context};
use crate::limits::every_issue::{self, field_of};
use drafts::{anything, near_orders, orders};

/// So many cases, and no files left behind.
pub fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Whether the lists have everything that the draft names; of what they do not have only the cloud can speak.
pub fn is_listed(draft: &Draft) -> bool {
    let catalogue = catalogue();
    let image = catalogue.images.iter().flatten().any(|row| row.id == draft.image_id);
    let key_pair =
        draft.key_pair.is_empty() || catalogue.key_pairs.iter().flatten().any(|row| row.name == draft.key_pair);
    let bandwidth = draft.bandwidth != BandwidthKind::ExistingShared
        || catalogue.bandwidths.iter().flatten().any(|row| row.id == draft.bandwidth_id);
    image && key_pair && bandwidth
}

/// The code with which the simulator says that a thing is not there which our lists do not have either.
fn is_about_something_unlisted(code: &str, draft: &Draft) -> bool {
    matches!(code, "CPS.0166" | "CPS.0067" | "CPS.0115") && !is_listed(draft)
}

/// What a purchase says, in the words of a draft, to be compared with the draft that it was made of.
fn told_back(purchase: &Purchase, draft: &Draft) -> Result<(), TestCaseError> {
    prop_assert_eq!(&purchase.server_name, &draft.server_name);
    prop_assert_eq!(&purchase.server_model_name, &draft.server_flavor);
    prop_assert_eq!(&purchase.phone_model_name, &draft.phone_flavor);
    prop_assert_eq!(&purchase.image_id, &draft.image_id);
    prop_assert_eq!(Ok(purchase.count), draft.count.parse());
    prop_assert_eq!(purchase.keypair_name.as_deref().unwrap_or_default(), &draft.key_pair);
    prop_assert_eq!(purchase.vnc_enable, draft.vnc == Vnc::On);
    prop_assert_eq!(purchase.subnet.map(|net| net.to_string()).unwrap_or_default(), draft.subnet.as_str());
    prop_assert_eq!(purchase.billing.is_auto_pay, draft.auto_pay);
    prop_assert_eq!(purchase.billing.period == Period::Year, draft.period_unit == PeriodUnit::Year);
    prop_assert_eq!(Ok(purchase.billing.period_num), draft.period_number.parse());
    let size = draft.bandwidth_size.parse().ok();
    prop_assert_eq!(
        &purchase.band_width,
        &match draft.bandwidth {
            BandwidthKind::Dedicated => Bandwidth::Dedicated { size },
            BandwidthKind::NewShared => Bandwidth::Shared { size: size.unwrap_or_default() },
            BandwidthKind::ExistingShared => Bandwidth::Existing { id: draft.bandwidth_id.clone() },
        }
    );
    let ports = purchase.ports.iter().map(|port| (port.name.as_str(), Ok(port.listen_port), port.internet_accessible));
    let drafted = draft.ports.iter().map(|port| (port.name.as_str(), port.number.parse(), port.public));
    prop_assert!(ports.eq(drafted));
    Ok(())
}

/// The members that a draft sends, in the order of the document's example; `subnet_cidr`, which it leaves out, after
/// `ports`, where the document's table has it.
fn members(draft: &Draft) -> Vec<&'static str> {
    let all = [
        ("server_name", true),
        ("server_model_name", true),
        ("phone_model_name", true),
        ("image_id", true),
        ("count", true),
        ("keypair_name", !draft.key_pair.is_empty()),
        ("vnc_enable", draft.vnc != Vnc::Unset),
        ("ports", !draft.ports.is_empty()),
        ("subnet_cidr", !draft.subnet.is_empty()),
        ("band_width", true),
        ("extend_param", true),
    ];
    all.into_iter().filter(|(_, is_sent)| *is_sent).map(|(name, _)| name).collect()
}

fn bandwidth_members(draft: &Draft) -> Vec<&'static str> {
    match draft.bandwidth {
        BandwidthKind::Dedicated if draft.bandwidth_size.is_empty() => vec!["band_width_share_type"],
        BandwidthKind::Dedicated | BandwidthKind::NewShared => vec!["band_width_share_type", "band_width_size"],
        BandwidthKind::ExistingShared => vec!["band_width_id"],
    }
}

fn names(value: &Value) -> Vec<&str> {
    value.as_object().into_iter().flat_map(|members| members.keys().map(String::as_str)).collect()
}

/// Without this the laws below could hold because nothing ever comes near them. The chance is always the same one.
#[test]
fn drafts_near_an_order_meet_every_rule_from_both_sides() {
    let mut runner = TestRunner::deterministic();
    let drafts = near_orders();
    let (mut seen, mut good) = (BTreeSet::new(), 0);
    for _ in 0..4096 {
        let draft = drafts.new_tree(&mut runner).expect("a draft").current();
        match Order::check(&draft, catalogue()) {
            Ok(_) => good += 1,
            Err(issues) => seen.extend(issues.iter().map(every_issue::kind)),
        }
    }
    assert_eq!(seen, every_issue::ALL.iter().copied().collect());
    assert!((750..3250).contains(&good), "{good} of 4096 are orders");
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn whatever_is_typed_is_never_a_panic_and_every_sentence_can_be_shown(draft in prop_oneof![anything(), near_orders()]) {
        let empty = Catalogue {
            server_flavors: Some(Vec::new()),
            phone_flavors: Some(Vec::new()),
            images: Some(Vec::new()),
            bandwidths: Some(Vec::new()),
            key_pairs: Some(Vec::new()),
            servers: Some(Vec::new()),
            offerings: Some(Vec::new()),
        };
        for catalogue in [catalogue(), &Catalogue::default(), &empty] {
            let issues = Order::check(&draft, catalogue).err().unwrap_or_default();
            for issue in &issues {
                let sentence = issue.to_string();
                prop_assert!(!sentence.is_empty() && !sentence.chars().any(sanitize::is_hidden), "{sentence:?}");
                prop_assert!(sentence.chars().count() < 200, "{sentence}");
                prop_assert_eq!(issue.place().field(), issue.field());
            }
            let fields: Vec<FieldId> = issues.iter().map(Issue::field).collect();
            prop_assert!(fields.is_sorted(), "not in the order of the form: {fields:?}");
            let _ = (warnings(&draft, catalogue), request_preview(&draft), OrderImpact::new(&draft, catalogue).summary());
            for field in FieldId::ALL {
                let _ = value_text(field, &draft, catalogue);
            }
        }
    }

    /// The generator's own promise, without which the laws below would hold for nothing.
    #[test]
    fn what_keeps_every_rule_is_an_order(draft in orders()) {
        prop_assert_eq!(Order::check(&draft, catalogue()).err(), None);
        prop_assert!(is_listed(&draft));
    }
}

proptest! {
    // Few of these drafts are wrong in any one way, so there must be many.
    #![proptest_config(config(1024))]

    #[test]
    fn what_the_check_lets_pass_the_simulator_accepts_and_understands(draft in prop_oneof![orders(), near_orders()]) {
        let Ok(order) = Order::check(&draft, catalogue()) else { return Ok(()) };
        match validate_purchase(order.body().bytes(), &validation_context()) {
            Ok(purchase) => told_back(&purchase, &draft)?,
            Err(refusal) => prop_assert!(is_about_something_unlisted(&refusal.code, &draft), "{refusal:?}"),
        }
    }

    #[test]
    fn what_the_simulator_refuses_the_check_refuses_on_the_same_field(draft in near_orders()) {
        let Some(code) = code(lenient(&draft).as_bytes()) else { return Ok(()) };
        if is_about_something_unlisted(&code, &draft) {
            return Ok(());
        }
        let Err(issues) = Order::check(&draft, catalogue()) else {
            return Err(TestCaseError::fail(format!("an order, but {code}")));
        };
        let fields: Vec<FieldId> = issues.iter().map(Issue::field).collect();
        prop_assert!(field_of(&code).is_some_and(|field| fields.contains(&field)), "{code} but {fields:?}");
    }

    #[test]
    fn what_the_check_refuses_the_simulator_refuses(draft in near_orders()) {
        if let Err(issues) = Order::check(&draft, catalogue()) {
            prop_assert!(code(lenient(&draft).as_bytes()).is_some(), "accepted, but {issues:?}");
        }
    }
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn a_body_is_read_back_into_a_draft_that_makes_the_same_body(draft in orders()) {
        let order = Order::check(&draft, catalogue()).expect("an order");
        let body = order.body();
        let read = read_body(body.bytes()).expect("a draft");
        let again = Order::check(&read, catalogue()).expect("an order");
        prop_assert_eq!(&again, &order);
        prop_assert_eq!(again.body(), body);
    }

    #[test]
    fn the_hash_names_exactly_the_bytes(draft in orders(), other in orders()) {
        let body = Order::check(&draft, catalogue()).expect("an order").body();
        let hash = Sha256::digest(body.bytes()).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        prop_assert_eq!(body.hash(), &hash);
        prop_assert_eq!(body.short_hash(), &hash[..12]);
        prop_assert_eq!(&*body.shared(), body.bytes());
        prop_assert_eq!(body.text().as_bytes(), body.bytes());
        let other = Order::check(&other, catalogue()).expect("an order").body();
        prop_assert_eq!(body.hash() == other.hash(), body.bytes() == other.bytes());
    }

    #[test]
    fn the_sketch_of_an_order_is_its_exact_body(draft in orders()) {
        let body = Order::check(&draft, catalogue()).expect("an order").body();
        let lines: Vec<String> = request_preview(&draft).into_iter().map(|line| line.text).collect();
        prop_assert_eq!(lines.join("\n"), body.text());
    }

    #[test]
    fn members_stand_in_the_order_of_the_example_and_unset_ones_are_left_out(draft in orders()) {
        let body = Order::check(&draft, catalogue()).expect("an order").body();
        let body: Value = serde_json::from_slice(body.bytes()).expect("JSON");
        prop_assert_eq!(names(&body), members(&draft));
        prop_assert_eq!(names(&body["band_width"]), bandwidth_members(&draft));
        prop_assert_eq!(names(&body["extend_param"]), ["charging_mode", "period_type", "period_num", "is_auto_pay"]);
        for port in body["ports"].as_array().into_iter().flatten() {
            prop_assert_eq!(names(port), ["name", "listen_port", "internet_accessible"]);
        }
    }
}
