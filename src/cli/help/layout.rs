//! Lines of text in so many columns, in scripts with blanks between words and in those without.

use std::env;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How wide help is at most: longer lines are hard to read.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;
/// Where nobody knows how wide the terminal is.
const USUAL: usize = 80;

/// The columns of the terminal; `COLUMNS` goes before it.
pub fn columns() -> usize {
    let named = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let of_terminal = || rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok().map(|size| size.ws_col.into());
    let columns: usize = named.or_else(of_terminal).filter(|columns| *columns > 0).unwrap_or(USUAL);
    columns.clamp(NARROWEST, WIDEST)
}

/// A text with blanks behind it up to a width in columns.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// What may not begin a line, and what may not end one.
const CLOSING: &str = "，。；：、！？）》」』】…”’,.;:!?)]}";
const OPENING: &str = "（《「『【“‘([{";

/// The parts of a line that stay together, each with whether a blank stands before it.
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

/// A text in lines of at most so many columns; what cannot be parted is left long. Its own lines stay, each with its
/// indentation.
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
