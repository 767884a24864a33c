//! The plain text overlay: lines without borders and columns, whole ids and the exact request, for selecting with
//! the mouse of the terminal. And the message when a text cannot be copied.

use unicode_width::UnicodeWidthChar as _;

use crate::form::{details, request_preview};
use crate::i18n::{self, tr};
use crate::text::sanitize::visible;

use crate::app::keys::action::Action;
use crate::app::model::{Model, Overlay, Page};
use crate::app::msg::{CopyError, Effect};
use crate::app::purchase::result::{ResultPage, outcome_text};

/// The lines of the plain page, of at most `width` cells. What is longer goes on in the next line, so that nothing is
/// cut and nothing is put between.
#[must_use]
pub fn plain_text_lines(model: &Model, width: u16) -> Vec<String> {
    let lines = match &model.page {
        Page::Result(result) => of_result(result),
        Page::Waiting(waiting) => [vec![waiting.server_name.clone()], request(waiting.body.text())].concat(),
        Page::Form | Page::Confirm(_) | Page::Setup(_) => of_form(model),
    };
    lines.iter().flat_map(|line| hard_wrap(&visible(line), width)).collect()
}

fn of_result(result: &ResultPage) -> Vec<String> {
    let (heading, sentences) = outcome_text(result);
    let mut lines = vec![heading.to_owned()];
    for (label, value) in &result.ids {
        lines.extend([String::new(), i18n::t(label).to_owned(), value.clone()]);
    }
    let servers = result.poll.iter().flat_map(|follow| &follow.servers);
    for server in servers {
        lines.extend([String::new(), server.name.clone(), server.id.clone()]);
    }
    lines.extend([String::new(), "SHA-256".to_owned(), result.hash.clone(), String::new()]);
    lines.extend(sentences);
    lines
}

/// What is wrong, what is known of the row under the cursor, and the request.
fn of_form(model: &Model) -> Vec<String> {
    let mut lines: Vec<String> = model.issues.iter().map(ToString::to_string).collect();
    let picker = model.pickers.get(&model.focus);
    let facts =
        picker.and_then(|picker| details(model.focus, picker.row()?, &picker.filter, &model.draft, &model.catalogue));
    lines.extend(facts.into_iter().flat_map(|details| details.facts).map(|fact| fact.text));
    if !lines.is_empty() {
        lines.push(String::new());
    }
    match &model.order {
        Some((_, body)) => lines.extend(request(body.text())),
        None => lines.extend(request_preview(&model.draft).into_iter().map(|line| line.text)),
    }
    lines
}

fn request(body: &str) -> Vec<String> {
    body.lines().map(ToOwned::to_owned).collect()
}

/// A line in pieces that fit; one at least.
fn hard_wrap(line: &str, width: u16) -> Vec<String> {
    let width = usize::from(width.max(2));
    let (mut pieces, mut cells) = (vec![String::new()], 0);
    for c in line.chars() {
        let wide = c.width().unwrap_or(0);
        if cells + wide > width {
            pieces.push(String::new());
            cells = 0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        cells += wide;
    }
    pieces
}

impl Model {
    pub(in crate::app) fn show_copy_error(&mut self, why: CopyError) -> Vec<Effect> {
        let key = self.keymap.key_of(Action::PlainText);
        self.message = Some(match why {
            CopyError::TooLong => tr!("Not copied: longer than terminals take; {key} shows it for selecting", key),
            CopyError::NoClipboard => {
                tr!("Not copied: this terminal has no clipboard; {key} shows it for selecting", key)
            }
        });
        Vec::new()
    }

    pub(in crate::app) fn is_plain(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Plain { .. }))
    }

    /// While the plain page is there, the mouse selects text.
    pub(in crate::app) fn sync_mouse_capture(&self, was_plain: bool) -> Option<Effect> {
        let is_ours = self.mouse_capture == crate::app::keys::mouse::MouseCapture::On;
        (is_ours && was_plain != self.is_plain()).then_some(Effect::CaptureMouse(was_plain))
    }

    pub(in crate::app) fn step_plain(&mut self, by: isize) {
        let most = plain_text_lines(self, self.width).len().saturating_sub(usize::from(self.height) / 2);
        if let Some(Overlay::Plain { top }) = &mut self.overlay {
            *top = top.saturating_add_signed(by).min(most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_long_line_is_lost() {
        assert_eq!(hard_wrap("", 10), [""]);
        assert_eq!(hard_wrap("abcdefg", 3), ["abc", "def", "g"]);
        assert_eq!(hard_wrap("云手机", 5), ["云手", "机"]);
        assert_eq!(hard_wrap("云手机", 0), ["云", "手", "机"]);
        assert_eq!(hard_wrap("ae\u{301}\u{302}b", 2), ["ae\u{301}\u{302}", "b"]);
    }
}
