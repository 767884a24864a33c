//! Parses a request body into a draft, strictly: an unknown member, a wrong type and a missing member are each reported
//! with their path. `Order::check` checks the values.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::body_fault::BodyFault;
use super::draft::{BandwidthKind, Draft, PeriodUnit, PortDraft, Vnc};
use super::parse_json::parse_json;
use crate::i18n::{phrase, tr};
use crate::text::sanitize::brief;

/// Parses a body into a draft. `Err` has all faults, in the order in which their top-level members occur in the text;
/// missing members come last.
pub fn read_body(bytes: &[u8]) -> Result<Draft, Vec<BodyFault>> {
    match read_body_parts(bytes) {
        (Some(draft), faults) if faults.is_empty() => Ok(draft),
        (_, faults) => Err(faults),
    }
}

/// Parses the valid parts of a body and returns the faults of the rest. There is no draft if the text is not JSON.
#[must_use]
pub fn read_body_parts(bytes: &[u8]) -> (Option<Draft>, Vec<BodyFault>) {
    let json: Json = match parse_json(bytes) {
        Ok(json) => json,
        Err(fault) => return (None, vec![fault]),
    };
    let order = json.names();
    let mut faults = Vec::new();
    let draft = read_order(json, &mut faults);
    let top = |fault: &BodyFault| fault.place().split(['.', '[']).next().unwrap_or_default().to_owned();
    faults.sort_by_key(|fault| order.iter().position(|name| *name == top(fault)).unwrap_or(usize::MAX));
    (Some(draft), faults)
}

fn read_order(json: Json, faults: &mut Vec<BodyFault>) -> Draft {
    let mut members = Members::new(json, "", &TOP, faults);
    let mut draft = Draft::default();
    if let Some(text) = members.need_text("server_name", faults) {
        draft.server_name = text;
    }
    if let Some(text) = members.need_text("server_model_name", faults) {
        draft.server_flavor = text;
    }
    if let Some(text) = members.need_text("phone_model_name", faults) {
        draft.phone_flavor = text;
    }
    if let Some(text) = members.need_text("image_id", faults) {
        draft.image_id = text;
    }
    if let Some(number) = members.need_whole("count", faults) {
        draft.count = number;
    }
    if let Some(text) = members.full_text("keypair_name", faults) {
        draft.key_pair = text;
    }
    if let Some(text) = members.text("vnc_enable", faults) {
        draft.vnc = if is_true(&text) { Vnc::On } else { Vnc::Off };
    }
    if let Some(text) = members.full_text("subnet_cidr", faults) {
        draft.subnet = text;
    }
    match members.take("ports") {
        None => {}
        Some(Json::Array(rows)) => {
            draft.ports = rows.into_iter().enumerate().map(|(row, json)| read_port(json, row, faults)).collect();
        }
        Some(other) => members.wrong("ports", &other, phrase!("a list"), faults),
    }
    match members.need("band_width", faults) {
        None => {}
        Some(json) => read_bandwidth(json, &mut draft, faults),
    }
    match members.need("extend_param", faults) {
        None => {}
        Some(json) => read_extend_param(json, &mut draft, faults),
    }
    draft
}

fn read_port(json: Json, row: usize, faults: &mut Vec<BodyFault>) -> PortDraft {
    let mut members = Members::new(json, &format!("ports[{row}]"), &PORT, faults);
    PortDraft {
        name: members.need_text("name", faults).unwrap_or_default(),
        number: members.need_whole("listen_port", faults).unwrap_or_default(),
        public: members.need_full_text("internet_accessible", faults).is_some_and(|text| is_true(&text)),
    }
}

fn read_bandwidth(json: Json, draft: &mut Draft, faults: &mut Vec<BodyFault>) {
    let mut members = Members::new(json, "band_width", &BAND_WIDTH, faults);
    let id = members.text("band_width_id", faults);
    let share_type = members.whole("band_width_share_type", faults);
    let size = members.whole("band_width_size", faults);
    // An id takes precedence over the two others, as the document says.
    if let Some(id) = id {
        draft.bandwidth = BandwidthKind::ExistingShared;
        draft.bandwidth_id = id;
        return;
    }
    draft.bandwidth_size = size.unwrap_or_default();
    match share_type.as_deref() {
        Some("0") => draft.bandwidth = BandwidthKind::Dedicated,
        Some("1") => draft.bandwidth = BandwidthKind::NewShared,
        Some(found) => members.choice("band_width_share_type", found, phrase!("0 (dedicated) or 1 (shared)"), faults),
        None if members.has("band_width_share_type") || members.has("band_width_id") => {}
        None => members.missing("band_width_share_type", faults),
    }
}

fn read_extend_param(json: Json, draft: &mut Draft, faults: &mut Vec<BodyFault>) {
    let mut members = Members::new(json, "extend_param", &EXTEND_PARAM, faults);
    match members.need_whole("charging_mode", faults).as_deref() {
        Some("0") | None => {}
        Some(found) => members.choice("charging_mode", found, phrase!("0 (yearly/monthly)"), faults),
    }
    match members.need_whole("period_type", faults).as_deref() {
        Some("2") => draft.period_unit = PeriodUnit::Month,
        Some("3") => draft.period_unit = PeriodUnit::Year,
        Some(found) => members.choice("period_type", found, phrase!("2 (month) or 3 (year)"), faults),
        None => {}
    }
    if let Some(number) = members.need_whole("period_num", faults) {
        draft.period_number = number;
    }
    match members.whole("is_auto_pay", faults).as_deref() {
        Some("0") | None => {}
        Some("1") => draft.auto_pay = true,
        Some(found) => members.choice("is_auto_pay", found, phrase!("0 (pay later) or 1 (pay now)"), faults),
    }
}

/// Returns whether a text means on: `true` in any letter case does, any other text means off (the operation's
/// document).
fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

const TOP: [&str; 11] = [
    "server_name",
    "server_model_name",
    "phone_model_name",
    "image_id",
    "count",
    "keypair_name",
    "vnc_enable",
    "ports",
    "subnet_cidr",
    "band_width",
    "extend_param",
];
const PORT: [&str; 3] = ["name", "listen_port", "internet_accessible"];
const BAND_WIDTH: [&str; 3] = ["band_width_id", "band_width_share_type", "band_width_size"];
const EXTEND_PARAM: [&str; 4] = ["charging_mode", "period_type", "period_num", "is_auto_pay"];

/// The members of one object, each taken out once.
struct Members {
    place: String,
    entries: Vec<(String, Json)>,
    seen: Vec<String>,
    /// True if the value is not an object. Its members are then not reported as missing in addition.
    broken: bool,
}

impl Members {
    fn new(json: Json, place: &str, known: &[&str], faults: &mut Vec<BodyFault>) -> Self {
        let mut all = Self { place: place.to_owned(), entries: Vec::new(), seen: Vec::new(), broken: false };
        let Json::Object(members) = json else {
            let place = if place.is_empty() { tr!("The order") } else { place.to_owned() };
            faults.push(BodyFault::WrongType { place, found: json.kind(), expected: phrase!("an object") });
            all.broken = true;
            return all;
        };
        for (name, value) in members {
            if all.seen.contains(&name) {
                faults.push(BodyFault::Twice { place: all.path(&name) });
            } else if known.contains(&name.as_str()) {
                all.seen.push(name.clone());
                all.entries.push((name, value));
            } else {
                faults.push(BodyFault::Unknown { place: all.path(&name), known: known.join(", ") });
            }
        }
        all
    }

    fn path(&self, name: &str) -> String {
        let name = brief(name, 40);
        if self.place.is_empty() { name } else { format!("{}.{name}", self.place) }
    }

    fn has(&self, name: &str) -> bool {
        self.broken || self.seen.iter().any(|seen| seen == name)
    }

    fn take(&mut self, name: &str) -> Option<Json> {
        let at = self.entries.iter().position(|(member, _)| member == name)?;
        Some(self.entries.swap_remove(at).1)
    }

    fn missing(&self, name: &str, faults: &mut Vec<BodyFault>) {
        if !self.has(name) {
            faults.push(BodyFault::Missing { place: self.path(name) });
        }
    }

    fn wrong(&self, name: &str, json: &Json, expected: &'static str, faults: &mut Vec<BodyFault>) {
        faults.push(BodyFault::WrongType { place: self.path(name), found: json.kind(), expected });
    }

    fn choice(&self, name: &str, found: &str, allowed: &'static str, faults: &mut Vec<BodyFault>) {
        faults.push(BodyFault::Choice { place: self.path(name), found: brief(found, 40), allowed });
    }

    fn need(&mut self, name: &str, faults: &mut Vec<BodyFault>) -> Option<Json> {
        self.missing(name, faults);
        self.take(name)
    }

    fn text(&mut self, name: &str, faults: &mut Vec<BodyFault>) -> Option<String> {
        match self.take(name)? {
            Json::Text(text) => Some(text),
            other => {
                self.wrong(name, &other, phrase!("a text"), faults);
                None
            }
        }
    }

    /// Takes an optional text. An empty text is a fault: it is neither a value nor an omitted member.
    fn full_text(&mut self, name: &str, faults: &mut Vec<BodyFault>) -> Option<String> {
        let text = self.text(name, faults)?;
        if text.is_empty() {
            self.choice(name, &tr!("empty"), phrase!("a text, or leaving the member out,"), faults);
            return None;
        }
        Some(text)
    }

    fn need_text(&mut self, name: &str, faults: &mut Vec<BodyFault>) -> Option<String> {
        self.missing(name, faults);
        self.text(name, faults)
    }

    /// Takes a required text and reports an empty one, which the service rejects (CPS.0093).
    fn need_full_text(&mut self, name: &str, faults: &mut Vec<BodyFault>) -> Option<String> {
        let text = self.need_text(name, faults)?;
        if text.is_empty() {
            self.choice(name, &tr!("empty"), phrase!("\"true\" or \"false\""), faults);
        }
        Some(text)
    }

    /// Takes an optional whole number as digits, so that the draft keeps any size of number.
    fn whole(&mut self, name: &str, faults: &mut Vec<BodyFault>) -> Option<String> {
        match self.take(name)? {
            Json::Number(number) if !number.is_f64() => Some(number.to_string()),
            other => {
                self.wrong(name, &other, phrase!("a whole number"), faults);
                None
            }
        }
    }

    fn need_whole(&mut self, name: &str, faults: &mut Vec<BodyFault>) -> Option<String> {
        self.missing(name, faults);
        self.whole(name, faults)
    }
}

/// JSON that keeps repeated members, which a map would drop.
enum Json {
    Null,
    Bool,
    Number(Number),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Returns the names of an object's members in the order of the text; empty for any other value.
    fn names(&self) -> Vec<String> {
        match self {
            Self::Object(members) => members.iter().map(|(name, _)| name.clone()).collect(),
            Self::Null | Self::Bool | Self::Number(_) | Self::Text(_) | Self::Array(_) => Vec::new(),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => phrase!("true or false"),
            Self::Number(number) if number.is_f64() => {
                phrase!("a number with a fraction, an exponent or too many digits")
            }
            Self::Number(_) => phrase!("a whole number"),
            Self::Text(_) => phrase!("a text"),
            Self::Array(_) => phrase!("a list"),
            Self::Object(_) => phrase!("an object"),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Bool)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(row) = rows.next_element()? {
            array.push(row);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            members.push(entry);
        }
        Ok(Json::Object(members))
    }
}
