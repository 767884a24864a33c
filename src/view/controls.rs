//! Text, number and radio controls: label on the left, answer on the right, and below it the problem, a note or
//! the effect of the answer.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::{FieldStatus, Model};
use crate::form::{Control, Field};
use crate::i18n::{self, tr};
use crate::order::{BandwidthKind, FieldId, Offers, preview_names};

use super::layout::{GUTTER, LABEL_WIDTH};
use super::screen_size::is_compact_screen;
use super::text::{draw_text, draw_text_right, first_visible_row};
use super::theme::Theme;
use crate::text::width::display_width;

/// Draws the label of a field and returns the column where its answer begins. On a compact
/// screen it draws nothing: the label has a line of its own there.
pub fn draw_label(model: &Model, field: &Field, theme: Theme, frame: &mut Frame, area: Rect) -> u16 {
    if is_compact_screen(model) {
        return area.x;
    }
    let focused = model.form.focus == field.id;
    let style = if focused { theme.focus() } else { theme.secondary() };
    let x = area.x + GUTTER;
    draw_text(frame.buffer_mut(), x, area.y, area.right().saturating_sub(x), field.id.label(), style);
    area.x + LABEL_WIDTH.min(area.width)
}

pub fn draw(model: &Model, field: &Field, theme: Theme, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let x = draw_label(model, field, theme, frame, area);
    let right = Rect { x, width: area.right().saturating_sub(x), ..area };
    let below = match field.control {
        Control::Text { slot, counter } => {
            let text = (slot.read)(&model.form.draft);
            let counter = counter(text);
            let room = right.width.saturating_sub(display_width(&counter) + 3);
            // Too narrow for both: what is typed goes first.
            let (room, counter) = if room < 10 { (right.width, "") } else { (room, counter.as_str()) };
            draw_input(model, field, text, 40.min(room), theme, frame, right);
            draw_text_right(frame.buffer_mut(), right, 0, counter, theme.text());
            1
        }
        Control::Stepper { slot, range, unit } => {
            let end = draw_input(model, field, (slot.read)(&model.form.draft), 6, theme, frame, right);
            let number = (slot.read)(&model.form.draft).parse().unwrap_or(0);
            let unit = match field.id {
                FieldId::PeriodNumber => model.form.draft.period_unit.word(number),
                _ => i18n::t(unit),
            };
            let hint = format!(" {unit}  {}", range(&model.form.draft));
            // A key that was refused marks what is accepted.
            let refused = model.form.refuses_key && model.form.focus == field.id;
            let style = if refused { theme.problem() } else { theme.text() };
            draw_text(frame.buffer_mut(), end, area.y, area.right().saturating_sub(end), &hint, style);
            1
        }
        Control::Radio { options, chosen, .. } => {
            draw_radio(model, field, options, chosen(&model.form.draft), theme, frame, right);
            u16::try_from(options.len()).unwrap_or(u16::MAX)
        }
        Control::Fixed { value } => {
            draw_text(frame.buffer_mut(), right.x, right.y, right.width, i18n::t(value), theme.text());
            1
        }
        Control::Picker { .. } | Control::Ports => 1,
    };
    // On a small screen the line at the bottom says it.
    let says = !is_compact_screen(model) || model.form.field_status(field.id) == FieldStatus::Fine;
    if below < area.height && says {
        let is_fine = model.form.field_status(field.id) == FieldStatus::Fine;
        let from = if is_fine { right.x } else { area.x + 4.min(area.width) };
        let line = Rect { x: from, y: area.y + below, width: area.right().saturating_sub(from), height: 1 };
        draw_field_note(model, field.id, theme, frame, line);
    }
}

fn draw_radio(
    model: &Model,
    field: &Field,
    options: &[(&'static str, &'static str)],
    chosen: usize,
    theme: Theme,
    frame: &mut Frame,
    area: Rect,
) {
    let top = first_visible_row(chosen, options.len(), area.height.into());
    for (row, (at, (name, meaning))) in (0..area.height).zip(options.iter().enumerate().skip(top)) {
        let mark = if at == chosen { "(*) " } else { "( ) " };
        let style = match (at == chosen, model.form.focus == field.id) {
            (true, true) => theme.selected(),
            (true, false) => theme.accent(),
            (false, _) => theme.text(),
        };
        let y = area.y + row;
        let end = draw_text(frame.buffer_mut(), area.x, y, area.width, &format!("{mark}{}", i18n::t(name)), style);
        let x = end.max(area.x + 20) + 1;
        let pays_now = field.id == FieldId::AutoPay && model.form.draft.auto_pay && at == chosen;
        let style = if pays_now { theme.problem() } else { theme.secondary() };
        draw_text(frame.buffer_mut(), x, y, area.right().saturating_sub(x), i18n::t(meaning), style);
    }
}

/// Draws the input box of a field, with the terminal cursor if the field has the focus, and returns the column after
/// it. A text that is longer than the box scrolls with the cursor.
pub fn draw_input(
    model: &Model,
    field: &Field,
    text: &str,
    width: u16,
    theme: Theme,
    frame: &mut Frame,
    area: Rect,
) -> u16 {
    let focused = model.form.focus == field.id && model.overlay.is_none();
    draw_box(text, model.form.cursor.0, focused, width, theme, frame, area)
}

/// Draws an input box with a text in `width` cells between brackets, and returns the column after it. Sets the terminal
/// cursor if the box has the focus.
pub fn draw_box(
    text: &str,
    cursor: usize,
    focused: bool,
    width: u16,
    theme: Theme,
    frame: &mut Frame,
    area: Rect,
) -> u16 {
    let width = width.min(area.width.saturating_sub(2));
    let style = if focused { theme.focus() } else { theme.text() };
    let (from, at) = if focused { visible_part(text, cursor, width) } else { (0, 0) };
    // No more is looked at than there is room for: one character more says that the text goes on.
    let shown: String = text[from..].graphemes(true).take(usize::from(width) + 1).collect();
    let buf = frame.buffer_mut();
    let x = draw_text(buf, area.x, area.y, area.width, "[", style);
    draw_text(buf, x, area.y, width, &shown, theme.accent());
    let end = draw_text(buf, x + width, area.y, 1, "]", style);
    if focused && area.height > 0 {
        frame.set_cursor_position(Position::new(x + at.min(width), area.y));
    }
    end
}

/// Returns the byte offset of the part of a text that is shown, chosen so that the cursor is in it, and the cell of the
/// cursor in that part. Measures only what can be seen.
fn visible_part(text: &str, cursor: usize, width: u16) -> (usize, u16) {
    let end = if text.is_ascii() {
        cursor.min(text.len())
    } else {
        text.char_indices().nth(cursor).map_or(text.len(), |(at, _)| at)
    };
    let mut at = 0;
    let mut from = end;
    for (start, cluster) in text[..end].grapheme_indices(true).rev() {
        let wide = display_width(cluster);
        if at + wide >= width {
            break;
        }
        at += wide;
        from = start;
    }
    (from, at)
}

/// Draws one line below an answer: its problem, a note, or its effect. Draws nothing if there is none of them.
pub fn draw_field_note(model: &Model, id: FieldId, theme: Theme, frame: &mut Frame, line: Rect) {
    let (text, style) = match model.form.field_status(id) {
        // What is wrong gets the whole width; what follows stands under the answer.
        FieldStatus::Problem(problem) => (format!("! {problem}"), theme.problem()),
        FieldStatus::Note(note) => (tr!("Note: {note}", note), theme.warning()),
        FieldStatus::Fine => match answer_effect(model, id) {
            Some(text) => (text, theme.secondary()),
            None => return,
        },
    };
    draw_text(frame.buffer_mut(), line.x, line.y, line.width, &text, style);
}

/// Returns the effect of a field's answer for display, such as the names of the servers; `None` if there is none to
/// show.
pub fn answer_effect(model: &Model, id: FieldId) -> Option<String> {
    let impact = model.impact();
    match id {
        FieldId::ServerName if !model.form.draft.server_name.is_empty() => {
            let several = impact.servers.filter(|n| *n > 1)?;
            Some(tr!("Names: {names}", names = preview_names(&model.form.draft.server_name, several)))
        }
        FieldId::Count => Some(impact.product_text()),
        FieldId::BandwidthSize if model.form.draft.bandwidth == BandwidthKind::Dedicated => {
            Some(tr!("Empty: 300 Mbit/s"))
        }
        FieldId::Subnet => {
            let used = model.form.catalogue.subnets_in_use()?;
            let mut used: Vec<String> = used.iter().map(ToString::to_string).collect();
            used.sort();
            used.dedup();
            Some(if used.is_empty() {
                tr!("No subnet is in use yet")
            } else {
                tr!("In use: {subnets}", subnets = used.join(", "))
            })
        }
        FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::Image
        | FieldId::ServerName
        | FieldId::BandwidthKind
        | FieldId::BandwidthId
        | FieldId::BandwidthSize
        | FieldId::ChargingMode
        | FieldId::PeriodUnit
        | FieldId::PeriodNumber
        | FieldId::AutoPay
        | FieldId::Ports
        | FieldId::KeyPair
        | FieldId::Vnc => None,
    }
}
