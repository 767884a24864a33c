//! Tests of every rule of a purchase: below, at and above its limits, with the documented code.

mod nested;
mod precedence;
mod random;
mod scalars;

use serde_json::Value;

use super::validate_purchase;
use crate::simulator::api_error::ApiError;
use crate::simulator::purchase::Purchase;
use crate::simulator::validation_context::ValidationContext;

/// The example request of the operation's document, with its original spacing.
const EXAMPLE: &str = r#"{
    "server_name": "myPhoneServer",
    "server_model_name": "physical.rx1.xlarge",  
    "phone_model_name": "aphs1.medium.4.aosp",  
    "image_id": "88b8449b896f3a4f0ad57222dd919899", 
    "count": 3,   
    "keypair_name": "mykeypair",
    "vnc_enable": "true",
    "ports": [         
        {
            "name": "myServer1",
            "listen_port": 20000,
            "internet_accessible": "false"
        },
        {
            "name": "myServer2",
            "listen_port": 20001,
            "internet_accessible": "true"
        }
    ],
    "band_width":{
        "band_width_share_type": 0 
    },
    "extend_param": {
        "charging_mode": 0,
        "period_type": 2, 
        "period_num": 1, 
        "is_auto_pay": 1
    }
}"#;

fn sample() -> Value {
    serde_json::from_str(EXAMPLE).expect("the example")
}

/// Returns the example with one value replaced, or removed if there is no new one.
fn changed(place: &str, value: Option<Value>) -> Value {
    let mut body = sample();
    let (parent, name) = place.rsplit_once('/').expect("a place");
    match (body.pointer_mut(parent).expect(place), value) {
        (Value::Object(members), Some(value)) => drop(members.insert(name.to_owned(), value)),
        (Value::Object(members), None) => drop(members.remove(name)),
        (Value::Array(items), Some(value)) => {
            items[name.parse::<usize>().expect("an index")] = value;
        }
        _ => unreachable!("a place in the example"),
    }
    body
}

fn tried(body: &Value) -> Result<Purchase, ApiError> {
    validate_purchase(body.to_string().as_bytes(), &ValidationContext::documented())
}

fn code(body: &Value) -> String {
    tried(body).map_or_else(|refusal| refusal.code, |_| "ok".to_owned())
}

fn rows(place: &str, rows: &[(Value, &str)]) {
    for (value, expected) in rows {
        assert_eq!(code(&changed(place, Some(value.clone()))), *expected, "{place} = {value}");
    }
}

fn missing(place: &str, expected: &str) {
    assert_eq!(code(&changed(place, None)), expected, "{place} is missing");
}
