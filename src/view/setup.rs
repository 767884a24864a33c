//! The page that asks who orders: one question at a time, with what is known beside it.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Action, Entry, Model, Projects, Setup, Stage, Typing};
use crate::words::{self, phrase, tr};

use super::controls::draw_box;
use super::put::{cells, put, window, wrap};
use super::theme::Theme;

/// Where the second column of a list begins.
const ABOUT: u16 = 34;
/// Where the lines that are typed begin.
const ENTRY: u16 = 18;

pub fn draw(model: &Model, setup: &Setup, theme: Theme, frame: &mut Frame, body: Rect) {
    let key = model.keymap.key_of(Action::Refresh);
    let mut page = Lines { frame, theme, area: body, is_roomy: body.height > 14 };
    // On a small screen the question is what matters.
    if body.height > 9 {
        page.text(&setup.why, theme.plain());
    }
    page.blank();
    page.text(question(setup), theme.strong());
    match &setup.stage {
        Stage::Project(Projects::Loading { since, .. }) => {
            let seconds = model.now.saturating_sub(*since) / 1000;
            page.text(&tr!("Asking IAM for the projects: {seconds} s", seconds), theme.note());
        }
        Stage::Project(Projects::Ready(projects)) if projects.is_empty() => {
            page.text(&tr!("These credentials open no project here."), theme.problem());
            page.text(&tr!("Type the id of a project, or go back and take another region."), theme.plain());
        }
        Stage::Choose | Stage::Region | Stage::Project(Projects::Ready(_)) => {}
        Stage::Project(Projects::Failed(failure)) => {
            page.text(&format!("! {}", failure.sentence), theme.problem());
            // A refusal's sentence names the call already.
            if let Some(id) = failure.request_id.as_ref().filter(|id| !failure.sentence.contains(*id)) {
                page.text(&tr!("Request id {id}", id), theme.plain());
            }
            page.text(&tr!("{key} asks again; or type the id of the project.", key), theme.plain());
        }
        Stage::Entries { entries, at, .. } => return page.entries(entries, *at),
        Stage::Opening => return page.text(&tr!("Opening the form..."), theme.note()),
    }
    if matches!(setup.stage, Stage::Region | Stage::Project(_)) {
        page.typed(&setup.typed);
    }
    let notes: Vec<&String> = match (&setup.stage, &setup.survey) {
        (Stage::Choose, Some(survey)) => survey.unusable.iter().collect(),
        _ => Vec::new(),
    };
    let kept = notes.iter().map(|note| wrap(note, body.width.saturating_sub(2)).len()).sum::<usize>();
    // On a low screen the rows go before the notes.
    let kept = u16::try_from(kept).unwrap_or(u16::MAX).saturating_add(1).min(page.area.height / 3);
    page.rows(setup, kept);
    if setup.stage == Stage::Choose && setup.survey.is_none() {
        page.text(&tr!("  Looking for credentials on this machine..."), theme.faint());
    }
    page.blank();
    for note in notes {
        for line in wrap(note, body.width.saturating_sub(2)) {
            page.line(&format!("  {line}"), theme.note());
        }
    }
}

pub fn question(setup: &Setup) -> &'static str {
    match &setup.stage {
        Stage::Choose => words::of(phrase!("Who orders?")),
        Stage::Region => words::of(phrase!("In which region? Type to filter, or any other region's id.")),
        Stage::Project(_) => words::of(phrase!("In which project?")),
        Stage::Entries { typing: Typing::Key, .. } => {
            words::of(phrase!("Type the access key; it is used for this run and kept nowhere."))
        }
        Stage::Entries { typing: Typing::Token, .. } => {
            words::of(phrase!("Type the token; it is used for this run and kept nowhere."))
        }
        Stage::Entries { typing: Typing::Login, .. } => {
            words::of(phrase!("Log in; the password is used for this run and kept nowhere."))
        }
        Stage::Entries { typing: Typing::Name, .. } => words::of(phrase!("Keep this as a profile?")),
        Stage::Opening => "",
    }
}

/// The page from its top to its bottom.
struct Lines<'a, 'b> {
    frame: &'a mut Frame<'b>,
    theme: Theme,
    area: Rect,
    is_roomy: bool,
}

impl Lines<'_, '_> {
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
            put(self.frame.buffer_mut(), area.x, area.y, area.width, line, style);
        }
    }

    fn typed(&mut self, typed: &str) {
        let Some(line) = self.next() else { return };
        let x = put(
            self.frame.buffer_mut(),
            line.x,
            line.y,
            line.width,
            words::of(phrase!("  filter ")),
            self.theme.faint(),
        );
        let end = typed.chars().count();
        let room = Rect { x, width: line.right().saturating_sub(x), ..line };
        draw_box(typed, end, true, 40, self.theme, self.frame, room);
    }

    /// The list; as many rows as leave `kept` free below it.
    fn rows(&mut self, setup: &Setup, kept: u16) {
        let rows = setup.rows();
        let height = self.area.height.saturating_sub(kept).max(3.min(self.area.height));
        let top = window(setup.cursor, rows.len(), height.into());
        let hidden = rows.len().saturating_sub(top + usize::from(height));
        for (at, row) in rows.iter().enumerate().skip(top).take(height.into()) {
            let Some(line) = self.next() else { return };
            let is_here = at == setup.cursor;
            let (mark, style) = if is_here { ("> ", self.theme.selected()) } else { ("  ", self.theme.plain()) };
            let x = put(self.frame.buffer_mut(), line.x, line.y, line.width, mark, self.theme.focus());
            let about = (line.x + ABOUT).max(x + cells(&row.name).min(line.width / 2) + 2);
            put(self.frame.buffer_mut(), x, line.y, about.saturating_sub(x + 1), &row.name, style);
            let room = line.right().saturating_sub(about);
            put(self.frame.buffer_mut(), about, line.y, room, &row.about, self.theme.faint());
        }
        if hidden > 0 {
            self.line(&tr!("  {hidden} more below", hidden), self.theme.note());
        }
    }

    fn entries(&mut self, entries: &[Entry], at: usize) {
        for (number, entry) in entries.iter().enumerate() {
            let Some(line) = self.next() else { return };
            let is_here = number == at;
            let (mark, style) = if is_here { ("> ", self.theme.focus()) } else { ("  ", self.theme.plain()) };
            let x = put(self.frame.buffer_mut(), line.x, line.y, line.width, mark, style);
            put(self.frame.buffer_mut(), x, line.y, ENTRY, words::of(entry.label), style);
            let left = line.x + ENTRY.min(line.width);
            let room = Rect { x: left, width: line.right().saturating_sub(left), ..line };
            draw_box(&entry.shown(), entry.cursor.0, is_here, 46, self.theme, self.frame, room);
        }
        self.blank();
        if let Some(entry) = entries.get(at) {
            let style = if entry.looks_misplaced() { self.theme.problem() } else { self.theme.faint() };
            self.text(entry.remark(), style);
        }
    }
}
