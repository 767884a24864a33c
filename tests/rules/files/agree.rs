//! The schema for itself, its own list of what it cannot know, and each member on its edges.

use cph_wizard::order::text;
use cph_wizard::order_file::{BEYOND, schema};
use serde_json::{Value, json};

use super::Said;
use crate::example::TEXT;
use crate::reading::changed;
use crate::stage::SHARED;

#[test]
fn the_schema_is_one_of_its_draft_and_lists_what_it_cannot_know() {
    assert!(jsonschema::draft202012::meta::is_valid(&schema()));
    let about = schema()["description"].as_str().expect("a description").to_owned();
    for sentence in BEYOND {
        assert!(about.contains(sentence), "{sentence}");
    }
    assert!(Said::of(TEXT).is_schematic() && Said::of(TEXT).is_checked());
}

/// A text that the schema accepts and `check` refuses, for each sentence of the list but the last, which is about
/// what `check` does not know either.
#[test]
fn each_sentence_of_the_list_is_needed() {
    let text = |place: &str, value: Value| changed(place, Some(value));
    let twice = TEXT.replacen("\"count\"", "\"count\": 1, \"count\"", 1);
    let ports = |first: (&str, i64), second: (&str, i64)| {
        let port =
            |(name, number): (&str, i64)| json!({ "name": name, "listen_port": number, "internet_accessible": "x" });
        text("/ports", json!([port(first), port(second)]))
    };
    for (sentence, texts) in [
        (0, vec![text("/image_id", json!("云".repeat(11))), text("/keypair_name", json!("é".repeat(33)))]),
        (
            1,
            vec![
                TEXT.replacen("\"count\": 3", "\"count\": 3.0", 1),
                TEXT.replacen("\"count\": 3", "\"count\": 3e0", 1),
            ],
        ),
        (1, vec![TEXT.replacen("_type\": 0", "_type\": -0", 1)]),
        (2, vec![twice]),
        (3, vec![ports(("a", 20_000), ("a", 20_001)), ports(("a", 20_000), ("b", 20_000))]),
        (4, vec![text("/subnet_cidr", json!("10.1.2.3/16"))]),
    ] {
        for text in texts {
            let said = Said::of(&text);
            assert!(said.is_schematic(), "{text} {said:?}");
            assert_eq!(said.beyond(), [BEYOND[sentence]], "{text} {said:?}");
        }
    }
    let unknown = text("/server_model_name", json!("nobody.has.this"));
    let said = Said::of(&unknown);
    assert!(said.is_schematic() && said.is_checked() && said.code.is_some(), "{said:?}");
}

#[test]
fn all_three_draw_the_same_line_at_each_limit() {
    let kinds = |kind: i64| move |size: Value| json!({ "band_width_share_type": kind, "band_width_size": size });
    let period = |unit: i64, number: i64| json!({ "charging_mode": 0, "period_type": unit, "period_num": number });
    let port = |name: &str, number: i64, public: &str| json!([{ "name": name, "listen_port": number, "internet_accessible": public }]);
    let rows: Vec<(&str, Value, bool)> = vec![
        ("/server_name", json!("a".repeat(60)), true),
        ("/server_name", json!("a".repeat(61)), false),
        ("/server_name", json!(""), false),
        ("/server_name", json!("a b"), false),
        ("/server_name", json!("a\n"), false),
        ("/server_model_name", json!("a".repeat(64)), true),
        ("/server_model_name", json!("a".repeat(65)), false),
        ("/phone_model_name", json!(""), false),
        ("/image_id", json!("a".repeat(32)), true),
        ("/image_id", json!("a".repeat(33)), false),
        ("/count", json!(1), true),
        ("/count", json!(10), true),
        ("/count", json!(0), false),
        ("/count", json!(11), false),
        ("/count", json!("1"), false),
        ("/keypair_name", json!(""), false),
        ("/keypair_name", json!(null), false),
        ("/vnc_enable", json!("no"), true),
        ("/vnc_enable", json!(true), false),
        ("/ports", json!([]), true),
        ("/ports", port("a".repeat(16).as_str(), 10_000, "TRUE"), true),
        ("/ports", port("a".repeat(17).as_str(), 10_000, "TRUE"), false),
        ("/ports", port("a", 50_000, "no"), true),
        ("/ports", port("a", 50_001, "no"), false),
        ("/ports", port("a", 9_999, "no"), false),
        ("/ports", port("a", 20_000, ""), false),
        ("/ports", port("", 20_000, "no"), false),
        ("/ports", port("aDb", 20_000, "no"), false),
        ("/ports", port("VNC", 20_000, "no"), false),
        ("/ports", port("adb\n", 20_000, "no"), true),
        ("/ports", port("vncs", 20_000, "no"), true),
        ("/ports", json!([{ "name": "a", "listen_port": 20_000 }]), false),
        ("/subnet_cidr", json!("10.2.0.0/16"), true),
        ("/subnet_cidr", json!("10.2.0.0/33"), false),
        ("/subnet_cidr", json!("10.2.0.0/08"), false),
        ("/subnet_cidr", json!("010.2.0.0/16"), false),
        ("/subnet_cidr", json!("10.256.0.0/16"), false),
        ("/subnet_cidr", json!("0.0.0.0/0"), true),
        ("/subnet_cidr", json!(""), false),
        ("/band_width", json!({}), false),
        ("/band_width", json!({ "band_width_share_type": 0 }), true),
        ("/band_width", json!({ "band_width_share_type": 1 }), false),
        ("/band_width", json!({ "band_width_share_type": 2 }), false),
        ("/band_width", json!({ "band_width_size": 100 }), false),
        ("/band_width", kinds(0)(json!(300)), true),
        ("/band_width", kinds(0)(json!(301)), false),
        ("/band_width", kinds(1)(json!(1)), true),
        ("/band_width", kinds(1)(json!(0)), false),
        ("/band_width", json!({ "band_width_id": SHARED }), true),
        ("/band_width", json!({ "band_width_id": "" }), false),
        ("/band_width", json!({ "band_width_id": SHARED, "band_width_share_type": 7, "band_width_size": 999 }), true),
        ("/extend_param", period(2, 9), true),
        ("/extend_param", period(2, 10), false),
        ("/extend_param", period(3, 10), true),
        ("/extend_param", period(3, 11), false),
        ("/extend_param", period(3, 0), false),
        ("/extend_param", period(4, 1), false),
        ("/extend_param/charging_mode", json!(1), false),
        ("/extend_param/is_auto_pay", json!(1), true),
        ("/extend_param/is_auto_pay", json!(2), false),
        ("/extend_param/is_auto_renew", json!(1), false),
        ("/enterprise_project_id", json!("0"), false),
    ];
    for (place, value, is_right) in rows {
        let text = changed(place, Some(value));
        let said = Said::of(&text);
        assert_eq!((said.is_checked(), said.is_schematic()), (is_right, is_right), "{place} {text} {said:?}");
        assert!(if is_right { said.is_accepted() } else { said.code.is_some() }, "{place} {text} {said:?}");
    }
}

#[test]
fn editors_are_shown_a_name_and_a_rule_for_every_member() {
    fn walk(properties: &Value, seen: &mut usize) {
        for (name, member) in properties.as_object().expect("members") {
            *seen += 1;
            let is_told = ["title", "description", "examples"].iter().any(|word| member.get(word).is_some());
            assert!(is_told, "{name}");
            let words = member["description"].as_str().unwrap_or_default();
            assert!(!words.chars().any(|c| c != '\n' && text::is_hidden(c)), "{words}");
            for below in [&member["properties"], &member["items"]["properties"]] {
                if below.is_object() {
                    walk(below, seen);
                }
            }
        }
    }
    let mut seen = 0;
    walk(&schema()["properties"], &mut seen);
    assert_eq!(seen, 11 + 3 + 3 + 4);
}
