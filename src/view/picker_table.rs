//! The rows of a list to pick from, drawn as a table. Only the rows in view are formatted.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Model, Picker};
use crate::form::{
    Column, ColumnMeasure, Control, Cut, Field, FuzzyQuery, PickerRow, RowCells, cells, columns, fields_of, marks,
    past_use, row_value, used,
};
use crate::i18n;
use crate::text::truncate::truncate_middle;
use crate::text::width::display_width;

use super::picker::has_headings;
use super::table_layout::{TableColumn, align, fit, gap};
use super::text::{draw_text, draw_text_right, first_visible_row, style_chars};
use super::theme::Theme;

/// Width in cells of the marks before a row.
const MARKS_WIDTH: u16 = 4;
/// Width in cells that the scroll bar takes at the right.
const SCROLL_WIDTH: u16 = 2;

/// Returns the numbers of the first and the last row in view, counted from 1; `None` if all rows are in view.
pub fn rows_in_view(picker: &Picker, height: u16) -> Option<(usize, usize)> {
    let (rows, height) = (picker.list.rows.len(), usize::from(height));
    let top = first_visible_row(picker.cursor.unwrap_or(0), rows, height);
    (rows > height && height > 0).then_some((top + 1, top + height))
}

/// Returns the columns of a list with their widths: over all of its rows, whatever is typed.
fn measured(field: &Field, picker: &Picker) -> Vec<TableColumn> {
    let all: Vec<Column> = columns(field.id).iter().copied().chain([used()]).collect();
    let measures = picker.candidates.measures();
    let column = |(at, column): (usize, Column)| {
        let ColumnMeasure { width, is_constant } = measures.get(at).copied().unwrap_or_default();
        TableColumn { at, column, width, is_constant }
    };
    all.into_iter().enumerate().map(column).collect()
}

/// Makes room for the titles, and leaves out the columns that are empty. The sorted column stays.
fn with_titles(mut columns: Vec<TableColumn>, sort: Option<usize>) -> Vec<TableColumn> {
    columns.retain(|column| column.width > 0 || sort == Some(column.at));
    for TableColumn { at, column, width, .. } in &mut columns {
        let mark = if sort == Some(*at) { 2 } else { 0 };
        *width = (*width).max(display_width(i18n::t(column.title)) + mark);
        if mark > 0 {
            column.leaves = None;
        }
    }
    columns
}

/// A list, drawn as a table.
pub struct Table<'a> {
    pub model: &'a Model,
    pub field: &'a Field,
    pub picker: &'a Picker,
    pub theme: Theme,
}

impl Table<'_> {
    /// Draws the names of the columns, the rows in view and the scroll bar, and returns the columns that fit.
    pub fn draw(&self, frame: &mut Frame, area: Rect, rows: Rect) -> Vec<TableColumn> {
        let Self { model, field, picker, theme } = self;
        let top = first_visible_row(picker.cursor.unwrap_or(0), picker.list.rows.len(), rows.height.into());
        let shown: Vec<(usize, PickerRow, RowCells)> = (top..picker.list.rows.len())
            .take(rows.height.into())
            .map(|at| (at, picker.list.rows[at], self.cells(picker.list.rows[at])))
            .collect();
        let bar = if self.has_bar(rows.height) { SCROLL_WIDTH } else { 0 };
        let text_area = Rect { width: area.width.saturating_sub(bar), ..area };
        let (columns, gap) = self.columns(&shown, text_area.width.saturating_sub(MARKS_WIDTH));
        if shown.is_empty() {
            return columns;
        }
        let mut x = area.x + MARKS_WIDTH;
        for TableColumn { at, column, width, .. } in
            columns.iter().filter(|_| has_headings(area) && picker.list.listed > 0)
        {
            let cell = Rect { x, y: area.y + 1, width: *width, height: 1 };
            let title = i18n::t(column.title);
            if picker.filter.sort == Some(*at) {
                draw_cell(frame, cell, &format!("{title} {}", column.direction.mark()), column, theme.accent());
            } else {
                draw_cell(frame, cell, title, column, theme.secondary());
            }
            x += width + gap;
        }
        let chosen = field.control.slot().map_or("", |slot| (slot.read)(&model.form.draft));
        let mut search = FuzzyQuery::new(&picker.filter.text);
        for ((at, row, cells), y) in shown.iter().zip(rows.y..rows.bottom()) {
            let is_chosen = row_value(field.id, *row, &picker.filter, &model.form.catalogue) == chosen
                && (!chosen.is_empty() || *row == PickerRow::Nothing);
            let line = Rect { y, height: 1, width: text_area.width, ..rows };
            let marks = (picker.cursor == Some(*at), is_chosen);
            self.draw_row((*row, cells), marks, (&columns, gap), &mut search, frame, line);
        }
        if picker.list.rows.len() > shown.len() {
            self.draw_scroll_bar(top, frame, rows);
        }
        columns
    }

    /// Returns whether room is left for a scroll bar. It does not depend on the filter, so that no column moves while
    /// typing; lists that share their stops have the same room.
    fn has_bar(&self, height: u16) -> bool {
        let form = &self.model.form;
        let fields = fields_of(form.step, &form.draft);
        let lists = fields.filter(|field| matches!(field.control, Control::Picker { .. })).count();
        lists > 1 || self.picker.list.total >= height.into()
    }

    /// Returns the cells of a row, with the one for earlier use.
    fn cells(&self, row: PickerRow) -> RowCells {
        let Self { model, field, picker, .. } = self;
        let mut cells = cells(field.id, row, &picker.filter, &model.form.draft, &model.form.catalogue);
        if matches!(row, PickerRow::Listed(_)) {
            let used = past_use(field.id, row, &picker.filter, &model.form.catalogue);
            cells.cells.push(used.map_or_else(String::new, crate::form::PastUse::word));
        }
        cells
    }

    /// Returns the columns that fit into `width` cells and the gap between them. Lists of one step share their stops.
    fn columns(&self, shown: &[(usize, PickerRow, RowCells)], width: u16) -> (Vec<TableColumn>, u16) {
        let Self { model, field, picker, .. } = self;
        let mut own = measured(field, picker);
        for (_, _, cells) in shown.iter().filter(|(_, row, _)| matches!(row, PickerRow::Listed(_))) {
            for (column, text) in own.iter_mut().zip(&cells.cells) {
                column.width = column.width.max(display_width(text));
            }
        }
        let mut own = with_titles(own, picker.filter.sort);
        let mut others = Vec::new();
        for other in fields_of(model.form.step, &model.form.draft).filter(|other| other.id != field.id) {
            let Some(list) = model.form.pickers.get(&other.id) else { continue };
            if matches!(other.control, Control::Picker { .. }) && list.list.listed > 0 {
                let mut columns = with_titles(measured(other, list), list.filter.sort);
                align(&mut columns, &own);
                align(&mut own, &columns);
                others.push(columns);
            }
        }
        let own = fit(own, width);
        let gaps = others.into_iter().map(|columns| gap(&fit(columns, width), width));
        let gap = gaps.fold(gap(&own, width), u16::min);
        (own, gap)
    }

    fn draw_row(
        &self,
        (row, cells): (PickerRow, &RowCells),
        (under_cursor, is_chosen): (bool, bool),
        (columns, gap): (&[TableColumn], u16),
        search: &mut FuzzyQuery,
        frame: &mut Frame,
        line: Rect,
    ) {
        let Self { model, field, theme, .. } = self;
        let focused = model.form.focus == field.id && under_cursor;
        let style = match (&cells.obstacle, is_chosen) {
            _ if focused => theme.selected(),
            (Some(_), _) => theme.secondary(),
            (None, true) => theme.accent(),
            (None, false) => theme.text(),
        };
        let sign = match (under_cursor, is_chosen) {
            (true, _) => theme.glyphs().current,
            (false, true) => "*",
            (false, false) => " ",
        };
        let buf = frame.buffer_mut();
        if focused {
            let blank = " ".repeat(line.width.saturating_sub(2).into());
            draw_text(buf, line.x + 2, line.y, line.width.saturating_sub(2), &blank, style);
        }
        draw_text(buf, line.x + 2, line.y, line.width.saturating_sub(2), sign, style);
        let mut x = line.x + MARKS_WIDTH;
        if !matches!(row, PickerRow::Listed(_)) {
            let text = cells.cells.first().map_or("", String::as_str);
            draw_text(buf, x, line.y, line.right().saturating_sub(x), text, style);
            return;
        }
        let shown: Vec<usize> = columns.iter().map(|column| column.at).collect();
        let marked = if search.is_empty() { Vec::new() } else { marks(field.id, cells, &shown, search) };
        for (place, TableColumn { at, column, width, .. }) in columns.iter().enumerate() {
            let Some(text) = cells.cells.get(*at) else { continue };
            let width = (*width).min(line.right().saturating_sub(x));
            draw_cell(frame, Rect { x, width, ..line }, text, column, style);
            let is_cut = display_width(text) > width;
            if let Some(letters) = marked.get(place).filter(|_| !is_cut && !column.is_number) {
                style_chars(frame.buffer_mut(), x, line.y, width, text, letters, theme.matched());
            }
            x = (x + width + gap).min(line.right());
        }
    }

    fn draw_scroll_bar(&self, top: usize, frame: &mut Frame, rows: Rect) {
        let (height, all) = (usize::from(rows.height), self.picker.list.rows.len());
        let Some(x) = rows.right().checked_sub(1).filter(|_| !rows.is_empty()) else { return };
        let thumb = (height * height / all).max(1);
        let hidden = all - height;
        let start = (top * (height - thumb) + hidden / 2) / hidden;
        for (at, y) in (0..height).zip(rows.y..rows.bottom()) {
            let (sign, style) = if (start..start + thumb).contains(&at) {
                (self.theme.glyphs().scroll_thumb, self.theme.text())
            } else {
                (self.theme.glyphs().scroll_track, self.theme.secondary())
            };
            draw_text(frame.buffer_mut(), x, y, 1, sign, style);
        }
    }
}

/// Draws a text in its cell: numbers at the right, a name that is too long cut in its middle.
fn draw_cell(frame: &mut Frame, cell: Rect, text: &str, column: &Column, style: ratatui::style::Style) {
    if column.is_number {
        draw_text_right(frame.buffer_mut(), cell, 0, text, style);
    } else if column.cut != Cut::Never {
        draw_text(frame.buffer_mut(), cell.x, cell.y, cell.width, &truncate_middle(text, cell.width), style);
    } else {
        draw_text(frame.buffer_mut(), cell.x, cell.y, cell.width, text, style);
    }
}
