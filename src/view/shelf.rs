//! The list of drafts, templates and orders that a form can begin with, and the offer of the newest
//! draft.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::{KeptDraft, Model, ShelfAsks, ShelfPage, ShelfRow, about, shelf_rows};
use crate::order::text::brief;

use super::overlay::{draw_panel, line_width, room};
use super::put::{cells, cut, padded, put, window};
use super::theme::Theme;

/// Cells of a name in the list, at most.
const NAME: u16 = 22;
/// The same where there is little room.
const NAME_NARROW: u16 = 14;

/// `Continue "farm" at Ports? (12 answers, kept 14:02 yesterday)`
pub fn draw_offer(model: &Model, kept: &KeptDraft, theme: Theme, frame: &mut Frame, cover: Rect) {
    let shelved = model.shelf.drafts.iter().find(|draft| draft.kept.id == kept.id);
    let when = shelved.map_or_else(String::new, |draft| format!(", kept {}", draft.when));
    let name = brief(kept.name(), 40);
    let others = match model.shelf.drafts.len().saturating_sub(1) {
        0 => "Enter continues it, F2 shows templates, Esc starts anew.".to_owned(),
        1 => "Enter continues it, F2 shows the other draft, Esc starts anew.".to_owned(),
        n => format!("Enter continues it, F2 shows the {n} other drafts, Esc starts anew."),
    };
    let question = format!("Continue \"{name}\" at {}? ({}{when})", kept.step.name(), kept.answers_text());
    let lines = vec![(question, theme.plain()), (others, theme.strong())];
    draw_panel("Kept draft", &lines, 70, theme, frame, cover);
}

/// Kind, name, and what is known of it.
fn cells_of(model: &Model, row: ShelfRow) -> (&'static str, String, String) {
    let shelf = &model.shelf;
    match row {
        ShelfRow::Draft(at) => shelf.drafts.get(at).map_or_else(Default::default, |draft| {
            let kept = &draft.kept;
            let words = format!("{}, {}, {}", kept.step.name(), kept.answers_text(), draft.when);
            ("Draft", cut(kept.name(), NAME), words)
        }),
        ShelfRow::Template(at) => shelf
            .templates
            .get(at)
            .map_or_else(Default::default, |template| ("Template", cut(&template.name, NAME), template.about())),
        ShelfRow::Order(at) => shelf.orders.get(at).map_or_else(Default::default, |order| {
            // That it was accepted goes without saying.
            let state = if order.state == "ACCEPTED" { String::new() } else { format!("{}, ", order.state) };
            let words = format!("{}, {state}{}", order.at.strftime("%-d %b"), about(&order.draft));
            ("Order", cut(&order.server_name, NAME), words)
        }),
    }
}

/// Lines below the rows: a blank one and the question, which may take two.
const AROUND: usize = 3;

pub fn draw(model: &Model, page: &ShelfPage, theme: Theme, frame: &mut Frame, cover: Rect) {
    let rows = shelf_rows(model);
    let notices = model.shelf.notices.len().min(2);
    let room = usize::from(room(frame.area(), cover)).saturating_sub(AROUND + notices).max(1);
    let top = window(page.cursor, rows.len(), room);
    let width = 76.min(cover.width);
    let mut lines: Vec<(String, Style)> = Vec::new();
    let most = if width < 76 { NAME_NARROW } else { NAME };
    let longest = rows.iter().map(|row| cells(&cells_of(model, *row).1)).max().unwrap_or(0).min(most);
    let mut before = "";
    for (at, row) in rows.iter().enumerate().skip(top).take(room) {
        let (kind, name, words) = cells_of(model, *row);
        let heading = if kind == before { "" } else { kind };
        before = kind;
        let name = padded(&name, longest);
        let line = format!("{} {}{name}  {words}", if at == page.cursor { ">" } else { " " }, padded(heading, 9));
        let style = if at == page.cursor { theme.selected() } else { theme.plain() };
        lines.push((cut(&line, line_width(frame.area(), cover, width)), style));
    }
    if rows.is_empty() {
        lines.push(("There is no other draft, no template and no order yet.".into(), theme.plain()));
    }
    lines.extend(
        model
            .shelf
            .notices
            .iter()
            .take(2)
            .map(|notice| (cut(notice, line_width(frame.area(), cover, width)), theme.note())),
    );
    lines.push((String::new(), theme.plain()));
    lines.push(question(model, page, &rows, theme));
    let title = match rows.len() {
        n if n > room => format!("Begin with, {}-{} of {n}", top + 1, (top + room).min(n)),
        _ => "Begin with".to_owned(),
    };
    let inner = draw_panel(&title, &lines, width, theme, frame, cover);
    if let ShelfAsks::Name { typed } = &page.asks
        && inner.height > 0
    {
        let y = inner.bottom() - 1;
        let x = put(frame.buffer_mut(), inner.x, y, inner.width, "Template name: ", theme.strong());
        let x = put(frame.buffer_mut(), x, y, inner.right().saturating_sub(x), typed, theme.strong());
        frame.set_cursor_position(Position::new(x.min(inner.right().saturating_sub(1)), y));
    }
}

/// What is asked, or what the keys do; one line.
fn question(model: &Model, page: &ShelfPage, rows: &[ShelfRow], theme: Theme) -> (String, Style) {
    match &page.asks {
        ShelfAsks::Nothing if rows.is_empty() => {
            ("s keeps this form as a template, Esc closes.".into(), theme.strong())
        }
        ShelfAsks::Nothing => ("Enter begins with it, s keeps this form as a template.".into(), theme.strong()),
        ShelfAsks::Removal => {
            let (kind, name, _) = rows.get(page.cursor).map_or_else(Default::default, |row| cells_of(model, *row));
            (format!("Remove {} {name}? F8 or Del again does, Esc does not.", kind.to_lowercase()), theme.problem())
        }
        // Painted by hand, with the cursor.
        ShelfAsks::Name { .. } => (String::new(), theme.plain()),
    }
}
