//! The document's own example request: a draft filled with its values gives it back member for member, it can be read,
//! and a simulator takes it as it stands.

use cph_wizard::order::{BandwidthKind, Draft, Order, PeriodUnit, PortDraft, Vnc, read_body};
use cph_wizard::simulator::{Options, Simulator};
use reqwest::Client;
use serde_json::Value;

use crate::fixture::{PROJECT, catalogue, code};

/// The request as the document prints it, with its own spacing.
pub const TEXT: &str = concat!(
    "{\n",
    "    \"server_name\": \"myPhoneServer\",\n",
    "    \"server_model_name\": \"physical.rx1.xlarge\",  \n",
    "    \"phone_model_name\": \"aphs1.medium.4.aosp\",  \n",
    "    \"image_id\": \"88b8449b896f3a4f0ad57222dd919899\", \n",
    "    \"count\": 3,   \n",
    "    \"keypair_name\": \"mykeypair\",\n",
    "    \"vnc_enable\": \"true\",\n",
    "    \"ports\": [         \n",
    "        {\n",
    "            \"name\": \"myServer1\",\n",
    "            \"listen_port\": 20000,\n",
    "            \"internet_accessible\": \"false\"\n",
    "        },\n",
    "        {\n",
    "            \"name\": \"myServer2\",\n",
    "            \"listen_port\": 20001,\n",
    "            \"internet_accessible\": \"true\"\n",
    "        }\n",
    "    ],\n",
    "    \"band_width\":{\n",
    "        \"band_width_share_type\": 0 \n",
    "    },\n",
    "    \"extend_param\": {\n",
    "        \"charging_mode\": 0,\n",
    "        \"period_type\": 2, \n",
    "        \"period_num\": 1, \n",
    "        \"is_auto_pay\": 1\n",
    "    }\n",
    "}",
);

/// The form filled with the values of the example.
pub fn filled() -> Draft {
    let port = |name: &str, number: &str, public| PortDraft { name: name.into(), number: number.into(), public };
    Draft {
        server_flavor: "physical.rx1.xlarge".into(),
        phone_flavor: "aphs1.medium.4.aosp".into(),
        image_id: "88b8449b896f3a4f0ad57222dd919899".into(),
        server_name: "myPhoneServer".into(),
        count: "3".into(),
        bandwidth: BandwidthKind::Dedicated,
        bandwidth_id: String::new(),
        bandwidth_size: String::new(),
        period_unit: PeriodUnit::Month,
        period_number: "1".into(),
        auto_pay: true,
        ports: vec![port("myServer1", "20000", false), port("myServer2", "20001", true)],
        key_pair: "mykeypair".into(),
        vnc: Vnc::On,
        subnet: String::new(),
    }
}

/// A value as a list of places and scalars in the order of its text; two of them are equal only if names, order and
/// values are.
fn places(value: &Value, place: &str) -> Vec<(String, String)> {
    match value {
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| places(value, &format!("{place}/{name}"))).collect()
        }
        Value::Array(rows) => {
            rows.iter().enumerate().flat_map(|(at, row)| places(row, &format!("{place}/{at}"))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            vec![(place.to_owned(), value.to_string())]
        }
    }
}

#[test]
fn a_draft_filled_with_the_values_of_the_example_gives_the_example_member_for_member() {
    let order = Order::check(&filled(), catalogue()).expect("an order");
    let ours: Value = serde_json::from_slice(order.body().bytes()).expect("JSON");
    let example: Value = serde_json::from_str(TEXT).expect("JSON");
    assert_eq!(places(&ours, ""), places(&example, ""));
    assert_eq!(places(&example, "").len(), 18);
}

#[test]
fn the_example_is_read_into_the_draft_that_makes_it() {
    assert_eq!(read_body(TEXT.as_bytes()), Ok(filled()));
}

#[test]
fn the_rules_of_the_simulator_take_the_example_and_what_we_make_of_it() {
    let order = Order::check(&filled(), catalogue()).expect("an order");
    assert_eq!(code(TEXT.as_bytes()), None);
    assert_eq!(code(order.body().bytes()), None);
}

#[tokio::test]
async fn the_example_sent_by_hand_to_a_running_simulator_is_accepted() {
    let simulator = Simulator::start(Options::default()).await.expect("a simulator");
    // Somebody else may have installed it before; that is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let answer = Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .expect("a client")
        .post(format!("{}/v1/{PROJECT}/cloud-phone/phones", simulator.url()))
        .header("X-Auth-Token", "t")
        .header("Content-Type", "application/json")
        .body(TEXT)
        .send()
        .await
        .expect("an answer");
    let status = answer.status().as_u16();
    let said: Value = serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON");
    assert_eq!(status, 200, "{said}");
    let ledger = simulator.ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!(said["order_id"], ledger[0].order_id.as_str());
    assert_eq!(ledger[0].body, TEXT.as_bytes());
    simulator.stop().await;
}
