//! Whose money it is: what the settings say, and what the cloud itself says of the credentials
//! that will order.

use crate::order::{Draft, FieldId};
use crate::words::tr;

use super::model::{Model, Origin};
use super::msg::{Effect, ReadFailure};

/// What kind of money it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
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
    pub mode: Mode,
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
            mode: Mode::NoAccount,
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
pub struct Defaults {
    pub draft: Draft,
    /// The fields that are answered by it.
    pub answered: Vec<FieldId>,
}

/// Whom the credentials speak for, in the cloud's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
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
pub enum Standing {
    NotAsked,
    Asking {
        ticket: u64,
    },
    Known(Known),
    /// Nobody to ask: no IAM is known for this endpoint.
    NobodyToAsk,
    Failed(ReadFailure),
}

/// From here on a clock that is off is worth a word, in seconds; signatures hold for 15 minutes.
const NOTABLE_SKEW: i64 = 5 * 60;

impl Model {
    /// Takes the answers that the profile gives.
    pub fn begin_with(&mut self, defaults: Defaults) {
        self.shelf.defaults = defaults.clone();
        self.draft = defaults.draft;
        self.origins = defaults.answered.into_iter().map(|id| (id, Origin::Profile)).collect();
        self.recheck();
        self.begin_history();
    }

    /// Asks whom the credentials speak for.
    pub(super) fn ask_for_standing(&mut self) -> Effect {
        let ticket = self.next_ticket();
        self.standing = Standing::Asking { ticket };
        Effect::Identify { ticket }
    }

    pub(super) fn take_standing(&mut self, ticket: u64, result: Result<Option<Known>, ReadFailure>) {
        if self.standing != (Standing::Asking { ticket }) {
            return;
        }
        self.standing = match result {
            Ok(Some(known)) => Standing::Known(known),
            Ok(None) => Standing::NobodyToAsk,
            Err(failure) => Standing::Failed(failure),
        };
        if let Some(words) = self.account_trouble() {
            self.say_also(&words);
        }
    }

    /// What is wrong with the account, if anything is known to be.
    #[must_use]
    pub fn account_trouble(&self) -> Option<String> {
        let Standing::Known(known) = &self.standing else { return None };
        if !known.is_listed {
            return Some(tr!(
                "Project {project} is not among those that the credentials open",
                project = self.account.project
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
