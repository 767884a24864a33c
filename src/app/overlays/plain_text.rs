//! The plain text overlay: lines without borders and columns, whole ids and the exact request, for selecting with
//! the mouse of the terminal.

use unicode_width::UnicodeWidthChar as _;

use crate::form::{details, request_preview};
use crate::i18n;
use crate::text::sanitize::visible;
use crate::text::wrap::wrap;

use crate::app::form::state::Form;
use crate::app::keys::context::Context;
use crate::app::overlays::screen::{OverlayScreen, Surroundings, scrolled};
use crate::app::page::Page;
use crate::app::purchase::order_search_text::{ReadIn, SearchLine, search_lines};
use crate::app::purchase::outcome_text::outcome_text;
use crate::app::purchase::result::ResultPage;

/// A line before it is wrapped.
#[derive(Clone)]
enum PlainLine {
    /// Wrapped at words.
    Sentence(String),
    /// An id, a command or a line of the request: split at the width, with nothing inserted.
    Exact(String),
}

use PlainLine::{Exact, Sentence};

/// Returns the lines of the plain-text page, wrapped to at most `width` cells so that nothing is cut off.
#[must_use]
pub fn plain_text_lines(around: &Surroundings<'_>, width: u16) -> Vec<String> {
    let lines = match around.page {
        Page::Result(result) => of_result(around, result),
        Page::Waiting(waiting) => [vec![Exact(waiting.server_name.clone())], request(waiting.body.text())].concat(),
        Page::Form | Page::Confirm(_) | Page::Setup(_) => of_form(around.form),
    };
    let broken = lines.iter().flat_map(|line| match line {
        Sentence(text) => wrap(text, width.max(2)),
        Exact(text) => hard_wrap(&visible(text), width),
    });
    broken.collect()
}

fn of_result(around: &Surroundings<'_>, result: &ResultPage) -> Vec<PlainLine> {
    let blank = || Sentence(String::new());
    let (heading, sentences) = outcome_text(around.journal, result);
    let mut lines = vec![Sentence(heading.to_owned())];
    for (label, value) in result.shown_ids(around.journal) {
        lines.extend([blank(), Sentence(i18n::t(label).to_owned()), Exact(value)]);
    }
    let servers = result.poll.iter().flat_map(|follow| &follow.servers);
    for server in servers {
        lines.extend([blank(), Exact(server.name.clone()), Exact(server.id.clone())]);
    }
    lines.extend([blank(), Sentence("SHA-256".to_owned()), Exact(result.hash.clone()), blank()]);
    lines.extend(sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(Sentence));
    lines.extend(search_lines(around.journal, around.keymap, result, ReadIn::Program).into_iter().map(
        |line| match line {
            SearchLine::Sentence(text) => Sentence(text),
            SearchLine::Command(command) => Exact(command),
        },
    ));
    lines
}

/// Returns the problems, the facts about the row under the cursor, and the request.
fn of_form(form: &Form) -> Vec<PlainLine> {
    let mut lines: Vec<PlainLine> = form.issues.iter().map(|issue| Sentence(issue.to_string())).collect();
    let picker = form.pickers.get(&form.focus);
    let facts =
        picker.and_then(|picker| details(form.focus, picker.row()?, &picker.filter, &form.draft, &form.catalogue));
    lines.extend(facts.into_iter().flat_map(|details| details.facts).map(|fact| Sentence(fact.text)));
    if !lines.is_empty() {
        lines.push(Sentence(String::new()));
    }
    match &form.order {
        Some((_, body)) => lines.extend(request(body.text())),
        None => lines.extend(request_preview(&form.draft).into_iter().map(|line| Exact(line.text))),
    }
    lines
}

fn request(body: &str) -> Vec<PlainLine> {
    body.lines().map(|line| Exact(line.to_owned())).collect()
}

/// Splits a line into pieces of at most `width` cells. There is at least one piece.
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

/// Scroll position of the page: the first line shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlainTextView {
    pub top: usize,
}

impl OverlayScreen for PlainTextView {
    fn context(&self) -> Context {
        Context::Plain
    }

    fn scroll(&mut self, rows: isize, around: &Surroundings<'_>) {
        let lines = plain_text_lines(around, around.width).len();
        self.top = scrolled(self.top, rows, lines, around.height);
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
