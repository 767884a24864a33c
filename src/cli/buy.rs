//! `buy`: one purchase without a screen, through the same journal and the same call as the form.
//! It never asks: what would be asked is refused, with the words that say how to go on.

use std::path::PathBuf;
use std::sync::Mutex;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::api::{Cloud, HttpCloud, UNHEARD};
use crate::catalogue::{Listing, Resource};
use crate::config::{Kind, state_dir};
use crate::failure::Failure;
use crate::order::text::visible;
use crate::order::{Order, matches_order_name};
use crate::purchase::intents::Twin;
use crate::purchase::{Buyer, Desk, Event, Outcome, is_listed_twin, shape_of};
use crate::words::tr;

use super::account::{self, AccountArgs, Ready};
use super::check;
use super::order_file::{self, Checked};
use super::say;

#[derive(Debug, clap::Args)]
pub struct Buy {
    /// The order file: the operation's JSON body; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub set: super::begin::SetArgs,
    /// The SHA-256 that `check` printed: exactly these bytes are sent
    #[arg(long, value_name = "HASH")]
    pub confirm: String,
    /// Buy although an order like this one, or a server of this name, is there already
    #[arg(long)]
    pub second: bool,
    /// Say the result in JSON
    #[arg(long)]
    pub json: bool,
    /// Keep the journal under this directory
    #[arg(long, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
    #[command(flatten)]
    pub account: AccountArgs,
}

pub fn run(args: &Buy) -> Result<u8, Failure> {
    let order = match order_file::read(&args.file, &args.set.answers()?)? {
        Checked::Good { order, .. } => order,
        Checked::Bad(problems) => {
            check::tell(&problems, args.json);
            return Ok(check::INVALID);
        }
    };
    let hash = order.body().hash().to_owned();
    if !args.confirm.eq_ignore_ascii_case(&hash) {
        return Err(Failure::Usage(tr!(
            "nothing was bought: the order has the SHA-256 {hash}, and --confirm says {said}",
            hash,
            said = crate::order::text::brief(&args.confirm, 64)
        )));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    runtime.block_on(async {
        let Ready { account, buyer, label: _ } = account::headless(&args.account).await?;
        let cloud = account::cloud(account)?;
        let desk = super::orders::open(args.state_dir.as_deref(), Kind::Live)?;
        buy(args, &order, &buyer, &cloud, &desk).await
    })
}

async fn buy(args: &Buy, order: &Order, buyer: &Buyer, cloud: &HttpCloud, desk: &Desk) -> Result<u8, Failure> {
    if let Some(why) = desk.obstacle() {
        return Err(Failure::Journal(why));
    }
    for fact in desk.facts() {
        say::aside(&fact.to_string());
    }
    let doubts = doubts(order, buyer, cloud, desk).await;
    if !doubts.is_empty() && !args.second {
        let doubts = doubts.join(" ");
        return Err(Failure::Usage(tr!("nothing was bought: {doubts} --second buys all the same", doubts)));
    }
    let ended = Mutex::new(None);
    let tell = |event| {
        if let (Event::Concluded { id, outcome, lost }, Ok(mut ended)) = (event, ended.lock()) {
            *ended = Some((id, outcome, lost));
        }
    };
    desk.submit(cloud, buyer, (order, &order.body()), &tell).await;
    let ended = ended.into_inner().ok().flatten();
    let Some((id, outcome, lost)) = ended else { return Ok(UNKNOWN) };
    let id = id.map(|id| id.to_string());
    let result = outcome_json(id.as_deref(), order.body().hash(), &outcome, lost.as_deref());
    if args.json {
        say::json(&result);
    } else {
        say::result(&words(&outcome));
    }
    if let Some(why) = lost {
        say::aside(&tr!("The journal could not keep this outcome: {why}", why));
        return Ok(JOURNAL);
    }
    Ok(exit_code(&outcome))
}

const UNKNOWN: u8 = 6;
/// The journal needs attention.
pub const JOURNAL: u8 = 7;

fn exit_code(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Accepted(_) => 0,
        Outcome::Refused(_) => 4,
        Outcome::NotSent(_) => 5,
        Outcome::Unknown(_) => UNKNOWN,
    }
}

/// What a person would be asked about first, in sentences.
async fn doubts(order: &Order, buyer: &Buyer, cloud: &HttpCloud, desk: &Desk) -> Vec<String> {
    let body = order.body();
    let intents = desk.intents();
    let mut doubts: Vec<String> = intents
        .twins(body.hash(), &shape_of(order), Timestamp::now())
        .iter()
        .filter(|twin| matches!(twin, Twin::Unresolved(_)) || buyer.is_at(twin.purchase().intent()))
        .map(|twin| {
            let twin = twin.purchase();
            tr!(
                "An order like this one, {name}, is {state} since {at}.",
                name = twin.intent().server_name,
                state = twin.state().name(),
                at = twin.intent().at
            )
        })
        .collect();
    match cloud.list(Resource::Servers, UNHEARD).await {
        Ok(listing) => doubts.extend(listed_doubts(order, &listing)),
        Err(error) => {
            let why = error.sentence();
            say::aside(&tr!("Whether the name or an order like this is there already cannot be checked: {why}", why));
        }
    }
    doubts
}

/// What the servers of the project say against the order.
fn listed_doubts(order: &Order, listing: &Listing) -> Vec<String> {
    let Listing::Servers(servers) = listing else { return Vec::new() };
    let now = Timestamp::now();
    let named = servers.iter().find(|server| matches_order_name(order.server_name(), &server.name));
    let twin = servers.iter().find(|server| is_listed_twin(server, &shape_of(order), now));
    let named =
        named.map(|server| tr!("A server of this name is there already: {name}.", name = visible(&server.name)));
    let twin = twin.map(|server| {
        tr!("The project has a server of the same flavors since a moment ago: {name}.", name = visible(&server.name))
    });
    named.into_iter().chain(twin).collect()
}

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Accepted(receipt) => tr!("ACCEPTED {id}", id = receipt.order_id),
        Outcome::Refused(refusal) => {
            let advice = refusal.explained().unwrap_or_default();
            tr!(
                "REFUSED {code} (HTTP {status}): {message} {advice}",
                code = refusal.code,
                status = refusal.status,
                message = refusal.message,
                advice
            )
        }
        Outcome::NotSent(not_sent) => tr!("NOT SENT: {why}", why = not_sent.told()),
        Outcome::Unknown(unknown) => {
            tr!(
                "NOT KNOWN: {why}. The order may exist; `cph-wizard orders reconcile` looks for it",
                why = unknown.told()
            )
        }
    }
}

fn outcome_json(id: Option<&str>, hash: &str, outcome: &Outcome, lost: Option<&str>) -> Value {
    let mut result = match outcome {
        Outcome::Accepted(receipt) => json!({
            "outcome": "accepted",
            "order_id": receipt.order_id,
            "request_id": receipt.request_id,
            "product_id": receipt.product_id,
        }),
        Outcome::Refused(refusal) => json!({
            "outcome": "refused",
            "code": refusal.code,
            "status": refusal.status,
            "message": refusal.message,
            "request_id": refusal.request_id,
        }),
        Outcome::NotSent(not_sent) => json!({ "outcome": "not_sent", "why": not_sent.told() }),
        Outcome::Unknown(unknown) => {
            json!({ "outcome": "unknown", "why": unknown.told(), "request_id": unknown.request_id })
        }
    };
    if let Value::Object(members) = &mut result {
        members.insert("id".into(), json!(id));
        members.insert("hash".into(), json!(hash));
        if let Some(why) = lost {
            members.insert("not_kept".into(), json!(why));
        }
    }
    result
}

/// The directory of a journal, or why there is none.
pub fn journal_dir(given: Option<&std::path::Path>, kind: Kind) -> Result<PathBuf, Failure> {
    state_dir(given, kind)
        .ok_or_else(|| Failure::Journal(tr!("there is no home directory for the journal: --state-dir names one")))
}
