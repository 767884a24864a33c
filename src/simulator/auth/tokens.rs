//! The tokens that the simulated IAM has issued, with their lifetime and their scope (`platform.md` 1).

use std::collections::{HashMap, VecDeque};
use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::simulator::clock::Moment;
use crate::simulator::identifiers::derived;

/// The number of parts of a token. Real tokens have a few kilobytes, which is more than some clients expect of a
/// header.
const PARTS: usize = 64;
/// The length of a part, in characters. The first part identifies the token. The last one is computed from all others
/// and a secret, so that a token of this simulator is recognized even after its data was dropped.
const PART: usize = 32;
const BEGIN: &str = "MII";
/// The largest number of valid tokens; beyond it, the oldest ones expire.
const KEPT: usize = 10_000;

/// The tokens that are accepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AcceptedTokens {
    /// Any non-empty token, for any project. Tokens issued here still expire.
    #[default]
    Any,
    /// Only tokens issued here.
    Issued,
}

/// The scope of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::simulator) enum Scope {
    Project {
        id: String,
    },
    /// The account as a whole. Such a token cannot use any project.
    Domain,
}

/// The lifetime of tokens.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulator) struct TokenLifetime {
    pub(in crate::simulator) milliseconds: u64,
    /// The number of requests after which a token expires; no limit if `None`.
    pub(in crate::simulator) max_uses: Option<u32>,
}

/// The status of a token that a call presents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::simulator) enum TokenStatus {
    Unknown,
    Expired,
    Good(Scope),
}

/// The issued tokens by name, and their names from oldest to newest. The next issue drops those past their lifetime.
pub(in crate::simulator) struct TokenStore {
    lifetime: TokenLifetime,
    secret: String,
    tokens: HashMap<String, Token>,
    names: VecDeque<String>,
}

struct Token {
    scope: Scope,
    since: Moment,
    uses: u32,
}

impl TokenStore {
    pub(in crate::simulator) fn new(lifetime: TokenLifetime) -> Self {
        let secret = Uuid::new_v4().simple().to_string();
        Self { lifetime, secret, tokens: HashMap::new(), names: VecDeque::new() }
    }

    /// Issues a token. Earlier tokens stay valid, except that the oldest one expires if there are `KEPT`.
    pub(in crate::simulator) fn issue(&mut self, scope: Scope, now: Moment) -> String {
        self.forget(now);
        let part = || Uuid::new_v4().simple().to_string();
        let name = part();
        let rest = (2..PARTS).map(|_| part());
        let unsigned = [BEGIN.to_owned(), name.clone()].into_iter().chain(rest).collect::<String>();
        self.tokens.insert(name.clone(), Token { scope, since: now, uses: 0 });
        self.names.push_back(name);
        let signature = self.signature(&unsigned);
        unsigned + &signature
    }

    /// Drops expired tokens and makes room for one more. All tokens have the same lifetime, so the oldest expire first.
    fn forget(&mut self, now: Moment) {
        while let Some(name) = self.names.front() {
            let is_over = self.tokens.get(name).is_none_or(|token| self.is_over(token, now));
            if !is_over && self.names.len() < KEPT {
                break;
            }
            self.tokens.remove(name);
            self.names.pop_front();
        }
    }

    fn is_over(&self, token: &Token, now: Moment) -> bool {
        now.since(token.since) >= self.lifetime.milliseconds
    }

    fn signature(&self, unsigned: &str) -> String {
        derived(&["token", &self.secret, unsigned])
    }

    /// Returns the name of a token, or `None` if this simulator did not issue it.
    fn name<'token>(&self, token: &'token str) -> Option<&'token str> {
        let (unsigned, signature) = token.split_at_checked(token.len().checked_sub(PART)?)?;
        let name = unsigned.strip_prefix(BEGIN)?.get(..PART)?;
        (self.signature(unsigned) == signature).then_some(name)
    }

    /// Returns the moment of expiry of a token issued now.
    pub(in crate::simulator) fn end(&self, now: Moment) -> Moment {
        now.later(self.lifetime.milliseconds)
    }

    /// Counts one use of a token and returns its status for this call.
    pub(in crate::simulator) fn used(&mut self, token: &str, now: Moment) -> TokenStatus {
        let Some(name) = self.name(token) else {
            return TokenStatus::Unknown;
        };
        let Some(found) = self.tokens.get_mut(name) else {
            return TokenStatus::Expired;
        };
        found.uses = found.uses.saturating_add(1);
        let worn_out = self.lifetime.max_uses.is_some_and(|most| found.uses > most);
        if worn_out || now.since(found.since) >= self.lifetime.milliseconds {
            TokenStatus::Expired
        } else {
            TokenStatus::Good(found.scope.clone())
        }
    }
}

impl fmt::Debug for TokenStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Issued").field("tokens", &self.tokens.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Scope, TokenLifetime, TokenStatus, TokenStore};
    use crate::simulator::clock::Moment;

    #[test]
    fn a_token_is_good_for_its_lifetime_and_its_uses() {
        let start = Moment::sample();
        let mut issued = TokenStore::new(TokenLifetime { milliseconds: 1_000, max_uses: Some(3) });
        let scope = Scope::Project { id: "p".to_owned() };
        let (token, other) = (issued.issue(scope.clone(), start), issued.issue(Scope::Domain, start.later(10)));
        assert_ne!(token, other);
        assert!(token.len() > 2_000);
        assert_eq!(issued.used(&token, start), TokenStatus::Good(scope.clone()));
        assert_eq!(issued.used(&token, start.later(999)), TokenStatus::Good(scope.clone()));
        assert_eq!(issued.used(&token, start.later(1_000)), TokenStatus::Expired);
        assert_eq!(issued.used(&token, start), TokenStatus::Expired, "it was used three times");
        assert_eq!(issued.used(&other, start.later(1_009)), TokenStatus::Good(Scope::Domain));
        assert_eq!(issued.used("MII", start), TokenStatus::Unknown);
        assert!(!format!("{issued:?}").contains(&token));
    }

    #[test]
    fn what_has_expired_is_dropped_and_still_known_as_expired() {
        let start = Moment::sample();
        let mut issued = TokenStore::new(TokenLifetime { milliseconds: 1_000, max_uses: None });
        let old = issued.issue(Scope::Domain, start);
        let new = issued.issue(Scope::Domain, start.later(1_000));
        assert_eq!((issued.tokens.len(), issued.names.len()), (1, 1));
        assert_eq!(issued.used(&old, start.later(1_001)), TokenStatus::Expired);
        assert_eq!(issued.used(&new, start.later(1_001)), TokenStatus::Good(Scope::Domain));
        let last = if new.ends_with('0') { "1" } else { "0" };
        for forged in [format!("{}{last}", &new[..new.len() - 1]), new[1..].to_owned(), new[32..].to_owned()] {
            assert_eq!(issued.used(&forged, start.later(1_001)), TokenStatus::Unknown);
        }
        let elsewhere =
            TokenStore::new(TokenLifetime { milliseconds: 1_000, max_uses: None }).issue(Scope::Domain, start);
        assert_eq!(issued.used(&elsewhere, start), TokenStatus::Unknown);
    }

    #[test]
    fn only_so_many_tokens_are_kept() {
        let start = Moment::sample();
        let mut issued = TokenStore::new(TokenLifetime { milliseconds: 1_000, max_uses: None });
        let first = issued.issue(Scope::Domain, start);
        let second = issued.issue(Scope::Domain, start);
        for _ in 2..=KEPT {
            issued.issue(Scope::Domain, start);
        }
        assert_eq!((issued.tokens.len(), issued.names.len()), (KEPT, KEPT));
        assert_eq!(issued.used(&first, start), TokenStatus::Expired);
        assert_eq!(issued.used(&second, start), TokenStatus::Good(Scope::Domain));
    }
}
