//! The interface to accounts that the terminal program needs: the accounts on this machine, their projects, and the
//! form for one of them. `bootstrap` implements it.

use std::any::Any;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use crate::api::{Cloud, Observer};
use crate::app::{
    AccountAccess, AccountChoice, AccountLabel, DetectedAccounts, LoadError, ProfileDefaults, Project, Setup,
};
use crate::purchase::Buyer;

/// A boxed future of an account operation.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The API client, and whatever must live as long as it.
pub struct Connection {
    pub cloud: Arc<dyn Cloud>,
    pub guard: Box<dyn Any + Send + Sync>,
}

/// A function that connects to the API. It is called on the background thread after the first frame, and again as long
/// as it fails.
pub type Connector = Box<dyn Fn() -> BoxFuture<'static, Result<Connection, AccountError>> + Send + Sync>;

/// The reason why there is no account, or no client for it. `bootstrap`, which opens accounts, makes the sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct AccountError {
    pub sentence: String,
}

impl AccountError {
    pub fn new(why: impl std::fmt::Display) -> Self {
        Self { sentence: why.to_string() }
    }
}

/// The data of an account that the form needs.
pub struct OpenedAccount {
    pub account: AccountLabel,
    pub connect: Connector,
    pub buyer: Buyer,
    /// Directory of the drafts.
    pub state_dir: Option<PathBuf>,
    /// Directory of the journal.
    pub journal_dir: Option<PathBuf>,
    /// The answers that the profile gives.
    pub defaults: ProfileDefaults,
    /// A sentence to show when the form opens.
    pub notice: Option<String>,
}

/// The first page.
pub enum StartPage {
    Form(Box<OpenedAccount>),
    /// A question about the account.
    Setup(Box<Setup>),
}

/// Access to settings, credentials and IAM.
pub trait Accounts: Send + Sync {
    /// Finds the accounts and credentials on this machine; reads files.
    fn detect(&self) -> DetectedAccounts;

    /// Returns the projects of a region that the credentials give access to; asks IAM.
    fn projects(&self, access: AccountAccess) -> BoxFuture<'_, Result<Vec<Project>, LoadError>>;

    /// Opens the form for a choice, or returns the question that is still to be answered. Saves a profile if the choice
    /// asks for it.
    fn open(&self, choice: &AccountChoice) -> Result<StartPage, AccountError>;

    /// Sets the observer of calls that are made before the form exists. Only the first one set counts.
    fn observe(&self, observer: Observer) {
        drop(observer);
    }
}
