//! The account that a client works for: its endpoints, its project, and the method that authenticates its calls.

use crate::api::auth::metadata::Metadata;
use crate::api::credentials::{AccessKey, Login, Token};
use crate::api::endpoint::Endpoint;
use crate::api::error::SetupError;
use crate::api::http::tls::Network;

/// The data needed to call the services of one project.
#[derive(Debug, Clone)]
pub struct Account {
    /// The endpoint of Cloud Phone.
    pub endpoint: Endpoint,
    /// The endpoint of IAM, which identifies callers and issues tokens. `None`: there is none, and the account cannot
    /// be confirmed.
    pub iam: Option<Endpoint>,
    /// The endpoint of ECS, which lists key pairs (`platform.md` section 7). `None`: the same endpoint as Cloud Phone.
    pub ecs: Option<Endpoint>,
    /// The endpoint of KPS, which also lists key pairs (way B). `None`: beside ECS within the vendor's own domains,
    /// otherwise the same endpoint as ECS.
    pub kps: Option<Endpoint>,
    /// The project id in the paths of all calls: letters, digits, `-` and `_`, at most 64.
    pub project_id: String,
    pub credentials: AuthMethod,
    /// The TLS and proxy settings.
    pub network: Network,
}

impl Account {
    /// Creates an account with the required values only.
    pub fn new(endpoint: Endpoint, project_id: impl Into<String>, credentials: AuthMethod) -> Self {
        let project_id = project_id.into();
        Self { endpoint, iam: None, ecs: None, kps: None, project_id, credentials, network: Network::default() }
    }
}

/// The method that authenticates calls.
#[derive(Debug, Clone)]
pub enum AuthMethod {
    /// A token that was obtained elsewhere; it cannot be renewed.
    Token(Token),
    /// An access key, which signs every call.
    Key(AccessKey),
    /// A user name and password. A token is requested from IAM, kept in memory, and renewed before it expires or when
    /// it is refused.
    Login(Login),
    /// The temporary keys of this cloud server's agency, renewed before they expire.
    Agency(Metadata),
}

impl AuthMethod {
    /// Checks that the credentials are complete and can be sent. It makes no call.
    pub(super) fn check(&self) -> Result<(), SetupError> {
        match self {
            Self::Token(token) => token.header().map(drop),
            Self::Key(key) => key.check(),
            Self::Login(login) => login.check(),
            Self::Agency(_) => Ok(()),
        }
    }
}
