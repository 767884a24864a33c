//! The tokens that the simulated IAM has issued, how long they are good, and for what (`platform.md` 1).

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use uuid::Uuid;

use super::clock::Moment;

/// Real tokens are a few kilobytes long, which is more than some clients expect of a header.
const PARTS: usize = 64;

/// Which tokens are taken as valid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tokens {
    /// Any that is not empty, for any project; one that was issued here is still held to its life.
    #[default]
    Any,
    /// Only those that were issued here.
    Issued,
}

/// What a token is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    Project {
        id: String,
    },
    /// The account as a whole, with which no project can be used.
    Domain,
}

/// How long tokens live.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    pub(super) milliseconds: u64,
    /// How many calls a token is good for.
    pub(super) calls: Option<u32>,
}

/// What is known of a token that a call shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Unknown,
    Expired,
    Good(Scope),
}

/// All tokens that were issued.
pub(super) struct Issued {
    life: Life,
    tokens: HashMap<String, Token>,
}

struct Token {
    scope: Scope,
    since: Moment,
    calls: u32,
}

impl Issued {
    pub(super) fn with(life: Life) -> Self {
        Self { life, tokens: HashMap::new() }
    }

    /// A new token; those before it stay good.
    pub(super) fn issue(&mut self, scope: Scope, now: Moment) -> String {
        let parts = (0..PARTS).map(|_| Uuid::new_v4().simple().to_string());
        let token = format!("MII{}", parts.collect::<String>());
        self.tokens.insert(token.clone(), Token { scope, since: now, calls: 0 });
        token
    }

    /// When a token that is issued now ends.
    pub(super) fn end(&self, now: Moment) -> Moment {
        now.later(self.life.milliseconds)
    }

    /// Uses a token for one call.
    pub(super) fn used(&mut self, token: &str, now: Moment) -> Found {
        let Some(found) = self.tokens.get_mut(token) else {
            return Found::Unknown;
        };
        found.calls = found.calls.saturating_add(1);
        let worn_out = self.life.calls.is_some_and(|calls| found.calls > calls);
        if worn_out || now.since(found.since) >= self.life.milliseconds {
            Found::Expired
        } else {
            Found::Good(found.scope.clone())
        }
    }
}

impl fmt::Debug for Issued {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Issued").field("tokens", &self.tokens.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Issued, Life, Scope};
    use crate::simulator::clock::Moment;

    #[test]
    fn a_token_is_good_for_its_time_and_its_calls() {
        let start = Moment::sample();
        let mut issued = Issued::with(Life { milliseconds: 1_000, calls: Some(3) });
        let scope = Scope::Project { id: "p".to_owned() };
        let (token, other) = (issued.issue(scope.clone(), start), issued.issue(Scope::Domain, start.later(10)));
        assert_ne!(token, other);
        assert!(token.len() > 2_000);
        assert_eq!(issued.used(&token, start), Found::Good(scope.clone()));
        assert_eq!(issued.used(&token, start.later(999)), Found::Good(scope.clone()));
        assert_eq!(issued.used(&token, start.later(1_000)), Found::Expired);
        assert_eq!(issued.used(&token, start), Found::Expired, "it was used three times");
        assert_eq!(issued.used(&other, start.later(1_009)), Found::Good(Scope::Domain));
        assert_eq!(issued.used("MII", start), Found::Unknown);
        assert!(!format!("{issued:?}").contains(&token));
    }
}
