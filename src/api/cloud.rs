//! The trait `Cloud`: what the program asks of Huawei Cloud, in the domain's words, with the types of its answers.

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

/// An answer that is still on its way.
pub type ApiFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What has to be done once the connection stands and before the first byte of an order leaves; if
/// it fails, nothing leaves. It may block for as long as a disk takes.
pub type BeforeFirstByte = Box<dyn FnOnce() -> Result<(), WithheldError> + Send + Sync>;

/// The servers of a project as one reading showed them, in search of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerList {
    pub servers: Vec<Server>,
    /// Why something may be missing; empty if the list is whole.
    pub gaps: BTreeSet<Gap>,
    /// Seconds that this machine's clock was ahead of the servers' during the reading; `None` if no answer told it.
    pub clock_ahead: Option<i64>,
}

/// The cloud, in the domain's words. One production implementation: [`crate::api::HttpCloud`].
pub trait Cloud: Send + Sync {
    /// Reads a whole list, all its pages, within the bounds of `pages`.
    ///
    /// A page that fails for a reason that may pass is asked for again a few times; `observer` is called for
    /// each repetition before its pause. The error says what happened and that the list is unknown;
    /// a part of a list is never given out as the whole.
    fn list<'a>(&'a self, resource: Resource, observer: RetryObserver<'a>)
    -> ApiFuture<'a, Result<Listing, ReadError>>;

    /// The servers that an order for `name` can have made: those called `name`, or `name`, a
    /// hyphen and one to five digits (`cph.md` 3.4). The cloud's own filter is fuzzy.
    fn servers_named<'a>(&'a self, name: &'a str) -> ApiFuture<'a, Result<Vec<Server>, ReadError>>;

    /// Reads all servers of the project, and what may be missing from the list. A page that fails for a reason that may pass
    /// is asked for again if somebody hears of it, as in `list`.
    fn all_servers<'a>(&'a self, observer: Option<RetryObserver<'a>>) -> ApiFuture<'a, Result<ServerList, ReadError>>;

    /// The ids of the servers that the jobs of a request made; none if it had no jobs. Whether a purchase has
    /// jobs at all is not documented (`cph.md` 12.2).
    fn server_ids_of_request<'a>(&'a self, request_id: &'a str) -> ApiFuture<'a, Result<BTreeSet<String>, ReadError>>;

    /// Whom the very credentials of the orders speak for, asked of IAM; `None` if no IAM is known.
    fn identify(&self) -> ApiFuture<'_, Result<Option<Identity>, ReadError>>;

    /// Seconds that this machine's clock is ahead of the cloud's, as the last answer told; negative: behind.
    fn clock_ahead(&self) -> Option<i64> {
        None
    }

    /// Sends the purchase: exactly one POST with exactly these bytes, after `before` is done. It is never repeated and no
    /// redirect is followed. The observation tells what was seen; it concludes nothing.
    ///
    /// Once polled, the future has to be driven to its end: dropped in between it takes the only
    /// witness of the call with it, and what became of the order is unknown.
    fn purchase(&self, body: Arc<[u8]>, before: BeforeFirstByte) -> ApiFuture<'_, Observation>;

    /// Sets the observer of every call from now on; the first one stays.
    fn observe(&self, observer: Observer) {
        drop(observer);
    }
}
