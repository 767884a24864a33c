//! The account that the environment names: `CPH_WIZARD_ENDPOINT`, `CPH_WIZARD_TOKEN` and
//! `CPH_WIZARD_PROJECT_ID`.

use std::env;

use crate::api::{Account, Credentials as Proof, Endpoint, HttpCloud, Token};
use crate::failure::Failure;
use crate::purchase::Buyer;
use crate::purchase::intents::Credentials;

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
}
