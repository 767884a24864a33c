//! Facts and advice about an order that is not settled: sentences, and commands for a shell.

use jiff::Timestamp;

use crate::app::keys::action::Action;
use crate::app::keys::keymap::Keymap;
use crate::app::purchase::journal::OrderJournal;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::result::ResultPage;
use crate::export::shell;
use crate::i18n::tr;
use crate::purchase::intents::{LastReading, OrderState, Purchase, ReadingResult};
use crate::purchase::{candidates_sentence, open_reasons};

/// Place where a text is read, which decides what the user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadIn {
    /// In the program, where a key or a command searches now.
    Program,
    /// In the shell, after the program has ended.
    Shell,
}

/// A line about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchLine {
    Sentence(String),
    /// A command to copy into a shell.
    Command(String),
}

use SearchLine::{Command, Sentence};

impl SearchLine {
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Sentence(text) | Command(text) => text,
        }
    }
}

/// Returns facts and advice about an order that is not settled; nothing for one that is.
#[must_use]
pub fn search_lines(journal: &OrderJournal, keymap: &Keymap, result: &ResultPage, read_in: ReadIn) -> Vec<SearchLine> {
    let purchase = result.purchase(journal);
    match (result.outcome_kind(journal), purchase) {
        (OutcomeKind::Unknown, None) => {
            let name = &result.server_name;
            vec![Sentence(tr!("Look for servers named {name} in the console before you order again.", name))]
        }
        (OutcomeKind::Unknown, Some(purchase)) => unknown_lines(keymap, purchase, read_in),
        (OutcomeKind::Rejected, _) => rejected_lines(keymap, purchase, read_in),
        (OutcomeKind::Conflict, purchase) => purchase.map(conflict_lines).unwrap_or_default(),
        (
            OutcomeKind::Accepted
            | OutcomeKind::NotSent
            | OutcomeKind::Found
            | OutcomeKind::NotFound
            | OutcomeKind::NotPlaced,
            _,
        ) => Vec::new(),
    }
}

fn unknown_lines(keymap: &Keymap, purchase: &Purchase, read_in: ReadIn) -> Vec<SearchLine> {
    let name = &purchase.intent().server_name;
    let searched = match purchase.empty_readings() {
        0 => tr!("The server list is searched for {name}: not read yet.", name),
        1 => tr!("The server list is searched for {name}: read once, not there.", name),
        times => tr!("The server list is searched for {name}: read {times} times, not there.", name, times),
    };
    if read_in == ReadIn::Shell && purchase.intent().was_temporary_demo() {
        return vec![Sentence(tr!("It went to the simulator of a demo, which is gone: nothing real was bought."))];
    }
    let mut lines = match read_in {
        ReadIn::Program => {
            let key = keymap.key_of(Action::Refresh);
            vec![Sentence(tr!("{searched} {key} reads it now.", searched, key))]
        }
        ReadIn::Shell => vec![
            Sentence(tr!("{searched} The next start searches again. To search now, run:", searched)),
            Command(reconcile_command(purchase)),
        ],
    };
    lines.extend(open_reasons(purchase).into_iter().map(|reason| Sentence(reason.message)));
    lines.push(Sentence(tr!("The console (Billing Center, Orders) shows every order. Then run:")));
    lines.extend(resolve_commands(purchase).into_iter().map(Command));
    if read_in == ReadIn::Program {
        lines.push(Sentence(tr!("You can quit: the order stays in the journal, and the next start searches again.")));
    }
    lines
}

fn rejected_lines(keymap: &Keymap, purchase: Option<&Purchase>, read_in: ReadIn) -> Vec<SearchLine> {
    let Some(purchase) = purchase else {
        return vec![Sentence(tr!("Huawei Cloud only reported this. The next start checks that no order exists."))];
    };
    let mut lines: Vec<SearchLine> = purchase.last_reading().map(reading_sentence).map(Sentence).into_iter().collect();
    lines.extend(candidates_sentence(purchase).map(Sentence));
    if read_in == ReadIn::Shell && purchase.intent().was_temporary_demo() {
        return Vec::new();
    }
    let key = keymap.key_of(Action::Refresh);
    lines.extend(match (purchase.is_check_due(), read_in) {
        (true, ReadIn::Program) => vec![Sentence(tr!(
            "Huawei Cloud only reported this. The next start checks that no order exists; {key} checks now.",
            key
        ))],
        (true, ReadIn::Shell) => vec![
            Sentence(tr!(
                "Huawei Cloud only reported this. The next start checks that no order exists. To check now, run:"
            )),
            Command(reconcile_command(purchase)),
        ],
        (false, ReadIn::Program) => {
            vec![Sentence(tr!("The server list was checked often enough; {key} checks it again.", key))]
        }
        (false, ReadIn::Shell) => Vec::new(),
    });
    lines
}

/// Returns a sentence about the result of the last reading and its time.
fn reading_sentence(reading: LastReading) -> String {
    let time = time_of_day(reading.at);
    match reading.result {
        ReadingResult::Seen => tr!("The server list was read at {time}.", time),
        ReadingResult::NotSeen => tr!("No order found at {time}.", time),
        ReadingResult::Incomplete => tr!("No order found at {time}, but the server list was incomplete.", time),
        ReadingResult::Unread => tr!("The server list could not be read at {time}.", time),
    }
}

fn conflict_lines(purchase: &Purchase) -> Vec<SearchLine> {
    let check = if purchase.order_ids().len() > 1 {
        tr!("Nothing is cancelled automatically. Check every order in the console, then run:")
    } else {
        tr!("Nothing is cancelled automatically. Check the order in the console, then run:")
    };
    [Sentence(check)].into_iter().chain(resolve_commands(purchase).into_iter().map(Command)).collect()
}

/// Returns the command that searches for an order.
fn reconcile_command(purchase: &Purchase) -> String {
    format!("cph-wizard orders reconcile{} {}", demo_flag(purchase), short_id(purchase))
}

/// Returns the commands that record the outcome of an order: one with every order id for a conflict, else one for each
/// possible outcome.
pub(in crate::app) fn resolve_commands(purchase: &Purchase) -> Vec<String> {
    let command = format!("cph-wizard orders resolve{} {}", demo_flag(purchase), short_id(purchase));
    match purchase.state() {
        OrderState::Conflict => {
            let ids = purchase.order_ids().iter();
            vec![ids.fold(command, |command, id| format!("{command} --order-id {}", shell_word(id)))]
        }
        OrderState::Ready
        | OrderState::Sending
        | OrderState::Accepted(_)
        | OrderState::Rejected(_)
        | OrderState::NotSent(_)
        | OrderState::Unknown(_)
        | OrderState::Found { .. }
        | OrderState::NotFound
        | OrderState::NotPlaced => vec![format!("{command} --order-id ID"), format!("{command} --not-placed")],
    }
}

/// Returns the flag of the demo that an order went to, after a space; an empty text for a real order.
pub(in crate::app) fn demo_flag(purchase: &Purchase) -> String {
    purchase.intent().demo_flag().map(|flag| format!(" {flag}")).unwrap_or_default()
}

/// Returns the first 8 characters of the id of an order, which commands accept.
pub(in crate::app) fn short_id(purchase: &Purchase) -> String {
    purchase.intent().id.to_string().chars().take(8).collect()
}

/// Quotes a word for a shell, only if it has to be quoted.
fn shell_word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) { text.to_owned() } else { shell(text) }
}

/// Formats the time of day in UTC, to the second.
fn time_of_day(at: Timestamp) -> String {
    at.strftime("%H:%M:%S UTC").to_string()
}
