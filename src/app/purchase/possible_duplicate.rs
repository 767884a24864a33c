//! Earlier orders and listed servers that the order about to be placed may repeat.

use std::fmt;

use jiff::Timestamp;

use crate::i18n::tr;
use crate::purchase::intents::{LikelyDuplicate, Resemblance, StateName};
use crate::text::sanitize::visible;

/// Maximum number of duplicates that are named; the others are only counted.
const NAMED: usize = 3;

/// A reason why an order may have been placed already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PossibleDuplicate {
    /// An order of the journal.
    Order { server_name: String, resemblance: Resemblance, state: StateName, since: Timestamp },
    /// A server of the same flavors that was created a moment ago.
    SimilarServer { name: String },
    /// A server with the name of the order.
    NamedServer { name: String },
    /// Further ones, which are not named.
    More { number: usize },
}

impl PossibleDuplicate {
    /// Creates the duplicate from an order of the journal.
    #[must_use]
    pub fn of_order(found: &LikelyDuplicate) -> Self {
        Self::Order {
            server_name: found.purchase.intent().server_name.clone(),
            resemblance: found.resemblance,
            state: found.purchase.state().state_name(),
            since: found.purchase.state_since(),
        }
    }

    /// Returns the first duplicates and, if there are more, their number.
    #[must_use]
    pub fn shortened(mut all: Vec<Self>) -> Vec<Self> {
        if all.len() > NAMED + 1 {
            let number = all.len() - NAMED;
            all.truncate(NAMED);
            all.push(Self::More { number });
        }
        all
    }
}

impl fmt::Display for PossibleDuplicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Order { server_name, resemblance, state, since } => {
                let (name, state) = (visible(server_name), state_since(*state, *since));
                match resemblance {
                    Resemblance::SameBody => tr!("Possible duplicate of {name}: same request, {state}", name, state),
                    Resemblance::SameName => {
                        tr!("Possible duplicate of {name}: same server name, {state}", name, state)
                    }
                    Resemblance::SameServers => {
                        tr!("Possible duplicate of {name}: same server flavor and count, {state}", name, state)
                    }
                    Resemblance::SameOrder => {
                        tr!("Possible duplicate of {name}: same flavors, image and count, {state}", name, state)
                    }
                }
            }
            Self::SimilarServer { name } => {
                tr!("Possible duplicate of server {name}: same flavors, created a moment ago", name = visible(name))
            }
            Self::NamedServer { name } => {
                tr!("Possible duplicate of server {name}: same server name", name = visible(name))
            }
            Self::More { number } => {
                tr!("{n} more possible duplicate" | "{n} more possible duplicates" % *number)
            }
        })
    }
}

/// Returns the state of an order and its time.
fn state_since(state: StateName, since: Timestamp) -> String {
    let (name, at) = (state.as_str(), utc(since));
    match state {
        StateName::Accepted | StateName::Rejected | StateName::Found => tr!("{state} at {at}", state = name, at),
        StateName::Intent
        | StateName::Sending
        | StateName::NotSent
        | StateName::Unknown
        | StateName::NotFound
        | StateName::Conflict
        | StateName::NotPlaced => tr!("{state} since {at}", state = name, at),
    }
}

/// Formats a time in UTC, to the second.
pub(in crate::app) fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_duplicates_are_counted_and_a_few_are_named() {
        let server = |n: usize| PossibleDuplicate::NamedServer { name: format!("web-{n}") };
        let all = |count: usize| PossibleDuplicate::shortened((0..count).map(server).collect());
        assert_eq!(all(4).len(), 4, "the fourth takes no more room than its count");
        assert_eq!(all(5)[3].to_string(), "2 more possible duplicates");
        assert_eq!(all(5)[0].to_string(), "Possible duplicate of server web-0: same server name");
    }
}
