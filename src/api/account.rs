//! The account that a client speaks for: its endpoints, its project, and the method by which its calls are authenticated.

use crate::api::auth::metadata::Metadata;
use crate::api::credentials::{AccessKey, Login, Token};
use crate::api::endpoint::Endpoint;
use crate::api::error::SetupError;
use crate::api::http::tls::Network;

/// What is needed to speak to one project of the cloud.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where Cloud Phone is spoken to.
    pub endpoint: Endpoint,
    /// Where identities are looked up and tokens are taken (IAM); `None`: nowhere, and the account
    /// cannot be confirmed.
    pub iam: Option<Endpoint>,
    /// Where key pairs are listed (ECS, `platform.md` section 7); `None`: at the same endpoint.
    pub ecs: Option<Endpoint>,
    /// Where key pairs are listed otherwise (KPS, way B); `None`: beside the others, within the vendor's
    /// own domains, or at the same endpoint.
    pub kps: Option<Endpoint>,
    /// The project, as in the paths of all calls; letters, digits, `-` and `_`, at most 64.
    pub project_id: String,
    pub credentials: AuthMethod,
    /// How the way there is found.
    pub network: Network,
}

impl Account {
    /// An account with nothing but the necessary.
    pub fn new(endpoint: Endpoint, project_id: impl Into<String>, credentials: AuthMethod) -> Self {
        let project_id = project_id.into();
        Self { endpoint, iam: None, ecs: None, kps: None, project_id, credentials, network: Network::default() }
    }
}

/// What proves who calls.
#[derive(Debug, Clone)]
pub enum AuthMethod {
    /// A token that was taken elsewhere; it cannot be renewed.
    Token(Token),
    /// A pair of keys that signs every call.
    Key(AccessKey),
    /// A user whose token is taken from IAM, kept in memory, and renewed when it runs out.
    Login(Login),
    /// The keys of the agency that this cloud server runs under, renewed before they run out.
    Agency(Metadata),
}

impl AuthMethod {
    /// Whether the text of the credentials can be sent at all; nothing is asked of anybody.
    pub(super) fn check(&self) -> Result<(), SetupError> {
        match self {
            Self::Token(token) => token.header().map(drop),
            Self::Key(key) => key.check(),
            Self::Login(login) => login.check(),
            Self::Agency(_) => Ok(()),
        }
    }
}
