//! Measures and pads text in the cells of a terminal, of which a Chinese character takes two.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::text::sanitize::visible;

/// Pads a text with spaces on its right to `cells`; a longer one stays whole.
#[must_use]
pub fn pad_right(text: &str, cells: usize) -> String {
    format!("{text}{}", padding(text, cells))
}

/// Pads a text with spaces on its left to `cells`; a longer one stays whole.
#[must_use]
pub fn pad_left(text: &str, cells: usize) -> String {
    format!("{}{text}", padding(text, cells))
}

fn padding(text: &str, cells: usize) -> String {
    " ".repeat(cells.saturating_sub(text_width(text)))
}

/// Returns the width in cells of a sanitized text: the sum of its grapheme clusters, as they are written into a buffer.
/// The whole text may be narrower where letters join.
pub fn text_width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(cluster_width).sum()
}

/// Returns the width in cells of one grapheme cluster, as ratatui counts it: half-width sound marks take a cell of
/// their own.
pub fn cluster_width(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    cluster.width() + cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count()
}

/// Returns the width in cells of a text as it is displayed, with hidden characters written out; `u16::MAX` if it is
/// wider.
pub fn display_width(text: &str) -> u16 {
    u16::try_from(text_width(&visible(text))).unwrap_or(u16::MAX)
}

/// Returns the length in bytes of the longest prefix of whole grapheme clusters that fits into `width` cells.
pub fn prefix_len(text: &str, width: usize) -> usize {
    let mut room = width;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        let Some(left) = room.checked_sub(cluster_width(cluster)) else { break };
        room = left;
        end = at + cluster.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_hold_with_wide_characters() {
        assert_eq!((pad_right("订单 ID", 9), pad_right("Order id", 9)), ("订单 ID  ".into(), "Order id ".into()));
        assert_eq!((pad_left("刚刚", 6), pad_right("longer", 3)), ("  刚刚".into(), "longer".into()));
    }
}
