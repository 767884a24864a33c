//! The orders that need attention, fitted to the lines available. Orders that are left out are counted, never cut.

use crate::app::purchase::journal::OrderJournal;
use crate::app::purchase::order_search_text::{demo_flag, resolve_commands, short_id};
use crate::app::purchase::possible_duplicate::utc;
use crate::i18n::{self, phrase, tr};
use crate::purchase::conflict_sentence;
use crate::purchase::intents::{OrderState, Purchase};
use crate::text::sanitize::{brief, sentence, visible};
use crate::text::wrap::wrap;

const INDENT: &str = "  ";

/// Returns the orders that need attention, in at most `rows` lines of `width` cells.
///
/// As many orders as fit are described in full. If there is no room for one, each is named in one line.
#[must_use]
pub fn unresolved_lines(journal: &OrderJournal, width: u16, rows: usize) -> Vec<String> {
    let fold = |lines: Vec<String>| lines.iter().flat_map(|line| indented(line, width)).collect::<Vec<_>>();
    let opening = fold(vec![tr!("These orders need your attention:")]);
    // What was bought twice comes first: an order that may exist is still searched for.
    let mut orders: Vec<&Purchase> = journal.unresolved().collect();
    orders.sort_by_key(|purchase| !is_conflict(purchase));
    let full: Vec<Vec<String>> = orders.iter().map(|purchase| fold(full_entry(journal, purchase))).collect();
    let brief: Vec<Vec<String>> = orders.iter().map(|purchase| fold(vec![brief_entry(purchase)])).collect();
    let list_command = list_command(journal);
    let list = tr!("All orders: {command}", command = list_command);
    let short = fold(vec![list.clone()]);
    let long = fold([closing(journal), vec![list]].concat());
    let attempts = [(&opening[..], &full, &long), (&opening[..], &full, &short), (&opening[..], &brief, &short)];
    let bare = (&[][..], &brief, &short);
    let fitted = attempts.into_iter().chain([bare]).find_map(|(opening, entries, closing)| {
        let room = rows.checked_sub(opening.len() + closing.len())?;
        let entries = fitting(entries, room, width)?;
        let blank = (entries.len() < room).then(String::new);
        Some([opening.to_vec(), entries, blank.into_iter().collect(), closing.clone()].concat())
    });
    fitted.unwrap_or_else(|| {
        let number = orders.len();
        let counted = fold(vec![tr!(
            "{n} order needs attention: {command}" | "{n} orders need attention: {command}" % number,
            command = list_command
        )]);
        if counted.len() <= rows { counted } else { wrap(&list_command, width) }
    })
}

/// Returns the command that lists every order of the journal.
fn list_command(journal: &OrderJournal) -> String {
    format!("cph-wizard orders list{}", journal.unresolved().next().map(demo_flag).unwrap_or_default())
}

/// Returns the first entries that fit, followed by the number of those left out; `None` if not even one fits.
fn fitting(entries: &[Vec<String>], room: usize, width: u16) -> Option<Vec<String>> {
    let lines = |count: usize| entries[..count].iter().map(Vec::len).sum::<usize>();
    let whole = entries.len();
    if lines(whole) <= room {
        return Some(entries.concat());
    }
    (1..whole).rev().find_map(|count| {
        let more = wrap(&tr!("and {number} more", number = whole - count), width);
        (lines(count) + more.len() <= room).then(|| [entries[..count].concat(), more].concat())
    })
}

/// Wraps a line into rows. The rows of an indented line are indented too.
fn indented(line: &str, width: u16) -> Vec<String> {
    match line.strip_prefix(INDENT) {
        Some(text) => wrap(text, width.saturating_sub(2)).iter().map(|row| format!("{INDENT}{row}")).collect(),
        None => wrap(line, width),
    }
}

/// Returns the full entry of an order: state, name and time, the reason, and the commands that settle it.
fn full_entry(journal: &OrderJournal, purchase: &Purchase) -> Vec<String> {
    let intent = purchase.intent();
    let (state, name, at) = (purchase.state().name(), visible(&intent.server_name), utc(intent.at));
    let paid = i18n::t(if intent.pays_now { phrase!("PAYS NOW") } else { phrase!("pay later") });
    let mut lines = vec![tr!("{state}: {name} of {at}, {paid}", state, name, at, paid)];
    match purchase.state() {
        OrderState::Unknown(unknown) => lines.push(format!("{INDENT}{}", sentence(&unknown.message()))),
        OrderState::Conflict => lines.push(format!("{INDENT}{}", conflict_sentence(purchase.order_ids()))),
        OrderState::Ready
        | OrderState::Sending
        | OrderState::Accepted(_)
        | OrderState::Rejected(_)
        | OrderState::NotSent(_)
        | OrderState::Found { .. }
        | OrderState::NotFound
        | OrderState::NotPlaced => return lines,
    }
    if matches!(purchase.state(), OrderState::Unknown(_)) && !journal.is_here(purchase) {
        lines.push(if intent.was_demo() {
            tr!("  It went to the simulator of an earlier demo, which is gone: nothing real was bought.")
        } else {
            tr!("  It went to {endpoint}, which this start does not ask.", endpoint = intent.endpoint)
        });
    }
    lines.extend(resolve_commands(purchase).into_iter().map(|command| format!("{INDENT}{command}")));
    lines
}

fn brief_entry(purchase: &Purchase) -> String {
    let name = brief(&purchase.intent().server_name, 24);
    format!("{} {} {name}", purchase.state().name(), short_id(purchase))
}

fn is_conflict(purchase: &Purchase) -> bool {
    matches!(purchase.state(), OrderState::Conflict)
}

/// Returns the lines that apply to every order in a state.
fn closing(journal: &OrderJournal) -> Vec<String> {
    let is_searched =
        |purchase: &&Purchase| matches!(purchase.state(), OrderState::Unknown(_)) && journal.is_here(purchase);
    let mut lines = Vec::new();
    if journal.unresolved().any(|purchase| is_searched(&purchase)) {
        lines.push(tr!("UNKNOWN: the server list is searched; nothing is sent again."));
    }
    if journal.unresolved().any(is_conflict) {
        lines.push(tr!("CONFLICT: nothing is cancelled automatically; check the console."));
    }
    lines
}
