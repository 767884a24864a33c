//! Breaks texts into lines by their width in cells: at spaces, and between Chinese characters, since Chinese text has
//! no spaces.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthChar as _;

use crate::text::sanitize::visible;

use super::width::{prefix_len, text_width};

/// Punctuation that may not end a line.
const NO_BREAK_AFTER: &str = "（《“‘「【";
/// Punctuation that may not begin a line.
const NO_BREAK_BEFORE: &str = "，。：；！？、）》”’」】…,.:;!?)";

/// Breaks a text into lines of at most `width` cells, at spaces where possible. A character wider than that gets a line
/// of its own.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    let width = usize::from(width.max(1));
    let text = visible(text);
    if text_width(&text) <= width {
        return vec![text.into_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        for (at, piece) in unbreakable_parts(word).into_iter().enumerate() {
            let blank = usize::from(at == 0);
            if !line.is_empty() && text_width(&line) + blank + text_width(piece) > width {
                lines.push(std::mem::take(&mut line));
            }
            let mut rest = piece;
            while text_width(rest) > width {
                let (head, tail) = rest.split_at(first_line_len(rest, width));
                // What is wider than a whole line stands in one of its own.
                if tail.is_empty() {
                    break;
                }
                lines.push(head.to_owned());
                rest = tail;
            }
            if !line.is_empty() && at == 0 {
                line.push(' ');
            }
            line.push_str(rest);
        }
    }
    lines.push(line);
    lines
}

/// Breaks a text into full lines of at most `width` cells, inside words too.
pub fn hard_wrap(text: &str, width: u16) -> Vec<String> {
    let width = usize::from(width.max(1));
    let text = visible(text);
    let mut rest = &*text;
    let mut lines = Vec::new();
    while text_width(rest) > width {
        let (head, tail) = rest.split_at(first_line_len(rest, width));
        if tail.is_empty() {
            break;
        }
        lines.push(head.to_owned());
        rest = tail;
    }
    lines.push(rest.to_owned());
    lines
}

/// Wraps a text to at most `most` lines. What does not fit is appended to the last line, to be cut when it is drawn.
pub fn wrap_to_height(text: &str, width: u16, most: u16) -> Vec<String> {
    let mut lines = wrap(text, width);
    if lines.len() > usize::from(most) {
        let rest = lines.split_off(usize::from(most.saturating_sub(1))).join(" ");
        lines.push(rest);
    }
    lines
}

/// Returns the length in bytes of the grapheme clusters that fit into `width` cells, at least one.
fn first_line_len(text: &str, width: usize) -> usize {
    let first = text.graphemes(true).next().map_or(text.len(), str::len);
    prefix_len(text, width).max(first)
}

/// Splits a word into the parts that stay whole: each Chinese character with the punctuation beside it, and the text
/// between them.
fn unbreakable_parts(word: &str) -> Vec<&str> {
    if word.is_ascii() {
        return vec![word];
    }
    let is_wide = |c: char| c.width() == Some(2);
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before: Option<char> = None;
    // A letter stays with its accents, and a flag whole.
    for (at, cluster) in word.grapheme_indices(true) {
        let Some(c) = cluster.chars().next() else { continue };
        let breaks = before.is_some_and(|before| {
            (is_wide(before) || is_wide(c)) && !NO_BREAK_AFTER.contains(before) && !NO_BREAK_BEFORE.contains(c)
        });
        if breaks {
            pieces.push(&word[from..at]);
            from = at;
        }
        before = Some(c);
    }
    pieces.push(&word[from..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_broken_anywhere_but_not_before_its_marks() {
        let lines = wrap("按 F5 重试，或自行输入规格名称physical.rx1。", 12);
        assert_eq!(lines, ["按 F5 重试，", "或自行输入规", "格名称", "physical.rx1", "。"]);
        assert_eq!(wrap("云手机，服务器", 6), ["云手", "机，服", "务器"]);
    }

    #[test]
    fn words_stay_whole_and_what_is_too_long_is_cut() {
        assert_eq!(wrap("two words here", 9), ["two words", "here"]);
        assert_eq!(wrap("an identifier", 5), ["an", "ident", "ifier"]);
        assert_eq!(
            (hard_wrap("abcdef", 4), hard_wrap("云手机", 3)),
            (vec!["abcd".into(), "ef".into()], vec![String::from("云"), "手".into(), "机".into()])
        );
    }
}
