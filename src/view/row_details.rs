//! All facts about the row under the cursor, below its list. If there is too little room, facts that the row itself
//! shows are left out, and those that no column can show come first.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Model, Picker};
use crate::form::{Field, RowDetails, cells, details};
use crate::i18n::{self, phrase, tr};

use super::table_layout::TableColumn;
use super::text::draw_text;
use super::theme::Theme;
use crate::text::width::display_width;
use crate::text::wrap::wrap;

/// Largest number of lines for the details.
const MAX_LINES: usize = 4;

pub fn draw(
    model: &Model,
    field: &Field,
    picker: &Picker,
    columns: &[TableColumn],
    theme: Theme,
    frame: &mut Frame,
    area: Rect,
) {
    let Some(row) = picker.row().filter(|_| area.height > 0) else { return };
    let (filter, draft, catalogue) = (&picker.filter, &model.form.draft, &model.form.catalogue);
    let Some(mut details) = details(field.id, row, filter, draft, catalogue) else { return };
    let room = usize::from(area.height).min(MAX_LINES);
    let mut lines = wrap(&theme.ascii_safe(&sentence(&details, |_| true)), area.width);
    if lines.len() > room {
        details.facts.sort_by_key(|fact| fact.column.is_some());
        let cells = cells(field.id, row, filter, draft, catalogue).cells;
        let is_shown = |at: usize| {
            let column = columns.iter().find(|column| column.at == at);
            column.is_some_and(|column| cells.get(at).is_some_and(|text| display_width(text) <= column.width))
        };
        lines = wrap(&theme.ascii_safe(&sentence(&details, |column| !column.is_some_and(is_shown))), area.width);
    }
    // What is left over stands behind the last line, where it is cut with a sign.
    if lines.len() > room {
        let rest = lines.split_off(room - 1).join(" ");
        lines.push(rest);
    }
    // A line of air, if it costs nothing.
    let air = usize::from(area.height > u16::try_from(lines.len()).unwrap_or(u16::MAX));
    for (line, y) in lines.iter().zip((area.y..area.bottom()).skip(air)) {
        draw_text(frame.buffer_mut(), area.x, y, area.width, line, theme.text());
    }
}

/// Joins the facts whose column `is_wanted` accepts, after the reason why the row cannot be chosen, if there is one.
fn sentence(details: &RowDetails, is_wanted: impl Fn(Option<usize>) -> bool) -> String {
    let facts = details.facts.iter().filter(|fact| is_wanted(fact.column));
    let facts: Vec<&str> = facts.map(|fact| fact.text.as_str()).collect();
    let facts = facts.join(i18n::t(phrase!(", ")));
    match (&details.obstacle, facts.is_empty()) {
        (Some(obstacle), true) => tr!("Cannot be chosen: {obstacle}", obstacle),
        (Some(obstacle), false) => tr!("Cannot be chosen: {obstacle}; {facts}", obstacle, facts),
        (None, _) => facts,
    }
}
