//! The two lines at the bottom: what is to be said about the focused field, and the keys that work
//! right now.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Action, FieldState, Model, Page, foot_bindings};

use super::put::{cells, put};
use super::theme::Theme;

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, field_line: Rect, keys_line: Rect) {
    if field_line.height > 0 {
        draw_field_line(model, theme, frame, field_line);
    }
    if keys_line.height > 0 {
        draw_keys(model, theme, frame, keys_line);
    }
}

fn draw_field_line(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    let (text, style) = if let Some(message) = &model.message {
        (message.clone(), theme.strong())
    } else if let (Page::Form, Some(row)) = (&model.page, model.focused()) {
        let refusal = model.refusal.as_ref().filter(|refusal| refusal.field == Some(row.id));
        if let Some(refusal) = refusal {
            put(frame.buffer_mut(), line.x, line.y, line.width, &refusal.advice, theme.plain());
            return;
        }
        match model.state_of(row.id) {
            FieldState::Problem(problem) => (format!("! {problem}"), theme.problem()),
            FieldState::Note(note) => (format!("Note: {note}"), theme.note()),
            FieldState::Fine => (format!("{}: {}", row.id.label(), row.rule), theme.plain()),
        }
    } else {
        return;
    };
    put(frame.buffer_mut(), line.x, line.y, line.width, &text, style);
}

/// As many keys as there is room for; help and leaving are always among them.
fn draw_keys(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    let all: Vec<(String, &str, bool)> = foot_bindings(model)
        .filter_map(|binding| {
            let key = binding.keys.first()?.to_string();
            let leads_back = matches!(binding.action, Action::Back) && model.returns;
            let words = if leads_back { "to Review" } else { binding.words };
            let always = matches!(binding.action, Action::FieldHelp | Action::Keys | Action::Leave);
            Some((key, words, always))
        })
        .collect();
    let width = |(key, words, _): &(String, &str, bool)| cells(key) + 1 + cells(words) + 2;
    let mut room = line.width + 2;
    for row in all.iter().filter(|row| row.2) {
        room = room.saturating_sub(width(row));
    }
    let mut is_full = false;
    let mut x = line.x;
    for row in &all {
        let (key, words, always) = row;
        if !always {
            is_full = is_full || width(row) > room;
            if is_full {
                continue;
            }
            room -= width(row);
        }
        let end = put(frame.buffer_mut(), x, line.y, line.right().saturating_sub(x), key, theme.strong());
        x = put(frame.buffer_mut(), end + 1, line.y, line.right().saturating_sub(end + 1), words, theme.faint()) + 2;
    }
}
