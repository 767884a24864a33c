//! Line layout for a given number of columns, for scripts with and without spaces between words.

use std::env;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The largest width of help, in columns: longer lines are hard to read.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;
/// The width for a terminal of unknown size, in columns.
const USUAL: usize = 80;

/// Returns the width for help in columns, between 40 and 100: from `COLUMNS`, else from the terminal, else 80.
pub fn columns() -> usize {
    let named = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let of_terminal = || rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok().map(|size| size.ws_col.into());
    let columns: usize = named.or_else(of_terminal).filter(|columns| *columns > 0).unwrap_or(USUAL);
    columns.clamp(NARROWEST, WIDEST)
}

/// Pads a text with spaces to a display width in columns. A longer text is returned unchanged.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Characters that must not begin a line, and those that must not end one.
const CLOSING: &str = "，。；：、！？）》」』】…”’,.;:!?)]}";
const OPENING: &str = "（《「『【“‘([{";

/// Splits a line into the parts that must not be broken. The bool is true if a space precedes the part.
fn parts(line: &str) -> Vec<(bool, String)> {
    let mut parts: Vec<(bool, String)> = Vec::new();
    let mut after_blank = false;
    let mut before: Option<char> = None;
    for c in line.chars() {
        if c == ' ' {
            after_blank = true;
            before = None;
            continue;
        }
        let is_wide = |c: char| c.width() == Some(2);
        let may_part = match before {
            None => true,
            Some(last) => (is_wide(last) || is_wide(c)) && !CLOSING.contains(c) && !OPENING.contains(last),
        };
        match parts.last_mut() {
            Some((_, part)) if !may_part => part.push(c),
            _ => parts.push((after_blank, c.to_string())),
        }
        after_blank = false;
        before = Some(c);
    }
    parts
}

/// Wraps a text to lines of at most `width` columns. A part that cannot be broken may be longer. Existing line breaks
/// are kept, each line with its indentation.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrapped_line(line, width)).collect()
}

fn wrapped_line(line: &str, width: usize) -> Vec<String> {
    let indentation = " ".repeat(line.len() - line.trim_start_matches(' ').len());
    let mut lines = Vec::new();
    let mut current = indentation.clone();
    let mut is_fresh = true;
    for (after_blank, part) in parts(line.trim()) {
        let blank = usize::from(after_blank && !is_fresh);
        if !is_fresh && current.width() + blank + part.width() > width {
            lines.push(std::mem::replace(&mut current, indentation.clone()));
        } else {
            current.push_str(&" ".repeat(blank));
        }
        current.push_str(&part);
        is_fresh = false;
    }
    lines.push(if is_fresh { String::new() } else { current });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_chinese_breaks_between_characters() {
        assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a\n\n  bb cc dd", 7), ["a", "", "  bb cc", "  dd"]);
        assert_eq!(wrapped("用 --json 输出结果，", 9), ["用 --json", "输出结", "果，"]);
        assert_eq!(wrapped("（服务器）名称", 4), ["（服", "务", "器）", "名称"]);
        assert_eq!(wrapped("https://long.example", 5), ["https://long.example"]);
    }

    #[test]
    fn columns_are_padded_by_what_is_seen() {
        assert_eq!((padded("服务", 6), padded("ab", 6)), ("服务  ".into(), "ab    ".into()));
        assert_eq!(padded("longer", 2), "longer");
    }
}
