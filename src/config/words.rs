//! Words in the sentences of this room: paths as a person can use them, and the word that was meant.

use std::path::Path;

use crate::order::text;
use crate::words::tr;

/// A path to be read.
pub(super) fn shown(path: &Path) -> String {
    text::visible(&path.to_string_lossy()).into_owned()
}

/// A path to be pasted into a shell.
pub(super) fn quoted(path: &Path) -> String {
    let path = shown(path);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@%".contains(c);
    if !path.is_empty() && path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// ` (did you mean NAME?)` if one of the names is near to what was written, else nothing.
pub fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let written = written.to_lowercase();
    let near = names
        .into_iter()
        .map(|name| (distance(&written, name), name))
        .filter(|(far, name)| *far <= 1 + name.len() / 5)
        .min();
    near.map_or_else(String::new, |(_, name)| tr!(" (did you mean {name}?)", name))
}

/// How many characters have to be changed, put in, left out or exchanged with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1);
            least = least.min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// Line and column of a byte in a text, both from 1, the column in characters.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_was_meant_is_near() {
        let names = ["region", "project_id", "project_name", "proxy"];
        assert_eq!(did_you_mean("regoin", names), " (did you mean region?)");
        assert_eq!(did_you_mean("Project_ID", names), " (did you mean project_id?)");
        assert_eq!(did_you_mean("porxy", names), " (did you mean proxy?)");
        assert_eq!(did_you_mean("colour", names), "");
        assert_eq!(did_you_mean(&"x".repeat(100_000), names), "");
        assert_eq!(did_you_mean("", names), "");
    }

    #[test]
    fn a_path_can_be_pasted() {
        assert_eq!(quoted(Path::new("/home/us/.config/a-b.toml")), "/home/us/.config/a-b.toml");
        assert_eq!(quoted(Path::new("/a b/$c")), "'/a b/$c'");
        assert_eq!(quoted(Path::new("/a'b")), r"'/a'\''b'");
        assert_eq!(shown(Path::new("/a\u{1b}b")), "/a<U+001B>b");
    }

    #[test]
    fn a_position_counts_characters() {
        assert_eq!(position("ä = 1\nöü x", 0), (1, 1));
        assert_eq!(position("ä = 1\nöü x", 7), (2, 1));
        assert_eq!(position("ä = 1\nöü x", 12), (2, 4));
        assert_eq!(position("ä", 1), (1, 1), "inside a character");
        assert_eq!(position("a\n", 99), (2, 1));
    }
}
