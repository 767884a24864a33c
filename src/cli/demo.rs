//! The demo: the embedded simulator on a free loopback port, and the real client against it.

use std::sync::Arc;

use crate::api::{Account, Credentials as Proof, Endpoint, HttpCloud, Token};
use crate::app::{AccountLabel, Defaults, Mode};
use crate::config::{Kind, state_dir};
use crate::purchase::Buyer;
use crate::purchase::intents::Credentials;
use crate::simulator::{Options, Scene, Simulator};
use crate::tui::{Connect, Connection, Opened};
use crate::words::tr;

/// The project that the demo pretends to be; any would do.
const PROJECT: &str = "demo-project";

/// Everything that the form needs to run against a simulator of its own.
pub fn opened(scene: Scene, given_state_dir: Option<&std::path::Path>) -> Opened {
    let account = label(&scene);
    let buyer = buyer(&account);
    Opened {
        account,
        connect: connect(scene),
        buyer,
        state_dir: state_dir(given_state_dir, Kind::Demo),
        defaults: Defaults::default(),
    }
}

fn label(scene: &Scene) -> AccountLabel {
    let profile = match scene.name() {
        "normal" => "demo".to_owned(),
        name => format!("demo={name}"),
    };
    AccountLabel {
        mode: Mode::Simulator,
        profile,
        region: "loopback".into(),
        project: PROJECT.into(),
        credentials: tr!("a token of the simulator"),
        endpoint: tr!("the embedded simulator"),
        proxy: None,
    }
}

/// Who buys in the demo.
fn buyer(label: &AccountLabel) -> Buyer {
    Buyer {
        profile: label.profile.clone(),
        // Every run has a simulator of its own, which ends with it.
        endpoint: Buyer::embedded_endpoint(),
        project: label.project.clone(),
        region: label.region.clone(),
        credentials: Credentials::Token,
    }
}

/// Starts the simulator when the connection is first needed.
fn connect(scene: Scene) -> Connect {
    Box::new(move || {
        let scene = scene.clone();
        Box::pin(async move {
            let simulator = Simulator::start(Options { scene, ..Options::default() });
            let simulator = simulator.await.map_err(|error| error.to_string())?;
            let endpoint = Endpoint::parse(&simulator.url()).map_err(|error| error.to_string())?;
            let iam = Some(endpoint.clone());
            let account = Account::new(endpoint, PROJECT, Proof::Token(Token::new("demo")));
            let cloud = HttpCloud::new(Account { iam, ..account }).map_err(|error| error.to_string())?;
            Ok(Connection { cloud: Arc::new(cloud), keeps: Box::new(simulator) })
        })
    })
}
