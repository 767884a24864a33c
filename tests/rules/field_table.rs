//! The table of the form against the document: every member of the body has its one row, and none is made up.

use std::collections::BTreeSet;

use cph_wizard::form::{FIELDS, Step, field, fields_of};
use cph_wizard::order::{BandwidthKind, Draft, FieldId, Order, PortColumn, PortDraft, Vnc};
use serde_json::Value;

use crate::fixture::{SHARED, catalogue, good};

/// The parameters of the document's tables, from its request table and tables 2, 3 and 4; the structures themselves
/// (`band_width`, `extend_param`) have no answer of their own.
const REQUEST: [&str; 9] = [
    "server_name",
    "server_model_name",
    "phone_model_name",
    "image_id",
    "count",
    "keypair_name",
    "vnc_enable",
    "ports",
    "subnet_cidr",
];
const BAND_WIDTH: [&str; 3] = ["band_width_id", "band_width_share_type", "band_width_size"];
const EXTEND_PARAM: [&str; 4] = ["charging_mode", "period_type", "period_num", "is_auto_pay"];
const PORT: [&str; 3] = ["name", "listen_port", "internet_accessible"];

fn document() -> BTreeSet<String> {
    let nested = |parent: &'static str, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("{parent}.{name}")).collect()
    };
    let top = REQUEST.map(str::to_owned);
    let nested = nested("band_width", &BAND_WIDTH).into_iter().chain(nested("extend_param", &EXTEND_PARAM));
    top.into_iter().chain(nested).collect()
}

/// Three orders that together send every member there is.
fn maximal() -> [Draft; 3] {
    let everything = Draft {
        ports: vec![PortDraft { name: "app".into(), number: "10000".into(), public: true }],
        key_pair: "mykeypair".into(),
        vnc: Vnc::On,
        subnet: "10.9.0.0/16".into(),
        bandwidth_size: "300".into(),
        bandwidth_id: SHARED.into(),
        ..good()
    };
    BandwidthKind::ALL.map(|bandwidth| Draft { bandwidth, ..everything.clone() })
}

/// The members that are sent, ports as one, and apart from them the columns of a port.
fn sent() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut members, mut columns) = (BTreeSet::new(), BTreeSet::new());
    for draft in maximal() {
        let body = Order::check(&draft, catalogue()).expect("an order").body();
        let body: Value = serde_json::from_slice(body.bytes()).expect("JSON");
        for (name, value) in body.as_object().expect("an object") {
            match value {
                Value::Object(inner) => members.extend(inner.keys().map(|inner| format!("{name}.{inner}"))),
                Value::Array(rows) => {
                    members.insert(name.clone());
                    columns.extend(rows.iter().flat_map(|row| row.as_object().expect("a row").keys().cloned()));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    members.insert(name.clone());
                }
            }
        }
    }
    (members, columns)
}

#[test]
fn every_member_that_can_be_sent_has_exactly_one_row_and_every_row_a_member() {
    let rows: Vec<String> = FIELDS.iter().map(|row| row.id.json_name().to_owned()).collect();
    let unique: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(rows.len(), unique.len());
    assert_eq!(unique, sent().0);
}

#[test]
fn every_member_of_the_document_can_be_sent_and_nothing_else() {
    let (members, columns) = sent();
    assert_eq!(members, document());
    assert_eq!(columns, PORT.map(str::to_owned).into());
}

#[test]
fn the_columns_of_a_port_are_its_members_in_the_order_of_the_document() {
    assert_eq!(PortColumn::ALL.map(PortColumn::json_name), PORT);
}

#[test]
fn every_row_says_its_rule_its_help_an_example_and_its_source() {
    for row in &FIELDS {
        for text in [row.rule, row.help, row.example, row.source.document, row.source.date, row.id.label()] {
            assert!(!text.trim().is_empty(), "{:?}", row.id);
        }
        assert!(row.source.document.contains("CreateCloudPhoneServer"), "{:?}", row.id);
        assert_eq!(field(row.id).id, row.id);
    }
    let labels: BTreeSet<&str> = FieldId::ALL.into_iter().map(FieldId::label).collect();
    assert_eq!(labels.len(), FieldId::ALL.len());
}

#[test]
fn a_row_is_shown_exactly_where_its_member_can_be_sent() {
    for draft in maximal() {
        let shown: BTreeSet<FieldId> =
            Step::ALL.into_iter().flat_map(|step| fields_of(step, &draft)).map(|row| row.id).collect();
        let mut hidden: Vec<FieldId> = FieldId::ALL.into_iter().filter(|id| !shown.contains(id)).collect();
        hidden.sort_unstable();
        let expected = match draft.bandwidth {
            BandwidthKind::Dedicated | BandwidthKind::NewShared => FieldId::BandwidthId,
            BandwidthKind::ExistingShared => FieldId::BandwidthSize,
        };
        assert_eq!(hidden, [expected], "{:?}", draft.bandwidth);
    }
}

#[test]
fn a_text_written_through_a_row_is_read_from_it_and_changes_its_own_member_only() {
    for row in &FIELDS {
        let Some(slot) = row.control.slot() else { continue };
        let mut draft = Draft::default();
        (slot.write)(&mut draft).replace_range(.., "~");
        assert_eq!((slot.read)(&draft), "~", "{:?}", row.id);
        let changed = FIELDS.iter().filter_map(|other| Some((other.id, other.control.slot()?)));
        let changed: Vec<FieldId> = changed.filter(|(_, slot)| (slot.read)(&draft) == "~").map(|(id, _)| id).collect();
        assert_eq!(changed, [row.id]);
    }
}
