//! The JSON Schema (2020-12) of an order file, generated from the form's field table and the limits of `order`, so that
//! an editor can check while the user types.

use serde_json::{Map, Value, json};

use crate::form::{Field, field};
use crate::i18n::{self, phrase, tr};
use crate::order::{
    COUNT, FieldId, ID_BYTES_IMAGE, MBIT, NAME_BYTES, NAME_CHARS, PORT, PORT_NAME_BYTES, PeriodUnit, PortColumn, Range,
};

use super::values::{values, values_line};

/// Rules that a schema cannot express, so that it accepts what `check` may refuse. Each is a sentence of the schema's
/// description.
pub const NOT_IN_SCHEMA: [&str; 6] = [
    phrase!("Names and ids are measured in bytes, where a schema counts characters."),
    phrase!("Numbers are written in plain digits: 3.0, 3e0 and -0 are refused."),
    phrase!("A member stands only once in its object."),
    phrase!("Names of ports differ from each other, and numbers of ports too."),
    phrase!("A subnet has no host bits: 10.1.0.0/16 is one, 10.1.2.3/16 is none."),
    phrase!(
        "Only the cloud knows whether flavors, image, bandwidth and key pair exist and go together, and whether the \
         subnet is free."
    ),
];

/// Builds the schema of an order file, with titles and descriptions in the current language.
#[must_use]
pub fn schema() -> Value {
    let about = tr!("The request of CreateCloudPhoneServer, with comments if need be.");
    let beyond = tr!("Beyond this schema, check knows:");
    let sentences = NOT_IN_SCHEMA.map(i18n::t).join("\n- ");
    let mut properties = Map::new();
    for id in [FieldId::ServerName, FieldId::ServerFlavor, FieldId::PhoneFlavor, FieldId::Image, FieldId::Count] {
        put(&mut properties, id);
    }
    for id in [FieldId::KeyPair, FieldId::Vnc, FieldId::Ports, FieldId::Subnet] {
        put(&mut properties, id);
    }
    properties.insert("band_width".into(), bandwidth());
    properties.insert("extend_param".into(), extend_param());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": tr!("Order file of cph-wizard"),
        "description": format!("{about}\n{beyond}\n- {sentences}"),
        "type": "object",
        "required": [
            "server_name", "server_model_name", "phone_model_name", "image_id", "count", "band_width", "extend_param"
        ],
        "additionalProperties": false,
        "properties": properties,
    })
}

/// Inserts the member of a field with its rule, label, description and examples.
fn put(properties: &mut Map<String, Value>, id: FieldId) {
    let Field { help, rule: words_of_rule, .. } = field(id);
    let mut member = Map::new();
    member.insert("title".into(), id.label().into());
    let allowed = values_line(id).unwrap_or_else(|| i18n::t(words_of_rule).to_owned());
    member.insert("description".into(), format!("{}\n{allowed}", i18n::t(help)).into());
    if let Value::Object(rule) = rule(id) {
        member.extend(rule);
    }
    if let Some(examples) = examples(id) {
        member.insert("examples".into(), examples);
    }
    let name = id.json_name().rsplit('.').next().unwrap_or_default();
    properties.insert(name.into(), Value::Object(member));
}

/// Returns the rule for the member of a field, as far as it does not depend on other members.
fn rule(id: FieldId) -> Value {
    match id {
        FieldId::ServerName => one_line(&format!("^[A-Za-z0-9_-]{{1,{NAME_CHARS}}}$")),
        FieldId::ServerFlavor | FieldId::PhoneFlavor | FieldId::KeyPair => text(NAME_BYTES),
        FieldId::Image => text(ID_BYTES_IMAGE),
        FieldId::Count => whole(COUNT),
        FieldId::BandwidthId => json!({ "type": "string", "minLength": 1 }),
        // Beside an id these two are read as numbers and left alone.
        FieldId::BandwidthKind | FieldId::BandwidthSize => json!({ "type": "integer" }),
        FieldId::ChargingMode | FieldId::PeriodUnit => json!({ "type": "integer", "oneOf": meanings(id) }),
        FieldId::PeriodNumber => whole(Range { least: 1, most: PeriodUnit::ALL.map(|unit| unit.range().most)[1] }),
        FieldId::AutoPay => json!({ "type": "integer", "oneOf": meanings(id), "default": 0 }),
        FieldId::Ports => ports(),
        FieldId::Vnc => json!({ "type": "string" }),
        FieldId::Subnet => one_line(&network()),
    }
}

/// Returns examples for a field: those of the table if its text is the value itself. `None` for ports, and for a field
/// whose rule already lists its values.
fn examples(id: FieldId) -> Option<Value> {
    let example = field(id).example;
    match id {
        FieldId::ServerName
        | FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::Image
        | FieldId::BandwidthId
        | FieldId::KeyPair
        | FieldId::Vnc
        | FieldId::Subnet => Some(json!([example])),
        FieldId::Count | FieldId::BandwidthSize | FieldId::PeriodNumber => {
            example.parse::<i64>().ok().map(|number| json!([number]))
        }
        FieldId::BandwidthKind => Some(json!([0, 1])),
        FieldId::ChargingMode | FieldId::PeriodUnit | FieldId::AutoPay | FieldId::Ports => None,
    }
}

/// Returns the values of a field that has few, each as a constant with its meaning as title.
fn meanings(id: FieldId) -> Vec<Value> {
    values(id).into_iter().map(|(value, meaning)| json!({ "const": value, "title": meaning })).collect()
}

/// Returns the schema of a text on one line. `$` alone does not ensure that: in some engines it also matches before a
/// final line break, in others before any. Every engine supports this pattern; some lack lookahead and `\z`.
fn one_line(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern, "not": { "pattern": "[\\r\\n]" } })
}

fn text(most: usize) -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": most })
}

fn whole(Range { least, most }: Range) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

/// Returns the pattern of an IPv4 network in its canonical spelling, with a prefix length from 0 to 32.
fn network() -> String {
    let part = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    format!("^{part}(\\.{part}){{3}}/(3[0-2]|[12]?[0-9])$")
}

fn ports() -> Value {
    let [name, number, public] = PortColumn::ALL.map(PortColumn::json_name);
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": [name, number, public],
            "additionalProperties": false,
            "properties": {
                name: {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": PORT_NAME_BYTES,
                    // The length in the place of `$`, see `one_line`.
                    "not": { "maxLength": 3, "pattern": "^([aA][dD][bB]|[vV][nN][cC])" },
                    "description": tr!("The name of the port: neither adb nor vnc, in any letter case"),
                    "examples": ["myServer1"],
                },
                number: {
                    "type": "integer",
                    "minimum": PORT.least,
                    "maximum": PORT.most,
                    "description": tr!("The port on the phones that is forwarded"),
                    "examples": [20000],
                },
                public: {
                    "type": "string",
                    "minLength": 1,
                    "description": tr!("\"true\" in any letter case opens the port to the internet, any other text does not"),
                    "examples": ["true", "false"],
                },
            },
        },
    })
}

fn bandwidth() -> Value {
    let [id, kind, size] = ["band_width_id", "band_width_share_type", "band_width_size"];
    let mut properties = Map::new();
    for field in [FieldId::BandwidthId, FieldId::BandwidthKind, FieldId::BandwidthSize] {
        put(&mut properties, field);
    }
    json!({
        "title": FieldId::BandwidthKind.label(),
        "description": tr!("An id of an existing shared bandwidth, or a type: 0 is dedicated, 1 is a new shared one, which needs a size."),
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "if": { "properties": { id: true }, "required": [id] },
        "else": {
            "required": [kind],
            "properties": { kind: { "oneOf": meanings(FieldId::BandwidthKind) }, size: whole(MBIT) },
            "if": { "properties": { kind: { "const": 1 } } },
            "then": { "properties": { size: true }, "required": [size] },
        },
    })
}

fn extend_param() -> Value {
    let mut properties = Map::new();
    for id in [FieldId::ChargingMode, FieldId::PeriodUnit, FieldId::PeriodNumber, FieldId::AutoPay] {
        put(&mut properties, id);
    }
    let [unit, number] = ["period_type", "period_num"];
    let of = |one: PeriodUnit| json!({ "properties": { number: whole(one.range()) } });
    json!({
        "title": FieldId::ChargingMode.label(),
        "description": tr!("How the servers are paid for, and for how long."),
        "type": "object",
        "required": ["charging_mode", unit, number],
        "additionalProperties": false,
        "properties": properties,
        "if": { "properties": { unit: { "const": PeriodUnit::Year.wire() } } },
        "then": of(PeriodUnit::Year),
        "else": of(PeriodUnit::Month),
    })
}
