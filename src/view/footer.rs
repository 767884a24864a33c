//! The footer: a line about the focused field, and the keys that work right now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Action, Confirm, FieldStatus, Model, Page, ReviewRow, footer_bindings, review_rows};
use crate::i18n::{self, phrase, tr};

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
    if let Page::Confirm(confirm) = &model.page {
        return Some((sheet_text(model, confirm), theme.secondary()));
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

/// Returns the text of the line on the order sheet: what has to be done before the order can be placed.
fn sheet_text(model: &Model, confirm: &Confirm) -> String {
    if model.sheet_layout().is_some_and(|layout| !layout.fits) {
        return tr!("{key} goes back. Nothing is ordered.", key = model.keymap.key_of(Action::Close));
    }
    if !confirm.is_armed(model.now) {
        return tr!("Read the order first.");
    }
    if confirm.was_shown_to_end() {
        return tr!("The wizard sends the order once and never repeats it.");
    }
    tr!("Read the order to its end first: {key}", key = model.keymap.key_of(Action::PageDown))
}

/// Returns whether the cursor of Review is on the cloud's refusal.
fn is_on_refusal(model: &Model) -> bool {
    let row = || review_rows(&model.form).get(model.form.review_cursor).copied();
    model.page == Page::Form && model.form.focused().is_none() && row() == Some(ReviewRow::Refusal)
}

/// Width in cells below which there is room for one key only, the one that goes on.
const NARROW_WIDTH: u16 = 30;

/// Draws as many keys as fit. Help is always among them, except on a compact screen, and so is the key to quit, except
/// below [`NARROW_WIDTH`].
fn draw_keys(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    let all: Vec<(String, &str, bool)> = footer_bindings(model)
        .filter_map(|binding| {
            let key = binding.keys.first()?.to_string();
            let can_go_back = matches!(binding.action, Action::Back | Action::Accept)
                && model.form.return_to_review
                && model.overlay.is_none()
                && model.page == Page::Form;
            let words = i18n::t(if can_go_back { phrase!("to Review") } else { binding.words });
            let always = match binding.action {
                Action::Quit => line.width >= NARROW_WIDTH,
                // On a small screen what goes on is more than what explains.
                Action::FieldHelp | Action::Keys => !is_compact_screen(model),
                _ => false,
            };
            Some((key, words, always))
        })
        .collect();
    let width = |(key, words, _): &(String, &str, bool)| display_width(key) + 1 + display_width(words) + 2;
    let mut room = line.width + 2;
    for row in all.iter().filter(|row| row.2) {
        room = room.saturating_sub(width(row));
    }
    let has_more = all.iter().any(|row| row.2);
    let mut is_full = false;
    let mut x = line.x;
    for row in &all {
        let (key, words, always) = row;
        if !always {
            is_full = is_full || width(row) > room;
            // The first key is there in any case, with its words cut if need be.
            if is_full && (x > line.x || has_more) {
                continue;
            }
            room = room.saturating_sub(width(row));
        }
        let end = draw_text(frame.buffer_mut(), x, line.y, line.right().saturating_sub(x), key, theme.key());
        x = draw_text(
            frame.buffer_mut(),
            end + 1,
            line.y,
            line.right().saturating_sub(end + 1),
            words,
            theme.secondary(),
        ) + 2;
    }
}
