//! A simulated cloud: an HTTP server on the loopback interface that sells servers which do not exist.
//! It is a second, independent reading of the documents and must use no module of ours but `crate::signing`.
//!
//! ```text
//! wire (TCP, tls, timeouts) -> serving -> exchange (HTTP) -> cloud
//! cloud: route -> door -> weather -> rules (purchase) -> orders -> ledger
//!   |                       |- lists (on sale), inventory (bought here, foreign)
//!   |                       `- iam (tokens, projects)
//!   `-> generation -> answer -> mangle, delivery
//! ```

mod answer;
mod catalogue;
mod clock;
mod cloud;
mod credentials;
mod delivery;
mod door;
mod exchange;
mod farm;
mod foreign;
mod generation;
mod iam;
mod identifiers;
mod inventory;
mod ledger;
mod lists;
mod locks;
mod mangle;
mod network;
mod orders;
mod purchase;
mod query;
mod refusal;
mod route;
mod rules;
mod scene;
mod scenes;
mod server;
mod serving;
mod settings;
mod timeouts;
mod tls;
mod tokens;
mod verify;
mod weather;
mod wire;
mod wire_log;
mod world;

pub use credentials::{Credentials, CredentialsError};
pub use foreign::{ForeignOrder, Numbering, ShownOrderId};
pub use inventory::ListedServer;
pub use ledger::LedgerEntry;
pub use purchase::{Bandwidth, Billing, Period, Port, Purchase};
pub use refusal::Refusal;
pub use rules::judge;
pub use scene::{Scene, SceneError};
pub use server::{Options, Simulator, StartError};
pub use tls::{TlsError, TlsVersions};
pub use tokens::Tokens;
pub use wire_log::WireEntry;
pub use world::World;
