//! The cloud for the rest of the program: lists in domain terms, and one call that costs money. The HTTP client, its
//! JSON and its special cases stay inside this module. Nothing here decides the state of an order: `purchase` does
//! that.

mod account;
mod auth;
mod cloud;
mod cloud_impl;
mod credentials;
pub mod doctor;
mod dry_run;
mod endpoint;
mod error;
mod hosts;
mod http;
mod http_cloud;
mod iam;
mod lists;
mod observation;
mod reason;
mod trace;
mod wire;

#[cfg(test)]
mod tests;

/// The item type of server lists, for modules that use the cloud but not the catalogue.
pub use crate::catalogue::Server;
pub use account::{Account, AuthMethod};
pub use auth::metadata::Metadata;
pub use cloud::{ApiFuture, BeforeFirstByte, Cloud, ServerList};
pub use credentials::{AccessKey, Login, Token};
pub use endpoint::{Endpoint, EndpointError};
pub use error::{ReadError, SetupError};
pub use hosts::ServiceHosts;
pub use http::ca_file::{CaFile, CaFileError};
pub use http::client::Timeouts;
pub use http::pagination::Gap;
pub use http::retry_policy::{NO_OBSERVER, RetryNotice, RetryObserver, RetryPolicy};
pub use http::tls::{Network, ProxyShown};
pub use http_cloud::HttpCloud;
pub use iam::{Iam, Identity, NamedId};
pub use observation::{CallEnd, Observation, PrepareError, WithheldError};
pub use reason::{AnswerFault, FailureReason, MetadataFault};
pub use trace::{AuthScheme, CallRecord, Excerpt, HeaderRecord, MAX_EXCERPT_BYTES, Observer, ResponseRecord};
