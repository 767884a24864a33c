//! The account that places orders: its settings, and the identity that IAM reports for its credentials.

use crate::i18n::tr;
use crate::order::{Draft, FieldId};

use crate::app::load_error::LoadError;

/// The kind of account that pays for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountMode {
    /// Real orders are placed.
    Live,
    /// The embedded simulator: nothing is bought.
    Simulator,
    /// No account is chosen yet.
    NoAccount,
}

/// The account that pays, as far as the settings name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLabel {
    pub mode: AccountMode,
    /// Name of the profile, or of the simulator's scene in a demo.
    pub profile: String,
    pub region: String,
    /// The id of the project.
    pub project: String,
    /// Credentials that authenticate the calls, with their source: `access key FAKE...0001 from the environment`.
    pub credentials: String,
    /// Endpoint that the order is sent to.
    pub endpoint: String,
    /// Proxy that the calls go through; `None` for a direct connection.
    pub proxy: Option<String>,
}

impl AccountLabel {
    /// Creates the label used while no account is chosen. All its texts are empty.
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

/// Values of an account profile that replace the form's own defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileDefaults {
    pub draft: Draft,
    /// Fields that the profile sets.
    pub answered: Vec<FieldId>,
}

/// The account and project that the credentials belong to, as IAM names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountIdentity {
    /// The name of the account.
    pub account: Option<String>,
    /// The name of the project.
    pub project: Option<String>,
    /// True if the project is among those that the credentials give access to.
    pub is_listed: bool,
    /// Seconds by which this machine's clock is ahead of the cloud's; negative if it is behind.
    pub clock_ahead: Option<i64>,
    /// Time of day of the response.
    pub stamp: String,
}

/// State of the identity request to IAM, with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityState {
    NotRequested,
    Requested {
        ticket: u64,
    },
    Known(AccountIdentity),
    /// No IAM service is known for this endpoint, so the identity cannot be requested.
    Unavailable,
    Failed(LoadError),
}

/// Minimum clock difference, in seconds, that the user is warned about. Signatures are valid for 15 minutes.
const NOTABLE_SKEW: i64 = 5 * 60;

/// The account that places orders, with its identity as IAM reports it.
#[derive(Debug)]
pub struct Account {
    pub label: AccountLabel,
    pub identity: IdentityState,
    ticket: u64,
}

impl Account {
    /// Creates an account from its label. Its identity is not requested yet.
    #[must_use]
    pub fn new(label: AccountLabel) -> Self {
        Self { label, identity: IdentityState::NotRequested, ticket: 0 }
    }

    /// Continues the request numbers of the previous account, so that a late response to one of its requests is
    /// ignored.
    pub(super) fn continue_numbering(&mut self, before: &Self) {
        self.ticket = before.ticket;
    }

    /// Marks the identity as requested and returns the number of the request.
    pub(super) fn request_identity(&mut self) -> u64 {
        self.ticket += 1;
        self.identity = IdentityState::Requested { ticket: self.ticket };
        self.ticket
    }

    /// Stores the identity if it belongs to the latest request. Returns the problem with the account, if there is one.
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

    /// Returns the known problem with the account: a project that the credentials do not give access to, or a clock
    /// that is off by 5 minutes or more. `None` if there is none, or if the identity is not known.
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

/// Returns the profile for display, with the account as IAM names it, or the reason why it is not confirmed.
#[must_use]
pub fn account_text(account: &Account) -> String {
    let profile = &account.label.profile;
    match &account.identity {
        IdentityState::Known(known) => match (&known.account, known.is_listed) {
            (Some(account), true) => tr!("{account} (profile {profile})", account, profile),
            (None, true) => tr!("profile {profile}, confirmed", profile),
            (_, false) => tr!("profile {profile}; the project is not among its projects", profile),
        },
        IdentityState::NotRequested | IdentityState::Requested { .. } => {
            tr!("profile {profile}, not confirmed yet", profile)
        }
        IdentityState::Unavailable if account.label.mode == AccountMode::Simulator => tr!("profile {profile}", profile),
        IdentityState::Unavailable => tr!("profile {profile}; there is no IAM to confirm it", profile),
        IdentityState::Failed(_) => tr!("profile {profile}; IAM did not confirm it", profile),
    }
}

/// Returns the endpoint of the order, the proxy if there is one, and the credentials, for display.
#[must_use]
pub fn endpoint_text(account: &AccountLabel) -> String {
    let (endpoint, credentials) = (&account.endpoint, &account.credentials);
    match &account.proxy {
        Some(proxy) => tr!("{endpoint} through {proxy}, by {credentials}", endpoint, proxy, credentials),
        None => tr!("{endpoint}, by {credentials}", endpoint, credentials),
    }
}
