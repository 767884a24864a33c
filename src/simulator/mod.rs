//! A simulated cloud: an HTTP server on the loopback interface that sells servers that do not exist. It implements the
//! documents a second time, independently, and must use no module of this crate except `crate::signing` and
//! `crate::i18n`.
//!
//! ```text
//! connection (TCP, tls, timeouts) -> serve -> handler (HTTP) -> cloud
//! cloud: route -> authenticator -> fault_injection -> rules (purchase) -> orders -> ledger
//!   |                       |- lists (on sale), inventory (bought here, foreign_orders; kept in a world)
//!   |                       `- iam (tokens, projects)
//!   `-> generation -> response -> corrupt_list, delivery
//! ```

mod addresses;
mod api_error;
mod auth;
mod built_in_scenes;
mod catalogue;
mod clock;
mod cloud;
mod corrupt_list;
mod fault_injection;
mod foreign_orders;
mod generation;
mod http;
mod identifiers;
mod inventory;
mod ledger;
mod lists;
mod orders;
mod provisioning;
mod purchase;
mod request;
mod rules;
mod scene;
mod scene_settings;
mod server;
mod validation_context;
mod world;

pub use api_error::ApiError;
pub use auth::credentials::{Credentials, CredentialsError};
pub use auth::tokens::AcceptedTokens;
pub use foreign_orders::{ForeignOrder, Numbering, ShownOrderId};
pub use http::access_log::AccessLogEntry;
pub use http::tls::{TlsError, TlsVersions};
pub use inventory::ListedServer;
pub use ledger::LedgerEntry;
pub use purchase::{Bandwidth, Billing, Period, Port, Purchase};
pub use rules::validate_purchase;
pub use scene::{Scene, SceneError};
pub use server::{Options, Simulator, StartError};
pub use validation_context::ValidationContext;
pub use world::{SaveWorld, SavedWorld, World, WorldError};
