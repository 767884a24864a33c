//! Sanitizes untrusted text: characters that could move the cursor, reorder a line or hide in it are written out, so
//! that a screen, a log or a message shows what is really there.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

/// Returns whether a character affects a terminal or a reader without being visible, such as control characters,
/// zero-width and direction marks, and variation selectors.
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
            | 0xFFF0..=0xFFFB | 0xFFFE..=0xFFFF
            | 0x1BCA0..=0x1BCA3           // shorthand formats
            | 0x1D173..=0x1D17A           // musical formats
            | 0xE0000..=0xE0FFF) // tags and more selectors
}

/// Returns whether a character is one of the common Chinese ones, U+4E00 to U+9FFF.
#[must_use]
pub fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Largest number of combining marks that is shown on one letter. No language needs more, and a pile of them covers the
/// lines around.
pub const MOST_MARKS: usize = 3;

/// Returns whether a character is a visible mark that combines with the one before it and has no width of its own.
#[must_use]
pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(0) && !is_hidden(c)
}

/// Returns the text with every hidden character written as `<U+XXXX>`, and likewise a mark without a letter. On a
/// letter with more than three marks, the number of the others replaces them: `<+40>`. Borrowed if nothing has to
/// change. The result never changes again, so a text may pass through here any number of times.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_fine(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let (mut marks, mut has_letter) = (0, false);
    for c in text.chars() {
        if has_letter && is_mark(c) {
            marks += 1;
            if marks <= MOST_MARKS {
                shown.push(c);
            }
            continue;
        }
        count_marks(&mut shown, marks);
        marks = 0;
        has_letter = !is_hidden(c) && !is_mark(c);
        if has_letter {
            shown.push(c);
        } else {
            let _ = write!(shown, "<U+{:04X}>", u32::from(c));
        }
    }
    count_marks(&mut shown, marks);
    Cow::Owned(shown)
}

/// Appends the number of marks that were left out, if any were.
fn count_marks(shown: &mut String, marks: usize) {
    if marks > MOST_MARKS {
        let _ = write!(shown, "<+{}>", marks - MOST_MARKS);
    }
}

/// Yields each character, and true if it must be written as an escape: it is hidden, or a mark beyond the third on its
/// letter.
pub fn judged(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut marks = 0;
    text.chars().map(move |c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        (c, is_hidden(c) || marks > MOST_MARKS)
    })
}

/// Returns JSON of the same value in which every character that [`judged`] flags is a `\uXXXX` escape. Such characters
/// can occur only inside strings; line breaks between the fields stay.
#[must_use]
pub fn escaped_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for (c, is_escaped) in judged(json) {
        if is_escaped && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

fn is_fine(text: &str) -> bool {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return true;
    }
    // A mark needs a letter before it.
    let mut marks = MOST_MARKS;
    text.chars().all(|c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        marks <= MOST_MARKS && !is_hidden(c)
    })
}

/// Returns the text as [`visible`] does, cut to `most` characters with `...` at the end if it is longer.
#[must_use]
pub fn brief(text: &str, most: usize) -> String {
    // Of a long text only the head is looked at: this happens at every key, however much was typed.
    if let Some((end, _)) = text.char_indices().nth(most.saturating_add(1))
        && is_fine(&text[..end])
    {
        return text.chars().take(most.saturating_sub(3)).chain("...".chars()).collect();
    }
    let shown = visible(text);
    if shown.chars().count() <= most {
        return shown.into_owned();
    }
    let head: String = shown.chars().take(most.saturating_sub(3)).collect();
    head + "..."
}

/// Completes a part of a sentence: with a capital at the beginning and one full stop, hidden characters written out. A
/// part with Chinese characters ends in `。`; an empty part stays empty.
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
    fn a_text_may_be_as_long_as_it_is() {
        assert_eq!(brief("云\u{1b}b", usize::MAX), "云<U+001B>b");
    }

    #[test]
    fn marks_that_are_heaped_up_are_counted() {
        let heap = "\u{301}".repeat(50);
        assert_eq!(visible(&format!("a{heap}b")), "a\u{301}\u{301}\u{301}<+47>b");
        assert_eq!(visible(&format!("a{heap}")), "a\u{301}\u{301}\u{301}<+47>");
        assert_eq!(visible("\u{301}a"), "<U+0301>a", "it would lie on whatever stands before the text");
        assert_eq!(visible("\u{200b}\u{301}\u{301}"), "<U+200B><U+0301><U+0301>");
        for fine in ["e\u{301}", "Tiê\u{301}ng Viê\u{323}t", "ก\u{e33}", "\u{1112}\u{1161}\u{11ab}"] {
            assert!(matches!(visible(fine), Cow::Borrowed(_)), "{fine}");
        }
    }

    #[test]
    fn what_was_made_visible_stays_as_it_is() {
        for text in ["a\u{1b}[2Jb", "x\u{301}\u{301}\u{301}\u{301}\u{301}y\u{200b}\u{301}", "\u{301}", "\n\u{202e}"] {
            let once = visible(text).into_owned();
            assert!(matches!(visible(&once), Cow::Borrowed(_)), "{once:?}");
        }
    }

    #[test]
    fn escaped_json_has_the_same_value_and_hides_nothing() {
        let value =
            serde_json::json!({ "a\u{202e}": format!("\u{1b}[2J\u{9b}\u{e0041}\u{7f}云{}", "\u{301}".repeat(9)) });
        for json in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let escaped = escaped_json(&json);
            assert!(!escaped.chars().any(|c| c != '\n' && is_hidden(c)), "{escaped:?}");
            assert_eq!(escaped.matches('\u{301}').count(), MOST_MARKS);
            assert_eq!(escaped.lines().count(), json.lines().count());
            assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
        }
        assert_eq!(escaped_json("{\n  \"a\": \"云\"\n}"), "{\n  \"a\": \"云\"\n}");
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
        assert_eq!(brief(&"abcdefg".repeat(1000), 6), "abc...");
        assert_eq!(brief("a\u{1b}bcdefghijk", 12), "a<U+001B>...");
        assert_eq!(brief("\u{955c}\u{50cf}\u{955c}\u{50cf}\u{955c}\u{50cf}", 4), "\u{955c}...");
    }
}
