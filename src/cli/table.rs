//! Rows of a result as JSON, as CSV for a spreadsheet, or as a table for the eye.

use std::io::{IsTerminal as _, stdout};

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::order::text::visible;

use super::help::padded;
use super::say;

/// How rows are written; without a flag as a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::Args)]
pub struct FormatArgs {
    /// Say it in JSON
    #[arg(long)]
    pub json: bool,
    /// Write CSV (RFC 4180), safe to open in a spreadsheet
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}

/// A cell that a spreadsheet would take for a formula is marked as a text by an apostrophe.
fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A value of JSON as a cell: nothing stays empty, several stand side by side.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => neutral(text),
        Value::Array(all) => neutral(&all.iter().map(plain).collect::<Vec<_>>().join(" ")),
        // A number may begin with a minus: it is one.
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// Rows that all have the same members as CSV: a line of names, then a line a row.
pub fn csv(names: &[&str], rows: &[Value]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(names);
    for row in rows {
        let _ = writer.write_record(names.iter().map(|name| row.get(name).map(cell).unwrap_or_default()));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Writes rows as CSV. A file keeps what a name holds; a terminal would obey it.
pub fn say_csv(names: &[&str], rows: &[Value]) {
    let text = csv(names, rows);
    say::text(&if stdout().is_terminal() { for_a_terminal(&text) } else { text });
}

fn for_a_terminal(text: &str) -> String {
    text.lines().map(|line| visible(line).into_owned() + "\n").collect()
}

/// Writes rows as a table.
pub fn say_lines(rows: &[Vec<String>]) {
    for line in lines(rows) {
        say::result(&line);
    }
}

/// Lines of a table: each column as wide as its widest cell, two blanks between them, none at the end.
fn lines(rows: &[Vec<String>]) -> Vec<String> {
    let seen = |row: &Vec<String>| row.iter().map(|cell| visible(cell).into_owned()).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = rows.iter().map(seen).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_cell_of_csv_is_a_formula() {
        let rows: Vec<Value> =
            ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "a=b", "a,\"b\"\nc"].map(|text| json!({ "a": text })).into();
        let expected = "a\r\n'=1+1\r\n'+1\r\n'-1\r\n'@a\r\n'\tx\r\n\"'\rx\"\r\na=b\r\n\"a,\"\"b\"\"\nc\"\r\n";
        assert_eq!(csv(&["a"], &rows), expected);
        let row = json!({ "ids": ["=x", "y"], "none": null, "number": -3, "is": true });
        assert_eq!(
            csv(&["ids", "none", "number", "is", "absent"], &[row]),
            "ids,none,number,is,absent\r\n'=x y,,-3,true,\r\n"
        );
    }

    #[test]
    fn a_terminal_obeys_nothing_in_a_name() {
        let text = csv(&["a"], &[json!({ "a": "x\u{1b}]0;y\u{7}\u{202e}" }), json!({ "a": "b\nc" })]);
        assert_eq!(for_a_terminal(&text), "a\nx<U+001B>]0;y<U+0007><U+202E>\n\"b\nc\"\n");
    }

    #[test]
    fn cells_are_measured_as_they_are_seen() {
        let rows = [["name", "OS"], ["云手机", "A"], ["a\u{1b}", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(lines(&rows), ["name       OS", "云手机     A", "a<U+001B>"]);
    }
}
