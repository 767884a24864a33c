//! The filter for text from outside: what could move the cursor, reorder a line or hide in it is
//! written out, so that a screen, a log or a sentence shows what is really there.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character does something to a terminal or to a reader other than being seen.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD                        // soft hyphen
            | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5
            | 0x180B..=0x180F             // Mongolian selectors
            | 0x200B..=0x200F             // zero width and direction marks
            | 0x2028..=0x202E             // line separators and bidi embedding
            | 0x2060..=0x206F             // invisible operators and bidi isolates
            | 0x3164 | 0xFEFF | 0xFFA0
            | 0xFE00..=0xFE0F             // variation selectors
            | 0xFFF0..=0xFFFB
            | 0x1BCA0..=0x1BCA3           // shorthand formats
            | 0x1D173..=0x1D17A           // musical formats
            | 0xE0000..=0xE0FFF) // tags and more selectors
}

/// Whether a character is one of the common Chinese ones.
#[must_use]
pub fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The text with every hidden character written as `<U+XXXX>`; borrowed if there is none.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            let _ = write!(shown, "<U+{:04X}>", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// `visible`, cut to so many characters with `...` at the end when it is longer.
#[must_use]
pub fn brief(text: &str, most: usize) -> String {
    let shown = visible(text);
    if shown.chars().count() <= most {
        return shown.into_owned();
    }
    let head: String = shown.chars().take(most.saturating_sub(3)).collect();
    head + "..."
}

/// A part of a sentence as a sentence: with a capital and one full stop, hidden characters shown. One
/// with Chinese in it ends as Chinese does.
#[must_use]
pub fn sentence(part: &str) -> String {
    let part = visible(part.trim_end_matches(['.', '。']));
    let stop = if part.chars().any(is_chinese) { '。' } else { '.' };
    let mut chars = part.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).chain([stop]).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_or_hides_is_written_out() {
        assert_eq!(visible("a\u{1b}[2Jb"), "a<U+001B>[2Jb");
        assert_eq!(visible("x\u{202e}y\u{200b}z"), "x<U+202E>y<U+200B>z");
        assert_eq!(visible("\u{e0041}\n\t"), "<U+E0041><U+000A><U+0009>");
        assert!(matches!(visible("plain ünï 云手机"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_part_becomes_a_sentence() {
        assert_eq!(sentence("the line broke\u{7}"), "The line broke<U+0007>.");
        assert_eq!(sentence("Done."), "Done.");
        assert_eq!(sentence("没有应答。"), "没有应答。");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn brief_counts_characters_and_marks_the_cut() {
        assert_eq!(brief("abcdef", 6), "abcdef");
        assert_eq!(brief("abcdefg", 6), "abc...");
    }
}
