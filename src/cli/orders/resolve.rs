//! `orders resolve`: records the outcome that the user found in the console. It is a record of its own. A later read of
//! the server list can overrule "not placed".

use serde_json::json;

use crate::api::{Cloud as _, ServerList};
use crate::bootstrap::error::AppError;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::purchase::intents::Purchase;
use crate::purchase::{Resolution, ResolveError};
use crate::text::sanitize::visible;

use super::find::find_open;
use super::journal_args::JournalArgs;
use super::list::{order_ids, summary};
use super::prompt;
use crate::bootstrap::account::AccountArgs;
use crate::bootstrap::client::client;
use crate::cli::print;

#[derive(Debug, clap::Args)]
pub struct ResolveArgs {
    /// Its id, or the beginning of it
    pub id: String,
    /// The order was placed: its order id in the console; repeat it for every order of a conflict
    #[arg(long, value_name = "ORDER", required_unless_present = "not_placed", conflicts_with = "not_placed")]
    pub order_id: Vec<String>,
    /// The order was not placed: the console shows none
    #[arg(long)]
    pub not_placed: bool,
    /// Do not ask on the terminal
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub account: AccountArgs,
}

impl ResolveArgs {
    fn resolution(&self) -> Resolution {
        if self.not_placed {
            Resolution::NotPlaced
        } else {
            Resolution::Placed(self.order_id.iter().cloned().collect())
        }
    }
}

pub fn run(args: &JournalArgs, resolve: &ResolveArgs) -> Result<ExitCode, AppError> {
    let service = args.open()?;
    if let Some(why) = service.write_obstacle() {
        return Err(AppError::Journal(why.to_string()));
    }
    let history = service.history();
    let purchase = find_open(&service, &history, &resolve.id)?;
    let id = purchase.intent().id;
    if !resolve.yes && !asked(purchase, resolve)? {
        print::eprint(&tr!("Nothing was recorded."));
        return Ok(ExitCode::Usage);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AppError::Runtime)?;
    let resolution = resolve.resolution();
    let result = runtime.block_on(async {
        let list = read_servers(args, resolve, purchase).await;
        service.resolve(id, &resolution, list.as_ref()).await
    });
    match result {
        Ok(()) => {
            let history = service.history();
            if let Some(purchase) = history.intents().purchase(id) {
                tell(args, purchase);
            }
            Ok(ExitCode::Success)
        }
        Err(error @ ResolveError::NotKept { .. }) => Err(AppError::Journal(error.to_string())),
        Err(error @ ResolveError::NotOpen { .. }) => Err(AppError::Usage(error.to_string())),
        Err(
            error @ (ResolveError::TooEarly
            | ResolveError::NotNamed { .. }
            | ResolveError::NoOrderId { .. }
            | ResolveError::OfAnother { .. }
            | ResolveError::Contradicted { .. }),
        ) => {
            print::eprint(&tr!("not recorded: {why}", why = error.to_string()));
            Ok(ExitCode::Unknown)
        }
    }
}

/// Reads the servers of the project, against which the decision of the user is checked. Returns `None`, with a message
/// on standard error, if they cannot be read, or the account or the demo is not the one of the order.
async fn read_servers(args: &JournalArgs, resolve: &ResolveArgs, purchase: &Purchase) -> Option<ServerList> {
    let read = async {
        let world = args.world().map_err(|failure| failure.to_string())?;
        let client = client(&resolve.account, world).await.map_err(|failure| failure.to_string())?;
        if !client.buyer.is_at(purchase.intent()) {
            return Err(if purchase.intent().was_demo() {
                tr!("the order went to another demo")
            } else {
                tr!("the order went to another endpoint or project")
            });
        }
        client.cloud.all_servers(None).await.map_err(|error| error.sentence())
    };
    match read.await {
        Ok(list) => Some(list),
        Err(why) => {
            print::eprint(&tr!("Not checked against the server list: {why}", why));
            None
        }
    }
}

/// Asks the user to type the server name of the order, and returns whether it matches. Fails without a terminal.
fn asked(purchase: &Purchase, resolve: &ResolveArgs) -> Result<bool, AppError> {
    prompt::needs_terminal()?;
    let name = &purchase.intent().server_name;
    let shown = visible(name);
    if resolve.not_placed {
        print::eprint(&tr!(
            "{name} is recorded as not placed. The next order like it is asked about for 7 days.",
            name = shown
        ));
    } else {
        let ids = resolve.order_id.iter().map(|id| visible(id).into_owned()).collect::<Vec<_>>().join(", ");
        print::eprint(&tr!("{name} is recorded as placed: {ids}.", name = shown, ids));
    }
    Ok(prompt::is_typed(&tr!("Type the server name {name} to record it: ", name = shown), name))
}

fn tell(args: &JournalArgs, purchase: &Purchase) {
    if args.json {
        return print::json(&json!({ "order": summary(purchase) }));
    }
    let short: String = purchase.intent().id.to_string().chars().take(8).collect();
    let ids = order_ids(purchase).join(" ");
    print::line(format!("{short}  {} {ids}", purchase.state().name()).trim_end());
}
