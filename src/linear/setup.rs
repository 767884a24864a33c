//! The choice of the account, asked before the form: numbered rows, and input lines, of which the secret ones are not
//! echoed.

use crate::app::{Action, InputLine, Masking, Model, Page, Projects, Setup, SetupStage};
use crate::i18n::{self, tr};
use crate::view::setup_question_text;

use super::command;
use super::line_handler::LineHandler;
use super::output::shorten;
use super::output::{OutputItem, ROWS, error, text};
use super::session::{LinearSession, QuestionContext, Reprint};

fn setup(model: &Model) -> Option<&Setup> {
    match &model.page {
        Page::Setup(setup) => Some(setup),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Result(_) => None,
    }
}

/// Returns the input line that is asked for now; `None` at other stages.
fn entry(setup: &Setup) -> Option<&InputLine> {
    match &setup.stage {
        SetupStage::Inputs { entries, at, .. } => entries.get(*at),
        SetupStage::Choose | SetupStage::Region | SetupStage::Project(_) | SetupStage::Opening => None,
    }
}

/// Returns whether the current input must not be echoed. An access key is hidden too: a terminal would show the
/// characters before anyone can tell an access key from a secret key.
pub(super) fn is_hidden(model: &Model) -> bool {
    setup(model).and_then(entry).is_some_and(|entry| match entry.masking {
        Masking::Masked | Masking::AccessKey => true,
        Masking::Visible => false,
    })
}

/// Returns whether any of the input lines of this stage is secret.
pub(super) fn asks_secrets(model: &Model) -> bool {
    setup(model).is_some_and(wants_secret)
}

fn wants_secret(setup: &Setup) -> bool {
    match &setup.stage {
        SetupStage::Inputs { entries, .. } => entries.iter().any(|entry| entry.masking == Masking::Masked),
        SetupStage::Choose | SetupStage::Region | SetupStage::Project(_) | SetupStage::Opening => false,
    }
}

pub(super) fn question(session: &LinearSession, model: &Model, asks: QuestionContext) -> Vec<OutputItem> {
    let Some(setup) = setup(model) else { return Vec::new() };
    let mut said = Vec::new();
    if let Some(entry) = entry(setup) {
        let is_first = matches!(setup.stage, SetupStage::Inputs { at: 0, .. });
        said.extend(is_first.then(|| text(setup_question_text(setup))));
        said.push(text(tr!("{label}. {help}.", label = i18n::t(entry.label), help = i18n::t(entry.help))));
        if wants_secret(setup) && !session.can_hide {
            said.push(error(&no_secrets()));
        }
        return said;
    }
    if !asks.is_again {
        said.extend(about_stage(setup));
    }
    let rows = setup.rows();
    for (at, row) in rows.iter().enumerate().skip(session.top).take(ROWS) {
        let (number, name, about) = (at + 1, shorten(&row.name), shorten(&row.about));
        said.push(text(tr!("{number}. {name}: {about}", number, name, about)));
    }
    let end = (session.top + ROWS).min(rows.len());
    if end < rows.len() {
        let (from, rows) = (session.top + 1, rows.len());
        said.push(text(tr!(
            "{from} to {end} of {rows}. more lists the next ones; letters narrow the list.",
            from,
            end,
            rows
        )));
    }
    if let (SetupStage::Choose, Some(survey)) = (&setup.stage, &setup.survey) {
        said.extend(survey.unusable.iter().map(text));
    }
    said
}

/// Returns the question of the stage, and the error of the list of projects, if any.
fn about_stage(setup: &Setup) -> Vec<OutputItem> {
    let asked = setup_question_text(setup);
    let mut said: Vec<OutputItem> = (!asked.is_empty()).then(|| text(asked)).into_iter().collect();
    match &setup.stage {
        SetupStage::Project(Projects::Failed(failure)) => {
            said.push(error(&failure.sentence));
            let id = failure.request_id.as_ref().filter(|id| !failure.sentence.contains(*id));
            said.extend(id.map(|id| text(tr!("Request id: {id}", id))));
            said.push(text(tr!("look asks again; or type the id of the project.")));
        }
        SetupStage::Project(Projects::Ready(projects)) if projects.is_empty() => {
            said.push(error(&tr!(
                "these credentials open no project here. Type the id of a project, or go back and take another region."
            )));
        }
        SetupStage::Project(_)
        | SetupStage::Choose
        | SetupStage::Region
        | SetupStage::Inputs { .. }
        | SetupStage::Opening => {}
    }
    said
}

pub(super) fn prompt(session: &LinearSession, model: &Model) -> Option<String> {
    let setup = setup(model)?;
    if let Some(entry) = entry(setup) {
        let label = i18n::t(entry.label);
        if wants_secret(setup) && !session.can_hide {
            return Some(tr!("back or quit: "));
        }
        let known = entry.text.expose();
        return Some(match (entry.is_hidden() || known.is_empty(), entry.is_optional) {
            (true, true) => tr!("{label} (Enter leaves it empty): ", label),
            (true, false) => tr!("{label}: ", label),
            (false, _) => tr!("{label} (Enter keeps {value}): ", label, value = shorten(known)),
        });
    }
    match &setup.stage {
        SetupStage::Choose => Some(tr!("A number: ")),
        SetupStage::Region | SetupStage::Project(Projects::Ready(_)) => Some(tr!("A number, letters, or an id: ")),
        SetupStage::Project(Projects::Failed(_)) => Some(tr!("Id of the project: ")),
        SetupStage::Project(Projects::Loading { .. }) | SetupStage::Inputs { .. } | SetupStage::Opening => None,
    }
}

fn no_secrets() -> String {
    tr!(
        "a secret is not typed where the input is no terminal. Credentials are found by themselves in the environment, \
         such as HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, and in the files of the vendor's tools; or start this in a \
         terminal"
    )
}

/// Returns the index of the row that an answer means, by its name in any letter case or by its number; `None` if no row
/// fits.
fn matching_row(setup: &Setup, typed: &str) -> Option<usize> {
    let rows = setup.rows();
    let typed_low = typed.to_lowercase();
    let is_it = |name: &str| name.to_lowercase() == typed_low;
    let named = rows.iter().position(|row| {
        is_it(&row.name) || is_it(&row.about) || row.name.split_once(' ').is_some_and(|(_, name)| is_it(name))
    });
    let number = typed.parse::<usize>().ok().filter(|number| (1..=rows.len()).contains(number));
    named.or_else(|| number.map(|number| number - 1))
}

impl LineHandler<'_> {
    /// Handles the answer to a question about the account. No other function receives secrets.
    pub fn answer_setup(&mut self, typed: &str) {
        let Some(setup) = setup(self.model) else { return };
        if entry(setup).is_some() {
            return self.answer_entry(typed);
        }
        let is_only = typed.is_empty() && setup.rows().len() == 1;
        match matching_row(setup, typed).or(is_only.then_some(0)) {
            Some(at) => self.take_row(at),
            None if typed.is_empty() => self.error(&tr!("a row is chosen by its number")),
            None if matches!(setup.stage, SetupStage::Region | SetupStage::Project(_)) => self.narrow(typed),
            None => self.error(&tr!("there is no row {typed}; a row is chosen by its number", typed = shorten(typed))),
        }
    }

    fn answer_entry(&mut self, typed: &str) {
        if asks_secrets(self.model) && !self.session.can_hide {
            self.error(&no_secrets());
            return;
        }
        // An empty line keeps what a profile has said already.
        if !typed.is_empty() {
            self.retype(typed);
        }
        // It was typed unseen.
        let access_key = setup(self.model).and_then(entry).filter(|entry| entry.masking == Masking::AccessKey);
        if let Some(entry) = access_key.filter(|entry| !entry.text.expose().is_empty()) {
            let (label, shown) = (i18n::t(entry.label), shorten(&entry.shown()));
            self.print(tr!("{label}: {value}", label, value = shown));
        }
        self.attempt(Action::Accept);
    }

    fn take_row(&mut self, at: usize) {
        self.act(Action::First);
        for _ in 0..at {
            self.act(Action::Down);
        }
        self.attempt(Action::Accept);
        if asks_secrets(self.model) && !self.session.can_hide {
            self.close();
            self.error(&no_secrets());
        }
    }

    /// Filters the list by the typed text, so that one of the remaining rows can be chosen. If the list was empty
    /// before, the text is an id and is taken at once.
    fn narrow(&mut self, typed: &str) {
        self.delete_text();
        let had_rows = setup(self.model).is_some_and(|setup| !setup.rows().is_empty());
        self.retype(typed);
        self.session.top = 0;
        match setup(self.model).map_or(0, |setup| setup.rows().len()) {
            0 => {
                self.delete_text();
                self.error(&tr!("nothing matches {typed}", typed = shorten(typed)));
            }
            // There was nothing to choose from: the id was asked for.
            1 if !had_rows => self.take_row(0),
            _ => self.session.reprint = Reprint::Rows,
        }
    }
}

/// Returns the secret in a line that was typed hidden. A leading `=` is part of the secret, unless what follows it is a
/// command: then it marks the line as not a command, and is removed.
pub(super) fn trim_secret_command(line: &str) -> &str {
    match line.strip_prefix('=') {
        Some(rest) if command::read(rest).is_some() => rest,
        Some(_) | None => line,
    }
}
