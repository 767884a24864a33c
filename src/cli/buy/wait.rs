//! `--wait`: waits until the servers of an order are ready, or until it is known whether the order exists. This only
//! reads: the end of the wait changes nothing about the order.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until};
use uuid::Uuid;

use crate::api::Cloud;
use crate::catalogue::{Server, ServerStatus};
use crate::i18n::tr;
use crate::purchase::intents::search_offset;
use crate::purchase::{Buyer, PurchaseService, Reconciled};
use crate::text::sanitize::visible;

/// The interval between reads of the servers: 2 s for the first 60 reads, 10 s after that.
const FIRST_INTERVAL: Duration = Duration::from_secs(2);
const LATER_INTERVAL: Duration = Duration::from_secs(10);
const FIRST_INTERVAL_READINGS: u32 = 60;

/// The state that `--wait` waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Until {
    /// The order exists; one in doubt is looked for
    Accepted,
    /// All its servers are ready
    Ready,
}

/// The reason why the wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Ready,
    /// No server is being built any more, and not all of them are ready.
    Failed,
    TimedOut,
    /// A signal stopped the wait.
    Left,
}

impl Ended {
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::TimedOut => "timeout",
            Self::Left => "interrupted",
        }
    }
}

/// The order whose servers are expected.
#[derive(Debug, Clone, Copy)]
pub struct ExpectedServers<'a> {
    pub name: &'a str,
    pub order_id: &'a str,
    pub count: usize,
}

/// The servers of an order, as of the last successful read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedServers {
    pub servers: Vec<Server>,
    /// The error of the last read; `None` if it succeeded.
    pub trouble: Option<String>,
}

impl ListedServers {
    pub fn ready(&self) -> usize {
        self.servers.iter().filter(|server| server.status == Some(ServerStatus::Normal)).count()
    }

    /// Returns the final result: `Ready` or `Failed` once at least `count` servers are listed and none of them is
    /// changing; `None` before that.
    fn verdict(&self, count: usize) -> Option<Ended> {
        let rests = |server: &Server| server.status.is_some_and(ServerStatus::is_settled);
        if self.servers.len() < count || !self.servers.iter().all(rests) {
            return None;
        }
        Some(if self.ready() == self.servers.len() { Ended::Ready } else { Ended::Failed })
    }

    pub fn json(&self) -> Vec<Value> {
        let one =
            |server: &Server| json!({ "id": server.id, "name": server.name, "status": status_tag(server.status) });
        self.servers.iter().map(one).collect()
    }

    /// Returns each server with its status, e.g. `web-01 normal, web-02 abnormal`.
    pub fn words(&self) -> String {
        let one = |server: &Server| format!("{} {}", visible(&server.name), status_tag(server.status));
        self.servers.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

fn status_tag(status: Option<ServerStatus>) -> String {
    match status {
        None => "unknown".into(),
        Some(ServerStatus::Creating) => "creating".into(),
        Some(ServerStatus::Abnormal) => "abnormal".into(),
        Some(ServerStatus::Normal) => "normal".into(),
        Some(ServerStatus::Deleted) => "deleted".into(),
        Some(ServerStatus::Frozen) => "frozen".into(),
        Some(ServerStatus::ShutDown) => "shut_down".into(),
        Some(ServerStatus::Other(number)) => number.to_string(),
    }
}

/// Reads the servers of the order until none of them is changing, `until` is reached, or `left` completes. Calls
/// `progress` after every read that is not the last.
pub async fn for_servers(
    cloud: &dyn Cloud,
    of: ExpectedServers<'_>,
    until: Instant,
    left: impl Future<Output = ()>,
    progress: &dyn Fn(&str),
) -> (Ended, ListedServers) {
    let mut seen = ListedServers::default();
    let reading = async {
        for round in 1_u32.. {
            match cloud.servers_named(of.name).await {
                Ok(servers) => {
                    let is_ours = |server: &Server| server.order_id.as_deref() == Some(of.order_id);
                    seen = ListedServers { servers: servers.into_iter().filter(is_ours).collect(), trouble: None };
                }
                Err(error) => seen.trouble = Some(error.sentence()),
            }
            if let Some(ended) = seen.verdict(of.count) {
                return ended;
            }
            progress(&match &seen.trouble {
                Some(why) => tr!("The servers were not read: {why}", why),
                None => tr!("{ready} of {count} servers are ready", ready = seen.ready(), count = of.count),
            });
            sleep(if round <= FIRST_INTERVAL_READINGS { FIRST_INTERVAL } else { LATER_INTERVAL }).await;
        }
        Ended::TimedOut
    };
    let ended = ends(reading, until, left).await;
    (ended, seen)
}

/// The result of a search for an order with an unknown outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchResult {
    Found(String),
    /// The search ended without a certain result.
    Open(Ended),
    /// More than one order was found.
    Conflict(BTreeSet<String>),
}

/// Searches for an order with an unknown outcome until it is found, `until` is reached, or `left` completes. The search
/// also ends if the order is settled, does not exist, or belongs to another account. The times of the reads follow
/// `search_offset`.
pub async fn for_order(
    (service, cloud, buyer): (&PurchaseService, &dyn Cloud, &Buyer),
    id: Uuid,
    until: Instant,
    left: impl Future<Output = ()>,
    progress: &dyn Fn(&str),
) -> SearchResult {
    let mut found = None;
    let searching = async {
        let doubted = Instant::now();
        for number in 0_usize.. {
            sleep_until(doubted + search_offset(number)).await;
            match service.reconcile(cloud, buyer, id).await {
                Reconciled::Found { order_id } => found = Some(SearchResult::Found(order_id)),
                Reconciled::Conflict { order_ids } => found = Some(SearchResult::Conflict(order_ids)),
                Reconciled::Settled | Reconciled::Elsewhere | Reconciled::NotFound => return Ended::Failed,
                Reconciled::NotSeen { .. } => progress(&tr!("The order is not listed so far, which proves nothing")),
                Reconciled::Unread { why } => progress(&tr!("The servers were not read: {why}", why)),
                Reconciled::NotKept { why } => progress(&tr!("What was read could not be recorded: {why}", why)),
            }
            if found.is_some() {
                return Ended::Ready;
            }
        }
        Ended::TimedOut
    };
    let ended = ends(searching, until, left).await;
    found.unwrap_or(SearchResult::Open(ended))
}

async fn ends(work: impl Future<Output = Ended>, until: Instant, left: impl Future<Output = ()>) -> Ended {
    tokio::select! {
        biased;
        () = left => Ended::Left,
        ended = work => ended,
        () = tokio::time::sleep_until(until) => Ended::TimedOut,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::future::pending;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::api::{ApiFuture, BeforeFirstByte, Identity, Observation, ReadError, RetryObserver, ServerList};
    use crate::catalogue::{Listing, Resource};

    /// A cloud that returns the next list of servers on each read; the last list is repeated.
    struct Script(Mutex<Vec<Result<Vec<Server>, ReadError>>>);

    impl Cloud for Script {
        fn list<'a>(&'a self, _: Resource, _: RetryObserver<'a>) -> ApiFuture<'a, Result<Listing, ReadError>> {
            Box::pin(async { Err(ReadError::Endless { pages: 1 }) })
        }

        fn servers_named<'a>(&'a self, _: &'a str) -> ApiFuture<'a, Result<Vec<Server>, ReadError>> {
            let mut all = self.0.lock().unwrap();
            let next = if all.len() > 1 { all.remove(0) } else { all[0].clone() };
            Box::pin(async move { next })
        }

        fn all_servers<'a>(&'a self, _: Option<RetryObserver<'a>>) -> ApiFuture<'a, Result<ServerList, ReadError>> {
            Box::pin(async { Ok(ServerList::default()) })
        }

        fn server_ids_of_request<'a>(&'a self, _: &'a str) -> ApiFuture<'a, Result<BTreeSet<String>, ReadError>> {
            Box::pin(async { Ok(BTreeSet::new()) })
        }

        fn identify(&self) -> ApiFuture<'_, Result<Option<Identity>, ReadError>> {
            Box::pin(async { Ok(None) })
        }

        fn purchase(&self, _: Arc<[u8]>, _: BeforeFirstByte) -> ApiFuture<'_, Observation> {
            Box::pin(pending())
        }
    }

    fn server(name: &str, order: &str, status: i64) -> Server {
        Server {
            id: name.into(),
            name: name.into(),
            status: Some(ServerStatus::from_number(status)),
            server_flavor: None,
            phone_flavor: None,
            order_id: Some(order.into()),
            subnet: None,
            created: None,
        }
    }

    async fn wait(script: Vec<Result<Vec<Server>, ReadError>>, seconds: u64) -> (Ended, ListedServers, u64, usize) {
        tokio::time::pause();
        let began = Instant::now();
        let said = Mutex::new(0);
        let of = ExpectedServers { name: "n", order_id: "o", count: 2 };
        let until = began + Duration::from_secs(seconds);
        let (ended, seen) =
            for_servers(&Script(Mutex::new(script)), of, until, pending(), &|_| *said.lock().unwrap() += 1).await;
        (ended, seen, began.elapsed().as_secs(), said.into_inner().unwrap())
    }

    #[tokio::test]
    async fn servers_are_followed_until_all_of_them_are_ready() {
        let script = vec![
            Ok(vec![]),
            Err(ReadError::TimedOut { seconds: 9 }),
            Ok(vec![server("n-1", "o", 5), server("n-9", "other", 5)]),
            Ok(vec![server("n-1", "o", 5), server("n-2", "o", 1)]),
            Ok(vec![server("n-1", "o", 5), server("n-2", "o", 5)]),
        ];
        let (ended, seen, seconds, said) = wait(script, 600).await;
        assert_eq!((ended, seen.ready(), seconds, said), (Ended::Ready, 2, 8, 4));
    }

    #[tokio::test]
    async fn a_server_that_fails_is_told_when_the_others_have_come_to_rest() {
        let half = vec![server("n-1", "o", 2), server("n-2", "o", 1)];
        let whole = vec![server("n-1", "o", 2), server("n-2", "o", 5)];
        let (ended, seen, seconds, _) = wait(vec![Ok(half), Ok(whole)], 600).await;
        assert_eq!((ended, seen.words().as_str(), seconds), (Ended::Failed, "n-1 abnormal, n-2 normal", 2));
    }

    #[tokio::test]
    async fn a_state_that_no_document_explains_is_waited_for_until_it_is_too_late() {
        let (ended, seen, seconds, _) = wait(vec![Ok(vec![server("n-1", "o", 5), server("n-2", "o", 9)])], 400).await;
        assert_eq!((ended, seen.ready(), seconds), (Ended::TimedOut, 1, 400));
    }

    #[tokio::test]
    async fn whoever_leaves_is_obeyed_at_once() {
        let script = Script(Mutex::new(vec![Ok(vec![])]));
        let until = Instant::now() + Duration::from_secs(60);
        let of = ExpectedServers { name: "n", order_id: "o", count: 1 };
        let (ended, _) = for_servers(&script, of, until, std::future::ready(()), &|_| {}).await;
        assert_eq!(ended, Ended::Left);
    }
}
