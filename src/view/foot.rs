//! The two lines at the bottom: what is to be said about the focused field, and the keys that work
//! right now.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Context, FieldState, Model, Page, foot_bindings};

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

fn draw_keys(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    let mut x = line.x;
    for binding in foot_bindings(model) {
        let Some(key) = binding.keys.first() else { continue };
        let words = match (binding.action, model.context()) {
            (crate::app::Action::Back, _) | (crate::app::Action::Accept, Context::Text) if model.returns => "to Review",
            _ => binding.words,
        };
        let key = key.to_string();
        let width = cells(&key) + 1 + cells(words);
        if x + width > line.right() {
            break;
        }
        let end = put(frame.buffer_mut(), x, line.y, line.right().saturating_sub(x), &key, theme.strong());
        let end = put(frame.buffer_mut(), end + 1, line.y, line.right().saturating_sub(end + 1), words, theme.faint());
        x = end + 2;
    }
}
