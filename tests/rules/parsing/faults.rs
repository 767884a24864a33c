//! Each way in which a text is not the body of an order, in its exact words. Where the simulator refuses the same text,
//! its code stands beside it.

use cph_wizard::order::BodyFault;
use serde_json::{Value, json};

use super::{changed, faults, sentences};
use crate::example::TEXT;
use crate::fixture::code;

const TOP: &str = "server_name, server_model_name, phone_model_name, image_id, count, keypair_name, vnc_enable, ports, \
                   subnet_cidr, band_width, extend_param";

#[test]
fn an_unknown_member_is_named_with_its_place_and_the_members_there_are() {
    for (place, named, known, refusal) in [
        ("/order_id", "order_id", TOP, "APIGW.0201"),
        ("/Count", "Count", TOP, "APIGW.0201"),
        ("/", "", TOP, "APIGW.0201"),
        ("/band_width/size", "band_width.size", "band_width_id, band_width_share_type, band_width_size", "CPS.0031"),
        (
            "/extend_param/is_auto_renew",
            "extend_param.is_auto_renew",
            "charging_mode, period_type, period_num, is_auto_pay",
            "CPS.0055",
        ),
        ("/ports/1/protocol", "ports[1].protocol", "name, listen_port, internet_accessible", "CPS.0037"),
    ] {
        let text = changed(place, Some(json!(1)));
        let expected = format!("{named} is not a member of an order: the members are {known}");
        assert_eq!(sentences(&text), [expected]);
        assert_eq!(code(text.as_bytes()).as_deref(), Some(refusal), "{place}");
    }
}

#[test]
fn the_name_of_an_unknown_member_is_cut_and_made_safe() {
    let long = changed(&format!("/{}", "x".repeat(50)), Some(json!(1)));
    assert!(sentences(&long)[0].starts_with(&format!("{}... is not a member", "x".repeat(37))));
    let hidden = changed("/count\u{202e}", Some(json!(1)));
    assert!(sentences(&hidden)[0].starts_with("count<U+202E> is not a member"));
}

#[test]
fn a_missing_member_is_named_with_its_place() {
    for (place, named, refusal) in [
        ("/server_name", "server_name", "CPS.0087"),
        ("/server_model_name", "server_model_name", "CPS.0088"),
        ("/phone_model_name", "phone_model_name", "CPS.0027"),
        ("/image_id", "image_id", "CPS.0029"),
        ("/count", "count", "CPS.0024"),
        ("/band_width", "band_width", "CPS.0031"),
        ("/extend_param", "extend_param", "CPS.0055"),
        ("/band_width/band_width_share_type", "band_width.band_width_share_type", "CPS.0034"),
        ("/extend_param/charging_mode", "extend_param.charging_mode", "CPS.0056"),
        ("/extend_param/period_type", "extend_param.period_type", "CPS.0057"),
        ("/extend_param/period_num", "extend_param.period_num", "CPS.0058"),
        ("/ports/0/name", "ports[0].name", "CPS.0038"),
        ("/ports/1/listen_port", "ports[1].listen_port", "CPS.0040"),
        ("/ports/1/internet_accessible", "ports[1].internet_accessible", "CPS.0093"),
    ] {
        let text = changed(place, None);
        assert_eq!(sentences(&text), [format!("{named} is missing: an order needs it")]);
        assert_eq!(code(text.as_bytes()).as_deref(), Some(refusal), "{place}");
    }
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let missing = |place: &str| BodyFault::Missing { place: place.into() };
    let expected =
        ["server_name", "server_model_name", "phone_model_name", "image_id", "count", "band_width", "extend_param"];
    assert_eq!(faults("{}"), expected.map(missing));
    let nested = json!({ "server_name": "a", "server_model_name": "a", "phone_model_name": "a", "image_id": "a",
        "count": 1, "ports": [{}], "band_width": {}, "extend_param": {} });
    let expected = [
        "ports[0].name",
        "ports[0].listen_port",
        "ports[0].internet_accessible",
        "band_width.band_width_share_type",
        "extend_param.charging_mode",
        "extend_param.period_type",
        "extend_param.period_num",
    ];
    assert_eq!(faults(nested.to_string()), expected.map(missing));
}

/// What each kind of JSON is called, and a value of it.
fn kinds() -> [(&'static str, Value); 8] {
    const ODD: &str = "a number with a fraction, an exponent or too many digits";
    [
        ("null", Value::Null),
        ("true or false", json!(true)),
        ("a whole number", json!(7)),
        (ODD, json!(7.5)),
        (ODD, json!(1e30)),
        ("a text", json!("7")),
        ("a list", json!([])),
        ("an object", json!({})),
    ]
}

#[test]
fn each_wrong_type_of_each_member_is_said_with_its_place_and_the_right_one() {
    let texts = [
        "/server_name",
        "/server_model_name",
        "/phone_model_name",
        "/image_id",
        "/keypair_name",
        "/vnc_enable",
        "/subnet_cidr",
        "/ports/1/name",
        "/ports/1/internet_accessible",
        "/band_width/band_width_id",
    ];
    let numbers = [
        "/count",
        "/ports/1/listen_port",
        "/band_width/band_width_share_type",
        "/band_width/band_width_size",
        "/extend_param/charging_mode",
        "/extend_param/period_type",
        "/extend_param/period_num",
        "/extend_param/is_auto_pay",
    ];
    let members =
        texts.map(|place| (place, "a text")).into_iter().chain(numbers.map(|place| (place, "a whole number")));
    let others = [("/ports", "a list"), ("/band_width", "an object"), ("/extend_param", "an object")];
    for (place, expected) in members.chain(others).chain([("/ports/1", "an object")]) {
        for (found, value) in kinds() {
            if found == expected {
                continue;
            }
            let text = in_place(place, value);
            let named = place.trim_start_matches('/').replace("ports/1", "ports[1]").replace('/', ".");
            assert_eq!(sentences(&text), [format!("{named} is {found}: {expected} is right")]);
            assert!(code(text.as_bytes()).is_some(), "{text}");
        }
    }
}

/// The example with a place set, which may be a row of the ports.
fn in_place(place: &str, value: Value) -> String {
    if place != "/ports/1" {
        return changed(place, Some(value));
    }
    let mut body: Value = serde_json::from_str(TEXT).expect("the example");
    body["ports"][1] = value;
    body.to_string()
}

#[test]
fn a_whole_number_in_another_spelling_is_no_whole_number() {
    for spelling in ["3.0", "3e0", "0.3E1", "-0", "99999999999999999999"] {
        let text = TEXT.replace("\"count\": 3", &format!("\"count\": {spelling}"));
        let expected =
            "count is a number with a fraction, an exponent or too many digits: a whole number is right".to_owned();
        assert_eq!(sentences(&text), [expected], "{spelling}");
        assert_eq!(code(text.as_bytes()).as_deref(), Some("CPS.0024"), "{spelling}");
    }
}

#[test]
fn a_choice_below_or_above_the_documented_ones_is_said_with_those_there_are() {
    let rows = [
        ("/band_width/band_width_share_type", [-1, 2], "0 (dedicated) or 1 (shared)", "CPS.0034"),
        ("/extend_param/charging_mode", [-1, 1], "0 (yearly/monthly)", "CPS.0056"),
        ("/extend_param/period_type", [1, 4], "2 (month) or 3 (year)", "CPS.0057"),
        ("/extend_param/is_auto_pay", [-1, 2], "0 (pay later) or 1 (pay now)", "CPS.0060"),
    ];
    for (place, values, allowed, refusal) in rows {
        for value in values {
            let text = changed(place, Some(json!(value)));
            let named = place.trim_start_matches('/').replace('/', ".");
            assert_eq!(sentences(&text), [format!("{named} is {value}: {allowed} is right")]);
            assert_eq!(code(text.as_bytes()).as_deref(), Some(refusal), "{place} {value}");
        }
    }
}

#[test]
fn a_member_that_is_given_twice_is_said_whatever_its_values_are() {
    for (once, twice, place) in [
        ("\"count\": 3,", "\"count\": 3, \"count\": 3,", "count"),
        ("\"count\": 3,", "\"count\": 3, \"\\u0063ount\": 4,", "count"),
        ("\"listen_port\": 20001,", "\"listen_port\": 20001, \"listen_port\": null,", "ports[1].listen_port"),
        (
            "\"band_width_share_type\": 0",
            "\"band_width_share_type\": 0, \"band_width_share_type\": 1",
            "band_width.band_width_share_type",
        ),
        ("\"period_num\": 1,", "\"period_num\": 1, \"period_num\": 2,", "extend_param.period_num"),
        ("\"vnc_enable\": \"true\",", "\"vnc_enable\": \"true\", \"vnc_enable\": \"false\",", "vnc_enable"),
    ] {
        assert!(TEXT.contains(once), "{once}");
        let text = TEXT.replace(once, twice);
        assert_eq!(sentences(&text), [format!("{place} is given twice: once is right")], "{text}");
        assert_eq!(code(text.as_bytes()).as_deref(), Some("APIGW.0201"), "{place}");
    }
}

#[test]
fn what_is_no_object_is_said_once() {
    for (found, value) in kinds() {
        if found != "an object" {
            assert_eq!(sentences(value.to_string()), [format!("The order is {found}: an object is right")]);
            assert_eq!(code(value.to_string().as_bytes()).as_deref(), Some("APIGW.0201"), "{value}");
        }
    }
}

#[test]
fn broken_json_is_said_with_its_line_and_column() {
    for (text, expected) in [
        (&b""[..], "The text is not JSON: EOF while parsing a value at line 1, column 0"),
        (b"{", "The text is not JSON: EOF while parsing an object at line 1, column 1"),
        (b"{\n  \"count\": 3,\n  oops\n}", "The text is not JSON: key must be a string at line 3, column 3"),
        (b"{\n\"count\": 3,\n}", "The text is not JSON: trailing comma at line 3, column 1"),
        (b"{\n\"count\" 3}", "The text is not JSON: expected `:` at line 2, column 9"),
        (b"{} {}", "The text is not JSON: trailing characters at line 1, column 4"),
        (b"{\"count\": 03}", "The text is not JSON: invalid number at line 1, column 12"),
        (b"{\"count\": NaN}", "The text is not JSON: expected value at line 1, column 11"),
        (b"{\"a\": \"\xff\"}", "The text is not JSON: there is a byte that is not UTF-8 at line 1, column 8"),
        (b"\xef\xbb\xbf{}", "The text is not JSON: there is a byte order mark at line 1, column 1"),
    ] {
        assert_eq!(sentences(text), [expected], "{}", String::from_utf8_lossy(text));
    }
}

#[test]
fn faults_of_every_kind_are_said_together() {
    let text = r#"{"colour":1,"count":"3","count":3,"server_name":"a","server_model_name":"a","phone_model_name":"a",
        "image_id":"a","band_width":{"band_width_share_type":2},"extend_param":{"charging_mode":0,"period_type":2}}"#;
    let mut found = sentences(text);
    found.sort();
    assert_eq!(
        found,
        [
            "band_width.band_width_share_type is 2: 0 (dedicated) or 1 (shared) is right",
            &format!("colour is not a member of an order: the members are {TOP}"),
            "count is a text: a whole number is right",
            "count is given twice: once is right",
            "extend_param.period_num is missing: an order needs it",
        ]
    );
}

#[test]
fn faults_are_said_in_the_order_of_the_text() {
    let example: Value = serde_json::from_str(TEXT).expect("the example");
    let mut body = serde_json::Map::new();
    body.insert("vnc_enable".into(), json!(1));
    body.insert("count".into(), json!("3"));
    for (name, value) in example.as_object().expect("an object") {
        body.entry(name.clone()).or_insert(value.clone());
    }
    body.insert("server_name".into(), json!(1));
    let first_words: Vec<String> = sentences(Value::Object(body).to_string())
        .iter()
        .map(|sentence| sentence.split(' ').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(first_words, ["vnc_enable", "count", "server_name"]);
}
