//! The demo: the embedded simulator on a free loopback port, and the real client connected to it.

use std::sync::Arc;

use crate::api::{Account, AuthMethod, Endpoint, HttpCloud, Token};
use crate::app::{AccountLabel, AccountMode, ProfileDefaults};
use crate::config::{StateKind, state_dir};
use crate::i18n::tr;
use crate::purchase::Buyer;
use crate::purchase::intents::IntentCredentials;
use crate::simulator::{Options, Scene, Simulator};
use crate::tui::{AccountError, Connection, Connector, OpenedAccount};

/// The project id of the demo; an arbitrary name.
const PROJECT: &str = "demo-project";

/// Builds everything that the form needs to run against its own simulator.
pub fn opened(scene: Scene, given_state_dir: Option<&std::path::Path>) -> OpenedAccount {
    let account = label(&scene);
    let buyer = buyer(&account);
    OpenedAccount {
        account,
        connect: connect(scene),
        buyer,
        state_dir: state_dir(given_state_dir, StateKind::Demo),
        defaults: ProfileDefaults::default(),
    }
}

fn label(scene: &Scene) -> AccountLabel {
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

/// Builds the buyer of the demo.
fn buyer(label: &AccountLabel) -> Buyer {
    Buyer {
        profile: label.profile.clone(),
        // Every run has a simulator of its own, which ends with it.
        endpoint: Buyer::embedded_endpoint(),
        project: label.project.clone(),
        region: label.region.clone(),
        credentials: IntentCredentials::Token,
    }
}

/// Returns a connector that starts the simulator when the connection is first needed.
fn connect(scene: Scene) -> Connector {
    Box::new(move || {
        let scene = scene.clone();
        Box::pin(async move {
            let simulator = Simulator::start(Options { scene, ..Options::default() });
            let simulator = simulator.await.map_err(AccountError::new)?;
            let endpoint = Endpoint::parse(&simulator.url()).map_err(AccountError::new)?;
            let iam = Some(endpoint.clone());
            let account = Account::new(endpoint, PROJECT, AuthMethod::Token(Token::new("demo")));
            let cloud = HttpCloud::new(Account { iam, ..account }).map_err(AccountError::new)?;
            Ok(Connection { cloud: Arc::new(cloud), guard: Box::new(simulator) })
        })
    })
}
