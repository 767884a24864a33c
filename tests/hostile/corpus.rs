//! Texts that do something to whoever shows them as they are, and what shows that nothing was done.

/// Each with what it tries.
pub const HOSTILE: [(&str, &str); 16] = [
    ("to wipe the screen", "a\x1b[2J\x1b[Hb"),
    ("to change the title", "a\x1b]0;owned\x07b"),
    ("to fill the clipboard", "a\x1b]52;c;cm0gLXJmIH4=\x07b"),
    ("to ask the terminal", "a\x1b[6n\x1b[c\x1bP+q544e\x1b\\b"),
    ("to leave the screen", "a\x1b[?1049l\x1bcb"),
    ("to move by bytes of the upper half", "a\u{9b}2J\u{90}x\u{9c}\u{85}b"),
    ("to ring, to delete, to end", "a\0\x07\x08\x7fb\x1a\x04"),
    ("to break lines", "a\r\nb\rc\nd\u{b}\u{c}e\u{2028}f\u{2029}g\th"),
    (
        "to turn the order round",
        "a\u{202e}fdp.exe\u{202c}\u{202d}\u{2066}b\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}",
    ),
    ("to hide between letters", "a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{feff}f\u{ad}g\u{180e}h\u{34f}i\u{2064}"),
    ("to say what nobody sees", "a\u{e0001}\u{e0062}\u{e0075}\u{e0079}\u{e007f}b"),
    ("to change what was before", "a\u{fe0f}b\u{fe00}c\u{e0100}d\u{180b}"),
    ("to look like a blank", "a\u{3164}b\u{ffa0}c\u{115f}d\u{1160}e"),
    ("to stand outside of Unicode's text", "a\u{fff9}b\u{fffb}c\u{fffe}d\u{ffff}e\u{1d173}f"),
    (
        "to cover the lines around",
        concat!(
            "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}\u{30e}\u{30f}\u{310}\u{311}\u{312}",
            "b"
        ),
    ),
    ("to lie on the text before", "\u{20dd}\u{301}\u{489}\u{302}\u{303}a"),
];

/// All of them in one line of text.
pub fn everything() -> String {
    HOSTILE.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ")
}

/// Whether a character does something else than to be seen: a list of its own, by Unicode's names and not by the
/// program's.
pub fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}'..='\u{ffff}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{20d0}'..='\u{20f0}')
}

/// What is wrong with a line as it is shown, if anything is.
pub fn wrong_in(line: &str) -> Option<String> {
    if let Some(c) = line.chars().find(|c| is_forbidden(*c)) {
        return Some(format!("U+{:04X} in {line:?}", u32::from(c)));
    }
    let mut marks = 0;
    for c in line.chars() {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if marks > 3 {
            return Some(format!("a heap of marks in {line:?}"));
        }
    }
    line.starts_with(is_mark).then(|| format!("a mark without a letter in {line:?}"))
}

#[test]
fn every_text_of_the_corpus_is_hostile_and_what_is_said_of_it_is_not() {
    for (what, text) in HOSTILE {
        assert!(wrong_in(text).is_some(), "{what}");
        assert_eq!(wrong_in(what), None);
    }
}
