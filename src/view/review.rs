//! Review: problems first, then every answer with its origin, then the request and the button that names the order.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Action, AnswerOrigin, CheckResult, Model, ReviewRow, endpoint_text, preflight, review_rows};
use crate::form::{field, value_text};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;

use super::layout::LABEL_WIDTH;
use super::text::{draw_text, draw_text_right, first_visible_row};
use super::theme::Theme;
use crate::text::truncate::truncate;
use crate::text::width::display_width;
use crate::text::wrap::wrap;

/// Height in rows below which there are no lines for checks and request.
const COMPACT_HEIGHT: u16 = 9;
/// Width in cells below which a row has no room for its step and its origin.
const NARROW_WIDTH: u16 = 58;

/// Returns the areas of the list, of the lines for checks and request, and of the button. The button's text is cut only
/// if the body is too low for it; while the cursor is in the list, it takes at most half of a low body.
pub fn areas(model: &Model, body: Rect) -> (Rect, Rect, Rect) {
    let listed = u16::try_from(review_rows(&model.form).len() - 1).unwrap_or(u16::MAX);
    let button_rows = u16::try_from(button_lines(model, body.width).len()).unwrap_or(u16::MAX).min(body.height);
    let is_on_list = model.form.review_cursor + 1 < review_rows(&model.form).len();
    // On a small screen there is always room for the row of the cursor.
    let button_rows =
        if body.height < COMPACT_HEIGHT && is_on_list { button_rows.min(body.height / 2) } else { button_rows };
    let about = if body.height < COMPACT_HEIGHT { 0 } else { 3.min(body.height - button_rows) };
    let room = body.height - button_rows - about;
    let list = Rect { height: listed.min(room), ..body };
    let gap = u16::from(list.height < room);
    let request = Rect { y: list.bottom() + gap, height: about, ..body };
    let button = Rect { y: request.bottom(), height: button_rows, ..body };
    (list, request, button)
}

/// Returns the index of the first row of the list in view. With the cursor on the button, the differences are in view
/// if there are any, not the end of the list.
pub fn top_row(model: &Model, listed: usize, height: u16) -> usize {
    let has_differences = !model.form.order_warnings.is_empty() || !model.form.changes.is_empty();
    let cursor = if model.form.review_cursor >= listed && has_differences { 0 } else { model.form.review_cursor };
    first_visible_row(cursor.min(listed.saturating_sub(1)), listed, height.into())
}

/// Returns the lines of the button: the order in words, or the number of problems to solve first.
fn button_lines(model: &Model, width: u16) -> Vec<String> {
    let words = match (&model.form.order, model.form.issues.len()) {
        (Some(_), _) => model.impact().summary(),
        (None, n) => tr!("{n} problem is to be solved first" | "{n} problems are to be solved first" % n),
    };
    let mut lines = wrap(&words, width.saturating_sub(6));
    let last = lines.len() - 1;
    for (at, line) in lines.iter_mut().enumerate() {
        let before = if at == 0 { "[ " } else { "  " };
        let after = if at == last { " ]" } else { "" };
        *line = format!("{before}{line}{after}");
    }
    lines
}

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, body: Rect) {
    let rows = review_rows(&model.form);
    let (list, request, button) = areas(model, body);
    let listed = rows.len().saturating_sub(1);
    let top = top_row(model, listed, list.height);
    for (at, y) in (top..listed).zip(list.y..list.bottom()) {
        let is_here = at == model.form.review_cursor;
        let above = at.checked_sub(1).filter(|above| *above >= top).and_then(|above| rows.get(above)).copied();
        draw_row(model, rows[at], above, is_here, theme, frame, Rect { y, height: 1, ..list });
    }
    if request.height > 2 {
        let words = tr!("  To {way}", way = endpoint_text(&model.account.label));
        draw_text(frame.buffer_mut(), request.x, request.y, request.width, &words, theme.text());
    }
    if request.height > 1 {
        let line = Rect { y: request.bottom() - 2, height: 1, ..request };
        draw_preflight(model, theme, frame, line);
    }
    let request = Rect { y: request.bottom().saturating_sub(1), height: request.height.min(1), ..request };
    if request.height > 0 {
        let below = listed.saturating_sub(top + usize::from(list.height));
        draw_request(model, (top, below), theme, frame, request);
    }
    if button.height > 0 {
        let is_here = rows.get(model.form.review_cursor) == Some(&ReviewRow::PlaceOrder);
        draw_button(model, is_here, theme, frame, button);
    }
}

fn draw_row(
    model: &Model,
    row: ReviewRow,
    above: Option<ReviewRow>,
    is_here: bool,
    theme: Theme,
    frame: &mut Frame,
    line: Rect,
) {
    let marker = if is_here { ">" } else { " " };
    let (style, sign) = if is_here { (theme.selected(), theme.focus()) } else { (theme.text(), theme.text()) };
    let buf = frame.buffer_mut();
    draw_text(buf, line.x, line.y, 1, marker, sign);
    let x = line.x + 2;
    let room = line.width.saturating_sub(2);
    if line.width < NARROW_WIDTH
        && let ReviewRow::Field(id) = row
    {
        return draw_narrow(model, id, is_here, theme, frame, Rect { x, width: room, ..line });
    }
    match row {
        ReviewRow::Refusal => {
            let sentence = model.form.rejection.as_ref().map_or("", |refusal| refusal.sentence.as_str());
            let style = if is_here { theme.selected() } else { theme.problem() };
            draw_text(buf, x, line.y, room, &tr!("! Refused: {why}", why = sentence), style);
        }
        ReviewRow::Problem(at) => {
            let sentence = model.form.issues.get(at).map_or_else(String::new, ToString::to_string);
            let style = if is_here { theme.selected() } else { theme.problem() };
            draw_text(buf, x, line.y, room, &format!("! {sentence}"), style);
        }
        ReviewRow::Note(at) => {
            let sentence = model.form.warnings.get(at).map_or_else(String::new, ToString::to_string);
            let style = if is_here { theme.selected() } else { theme.warning() };
            draw_text(buf, x, line.y, room, &tr!("Note: {note}", note = sentence), style);
        }
        ReviewRow::Field(id) => {
            let step = field(id).step;
            let is_first = !matches!(above, Some(ReviewRow::Field(other)) if field(other).step == step);
            let step_name = if is_first { step.name() } else { "" };
            draw_text(buf, x, line.y, 10.min(room), step_name, theme.secondary());
            draw_text(buf, x + 10, line.y, room.saturating_sub(10), id.label(), style);
            let origin = truncate(&origin_text(model, id), ORIGIN_WIDTH);
            let from = draw_text_right(buf, line, 0, &origin, theme.secondary());
            let at = x + 27;
            let value = value_text(id, &model.form.draft, &model.form.catalogue);
            let style = match (id, model.form.draft.auto_pay, is_here) {
                (_, _, true) => theme.selected(),
                (FieldId::AutoPay, true, false) => theme.live(),
                (_, _, false) => theme.accent(),
            };
            draw_text(buf, at, line.y, from.saturating_sub(at + 1), &value, style);
        }
        ReviewRow::Warning(at) => {
            let Some(warning) = model.form.order_warnings.get(at) else { return };
            let (mark, style) =
                if is_here { (theme.selected(), theme.selected()) } else { (theme.problem(), theme.accent()) };
            draw_text(buf, x, line.y, room, "! ", mark);
            draw_text(buf, x + 2, line.y, room.saturating_sub(2), &warning.to_string(), style);
        }
        ReviewRow::Change(at) => {
            let Some(change) = model.form.changes.get(at) else { return };
            let is_first = !matches!(above, Some(ReviewRow::Change(_)));
            let heading = if is_first { i18n::t(phrase!("Changed")) } else { "" };
            draw_text(buf, x, line.y, 10.min(room), heading, theme.changed());
            draw_text(buf, x + 10, line.y, room.saturating_sub(10), change.field.label(), style);
            let basis =
                model.form.basis.as_ref().map_or_else(String::new, |basis| truncate(&basis.words(), ORIGIN_WIDTH));
            let from = draw_text_right(buf, line, 0, &basis, theme.secondary());
            let words = format!("{} -> {}", change.was, change.is);
            let style = if is_here { theme.selected() } else { theme.changed() };
            draw_text(buf, x + 27, line.y, from.saturating_sub(x + 28), &words, style);
        }
        ReviewRow::PlaceOrder => {}
    }
}

/// Draws an answer on a narrow screen: its label and its value.
fn draw_narrow(model: &Model, id: FieldId, is_here: bool, theme: Theme, frame: &mut Frame, line: Rect) {
    let style = if is_here { theme.selected() } else { theme.text() };
    let label = draw_text(frame.buffer_mut(), line.x, line.y, (line.width / 2).min(LABEL_WIDTH), id.label(), style) + 1;
    let at = if line.width < 2 * LABEL_WIDTH { label } else { line.x + LABEL_WIDTH };
    let value = value_text(id, &model.form.draft, &model.form.catalogue);
    let style = match (id, model.form.draft.auto_pay, is_here) {
        (_, _, true) => theme.selected(),
        (FieldId::AutoPay, true, false) => theme.live(),
        (_, _, false) => theme.accent(),
    };
    draw_text(frame.buffer_mut(), at, line.y, line.right().saturating_sub(at), &value, style);
}

/// Largest width in cells of the origin of an answer.
const ORIGIN_WIDTH: u16 = 14;

fn origin_text(model: &Model, id: FieldId) -> String {
    if id == FieldId::ChargingMode && model.form.origin(id) == AnswerOrigin::Default {
        return tr!("fixed");
    }
    model.form.origin_words(id)
}

/// Draws the checks, marked `+` for passed, `!` for failed and `?` if only the order can tell, and the time of the
/// oldest reading. They are closer together if there is little room.
fn draw_preflight(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    let checks = preflight(&model.form, &model.account);
    let oldest = checks.iter().filter_map(|check| check.stamp.as_ref()).min();
    let stamp = oldest.map_or("...", String::as_str);
    let words: u16 = checks.iter().map(|check| display_width(i18n::t(check.what))).sum();
    let gaps = u16::try_from(checks.len()).unwrap_or(0);
    let (head, between, after_mark) = match line.width.saturating_sub(words + display_width(stamp)) {
        room if room >= 11 + gaps * 4 => (tr!("  Checked {stamp}:", stamp), 2, " "),
        room if room >= 10 + gaps * 2 => (tr!("  Checked {stamp}", stamp), 1, ""),
        _ => (format!("  {stamp}"), 1, ""),
    };
    let mut x = draw_text(frame.buffer_mut(), line.x, line.y, line.width, &head, theme.text());
    for check in checks {
        let (mark, style) = match check.finding {
            CheckResult::Passed => ("+", theme.good()),
            CheckResult::Failed => ("!", theme.problem()),
            CheckResult::CannotTell => ("?", theme.warning()),
        };
        let words = format!("{mark}{after_mark}{}", i18n::t(check.what));
        x += between;
        x = draw_text(frame.buffer_mut(), x, line.y, line.right().saturating_sub(x), &words, style);
    }
}

fn draw_request(model: &Model, (above, below): (usize, usize), theme: Theme, frame: &mut Frame, line: Rect) {
    let words = match &model.form.order {
        Some((_, body)) => {
            let key = model.keymap.key_of(Action::RequestPane);
            let (bytes, hash) = (body.bytes().len(), body.short_hash());
            tr!("  Request: {bytes} bytes, SHA-256 {hash}... ({key})", bytes, hash, key)
        }
        None => tr!("  There is no request yet"),
    };
    let hidden = match (above, below) {
        (0, 0) => String::new(),
        (0, below) => tr!("{below} more below", below),
        (above, 0) => tr!("{above} more above", above),
        (above, below) => tr!("{above} above, {below} below", above, below),
    };
    let from = draw_text_right(frame.buffer_mut(), line, 0, &hidden, theme.warning());
    draw_text(frame.buffer_mut(), line.x, line.y, from.saturating_sub(line.x + 1), &words, theme.text());
}

fn draw_button(model: &Model, is_here: bool, theme: Theme, frame: &mut Frame, area: Rect) {
    let style = if is_here { theme.selected() } else { theme.accent() };
    if is_here {
        draw_text(frame.buffer_mut(), area.x, area.y, area.width, ">", theme.focus());
    }
    let x = area.x + 2.min(area.width);
    for (line, y) in button_lines(model, area.width).iter().zip(area.y..area.bottom()) {
        draw_text(frame.buffer_mut(), x, y, area.right().saturating_sub(x), line, style);
    }
}
