//! Text as a word or a literal of another language, in which nothing of it is special any more.

use std::fmt::Write as _;

use crate::order::text::is_hidden;

/// A word of a POSIX shell. What a shell cannot hold, the character U+0000, is left out.
pub(super) fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', "'\\''"))
}

/// A literal of Python 3.
pub(super) fn python(text: &str) -> String {
    let mut literal = String::from("'");
    for c in text.chars() {
        match c {
            '\n' => literal.push_str("\\n"),
            '\\' | '\'' => literal.extend(['\\', c]),
            c if is_hidden(c) => long_escape(&mut literal, c),
            c => literal.push(c),
        }
    }
    literal.push('\'');
    literal
}

/// Literals of Python 3, one for each line of the text.
pub(super) fn python_lines(text: &str) -> String {
    text.split_inclusive('\n').map(python).collect::<Vec<_>>().join("\n    ")
}

/// A literal of Go: raw, with what a raw one cannot hold put in between.
pub(super) fn go_raw(text: &str) -> String {
    let is_plain = |c: char| c != '`' && (c == '\n' || !is_hidden(c));
    let mut parts: Vec<(bool, String)> = Vec::new();
    for c in text.chars() {
        match parts.last_mut() {
            Some((plain, part)) if *plain == is_plain(c) => part.push(c),
            Some(_) | None => parts.push((is_plain(c), c.to_string())),
        }
    }
    let literals: Vec<String> =
        parts.iter().map(|(plain, part)| if *plain { format!("`{part}`") } else { go(part) }).collect();
    if literals.is_empty() { "``".into() } else { literals.join(" + ") }
}

/// A quoted template of HCL, in which no template begins.
pub(super) fn hcl(text: &str) -> String {
    // Both signs begin one before a brace; doubled they stand for themselves.
    go(text).replace("${", "$${").replace("%{", "%%{")
}

/// An interpreted literal of Go.
pub(super) fn go(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => literal.push_str("\\n"),
            '\\' | '"' => literal.extend(['\\', c]),
            c if is_hidden(c) => long_escape(&mut literal, c),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// The escape that Python, Go and HCL share.
fn long_escape(literal: &mut String, c: char) {
    let number = u32::from(c);
    let _ = if number > 0xFFFF { write!(literal, "\\U{number:08x}") } else { write!(literal, "\\u{number:04x}") };
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "it's $HOME \\ `x` \"q\" ${a} %{b} $(c)\n\u{202e}\u{85}\u{e0041}云";

    #[test]
    fn nothing_is_special_in_a_word_of_a_shell() {
        assert_eq!(shell("a'b"), "'a'\\''b'");
        let output = std::process::Command::new("sh")
            .args(["-c", &format!("printf %s {}", shell(HOSTILE))])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), HOSTILE);
        assert_eq!(shell("a\0b"), "'ab'");
    }

    #[test]
    fn what_hides_is_written_as_an_escape() {
        assert_eq!(python("a'\\\n\u{202e}\u{e0041}"), r"'a\'\\\n\u202e\U000e0041'");
        assert_eq!(go("a\"\u{85}"), r#""a\"\u0085""#);
        assert_eq!(python_lines("{\n  1\n}"), "'{\\n'\n    '  1\\n'\n    '}'");
    }

    #[test]
    fn a_raw_literal_of_go_ends_where_it_cannot_go_on() {
        assert_eq!(go_raw("{\n}"), "`{\n}`");
        assert_eq!(go_raw("a`b\u{feff}c"), "`a` + \"`\" + `b` + \"\\ufeff\" + `c`");
        assert_eq!(go_raw(""), "``");
    }

    #[test]
    fn no_template_begins_in_a_literal_of_hcl() {
        assert_eq!(hcl("${a} %{b} $x"), "\"$${a} %%{b} $x\"");
        let read: std::collections::BTreeMap<String, String> = hcl::from_str(&format!("x = {}", hcl(HOSTILE))).unwrap();
        assert_eq!(read["x"], HOSTILE);
    }
}
