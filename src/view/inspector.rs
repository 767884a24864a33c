//! The calls of this run, over the whole page: the list, or one of them in full.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use crate::app::{Call, InspectorView, LineKind, MOST_CALLS, Model, bytes, call_lines, duration};
use crate::i18n::{self, phrase, tr};
use crate::text::width::{pad_left, pad_right};

use super::text::{draw_text, draw_text_right, first_visible_row};
use super::theme::Theme;
use crate::text::width::display_width;
use crate::text::wrap::hard_wrap;
use crate::text::wrap::wrap;

/// Width in cells from which the list shows how each call was authenticated.
const WIDE_MIN_WIDTH: u16 = 100;

pub fn draw(model: &Model, inspecting: InspectorView, theme: Theme, frame: &mut Frame, page: Rect) {
    // The line of keys stays.
    Clear.render(page, frame.buffer_mut());
    let said = match &model.message {
        Some(message) => wrap(message, page.width),
        None => about(model, inspecting, page.width),
    };
    let foot = u16::try_from(said.len()).unwrap_or(u16::MAX).min(page.height);
    let body = Rect { height: page.height - foot, ..page };
    for (line, y) in said.iter().zip(body.bottom()..page.bottom()) {
        draw_text(frame.buffer_mut(), page.x, y, page.width, line, theme.accent());
    }
    match (inspecting.top, inspecting.call(&model.calls)) {
        (Some(top), Some(call)) => draw_call(call, top, theme, frame, body),
        (None, _) | (_, None) => draw_list(model, model.calls.place_of(inspecting.on), theme, frame, body),
    }
}

/// Returns the call under the cursor of the list in at most three lines; none while a call is open. They break
/// anywhere, as a URL has no spaces to break at.
fn about(model: &Model, inspecting: InspectorView, width: u16) -> Vec<String> {
    let call = inspecting.call(&model.calls).filter(|_| inspecting.top.is_none());
    let Some(Call { method, target, proof, .. }) = call else { return Vec::new() };
    let words = tr!("By {proof}: {method} {target}", proof = i18n::t(proof), method, target);
    hard_wrap(&words, width).into_iter().take(3).collect()
}

fn draw_call(call: &Call, top: usize, theme: Theme, frame: &mut Frame, area: Rect) {
    let lines = call_lines(call, area.width);
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        let style = match line.kind {
            LineKind::Plain => theme.text(),
            LineKind::Heading => theme.accent(),
            LineKind::Faint => theme.secondary(),
            LineKind::Problem => theme.problem(),
            LineKind::Purchase => theme.warning(),
        };
        draw_text(frame.buffer_mut(), area.x, y, area.width, &line.text, style);
    }
}

fn draw_list(model: &Model, cursor: usize, theme: Theme, frame: &mut Frame, area: Rect) {
    let calls = model.calls.len();
    let title = match model.calls.dropped() {
        0 => tr!("Calls of this run, the newest first: {calls}", calls),
        dropped => tr!(
            "Calls of this run, the newest first: {calls}; {dropped} older ones are not kept, at most {most} are",
            calls,
            dropped,
            most = MOST_CALLS
        ),
    };
    draw_text(frame.buffer_mut(), area.x, area.y, area.width, &title, theme.accent());
    let rows = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    if model.calls.is_empty() {
        draw_text(
            frame.buffer_mut(),
            rows.x,
            rows.y,
            rows.width,
            i18n::t(phrase!("Nothing was called yet.")),
            theme.text(),
        );
        return;
    }
    draw_text(frame.buffer_mut(), area.x, area.y + 1, area.width, &heading(area.width), theme.secondary());
    let top = first_visible_row(cursor, model.calls.len(), rows.height.into());
    for ((at, call), y) in model.calls.newest_first().enumerate().skip(top).zip(rows.y..rows.bottom()) {
        let row = Rect { y, height: 1, ..rows };
        draw_row(call, at == cursor, theme, frame, row);
    }
}

fn heading(width: u16) -> String {
    let proof =
        if width >= WIDE_MIN_WIDTH { pad_right(i18n::t(phrase!("authenticated by")), 32) } else { String::new() };
    let (time, path) = (pad_right(i18n::t(phrase!("time")), 19), i18n::t(phrase!("path")));
    let (took, size) = (pad_left(i18n::t(phrase!("took")), 7), pad_left(i18n::t(phrase!("size")), 10));
    format!("  {time}{took}{size}  {proof}{path}")
}

fn draw_row(call: &Call, is_selected: bool, theme: Theme, frame: &mut Frame, row: Rect) {
    let status = call.answer.as_ref().map_or_else(|| tr!("none"), |answer| answer.status.to_string());
    let size = call.answer.as_ref().and_then(|answer| answer.body.as_ref()).map_or("-".to_owned(), |b| bytes(b.size));
    let proof = if row.width >= WIDE_MIN_WIDTH { pad_right(i18n::t(call.proof), 32) } else { String::new() };
    let mark = if is_selected { "> " } else { "  " };
    let Call { at, method, .. } = call;
    let (status, took) = (pad_right(&status, 5), pad_left(&duration(call.took), 7));
    let text = format!("{mark}{at:<9}{method:<5}{status}{took}{size:>10}  {proof}");
    let style = style_of(call, is_selected, theme);
    let mut room = row.width;
    if call.is_purchase {
        let x = draw_text_right(frame.buffer_mut(), row, 0, i18n::t(phrase!("PURCHASE")), theme.warning());
        room = x.saturating_sub(row.x + 1);
    }
    let path = shorten_target(&call.target, room.saturating_sub(display_width(&text)));
    draw_text(frame.buffer_mut(), row.x, row.y, room, &format!("{text}{path}"), style);
}

fn style_of(call: &Call, is_selected: bool, theme: Theme) -> Style {
    let is_fine = call.answer.as_ref().is_some_and(|answer| (200..300).contains(&answer.status));
    match (is_selected, is_fine && call.trouble.is_none()) {
        (true, _) => theme.selected(),
        (false, true) => theme.text(),
        (false, false) => theme.problem(),
    }
}

/// Shortens the long ids of a path. If it is still wider than `width` cells, only the last segment and the query stay,
/// which distinguish the calls.
fn shorten_target(target: &str, width: u16) -> String {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let short = |part: &str| {
        let is_id = display_width(part) > 24 && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_id { format!("{}..", part.get(..6).unwrap_or(part)) } else { part.to_owned() }
    };
    let path: Vec<String> = path.split('/').map(short).collect();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let whole = format!("{}{query}", path.join("/"));
    if display_width(&whole) <= width {
        return whole;
    }
    format!("../{}{query}", path.last().map_or("", String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_ids_make_way_for_what_tells_calls_apart() {
        let target = "/v1/0123456789abcdef0123456789abcdef/cloud-phone/phone-models?limit=100";
        assert_eq!(shorten_target(target, 50), "/v1/012345../cloud-phone/phone-models?limit=100");
        assert_eq!(shorten_target(target, 30), "../phone-models?limit=100");
    }
}
