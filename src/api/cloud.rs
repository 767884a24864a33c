//! The trait `Cloud`: the operations of Huawei Cloud that the program needs, in domain terms, with the types of their
//! results.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::api::error::ReadError;
use crate::api::http::pagination::Gap;
use crate::api::http::retry_policy::RetryObserver;
use crate::api::iam::Identity;
use crate::api::observation::{Observation, WithheldError};
use crate::api::trace::Observer;
use crate::catalogue::{Listing, Resource, Server};

/// The future of an API call's result.
pub type ApiFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The action to run once the connection is established and before the first byte of an order is sent. If it fails,
/// nothing is sent. It may block for as long as a disk takes.
pub type BeforeFirstByte = Box<dyn FnOnce() -> Result<(), WithheldError> + Send + Sync>;

/// The servers of a project as one reading returned them, for the search for an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerList {
    pub servers: Vec<Server>,
    /// The reasons why something may be missing; empty if the list is complete.
    pub gaps: BTreeSet<Gap>,
    /// Seconds by which this machine's clock was ahead of the service's, by the date of the last page; `None` if it had
    /// no date.
    pub clock_ahead: Option<i64>,
}

/// The cloud in domain terms. There is one production implementation: [`crate::api::HttpCloud`].
pub trait Cloud: Send + Sync {
    /// Reads a complete list, all its pages, within the limits of the `pagination` module.
    ///
    /// A page that fails with a transient error is retried a few times; `observer` is called before the pause of each
    /// retry. The error says what happened and that the list is unknown: a partial list is never returned as the
    /// complete one.
    fn list<'a>(&'a self, resource: Resource, observer: RetryObserver<'a>)
    -> ApiFuture<'a, Result<Listing, ReadError>>;

    /// Reads the servers that an order for `name` can have created: those called `name`, or `name`, a hyphen and one to
    /// five digits (`cph.md` 3.4). They are filtered here because the cloud's own filter is fuzzy.
    fn servers_named<'a>(&'a self, name: &'a str) -> ApiFuture<'a, Result<Vec<Server>, ReadError>>;

    /// Reads all servers of the project, and the reasons why the list may be incomplete. With an observer, a page that
    /// fails with a transient error is retried as in `list`; without one, nothing is retried.
    fn all_servers<'a>(&'a self, observer: Option<RetryObserver<'a>>) -> ApiFuture<'a, Result<ServerList, ReadError>>;

    /// Reads the ids of the servers that the jobs of a request created; empty if it had no jobs. Whether a purchase has
    /// jobs at all is not documented (`cph.md` 12.2).
    fn server_ids_of_request<'a>(&'a self, request_id: &'a str) -> ApiFuture<'a, Result<BTreeSet<String>, ReadError>>;

    /// Asks IAM for the account and the project of the credentials that send the orders; `None` if no IAM is known.
    fn identify(&self) -> ApiFuture<'_, Result<Option<Identity>, ReadError>>;

    /// Returns the seconds by which this machine's clock is ahead of the cloud's, according to the last response with a
    /// date; negative if it is behind, `None` if it was not measured.
    fn clock_ahead(&self) -> Option<i64> {
        None
    }

    /// Sends the purchase: exactly one POST with exactly these bytes, after `before` has succeeded. It is never
    /// retried, and no redirect is followed. The observation holds facts only and concludes nothing.
    ///
    /// Once polled, the future has to be driven to its end: if it is dropped midway, the only record of the call is
    /// lost, and the state of the order is unknown.
    fn purchase(&self, body: Arc<[u8]>, before: BeforeFirstByte) -> ApiFuture<'_, Observation>;

    /// Sets the observer of all later calls. Only the first observer is kept; setting another has no effect.
    fn observe(&self, observer: Observer) {
        drop(observer);
    }
}
