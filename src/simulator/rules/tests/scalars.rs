//! Tests of the scalar members of the body and of the things that they name.

use serde_json::json;

use super::{EXAMPLE, changed, missing, rows, tried};
use crate::simulator::rules::validate_purchase;
use crate::simulator::validation_context::ValidationContext;

#[test]
fn a_server_name_has_1_to_60_plain_characters() {
    let bad = "CPS.0087";
    rows(
        "/server_name",
        &[
            (json!("a"), "ok"),
            (json!("a".repeat(60)), "ok"),
            (json!("aZ09_-"), "ok"),
            (json!(""), bad),
            (json!("a".repeat(61)), bad),
            (json!("a b"), bad),
            (json!("ä"), bad),
            (json!("手机"), bad),
            (json!("a.b"), bad),
            (json!("a\n"), bad),
            (json!(7), bad),
            (json!(null), bad),
        ],
    );
    missing("/server_name", bad);
}

#[test]
fn flavors_and_image_are_identifiers_that_exist() {
    for (place, empty, invalid, bytes, unknown) in [
        ("/server_model_name", "CPS.0088", "CPS.0089", 64, "CPS.0089"),
        ("/phone_model_name", "CPS.0027", "CPS.0028", 64, "CPS.0028"),
        ("/image_id", "CPS.0029", "CPS.0030", 32, "CPS.0166"),
    ] {
        missing(place, empty);
        rows(
            place,
            &[
                (json!(""), empty),
                (json!("x".repeat(bytes)), unknown),
                (json!("x".repeat(bytes + 1)), invalid),
                (json!("ä".repeat(bytes / 2 + 1)), invalid),
                (json!(1), invalid),
                (json!(null), invalid),
                (json!([]), invalid),
            ],
        );
    }
}

#[test]
fn a_phone_flavor_is_on_sale_and_belongs_to_the_server_flavor() {
    rows(
        "/phone_model_name",
        &[(json!("aphs1.large.2.aosp"), "CPS.0157"), (json!("kg1.cp.c100.d10SSD.e1v1"), "CPS.0157")],
    );
    rows(
        "/server_model_name",
        &[(json!("physical.kg1.4xlarge.cp"), "CPS.0157"), (json!("physical.rx3.32xlarge.4"), "CPS.0157")],
    );
}

#[test]
fn an_image_fits_the_phone_flavor_by_its_label() {
    rows(
        "/image_id",
        &[(json!("be4d231e44d2a4ccf612660a473fe1e3"), "ok"), (json!("20032120200330a20b000eae5b8c01e6"), "CPS.0030")],
    );
}

#[test]
fn a_count_is_a_whole_number_from_1_to_10() {
    let bad = "CPS.0024";
    rows(
        "/count",
        &[
            (json!(1), "ok"),
            (json!(10), "ok"),
            (json!(0), bad),
            (json!(11), bad),
            (json!(-1), bad),
            (json!(3.0), bad),
            (json!("3"), bad),
            (json!(null), bad),
            (json!(true), bad),
            (json!(4_294_967_297_u64), bad),
            (json!(u64::MAX), bad),
        ],
    );
    missing("/count", bad);
}

#[test]
fn a_key_pair_may_be_left_out_but_must_exist() {
    missing("/keypair_name", "ok");
    rows(
        "/keypair_name",
        &[
            (json!("KeyPair-team"), "ok"),
            (json!(""), "CPS.0068"),
            (json!("x".repeat(64)), "CPS.0067"),
            (json!("x".repeat(65)), "CPS.0067"),
            (json!(null), "CPS.0067"),
            (json!(1), "CPS.0067"),
        ],
    );
}

#[test]
fn vnc_is_on_for_true_in_any_case_and_off_for_other_text() {
    for (text, on) in [
        ("true", true),
        ("TRUE", true),
        ("tRuE", true),
        ("false", false),
        ("", false),
        ("yes", false),
        (" true", false),
    ] {
        assert_eq!(tried(&changed("/vnc_enable", Some(json!(text)))).expect(text).vnc_enable, on, "{text:?}");
    }
    missing("/vnc_enable", "ok");
    rows("/vnc_enable", &[(json!(true), "APIGW.0201"), (json!(null), "APIGW.0201")]);
}

#[test]
fn a_subnet_is_a_network_that_nobody_uses() {
    let mut validation_context = ValidationContext::documented();
    validation_context.use_subnet("172.31.0.0/16".parse().expect("a network"));
    for (value, expected) in [
        (json!("10.0.0.0/8"), "ok"),
        (json!("172.30.0.0/16"), "ok"),
        (json!("172.31.0.0/16"), "CPS.0194"),
        (json!("172.31.9.0/24"), "CPS.0194"),
        (json!("172.16.0.0/12"), "CPS.0194"),
        (json!("172.31.0.1/16"), "CPS.0191"),
        (json!("172.31.0.0"), "CPS.0191"),
        (json!("fd00::/8"), "CPS.0191"),
        (json!(""), "CPS.0191"),
        (json!(null), "CPS.0191"),
        (json!(16), "CPS.0191"),
    ] {
        let body = changed("/subnet_cidr", Some(value.clone())).to_string();
        let found = validate_purchase(body.as_bytes(), &validation_context)
            .map_or_else(|refusal| refusal.code, |_| "ok".to_owned());
        assert_eq!(found, expected, "{value}");
    }
    assert!(
        validate_purchase(EXAMPLE.as_bytes(), &validation_context).is_ok(),
        "without a subnet there is nothing to overlap"
    );
}
