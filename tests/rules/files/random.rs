//! A thousand order files by a chance that is always the same: orders, orders with spoiled answers, and either with
//! the text itself changed.

use std::collections::BTreeSet;

use cph_wizard::order::{BandwidthKind, Draft};
use cph_wizard::order_file::without_comments;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::Said;
use crate::fixture::lenient;
use crate::properties::config;
use crate::properties::drafts::{near_orders, orders};

/// A change of a text.
#[derive(Debug, Clone)]
enum Mutation {
    /// Takes a member or an element away.
    Drop(Index),
    /// Puts another value in its place.
    Replace(Index, Value),
    /// Adds a member to an object.
    Add(Index, &'static str, Value),
    /// Writes a member twice.
    Repeat(Index),
    /// A comment behind a line.
    Comment(&'static str),
}

fn values() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!(true),
        json!(""),
        json!("true"),
        json!("x"),
        json!("adb"),
        json!("云".repeat(12)),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(2.0),
        json!(-1),
        json!(10_000),
        json!(u64::MAX),
        json!([]),
        json!({}),
        json!("10.0.0.1/8"),
    ])
}

fn mutations() -> impl Strategy<Value = Mutation> {
    let names = select(vec!["count", "is_auto_renew", "band_width_id", "band_width_size", "name", "", "Count"]);
    let comments = select(vec![" // \"a\": 1", " /* , } */", "// plain"]);
    prop_oneof![
        any::<Index>().prop_map(Mutation::Drop),
        (any::<Index>(), values()).prop_map(|(at, value)| Mutation::Replace(at, value)),
        (any::<Index>(), names, values()).prop_map(|(at, name, value)| Mutation::Add(at, name, value)),
        any::<Index>().prop_map(Mutation::Repeat),
        comments.prop_map(Mutation::Comment),
    ]
}

/// Everything inside a value by its pointer.
fn places(value: &Value, place: &str, found: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(rows) => rows.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
    };
    for (name, value) in members {
        let place = format!("{place}/{name}");
        places(value, &place, found);
        found.push(place);
    }
}

fn mutated(text: &str, mutation: Mutation) -> String {
    let mut value: Value = serde_json::from_str(text).expect("JSON");
    let mut all = Vec::new();
    places(&value, "", &mut all);
    if all.is_empty() {
        return text.to_owned();
    }
    match mutation {
        Mutation::Comment(words) => {
            serde_json::to_string_pretty(&value).expect("JSON").replace('\n', &format!("{words}\n"))
        }
        Mutation::Drop(at) => {
            let (parent, name) = at.get(&all).rsplit_once('/').expect("a place");
            match value.pointer_mut(parent).expect("a parent") {
                Value::Object(members) => drop(members.shift_remove(name)),
                Value::Array(rows) => drop(rows.remove(name.parse().expect("a number"))),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
            value.to_string()
        }
        Mutation::Replace(at, new) => {
            let place: &String = at.get(&all);
            *value.pointer_mut(place).expect("a value") = new;
            value.to_string()
        }
        Mutation::Add(at, name, new) => {
            let parent = at.get(&all).rsplit_once('/').expect("a place").0.to_owned();
            if let Some(Value::Object(members)) = value.pointer_mut(&parent) {
                members.insert(name.to_owned(), new);
            }
            value.to_string()
        }
        Mutation::Repeat(at) => {
            let names: Vec<&String> = value.as_object().into_iter().flat_map(|members| members.keys()).collect();
            let name = *at.get(&names);
            format!("{{\"{name}\":{},{}", value[name], &value.to_string()[1..])
        }
    }
}

fn files() -> impl Strategy<Value = String> {
    let of = |draft: Draft| lenient(&draft);
    let drafts = prop_oneof![2 => orders().prop_map(of), 3 => near_orders().prop_map(of)];
    (drafts, prop::option::weighted(0.5, mutations())).prop_map(|(text, mutation)| match mutation {
        Some(mutation) => mutated(&text, mutation),
        None => text,
    })
}

/// Beside an id the simulator does not even look at the two other members; reader and schema want numbers there.
fn is_unread_by_the_service(said: &Said) -> bool {
    let is_beside = |place: &str| place == "band_width.band_width_share_type" || place == "band_width.band_width_size";
    said.issues.is_empty() && said.faults.iter().all(|fault| is_beside(fault.place()))
}

#[test]
fn check_schema_and_simulator_agree_on_a_thousand_order_files() {
    let mut runner = TestRunner::deterministic();
    let strategy = files();
    let (mut good, mut bad, mut beyond) = (0, 0, BTreeSet::new());
    for _ in 0..1000 {
        let text = strategy.new_tree(&mut runner).expect("a file").current();
        let said = Said::of(&text);
        if said.is_checked() {
            good += 1;
            assert!(said.is_schematic() && said.is_accepted(), "{text}\n{said:?}");
            continue;
        }
        bad += 1;
        if said.is_schematic() {
            let reasons = said.beyond();
            assert!(!reasons.is_empty() && !reasons.contains(&""), "{text}\n{said:?}");
            beyond.extend(reasons);
        }
        // The simulator names its first fault, which may be one of its lists; then the draft was refused for another.
        assert!(said.code.is_some() || is_unread_by_the_service(&said), "{text}\n{said:?}");
    }
    assert!(good > 250 && bad > 250, "{good} good, {bad} bad");
    assert!(beyond.len() >= 4, "{beyond:?}");
}

/// Any JSON, with texts that look like comments.
fn values_like_comments() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        select(vec!["//", "/*", "*/", "\\", "\"", "\\\"//", "a // b /* c */"]).prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![text.clone().prop_map(Value::from), any::<i64>().prop_map(Value::from)];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner), 0..4).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn what_looks_like_a_comment_in_a_text_is_none(value in values_like_comments()) {
        let plain = serde_json::to_string_pretty(&value).expect("JSON");
        prop_assert_eq!(&*without_comments(plain.as_bytes()), plain.as_bytes());
        let commented = plain.replace('\n', " // \"x\": {\n/* ,\n */ ");
        let read: Value = serde_json::from_slice(&without_comments(commented.as_bytes())).expect("JSON");
        prop_assert_eq!(read, value);
    }

    #[test]
    fn every_line_break_and_every_byte_stays_in_its_place(text in "(//|/\\*|\\*/|\"|\\\\|\n|\r|\\PC){0,40}") {
        let plain = without_comments(text.as_bytes());
        prop_assert_eq!(plain.len(), text.len());
        for (before, after) in text.bytes().zip(plain.iter()) {
            prop_assert!(before == *after || *after == b' ' && before != b'\n' && before != b'\r');
        }
        prop_assert_eq!(&*without_comments(&plain), &*plain);
    }
}

#[test]
fn a_draft_has_every_kind_of_bandwidth_among_the_files() {
    let mut runner = TestRunner::deterministic();
    let drafts = orders();
    let kinds: BTreeSet<String> =
        (0..50).map(|_| format!("{:?}", drafts.new_tree(&mut runner).expect("a draft").current().bandwidth)).collect();
    assert_eq!(kinds.len(), BandwidthKind::ALL.len());
}
