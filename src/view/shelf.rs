//! The list of drafts, templates and orders that a form can begin with, and the offer of the newest
//! draft.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::{Action, KeptDraft, Model, ShelfAsks, ShelfPage, ShelfRow, about, padded, shelf_rows, shortened};
use crate::words::{self, phrase, tr};

use super::overlay::{draw_panel, line_width, room};
use super::put::{cells, cut, put, window};
use super::theme::Theme;

/// Cells of a name in the list, at most.
const NAME: u16 = 22;
/// The same where there is little room.
const NAME_NARROW: u16 = 14;

/// `Continue "farm" at Ports? (12 answers, kept 14:02 yesterday)`
pub fn draw_offer(model: &Model, kept: &KeptDraft, theme: Theme, frame: &mut Frame, cover: Rect) {
    let shelved = model.shelf.drafts.iter().find(|draft| draft.kept.id == kept.id);
    let (name, step, answers) = (shortened(kept.title(), 40), kept.step.name(), kept.answers_text());
    let key = model.keymap.key_of(Action::Shelf);
    let others = match model.shelf.drafts.len().saturating_sub(1) {
        0 => tr!("Enter continues it, {key} shows templates, Esc starts anew.", key),
        1 => tr!("Enter continues it, {key} shows the other draft, Esc starts anew.", key),
        others => tr!("Enter continues it, {key} shows the {others} other drafts, Esc starts anew.", key, others),
    };
    let question = match shelved.map(|draft| &draft.when) {
        Some(when) => tr!("Continue \"{name}\" at {step}? ({answers}, kept {when})", name, step, answers, when),
        None => tr!("Continue \"{name}\" at {step}? ({answers})", name, step, answers),
    };
    let lines = vec![(question, theme.plain()), (others, theme.strong())];
    draw_panel(words::of(phrase!("Kept draft")), &lines, 70, theme, frame, cover);
}

/// Kind, name, and what is known of it.
fn cells_of(model: &Model, row: ShelfRow) -> (&'static str, String, String) {
    let shelf = &model.shelf;
    match row {
        ShelfRow::Draft(at) => shelf.drafts.get(at).map_or_else(Default::default, |draft| {
            let kept = &draft.kept;
            let words = [kept.step.name(), &kept.answers_text(), &draft.when].join(words::of(phrase!(", ")));
            (words::of(phrase!("Draft")), cut(kept.title(), NAME), words)
        }),
        ShelfRow::Template(at) => shelf.templates.get(at).map_or_else(Default::default, |template| {
            (words::of(phrase!("Template")), cut(&template.name, NAME), template.about())
        }),
        ShelfRow::Order(at) => shelf.orders.get(at).map_or_else(Default::default, |order| {
            // That it was accepted goes without saying.
            let state = Some(order.state.to_owned()).filter(|state| state != "ACCEPTED");
            let day = order.at.strftime(words::of(phrase!("%-d %b"))).to_string();
            let words: Vec<String> = [Some(day), state, Some(about(&order.draft))].into_iter().flatten().collect();
            let words = words.join(words::of(phrase!(", ")));
            (words::of(phrase!("Order")), cut(&order.server_name, NAME), words)
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
        let (heading, name) = (padded(heading, 9), padded(&cut(&name, longest), longest.into()));
        let line = format!("{} {heading}{name}  {words}", if at == page.cursor { ">" } else { " " });
        let style = if at == page.cursor { theme.selected() } else { theme.plain() };
        lines.push((cut(&line, line_width(frame.area(), cover, width)), style));
    }
    if rows.is_empty() {
        lines.push((tr!("There is no other draft, no template and no order yet."), theme.plain()));
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
        all if all > room => {
            tr!("Begin with, {first}-{last} of {all}", first = top + 1, last = (top + room).min(all), all)
        }
        _ => tr!("Begin with"),
    };
    let inner = draw_panel(&title, &lines, width, theme, frame, cover);
    if let ShelfAsks::Name { typed } = &page.asks
        && inner.height > 0
    {
        let y = inner.bottom() - 1;
        let x = put(frame.buffer_mut(), inner.x, y, inner.width, words::of(phrase!("Template name: ")), theme.strong());
        let x = put(frame.buffer_mut(), x, y, inner.right().saturating_sub(x), typed, theme.strong());
        frame.set_cursor_position(Position::new(x.min(inner.right().saturating_sub(1)), y));
    }
}

/// What is asked, or what the keys do; one line.
fn question(model: &Model, page: &ShelfPage, rows: &[ShelfRow], theme: Theme) -> (String, Style) {
    let key = model.keymap.key_of(Action::SaveTemplate);
    match &page.asks {
        ShelfAsks::Nothing if rows.is_empty() => {
            (tr!("{key} keeps this form as a template, Esc closes.", key), theme.strong())
        }
        ShelfAsks::Nothing => (tr!("Enter begins with it, {key} keeps this form as a template.", key), theme.strong()),
        ShelfAsks::Removal => {
            let Some(row) = rows.get(page.cursor) else { return (String::new(), theme.plain()) };
            let (_, name, _) = cells_of(model, *row);
            let keys = model.keymap.keys_of(Action::Remove);
            let words = match row {
                ShelfRow::Template(_) => tr!("Remove template {name}? {keys} again does, Esc does not.", name, keys),
                ShelfRow::Draft(_) => tr!("Remove draft {name}? {keys} again does, Esc does not.", name, keys),
                ShelfRow::Order(_) => String::new(),
            };
            (words, theme.problem())
        }
        // Painted by hand, with the cursor.
        ShelfAsks::Name { .. } => (String::new(), theme.plain()),
    }
}
