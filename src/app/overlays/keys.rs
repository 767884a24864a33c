//! The overlay of all keys: first those of the page that it was opened from, then those that work everywhere in the
//! form, then the others.

use crate::app::keys::context::Context;
use crate::app::keys::keymap::Binding;
use crate::app::overlays::screen::{OverlayScreen, Surroundings};
use crate::i18n::{self, phrase, tr};
use crate::text::width::pad_right;
use crate::text::wrap::wrap;

/// Headings of the page, each with its contexts.
const SECTIONS: [(&str, &[Context]); 11] = [
    (phrase!("Lists"), &[Context::Picker]),
    (phrase!("Text"), &[Context::Text]),
    (phrase!("Numbers"), &[Context::Stepper]),
    (phrase!("Choices"), &[Context::Radio]),
    (phrase!("Ports"), &[Context::PortText, Context::PortReach, Context::PortNumber]),
    (phrase!("Review"), &[Context::Review]),
    (phrase!("Confirmation"), &[Context::Confirm]),
    (phrase!("Order"), &[Context::Result]),
    (phrase!("Request"), &[Context::Request]),
    (phrase!("Calls"), &[Context::Inspector, Context::Call]),
    (phrase!("Export"), &[Context::Export]),
];

/// Columns of the panel, including the border around its text.
pub const KEYS_WIDTH: u16 = 70;
const BORDER_WIDTH: u16 = 4;
/// Columns of the keys, to the left of their descriptions.
const KEY_COLUMN: u16 = 22;
/// Rows of the screen around the text of the panel, at most.
const ROWS_AROUND: u16 = 9;
/// Rows around the text on a small screen: a title, and the lines above and below.
const ROWS_AROUND_COMPACT: u16 = 3;

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    pub text: String,
    pub is_heading: bool,
}

/// Returns the lines of the page, wrapped to the width of the panel.
#[must_use]
pub fn key_lines(around: &Surroundings<'_>) -> Vec<KeyLine> {
    let is_compact = around.is_compact();
    let width = if is_compact { around.width } else { KEYS_WIDTH.min(around.width).saturating_sub(BORDER_WIDTH) };
    let rows = around.keymap.rows();
    let here = around.page_context;
    let own = SECTIONS.iter().position(|(_, contexts)| contexts.contains(&here));
    let mut lines = Vec::new();
    // A page beside the form has all its keys in one place.
    let is_form = rows.iter().any(|row| is_common(row) && row.contexts.contains(&here));
    if let Some((heading, contexts)) = own.and_then(|own| SECTIONS.get(own)) {
        let fits = |row: &&Binding| row.contexts.iter().any(|context| contexts.contains(context));
        section(
            &mut lines,
            i18n::t(heading),
            rows.iter().filter(fits).filter(|row| !is_form || !is_common(row)),
            width,
        );
    }
    section(&mut lines, &tr!("Everywhere in the form"), rows.iter().filter(|row| is_common(row)), width);
    for (at, (heading, contexts)) in SECTIONS.iter().enumerate() {
        if Some(at) != own {
            let fits =
                |row: &&Binding| !is_common(row) && row.contexts.iter().any(|context| contexts.contains(context));
            section(&mut lines, i18n::t(heading), rows.iter().filter(fits), width);
        }
    }
    lines
}

/// Returns whether a binding works on every page of the form.
fn is_common(row: &Binding) -> bool {
    [Context::Picker, Context::Review, Context::Text].iter().all(|context| row.contexts.contains(context))
}

fn section<'a>(lines: &mut Vec<KeyLine>, heading: &str, rows: impl Iterator<Item = &'a Binding>, width: u16) {
    let mut add = |text: &str, is_heading| {
        lines.extend(wrap(text, width).into_iter().map(|text| KeyLine { text, is_heading }));
    };
    add(heading, true);
    for row in rows {
        let keys: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
        let (keys, words) = (keys.join(", "), i18n::t(row.words));
        if width < 2 * KEY_COLUMN {
            add(&format!("  {keys}  {words}"), false);
        } else {
            add(&format!("  {}{words}", pad_right(&keys, KEY_COLUMN.into())), false);
        }
    }
}

/// Scroll position of the page: the first line shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeysView {
    pub top: usize,
}

impl OverlayScreen for KeysView {
    fn context(&self) -> Context {
        Context::Keys
    }

    fn scroll(&mut self, rows: isize, around: &Surroundings<'_>) {
        let rows_around = if around.is_compact() { ROWS_AROUND_COMPACT } else { ROWS_AROUND };
        let room = usize::from(around.height.saturating_sub(rows_around)).max(1);
        let most = key_lines(around).len().saturating_sub(room);
        self.top = self.top.min(most).saturating_add_signed(rows).min(most);
    }
}
