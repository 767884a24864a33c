//! The overlays that cover the page: help, keys, go to, a pasted list, a kept draft, the whole request, and others.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use crate::app::{Action, KEYS_WIDTH, KeyLine, Model, Overlay, key_lines, unresolved_lines};
use crate::form::{doc_conflict, field};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;

use super::panel::{draw_panel, labelled_lines, line_width, panel_height};
use super::theme::Theme;
use super::{inspector, library, palette, request_pane};

/// Width of a panel in columns, borders included.
const WIDTH: u16 = 76;

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, cover: Rect) {
    match &model.overlay {
        None => {}
        Some(Overlay::Keys(view)) => draw_keys(model, view.top, theme, frame, cover),
        Some(Overlay::FieldHelp(help)) => draw_help(model, help.0, theme, frame, cover),
        Some(Overlay::Palette(view)) => palette::draw(model, view, theme, frame, cover),
        Some(Overlay::PastedPorts(ports)) => super::pasted_ports::draw(&ports.0, theme, frame, cover),
        Some(Overlay::Resume(offer)) => library::draw_offer(model, &offer.0, theme, frame, cover),
        Some(Overlay::Unresolved(_)) => {
            let width = line_width(frame.area(), cover, WIDTH);
            let rows = usize::from(panel_height(frame.area(), cover));
            let lines: Vec<(String, Style)> = unresolved_lines(&model.journal, width, rows)
                .into_iter()
                .enumerate()
                .map(|(at, line)| (line, if at == 0 { theme.problem() } else { theme.text() }))
                .collect();
            draw_panel(i18n::t(phrase!("Unsettled orders")), &lines, WIDTH, theme, frame, cover);
        }
        Some(Overlay::Request(view)) => {
            Clear.render(cover, frame.buffer_mut());
            request_pane::draw_page(model, *view, theme, frame, cover);
        }
        Some(Overlay::Inspector(view)) => inspector::draw(model, *view, theme, frame, cover),
        Some(Overlay::Changelog(view)) => super::changelog::draw(model, view.top, theme, frame, cover),
        Some(Overlay::PlainText(view)) => super::plain_text::draw(model, view.top, theme, frame, cover),
        Some(Overlay::Introduction(_)) => super::introduction::draw(model, theme, frame, cover),
        Some(Overlay::Export(view)) => super::export::draw(model, *view, theme, frame, cover),
        Some(Overlay::Library(page)) => library::draw(model, page, theme, frame, cover),
    }
}

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
    if cover.height < 12 {
        lines.retain(|(line, _)| !line.is_empty());
    }
    let issues: Vec<String> = model.form.shown_issues(id).map(ToString::to_string).collect();
    let notes = model.form.warnings.iter().filter(|note| note.field() == id).map(ToString::to_string);
    lines.extend(issues.into_iter().map(|issue| (format!("! {issue}"), theme.problem())));
    lines.extend(notes.map(|note| (tr!("Note: {note}", note), theme.warning())));
    if let Some(refusal) = model.form.rejection.as_ref().filter(|refusal| refusal.field == Some(id)) {
        lines.push((tr!("! Refused: {why}", why = refusal.sentence), theme.problem()));
        lines.push((refusal.advice.clone(), theme.text()));
    }
    draw_panel(id.label(), &lines, WIDTH, theme, frame, cover);
}

fn draw_keys(model: &Model, top: usize, theme: Theme, frame: &mut Frame, cover: Rect) {
    let lines = key_lines(&model.surroundings());
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
