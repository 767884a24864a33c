//! Texts in columns, measured in the cells of a terminal: a Chinese character takes two of them.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;

use crate::order::text::visible;

/// A text and blanks up to so many cells; one that is longer stays whole.
#[must_use]
pub fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", blanks(text, cells))
}

/// Blanks and a text that ends after so many cells.
#[must_use]
pub fn padded_left(text: &str, cells: usize) -> String {
    format!("{}{text}", blanks(text, cells))
}

/// The sum of what a reader sees as characters, each as it is laid on the screen.
fn width_of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

fn blanks(text: &str, cells: usize) -> String {
    " ".repeat(cells.saturating_sub(width_of(text)))
}

/// The text without hidden characters, cut to so many cells with `...` at the end when it is longer.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    let shown = visible(text);
    if width_of(&shown) <= most {
        return shown.into_owned();
    }
    let mut room = most.saturating_sub(3);
    let fits = |cluster: &&str| match room.checked_sub(cluster.width()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let head: String = shown.graphemes(true).take_while(fits).collect();
    head + "..."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_hold_with_wide_characters() {
        assert_eq!((padded("订单 ID", 9), padded("Order id", 9)), ("订单 ID  ".into(), "Order id ".into()));
        assert_eq!((padded_left("刚刚", 6), padded("longer", 3)), ("  刚刚".into(), "longer".into()));
    }

    #[test]
    fn what_is_too_wide_is_cut_between_characters() {
        assert_eq!((shortened("abcdefgh", 8), shortened("abcdefghi", 8)), ("abcdefgh".into(), "abcde...".into()));
        assert_eq!(
            (shortened("云手机服务器", 12), shortened("云手机服务器", 10)),
            ("云手机服务器".into(), "云手机...".into())
        );
    }
}
