//! The client of a command that runs without the form: of a real account, or of the demo.

use crate::api::HttpCloud;
use crate::app::AccountLabel;
use crate::i18n::tr;
use crate::purchase::Buyer;
use crate::simulator::Simulator;

use super::account::{self, AccountArgs, ResolvedAccount};
use super::demo::{self, DemoWorld};
use super::error::AppError;
use super::logging;

/// A client with the account that it is for.
pub struct Client {
    pub cloud: HttpCloud,
    pub label: AccountLabel,
    pub buyer: Buyer,
    /// The simulator of a demo and its world, which last as long as the client.
    _demo: Option<(Simulator, DemoWorld)>,
}

/// Connects to the demo if there is one, else to the account that the flags select. Only the cloud is asked, never the
/// user; a demo uses neither settings nor credentials nor the network.
pub async fn client(args: &AccountArgs, world: Option<DemoWorld>) -> Result<Client, AppError> {
    let Some(world) = world else {
        let ResolvedAccount { account, buyer, label } = account::resolve_without_screen(args).await?;
        return Ok(Client { cloud: account::cloud(account)?, label, buyer, _demo: None });
    };
    let AccountArgs { profile, region, project_id, config: _ } = args;
    if [profile, region, project_id].into_iter().any(Option::is_some) {
        return Err(AppError::Usage(tr!("--demo uses no account: remove --profile, --region and --project-id")));
    }
    let (label, buyer) = (demo::label(&world.scene), demo::buyer(&world));
    let (cloud, simulator) = demo::connect(&world).await.map_err(AppError::usage)?;
    logging::account(&buyer);
    Ok(Client { cloud, label, buyer, _demo: Some((simulator, world)) })
}
