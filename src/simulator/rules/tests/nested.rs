//! Tests of the nested members of the body: bandwidth, billing, ports.

use serde_json::{Value, json};

use super::{changed, code, missing, rows};
use crate::simulator::rules::validate_purchase;
use crate::simulator::validation_context::ValidationContext;

#[test]
fn a_bandwidth_identifier_wins_over_everything_else() {
    let shared = "4b1f7c3e-92d0-4a6b-8e57-0cd3a91f6b28";
    let dedicated = "8b85d44b-ac6f-48fb-bbab-e876e9c3502a";
    rows(
        "/band_width",
        &[
            (json!({ "band_width_id": shared }), "ok"),
            (json!({ "band_width_id": shared, "band_width_share_type": 9, "band_width_size": "x" }), "ok"),
            (json!({ "band_width_id": "" }), "CPS.0032"),
            (json!({ "band_width_id": null }), "CPS.0033"),
            (json!({ "band_width_id": 7, "band_width_share_type": 0 }), "CPS.0033"),
            (json!({ "band_width_id": dedicated }), "CPS.0033"),
            (json!({ "band_width_id": "nobody" }), "CPS.0115"),
        ],
    );
}

#[test]
fn a_bandwidth_without_identifier_has_a_type_and_perhaps_a_size() {
    let sized = |kind: u8, size: Value| json!({ "band_width_share_type": kind, "band_width_size": size });
    missing("/band_width", "CPS.0031");
    rows(
        "/band_width",
        &[
            (json!(null), "CPS.0031"),
            (json!([]), "CPS.0031"),
            (json!("x"), "CPS.0031"),
            (json!({ "band_width_share_type": 0, "band_width_charge_mode": 1 }), "CPS.0031"),
            (json!({}), "CPS.0034"),
            (json!({ "band_width_size": 5 }), "CPS.0034"),
            (json!({ "band_width_share_type": 2 }), "CPS.0034"),
            (json!({ "band_width_share_type": -1 }), "CPS.0034"),
            (json!({ "band_width_share_type": "0" }), "CPS.0034"),
            (json!({ "band_width_share_type": null }), "CPS.0034"),
            (json!({ "band_width_share_type": 1 }), "CPS.0036"),
            (sized(1, json!(0)), "CPS.0036"),
            (sized(1, json!(1)), "ok"),
            (sized(1, json!(300)), "ok"),
            (sized(1, json!(301)), "CPS.0036"),
            (sized(1, json!(null)), "CPS.0036"),
            (sized(1, json!("100")), "CPS.0036"),
            (sized(0, json!(0)), "CPS.0036"),
            (sized(0, json!(1)), "ok"),
            (sized(0, json!(300)), "ok"),
            (sized(0, json!(301)), "CPS.0036"),
            (sized(0, json!(65_837)), "CPS.0036"),
        ],
    );
}

#[test]
fn a_second_shared_bandwidth_is_refused_only_where_the_world_says_so() {
    let body = changed("/band_width", Some(json!({ "band_width_share_type": 1, "band_width_size": 5 }))).to_string();
    let mut validation_context = ValidationContext::documented();
    assert!(validate_purchase(body.as_bytes(), &validation_context).is_ok());
    validation_context.limit_shared_bandwidths(1);
    assert_eq!(validate_purchase(body.as_bytes(), &validation_context).expect_err("refused").code, "CPS.0051");
}

#[test]
fn billing_is_prepaid_for_a_bounded_time() {
    missing("/extend_param", "CPS.0055");
    rows(
        "/extend_param",
        &[
            (json!(null), "CPS.0055"),
            (json!([]), "CPS.0055"),
            (json!({ "charging_mode": 0, "is_auto_renew": 1 }), "CPS.0055"),
        ],
    );
    missing("/extend_param/charging_mode", "CPS.0056");
    rows(
        "/extend_param/charging_mode",
        &[(json!(0), "ok"), (json!(1), "CPS.0056"), (json!("0"), "CPS.0056"), (json!(null), "CPS.0056")],
    );
    missing("/extend_param/period_type", "CPS.0057");
    rows(
        "/extend_param/period_type",
        &[(json!(1), "CPS.0057"), (json!(2), "ok"), (json!(3), "ok"), (json!(4), "CPS.0057"), (json!("2"), "CPS.0057")],
    );
    missing("/extend_param/period_num", "CPS.0058");
    rows(
        "/extend_param/period_num",
        &[
            (json!(0), "CPS.0058"),
            (json!(1), "ok"),
            (json!(9), "ok"),
            (json!(10), "CPS.0058"),
            (json!("1"), "CPS.0058"),
        ],
    );
    for (number, expected) in [(0, "CPS.0058"), (1, "ok"), (10, "ok"), (11, "CPS.0058"), (257, "CPS.0058")] {
        let years = json!({ "charging_mode": 0, "period_type": 3, "period_num": number });
        assert_eq!(code(&changed("/extend_param", Some(years))), expected, "{number} years");
    }
    missing("/extend_param/is_auto_pay", "ok");
    rows(
        "/extend_param/is_auto_pay",
        &[
            (json!(0), "ok"),
            (json!(1), "ok"),
            (json!(2), "CPS.0060"),
            (json!(true), "CPS.0060"),
            (json!(null), "CPS.0060"),
        ],
    );
}

#[test]
fn ports_are_an_array_that_may_be_empty() {
    missing("/ports", "ok");
    rows(
        "/ports",
        &[
            (json!([]), "ok"),
            (json!({}), "CPS.0037"),
            (json!(null), "CPS.0037"),
            (json!([7]), "CPS.0037"),
            (json!([null]), "CPS.0037"),
        ],
    );
    rows(
        "/ports/0",
        &[(json!({ "name": "a", "listen_port": 10_000, "internet_accessible": "x", "protocol": "tcp" }), "CPS.0037")],
    );
}

#[test]
fn a_port_name_has_1_to_16_bytes_and_is_not_reserved() {
    let bad = "CPS.0038";
    missing("/ports/0/name", bad);
    rows(
        "/ports/0/name",
        &[
            (json!("a"), "ok"),
            (json!("a".repeat(16)), "ok"),
            (json!("é".repeat(8)), "ok"),
            (json!(""), bad),
            (json!("a".repeat(17)), bad),
            (json!("é".repeat(9)), bad),
            (json!("adb"), bad),
            (json!("ADB"), bad),
            (json!("aDb"), bad),
            (json!("vnc"), bad),
            (json!("Vnc"), bad),
            (json!("adb1"), "ok"),
            (json!(" adb"), "ok"),
            (json!("myServer2"), "CPS.0039"),
            (json!("myserver2"), "ok"),
            (json!(7), bad),
            (json!(null), bad),
        ],
    );
}

#[test]
fn a_port_number_lies_between_10000_and_50000_and_occurs_once() {
    let bad = "CPS.0040";
    missing("/ports/0/listen_port", bad);
    rows(
        "/ports/0/listen_port",
        &[
            (json!(9_999), bad),
            (json!(10_000), "ok"),
            (json!(50_000), "ok"),
            (json!(50_001), bad),
            (json!(75_536), bad),
            (json!(20_001), "CPS.0041"),
            (json!("20000"), bad),
            (json!(20_000.0), bad),
            (json!(null), bad),
        ],
    );
}

#[test]
fn a_port_says_whether_it_is_reachable() {
    let bad = "CPS.0093";
    missing("/ports/0/internet_accessible", bad);
    rows(
        "/ports/0/internet_accessible",
        &[(json!("no"), "ok"), (json!("TRUE"), "ok"), (json!(""), bad), (json!(true), bad), (json!(null), bad)],
    );
}
