//! Tests with random bodies: each one has a result, and none causes a panic.

use proptest::prelude::*;
use serde_json::Value;

use super::{EXAMPLE, sample};
use crate::simulator::rules::{MEMBERS, validate_purchase};
use crate::simulator::validation_context::ValidationContext;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-5_i64..60_000).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,70}".prop_map(Value::from),
        "[0-9./]{0,18}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-z_]{0,12}", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn random_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..400)) {
        let refusal = validate_purchase(&body, &ValidationContext::documented()).expect_err("no purchase is that short of meaning");
        prop_assert!((400..500).contains(&refusal.status));
    }

    #[test]
    fn random_values_in_random_places_never_panic(values in prop::collection::vec((0..MEMBERS.len(), any_json()), 0..4)) {
        let mut body = sample();
        for (index, value) in values {
            body[MEMBERS[index]] = value;
        }
        if let Err(refusal) = validate_purchase(body.to_string().as_bytes(), &ValidationContext::documented()) {
            prop_assert!(refusal.status == 400 && !refusal.code.is_empty() && !refusal.message.is_empty());
        }
    }

    #[test]
    fn random_texts_of_json_characters_never_panic(body in "[\\[\\]{}:,\"a-z0-9eE.\\\\+ -]{0,200}") {
        prop_assert!(validate_purchase(body.as_bytes(), &ValidationContext::documented()).is_err());
    }

    #[test]
    fn a_damaged_example_is_judged_all_the_same(at in 0..EXAMPLE.len(), byte in any::<u8>()) {
        let mut body = EXAMPLE.as_bytes().to_vec();
        body[at] = byte;
        let validation_context = ValidationContext::documented();
        prop_assert_eq!(validate_purchase(&body, &validation_context), validate_purchase(&body, &validation_context));
    }
}
