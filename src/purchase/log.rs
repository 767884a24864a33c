//! Log lines about the journal and the outcome of orders. A record is logged only after it is on the disk, and the log
//! contains no data that the journal does not keep. All lines are in English, whatever the current language.

use std::collections::BTreeSet;

use tracing::{Level, enabled, error, info, warn};
use uuid::Uuid;

use super::Outcome;
use super::intents::{JournalEntry, OrderState};
use super::journal::{JournalError, JournalNotice, Obstacle};
use crate::i18n::{Language, with_language};

/// The `tracing` target of the lines, by which they can be filtered.
const TARGET: &str = "cph_wizard::purchase";

/// Logs a record that is on the disk, with the state of its order after it. Calls `state` only if the INFO level is
/// enabled.
pub fn record_written(entry: &JournalEntry, state: impl FnOnce(Uuid) -> Option<OrderState>) {
    if !enabled!(target: TARGET, Level::INFO) {
        return;
    }
    let (record, id) = (entry.name(), entry.id());
    let state = id.and_then(state);
    let state = state.as_ref().map(OrderState::name);
    let intent = id.map(|id| id.to_string());
    match entry {
        JournalEntry::Intent(intended) => {
            let (server, hash, pays_now) = (&intended.server_name, &intended.body_hash, intended.pays_now);
            let (profile, endpoint, project) = (&intended.profile, &intended.endpoint, &intended.project);
            info!(target: TARGET, record, intent, state, server, hash, pays_now, profile, endpoint, project, "journal");
        }
        JournalEntry::Outcome { outcome, .. } => log_outcome(record, intent.as_deref(), state, outcome),
        JournalEntry::Reading { complete, order_ids, candidates, flaws, clock_ahead, .. } => {
            let flaws = flaws.iter().map(|flaw| flaw.code()).collect::<Vec<_>>().join(",");
            let (orders, candidates) = (joined(order_ids), joined(candidates));
            info!(target: TARGET, record, intent, state, complete, orders, candidates, flaws, clock_ahead, "journal");
        }
        JournalEntry::Found { order_id, .. } => info!(target: TARGET, record, intent, state, order_id, "journal"),
        JournalEntry::NotFound { readings, quiet_seconds, .. } => {
            info!(target: TARGET, record, intent, state, readings, quiet_seconds, "journal");
        }
        JournalEntry::Conflict { order_ids, .. } => {
            error!(target: TARGET, record, intent, state, orders = joined(order_ids), "journal");
        }
        JournalEntry::Resolved { order_ids, .. } => {
            warn!(target: TARGET, record, intent, state, orders = joined(order_ids), "journal");
        }
        JournalEntry::RecordsLost { expected, found, .. } => warn!(target: TARGET, record, expected, found, "journal"),
        JournalEntry::Sending { .. }
        | JournalEntry::Interrupted { .. }
        | JournalEntry::Quarantined { .. }
        | JournalEntry::Repaired { .. }
        | JournalEntry::Archived(_) => {
            info!(target: TARGET, record, intent, state, "journal");
        }
    }
}

fn joined(order_ids: &BTreeSet<String>) -> String {
    order_ids.iter().map(String::as_str).collect::<Vec<_>>().join(",")
}

fn log_outcome(record: &str, intent: Option<&str>, state: Option<&str>, outcome: &Outcome) {
    match outcome {
        Outcome::Accepted(receipt) => {
            let (order_id, request_id) = (&receipt.order_id, receipt.request_id.as_deref());
            info!(target: TARGET, record, intent, state, order_id, request_id, "journal");
        }
        Outcome::Rejected(refusal) => {
            let (code, status, request_id) = (&refusal.code, refusal.status, refusal.request_id.as_deref());
            warn!(target: TARGET, record, intent, state, code, status, request_id, "journal");
        }
        Outcome::NotSent(not_sent) => {
            let why = with_language(Language::English, || not_sent.message());
            warn!(target: TARGET, record, intent, state, why, "journal");
        }
        Outcome::Unknown(unknown) => {
            let why = with_language(Language::English, || unknown.message());
            let (status, request_id) = (unknown.status, unknown.request_id.as_deref());
            error!(target: TARGET, record, intent, state, why, status, request_id, "journal");
        }
    }
}

/// Logs at the ERROR level a record that could not be written to the journal.
pub fn record_not_written(entry: &JournalEntry, why: &JournalError) {
    let intent = entry.id().map(|id| id.to_string());
    let why = || with_language(Language::English, || why.to_string());
    error!(target: TARGET, record = entry.name(), intent, why = why(), "not in the journal");
}

/// Logs how many orders were moved to the archive, or why the move failed.
pub fn archived(moved: &Result<u64, JournalError>) {
    match moved {
        Ok(orders) => info!(target: TARGET, orders, "moved to the archive"),
        Err(error) => {
            let why = with_language(Language::English, || error.to_string());
            error!(target: TARGET, why, "not moved to the archive");
        }
    }
}

/// Logs the notices from opening the journal, and why nothing may be bought with it, if so. Calls `obstacle` only if
/// the INFO level is enabled.
pub fn opened(notices: &[JournalNotice], obstacle: impl FnOnce() -> Option<Obstacle>) {
    if !enabled!(target: TARGET, Level::INFO) {
        return;
    }
    with_language(Language::English, || {
        for fact in notices {
            warn!(target: TARGET, fact = %fact, "journal opened");
        }
        match obstacle() {
            Some(why) => warn!(target: TARGET, why = why.to_string(), "journal opened for reading only"),
            None => info!(target: TARGET, "journal opened"),
        }
    });
}
