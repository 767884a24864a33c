//! The names that the service derives from a server name: it appends a number, and documents disagree on the format.
//! Names are therefore matched by their form and never generated for a comparison.

/// Formats the names of an order for several servers for display, in the document's own pattern: `farm-0001 ...
/// farm-0010`.
#[must_use]
pub fn preview(name: &str, count: i64) -> String {
    format!("{name}-0001 ... {name}-{count:04}")
}

/// Returns whether a listed server can come from an order for `name`: the name itself, or the name, a hyphen and one to
/// five digits.
#[must_use]
pub fn matches_order_name(name: &str, listed: &str) -> bool {
    let Some(rest) = listed.strip_prefix(name) else { return false };
    if rest.is_empty() {
        return true;
    }
    rest.strip_prefix('-')
        .is_some_and(|digits| (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_name_matches_with_one_to_five_digits() {
        for listed in ["farm", "farm-1", "farm-0001", "farm-12345"] {
            assert!(matches_order_name("farm", listed), "{listed}");
        }
        for listed in ["farm-", "farm-123456", "farm-1a", "farm1", "xfarm-1", "farm-1-1"] {
            assert!(!matches_order_name("farm", listed), "{listed}");
        }
    }

    #[test]
    fn the_preview_shows_the_first_and_the_last_name() {
        assert_eq!(preview("server-1", 10), "server-1-0001 ... server-1-0010");
    }
}
