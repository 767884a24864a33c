//! The footer: a line about the focused field, and the keys that work right now.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Action, FieldStatus, Model, Page, ReviewRow, footer_bindings, review_rows};
use crate::i18n::{self, phrase, tr};

use super::layout::{RIGHT_MARGIN, text_line};
use super::screen_size::is_compact_screen;
use super::text::draw_text;
use super::theme::Theme;
use crate::text::width::display_width;
use crate::text::wrap::{wrap, wrap_to_height};

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, hint_line: Rect, keys_line: Rect) {
    if hint_line.height > 0 {
        draw_hint(model, theme, frame, hint_line);
    }
    if keys_line.height > 0 {
        draw_keys(model, theme, frame, keys_line);
    }
}

/// Returns the rows of the line about the focused field, at most `most`: more than one if its text needs them. Without
/// a text it takes one row, on a compact screen none.
pub fn hint_rows(model: &Model, width: u16, most: u16) -> u16 {
    // On a small screen no row is kept free for what may be said later.
    let least = usize::from(!is_compact_screen(model));
    let rows = hint(model, Theme::MONO).map_or(least, |(text, _)| wrap(&text, width).len());
    u16::try_from(rows).unwrap_or(most).min(most)
}

fn draw_hint(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    let Some((text, style)) = hint(model, theme) else { return };
    let area = if is_compact_screen(model) { area } else { text_line(area) };
    for (line, y) in wrap_to_height(&text, area.width, area.height).iter().zip(area.y..area.bottom()) {
        draw_text(frame.buffer_mut(), area.x, y, area.width, line, style);
    }
}

/// Returns the text of the line by priority: the message of the last action, the advice on a refusal, a problem, a
/// note, or the rule. `None` if there is nothing to show.
fn hint(model: &Model, theme: Theme) -> Option<(String, Style)> {
    if let Some(message) = &model.message {
        return Some((message.clone(), theme.accent()));
    }
    if let Some(refusal) = model.form.rejection.as_ref().filter(|_| is_on_refusal(model)) {
        return Some((refusal.advice.clone(), theme.text()));
    }
    if let Some(status) = model.sheet_status() {
        return Some((status, theme.secondary()));
    }
    let row = model.form.focused().filter(|_| model.page == Page::Form)?;
    if let Some(refusal) = model.form.rejection.as_ref().filter(|refusal| refusal.field == Some(row.id)) {
        return Some((refusal.advice.clone(), theme.text()));
    }
    Some(match model.form.field_status(row.id) {
        FieldStatus::Problem(problem) => (format!("! {problem}"), theme.problem()),
        FieldStatus::Note(note) => (tr!("Note: {note}", note), theme.warning()),
        FieldStatus::Fine => (tr!("{label}: {rule}", label = row.id.label(), rule = i18n::t(row.rule)), theme.text()),
    })
}

/// Returns whether the cursor of Review is on the cloud's refusal.
fn is_on_refusal(model: &Model) -> bool {
    let row = || review_rows(&model.form).get(model.form.review_cursor).copied();
    model.page == Page::Form && model.form.focused().is_none() && row() == Some(ReviewRow::Refusal)
}

/// Returns what the key that shows or hides the rows that do not fit will do.
fn show_words(model: &Model) -> String {
    match model.form.pickers.get(&model.form.focus) {
        Some(picker) if !picker.filter.show_incompatible => {
            tr!("show all {number}", number = picker.list.total + picker.list.hidden)
        }
        Some(_) | None => tr!("show fitting"),
    }
}

/// Width in cells below which there is room for one key only, the one that goes on.
const NARROW_WIDTH: u16 = 30;
/// Columns at which the keys begin that go on, move and go back, and those that the page has besides.
const PLACES: [u16; 4] = [3, 18, 29, 42];
/// Columns between two keys.
const GAP: u16 = 3;
/// Columns between the keys that have no place of their own.
const LEAST_GAP: u16 = 2;

/// Place of a key in the footer. A key without effect leaves its place empty, so that the others do not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    GoOn,
    Move,
    GoBack,
    Other,
    /// At the right edge.
    Right,
}

/// Returns the place of the key for an action.
fn place(action: Action) -> Place {
    match action {
        Action::Accept | Action::PlaceOrder => Place::GoOn,
        Action::NextField | Action::Down | Action::NextFormat => Place::Move,
        Action::Back | Action::Close => Place::GoBack,
        Action::Palette | Action::FieldHelp | Action::Keys | Action::Quit => Place::Right,
        _ => Place::Other,
    }
}

/// A key of the footer.
struct FooterKey {
    action: Action,
    key: String,
    words: Cow<'static, str>,
}

impl FooterKey {
    fn width(&self) -> u16 {
        display_width(&self.key) + 1 + display_width(&self.words)
    }

    /// Draws the key and its words, and returns the column behind them.
    fn draw(&self, theme: Theme, frame: &mut Frame, x: u16, line: Rect) -> u16 {
        let buf = frame.buffer_mut();
        let end = draw_text(buf, x, line.y, line.right().saturating_sub(x), &self.key, theme.key());
        draw_text(buf, end + 1, line.y, line.right().saturating_sub(end + 1), &self.words, theme.secondary())
    }
}

/// Returns the keys that have an effect now, each action once.
fn footer_keys(model: &Model) -> Vec<FooterKey> {
    let mut keys: Vec<FooterKey> = Vec::new();
    for binding in footer_bindings(model) {
        let Some(key) = binding.keys.first() else { continue };
        let can_go_back = matches!(binding.action, Action::Back | Action::Accept)
            && model.form.return_to_review
            && model.overlay.is_none()
            && model.page == Page::Form;
        let words = match binding.action {
            Action::ShowIncompatible => Cow::Owned(show_words(model)),
            _ if can_go_back => Cow::Borrowed(i18n::t(phrase!("to Review"))),
            _ => Cow::Borrowed(i18n::t(binding.words)),
        };
        if keys.iter().all(|known| known.action != binding.action) {
            keys.push(FooterKey { action: binding.action, key: key.to_string(), words });
        }
    }
    keys
}

/// Draws the keys at their places: what goes on, moves and goes back at the left, then as many others as fit, and at the
/// right the palette and help. The key to quit is drawn where no help and no palette is.
fn draw_keys(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    let keys = footer_keys(model);
    if is_compact_screen(model) {
        return draw_compact_keys(&keys, theme, frame, line);
    }
    let of = |wanted: Place| keys.iter().filter(move |key| place(key.action) == wanted);
    let mut right: Vec<&FooterKey> = of(Place::Right).collect();
    if right.len() > 1 {
        right.retain(|key| key.action != Action::Quit);
    }
    let right_width = right.iter().map(|key| key.width() + GAP).sum::<u16>().saturating_sub(GAP);
    let right_at = (line.right().saturating_sub(RIGHT_MARGIN)).saturating_sub(right_width).max(line.x);
    let mut places = PLACES;
    // A page that nobody goes back from has the place for others.
    if of(Place::GoBack).next().is_none() && model.page != Page::Form {
        places[3] = places[2];
    }
    let mut x = line.x + places[0];
    for (at, wanted) in places.into_iter().zip([Place::GoOn, Place::Move, Place::GoBack, Place::Other]) {
        x = x.max(line.x + at);
        let most = if wanted == Place::Other { usize::MAX } else { 1 };
        for key in of(wanted).take(most) {
            if x + key.width() + LEAST_GAP > right_at {
                continue;
            }
            x = key.draw(theme, frame, x, line) + if wanted == Place::Other { LEAST_GAP } else { GAP };
        }
    }
    let mut x = right_at;
    for key in right {
        x = key.draw(theme, frame, x, line) + GAP;
    }
}

/// Draws as many keys as fit, one behind the other, and always the first one. The key to quit is always among them, except
/// below [`NARROW_WIDTH`].
fn draw_compact_keys(keys: &[FooterKey], theme: Theme, frame: &mut Frame, line: Rect) {
    let is_kept = |key: &FooterKey| key.action == Action::Quit && line.width >= NARROW_WIDTH;
    let mut room = line.width + 2;
    for key in keys.iter().filter(|key| is_kept(key)) {
        room = room.saturating_sub(key.width() + 2);
    }
    let mut is_full = false;
    let mut x = line.x;
    for key in keys {
        if !is_kept(key) {
            is_full = is_full || key.width() + 2 > room;
            if is_full && x > line.x {
                continue;
            }
            room = room.saturating_sub(key.width() + 2);
        }
        x = key.draw(theme, frame, x, line) + 2;
    }
}
