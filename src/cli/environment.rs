//! The account that the environment names: `CPH_WIZARD_ENDPOINT`, `CPH_WIZARD_TOKEN` and
//! `CPH_WIZARD_PROJECT_ID`.

use std::env;
use std::pin::Pin;
use std::sync::Arc;

use crate::api::{Account, Credentials as Proof, Endpoint, HttpCloud, Token};
use crate::app::AccountLabel;
use crate::failure::Failure;
use crate::purchase::Buyer;
use crate::purchase::intents::Credentials;
use crate::tui::{Connect, Connection};

/// An endpoint, a project and a token.
pub struct Environment {
    endpoint: Endpoint,
    project_id: String,
    token: Token,
}

impl Environment {
    pub fn read() -> Result<Self, Failure> {
        let (Ok(endpoint), Ok(token), Ok(project_id)) =
            (env::var("CPH_WIZARD_ENDPOINT"), env::var("CPH_WIZARD_TOKEN"), env::var("CPH_WIZARD_PROJECT_ID"))
        else {
            return Err(Failure::NoAccount);
        };
        let endpoint = Endpoint::parse(&endpoint).map_err(|error| Failure::Usage(error.to_string()))?;
        Ok(Self { endpoint, project_id, token: Token::new(&token) })
    }

    pub fn label(&self) -> AccountLabel {
        AccountLabel {
            // Only the demo knows that nothing real is behind it: an address on this machine may be a
            // way to the real service.
            live: true,
            profile: "environment".into(),
            region: self.endpoint.host().to_owned(),
            project: self.project_id.clone(),
        }
    }

    pub fn buyer(&self) -> Buyer {
        Buyer {
            profile: "environment".into(),
            endpoint: self.endpoint.to_string().trim_start_matches("https://").trim_start_matches("http://").to_owned(),
            project: self.project_id.clone(),
            region: self.endpoint.host().to_owned(),
            credentials: Credentials::Token,
        }
    }

    /// The client; nothing is asked yet.
    pub fn cloud(self) -> Result<HttpCloud, Failure> {
        let account = Account::new(self.endpoint, self.project_id, Proof::Token(self.token));
        HttpCloud::new(account).map_err(|error| Failure::Usage(error.to_string()))
    }

    pub fn connect(self) -> Connect {
        Box::new(move || -> Pin<Box<dyn Future<Output = Result<Connection, String>> + Send>> {
            Box::pin(async move {
                let cloud = self.cloud().map_err(|error| error.to_string())?;
                Ok(Connection { cloud: Arc::new(cloud), keeps: Box::new(()) })
            })
        })
    }
}
