//! `orders`: shows the journal, and settles orders with an unknown outcome by hand. Listing takes no lock. No order is
//! ever sent again.

mod find;
mod journal_args;
mod list;
mod prompt;
mod reconcile;
mod repair;
mod resolve;
mod verify;

use crate::bootstrap::error::AppError;
use crate::clock;
use crate::exit_code::ExitCode;
use crate::i18n::{self, phrase, tr};
use crate::purchase::intents::{FoundBy, OrderState, Purchase};
use crate::purchase::{PurchaseService, open_reasons};
use crate::text::sanitize::visible;
use clap::Subcommand;

pub use list::STATES;

use super::help::padded;
use super::payment;
use super::print;
use crate::bootstrap::account::AccountArgs;
use find::{is_meant, only};
use journal_args::JournalArgs;
use list::{FilterArgs, order_ids};

#[derive(Debug, clap::Args)]
pub struct Orders {
    #[command(subcommand)]
    pub what: Option<What>,
    #[command(flatten)]
    pub journal: JournalArgs,
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

pub fn run(orders: &Orders) -> Result<ExitCode, AppError> {
    let args = &orders.journal;
    match &orders.what {
        Some(What::Reconcile { id, account }) => reconcile::run(args, account, id.as_deref()),
        Some(What::Resolve(resolve)) => resolve::run(args, resolve),
        Some(What::Verify) => verify::run(args),
        Some(What::Repair(repair)) => repair::run(args, repair),
        None => shown(args, |service| list::list(&FilterArgs::default(), args, service)),
        Some(What::List { filter }) => shown(args, |service| list::list(filter, args, service)),
        Some(What::Export { csv, filter }) => shown(args, |service| list::export(filter, *csv, args.json, service)),
        Some(What::Show { id }) => shown(args, |service| {
            let (history, archive) = (service.history(), list::archive_of(service)?);
            let every = list::every(history.intents(), archive.as_ref())?;
            let order = only(every.filter(|order| is_meant(order.id(), id)), id)?;
            show(args, &*order.purchase(archive.as_ref()).map_err(|why| AppError::Journal(why.to_string()))?)
        }),
    }
}

/// Runs a command that only reads the journal, without taking its lock. Problems of the journal are reported, but do
/// not stop the command.
fn shown(
    args: &JournalArgs,
    show: impl FnOnce(&PurchaseService) -> Result<(), AppError>,
) -> Result<ExitCode, AppError> {
    let directory = args.directory()?;
    let service = PurchaseService::open_read_only(&directory).map_err(|error| AppError::Journal(error.to_string()))?;
    for fact in service.notices() {
        print::eprint(&fact.to_string());
    }
    show(&service)?;
    if let Some(why) = service.obstacle() {
        print::eprint(&why.to_string());
    }
    Ok(ExitCode::Success)
}

fn show(args: &JournalArgs, purchase: &Purchase) -> Result<(), AppError> {
    let is_unpaid = list::paid_order(purchase).is_unpaid(clock::now());
    if args.json {
        print::json(&list::whole(purchase));
    } else {
        print_whole(args, purchase)?;
    }
    if is_unpaid {
        print::eprint(&payment::how_to_pay_later());
    }
    Ok(())
}

/// Prints an order with its records and its body.
fn print_whole(args: &JournalArgs, purchase: &Purchase) -> Result<(), AppError> {
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
    for record in purchase.records() {
        print::line(&format!("{}  {}", record.at(), record.name()));
    }
    for reason in open_reasons(purchase) {
        print::line(&reason.message);
    }
    if args.demo_buyer()?.is_some_and(|now| !now.is_at(intent)) {
        print::line(&tr!("It went to an earlier demo, which is gone. Nothing real was bought."));
    }
    print::lines(&intent.body);
    Ok(())
}
