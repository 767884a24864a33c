//! Fills the templates of `assets/exports` with the values of one order.

/// Replaces each name between two `@@` with its value. Values are not searched for names, so no text of an order can be
/// replaced by another value. An unknown name stays, without its `@@`.
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
