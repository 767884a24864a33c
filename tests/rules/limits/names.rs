//! Rows about `server_name` (1-60 letters, digits, `_`, `-`) and `keypair_name` (at most 64 bytes).

use cph_wizard::order::{Issue, Warning};

use super::row::{Row, bad, bad_twice, good, unlisted};

pub fn rows() -> Vec<Row> {
    let mut rows = server_names();
    rows.extend(characters());
    rows.extend(key_pairs());
    rows
}

fn server_names() -> Vec<Row> {
    vec![
        bad(
            "a server name of 0 characters",
            |draft| draft.server_name.clear(),
            Issue::ServerNameMissing,
            "Server name is empty: 1-60 letters, digits, _ or - are needed",
            "CPS.0087",
        ),
        good("a server name of 1 character", |draft| draft.server_name = "a".into()),
        good("a server name of 59 characters", |draft| draft.server_name = "a".repeat(59)),
        good("a server name of 60 characters", |draft| draft.server_name = "Z".repeat(60)),
        bad(
            "a server name of 61 characters",
            |draft| draft.server_name = "a".repeat(61),
            Issue::ServerNameTooLong { chars: 61 },
            "Server name has 61 characters: at most 60 are allowed",
            "CPS.0087",
        ),
        bad(
            "a wrong character far behind the limit, which is not said on top",
            |draft| draft.server_name = "a".repeat(100) + ".",
            Issue::ServerNameTooLong { chars: 101 },
            "Server name has 101 characters: at most 60 are allowed",
            "CPS.0087",
        ),
        bad_twice(
            "a server name that is too long in characters, not only in bytes",
            |draft| draft.server_name = "é".repeat(61),
            [
                (Issue::ServerNameTooLong { chars: 61 }, "Server name has 61 characters: at most 60 are allowed"),
                (
                    Issue::ServerNameCharacter { found: 'é', at: 1 },
                    "Server name has 'é' at position 1: only A-Z a-z 0-9 _ - are allowed",
                ),
            ],
            "CPS.0087",
        ),
        bad(
            "a server name of 60 characters in 61 bytes, one of them wrong",
            |draft| draft.server_name = "a".repeat(59) + "é",
            Issue::ServerNameCharacter { found: 'é', at: 60 },
            "Server name has 'é' at position 60: only A-Z a-z 0-9 _ - are allowed",
            "CPS.0087",
        ),
    ]
}

fn characters() -> Vec<Row> {
    let character = |case, change, found, at, sentence| {
        bad(case, change, Issue::ServerNameCharacter { found, at }, sentence, "CPS.0087")
    };
    vec![
        good("every character that a server name may have, first half", |draft| {
            draft.server_name = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-".into();
        }),
        good("every character that a server name may have, second half", |draft| {
            draft.server_name = "abcdefghijklmnopqrstuvwxyz_-".into();
        }),
        good("a server name that begins with a hyphen", |draft| draft.server_name = "-1".into()),
        character(
            "a server name with a space",
            |draft| draft.server_name = "my farm".into(),
            ' ',
            3,
            "Server name has a space at position 3: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "a server name with a dot; only the first wrong character is named",
            |draft| draft.server_name = "a.b.c/".into(),
            '.',
            2,
            "Server name has '.' at position 2: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "the character before 0",
            |draft| draft.server_name = "/".into(),
            '/',
            1,
            "Server name has '/' at position 1: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "the character after 9",
            |draft| draft.server_name = "9:".into(),
            ':',
            2,
            "Server name has ':' at position 2: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "the character before A",
            |draft| draft.server_name = "A@".into(),
            '@',
            2,
            "Server name has '@' at position 2: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "the character after Z",
            |draft| draft.server_name = "Z[".into(),
            '[',
            2,
            "Server name has '[' at position 2: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "the character before a",
            |draft| draft.server_name = "a`".into(),
            '`',
            2,
            "Server name has '`' at position 2: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "the character after z",
            |draft| draft.server_name = "z{".into(),
            '{',
            2,
            "Server name has '{' at position 2: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "a digit of another script",
            |draft| draft.server_name = "a٣".into(),
            '٣',
            2,
            "Server name has '٣' at position 2: only A-Z a-z 0-9 _ - are allowed",
        ),
        character(
            "an escape sequence, which is written out",
            |draft| draft.server_name = "a\u{1b}[2J".into(),
            '\u{1b}',
            2,
            "Server name has '<U+001B>' at position 2: only A-Z a-z 0-9 _ - are allowed",
        ),
    ]
}

fn key_pairs() -> Vec<Row> {
    vec![
        good("no key pair", |draft| draft.key_pair.clear()),
        good("a key pair of the list", |draft| draft.key_pair = "mykeypair".into()),
        unlisted(
            "a key pair of 1 byte that is not listed",
            |draft| draft.key_pair = "x".into(),
            Warning::KeyPairNotListed,
            "CPS.0067",
        ),
        unlisted(
            "a key pair of 64 bytes that is not listed",
            |draft| draft.key_pair = "x".repeat(64),
            Warning::KeyPairNotListed,
            "CPS.0067",
        ),
        bad(
            "a key pair of 65 bytes",
            |draft| draft.key_pair = "x".repeat(65),
            Issue::KeyPairTooLong { bytes: 65 },
            "Key pair name has 65 bytes: at most 64 are allowed",
            "CPS.0067",
        ),
        bad(
            "a key pair of 22 characters in 66 bytes",
            |draft| draft.key_pair = "云".repeat(22),
            Issue::KeyPairTooLong { bytes: 66 },
            "Key pair name has 66 bytes: at most 64 are allowed",
            "CPS.0067",
        ),
    ]
}

/// What an apostrophe, a quotation mark or a backslash looks like in the sentence about it.
#[test]
fn a_wrong_character_is_shown_as_itself() {
    for found in ['"', '\'', '\\'] {
        assert_eq!(
            Issue::ServerNameCharacter { found, at: 1 }.to_string(),
            format!("Server name has '{found}' at position 1: only A-Z a-z 0-9 _ - are allowed")
        );
    }
}
