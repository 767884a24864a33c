//! `orders reconcile`: reads the server list once for every order whose outcome is unknown, and keeps what it shows.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::failure::Failure;
use crate::order::text::visible;
use crate::purchase::intents::{Doubt, Intents, Purchase, State};
use crate::purchase::{Swept, can_be_searched, open_reasons};
use crate::words::{self, phrase, tr};

use super::super::account::{self, AccountArgs, Ready};
use super::super::say;
use super::listed::{order_ids, summary};
use super::{Orders, find_open, open};

/// More than one order for one confirmation.
const CONFLICT: u8 = 7;
/// Nobody can tell.
const UNKNOWN: u8 = 6;

pub fn run(args: &Orders, of: &AccountArgs, id: Option<&str>) -> Result<u8, Failure> {
    let desk = open(args.state_dir.as_deref(), args.kind())?;
    for fact in desk.facts() {
        say::aside(&fact.to_string());
    }
    if let Some(why) = desk.write_obstacle() {
        return Err(Failure::Journal(why));
    }
    let before = desk.history();
    let ids: Vec<Uuid> = match id {
        Some(id) => vec![find_open(&desk, &before, id)?.intent().id],
        None => before.intents().newest_first().filter(|order| is_open(order)).map(|order| order.intent().id).collect(),
    };
    let state = |id: &Uuid| before.intents().state(*id);
    let is_searched = ids.iter().any(|id| state(id).is_some_and(can_be_searched));
    let swept = if is_searched { search(of, &desk, &ids)? } else { Vec::new() };
    let history = desk.history();
    let after = history.intents();
    if args.json {
        let orders = ids.iter().filter_map(|id| after.purchase(*id));
        say::json(&json!({ "orders": orders.map(row).collect::<Vec<Value>>() }));
    } else if ids.is_empty() {
        say::result(&tr!("No order has an unknown outcome."));
    } else {
        for id in &ids {
            let swept = swept.iter().find(|(other, _)| other == id).map(|(_, swept)| swept);
            if let Some(purchase) = after.purchase(*id) {
                say::result(&line(purchase, swept));
            }
        }
    }
    Ok(exit_code(after, &ids))
}

/// Whether an order is looked at without being named: nobody can tell what became of it, it is a conflict, or its rejection
/// was only reported.
fn is_open(purchase: &Purchase) -> bool {
    purchase.state().needs_attention() || purchase.is_check_due()
}

fn search(of: &AccountArgs, desk: &crate::purchase::Desk, ids: &[Uuid]) -> Result<Vec<(Uuid, Swept)>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    let Ready { account, buyer, label: _ } = runtime.block_on(account::headless(of))?;
    let cloud = account::cloud(account)?;
    Ok(runtime.block_on(async {
        let mut all = Vec::new();
        for id in ids {
            all.push((*id, desk.sweep(&cloud, &buyer, *id).await));
        }
        all
    }))
}

/// The worst of the orders, every time until a person resolves it.
fn exit_code(intents: &Intents, ids: &[Uuid]) -> u8 {
    let code = |state: &State| match state {
        State::Conflict => CONFLICT,
        State::Ready | State::Sending | State::Unknown(_) => UNKNOWN,
        State::Accepted(_)
        | State::Rejected(_)
        | State::NotSent(_)
        | State::Found { .. }
        | State::NotFound
        | State::NotPlaced => 0,
    };
    ids.iter().filter_map(|id| intents.state(*id)).map(code).max().unwrap_or(0)
}

fn row(purchase: &Purchase) -> Value {
    let mut row = summary(purchase);
    if let Value::Object(members) = &mut row {
        members.insert("candidates".into(), json!(purchase.candidates()));
    }
    row
}

fn line(purchase: &Purchase, swept: Option<&Swept>) -> String {
    let short: String = purchase.intent().id.to_string().chars().take(8).collect();
    let ids = order_ids(purchase).join(words::of(phrase!(", ")));
    match swept {
        None if matches!(purchase.state(), State::Conflict) => conflict(&short, &ids),
        None | Some(Swept::Settled) => {
            tr!("{short}  {state}: there is nothing to search for.", short, state = purchase.state().name())
        }
        Some(Swept::Elsewhere) => {
            tr!("{short}  went to another endpoint or project: name that one to search for it.", short)
        }
        Some(Swept::Found { order_id }) => {
            tr!("{short}  FOUND: the order was placed; it is {id}.", short, id = visible(order_id))
        }
        Some(Swept::Conflict { .. }) => conflict(&short, &ids),
        Some(Swept::NotSeen { candidates: _, doubts }) => not_seen(purchase, &short, doubts.iter().copied()),
        Some(Swept::NotFound) => {
            tr!("{short}  NOT_FOUND: read often and long enough, the order does not exist.", short)
        }
        Some(Swept::Unread { why }) => tr!("{short}  the server list could not be read: {why}", short, why),
        Some(Swept::NotKept { why }) => tr!("{short}  what was read could not be kept: {why}", short, why),
    }
}

fn conflict(short: &str, ids: &str) -> String {
    tr!(
        "{short}  CONFLICT: one confirmation has the orders {ids}. Check them in the console, then resolve it.",
        short,
        ids
    )
}

fn not_seen(purchase: &Purchase, short: &str, doubts: impl Iterator<Item = Doubt>) -> String {
    let doubts: Vec<&str> = doubts.map(Doubt::words).collect();
    let mut parts = vec![match purchase.state() {
        State::Rejected(_) => tr!("{short}  REJECTED, as reported: no server of it is listed.", short),
        state => tr!("{short}  {state}: not listed for certain.", short, state = state.name()),
    }];
    if !doubts.is_empty() {
        parts.push(tr!("Note: {doubts}.", doubts = doubts.join("; ")));
    }
    parts.extend(open_reasons(purchase).into_iter().map(|reason| reason.message));
    if matches!(purchase.state(), State::Unknown(_)) {
        parts.push(tr!("Check the console, then run `cph-wizard orders resolve {short}`.", short));
    }
    parts.join(" ")
}
