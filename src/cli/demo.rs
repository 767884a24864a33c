//! The demo: the embedded simulator on a free loopback port, and the real client against it.

use std::pin::Pin;
use std::sync::Arc;

use crate::api::{Account, Credentials as Proof, Endpoint, HttpCloud, Token};
use crate::app::AccountLabel;
use crate::purchase::Buyer;
use crate::purchase::intents::Credentials;
use crate::simulator::{Options, Scene, Simulator};
use crate::tui::{Connect, Connection};

/// The project that the demo pretends to be; any would do.
const PROJECT: &str = "demo-project";

pub fn label(scene: &Scene) -> AccountLabel {
    let profile = match scene.name() {
        "normal" => "demo".to_owned(),
        name => format!("demo={name}"),
    };
    AccountLabel { live: false, profile, region: "loopback".into(), project: PROJECT.into() }
}

/// Who buys in the demo.
pub fn buyer(label: &AccountLabel) -> Buyer {
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
pub fn connect(scene: Scene) -> Connect {
    Box::new(move || -> Pin<Box<dyn Future<Output = Result<Connection, String>> + Send>> {
        Box::pin(async move {
            let simulator = Simulator::start(Options { scene, ..Options::default() });
            let simulator = simulator.await.map_err(|error| error.to_string())?;
            let endpoint = Endpoint::parse(&simulator.url()).map_err(|error| error.to_string())?;
            let account = Account::new(endpoint, PROJECT, Proof::Token(Token::new("demo")));
            let cloud = HttpCloud::new(account).map_err(|error| error.to_string())?;
            Ok(Connection { cloud: Arc::new(cloud), keeps: Box::new(simulator) })
        })
    })
}
