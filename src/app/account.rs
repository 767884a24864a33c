//! The account that orders: what the settings say, and what IAM says of the credentials.

use crate::i18n::tr;
use crate::order::{Draft, FieldId};

use crate::app::load_error::LoadError;

/// What kind of money it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountMode {
    /// Real orders are placed.
    Live,
    /// The embedded simulator: nothing is bought.
    Simulator,
    /// Nobody orders yet.
    NoAccount,
}

/// Whose money it is, as far as the settings say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLabel {
    pub mode: AccountMode,
    /// Profile or scene.
    pub profile: String,
    pub region: String,
    /// The id of the project.
    pub project: String,
    /// What proves the calls, with its source: `access key FAKE...0001 from the environment`.
    pub credentials: String,
    /// Where the order goes.
    pub endpoint: String,
    /// What the calls go through on their way.
    pub proxy: Option<String>,
}

impl AccountLabel {
    /// The label while nobody orders yet.
    #[must_use]
    pub fn none() -> Self {
        let empty = String::new;
        Self {
            mode: AccountMode::NoAccount,
            profile: empty(),
            region: empty(),
            project: empty(),
            credentials: empty(),
            endpoint: empty(),
            proxy: None,
        }
    }
}

/// What the form begins with in place of its own defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileDefaults {
    pub draft: Draft,
    /// The fields that are answered by it.
    pub answered: Vec<FieldId>,
}

/// Whom the credentials speak for, in the cloud's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountIdentity {
    /// The name of the account.
    pub account: Option<String>,
    /// The name of the project.
    pub project: Option<String>,
    /// Whether the project is among those that the credentials open.
    pub is_listed: bool,
    /// Seconds that this machine's clock is ahead of the cloud's.
    pub clock_ahead: Option<i64>,
    /// Time of day of the answer.
    pub stamp: String,
}

/// What is known of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityState {
    NotRequested,
    Requested {
        ticket: u64,
    },
    Known(AccountIdentity),
    /// Nobody to ask: no IAM is known for this endpoint.
    Unavailable,
    Failed(LoadError),
}

/// From here on a clock that is off is worth a word, in seconds; signatures hold for 15 minutes.
const NOTABLE_SKEW: i64 = 5 * 60;

/// The account that orders, and what the cloud says of it.
#[derive(Debug)]
pub struct Account {
    pub label: AccountLabel,
    pub identity: IdentityState,
    ticket: u64,
}

impl Account {
    /// The account of a label, whose identity nobody asked for yet.
    #[must_use]
    pub fn new(label: AccountLabel) -> Self {
        Self { label, identity: IdentityState::NotRequested, ticket: 0 }
    }

    /// Numbers requests on after those for another account.
    pub(super) fn continue_numbering(&mut self, before: &Self) {
        self.ticket = before.ticket;
    }

    /// Notes that the identity is asked for; returns the number of the request.
    pub(super) fn request_identity(&mut self) -> u64 {
        self.ticket += 1;
        self.identity = IdentityState::Requested { ticket: self.ticket };
        self.ticket
    }

    /// Takes the identity in, if the request is the last one; returns what is wrong with the account.
    pub(super) fn set_identity(
        &mut self,
        ticket: u64,
        result: Result<Option<AccountIdentity>, LoadError>,
    ) -> Option<String> {
        if self.identity != (IdentityState::Requested { ticket }) {
            return None;
        }
        self.identity = match result {
            Ok(Some(known)) => IdentityState::Known(known),
            Ok(None) => IdentityState::Unavailable,
            Err(failure) => IdentityState::Failed(failure),
        };
        self.trouble()
    }

    /// What is wrong with the account, if anything is known to be.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        let IdentityState::Known(known) = &self.identity else { return None };
        if !known.is_listed {
            return Some(tr!(
                "Project {project} is not among those that the credentials open",
                project = self.label.project
            ));
        }
        let ahead = known.clock_ahead.filter(|ahead| ahead.abs() >= NOTABLE_SKEW)?;
        let minutes = ahead.abs() / 60;
        Some(if ahead > 0 {
            tr!("This machine's clock is {minutes} min ahead of the cloud's; signatures fail from 15 min on", minutes)
        } else {
            tr!("This machine's clock is {minutes} min behind the cloud's; signatures fail from 15 min on", minutes)
        })
    }
}
