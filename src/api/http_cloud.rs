//! The HTTP client of an account: its endpoints, credentials and connections, and the URLs of its calls. The operations
//! are in `cloud_impl.rs`.

use reqwest::Url;

use crate::api::account::Account;
use crate::api::auth::request_auth::RequestAuth;
use crate::api::endpoint::Endpoint;
use crate::api::error::SetupError;
use crate::api::hosts::ServiceHosts;
use crate::api::http::client::{LazyClient, Purpose, Timeouts};
use crate::api::iam;
use crate::catalogue::Resource;

/// The cloud of one account. Creating it is cheap and uses neither network nor files.
pub struct HttpCloud {
    pub(super) endpoint: Endpoint,
    pub(super) ecs: Endpoint,
    /// The second source of key pairs, beside ECS; the same endpoint if services have no host names of their own.
    kps: Endpoint,
    pub(super) project_id: String,
    pub(super) auth: RequestAuth,
    pub(super) timeouts: Timeouts,
    pub(super) iam: Option<(Endpoint, LazyClient)>,
    hosts: ServiceHosts,
    reader: LazyClient,
    /// `None`: ECS is at the same endpoint.
    ecs_reader: Option<LazyClient>,
    pub(super) kps_reader: LazyClient,
    pub(super) purchase_client: LazyClient,
}

impl HttpCloud {
    /// Creates the client of an account with the default timeouts.
    pub fn new(account: Account) -> Result<Self, SetupError> {
        Self::with_timeouts(account, Timeouts::default())
    }

    /// Creates the client of an account. Fails if the project id or the credentials cannot be used.
    pub fn with_timeouts(account: Account, timeouts: Timeouts) -> Result<Self, SetupError> {
        let Account { endpoint, iam, ecs, kps, project_id, credentials, network } = account;
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if !(1..=64).contains(&project_id.len()) || !project_id.bytes().all(fits) {
            return Err(SetupError::BadProject);
        }
        let client = |at: &Endpoint, purpose| LazyClient::new(at.clone(), purpose, timeouts, network.clone());
        let token_client = iam.as_ref().map(|iam| iam::token_client(iam, &project_id, timeouts, &network));
        let hosts = ServiceHosts::new(endpoint, iam, ecs, kps);
        let ServiceHosts { phone: endpoint, iam, ecs, kps } = hosts.clone();
        Ok(Self {
            kps_reader: client(&kps, Purpose::Read),
            kps,
            hosts,
            auth: RequestAuth::new(credentials, token_client)?,
            reader: client(&endpoint, Purpose::Read),
            purchase_client: client(&endpoint, Purpose::Purchase),
            ecs_reader: (ecs != endpoint).then(|| client(&ecs, Purpose::Read)),
            iam: iam.map(|iam| (iam.clone(), client(&iam, Purpose::Read))),
            ecs,
            endpoint,
            project_id,
            timeouts,
        })
    }

    /// Returns the endpoints of its calls.
    pub(super) fn hosts(&self) -> &ServiceHosts {
        &self.hosts
    }

    /// Returns the URL of a Cloud Phone call, such as `servers`.
    pub(super) fn phone_url(&self, call: &str) -> Url {
        self.endpoint.at(&format!("/v1/{}/cloud-phone/{call}", self.project_id))
    }

    /// Returns the URL of the offerings by zone, whose path has no `cloud-phone` (`cph.md` 8b).
    pub(super) fn offerings_url(&self) -> Url {
        self.endpoint.at(&format!("/v1/{}/server-model-offerings", self.project_id))
    }

    /// Returns the URL of the key pairs at ECS (`platform.md` section 7, way A).
    pub(super) fn key_pairs_url(&self) -> Url {
        self.ecs.at(&format!("/v2.1/{}/os-keypairs", self.project_id))
    }

    /// Returns the URL of the key pairs at KPS, whose host is `kms` (`platform.md` section 7, way B).
    pub(super) fn kps_url(&self) -> Url {
        self.kps.at(&format!("/v3/{}/keypairs", self.project_id))
    }

    pub(super) fn reader(&self, resource: Resource) -> &LazyClient {
        match resource {
            Resource::KeyPairs => self.ecs_reader.as_ref().unwrap_or(&self.reader),
            Resource::ServerFlavors
            | Resource::PhoneFlavors
            | Resource::Images
            | Resource::Bandwidths
            | Resource::Servers
            | Resource::Offerings => &self.reader,
        }
    }
}
