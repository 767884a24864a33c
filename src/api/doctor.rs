//! Checks the connection to the cloud step by step, read-only: names, connection, TLS, clock, credentials, project,
//! permissions. The checks end at a failure that the remaining ones depend on.

use std::time::{Duration, Instant};

use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use crate::api::Cloud as _;
use crate::api::endpoint::Endpoint;
use crate::api::error::ReadError;
use crate::api::http::retry_policy::NO_OBSERVER;
use crate::api::http::tls::Network;
use crate::api::http::transport_error;
use crate::api::http_cloud::HttpCloud;
use crate::api::iam::{Iam, NamedId};
use crate::api::reason::FailureReason;
use crate::catalogue::Resource;
use crate::i18n::{phrase, tr};
use crate::signing;

/// The time limit of a name lookup and of a connection attempt.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckResult {
    Good(String),
    /// Worth a look, but no reason to stop.
    Doubtful(String),
    Bad(String),
}

/// One check and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// An English phrase that identifies the check to a program.
    pub name: &'static str,
    pub found: CheckResult,
}

/// A callback for each check, called when the check is done.
pub type CheckObserver<'a> = &'a (dyn Fn(Check) + Send + Sync);

/// Runs all checks of an account and reports each when it is done; returns whether none was bad. Nothing is bought or
/// changed. The credentials are tried once before the checks that depend on them.
pub async fn check_all(cloud: &HttpCloud, network: &Network, observer: CheckObserver<'_>) -> bool {
    // What cannot be reached cannot be asked.
    check_endpoints(&cloud.hosts().needed(), network, observer).await && check_account(cloud, observer).await
}

/// Checks names, connections and TLS, which needs no credentials; returns whether all endpoints are good.
pub async fn check_endpoints(endpoints: &[Endpoint], network: &Network, observer: CheckObserver<'_>) -> bool {
    let mut is_good = true;
    for endpoint in endpoints {
        is_good &= check_endpoint(endpoint, network, observer).await;
    }
    is_good
}

/// Reads the projects of a region or of all regions, for an account whose project is not known. If they cannot be read,
/// reports the clock and the credentials instead and returns `None`; the credentials must then not be used again.
pub async fn projects(iam: &Iam, region: Option<&str>, observer: CheckObserver<'_>) -> Option<Vec<NamedId>> {
    match iam.projects(region).await {
        Ok(projects) => Some(projects),
        Err(error) => {
            observer(Check { name: phrase!("clock"), found: clock(iam.clock_ahead()) });
            observer(Check { name: phrase!("credentials"), found: CheckResult::Bad(words(&error)) });
            None
        }
    }
}

/// Checks clock, credentials, project and permissions; returns whether none was bad. Stops when the credentials are
/// refused, because more calls could lock the key or the user.
pub async fn check_account(cloud: &HttpCloud, observer: CheckObserver<'_>) -> bool {
    let mut is_good = true;
    let identity = cloud.identify().await;
    let clock = clock(cloud.auth.skew.seconds());
    is_good &= !matches!(clock, CheckResult::Bad(_));
    observer(Check { name: phrase!("clock"), found: clock });
    let (credentials, project) = match &identity {
        Ok(Some(identity)) => {
            let account = match &identity.account {
                Some(account) => tr!("account {name}", name = &account.name),
                None => tr!("account taken by IAM"),
            };
            let project = match &identity.project {
                Some(project) => CheckResult::Good(format!("{} ({})", project.name, project.id)),
                None => CheckResult::Bad(tr!(
                    "{project} is not among the projects that they open",
                    project = &cloud.project_id
                )),
            };
            (CheckResult::Good(account), Some(project))
        }
        Ok(None) => (CheckResult::Doubtful(tr!("no IAM is known for this endpoint, so nobody confirms them")), None),
        Err(error) => (CheckResult::Bad(words(error)), None),
    };
    // A refusal here says nothing of the lists, except when it was of the credentials themselves.
    let are_refused = identity.as_ref().is_err_and(is_of_credentials);
    is_good &= !matches!(credentials, CheckResult::Bad(_));
    observer(Check { name: phrase!("credentials"), found: credentials });
    if let Some(project) = project {
        is_good &= matches!(project, CheckResult::Good(_));
        observer(Check { name: phrase!("project"), found: project });
    }
    if are_refused {
        return false;
    }
    for resource in Resource::ALL {
        let read = cloud.list(resource, NO_OBSERVER).await;
        let list = resource.noun();
        let found = match &read {
            Ok(listing) => CheckResult::Good(tr!("{list} can be read, {count} of them", list, count = listing.count())),
            // Not every cloud has this list, and an order can do without it.
            Err(error) if resource == Resource::Offerings => {
                CheckResult::Doubtful(tr!("{list}: {why}; the form does without", list, why = words(error)))
            }
            Err(error) => CheckResult::Bad(tr!("{what}: {why}", what = list, why = words(error))),
        };
        is_good &= !matches!(found, CheckResult::Bad(_));
        observer(Check { name: phrase!("permission"), found });
        // What IAM did not find out is found out here.
        if read.is_err_and(|error| is_of_credentials(&error)) {
            return false;
        }
    }
    let found = CheckResult::Doubtful(tr!("the right to buy (cph:servers:create) is told by an order only"));
    observer(Check { name: phrase!("permission"), found });
    is_good
}

/// Checks name, connection and TLS of one endpoint; returns whether all are good. With a proxy, name and connection are
/// those of the proxy.
async fn check_endpoint(endpoint: &Endpoint, network: &Network, observer: CheckObserver<'_>) -> bool {
    let proxy = network.proxy_to(endpoint);
    let first = proxy.as_ref().map_or_else(|| endpoint.address(), |proxy| proxy.address.clone());
    let addresses = match timeout(TIMEOUT, lookup_host(&first)).await {
        Ok(Ok(addresses)) => addresses.collect::<Vec<_>>(),
        Ok(Err(error)) => {
            let why = explain_connection_error(&transport_error::io_reason(&error));
            observer(Check { name: phrase!("name"), found: CheckResult::Bad(tr!("{what}: {why}", what = first, why)) });
            return false;
        }
        Err(_) => {
            observer(Check {
                name: phrase!("name"),
                found: CheckResult::Bad(tr!("{address}: no answer for 10 s", address = first)),
            });
            return false;
        }
    };
    let shown: Vec<String> = addresses.iter().take(4).map(|address| address.ip().to_string()).collect();
    observer(Check {
        name: phrase!("name"),
        found: CheckResult::Good(tr!("{name} is {addresses}", name = &first, addresses = shown.join(", "))),
    });
    let begun = Instant::now();
    let connected = timeout(TIMEOUT, TcpStream::connect(&addresses[..])).await;
    let found = match connected {
        Ok(Ok(_)) => CheckResult::Good(tr!("{address} in {ms} ms", address = first, ms = begun.elapsed().as_millis())),
        Ok(Err(error)) => CheckResult::Bad(tr!(
            "{what}: {why}",
            what = first,
            why = explain_connection_error(&transport_error::io_reason(&error))
        )),
        Err(_) => CheckResult::Bad(tr!("{address}: no answer for 10 s", address = first)),
    };
    let is_good = matches!(found, CheckResult::Good(_));
    observer(Check { name: phrase!("connect"), found });
    if !is_good {
        return false;
    }
    let found = match (crate::api::http::get::probe(endpoint, network).await, proxy) {
        (Ok(()), _) if endpoint.is_plain() => {
            CheckResult::Good(tr!("{endpoint} answers, without TLS on this machine", endpoint))
        }
        (Ok(()), None) => CheckResult::Good(tr!("{endpoint} answers; its certificate is trusted", endpoint)),
        (Ok(()), Some(proxy)) => {
            CheckResult::Good(tr!("{endpoint} answers through {proxy}; its certificate is trusted", endpoint, proxy))
        }
        (Err(why), None) => {
            CheckResult::Bad(tr!("{what}: {why}", what = endpoint, why = explain_connection_error(&why)))
        }
        (Err(why), Some(proxy)) => CheckResult::Bad(tr!(
            "{endpoint} through {proxy}: {why}",
            endpoint,
            proxy,
            why = explain_connection_error(&why)
        )),
    };
    let is_good = matches!(found, CheckResult::Good(_));
    observer(Check { name: "TLS", found });
    is_good
}

/// Returns whether the error is a refusal of the credentials, which must then not be used again.
fn is_of_credentials(error: &ReadError) -> bool {
    match error {
        ReadError::Refused { status, .. } => *status == 401,
        ReadError::LoginRefused { .. } | ReadError::ClockOff { .. } => true,
        ReadError::Redirected { .. }
        | ReadError::NotReached { .. }
        | ReadError::TimedOut { .. }
        | ReadError::Broken { .. }
        | ReadError::Unreadable { .. }
        | ReadError::TooLarge { .. }
        | ReadError::Endless { .. } => false,
    }
}

fn clock(ahead: Option<i64>) -> CheckResult {
    let Some(ahead) = ahead else { return CheckResult::Doubtful(tr!("no answer had a date to compare with")) };
    let seconds = ahead.abs();
    let clock = if ahead < 0 {
        tr!("{seconds} s behind the cloud's", seconds)
    } else {
        tr!("{seconds} s ahead of the cloud's", seconds)
    };
    if seconds >= signing::MAX_SKEW {
        CheckResult::Bad(tr!("{clock}; signatures hold for 15 min, so set the clock", clock))
    } else if seconds >= 300 {
        CheckResult::Doubtful(tr!("{clock}; signatures fail from 15 min on", clock))
    } else {
        CheckResult::Good(clock)
    }
}

/// Explains why a connection failed, with advice if the reason is a known one.
fn explain_connection_error(why: &FailureReason) -> String {
    why.explanation().unwrap_or_else(|| why.to_string())
}

fn words(error: &ReadError) -> String {
    match error.request_id() {
        Some(id) if !error.sentence().contains(id) => tr!("{sentence} (request {id})", sentence = error.sentence(), id),
        Some(_) | None => error.sentence(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_bad_from_where_signatures_fail() {
        for (ahead, is_good, is_bad) in
            [(0, true, false), (-299, true, false), (300, false, false), (-900, false, true), (5000, false, true)]
        {
            let found = clock(Some(ahead));
            assert_eq!(
                (matches!(found, CheckResult::Good(_)), matches!(found, CheckResult::Bad(_))),
                (is_good, is_bad),
                "{ahead}"
            );
        }
        assert!(matches!(clock(None), CheckResult::Doubtful(_)));
    }
}
