//! Starts and stops a simulator. It listens on the loopback interface only.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use jiff::Timestamp;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::i18n::tr;

use super::auth::credentials::Credentials;
use super::auth::tokens::AcceptedTokens;
use super::cloud::{Admission, Cloud};
use super::foreign_orders::ForeignOrder;
use super::http::access_log::{AccessLog, AccessLogEntry, KEPT, Listener};
use super::http::connection::Socket;
use super::http::handler::{self, HandlerState};
use super::http::serve::serve;
use super::http::tls::{TlsError, TlsIdentity, TlsVersions};
use super::inventory::ListedServer;
use super::ledger::LedgerEntry;
use super::scene::Scene;
use super::world::SavedWorld;

/// The default region.
const REGION: &str = "cn-north-4";

/// The settings of a simulator.
pub struct Options {
    /// The address to listen on, which must be a loopback address; port 0 selects a free port.
    pub listen: SocketAddr,
    /// The behaviour of the simulated cloud.
    pub scene: Scene,
    /// A file to which each accepted purchase is appended.
    pub ledger: Option<PathBuf>,
    /// The orders of earlier runs, and where they are saved. `None` starts without any and saves none.
    pub world: Option<SavedWorld>,
    /// The access keys and users that the cloud accepts.
    pub credentials: Credentials,
    /// The tokens that are accepted. If either this setting or the scene is `Issued`, only issued tokens are.
    pub accepted_tokens: AcceptedTokens,
    /// The region whose project is listed, such as `cn-north-4`.
    pub region: String,
    /// True for `https`, with a certificate created at the start.
    pub tls: bool,
    /// The versions of TLS that are offered if `tls` is set.
    pub tls_versions: TlsVersions,
    /// The number of seconds by which the clock is ahead of the machine's, or behind it if negative. Replaces the
    /// setting of the scene.
    pub clock_offset_s: Option<i64>,
    /// The number of requests that `access_log` keeps. Purchases are kept separately from the others, ten times as
    /// many.
    pub log_entries: usize,
    /// A callback that receives one line for each request, safe to print on a terminal.
    pub on_request: Option<Listener>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            scene: Scene::normal(),
            ledger: None,
            world: None,
            credentials: Credentials::documented(),
            accepted_tokens: AcceptedTokens::Any,
            region: REGION.to_owned(),
            tls: false,
            tls_versions: TlsVersions::Both,
            clock_offset_s: None,
            log_entries: KEPT,
            on_request: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("listen", &self.listen)
            .field("scene", &self.scene.name())
            .field("ledger", &self.ledger)
            .field("credentials", &self.credentials)
            .field("accepted_tokens", &self.accepted_tokens)
            .field("region", &self.region)
            .field("tls", &self.tls)
            .field("clock_offset_s", &self.clock_offset_s)
            .finish_non_exhaustive()
    }
}

/// A reason that a simulator did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The address can be reached from other machines.
    #[error("{}", tr!("the simulator listens on this machine only, and {address} is not a loopback address; use 127.0.0.1", address = _0))]
    NotLoopback(SocketAddr),
    /// The system does not allow listening on the address.
    #[error("{}", tr!("the simulator cannot listen on {address}: {why}", address, why = source))]
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// The error of the system.
        source: io::Error,
    },
    /// The ledger file cannot be opened for writing.
    #[error("{}", tr!("the ledger {file} cannot be opened: {why}", file = path.display(), why = source))]
    Ledger {
        /// The requested file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The certificate for TLS could not be created.
    #[error("{}", tr!("the simulator has no certificate: {why}", why = _0))]
    Certificate(#[from] TlsError),
}

/// A running simulator. Dropping it stops it without waiting.
pub struct Simulator {
    address: SocketAddr,
    ca_pem: Option<String>,
    shared: Arc<HandlerState>,
    task: Option<JoinHandle<()>>,
}

impl Simulator {
    /// Starts to listen and to serve on the current tokio runtime. `Err` if the address is not a loopback address or
    /// not available, the ledger file cannot be opened, or there is no certificate.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let Options { listen, scene, ledger, world, credentials, accepted_tokens, region, tls, tls_versions, .. } =
            options;
        if !listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(listen));
        }
        let identity = tls.then(|| TlsIdentity::make(tls_versions)).transpose()?;
        let (ca_pem, acceptor) = identity.map(|identity| (identity.ca_pem, identity.acceptor)).unzip();
        let refused = |source| StartError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let admission = Admission { credentials, accepted_tokens, region, clock_offset_s: options.clock_offset_s };
        let cloud = Cloud::open(scene, admission, ledger.as_deref(), world)
            .map_err(|source| StartError::Ledger { path: ledger.unwrap_or_default(), source })?;
        let stop = CancellationToken::new();
        let socket = Socket { listener, acceptor, limits: cloud.limits(), stop: stop.clone() };
        let log = AccessLog::new(options.on_request, options.log_entries);
        let shared = Arc::new(HandlerState { cloud, log, stop });
        let routes = Router::new().fallback(handler::handle).with_state(Arc::clone(&shared));
        Ok(Self { address, ca_pem, shared, task: Some(tokio::spawn(serve(socket, routes))) })
    }

    /// Returns the address that it listens on, with the actual port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base address for clients, `http` or `https`, without a trailing slash.
    pub fn url(&self) -> String {
        let scheme = if self.ca_pem.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Returns the certificate in PEM that clients must trust, or `None` without TLS.
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// Returns the purchases accepted so far, oldest first.
    pub fn ledger(&self) -> Vec<LedgerEntry> {
        self.shared.cloud.ledger()
    }

    /// Returns the newest requests in the order of their arrival; [`Options::log_entries`] limits their number.
    pub fn access_log(&self) -> Vec<AccessLogEntry> {
        self.shared.log.entries()
    }

    /// Returns the number of all requests so far, including those that `access_log` no longer has.
    pub fn requests(&self) -> u64 {
        self.shared.log.requests()
    }

    /// Returns the number of all purchases so far, accepted or not, including those that `access_log` no longer has.
    pub fn posts(&self) -> u64 {
        self.shared.log.purchases()
    }

    /// Returns the servers that the lists of a project show now, newest order first, before any tampering with the
    /// list.
    pub fn listed_servers(&self, project: &str) -> Vec<ListedServer> {
        self.shared.cloud.listed(project)
    }

    /// Adds an order of somebody else to the lists and returns the identifiers of its servers. The ledger does not
    /// contain it.
    pub fn add_foreign_order(&self, order: ForeignOrder) -> Vec<String> {
        self.shared.cloud.add_foreign(order)
    }

    /// Returns the current time by the simulator's clock.
    pub fn now(&self) -> Timestamp {
        self.shared.cloud.clock().now().time()
    }

    /// Advances the time. The clock changes, servers progress, lists show newer servers, and tokens expire.
    pub fn advance(&self, by: Duration) {
        self.shared.cloud.clock().advance(by);
    }

    /// Corrects the clock by this many seconds, back if negative. The header `Date` and the times of later orders
    /// follow; no time passes, so nothing is created faster or slower.
    pub fn shift_clock(&self, seconds: i64) {
        self.shared.cloud.clock().shift(seconds);
    }

    /// Stops the simulator, resets or closes every open connection, and waits until that is done.
    pub async fn stop(mut self) {
        self.shared.stop.cancel();
        if let Some(task) = self.task.take() {
            // A task that was cancelled with its runtime has stopped as well.
            let _ = task.await;
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.shared.stop.cancel();
    }
}

impl fmt::Debug for Simulator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Simulator").field("address", &self.address).finish_non_exhaustive()
    }
}
