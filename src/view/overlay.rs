//! What covers the page: help, keys, goto, a pasted list, a kept draft, the whole request.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Clear, Widget};

use crate::app::{Action, KEYS_WIDTH, KeyLine, Model, Overlay, key_lines, unresolved_lines};
use crate::form::{doc_conflict, field};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;
use crate::text::width::pad_right;

use super::compact::is_compact;
use super::text::draw_text;
use super::theme::Theme;
use super::{inspector, library, palette, request_pane};
use crate::text::width::display_width;
use crate::text::wrap::{wrap, wrap_to_height};

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, cover: Rect) {
    match &model.overlay {
        None => {}
        Some(Overlay::Keys { top }) => draw_keys(model, *top, theme, frame, cover),
        Some(Overlay::FieldHelp(id)) => draw_help(model, *id, theme, frame, cover),
        Some(Overlay::Palette { typed, cursor }) => palette::draw(model, typed, *cursor, theme, frame, cover),
        Some(Overlay::PastedPorts(rows)) => {
            super::pasted_ports::draw(rows, theme, frame, cover);
        }
        Some(Overlay::Resume(saved)) => library::draw_offer(model, saved, theme, frame, cover),
        Some(Overlay::Unresolved { .. }) => {
            let width = line_width(frame.area(), cover, WIDTH);
            let rows = usize::from(panel_height(frame.area(), cover));
            let lines: Vec<(String, Style)> = unresolved_lines(model, width, rows)
                .into_iter()
                .enumerate()
                .map(|(at, line)| (line, if at == 0 { theme.problem() } else { theme.text() }))
                .collect();
            draw_panel(i18n::t(phrase!("Unsettled orders")), &lines, WIDTH, theme, frame, cover);
        }
        Some(Overlay::Request { .. }) => {
            let page = request_pane::page(cover);
            Clear.render(page, frame.buffer_mut());
            request_pane::draw_page(model, theme, frame, page);
        }
        Some(Overlay::Inspector(inspecting)) => inspector::draw(model, *inspecting, theme, frame, cover),
        Some(Overlay::Changes { top }) => super::changelog::draw(model, *top, theme, frame, cover),
        Some(Overlay::Plain { top }) => super::plain_text::draw(model, *top, theme, frame, cover),
        Some(Overlay::Introduction) => super::introduction::draw(model, theme, frame, cover),
        Some(Overlay::Export(exporting)) => super::export::draw(model, *exporting, theme, frame, cover),
        Some(Overlay::Library(page)) => library::draw(model, page, theme, frame, cover),
    }
}

/// A box in the middle with styled lines in it; the area of its text.
pub fn draw_panel(
    title: &str,
    lines: &[(String, Style)],
    width: u16,
    theme: Theme,
    frame: &mut Frame,
    cover: Rect,
) -> Rect {
    if is_compact(frame.area()) {
        return draw_bare_panel(title, lines, theme, frame, cover);
    }
    let width = width.min(cover.width);
    let text_width = width.saturating_sub(4);
    let wrapped: Vec<(String, Style)> =
        lines.iter().flat_map(|(text, style)| wrap(text, text_width).into_iter().map(|line| (line, *style))).collect();
    let height = u16::try_from(wrapped.len()).unwrap_or(u16::MAX).saturating_add(2).min(cover.height.saturating_sub(2));
    let area = Rect {
        x: cover.x + (cover.width - width) / 2,
        y: cover.y + cover.height.saturating_sub(height + 2) / 2,
        width,
        height,
    };
    clear(area, frame.buffer_mut());
    let block = Block::bordered()
        .border_set(theme.glyphs().border)
        .border_style(theme.border())
        .title(format!(" {title} "))
        .title_style(theme.accent());
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    for ((text, style), y) in wrapped.iter().zip(inner.y..inner.bottom()) {
        draw_text(frame.buffer_mut(), inner.x, y, inner.width, text, *style);
    }
    inner
}

/// A label and what is said to it, whose further lines begin below the first one where there is room for that.
pub fn labelled_lines(label: &str, says: &str, width: u16) -> Vec<String> {
    if width < 40 {
        return vec![format!("{}{says}", pad_right(label, LABEL_WIDTH.into()))];
    }
    let lines = wrap(says, width - LABEL_WIDTH).into_iter().enumerate();
    lines
        .map(|(at, line)| format!("{}{line}", pad_right(if at == 0 { label } else { "" }, LABEL_WIDTH.into())))
        .collect()
}

/// Columns of the labels in a panel.
const LABEL_WIDTH: u16 = 10;

/// Lines that a panel has room for.
pub fn panel_height(screen: Rect, cover: Rect) -> u16 {
    let around = if is_compact(screen) { u16::from(has_title(cover)) } else { 4 };
    cover.height.saturating_sub(around)
}

/// Cells that a line of a panel has, where the panel wants so many.
pub fn line_width(screen: Rect, cover: Rect, width: u16) -> u16 {
    if is_compact(screen) { cover.width } else { width.min(cover.width).saturating_sub(4) }
}

/// Whether a panel without a box has a row for its title.
fn has_title(cover: Rect) -> bool {
    cover.height > 4
}

/// The same without a box, over all that may be covered: on a small screen every cell is needed.
fn draw_bare_panel(title: &str, lines: &[(String, Style)], theme: Theme, frame: &mut Frame, cover: Rect) -> Rect {
    Clear.render(cover, frame.buffer_mut());
    let mut inner = cover;
    if has_title(cover) {
        draw_text(frame.buffer_mut(), cover.x, cover.y, cover.width, title, theme.accent());
        inner = Rect { y: cover.y + 1, height: cover.height - 1, ..cover };
    }
    let mut left = inner;
    for (text, style) in lines {
        for line in wrap_to_height(text, left.width, left.height).iter().take(left.height.into()) {
            draw_text(frame.buffer_mut(), left.x, left.y, left.width, line, *style);
            left = Rect { y: left.y + 1, height: left.height.saturating_sub(1), ..left };
        }
    }
    Rect { height: inner.height - left.height, ..inner }
}

/// Empties an area. Of a wide character at its left edge the other half goes too: a terminal can
/// show no half of one.
fn clear(area: Rect, buf: &mut Buffer) {
    Clear.render(area, buf);
    let Some(x) = area.x.checked_sub(1) else { return };
    for y in area.y..area.bottom() {
        if let Some(cell) = buf.cell_mut((x, y)).filter(|cell| display_width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
}

/// Columns of a panel.
const WIDTH: u16 = 76;

fn draw_help(model: &Model, id: FieldId, theme: Theme, frame: &mut Frame, cover: Rect) {
    let row = field(id);
    let width = line_width(frame.area(), cover, WIDTH);
    let mut lines = vec![(i18n::t(row.help).to_owned(), theme.text()), (String::new(), theme.text())];
    let source = format!("{}, {}", i18n::t(row.source.document), row.source.date);
    for (label, says, style) in [
        (phrase!("Rule"), i18n::t(row.rule), theme.text()),
        (phrase!("Example"), i18n::t(row.example), theme.text()),
        (phrase!("JSON"), id.json_name(), theme.text()),
        (phrase!("Source"), &source, theme.text()),
    ]
    .into_iter()
    .chain(doc_conflict(id).map(|says| (phrase!("Elsewhere"), i18n::t(says), theme.warning())))
    {
        lines.extend(labelled_lines(i18n::t(label), says, width).into_iter().map(|line| (line, style)));
    }
    if cover.height < 16 {
        lines.retain(|(line, _)| !line.is_empty());
    }
    let issues: Vec<String> = model.shown_issues(id).map(ToString::to_string).collect();
    let notes = model.notes.iter().filter(|note| note.field() == id).map(ToString::to_string);
    lines.extend(issues.into_iter().map(|issue| (format!("! {issue}"), theme.problem())));
    lines.extend(notes.map(|note| (tr!("Note: {note}", note), theme.warning())));
    if let Some(refusal) = model.refusal.as_ref().filter(|refusal| refusal.field == Some(id)) {
        lines.push((tr!("! Refused: {why}", why = refusal.sentence), theme.problem()));
        lines.push((refusal.advice.clone(), theme.text()));
    }
    draw_panel(id.label(), &lines, WIDTH, theme, frame, cover);
}

fn draw_keys(model: &Model, top: usize, theme: Theme, frame: &mut Frame, cover: Rect) {
    let lines = key_lines(model);
    let room = usize::from(panel_height(frame.area(), cover));
    let top = top.min(lines.len().saturating_sub(room));
    let style = |line: &KeyLine| if line.is_heading { theme.accent() } else { theme.text() };
    let shown: Vec<(String, Style)> =
        lines.iter().skip(top).take(room).map(|line| (line.text.clone(), style(line))).collect();
    let (first, last, all) = (top + 1, top + shown.len(), lines.len());
    let key = |action| model.keymap.key_of(action);
    let (up, down) = (key(Action::Up), key(Action::Down));
    let title = tr!("Keys, {first}-{last} of {all}: {up} and {down} scroll", first, last, all, up, down);
    draw_panel(&title, &shown, KEYS_WIDTH, theme, frame, cover);
}
