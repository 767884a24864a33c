//! Starting and stopping a simulator. It listens on the loopback interface and nowhere else.

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

/// The region of a simulator that is told none.
const REGION: &str = "cn-north-4";

/// How a simulator is to be run.
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How the simulated cloud behaves.
    pub scene: Scene,
    /// A file to which each accepted purchase is appended.
    pub ledger: Option<PathBuf>,
    /// The access keys and users it knows.
    pub credentials: Credentials,
    /// Which tokens are valid; a scene may be stricter.
    pub accepted_tokens: AcceptedTokens,
    /// The region whose project is listed, such as `cn-north-4`.
    pub region: String,
    /// Whether it speaks `https`, with a certificate made at the start.
    pub tls: bool,
    /// The versions of TLS it offers if it does.
    pub tls_versions: TlsVersions,
    /// By how many seconds its clock is ahead of the machine's, in place of what the scene says; negative: behind.
    pub clock_offset_s: Option<i64>,
    /// How many requests `access_log` keeps. Purchases are kept apart from the others, ten times as many.
    pub log_entries: usize,
    /// Is told one line a request, safe to print on a terminal.
    pub on_request: Option<Listener>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            scene: Scene::normal(),
            ledger: None,
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

/// Why a simulator did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The address can be reached from other machines.
    #[error("{}", tr!("the simulator listens on this machine only, and {address} is not a loopback address; use 127.0.0.1", address = _0))]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("{}", tr!("the simulator cannot listen on {address}: {why}", address, why = source))]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The ledger file cannot be opened for writing.
    #[error("{}", tr!("the ledger {file} cannot be opened: {why}", file = path.display(), why = source))]
    Ledger {
        /// The file that was asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no certificate to show.
    #[error("{}", tr!("the simulator has no certificate: {why}", why = _0))]
    Certificate(#[from] TlsError),
}

/// A running simulator. Dropping it stops it.
pub struct Simulator {
    address: SocketAddr,
    ca_pem: Option<String>,
    shared: Arc<HandlerState>,
    task: Option<JoinHandle<()>>,
}

impl Simulator {
    /// Starts listening and answering on the current tokio runtime.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let Options { listen, scene, ledger, credentials, accepted_tokens, region, tls, tls_versions, .. } = options;
        if !listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(listen));
        }
        let identity = tls.then(|| TlsIdentity::make(tls_versions)).transpose()?;
        let (ca_pem, acceptor) = identity.map(|identity| (identity.ca_pem, identity.acceptor)).unzip();
        let refused = |source| StartError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let admission = Admission { credentials, accepted_tokens, region, clock_offset_s: options.clock_offset_s };
        let cloud = Cloud::open(scene, admission, ledger.as_deref())
            .map_err(|source| StartError::Ledger { path: ledger.unwrap_or_default(), source })?;
        let stop = CancellationToken::new();
        let socket = Socket { listener, acceptor, limits: cloud.limits(), stop: stop.clone() };
        let log = AccessLog::new(options.on_request, options.log_entries);
        let shared = Arc::new(HandlerState { cloud, log, stop });
        let routes = Router::new().fallback(handler::handle).with_state(Arc::clone(&shared));
        Ok(Self { address, ca_pem, shared, task: Some(tokio::spawn(serve(socket, routes))) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as a base address for clients, without a slash at its end.
    pub fn url(&self) -> String {
        let scheme = if self.ca_pem.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// The certificate in PEM that a client has to trust, when TLS is on.
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// The purchases accepted so far, oldest first.
    pub fn ledger(&self) -> Vec<LedgerEntry> {
        self.shared.cloud.ledger()
    }

    /// The requests seen so far, in the order in which they arrived: the newest ones, see [`Options::log_entries`].
    pub fn access_log(&self) -> Vec<AccessLogEntry> {
        self.shared.log.entries()
    }

    /// Returns how many requests have arrived, those included that `access_log` no longer has.
    pub fn requests(&self) -> u64 {
        self.shared.log.requests()
    }

    /// Returns how many purchases were sent here, accepted or not, those included that `access_log` no longer has.
    pub fn posts(&self) -> u64 {
        self.shared.log.purchases()
    }

    /// Returns the servers that the lists of a project show now, newest order first, before any scene spoils the list.
    pub fn listed_servers(&self, project: &str) -> Vec<ListedServer> {
        self.shared.cloud.listed(project)
    }

    /// Adds an order of somebody else to what the lists show, and returns the identifiers of its servers. It is in no
    /// ledger.
    pub fn add_foreign_order(&self, order: ForeignOrder) -> Vec<String> {
        self.shared.cloud.add_foreign(order)
    }

    /// Returns what time it is by the simulator's clock.
    pub fn now(&self) -> Timestamp {
        self.shared.cloud.clock().now().time()
    }

    /// Lets time pass at once. The clock goes ahead, servers are built further, lists catch up, and tokens expire.
    pub fn advance(&self, by: Duration) {
        self.shared.cloud.clock().advance(by);
    }

    /// Corrects the clock by so many seconds, back if negative. The header `Date` and the times of later orders follow;
    /// no time passes, so nothing is built faster or slower.
    pub fn shift_clock(&self, seconds: i64) {
        self.shared.cloud.clock().shift(seconds);
    }

    /// Stops it, cuts every connection that is still open, and waits until all of that is done.
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
