//! Bodies that nobody would write: bytes and JSON by chance, JSON without end, and the example with places changed at
//! random, which our reading and the simulator's must judge alike.

use cph_wizard::order::{BodyFault, Draft, Order, read_body};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::faults;
use crate::example::TEXT;
use crate::fixture::{catalogue, code};
use crate::properties::{config, is_listed};

fn json_by_chance() -> impl Strategy<Value = Value> {
    let names = select(vec![
        "server_name",
        "count",
        "ports",
        "band_width",
        "extend_param",
        "name",
        "listen_port",
        "band_width_id",
        "period_type",
        "other",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..8).prop_map(|members| {
                members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Value>()
            }),
        ]
    })
}

const PLACES: [&str; 23] = [
    "/server_name",
    "/server_model_name",
    "/phone_model_name",
    "/image_id",
    "/count",
    "/keypair_name",
    "/vnc_enable",
    "/ports",
    "/ports/0",
    "/ports/0/name",
    "/ports/0/listen_port",
    "/ports/1/name",
    "/ports/1/internet_accessible",
    "/subnet_cidr",
    "/band_width",
    "/band_width/band_width_id",
    "/band_width/band_width_share_type",
    "/band_width/band_width_size",
    "/extend_param",
    "/extend_param/charging_mode",
    "/extend_param/period_type",
    "/extend_param/period_num",
    "/extend_param/is_auto_pay",
];

/// A value that could stand anywhere; `None` takes the member away.
fn values() -> impl Strategy<Value = Option<Value>> {
    let values = [json!(null), json!(true), json!(1.5), json!([]), json!({}), json!([{}])];
    let numbers = [-1, 0, 1, 2, 3, 9, 10, 11, 300, 301, 10_000, 20_001, 50_000, 50_001].map(|number| json!(number));
    let texts = ["x", "TRUE", "myServer1", "10.2.0.0/16", "10.1.0.0/16", "a b", "adb"].map(|text| json!(text));
    let all: Vec<Value> = values.into_iter().chain(numbers).chain(texts).collect();
    prop_oneof![1 => Just(None), 5 => select(all).prop_map(Some)]
}

fn change(body: &mut Value, place: &str, value: Option<Value>) {
    let (parent, name) = place.rsplit_once('/').expect("a place");
    match (body.pointer_mut(parent), value) {
        (Some(Value::Object(members)), Some(value)) => drop(members.insert(name.to_owned(), value)),
        (Some(Value::Object(members)), None) => drop(members.shift_remove(name)),
        (Some(Value::Array(rows)), Some(value)) => {
            if let Some(row) = name.parse::<usize>().ok().and_then(|at| rows.get_mut(at)) {
                *row = value;
            }
        }
        _ => {}
    }
}

fn bodies() -> impl Strategy<Value = String> {
    prop::collection::vec((select(PLACES.to_vec()), values()), 0..4).prop_map(|changes| {
        let mut body: Value = serde_json::from_str(TEXT).expect("the example");
        for (place, value) in changes {
            change(&mut body, place, value);
        }
        body.to_string()
    })
}

/// The simulator does not look at what stands beside a bandwidth id; a strict reader does.
fn names_a_bandwidth(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|body| body.pointer("/band_width/band_width_id").is_some())
}

proptest! {
    #![proptest_config(config(1024))]

    #[test]
    fn bytes_by_chance_are_read_or_refused_but_never_a_panic(bytes in any::<Vec<u8>>()) {
        let _ = read_body(&bytes);
    }

    #[test]
    fn an_example_with_bytes_changed_by_chance_is_never_a_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = TEXT.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read_body(&bytes);
        let _ = read_body(&bytes[..end.index(bytes.len())]);
    }

    #[test]
    fn json_by_chance_has_faults_that_say_something_a_terminal_can_show(value in json_by_chance()) {
        let found = faults(value.to_string());
        prop_assert!(!found.is_empty());
        for fault in found {
            let sentence = fault.to_string();
            prop_assert!(!sentence.chars().any(cph_wizard::text::sanitize::is_hidden), "{sentence:?}");
            prop_assert!(!matches!(fault, BodyFault::NotJson { .. }), "{sentence}");
        }
    }

    /// Read and checked without an issue: then the simulator accepts it. Accepted: then it was read and checked.
    #[test]
    fn a_body_changed_by_chance_is_judged_alike_by_us_and_by_the_simulator(text in bodies()) {
        let refusal = code(text.as_bytes());
        let draft = read_body(text.as_bytes());
        let order = draft.as_ref().map(|draft| Order::check(draft, catalogue()));
        match (refusal, order) {
            (None, Ok(Ok(_))) => {}
            (None, other) => prop_assert!(names_a_bandwidth(&text) && other.is_err(), "accepted: {text} but {other:?}"),
            (Some(code), Ok(Ok(_))) => {
                prop_assert!(!draft.is_ok_and(|draft| is_listed(&draft)), "refused with {code}: {text}");
            }
            (Some(_), _) => {}
        }
    }
}

#[test]
fn json_without_end_is_refused_and_never_an_overflow() {
    let nested = |open: &str, close: &str, depth: usize| open.repeat(depth) + "1" + &close.repeat(depth);
    for text in [
        "[".repeat(200_000),
        "{\"count\":".repeat(100_000),
        nested("[", "]", 50_000),
        nested("{\"ports\":[", "]}", 10_000),
    ] {
        let found = faults(&text);
        assert!(matches!(found.as_slice(), [BodyFault::NotJson { .. }]), "{found:?}");
    }
    assert_eq!(faults(nested("[", "]", 100)).len(), 1);
    assert!(matches!(faults(nested("[", "]", 100)).as_slice(), [BodyFault::WrongType { .. }]));
}

#[test]
fn a_body_of_a_hundred_thousand_ports_is_read_whole() {
    let mut body: Value = serde_json::from_str(TEXT).expect("the example");
    let port = |n: usize| json!({ "name": format!("p{n}"), "listen_port": 10_000, "internet_accessible": "x" });
    body["ports"] = (0..100_000).map(port).collect();
    let draft: Draft = read_body(body.to_string().as_bytes()).expect("a draft");
    assert_eq!((draft.ports.len(), draft.ports[99_999].name.as_str()), (100_000, "p99999"));
}

/// The document gives no meaning to an empty key pair name or an empty subnet, and the service refuses both.
#[test]
fn an_empty_text_is_not_the_same_as_a_member_that_is_left_out() {
    for (place, refusal) in [("/keypair_name", "CPS.0068"), ("/subnet_cidr", "CPS.0191")] {
        let text = super::changed(place, Some(json!("")));
        assert_eq!(code(text.as_bytes()).as_deref(), Some(refusal));
        let order = read_body(text.as_bytes()).map(|draft| Order::check(&draft, catalogue()).is_ok());
        assert!(!matches!(order, Ok(true)), "{place}");
    }
}
