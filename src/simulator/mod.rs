//! A simulated cloud: an HTTP server on the loopback interface that sells servers which do not exist.
//! It is a second, independent reading of the operation's documents and must not use any other module of ours.
//!
//! ```text
//! wire (TCP) -> exchange (HTTP) -> cloud: route -> door -> rules (purchase) -> orders -> ledger
//!                                              `-> lists (on sale), inventory (bought)
//! ```

mod catalogue;
mod clock;
mod cloud;
mod exchange;
mod farm;
mod identifiers;
mod inventory;
mod ledger;
mod lists;
mod network;
mod orders;
mod purchase;
mod query;
mod refusal;
mod route;
mod rules;
mod scene;
mod server;
mod tls;
mod wire;
mod wire_log;
mod world;

pub use ledger::LedgerEntry;
pub use purchase::{Bandwidth, Billing, Period, Port, Purchase};
pub use refusal::Refusal;
pub use rules::judge;
pub use scene::{Scene, SceneError};
pub use server::{Options, Simulator, StartError};
pub use tls::{TlsError, TlsVersions};
pub use wire_log::WireEntry;
pub use world::World;
