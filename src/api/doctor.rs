//! The way to the cloud looked at step by step, by reading only: names, connection, TLS, clock,
//! credentials, project, permissions. Each step says what it found; one that others rest on ends
//! the walk.

use std::time::{Duration, Instant};

use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::endpoint::Endpoint;
use super::error::ReadError;
use super::http::HttpCloud;
use super::iam::{Iam, Named};
use super::network::Network;
use super::repeat::UNHEARD;
use super::why::Why;
use super::{Cloud as _, failed};
use crate::catalogue::Resource;
use crate::signing;
use crate::words::{phrase, tr};

/// How long a name or a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Good(String),
    /// Worth a look, and no reason to stop.
    Doubtful(String),
    Bad(String),
}

/// A step of the walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// A phrase in English, by which a program knows the step.
    pub name: &'static str,
    pub found: Found,
}

/// Hears of each step as it is done.
pub type Tell<'a> = &'a (dyn Fn(Step) + Send + Sync);

/// Walks the way of an account and tells each step as it is done. Nothing is bought or changed; the
/// credentials are used once before anything rests on them. Whether no step was bad.
pub async fn walk(cloud: &HttpCloud, network: &Network, tell: Tell<'_>) -> bool {
    // What cannot be reached cannot be asked.
    reach_all(&cloud.places().needed(), network, tell).await && ask(cloud, tell).await
}

/// The first part of the walk, which needs no credentials: names, connections and TLS.
pub async fn reach_all(endpoints: &[Endpoint], network: &Network, tell: Tell<'_>) -> bool {
    let mut is_good = true;
    for endpoint in endpoints {
        is_good &= reach(endpoint, network, tell).await;
    }
    is_good
}

/// The projects of a region or of all, for an account whose project is not known. Where they cannot be read, the clock and
/// the credentials are told instead, and the credentials are to be used no more.
pub async fn projects(iam: &Iam, region: Option<&str>, tell: Tell<'_>) -> Option<Vec<Named>> {
    match iam.projects(region).await {
        Ok(projects) => Some(projects),
        Err(error) => {
            tell(Step { name: phrase!("clock"), found: clock(iam.clock_ahead()) });
            tell(Step { name: phrase!("credentials"), found: Found::Bad(words(&error)) });
            None
        }
    }
}

/// The second part of the walk: clock, credentials, project, permissions. It ends where the credentials are refused:
/// a locked key or user would be the price of more calls.
pub async fn ask(cloud: &HttpCloud, tell: Tell<'_>) -> bool {
    let mut is_good = true;
    let identity = cloud.identify().await;
    let clock = clock(cloud.authority.skew.seconds());
    is_good &= !matches!(clock, Found::Bad(_));
    tell(Step { name: phrase!("clock"), found: clock });
    let (credentials, project) = match &identity {
        Ok(Some(identity)) => {
            let account = match &identity.account {
                Some(account) => tr!("account {name}", name = &account.name),
                None => tr!("account taken by IAM"),
            };
            let project = match &identity.project {
                Some(project) => Found::Good(format!("{} ({})", project.name, project.id)),
                None => {
                    Found::Bad(tr!("{project} is not among the projects that they open", project = &cloud.project_id))
                }
            };
            (Found::Good(account), Some(project))
        }
        Ok(None) => (Found::Doubtful(tr!("no IAM is known for this endpoint, so nobody confirms them")), None),
        Err(error) => (Found::Bad(words(error)), None),
    };
    // A refusal here says nothing of the lists, except when it was of the credentials themselves.
    let are_refused = identity.as_ref().is_err_and(is_of_credentials);
    is_good &= !matches!(credentials, Found::Bad(_));
    tell(Step { name: phrase!("credentials"), found: credentials });
    if let Some(project) = project {
        is_good &= matches!(project, Found::Good(_));
        tell(Step { name: phrase!("project"), found: project });
    }
    if are_refused {
        return false;
    }
    for resource in Resource::ALL {
        let read = cloud.list(resource, UNHEARD).await;
        let list = resource.noun();
        let found = match &read {
            Ok(listing) => Found::Good(tr!("{list} can be read, {count} of them", list, count = listing.count())),
            // Not every cloud has this list, and an order can do without it.
            Err(error) if resource == Resource::Offerings => {
                Found::Doubtful(tr!("{list}: {why}; the form does without", list, why = words(error)))
            }
            Err(error) => Found::Bad(tr!("{what}: {why}", what = list, why = words(error))),
        };
        is_good &= !matches!(found, Found::Bad(_));
        tell(Step { name: phrase!("permission"), found });
        // What IAM did not find out is found out here.
        if read.is_err_and(|error| is_of_credentials(&error)) {
            return false;
        }
    }
    let found = Found::Doubtful(tr!("the right to buy (cph:servers:create) is told by an order only"));
    tell(Step { name: phrase!("permission"), found });
    is_good
}

/// Name, connection and TLS of one endpoint; through a proxy, those of the proxy.
async fn reach(endpoint: &Endpoint, network: &Network, tell: Tell<'_>) -> bool {
    let proxy = network.proxy_to(endpoint);
    let first = proxy.as_ref().map_or_else(|| endpoint.address(), |proxy| proxy.address.clone());
    let addresses = match timeout(PATIENCE, lookup_host(&first)).await {
        Ok(Ok(addresses)) => addresses.collect::<Vec<_>>(),
        Ok(Err(error)) => {
            let why = unreached(&failed::of_io(&error));
            tell(Step { name: phrase!("name"), found: Found::Bad(tr!("{what}: {why}", what = first, why)) });
            return false;
        }
        Err(_) => {
            tell(Step {
                name: phrase!("name"),
                found: Found::Bad(tr!("{address}: no answer for 10 s", address = first)),
            });
            return false;
        }
    };
    let shown: Vec<String> = addresses.iter().take(4).map(|address| address.ip().to_string()).collect();
    tell(Step {
        name: phrase!("name"),
        found: Found::Good(tr!("{name} is {addresses}", name = &first, addresses = shown.join(", "))),
    });
    let begun = Instant::now();
    let connected = timeout(PATIENCE, TcpStream::connect(&addresses[..])).await;
    let found = match connected {
        Ok(Ok(_)) => Found::Good(tr!("{address} in {ms} ms", address = first, ms = begun.elapsed().as_millis())),
        Ok(Err(error)) => Found::Bad(tr!("{what}: {why}", what = first, why = unreached(&failed::of_io(&error)))),
        Err(_) => Found::Bad(tr!("{address}: no answer for 10 s", address = first)),
    };
    let is_good = matches!(found, Found::Good(_));
    tell(Step { name: phrase!("connect"), found });
    if !is_good {
        return false;
    }
    let found = match (super::get::knock(endpoint, network).await, proxy) {
        (Ok(()), _) if endpoint.is_plain() => {
            Found::Good(tr!("{endpoint} answers, without TLS on this machine", endpoint))
        }
        (Ok(()), None) => Found::Good(tr!("{endpoint} answers; its certificate is trusted", endpoint)),
        (Ok(()), Some(proxy)) => {
            Found::Good(tr!("{endpoint} answers through {proxy}; its certificate is trusted", endpoint, proxy))
        }
        (Err(why), None) => Found::Bad(tr!("{what}: {why}", what = endpoint, why = unreached(&why))),
        (Err(why), Some(proxy)) => {
            Found::Bad(tr!("{endpoint} through {proxy}: {why}", endpoint, proxy, why = unreached(&why)))
        }
    };
    let is_good = matches!(found, Found::Good(_));
    tell(Step { name: "TLS", found });
    is_good
}

/// Whether it is the credentials that were refused, which are then used no more.
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

fn clock(ahead: Option<i64>) -> Found {
    let Some(ahead) = ahead else { return Found::Doubtful(tr!("no answer had a date to compare with")) };
    let seconds = ahead.abs();
    let clock = if ahead < 0 {
        tr!("{seconds} s behind the cloud's", seconds)
    } else {
        tr!("{seconds} s ahead of the cloud's", seconds)
    };
    if seconds >= signing::MOST_SKEW {
        Found::Bad(tr!("{clock}; signatures hold for 15 min, so set the clock", clock))
    } else if seconds >= 300 {
        Found::Doubtful(tr!("{clock}; signatures fail from 15 min on", clock))
    } else {
        Found::Good(clock)
    }
}

/// Why a place was not reached, explained where the reason is known.
fn unreached(why: &Why) -> String {
    why.explained().unwrap_or_else(|| why.to_string())
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
            assert_eq!((matches!(found, Found::Good(_)), matches!(found, Found::Bad(_))), (is_good, is_bad), "{ahead}");
        }
        assert!(matches!(clock(None), Found::Doubtful(_)));
    }
}
