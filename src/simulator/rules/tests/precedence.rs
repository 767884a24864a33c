//! Tests of the document's example, of the shape of the body, and of which fault is reported if there are several.

use serde_json::{Value, json};

use super::{EXAMPLE, changed, tried};
use crate::simulator::purchase::{Bandwidth, Period};
use crate::simulator::rules::validate_purchase;
use crate::simulator::validation_context::ValidationContext;

#[test]
fn the_example_of_the_document_is_accepted_as_it_stands() {
    let purchase = validate_purchase(EXAMPLE.as_bytes(), &ValidationContext::documented()).expect("accepted");
    assert_eq!((purchase.count, purchase.phone_capacity, purchase.vnc_enable), (3, 100, true));
    assert_eq!(purchase.band_width, Bandwidth::Dedicated { size: None });
    assert_eq!(
        (purchase.billing.period, purchase.billing.period_num, purchase.billing.is_auto_pay),
        (Period::Month, 1, true)
    );
    assert_eq!(purchase.ports.iter().map(|port| port.internet_accessible).collect::<Vec<_>>(), [false, true]);
    assert_eq!((purchase.keypair_name.as_deref(), purchase.subnet), (Some("mykeypair"), None));
}

#[test]
fn the_shape_of_the_body_comes_before_everything_else() {
    let validation_context = ValidationContext::documented();
    let deep = "[".repeat(30_000);
    let twice = EXAMPLE.replacen("\"count\": 3", "\"count\": 3, \"count\": 4", 1);
    let hidden = EXAMPLE.replacen("\"period_num\": 1", "\"period_num\": 1, \"period_num\": 9", 1);
    let after = format!("{EXAMPLE} x");
    let bodies: [&[u8]; 12] = [
        b"",
        b" ",
        b"{",
        b"[]",
        b"null",
        b"\"x\"",
        b"\xff\xfe",
        b"{\"server_name\":\"\xff\"}",
        deep.as_bytes(),
        twice.as_bytes(),
        hidden.as_bytes(),
        after.as_bytes(),
    ];
    for body in bodies {
        let refusal = validate_purchase(body, &validation_context).expect_err("refused");
        assert_eq!((refusal.status, refusal.code.as_str()), (400, "APIGW.0201"), "{refusal:?}");
    }
    assert!(
        validate_purchase(hidden.as_bytes(), &validation_context)
            .expect_err("refused")
            .message
            .contains("extend_param.period_num")
    );
    let unknown_member = tried(&changed("/zone", Some(json!(1)))).expect_err("refused");
    assert_eq!(unknown_member.code, "APIGW.0201");
    assert!(unknown_member.message.contains("zone"), "{unknown_member:?}");
}

#[test]
fn the_first_fault_decides() {
    // Each step repairs the fault that was named; the next one in the documented order must then come to light.
    let repairs: [(&str, &str, Option<Value>); 14] = [
        ("APIGW.0201", "/extra", None),
        ("CPS.0087", "/server_name", Some(json!("a"))),
        ("CPS.0088", "/server_model_name", Some(json!("nobody"))),
        ("CPS.0027", "/phone_model_name", Some(json!("aphs1.medium.4.aosp"))),
        ("CPS.0029", "/image_id", Some(json!("nothing"))),
        ("CPS.0024", "/count", Some(json!(1))),
        ("CPS.0068", "/keypair_name", Some(json!("nobody"))),
        ("APIGW.0201", "/vnc_enable", Some(json!("true"))),
        ("CPS.0191", "/subnet_cidr", Some(json!("10.0.0.0/16"))),
        ("CPS.0031", "/band_width", Some(json!({ "band_width_id": "nobody" }))),
        ("CPS.0055", "/extend_param", Some(json!({ "charging_mode": 0, "period_type": 2, "period_num": 1 }))),
        ("CPS.0037", "/ports", Some(json!([]))),
        ("CPS.0089", "/server_model_name", Some(json!("physical.rx1.xlarge"))),
        ("CPS.0166", "/image_id", Some(json!("88b8449b896f3a4f0ad57222dd919899"))),
    ];
    let mut validation_context = ValidationContext::documented();
    validation_context.use_subnet("10.0.0.0/8".parse().expect("a network"));
    let mut body = json!({
        "extra": 1, "server_name": "", "server_model_name": "", "phone_model_name": "", "image_id": "", "count": 0, "keypair_name": "",
        "vnc_enable": 0, "subnet_cidr": "x", "band_width": 0, "extend_param": 0, "ports": 0,
    });
    let judged = |body: &Value| {
        validate_purchase(body.to_string().as_bytes(), &validation_context)
            .map_or_else(|refusal| refusal.code, |_| "ok".to_owned())
    };
    for (expected, place, repair) in repairs {
        assert_eq!(judged(&body), expected, "{body}");
        let members = body.as_object_mut().expect("an object");
        match repair {
            Some(value) => drop(members.insert(place[1..].to_owned(), value)),
            None => drop(members.remove(&place[1..])),
        }
    }
    for (expected, place, repair) in [
        ("CPS.0067", "keypair_name", json!("mykeypair")),
        ("CPS.0115", "band_width", json!({ "band_width_share_type": 0 })),
        ("CPS.0194", "subnet_cidr", json!("192.168.0.0/16")),
    ] {
        assert_eq!(judged(&body), expected, "{body}");
        body[place] = repair;
    }
    assert_eq!(judged(&body), "ok");
}
