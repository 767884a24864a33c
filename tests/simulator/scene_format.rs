//! The files of `tests/formats` are read by this version of the program and by all later ones. A new member is added to
//! `scene-v2.json`; the members that are in it keep their names and values.

use cph_wizard::i18n::{Language, with_language};
use cph_wizard::simulator::{Scene, SceneError};
use serde_json::{Value, json};

const VERSION_1: &str = include_str!("../formats/scene-v1.json");
const VERSION_2: &str = include_str!("../formats/scene-v2.json");

/// Every value of the members that have a choice, by their place in `scene-v2.json`.
const CHOICES: [(&str, &[&str]); 11] = [
    ("/rejection/stage", &["gateway", "service", "after-order"]),
    ("/rejection/operations/0", OPERATIONS),
    ("/purchase_response", &["delivered", "truncated-json", "connection-reset", "no-response", "internal-error"]),
    ("/auto_payment", &["succeeds", "fails"]),
    ("/foreign_orders/0/numbering", &["plain", "zero-padded", "none"]),
    ("/foreign_orders/0/order_id", &["generated", "no-order-id", "no-metadata"]),
    ("/catalogue", &["documented", "empty"]),
    ("/accepted_tokens", &["any", "issued"]),
    ("/api_generation", &["2019", "2021", "2023", "2026"]),
    ("/error_format", &["cph", "apig", "keystone", "nova", "camel-case", "html", "empty"]),
    ("/tampering/replace_list", &["null", "missing", "object", "empty"]),
];
const OPERATIONS: &[&str] = &[
    "purchase",
    "server-models",
    "phone-models",
    "phone-images",
    "bandwidths",
    "servers",
    "phones",
    "jobs",
    "os-keypairs",
    "kps-keypairs",
    "auth-tokens",
    "auth-projects",
    "projects",
    "auth-domains",
    "server-model-offerings",
];

fn sample() -> Value {
    serde_json::from_str(VERSION_2).expect("JSON")
}

/// Reads a scene and writes all of its members.
fn read_back(scene: &Value) -> Value {
    serde_json::to_value(Scene::parse(&scene.to_string()).expect("a scene")).expect("JSON")
}

fn sentence(text: &str) -> String {
    Scene::parse(text).expect_err("no scene").to_string()
}

#[test]
fn the_stored_file_has_every_member_and_is_read_as_it_is_written() {
    assert_eq!(read_back(&sample()), sample());
}

#[test]
fn no_member_of_the_stored_file_has_its_default_value() {
    let normal = serde_json::to_value(Scene::normal()).expect("JSON");
    for (name, value) in sample().as_object().expect("an object") {
        assert!(name == "version" || normal[name] != *value, "{name}");
    }
}

#[test]
fn every_value_of_a_choice_is_read() {
    for (place, values) in CHOICES {
        for value in values {
            let mut scene = sample();
            *scene.pointer_mut(place).expect(place) = json!(value);
            assert_eq!(read_back(&scene), scene, "{place}");
        }
        let mut scene = sample();
        *scene.pointer_mut(place).expect(place) = json!("unheard-of");
        let error = Scene::parse(&scene.to_string()).expect_err(place);
        // The error lists the values, so none is left out above.
        let SceneError::Unreadable(error) = error else { panic!("{place}: {error}") };
        let listed = error.to_string().matches('`').count() / 2 - 1;
        let structured = if place.ends_with("order_id") { 2 } else { 0 };
        assert_eq!(listed, values.len() + structured, "{place}: {error}");
    }
    for order_id in [json!({ "text": "x" }), json!({ "repeated": { "text": "x", "times": 2 } })] {
        let mut scene = sample();
        scene["foreign_orders"][0]["order_id"] = order_id;
        assert_eq!(read_back(&scene), scene);
    }
    for status in [500, 502, 503, 504] {
        let mut scene = sample();
        scene["server_errors"]["status"] = json!(status);
        assert_eq!(read_back(&scene), scene);
    }
}

#[test]
fn an_unknown_member_is_an_error_wherever_it_stands() {
    let objects = [
        "",
        "/rejection",
        "/foreign_orders/0",
        "/foreign_orders/0/order_id/repeated",
        "/provisioning_ms",
        "/throttling",
        "/server_errors",
        "/tampering",
        "/tampering/append_text",
    ];
    for place in objects {
        let mut scene = sample();
        scene.pointer_mut(place).expect(place)["colour"] = json!(1);
        assert!(sentence(&scene.to_string()).contains("unknown field `colour`"), "{place}");
    }
}

#[test]
fn a_file_of_another_version_gets_one_sentence() {
    let old = "the scene file has version 1; this program reads version 2, whose members have other names (see assets/scenes)";
    assert_eq!(sentence(VERSION_1), old);
    let mut other = sample();
    other["version"] = json!(3);
    other["later"] = json!({});
    assert_eq!(
        sentence(&other.to_string()),
        "the scene file has version 3; this program reads version 2 and no newer one"
    );
    other.as_object_mut().expect("an object").remove("version");
    assert_eq!(
        sentence(&other.to_string()),
        "the scene file has no version; this program reads version 2 (see assets/scenes for the member names)"
    );
    let chinese = with_language(Language::Chinese, || sentence(VERSION_1));
    assert_eq!(chinese, "场景文件为版本 1；本程序读取版本 2，其成员名称不同（见 assets/scenes）");
}
