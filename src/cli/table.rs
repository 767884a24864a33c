//! Writes the rows of a result as JSON, as CSV for a spreadsheet, or as a table for the terminal.

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::text::sanitize::visible;

use super::help::padded;
use super::print;

/// The output format of rows; without a flag it is a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::Args)]
pub struct FormatArgs {
    /// Say it in JSON
    #[arg(long)]
    pub json: bool,
    /// Write CSV (RFC 4180), safe to open in a spreadsheet
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}

/// Makes a text safe for CSV. Hidden characters become `<U+XXXX>`, because a terminal would obey them whenever the file
/// is printed. A cell that a spreadsheet would read as a formula (`=`, `+`, `-` or `@` first) gets an apostrophe in
/// front.
fn neutral(text: &str) -> String {
    let shown = visible(text);
    if shown.starts_with(['=', '+', '-', '@']) { format!("'{shown}") } else { shown.into_owned() }
}

/// Formats a JSON value as a CSV cell: `null` is empty, and the items of an array are separated by spaces.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => neutral(text),
        Value::Array(all) => neutral(&all.iter().map(plain).collect::<Vec<_>>().join(" ")),
        // A number may begin with a minus: it is one.
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Object(_) => neutral(&value.to_string()),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// Formats rows with the same members as CSV (RFC 4180): a line of names, then one line per row.
pub fn csv(names: &[&str], rows: &[Value]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(names);
    for row in rows {
        let _ = writer.write_record(names.iter().map(|name| row.get(name).map(cell).unwrap_or_default()));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Writes rows as CSV, after a line of names.
pub fn print_csv(names: &[&str], rows: &[Value]) {
    print::text(&csv(names, rows));
}

/// Writes one row as CSV, without the line of names.
pub fn print_csv_row(names: &[&str], row: &Value) {
    let text = csv(names, std::slice::from_ref(row));
    print::text(text.split_once("\r\n").map_or("", |(_, row)| row));
}

/// The rows of a long table, kept as text until the widths of all columns are known.
#[derive(Default)]
pub struct Lines {
    /// One line per row, with `END_OF_CELL` after each cell.
    text: String,
    widths: Vec<usize>,
}

/// The terminator of a cell. No cell contains it, since hidden characters are replaced by their codes.
const END_OF_CELL: char = '\u{1f}';

impl Lines {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn add(&mut self, row: &[String]) {
        self.widths.resize(self.widths.len().max(row.len()), 0);
        for (cell, width) in row.iter().zip(&mut self.widths) {
            let seen = visible(cell);
            *width = seen.width().max(*width);
            self.text.push_str(&seen);
            self.text.push(END_OF_CELL);
        }
        self.text.push('\n');
    }

    /// Writes the rows. Each column is as wide as its widest cell, with two spaces between columns and none at the end
    /// of a line.
    pub fn print(&self) {
        for part in self.parts() {
            print::text(&part);
        }
    }

    fn parts(&self) -> impl Iterator<Item = String> {
        const AT_ONCE: usize = 256;
        let mut lines = self.text.split_terminator('\n').peekable();
        std::iter::from_fn(move || {
            lines.peek()?;
            let mut part = String::new();
            for line in lines.by_ref().take(AT_ONCE) {
                let start = part.len();
                for (cell, width) in line.split_terminator(END_OF_CELL).zip(&self.widths) {
                    part.push_str(&padded(cell, *width));
                    part.push_str("  ");
                }
                part.truncate(start + part.get(start..).unwrap_or_default().trim_end().len());
                part.push('\n');
            }
            Some(part)
        })
    }
}

/// Writes rows as a table, laid out as by `Lines::print`.
pub fn print_lines(rows: &[Vec<String>]) {
    for line in lines(rows) {
        print::line(&line);
    }
}

/// Lays rows out as lines: each column is as wide as its widest cell, with two spaces between columns and none at the
/// end of a line.
fn lines(rows: &[Vec<String>]) -> Vec<String> {
    let mut all = Lines::default();
    for row in rows {
        all.add(row);
    }
    all.parts().flat_map(|part| part.lines().map(ToOwned::to_owned).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::sanitize::is_hidden;

    #[test]
    fn no_cell_of_csv_is_a_formula() {
        let rows: Vec<Value> =
            ["=1+1", "+1", "-1", "@a", "\t=x", "a=b", "a,\"b\"\nc"].map(|text| json!({ "a": text })).into();
        let expected = "a\r\n'=1+1\r\n'+1\r\n'-1\r\n'@a\r\n<U+0009>=x\r\na=b\r\n\"a,\"\"b\"\"<U+000A>c\"\r\n";
        assert_eq!(csv(&["a"], &rows), expected);
        let row = json!({ "ids": ["=x", "y"], "none": null, "number": -3, "is": true });
        assert_eq!(
            csv(&["ids", "none", "number", "is", "absent"], &[row]),
            "ids,none,number,is,absent\r\n'=x y,,-3,true,\r\n"
        );
    }

    #[test]
    fn csv_holds_no_hidden_character_wherever_it_comes_from() {
        let hostile = "x\u{1b}]52;c;eA==\u{7}\u{9b}2J\u{7f}\u{202e}\u{200b}";
        let shown = "x<U+001B>]52;c;eA==<U+0007><U+009B>2J<U+007F><U+202E><U+200B>";
        for value in [json!(hostile), json!([hostile]), json!({ "a": hostile })] {
            let text = csv(&["a"], &[json!({ "a": value })]);
            assert!(!text.chars().any(|c| is_hidden(c) && c != '\r' && c != '\n'), "{text:?}");
        }
        assert_eq!(csv(&["a"], &[json!({ "a": hostile })]), format!("a\r\n{shown}\r\n"));
    }

    #[test]
    fn cells_are_measured_as_they_are_seen() {
        let rows = [["name", "OS"], ["云手机", "A"], ["a\u{1b}", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(lines(&rows), ["name       OS", "云手机     A", "a<U+001B>"]);
    }
}
