//! The demo: the embedded simulator on a free loopback port, and the real client connected to it.

mod args;
mod world;

use std::sync::Arc;

use crate::api::{Account, AuthMethod, Endpoint, HttpCloud, Token};
use crate::app::{AccountLabel, AccountMode, ProfileDefaults};
use crate::config::{StateKind, state_dir};
use crate::i18n::tr;
use crate::purchase::Buyer;
use crate::purchase::intents::IntentCredentials;
use crate::simulator::{Options, Scene, Simulator};
use crate::tui::{AccountError, Connection, Connector, OpenedAccount};

pub use args::DemoArgs;
pub use world::{DemoUse, DemoWorld};

/// The project id of the demo; an arbitrary name.
const PROJECT: &str = "demo-project";

/// Builds everything that the form needs to run against the simulator with this world.
pub fn opened(world: DemoWorld, given_state_dir: Option<&std::path::Path>) -> OpenedAccount {
    OpenedAccount {
        account: label(&world.scene),
        buyer: buyer(&world),
        state_dir: state_dir(given_state_dir, StateKind::Demo),
        journal_dir: world.journal_dir.clone(),
        defaults: ProfileDefaults::default(),
        notice: world.notice.clone(),
        connect: connector(world),
    }
}

/// Builds the label of the demo for the screen.
pub fn label(scene: &Scene) -> AccountLabel {
    let profile = match scene.name() {
        "normal" => "demo".to_owned(),
        name => format!("demo={name}"),
    };
    AccountLabel {
        mode: AccountMode::Simulator,
        profile,
        region: "loopback".into(),
        project: PROJECT.into(),
        credentials: tr!("a token of the simulator"),
        endpoint: tr!("the embedded simulator"),
        proxy: None,
    }
}

/// Builds the buyer of the demo, whose endpoint is the identity of its world.
pub fn buyer(world: &DemoWorld) -> Buyer {
    let AccountLabel { profile, project, region, .. } = label(&world.scene);
    Buyer {
        profile,
        endpoint: Buyer::embedded_endpoint(world.saved.world.id(), world.is_kept),
        project,
        region,
        credentials: IntentCredentials::Token,
    }
}

/// Starts the simulator with a world, and connects to it. The simulator stops when it is dropped.
pub async fn connect(world: &DemoWorld) -> Result<(HttpCloud, Simulator), AccountError> {
    let options = Options { scene: world.scene.clone(), world: Some(world.saved.clone()), ..Options::default() };
    let simulator = Simulator::start(options).await.map_err(AccountError::new)?;
    let endpoint = Endpoint::parse(&simulator.url()).map_err(AccountError::new)?;
    let iam = Some(endpoint.clone());
    let account = Account::new(endpoint, PROJECT, AuthMethod::Token(Token::new("demo")));
    let cloud = HttpCloud::new(Account { iam, ..account }).map_err(AccountError::new)?;
    Ok((cloud, simulator))
}

/// Returns a connector that starts the simulator when the connection is first needed.
fn connector(world: DemoWorld) -> Connector {
    let world = Arc::new(world);
    Box::new(move || {
        let world = Arc::clone(&world);
        Box::pin(async move {
            let (cloud, simulator) = connect(&world).await?;
            Ok(Connection { cloud: Arc::new(cloud), guard: Box::new((simulator, world)) })
        })
    })
}
