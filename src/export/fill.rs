//! The texts of `assets/exports` with what differs from order to order put into them.

/// Puts values in the place of their names between `@@`. What a value holds is never looked at, so
/// that no name in an order can stand for another value.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() * 2);
    for (at, part) in text.split("@@").enumerate() {
        // Every second part stands between the signs.
        let value = values.iter().find(|(name, _)| at % 2 == 1 && *name == part);
        filled.push_str(value.map_or(part, |(_, value)| value));
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_is_never_taken_for_a_name() {
        let text = "a = @@a@@, @b = @@b@@\n";
        assert_eq!(fill(text, &[("a", "@@b@@"), ("b", "2")]), "a = @@b@@, @b = 2\n");
    }
}
