//! The result page as rows: heading, ids, the outcome of the order, and what to do next. Longer pages are scrolled.

use crate::app::keys::action::Action;
use crate::app::keys::keymap::Keymap;
use crate::app::purchase::journal::OrderJournal;
use crate::app::purchase::order_search_text::{ReadIn, SearchLine, search_lines};
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::outcome_text::outcome_text;
use crate::app::purchase::result::ResultPage;
use crate::catalogue::{Server, ServerStatus};
use crate::i18n::{self, tr};
use crate::text::truncate::truncate_middle;
use crate::text::width::pad_right;
use crate::text::wrap::wrap;

/// Kind of a row of the page, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Problem,
    Accent,
    Text,
    /// An id, or a part of it.
    Id {
        is_selected: bool,
    },
}

/// One row of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Label to the left of an id; empty on other rows.
    pub label: String,
    pub text: String,
    pub tone: Tone,
}

/// Columns of the label to the left of an id.
pub const ID_LABEL_WIDTH: u16 = 15;

/// Returns the rows of the page, wrapped to `width` columns.
#[must_use]
pub fn outcome_page(journal: &OrderJournal, keymap: &Keymap, result: &ResultPage, width: u16) -> Vec<PageRow> {
    let mut page = RowWriter { rows: Vec::new(), width };
    let (heading, sentences) = outcome_text(journal, result);
    let kind = result.outcome_kind(journal);
    page.line(heading, if kind_is_good(kind) { Tone::Good } else { Tone::Problem });
    page.blank();
    let ids = result.shown_ids(journal);
    for (at, (label, value)) in ids.iter().enumerate() {
        page.id(i18n::t(label), value, at == result.cursor && ids.len() > 1);
    }
    if !ids.is_empty() {
        page.blank();
    }
    for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
        page.line(sentence, Tone::Text);
    }
    if let Some(why) = result.lost.as_ref().filter(|_| result.may_exist()) {
        let words =
            tr!("The journal could not keep this outcome ({why}): the next start will look for the order.", why);
        page.line(&words, Tone::Problem);
    }
    page.blank();
    for line in search_lines(journal, keymap, result, ReadIn::Program) {
        match &line {
            SearchLine::Sentence(text) => page.line(text, Tone::Text),
            SearchLine::Command(command) => page.line(command, Tone::Accent),
        }
    }
    match kind {
        OutcomeKind::Accepted => followed(&mut page, keymap, result),
        OutcomeKind::Rejected => {
            if let Some(field) = result.rejected_field {
                page.line(&tr!("Enter goes to {label}.", label = field.label()), Tone::Text);
            } else {
                page.line(&tr!("Enter leads back to Review."), Tone::Text);
            }
        }
        OutcomeKind::NotSent => {
            page.line(&tr!("Enter leads back to Review, where you can place it again."), Tone::Text);
        }
        OutcomeKind::Unknown
        | OutcomeKind::Found
        | OutcomeKind::NotFound
        | OutcomeKind::NotPlaced
        | OutcomeKind::Conflict => {}
    }
    while page.rows.last().is_some_and(|row| row.text.is_empty()) {
        page.rows.pop();
    }
    page.rows
}

/// Returns whether an outcome is a success: the order was accepted or found.
#[must_use]
pub fn kind_is_good(kind: OutcomeKind) -> bool {
    match kind {
        OutcomeKind::Accepted | OutcomeKind::Found => true,
        OutcomeKind::Rejected
        | OutcomeKind::NotSent
        | OutcomeKind::Unknown
        | OutcomeKind::NotFound
        | OutcomeKind::NotPlaced
        | OutcomeKind::Conflict => false,
    }
}

struct RowWriter {
    rows: Vec<PageRow>,
    width: u16,
}

impl RowWriter {
    fn line(&mut self, text: &str, tone: Tone) {
        let rows = wrap(text, self.width).into_iter();
        self.rows.extend(rows.map(|text| PageRow { label: String::new(), text, tone }));
    }

    fn blank(&mut self) {
        self.line("", Tone::Text);
    }

    /// Adds an id. It is never cut: what does not fit continues in the next row.
    fn id(&mut self, label: &str, value: &str, is_selected: bool) {
        let marker = if is_selected { "> " } else { "  " };
        let width = self.width.saturating_sub(ID_LABEL_WIDTH).max(1);
        for (row, text) in wrap(value, width).into_iter().enumerate() {
            let label = if row == 0 { format!("{marker}{label}") } else { String::new() };
            self.rows.push(PageRow { label, text, tone: Tone::Id { is_selected } });
        }
    }
}

/// Adds the rows about the servers of an accepted order.
fn followed(page: &mut RowWriter, keymap: &Keymap, result: &ResultPage) {
    let Some(follow) = &result.poll else { return };
    let wanted = result.impact.servers.unwrap_or(1);
    if result.impact.pays_now || !follow.servers.is_empty() {
        page.line(&tr!("Servers: {ready} of {wanted} ready", ready = result.ready(), wanted), Tone::Accent);
    } else if follow.polls > 0 {
        let key = keymap.key_of(Action::Refresh);
        let words = tr!("No server is listed yet, as it should be while the order is unpaid. {key} looks again.", key);
        page.line(&words, Tone::Text);
    }
    for server in &follow.servers {
        server_row(page, server);
    }
    if let Some(failure) = &follow.failure {
        page.line(&tr!("The server list could not be read: {why}", why = failure.sentence), Tone::Problem);
    }
}

fn server_row(page: &mut RowWriter, server: &Server) {
    let width = page.width.saturating_sub(30).max(16);
    let name = pad_right(&truncate_middle(&server.name, width), width.into());
    let tone = if server.status == Some(ServerStatus::Normal) { Tone::Good } else { Tone::Text };
    page.line(&format!("  {name} {}", status_text(server.status)), tone);
}

/// Returns the state of a server in words.
#[must_use]
pub fn status_text(status: Option<ServerStatus>) -> String {
    match status {
        None => tr!("state not given"),
        Some(ServerStatus::Creating) => tr!("being built"),
        Some(ServerStatus::Abnormal) => tr!("abnormal: building it failed"),
        Some(ServerStatus::Normal) => tr!("ready"),
        Some(ServerStatus::Deleted) => tr!("deleted"),
        Some(ServerStatus::Frozen) => tr!("frozen"),
        Some(ServerStatus::ShutDown) => tr!("shut down"),
        Some(ServerStatus::Other(number)) => tr!("state {number}, which no document explains", number),
    }
}
