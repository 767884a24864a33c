//! Cuts text to a width in cells, never inside a grapheme cluster, which a reader sees as one character.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::sanitize::visible;

use super::width::{cluster_width, prefix_len, text_width};

/// Mark at the end of a text that was cut. It is not an ellipsis, whose width is ambiguous.
pub const TRUNCATION_MARK: &str = "~";

/// Cuts a text to `width` cells, with hidden characters written out; a longer one ends in `~`.
pub fn truncate(text: &str, width: u16) -> String {
    let text = visible(text);
    if text_width(&text) <= usize::from(width) {
        return text.into_owned();
    }
    let head = prefix_len(&text, usize::from(width.saturating_sub(1)));
    let sign = if width == 0 { "" } else { TRUNCATION_MARK };
    format!("{}{sign}", &text[..head])
}

/// Cuts a text to `width` cells by replacing its middle with `...`, for texts that differ at their end.
pub fn truncate_middle(text: &str, width: u16) -> String {
    let text = visible(text);
    if text_width(&text) <= usize::from(width) {
        return text.into_owned();
    }
    let tail = usize::from(width) / 2;
    let head = prefix_len(&text, usize::from(width).saturating_sub(tail + 3));
    let mut from = text.len();
    let mut room = tail;
    for (at, cluster) in text.grapheme_indices(true).rev() {
        let Some(left) = room.checked_sub(cluster_width(cluster)) else { break };
        room = left;
        from = at;
    }
    truncate(&format!("{}...{}", &text[..head], &text[from..]), width)
}

/// Cuts a text to `most` cells, with hidden characters written out; a longer one ends in `...`.
#[must_use]
pub fn ellipsize(text: &str, most: usize) -> String {
    let shown = visible(text);
    if text_width(&shown) <= most {
        return shown.into_owned();
    }
    let mut room = most.saturating_sub(3);
    let fits = |cluster: &&str| match room.checked_sub(cluster_width(cluster)) {
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
    fn what_is_too_wide_is_cut_between_characters() {
        assert_eq!((ellipsize("abcdefgh", 8), ellipsize("abcdefghi", 8)), ("abcdefgh".into(), "abcde...".into()));
        assert_eq!(
            (ellipsize("云手机服务器", 12), ellipsize("云手机服务器", 10)),
            ("云手机服务器".into(), "云手机...".into())
        );
    }
}
