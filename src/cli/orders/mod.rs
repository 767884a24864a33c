//! `orders`: what the journal says, and finding out by hand what became of an order. Listing takes no lock; nothing is
//! ever sent again.

mod list;
mod reconcile;
mod repair;
mod resolve;
mod verify;

use std::io::{IsTerminal as _, Write as _, stderr, stdin};
use std::path::{Path, PathBuf};

use crate::bootstrap::error::AppError;
use crate::config::StateKind;
use crate::i18n::{self, phrase, tr};
use crate::purchase::intents::{FoundBy, OrderState, Purchase};
use crate::purchase::journal::History;
use crate::purchase::{PurchaseService, open_reasons};
use crate::text::sanitize::visible;
use clap::Subcommand;
use uuid::Uuid;

pub use list::STATES;

use super::buy::journal_dir;
use super::help::padded;
use super::print;
use crate::bootstrap::account::AccountArgs;
use list::{FilterArgs, order_ids};

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
    /// Search the server list once for every order whose outcome is unknown, or for one
    Reconcile {
        /// Its id, or the beginning of it
        id: Option<String>,
        #[command(flatten)]
        account: AccountArgs,
    },
    /// Record what became of an order, after you checked the console
    Resolve(resolve::ResolveArgs),
    /// Check every record of the journal and of the archive
    Verify,
    /// Buy again although records may be missing from the end of the journal
    Repair(repair::RepairArgs),
}

pub fn run(args: &Orders) -> Result<u8, AppError> {
    match &args.what {
        Some(What::Reconcile { id, account }) => reconcile::run(args, account, id.as_deref()),
        Some(What::Resolve(resolve)) => resolve::run(args, resolve),
        Some(What::Verify) => verify::run(args),
        Some(What::Repair(repair)) => repair::run(args, repair),
        None => shown(args, |service| list::list(&FilterArgs::default(), args.json, service)),
        Some(What::List { filter }) => shown(args, |service| list::list(filter, args.json, service)),
        Some(What::Export { csv, filter }) => shown(args, |service| list::export(filter, *csv, args.json, service)),
        Some(What::Show { id }) => shown(args, |service| {
            let (history, archive) = (service.history(), list::archive_of(service)?);
            let found = list::every(history.intents(), archive.as_ref())?.find(|order| is_meant(order.id(), id));
            let order = found.ok_or_else(|| no_order(id))?;
            show(args, &*order.purchase(archive.as_ref()).map_err(|why| AppError::Journal(why.to_string()))?);
            Ok(())
        }),
    }
}

impl Orders {
    fn kind(&self) -> StateKind {
        if self.of_demo { StateKind::Demo } else { StateKind::Live }
    }
}

/// Shows something of the journal, without its lock. What is wrong with it is said, and does not stand in the way.
fn shown(args: &Orders, show: impl FnOnce(&PurchaseService) -> Result<(), AppError>) -> Result<u8, AppError> {
    let directory = journal_dir(args.state_dir.as_deref(), args.kind())?;
    let service = PurchaseService::open_read_only(&directory).map_err(|error| AppError::Journal(error.to_string()))?;
    for fact in service.notices() {
        print::eprint(&fact.to_string());
    }
    show(&service)?;
    if let Some(why) = service.obstacle() {
        print::eprint(&why);
    }
    Ok(0)
}

/// Opens a journal, and concludes what a run that ended left open.
pub fn open(given: Option<&Path>, kind: StateKind) -> Result<PurchaseService, AppError> {
    PurchaseService::open(&journal_dir(given, kind)?).map_err(|error| AppError::Journal(error.to_string()))
}

/// Refuses to ask where nobody can answer.
fn needs_terminal() -> Result<(), AppError> {
    if stdin().is_terminal() && stderr().is_terminal() {
        return Ok(());
    }
    Err(AppError::Usage(tr!("nothing was recorded: without a terminal --yes is needed")))
}

/// Asks at the terminal, and returns whether exactly this was typed.
fn typed(question: &str, wanted: &str) -> bool {
    // What was typed before the question is no answer to it.
    let _ = rustix::termios::tcflush(stdin(), rustix::termios::QueueSelector::IFlush);
    let mut out = stderr().lock();
    let _ = write!(out, "{question}");
    let _ = out.flush();
    drop(out);
    let mut answer = String::new();
    stdin().read_line(&mut answer).is_ok() && answer.trim() == wanted
}

fn find<'a>(mut all: impl Iterator<Item = &'a Purchase>, id: &str) -> Result<&'a Purchase, AppError> {
    all.find(|purchase| is_meant(purchase.intent().id, id)).ok_or_else(|| no_order(id))
}

/// Finds an order on which something can be recorded.
fn find_open<'a>(service: &PurchaseService, history: &'a History, id: &str) -> Result<&'a Purchase, AppError> {
    let found = find(history.intents().newest_first(), id);
    if found.is_ok() {
        return found;
    }
    let archive = list::archive_of(service)?;
    if list::every(history.intents(), archive.as_ref())?.any(|order| is_meant(order.id(), id)) {
        let id = visible(id);
        return Err(AppError::Usage(tr!("order {id} is settled and in the archive: `orders show {id}` shows it", id)));
    }
    found
}

/// Whether an order is named by the beginning of its id.
fn is_meant(order: Uuid, id: &str) -> bool {
    !id.is_empty() && order.to_string().starts_with(&id.to_ascii_lowercase())
}

fn no_order(id: &str) -> AppError {
    AppError::Usage(tr!("the journal has no order {id}: `orders list` shows all", id = visible(id)))
}

fn show(args: &Orders, purchase: &Purchase) {
    let records = purchase.records();
    if args.json {
        return print::json(&list::whole(purchase));
    }
    let intent = purchase.intent();
    let state = match purchase.state() {
        OrderState::Found { by: FoundBy::User } => tr!("FOUND, by a user"),
        state => state.name().to_owned(),
    };
    let rows = [
        (phrase!("Id"), intent.id.to_string()),
        (phrase!("State"), state),
        (phrase!("Confirmed"), intent.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()),
        (phrase!("Profile"), intent.profile.clone()),
        (phrase!("Endpoint"), intent.endpoint.clone()),
        (phrase!("Project"), intent.project.clone()),
        (phrase!("Server"), intent.server_name.clone()),
        (phrase!("Order ids"), order_ids(purchase).join(" ")),
        (phrase!("SHA-256"), intent.body_hash.clone()),
    ];
    for (label, value) in rows {
        print::line(&format!("{} {}", padded(i18n::t(label), 10), visible(&value)));
    }
    for record in records {
        print::line(&format!("{}  {}", record.at(), record.name()));
    }
    for reason in open_reasons(purchase) {
        print::line(&reason.message);
    }
    print::lines(&intent.body);
}
