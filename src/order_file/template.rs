//! The template of an order file: JSON with a comment above every member. Optional members are commented out, except
//! automatic payment, so that removing the slashes adds them.

use serde_json::{Value, json};

use crate::form::{FIELDS, Field, field};
use crate::i18n::{self, tr};
use crate::order::FieldId;

use super::values::values_line;

/// Builds a template with example values. A minimal one has only the required members, without comments on them.
#[must_use]
pub fn template(minimal: bool) -> String {
    let mut lines = Lines { minimal, text: String::new(), depth: 0 };
    for words in head(minimal) {
        lines.comment(&words);
    }
    lines.put("{");
    lines.depth = 1;
    for id in [FieldId::ServerName, FieldId::ServerFlavor, FieldId::PhoneFlavor, FieldId::Image, FieldId::Count] {
        lines.needed(id, &example(id), ",");
    }
    for id in [FieldId::KeyPair, FieldId::Vnc, FieldId::Ports, FieldId::Subnet] {
        lines.optional(id, &example(id), ",");
    }
    lines.blank();
    lines.put("\"band_width\": {");
    lines.depth = 2;
    lines.optional(FieldId::BandwidthId, &example(FieldId::BandwidthId), ",");
    lines.optional(FieldId::BandwidthSize, &example(FieldId::BandwidthSize), ",");
    lines.needed(FieldId::BandwidthKind, &example(FieldId::BandwidthKind), "");
    lines.depth = 1;
    lines.put("},");
    lines.blank();
    lines.put("\"extend_param\": {");
    lines.depth = 2;
    lines.optional(FieldId::AutoPay, &example(FieldId::AutoPay), ",");
    for id in [FieldId::ChargingMode, FieldId::PeriodUnit] {
        lines.needed(id, &example(id), ",");
    }
    lines.needed(FieldId::PeriodNumber, &example(FieldId::PeriodNumber), "");
    lines.depth = 1;
    lines.put("}");
    lines.depth = 0;
    lines.put("}");
    lines.text
}

fn head(minimal: bool) -> Vec<String> {
    let mut head = vec![tr!(
        "An order file for cph-wizard: the request of CreateCloudPhoneServer, with comments that are not sent."
    )];
    if !minimal {
        head.push(tr!("A member in a comment is left out, which the rules call empty; take the // away to put it in."));
    }
    let mut sources: Vec<_> = FIELDS.iter().map(|row| row.source).collect();
    sources.dedup();
    for source in sources.into_iter().filter(|_| !minimal) {
        head.push(tr!("Source: {document}, {date}", document = source.document, date = source.date));
    }
    head.push(tr!(
        "The values are examples. `cph-wizard check FILE` says what is wrong, and the hash of what would be sent."
    ));
    head
}

/// Returns a value of the field that can be ordered, from the table's example: its text, the number at its start, or a
/// port made of its words.
fn example(id: FieldId) -> Value {
    let text = field(id).example;
    match id {
        FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::Image
        | FieldId::ServerName
        | FieldId::BandwidthId
        | FieldId::KeyPair
        | FieldId::Vnc
        | FieldId::Subnet => text.into(),
        FieldId::Count
        | FieldId::BandwidthKind
        | FieldId::BandwidthSize
        | FieldId::ChargingMode
        | FieldId::PeriodUnit
        | FieldId::PeriodNumber
        | FieldId::AutoPay => {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<i64>().unwrap_or(1).into()
        }
        FieldId::Ports => {
            let mut words = text.split_whitespace();
            let name = words.next().unwrap_or_default();
            let number: i64 = words.next().and_then(|number| number.parse().ok()).unwrap_or(20000);
            json!([{ "name": name, "listen_port": number, "internet_accessible": "false" }])
        }
    }
}

/// Writer for the lines of a template.
struct Lines {
    minimal: bool,
    text: String,
    depth: usize,
}

impl Lines {
    fn put(&mut self, line: &str) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds an empty line, but not at the beginning of an object or in a minimal template.
    fn blank(&mut self) {
        if !self.minimal && !self.text.ends_with("{\n") {
            self.text.push('\n');
        }
    }

    fn comment(&mut self, words: &str) {
        self.put(&format!("// {words}"));
    }

    fn needed(&mut self, id: FieldId, value: &Value, comma: &str) {
        self.about(id);
        self.put(&format!("{}{comma}", member(id, value)));
    }

    fn optional(&mut self, id: FieldId, value: &Value, comma: &str) {
        if self.minimal {
            return;
        }
        self.about(id);
        // What the table gives as its first value is what is taken when nothing is said.
        let sign = if id == FieldId::AutoPay { "" } else { "// " };
        self.put(&format!("{sign}{}{comma}", member(id, value)));
    }

    /// Adds comments with the label, purpose and rule of a field, but not to a minimal template.
    fn about(&mut self, id: FieldId) {
        if self.minimal {
            return;
        }
        let Field { help, rule, .. } = field(id);
        self.blank();
        self.comment(&tr!("{field}: {help}", field = id.label(), help = i18n::t(help)));
        match values_line(id) {
            Some(values) => self.comment(&tr!("Values: {values}", values)),
            None => self.comment(&tr!("Rule: {rule}", rule = i18n::t(rule))),
        }
    }
}

fn member(id: FieldId, value: &Value) -> String {
    let name = id.json_name().rsplit('.').next().unwrap_or_default();
    format!("\"{name}\": {}", spaced(value))
}

/// Formats a value as JSON on one line, with spaces after colons and commas and inside braces.
fn spaced(value: &Value) -> String {
    match value {
        Value::Array(rows) => format!("[{}]", rows.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("\"{name}\": {}", spaced(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}
