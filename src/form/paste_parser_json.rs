//! Ports in pasted JSON: the member `ports` of a body, the list alone, or the member copied from the request pane.

use serde_json::{Map, Value};

use crate::order::PortDraft;
use crate::text::sanitize::brief;

use super::pasted_port::{PastedPort, PortError, parse_port};

/// Parser for a string inside the JSON, which is read as a list of ports of its own.
type ReadText = fn(&str) -> Option<Vec<PastedPort>>;

/// Reads the rows of a JSON text; an object with a name is one row. Returns `None` if the text is not JSON or has no
/// list of ports. Broken JSON that names `listen_port` gives one row with the position of the error.
pub(super) fn parse_json(pasted: &str, read_text: ReadText) -> Option<Vec<PastedPort>> {
    let text = pasted.trim();
    if !text.starts_with(['{', '[', '"']) {
        return None;
    }
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => match read_piece(text.trim_end_matches(',')) {
            Some(value) => value,
            // Quoted CSV begins like JSON too.
            None if text.contains("listen_port") && !text.starts_with("\"name\",") => {
                let why = PortError::JsonBreaksOff { line: error.line(), column: error.column() };
                return Some(vec![PastedPort::new(&brief(text.lines().next().unwrap_or_default(), 40), Err(why))]);
            }
            None => return None,
        },
    };
    let rows = match value {
        Value::Array(rows) => rows,
        Value::Object(mut members) => match members.remove("ports") {
            Some(Value::Array(rows)) => rows,
            None if members.contains_key("name") => vec![Value::Object(members)],
            Some(_) | None => return None,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    Some(rows.iter().map(|row| PastedPort::new(&row.to_string(), read_row(row, read_text))).collect())
}

/// Reads a fragment of JSON: a member with its name, rows without their list, or one object per line.
fn read_piece(text: &str) -> Option<Value> {
    let whole = |text: String| serde_json::from_str(&text).ok();
    let lines = || serde_json::Deserializer::from_str(text).into_iter().collect::<Result<Vec<Value>, _>>().ok();
    if !text.starts_with('{') {
        return whole(format!("{{{text}}}"));
    }
    whole(format!("[{text}]")).or_else(|| lines().map(Value::Array))
}

fn read_row(row: &Value, read_text: ReadText) -> Result<PortDraft, PortError> {
    match row {
        Value::Object(members) => read_members(members),
        Value::Array(parts) if (2..=3).contains(&parts.len()) => {
            let reach = parts.get(2).map(word);
            parse_port(&word(&parts[0]), &word(&parts[1]), reach.as_deref())
        }
        Value::String(line) => match read_text(line).map(|mut rows| (rows.len(), rows.pop())) {
            Some((1, Some(row))) => row.read,
            Some(_) | None => Err(PortError::NotAPort),
        },
        Value::Number(_) => Err(PortError::OnlyNumber),
        Value::Array(_) | Value::Null | Value::Bool(_) => Err(PortError::NotAPort),
    }
}

fn read_members(members: &Map<String, Value>) -> Result<PortDraft, PortError> {
    let member = |names: &[&str]| names.iter().find_map(|name| members.get(*name)).map(word);
    let name = member(&["name"]).ok_or(PortError::NoName)?;
    let number = member(&["listen_port", "port", "number"]).ok_or(PortError::NoListenPort)?;
    let reach = member(&["internet_accessible", "public"]);
    parse_port(&name, &number, reach.as_deref())
}

/// Returns a JSON value as a plain word: a string without quotation marks, `null` as an empty text.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
