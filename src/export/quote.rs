//! Quotes text as a word or a literal of another language. No character of it is special there, the tool that runs the
//! text gets the same value, and the file itself contains no hidden character.

use std::fmt::Write as _;

use crate::text::sanitize::judged;

/// Quotes a word for a POSIX shell. Hidden characters except line breaks are written by `printf`, from octal digits
/// that every shell supports. U+0000, which no shell can hold, is left out.
#[must_use]
pub fn shell(text: &str) -> String {
    let mut word = String::from("'");
    let mut is_printed = false;
    for (c, is_escaped) in judged(text).filter(|(c, _)| *c != '\0') {
        let is_now = is_escaped && c != '\n';
        if is_now != is_printed {
            word.push_str(if is_now { "'\"$(printf '" } else { "')\"'" });
            is_printed = is_now;
        }
        match c {
            c if is_now => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a string does not fail.
                    let _ = write!(word, "\\{byte:03o}");
                }
            }
            '\'' => word.push_str("'\\''"),
            c => word.push(c),
        }
    }
    word.push_str(if is_printed { "')\"" } else { "'" });
    word
}

/// Quotes a text as a string literal of Python 3.
pub(super) fn python(text: &str) -> String {
    literal('\'', text)
}

/// Quotes a text as adjacent string literals of Python 3, one for each line of the text.
pub(super) fn python_lines(text: &str) -> String {
    text.split_inclusive('\n').map(python).collect::<Vec<_>>().join("\n    ")
}

/// Quotes a text as a raw literal of Go, joined with interpreted literals for characters that a raw one cannot hold.
pub(super) fn go_raw(text: &str) -> String {
    let mut parts: Vec<(bool, String)> = Vec::new();
    for (c, is_escaped) in judged(text) {
        let is_plain = c != '`' && (c == '\n' || !is_escaped);
        match parts.last_mut() {
            Some((plain, part)) if *plain == is_plain => part.push(c),
            Some(_) | None => parts.push((is_plain, c.to_string())),
        }
    }
    let interpreted = |part: &str| {
        let mut literal = String::from("\"");
        part.chars().for_each(|c| if c == '`' { literal.push(c) } else { long_escape(&mut literal, c) });
        literal + "\""
    };
    let literals: Vec<String> =
        parts.iter().map(|(plain, part)| if *plain { format!("`{part}`") } else { interpreted(part) }).collect();
    if literals.is_empty() { "``".into() } else { literals.join(" + ") }
}

/// Quotes a text as a quoted template of HCL, in which no interpolation or directive begins.
pub(super) fn hcl(text: &str) -> String {
    // Both signs begin one before a brace; doubled they stand for themselves.
    go(text).replace("${", "$${").replace("%{", "%%{")
}

/// Quotes a text as an interpreted literal of Go.
pub(super) fn go(text: &str) -> String {
    literal('"', text)
}

/// Quotes a text with the escapes that Python, Go and HCL share.
fn literal(quote: char, text: &str) -> String {
    let mut literal = String::from(quote);
    for (c, is_escaped) in judged(text) {
        match c {
            '\n' => literal.push_str("\\n"),
            c if c == '\\' || c == quote => literal.extend(['\\', c]),
            c if is_escaped => long_escape(&mut literal, c),
            c => literal.push(c),
        }
    }
    literal.push(quote);
    literal
}

fn long_escape(literal: &mut String, c: char) {
    let number = u32::from(c);
    let _ = if number > 0xFFFF { write!(literal, "\\U{number:08x}") } else { write!(literal, "\\u{number:04x}") };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sanitize::is_hidden;

    const HOSTILE: &str = "it's $HOME \\ `x` \"q\" ${a} %{b} $(c)\n\u{202e}\u{85}\u{e0041}云";

    /// Returns every character that is escaped, each between two letters. No shell may treat one of them as special.
    fn hidden() -> String {
        let marks = format!("e{}", "\u{301}".repeat(9));
        ('\u{1}'..=char::MAX).filter(|c| is_hidden(*c)).flat_map(|c| ['a', c, 'b']).chain(marks.chars()).collect()
    }

    /// Returns the value of a word in a shell; `None` if the shell is not installed.
    fn read_by(program: &str, word: &str) -> Option<String> {
        let mut child = std::process::Command::new(program)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .ok()?;
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), format!("printf %s {word}").as_bytes()).unwrap();
        Some(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap())
    }

    #[test]
    fn nothing_is_special_in_a_word_of_a_shell_and_nothing_hides_in_it() {
        assert_eq!(shell("a'b"), "'a'\\''b'");
        assert_eq!(shell("a\u{85}\u{9b}b\u{7f}"), "'a'\"$(printf '\\302\\205\\302\\233')\"'b'\"$(printf '\\177')\"");
        assert_eq!(shell("a\0b"), "'ab'");
        // A word of thousands of parts is more than some shells have a stack for.
        let hidden: Vec<char> = hidden().chars().collect();
        let hidden = hidden.chunks(600).map(|some| some.iter().collect::<String>());
        for text in [HOSTILE, "", "\n", "\u{85}\n\u{85}"].map(str::to_owned).into_iter().chain(hidden) {
            let word = shell(&text);
            assert!(!word.chars().any(|c| c != '\n' && is_hidden(c)), "{word:?}");
            assert_eq!(read_by("sh", &word).as_ref(), Some(&text));
            for other in ["bash", "dash", "ksh", "zsh"] {
                // Where one of these is missing, `sh` is one of the others.
                assert!(read_by(other, &word).is_none_or(|read| read == text), "{other}");
            }
        }
    }

    #[test]
    fn what_hides_is_written_as_an_escape() {
        for quoted in [python(&hidden()), go(&hidden()), go_raw(&hidden()), hcl(&hidden())] {
            assert!(!quoted.chars().any(|c| c != '\n' && is_hidden(c)) && quoted.matches('\u{301}').count() == 3);
        }
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
