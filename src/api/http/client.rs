//! HTTP clients, their timeouts and connection pools: one for reading lists, and one for the purchase only. Both are
//! built when first needed, because reading the machine's root certificates takes a while.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, redirect, retry};
use tokio::sync::OnceCell;

use crate::api::endpoint::Endpoint;
use crate::api::http::retry_policy::RetryPolicy;
use crate::api::http::tls::Network;
use crate::api::http::transport_error;
use crate::api::reason::FailureReason;

/// The time limits of calls, and the retries of reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Name resolution, connect and TLS, for any call.
    pub connect: Duration,
    /// A whole read, for each page separately.
    pub read: Duration,
    /// The whole purchase call; longer than the gateway waits for its backend.
    pub purchase: Duration,
    /// The retries of reads after transient errors.
    pub retry: RetryPolicy,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(60),
            purchase: Duration::from_secs(150),
            retry: RetryPolicy::default(),
        }
    }
}

/// The purpose of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::api) enum Purpose {
    /// GETs, which may share a connection.
    Read,
    /// The one POST, on a connection of its own.
    Purchase,
}

/// A client that is built on first use.
pub(in crate::api) struct LazyClient {
    endpoint: Endpoint,
    purpose: Purpose,
    timeouts: Timeouts,
    network: Network,
    client: OnceCell<Client>,
}

impl LazyClient {
    pub(in crate::api) fn new(endpoint: Endpoint, purpose: Purpose, timeouts: Timeouts, network: Network) -> Self {
        Self { endpoint, purpose, timeouts, network, client: OnceCell::new() }
    }

    /// Returns the client, which is built on first use. The error says why it could not be built; nothing was sent
    /// then.
    pub(in crate::api) async fn client(&self) -> Result<&Client, FailureReason> {
        self.client.get_or_try_init(|| self.build()).await
    }

    /// Returns the time limit of a read, in seconds.
    pub(in crate::api) fn read_limit(&self) -> u64 {
        self.timeouts.read.as_secs()
    }

    async fn build(&self) -> Result<Client, FailureReason> {
        let builder = builder(&self.endpoint, self.purpose, self.timeouts);
        if self.endpoint.is_plain() {
            return built(self.network.apply(builder, &self.endpoint)?);
        }
        // Certificates come from files: off the threads that keep the screen alive.
        let (network, endpoint) = (self.network.clone(), self.endpoint.clone());
        let task = tokio::task::spawn_blocking(move || built(network.apply(builder, &endpoint)?));
        task.await.map_err(|_| FailureReason::ClientPanicked)?
    }
}

fn built(builder: ClientBuilder) -> Result<Client, FailureReason> {
    builder.build().map_err(|error| transport_error::build_reason(&error))
}

fn builder(endpoint: &Endpoint, purpose: Purpose, timeouts: Timeouts) -> ClientBuilder {
    // Without a provider the library panics, even for plain http. "Already installed" is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A followed redirect would carry the token to another host and repeat a 307's body.
    let redirects = redirect::Policy::none();
    let builder = Client::builder()
        .user_agent(concat!("cph-wizard/", env!("CARGO_PKG_VERSION")))
        .redirect(redirects)
        .retry(retry::never())
        .http1_only()
        .connect_timeout(timeouts.connect)
        .https_only(!endpoint.is_plain());
    match purpose {
        Purpose::Read => builder.timeout(timeouts.read).pool_idle_timeout(Duration::from_secs(15)),
        // A pooled connection may be dead already, and a library may send again on a second one.
        Purpose::Purchase => builder.timeout(timeouts.purchase).pool_max_idle_per_host(0),
    }
}
