//! Bodies read back: what is taken, and each thing that is not, with its place and its words.

mod faults;
mod random;

use cph_wizard::order::{BandwidthKind, BodyFault, Draft, PeriodUnit, Vnc, read_body};
use serde_json::{Value, json};

use crate::example::{TEXT, filled};
use crate::fixture::{SHARED, code};

/// The example with one place set, or taken away where there is no value.
pub fn changed(place: &str, value: Option<Value>) -> String {
    let mut body: Value = serde_json::from_str(TEXT).expect("the example");
    let (parent, name) = place.rsplit_once('/').expect("a place");
    let members = body.pointer_mut(parent).and_then(Value::as_object_mut).expect(place);
    match value {
        Some(value) => drop(members.insert(name.to_owned(), value)),
        None => drop(members.shift_remove(name)),
    }
    body.to_string()
}

/// The faults of a text, each as its sentence.
pub fn sentences(text: impl AsRef<[u8]>) -> Vec<String> {
    faults(text).iter().map(BodyFault::to_string).collect()
}

pub fn faults(text: impl AsRef<[u8]>) -> Vec<BodyFault> {
    read_body(text.as_ref()).err().unwrap_or_default()
}

fn read(place: &str, value: Value) -> Draft {
    read_body(changed(place, Some(value)).as_bytes()).expect(place)
}

#[test]
fn true_in_any_letter_case_is_on_and_every_other_text_is_off() {
    for (text, on) in [
        ("true", true),
        ("TRUE", true),
        ("tRuE", true),
        ("false", false),
        ("yes", false),
        ("1", false),
        (" true", false),
        ("true ", false),
        ("ｔrue", false),
    ] {
        let vnc = if on { Vnc::On } else { Vnc::Off };
        assert_eq!(read("/vnc_enable", json!(text)), Draft { vnc, ..filled() }, "{text:?}");
        let mut draft = filled();
        draft.ports[0].public = on;
        assert_eq!(read("/ports/0/internet_accessible", json!(text)), draft, "{text:?}");
    }
    assert_eq!(read_body(changed("/vnc_enable", None).as_bytes()), Ok(Draft { vnc: Vnc::Unset, ..filled() }));
    assert_eq!(read("/vnc_enable", json!("")), Draft { vnc: Vnc::Off, ..filled() });
    // The service has a code of its own for an empty text here.
    let empty = changed("/ports/0/internet_accessible", Some(json!("")));
    assert_eq!(sentences(&empty), ["ports[0].internet_accessible is empty: \"true\" or \"false\" is right"]);
    assert_eq!(code(empty.as_bytes()).as_deref(), Some("CPS.0093"));
}

#[test]
fn a_bandwidth_id_takes_precedence_over_type_and_size() {
    let existing = Draft { bandwidth: BandwidthKind::ExistingShared, bandwidth_id: SHARED.into(), ..filled() };
    for band_width in [
        json!({ "band_width_id": SHARED }),
        json!({ "band_width_id": SHARED, "band_width_share_type": 0 }),
        json!({ "band_width_share_type": 1, "band_width_size": 5, "band_width_id": SHARED }),
        json!({ "band_width_size": 999, "band_width_id": SHARED }),
        json!({ "band_width_share_type": 7, "band_width_id": SHARED }),
    ] {
        assert_eq!(read("/band_width", band_width.clone()), existing, "{band_width}");
        assert_eq!(code(changed("/band_width", Some(band_width)).as_bytes()), None);
    }
    let empty = read("/band_width", json!({ "band_width_id": "", "band_width_share_type": 0 }));
    assert_eq!(empty, Draft { bandwidth: BandwidthKind::ExistingShared, ..filled() });
}

#[test]
fn the_values_of_a_bandwidth_are_kept_as_they_were_written() {
    let sized = |bandwidth, size: &str| Draft { bandwidth, bandwidth_size: size.into(), ..filled() };
    for (band_width, draft) in [
        (json!({ "band_width_share_type": 0 }), sized(BandwidthKind::Dedicated, "")),
        (json!({ "band_width_share_type": 0, "band_width_size": 300 }), sized(BandwidthKind::Dedicated, "300")),
        (json!({ "band_width_share_type": 1, "band_width_size": 1 }), sized(BandwidthKind::NewShared, "1")),
        (json!({ "band_width_share_type": 1 }), sized(BandwidthKind::NewShared, "")),
        (json!({ "band_width_size": 301, "band_width_share_type": 1 }), sized(BandwidthKind::NewShared, "301")),
    ] {
        assert_eq!(read("/band_width", band_width.clone()), draft, "{band_width}");
    }
}

#[test]
fn what_may_be_left_out_is_empty_in_the_draft() {
    for (place, draft) in [
        ("/keypair_name", Draft { key_pair: String::new(), ..filled() }),
        ("/ports", Draft { ports: Vec::new(), ..filled() }),
        ("/extend_param/is_auto_pay", Draft { auto_pay: false, ..filled() }),
    ] {
        assert_eq!(read_body(changed(place, None).as_bytes()), Ok(draft), "{place}");
    }
    assert_eq!(read("/ports", json!([])), Draft { ports: Vec::new(), ..filled() });
    assert_eq!(read("/subnet_cidr", json!("10.2.0.0/16")), Draft { subnet: "10.2.0.0/16".into(), ..filled() });
}

#[test]
fn values_outside_their_limits_are_read_as_they_are_and_left_to_the_check() {
    assert_eq!(read("/count", json!(11)).count, "11");
    assert_eq!(read("/count", json!(-1)).count, "-1");
    assert_eq!(read("/count", json!(u64::MAX)).count, "18446744073709551615");
    assert_eq!(read("/ports/1/listen_port", json!(80)).ports[1].number, "80");
    assert_eq!(read("/ports/1/name", json!("ADB")).ports[1].name, "ADB");
    assert_eq!(read("/server_name", json!("a b\n")).server_name, "a b\n");
    let years = read("/extend_param/period_type", json!(3));
    assert_eq!(years, Draft { period_unit: PeriodUnit::Year, ..filled() });
}
