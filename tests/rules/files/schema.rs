//! The schema for itself, its own list of what it cannot know, and each member on its edges.

use cph_wizard::order_file::{NOT_IN_SCHEMA, schema};
use cph_wizard::text::sanitize;
use serde_json::{Value, json};

use super::Said;
use crate::example::TEXT;
use crate::fixture::SHARED;
use crate::parsing::changed;

#[test]
fn the_schema_is_one_of_its_draft_and_lists_what_it_cannot_know() {
    assert!(jsonschema::draft202012::meta::is_valid(&schema()));
    let about = schema()["description"].as_str().expect("a description").to_owned();
    for sentence in NOT_IN_SCHEMA {
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
            assert_eq!(said.beyond(), [NOT_IN_SCHEMA[sentence]], "{text} {said:?}");
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

/// Changes every pattern of a schema.
fn with_patterns(schema: &mut Value, change: &dyn Fn(&str) -> String) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(pattern) if name == "pattern" => *pattern = change(pattern),
                    value => with_patterns(value, change),
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| with_patterns(one, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// In Python and PCRE `$` stands before a final line break too, in Ruby every line has its own `^` and `$`.
#[test]
fn no_engine_lets_a_line_break_pass() {
    let port = |name: &str| json!([{ "name": name, "listen_port": 20_000, "internet_accessible": "x" }]);
    let as_in_python = |pattern: &str| pattern.strip_suffix('$').map_or(pattern.into(), |rest| format!("{rest}\n?$"));
    let as_in_ruby = |pattern: &str| format!("(?m){pattern}");
    for change in [&as_in_python as &dyn Fn(&str) -> String, &as_in_ruby, &str::to_owned] {
        let mut schema = schema();
        with_patterns(&mut schema, change);
        let validator = jsonschema::draft202012::new(&schema).expect("a schema");
        for (place, value, is_right) in [
            ("/server_name", json!("farm"), true),
            ("/server_name", json!("farm\n"), false),
            ("/server_name", json!("farm\r\n"), false),
            ("/server_name", json!("farm\na b"), false),
            ("/subnet_cidr", json!("10.1.0.0/16"), true),
            ("/subnet_cidr", json!("10.1.0.0/16\n"), false),
            ("/subnet_cidr", json!("x\n10.1.0.0/16"), false),
            ("/ports", port("aDb"), false),
            ("/ports", port("adb\n"), true),
            ("/ports", port("vnc1"), true),
        ] {
            let text = changed(place, Some(value));
            let value: Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(validator.is_valid(&value), is_right, "{text}");
            assert_eq!(Said::of(&text).is_checked(), is_right, "{text}");
        }
    }
}

/// What a strict validator, such as Ajv in its strict mode, complains about: a keyword that it does not know, one that
/// speaks of a type which is not named, and a required field that the same schema does not describe.
#[test]
fn a_strict_validator_has_nothing_to_complain_about() {
    const WORDS: [&str; 18] = [
        "$schema",
        "title",
        "description",
        "type",
        "required",
        "additionalProperties",
        "properties",
        "pattern",
        "not",
        "minLength",
        "maxLength",
        "examples",
        "minimum",
        "maximum",
        "default",
        "oneOf",
        "const",
        "items",
    ];
    fn walk(schema: &Value, inherited: &str, seen: &mut usize) {
        let Some(members) = schema.as_object() else { return };
        *seen += 1;
        let of = schema["type"].as_str().unwrap_or(inherited);
        for word in members.keys() {
            assert!(WORDS.contains(&word.as_str()) || ["if", "then", "else"].contains(&word.as_str()), "{word}");
            let wanted = match word.as_str() {
                "required" | "additionalProperties" | "properties" => "object",
                "pattern" | "minLength" | "maxLength" => "string",
                "minimum" | "maximum" => "integer",
                "items" => "array",
                _ => of,
            };
            assert_eq!(of, wanted, "{word} in {schema}");
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(!schema["properties"][name.as_str().expect("a name")].is_null(), "{name} in {schema}");
        }
        schema["properties"].as_object().into_iter().flatten().for_each(|(_, below)| walk(below, "", seen));
        walk(&schema["items"], "", seen);
        for word in ["if", "then", "else", "not"] {
            walk(&schema[word], of, seen);
        }
        schema["oneOf"].as_array().into_iter().flatten().for_each(|one| walk(one, of, seen));
    }
    let mut seen = 0;
    walk(&schema(), "", &mut seen);
    assert!(seen > 40, "{seen}");
}

/// Numbers that stand for something say for what.
#[test]
fn every_value_of_a_number_that_is_a_code_has_its_meaning() {
    let schema = schema();
    let in_band_width = &schema["properties"]["band_width"]["else"]["properties"]["band_width_share_type"];
    let billing = &schema["properties"]["extend_param"]["properties"];
    for (member, values) in [
        (in_band_width, &[0, 1][..]),
        (&billing["charging_mode"], &[0]),
        (&billing["period_type"], &[2, 3]),
        (&billing["is_auto_pay"], &[0, 1]),
    ] {
        let rows = member["oneOf"].as_array().expect("values");
        let of: Vec<i64> = rows.iter().filter_map(|row| row["const"].as_i64()).collect();
        assert_eq!(of, values);
        assert!(rows.iter().all(|row| row["title"].as_str().is_some_and(|title| title.len() > 5)), "{member}");
    }
    let about = |member: &Value| member["description"].as_str().expect("a description").to_owned();
    assert!(about(&billing["period_type"]).ends_with("2 = by the month; 3 = by the year"));
}

#[test]
fn editors_are_shown_a_name_and_a_rule_for_every_member() {
    fn walk(properties: &Value, seen: &mut usize) {
        for (name, member) in properties.as_object().expect("members") {
            *seen += 1;
            let is_told = ["title", "description", "examples"].iter().any(|word| member.get(word).is_some());
            assert!(is_told, "{name}");
            let words = member["description"].as_str().unwrap_or_default();
            assert!(!words.chars().any(|c| c != '\n' && sanitize::is_hidden(c)), "{words}");
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
