//! `orders reconcile`: reads the server list once for every order whose outcome is unknown, and records what it shows.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::bootstrap::error::AppError;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::purchase::intents::{Intents, OrderState, Purchase, ReadingFlaw};
use crate::purchase::{Reconciled, can_be_searched, conflict_sentence, open_reasons};
use crate::text::sanitize::visible;

use super::find::find_open;
use super::journal_args::JournalArgs;
use super::list::summary;
use crate::bootstrap::account::AccountArgs;
use crate::bootstrap::client::client;
use crate::cli::print;

pub fn run(args: &JournalArgs, of: &AccountArgs, id: Option<&str>) -> Result<ExitCode, AppError> {
    let service = args.open()?;
    for fact in service.notices() {
        print::eprint(&fact.to_string());
    }
    if let Some(why) = service.write_obstacle() {
        return Err(AppError::Journal(why.to_string()));
    }
    let before = service.history();
    let ids: Vec<Uuid> = match id {
        Some(id) => vec![find_open(&service, &before, id)?.intent().id],
        None => before.intents().newest_first().filter(|order| is_open(order)).map(|order| order.intent().id).collect(),
    };
    let state = |id: &Uuid| before.intents().state(*id);
    let is_searched = ids.iter().any(|id| state(id).is_some_and(can_be_searched));
    let reconciled = if is_searched { search((args, of), &service, &ids)? } else { Vec::new() };
    let history = service.history();
    let after = history.intents();
    if args.json {
        let orders = ids.iter().filter_map(|id| after.purchase(*id));
        print::json(&json!({ "orders": orders.map(row).collect::<Vec<Value>>() }));
    } else if ids.is_empty() {
        print::line(&tr!("No order has an unknown outcome."));
    } else {
        for id in &ids {
            let reconciled = reconciled.iter().find(|(other, _)| other == id).map(|(_, reconciled)| reconciled);
            if let Some(purchase) = after.purchase(*id) {
                print::line(&line(purchase, reconciled));
            }
        }
    }
    Ok(exit_code(after, &ids))
}

/// Returns whether an order is included without being named: its outcome is unknown, it is a conflict, or its rejection
/// has only been reported and still has to be checked.
fn is_open(purchase: &Purchase) -> bool {
    purchase.state().needs_attention() || purchase.is_check_due()
}

fn search(
    (args, of): (&JournalArgs, &AccountArgs),
    service: &crate::purchase::PurchaseService,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, Reconciled)>, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AppError::Runtime)?;
    runtime.block_on(async {
        let client = client(of, args.world()?).await?;
        let mut all = Vec::new();
        for id in ids {
            all.push((*id, service.reconcile(&client.cloud, &client.buyer, *id).await));
        }
        Ok(all)
    })
}

/// Returns the worst exit code of the orders. A conflict or unknown outcome counts on every run until it is resolved.
fn exit_code(intents: &Intents, ids: &[Uuid]) -> ExitCode {
    let code = |state: &OrderState| match state {
        OrderState::Conflict => ExitCode::NeedsAttention,
        OrderState::Ready | OrderState::Sending | OrderState::Unknown(_) => ExitCode::Unknown,
        OrderState::Accepted(_)
        | OrderState::Rejected(_)
        | OrderState::NotSent(_)
        | OrderState::Found { .. }
        | OrderState::NotFound
        | OrderState::NotPlaced => ExitCode::Success,
    };
    ids.iter().filter_map(|id| intents.state(*id)).map(code).max().unwrap_or(ExitCode::Success)
}

fn row(purchase: &Purchase) -> Value {
    let mut row = summary(purchase);
    if let Value::Object(members) = &mut row {
        members.insert("candidates".into(), json!(purchase.candidates()));
    }
    row
}

fn line(purchase: &Purchase, reconciled: Option<&Reconciled>) -> String {
    let short: String = purchase.intent().id.to_string().chars().take(8).collect();
    match reconciled {
        None if matches!(purchase.state(), OrderState::Conflict) => conflict(&short, purchase),
        None | Some(Reconciled::Settled) => {
            tr!("{short}  {state}: there is nothing to search for.", short, state = purchase.state().name())
        }
        Some(Reconciled::Elsewhere) if purchase.intent().was_demo() => tr!(
            "{short}  {state}: it went to another demo than the one that was read. Nothing real was bought.",
            short,
            state = purchase.state().name()
        ),
        Some(Reconciled::Elsewhere) => {
            tr!("{short}  went to another endpoint or project: name that one to search for it.", short)
        }
        Some(Reconciled::Found { order_id }) => {
            tr!("{short}  FOUND: the order was placed; it is {id}.", short, id = visible(order_id))
        }
        Some(Reconciled::Conflict { .. }) => conflict(&short, purchase),
        Some(Reconciled::NotSeen { candidates: _, flaws }) => not_seen(purchase, &short, flaws.iter().copied()),
        Some(Reconciled::NotFound) => {
            tr!("{short}  NOT_FOUND: read often and long enough, the order does not exist.", short)
        }
        Some(Reconciled::Unread { why }) => tr!("{short}  the server list could not be read: {why}", short, why),
        Some(Reconciled::NotKept { why }) => tr!("{short}  what was read could not be kept: {why}", short, why),
    }
}

fn conflict(short: &str, purchase: &Purchase) -> String {
    let conflict = conflict_sentence(purchase.order_ids());
    tr!(
        "{short}  CONFLICT: {conflict} Check the console, then run {resolve}.",
        short,
        conflict,
        resolve = resolve_command(purchase)
    )
}

/// Returns the command that records what became of an order, without its id.
fn resolve_command(purchase: &Purchase) -> String {
    match purchase.intent().demo_flag() {
        Some(flag) => format!("cph-wizard orders resolve {flag}"),
        None => "cph-wizard orders resolve".to_owned(),
    }
}

fn not_seen(purchase: &Purchase, short: &str, flaws: impl Iterator<Item = ReadingFlaw>) -> String {
    let flaws: Vec<&str> = flaws.map(ReadingFlaw::words).collect();
    let mut parts = vec![match purchase.state() {
        OrderState::Rejected(_) => tr!("{short}  REJECTED, as reported: no server of it is listed.", short),
        state => tr!("{short}  {state}: not listed for certain.", short, state = state.name()),
    }];
    if !flaws.is_empty() {
        parts.push(tr!("Note: {flaws}.", flaws = flaws.join("; ")));
    }
    parts.extend(open_reasons(purchase).into_iter().map(|reason| reason.message));
    if matches!(purchase.state(), OrderState::Unknown(_)) {
        parts.push(tr!("Check the console, then run `{resolve} {short}`.", resolve = resolve_command(purchase), short));
    }
    parts.join(" ")
}
