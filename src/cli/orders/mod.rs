//! `orders`: what the journal says, and looking for orders in doubt by hand. Reading only: nothing
//! is ever sent again.

mod listed;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::config::Kind;
use crate::failure::Failure;
use crate::order::text::visible;
use crate::purchase::intents::{Purchase, State};
use crate::purchase::{Desk, Swept};
use crate::words::{self, phrase, tr};

pub use listed::STATES;

use super::account::{self, AccountArgs, Ready};
use super::buy::{JOURNAL, journal_dir};
use super::help::padded;
use super::say;
use listed::{FilterArgs, order_ids, summary};

#[derive(Debug, clap::Args)]
pub struct Orders {
    #[command(subcommand)]
    pub what: Option<What>,
    /// Say it in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// The journal of the demo instead of the one of real accounts
    #[arg(long = "demo", id = "of_demo", global = true)]
    pub of_demo: bool,
    /// The directory of the journal
    #[arg(long = "state-dir", id = "orders_dir", global = true, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// Every confirmed order, the newest first
    List {
        #[command(flatten)]
        filter: FilterArgs,
    },
    /// Write the journal for another program
    Export {
        /// Write CSV (RFC 4180), safe to open in a spreadsheet; --json has bodies and records too
        #[arg(long)]
        csv: bool,
        #[command(flatten)]
        filter: FilterArgs,
    },
    /// Everything about one order
    Show {
        /// Its id, or the beginning of it
        id: String,
    },
    /// Read the project once for every order in doubt, or for one
    Reconcile {
        /// Its id, or the beginning of it
        id: Option<String>,
        #[command(flatten)]
        account: AccountArgs,
    },
}

pub fn run(args: &Orders) -> Result<u8, Failure> {
    let kind = if args.of_demo { Kind::Demo } else { Kind::Live };
    let desk = open(args.state_dir.as_deref(), kind)?;
    for fact in desk.facts() {
        say::aside(&fact.to_string());
    }
    match &args.what {
        None => listed::list(&FilterArgs::default(), args.json, &desk).map(|()| attention(&desk)),
        Some(What::List { filter }) => listed::list(filter, args.json, &desk).map(|()| attention(&desk)),
        Some(What::Export { csv, filter }) => listed::export(filter, *csv, args.json, &desk).map(|()| attention(&desk)),
        Some(What::Show { id }) => {
            let intents = desk.intents();
            let purchase = find(intents.newest_first(), id)?;
            show(args, purchase);
            Ok(attention(&desk))
        }
        Some(What::Reconcile { id, account }) => reconcile(args, account, &desk, id.as_deref()),
    }
}

/// Opens a journal.
pub fn open(given: Option<&Path>, kind: Kind) -> Result<Desk, Failure> {
    Desk::open(&journal_dir(given, kind)?).map_err(|error| Failure::Journal(error.to_string()))
}

/// A journal that cannot be written to is read all the same, and said to need attention.
fn attention(desk: &Desk) -> u8 {
    match desk.obstacle() {
        None => 0,
        Some(why) => {
            say::aside(&why);
            JOURNAL
        }
    }
}

fn find<'a>(mut all: impl Iterator<Item = &'a Purchase>, id: &str) -> Result<&'a Purchase, Failure> {
    let id = id.to_ascii_lowercase();
    all.find(|purchase| !id.is_empty() && purchase.intent().id.to_string().starts_with(&id))
        .ok_or_else(|| Failure::Usage(tr!("the journal has no order {id}: `orders list` shows all", id = visible(&id))))
}

fn show(args: &Orders, purchase: &Purchase) {
    let records = purchase.records();
    if args.json {
        return say::json(&listed::whole(purchase));
    }
    let intent = purchase.intent();
    let rows = [
        (phrase!("Id"), intent.id.to_string()),
        (phrase!("State"), purchase.state().name().to_owned()),
        (phrase!("Confirmed"), intent.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()),
        (phrase!("Profile"), intent.profile.clone()),
        (phrase!("Endpoint"), intent.endpoint.clone()),
        (phrase!("Project"), intent.project.clone()),
        (phrase!("Server"), intent.server_name.clone()),
        (phrase!("Order ids"), order_ids(purchase).join(" ")),
        (phrase!("SHA-256"), intent.body_hash.clone()),
    ];
    for (label, value) in rows {
        say::result(&format!("{} {}", padded(words::of(label), 10), visible(&value)));
    }
    for record in records {
        say::result(&format!("{}  {}", record.at(), record.name()));
    }
    say::results(&intent.body);
}

fn reconcile(args: &Orders, of: &AccountArgs, desk: &Desk, id: Option<&str>) -> Result<u8, Failure> {
    if let Some(why) = desk.obstacle() {
        return Err(Failure::Journal(why));
    }
    let intents = desk.intents();
    let doubtful: Vec<&Purchase> = match id {
        Some(id) => vec![find(intents.newest_first(), id)?],
        None => intents.unresolved().collect(),
    };
    if doubtful.is_empty() {
        if args.json {
            say::json(&json!({ "orders": [] }));
        } else {
            say::result(&tr!("No order is in doubt."));
        }
        return Ok(0);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    let Ready { account, buyer, label: _ } = runtime.block_on(account::headless(of))?;
    let cloud = account::cloud(account)?;
    let ids: Vec<Uuid> = doubtful.iter().map(|purchase| purchase.intent().id).collect();
    runtime.block_on(async {
        for id in ids {
            let swept = desk.sweep(&cloud, &buyer, id).await;
            if !args.json {
                say::result(&swept_words(id, &swept));
            }
        }
    });
    let after = desk.intents();
    if args.json {
        let rows: Vec<Value> =
            doubtful.iter().filter_map(|purchase| after.purchase(purchase.intent().id)).map(summary).collect();
        say::json(&json!({ "orders": rows }));
    }
    let is_open = doubtful.iter().any(|purchase| matches!(after.state(purchase.intent().id), Some(State::Unknown(_))));
    Ok(if is_open { 6 } else { 0 })
}

fn swept_words(id: Uuid, swept: &Swept) -> String {
    let short: String = id.to_string().chars().take(8).collect();
    match swept {
        Swept::Settled => tr!("{short}  is not in doubt.", short),
        Swept::Elsewhere => tr!("{short}  went to another endpoint or project: name that one to look for it.", short),
        Swept::Found { order_id } => {
            tr!("{short}  FOUND: the order was placed; it is {id}.", short, id = visible(order_id))
        }
        Swept::Alarm { order_ids } => {
            let ids: Vec<String> = order_ids.iter().map(|id| visible(id).into_owned()).collect();
            tr!(
                "{short}  ALARM: more than one order for this one: {ids}. Nothing is cancelled by itself.",
                short,
                ids = ids.join(", ")
            )
        }
        Swept::NotSeen => tr!("{short}  not listed, which proves nothing yet: look again later.", short),
        Swept::NotFound => tr!("{short}  NOT FOUND: read often and long enough, there is no server of it.", short),
        Swept::Unread { why } => tr!("{short}  the server list could not be read: {why}", short, why),
        Swept::NotKept { why } => tr!("{short}  what was read could not be kept: {why}", short, why),
    }
}
