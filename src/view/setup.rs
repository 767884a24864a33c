//! The setup page, for account, region and project: one question at a time, with what is known beside it.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Action, InputKind, InputLine, Model, Projects, Setup, SetupStage};
use crate::i18n::{self, phrase, tr};

use super::controls::draw_box;
use super::text::{draw_text, first_visible_row};
use super::theme::Theme;
use crate::text::width::display_width;
use crate::text::wrap::wrap;

/// Distance in cells of a list's second column from the left edge; a long name moves it to the right.
const ABOUT_COLUMN: u16 = 34;
/// Distance in cells of the input boxes from the left edge.
const INPUT_COLUMN: u16 = 18;

pub fn draw(model: &Model, setup: &Setup, theme: Theme, frame: &mut Frame, body: Rect) {
    let key = model.keymap.key_of(Action::Refresh);
    let mut page = LineWriter { frame, theme, area: body, is_roomy: body.height > 14 };
    // On a small screen the question is what matters.
    if body.height > 9 {
        page.text(&setup.why, theme.text());
    }
    page.blank();
    page.text(question(setup), theme.accent());
    match &setup.stage {
        SetupStage::Project(Projects::Loading { since, .. }) => {
            let seconds = model.now.saturating_sub(*since) / 1000;
            page.text(&tr!("Asking IAM for the projects: {seconds} s", seconds), theme.warning());
        }
        SetupStage::Project(Projects::Ready(projects)) if projects.is_empty() => {
            page.text(&tr!("These credentials open no project here."), theme.problem());
            page.text(&tr!("Type the id of a project, or go back and take another region."), theme.text());
        }
        SetupStage::Choose | SetupStage::Region | SetupStage::Project(Projects::Ready(_)) => {}
        SetupStage::Project(Projects::Failed(failure)) => {
            page.text(&format!("! {}", failure.sentence), theme.problem());
            // A refusal's sentence names the call already.
            if let Some(id) = failure.request_id.as_ref().filter(|id| !failure.sentence.contains(*id)) {
                page.text(&tr!("Request id {id}", id), theme.text());
            }
            page.text(&tr!("{key} asks again; or type the id of the project.", key), theme.text());
        }
        SetupStage::Inputs { entries, at, .. } => return page.entries(entries, *at),
        SetupStage::Opening => return page.text(&tr!("Opening the form..."), theme.warning()),
    }
    if matches!(setup.stage, SetupStage::Region | SetupStage::Project(_)) {
        page.typed(&setup.typed);
    }
    let notes: Vec<&String> = match (&setup.stage, &setup.survey) {
        (SetupStage::Choose, Some(survey)) => survey.unusable.iter().collect(),
        _ => Vec::new(),
    };
    let kept = notes.iter().map(|note| wrap(note, body.width.saturating_sub(2)).len()).sum::<usize>();
    // On a low screen the rows go before the notes.
    let kept = u16::try_from(kept).unwrap_or(u16::MAX).saturating_add(1).min(page.area.height / 3);
    page.rows(setup, kept);
    if setup.stage == SetupStage::Choose && setup.survey.is_none() {
        page.text(&tr!("  Looking for credentials on this machine..."), theme.secondary());
    }
    page.blank();
    for note in notes {
        for line in wrap(note, body.width.saturating_sub(2)) {
            page.line(&format!("  {line}"), theme.warning());
        }
    }
}

/// Returns the heading of the page.
pub fn heading() -> &'static str {
    i18n::t(phrase!("Account"))
}

pub fn question(setup: &Setup) -> &'static str {
    match &setup.stage {
        SetupStage::Choose => i18n::t(phrase!("Who orders?")),
        SetupStage::Region => i18n::t(phrase!("In which region? Type to filter, or any other region's id.")),
        SetupStage::Project(_) => i18n::t(phrase!("In which project?")),
        SetupStage::Inputs { typing: InputKind::Key, .. } => {
            i18n::t(phrase!("Type the access key; it is used for this run and kept nowhere."))
        }
        SetupStage::Inputs { typing: InputKind::Token, .. } => {
            i18n::t(phrase!("Type the token; it is used for this run and kept nowhere."))
        }
        SetupStage::Inputs { typing: InputKind::Login, .. } => {
            i18n::t(phrase!("Log in; the password is used for this run and kept nowhere."))
        }
        SetupStage::Inputs { typing: InputKind::Name, .. } => i18n::t(phrase!("Keep this as a profile?")),
        SetupStage::Opening => "",
    }
}

/// Writer that fills the page from top to bottom.
struct LineWriter<'a, 'b> {
    frame: &'a mut Frame<'b>,
    theme: Theme,
    area: Rect,
    is_roomy: bool,
}

impl LineWriter<'_, '_> {
    fn next(&mut self) -> Option<Rect> {
        if self.area.height == 0 {
            return None;
        }
        let line = Rect { height: 1, ..self.area };
        self.area.y += 1;
        self.area.height -= 1;
        Some(line)
    }

    fn blank(&mut self) {
        // On a low screen every row is needed.
        if self.is_roomy {
            self.next();
        }
    }

    fn text(&mut self, text: &str, style: ratatui::style::Style) {
        for line in wrap(text, self.area.width) {
            self.line(&line, style);
        }
    }

    fn line(&mut self, line: &str, style: ratatui::style::Style) {
        if let Some(area) = self.next() {
            draw_text(self.frame.buffer_mut(), area.x, area.y, area.width, line, style);
        }
    }

    fn typed(&mut self, typed: &str) {
        let Some(line) = self.next() else { return };
        let x = draw_text(
            self.frame.buffer_mut(),
            line.x,
            line.y,
            line.width,
            i18n::t(phrase!("  filter ")),
            self.theme.secondary(),
        );
        let end = typed.chars().count();
        let room = Rect { x, width: line.right().saturating_sub(x), ..line };
        draw_box(typed, end, true, 40, self.theme, self.frame, room);
    }

    /// Draws as many rows of the list as leave `kept` rows free below it, but at least three if the page has them.
    fn rows(&mut self, setup: &Setup, kept: u16) {
        let rows = setup.rows();
        let height = self.area.height.saturating_sub(kept).max(3.min(self.area.height));
        let top = first_visible_row(setup.cursor, rows.len(), height.into());
        let hidden = rows.len().saturating_sub(top + usize::from(height));
        for (at, row) in rows.iter().enumerate().skip(top).take(height.into()) {
            let Some(line) = self.next() else { return };
            let is_here = at == setup.cursor;
            let (mark, style) = if is_here { ("> ", self.theme.selected()) } else { ("  ", self.theme.text()) };
            let x = draw_text(self.frame.buffer_mut(), line.x, line.y, line.width, mark, self.theme.focus());
            let about = (line.x + ABOUT_COLUMN).max(x + display_width(&row.name).min(line.width / 2) + 2);
            draw_text(self.frame.buffer_mut(), x, line.y, about.saturating_sub(x + 1), &row.name, style);
            let room = line.right().saturating_sub(about);
            draw_text(self.frame.buffer_mut(), about, line.y, room, &row.about, self.theme.secondary());
        }
        if hidden > 0 {
            self.line(&tr!("  {hidden} more below", hidden), self.theme.warning());
        }
    }

    fn entries(&mut self, entries: &[InputLine], at: usize) {
        for (number, entry) in entries.iter().enumerate() {
            let Some(line) = self.next() else { return };
            let is_here = number == at;
            let (mark, style) = if is_here { ("> ", self.theme.focus()) } else { ("  ", self.theme.text()) };
            let x = draw_text(self.frame.buffer_mut(), line.x, line.y, line.width, mark, style);
            draw_text(self.frame.buffer_mut(), x, line.y, INPUT_COLUMN, i18n::t(entry.label), style);
            let left = line.x + INPUT_COLUMN.min(line.width);
            let room = Rect { x: left, width: line.right().saturating_sub(left), ..line };
            draw_box(&entry.shown(), entry.cursor.0, is_here, 46, self.theme, self.frame, room);
        }
        self.blank();
        if let Some(entry) = entries.get(at) {
            let style = if entry.looks_misplaced() { self.theme.problem() } else { self.theme.secondary() };
            self.text(entry.remark(), style);
        }
    }
}
