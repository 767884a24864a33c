//! The interface to accounts that the terminal program needs: what is on the machine, which projects it opens, and the form
//! for one of them. `bootstrap` implements it.

use std::any::Any;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use crate::api::{Cloud, Observer};
use crate::app::{
    AccountAccess, AccountChoice, AccountLabel, DetectedAccounts, LoadError, ProfileDefaults, Project, Setup,
};
use crate::purchase::Buyer;

/// An answer that is still on its way.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The cloud, and whatever has to live as long as it.
pub struct Connection {
    pub cloud: Arc<dyn Cloud>,
    pub guard: Box<dyn Any + Send + Sync>,
}

/// How to reach the cloud; called on the background thread after the first frame, and again as
/// long as it fails.
pub type Connector = Box<dyn Fn() -> BoxFuture<'static, Result<Connection, AccountError>> + Send + Sync>;

/// Why there is no account, or no client for it. `bootstrap`, which opens accounts, makes the sentence.
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

/// All that the form needs of an account.
pub struct OpenedAccount {
    pub account: AccountLabel,
    pub connect: Connector,
    pub buyer: Buyer,
    /// Where journal and drafts live.
    pub state_dir: Option<PathBuf>,
    /// The answers that the profile gives.
    pub defaults: ProfileDefaults,
}

/// The first page.
pub enum StartPage {
    Form(Box<OpenedAccount>),
    /// With a question about who orders.
    Setup(Box<Setup>),
}

/// Everything that has to do with settings, credentials and IAM.
pub trait Accounts: Send + Sync {
    /// What is on the machine; reads files.
    fn detect(&self) -> DetectedAccounts;

    /// The projects of a region that credentials open; asks IAM.
    fn projects(&self, access: AccountAccess) -> BoxFuture<'_, Result<Vec<Project>, LoadError>>;

    /// The form for a choice, or the question that it still needs; keeps a profile if asked to.
    fn open(&self, choice: &AccountChoice) -> Result<StartPage, AccountError>;

    /// Names who is told of calls that are made before there is a form; the first one stays.
    fn observe(&self, observer: Observer) {
        drop(observer);
    }
}
