//! The identity behind credentials, and the projects that they give access to (`platform.md` sections 1 and 2).

use serde_json::Value;

use crate::api::account::AuthMethod;
use crate::api::auth::request_auth::RequestAuth;
use crate::api::auth::token::{Scope, TokenClient};
use crate::api::endpoint::Endpoint;
use crate::api::error::{ReadError, SetupError};
use crate::api::http::client::{LazyClient, Purpose, Timeouts};
use crate::api::http::get::get;
use crate::api::http::json_response::JsonResponse;
use crate::api::http::tls::Network;
use crate::api::trace::Observer;
use crate::api::wire::rows;
use crate::text::untrusted;

/// An id and a name, both in a form that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedId {
    pub id: String,
    pub name: String,
}

impl NamedId {
    pub(super) fn from_json(value: Option<&Value>) -> Option<Self> {
        let text = |name: &str| untrusted::label(value?.get(name)?.as_str()?);
        Some(Self { id: text("id")?, name: text("name")? })
    }
}

/// The account and project of credentials, as IAM returns them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account, which IAM calls a domain.
    pub account: Option<NamedId>,
    /// The project of the orders.
    pub project: Option<NamedId>,
    /// True if the project is among those that the credentials give access to.
    pub is_listed: bool,
    /// Seconds by which this machine's clock is ahead of the cloud's, if it was measured.
    pub clock_ahead: Option<i64>,
}

/// A client of IAM with the credentials of an account.
pub struct Iam {
    endpoint: Endpoint,
    reader: LazyClient,
    auth: RequestAuth,
}

impl Iam {
    /// Creates a client of IAM for credentials whose project is not known yet. `region` is the name of the project that
    /// a user with a password logs in to first.
    pub fn new(
        endpoint: Endpoint,
        credentials: AuthMethod,
        region: &str,
        network: &Network,
        timeouts: Timeouts,
    ) -> Result<Self, SetupError> {
        let client = || LazyClient::new(endpoint.clone(), Purpose::Read, timeouts, network.clone());
        let scope = Scope::ProjectName(region.to_owned());
        let login = TokenClient { client: client(), url: endpoint.at("/v3/auth/tokens"), scope };
        let auth = RequestAuth::new(credentials, Some(login))?;
        Ok(Self { reader: client(), auth, endpoint })
    }

    /// Sets the observer of all calls. Only the first observer is kept; setting another has no effect.
    pub fn observe(&self, observer: Observer) {
        self.auth.tracer.observe(observer);
    }

    /// Reads the enabled projects that the credentials give access to, of one region or of all, sorted by name: a
    /// region's built-in project comes before its sub-projects. The list of all projects omits that of the object
    /// storage, `MOS`, in which nothing can be ordered.
    pub async fn projects(&self, region: Option<&str>) -> Result<Vec<NamedId>, ReadError> {
        let mut projects = projects(&self.auth, &self.reader, &self.endpoint).await?;
        projects.retain(|project| match region {
            Some(region) => project.name == region || is_sub_project(&project.name, region),
            None => project.name != "MOS",
        });
        projects.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(projects)
    }

    /// Reads the account that the credentials belong to.
    pub async fn account(&self) -> Result<Option<NamedId>, ReadError> {
        account(&self.auth, &self.reader, &self.endpoint).await
    }

    /// Returns the seconds by which this machine's clock is ahead of IAM's; `None` before the first response.
    pub fn clock_ahead(&self) -> Option<i64> {
        self.auth.skew.seconds()
    }
}

fn is_sub_project(name: &str, region: &str) -> bool {
    name.strip_prefix(region).is_some_and(|rest| rest.starts_with('_'))
}

/// Asks IAM for the account and the project of the credentials, with one call each. An account that cannot be read is
/// `None`, not an error.
pub(super) async fn identify(
    auth: &RequestAuth,
    reader: &LazyClient,
    iam: &Endpoint,
    project_id: &str,
) -> Result<Identity, ReadError> {
    let listed = projects(auth, reader, iam).await?;
    let project = listed.into_iter().find(|project| project.id == project_id);
    // An account that may not be read is no reason to doubt the project.
    let account = account(auth, reader, iam).await.unwrap_or(None);
    let is_listed = project.is_some();
    Ok(Identity { account, project, is_listed, clock_ahead: auth.skew.seconds() })
}

async fn projects(auth: &RequestAuth, reader: &LazyClient, iam: &Endpoint) -> Result<Vec<NamedId>, ReadError> {
    let page = get(auth, reader, None, iam.at("/v3/auth/projects")).await?;
    list(&page, "projects", |row| row.get("enabled").and_then(Value::as_bool) != Some(false))
}

async fn account(auth: &RequestAuth, reader: &LazyClient, iam: &Endpoint) -> Result<Option<NamedId>, ReadError> {
    let page = get(auth, reader, None, iam.at("/v3/auth/domains")).await?;
    Ok(list(&page, "domains", |_| true)?.into_iter().next())
}

fn list(page: &JsonResponse, name: &'static str, takes: impl Fn(&Value) -> bool) -> Result<Vec<NamedId>, ReadError> {
    rows(&page.object, &[name]).map_err(|why| ReadError::Unreadable { why, request_id: page.request_id.clone() })?;
    let rows = page.object.get(name).and_then(Value::as_array).into_iter().flatten();
    Ok(rows.filter(|row| takes(row)).filter_map(|row| NamedId::from_json(Some(row))).collect())
}

/// Creates the token client of an account whose project is known.
pub(super) fn token_client(iam: &Endpoint, project_id: &str, timeouts: Timeouts, network: &Network) -> TokenClient {
    TokenClient {
        client: LazyClient::new(iam.clone(), Purpose::Read, timeouts, network.clone()),
        url: iam.at("/v3/auth/tokens"),
        scope: Scope::ProjectId(project_id.to_owned()),
    }
}
