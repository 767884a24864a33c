//! The plain text overlay: lines without borders and columns, whole ids and the exact request, for selecting with
//! the mouse of the terminal. And the message when a text cannot be copied.

use unicode_width::UnicodeWidthChar as _;

use crate::form::{details, request_preview};
use crate::i18n::{self, tr};
use crate::text::sanitize::visible;
use crate::text::wrap::wrap;

use crate::app::keys::action::Action;
use crate::app::model::{Model, Overlay, Page};
use crate::app::msg::{CopyError, Effect};
use crate::app::purchase::order_search_text::{ReadIn, SearchLine, search_lines};
use crate::app::purchase::outcome_text::outcome_text;
use crate::app::purchase::result::ResultPage;

/// A line before it is broken.
#[derive(Clone)]
enum PlainLine {
    /// Broken at words.
    Sentence(String),
    /// An id, a command or a line of the request: broken where the width ends, with nothing put between.
    Exact(String),
}

use PlainLine::{Exact, Sentence};

/// The lines of the plain page, of at most `width` cells. What is longer goes on in the next line, so that nothing is
/// cut.
#[must_use]
pub fn plain_text_lines(model: &Model, width: u16) -> Vec<String> {
    let lines = match &model.page {
        Page::Result(result) => of_result(model, result),
        Page::Waiting(waiting) => [vec![Exact(waiting.server_name.clone())], request(waiting.body.text())].concat(),
        Page::Form | Page::Confirm(_) | Page::Setup(_) => of_form(model),
    };
    let broken = lines.iter().flat_map(|line| match line {
        Sentence(text) => wrap(text, width.max(2)),
        Exact(text) => hard_wrap(&visible(text), width),
    });
    broken.collect()
}

fn of_result(model: &Model, result: &ResultPage) -> Vec<PlainLine> {
    let blank = || Sentence(String::new());
    let (heading, sentences) = outcome_text(model, result);
    let mut lines = vec![Sentence(heading.to_owned())];
    for (label, value) in result.shown_ids(model) {
        lines.extend([blank(), Sentence(i18n::t(label).to_owned()), Exact(value)]);
    }
    let servers = result.poll.iter().flat_map(|follow| &follow.servers);
    for server in servers {
        lines.extend([blank(), Exact(server.name.clone()), Exact(server.id.clone())]);
    }
    lines.extend([blank(), Sentence("SHA-256".to_owned()), Exact(result.hash.clone()), blank()]);
    lines.extend(sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(Sentence));
    lines.extend(search_lines(model, result, ReadIn::Program).into_iter().map(|line| match line {
        SearchLine::Sentence(text) => Sentence(text),
        SearchLine::Command(command) => Exact(command),
    }));
    lines
}

/// What is wrong, what is known of the row under the cursor, and the request.
fn of_form(model: &Model) -> Vec<PlainLine> {
    let mut lines: Vec<PlainLine> = model.issues.iter().map(|issue| Sentence(issue.to_string())).collect();
    let picker = model.pickers.get(&model.focus);
    let facts =
        picker.and_then(|picker| details(model.focus, picker.row()?, &picker.filter, &model.draft, &model.catalogue));
    lines.extend(facts.into_iter().flat_map(|details| details.facts).map(|fact| Sentence(fact.text)));
    if !lines.is_empty() {
        lines.push(Sentence(String::new()));
    }
    match &model.order {
        Some((_, body)) => lines.extend(request(body.text())),
        None => lines.extend(request_preview(&model.draft).into_iter().map(|line| Exact(line.text))),
    }
    lines
}

fn request(body: &str) -> Vec<PlainLine> {
    body.lines().map(|line| Exact(line.to_owned())).collect()
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
