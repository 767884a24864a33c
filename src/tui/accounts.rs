//! Where accounts come from, as far as the wizard needs it: what is on the machine, which projects
//! it opens, and the form for one of them. The command line knows the rest.

use std::any::Any;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use crate::api::{Cloud, Observer};
use crate::app::{Access, AccountLabel, Choice, Defaults, Project, ReadFailure, Setup, Survey};
use crate::purchase::Buyer;

/// An answer that is still on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The cloud, and whatever has to live as long as it.
pub struct Connection {
    pub cloud: Arc<dyn Cloud>,
    pub keeps: Box<dyn Any + Send + Sync>,
}

/// How to reach the cloud; called on the background thread after the first frame, and again as
/// long as it fails.
pub type Connect = Box<dyn Fn() -> Answer<'static, Result<Connection, String>> + Send + Sync>;

/// All that the form needs of an account.
pub struct Opened {
    pub account: AccountLabel,
    pub connect: Connect,
    pub buyer: Buyer,
    /// Where journal and drafts live.
    pub state_dir: Option<PathBuf>,
    /// What the form begins with.
    pub defaults: Defaults,
}

/// Where the wizard begins.
pub enum Start {
    Form(Box<Opened>),
    /// With a question about who orders.
    Setup(Box<Setup>),
}

/// Everything that has to do with settings, credentials and IAM.
pub trait Accounts: Send + Sync {
    /// What is on the machine; reads files.
    fn survey(&self) -> Survey;

    /// The projects of a region that credentials open; asks IAM.
    fn projects(&self, access: Access) -> Answer<'_, Result<Vec<Project>, ReadFailure>>;

    /// The form for a choice, or the question that it still needs; keeps a profile if asked to. The
    /// error is a sentence.
    fn open(&self, choice: &Choice) -> Result<Start, String>;

    /// Names who is told of calls that are made before there is a form; the first one stays.
    fn observe(&self, observer: Observer) {
        drop(observer);
    }
}
