//! Suggests a known name for one that is not known.

use crate::i18n::tr;

/// Returns ` (did you mean NAME?)` for the name that is nearest to the written one; an empty text if none is near.
pub fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    hint(nearest(written, names))
}

/// Returns the name that is nearest to the written one, whose letter case is ignored. `None` if every name needs more
/// edits than one plus a fifth of its length in bytes.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let near = names
        .into_iter()
        .map(|name| (distance(&written, name), name))
        .filter(|(far, name)| *far <= 1 + name.len() / 5)
        .min();
    near.map(|(_, name)| name)
}

/// Returns ` (did you mean NAME?)` for a name that is near; an empty text for `None`.
pub fn hint(near: Option<&str>) -> String {
    near.map_or_else(String::new, |name| tr!(" (did you mean {name}?)", name))
}

/// Returns the number of characters to change, insert, remove or swap with their neighbour. Only the first 64
/// characters of `a` count.
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
}
