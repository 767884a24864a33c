//! The list of drafts, templates and orders that a form can start from, and the offer of the newest draft.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::{Action, LibraryPage, LibraryPrompt, LibraryRow, Model, SavedDraft, StateName, about, library_rows};
use crate::i18n::{self, phrase, tr};
use crate::text::truncate::ellipsize;
use crate::text::width::pad_right;

use super::panel::{draw_panel, line_width, panel_height};
use super::text::{draw_text, first_visible_row};
use super::theme::Theme;
use crate::text::truncate::truncate;
use crate::text::width::display_width;

/// Largest width of a name in the list, in cells.
const NAME_WIDTH: u16 = 22;
/// Largest width of a name on a narrow screen, in cells.
const NARROW_NAME_WIDTH: u16 = 14;

/// Draws the offer to continue a draft, such as `Continue "farm" at Ports? (12 answers, kept 14:02 yesterday)`.
pub fn draw_offer(model: &Model, saved: &SavedDraft, theme: Theme, frame: &mut Frame, cover: Rect) {
    let shelved = model.library.drafts.iter().find(|draft| draft.saved.id == saved.id);
    let (name, step, answers) = (ellipsize(saved.title(), 40), saved.step.name(), saved.answers_text());
    let key = model.keymap.key_of(Action::Library);
    let others = match model.library.drafts.len().saturating_sub(1) {
        0 => tr!("Enter continues it, {key} shows templates, Esc starts anew.", key),
        1 => tr!("Enter continues it, {key} shows the other draft, Esc starts anew.", key),
        others => tr!("Enter continues it, {key} shows the {others} other drafts, Esc starts anew.", key, others),
    };
    let question = match shelved.map(|draft| &draft.when) {
        Some(when) => tr!("Continue \"{name}\" at {step}? ({answers}, kept {when})", name, step, answers, when),
        None => tr!("Continue \"{name}\" at {step}? ({answers})", name, step, answers),
    };
    let lines = vec![(question, theme.text()), (others, theme.accent())];
    draw_panel(i18n::t(phrase!("Kept draft")), &lines, 70, theme, frame, cover);
}

/// Returns the columns of a row: kind, name and details. They are empty for a row that no longer exists.
fn columns_of(model: &Model, row: LibraryRow) -> (&'static str, String, String) {
    let library = &model.library;
    match row {
        LibraryRow::Draft(at) => library.drafts.get(at).map_or_else(Default::default, |draft| {
            let saved = &draft.saved;
            let words = [saved.step.name(), &saved.answers_text(), &draft.when].join(i18n::t(phrase!(", ")));
            (i18n::t(phrase!("Draft")), truncate(saved.title(), NAME_WIDTH), words)
        }),
        LibraryRow::Template(at) => library.templates.get(at).map_or_else(Default::default, |template| {
            (i18n::t(phrase!("Template")), truncate(&template.name, NAME_WIDTH), template.about())
        }),
        LibraryRow::Order(at) => model.form.past_orders.get(at).map_or_else(Default::default, |order| {
            // That it was accepted goes without saying.
            let state =
                Some(order.state).filter(|state| *state != StateName::Accepted).map(|state| state.as_str().to_owned());
            let day = order.at.strftime(i18n::t(phrase!("%-d %b"))).to_string();
            let words: Vec<String> = [Some(day), state, Some(about(&order.draft))].into_iter().flatten().collect();
            let words = words.join(i18n::t(phrase!(", ")));
            (i18n::t(phrase!("Order")), truncate(&order.server_name, NAME_WIDTH), words)
        }),
    }
}

/// Number of lines below the rows: a blank one and the question, which may take two.
const ROWS_AROUND: usize = 3;

pub fn draw(model: &Model, page: &LibraryPage, theme: Theme, frame: &mut Frame, cover: Rect) {
    let rows = library_rows(&model.library, &model.form);
    let notices = model.library.notices.len().min(2);
    let room = usize::from(panel_height(frame.area(), cover)).saturating_sub(ROWS_AROUND + notices).max(1);
    let top = first_visible_row(page.cursor, rows.len(), room);
    let width = 76.min(cover.width);
    let mut lines: Vec<(String, Style)> = Vec::new();
    let most = if width < 76 { NARROW_NAME_WIDTH } else { NAME_WIDTH };
    let longest = rows.iter().map(|row| display_width(&columns_of(model, *row).1)).max().unwrap_or(0).min(most);
    let mut before = "";
    for (at, row) in rows.iter().enumerate().skip(top).take(room) {
        let (kind, name, words) = columns_of(model, *row);
        let heading = if kind == before { "" } else { kind };
        before = kind;
        let (heading, name) = (pad_right(heading, 9), pad_right(&truncate(&name, longest), longest.into()));
        let line = format!("{} {heading}{name}  {words}", if at == page.cursor { ">" } else { " " });
        let style = if at == page.cursor { theme.selected() } else { theme.text() };
        lines.push((truncate(&line, line_width(frame.area(), cover, width)), style));
    }
    if rows.is_empty() {
        lines.push((tr!("There is no other draft, no template and no order yet."), theme.text()));
    }
    lines.extend(
        model
            .library
            .notices
            .iter()
            .take(2)
            .map(|notice| (truncate(notice, line_width(frame.area(), cover, width)), theme.warning())),
    );
    lines.push((String::new(), theme.text()));
    lines.push(question(model, page, &rows, theme));
    let title = match rows.len() {
        all if all > room => {
            tr!("Begin with, {first}-{last} of {all}", first = top + 1, last = (top + room).min(all), all)
        }
        _ => tr!("Begin with"),
    };
    let inner = draw_panel(&title, &lines, width, theme, frame, cover);
    if let LibraryPrompt::Name { typed } = &page.asks
        && inner.height > 0
    {
        let y = inner.bottom() - 1;
        let x =
            draw_text(frame.buffer_mut(), inner.x, y, inner.width, i18n::t(phrase!("Template name: ")), theme.accent());
        let x = draw_text(frame.buffer_mut(), x, y, inner.right().saturating_sub(x), typed, theme.accent());
        frame.set_cursor_position(Position::new(x.min(inner.right().saturating_sub(1)), y));
    }
}

/// Returns the line below the rows: a question, or what the keys do. Empty while a name is typed, which `draw` shows
/// with its cursor.
fn question(model: &Model, page: &LibraryPage, rows: &[LibraryRow], theme: Theme) -> (String, Style) {
    let key = model.keymap.key_of(Action::SaveTemplate);
    match &page.asks {
        LibraryPrompt::Nothing if rows.is_empty() => {
            (tr!("{key} keeps this form as a template, Esc closes.", key), theme.accent())
        }
        LibraryPrompt::Nothing => {
            (tr!("Enter begins with it, {key} keeps this form as a template.", key), theme.accent())
        }
        LibraryPrompt::Removal => {
            let Some(row) = rows.get(page.cursor) else { return (String::new(), theme.text()) };
            let (_, name, _) = columns_of(model, *row);
            let keys = model.keymap.keys_of(Action::Remove);
            let words = match row {
                LibraryRow::Template(_) => tr!("Remove template {name}? {keys} again does, Esc does not.", name, keys),
                LibraryRow::Draft(_) => tr!("Remove draft {name}? {keys} again does, Esc does not.", name, keys),
                LibraryRow::Order(_) => String::new(),
            };
            (words, theme.problem())
        }
        // Painted by hand, with the cursor.
        LibraryPrompt::Name { .. } => (String::new(), theme.text()),
    }
}
