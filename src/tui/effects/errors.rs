//! The reasons why an effect has no account, client or journal, and their conversion to messages.

use crate::api::ReadError;
use crate::app::LoadError;
use crate::i18n::tr;
use crate::purchase::journal::JournalError;
use crate::purchase::{NotSentReason, Reconciled, UnreadServers};
use crate::text::shared_error::SharedError;
use crate::tui::accounts::AccountError;

/// The error of a call that is made before there is an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!("there is no account yet"))]
pub struct NoAccount;

/// The reason why there is no API client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error(transparent)]
    NoAccount(#[from] NoAccount),
    #[error(transparent)]
    NotConnected(#[from] AccountError),
}

/// The reason why there is no journal.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ServiceError {
    #[error(transparent)]
    NoAccount(#[from] NoAccount),
    #[error("{}", tr!("there is no home directory for the journal: --state-dir names one"))]
    NoHome,
    #[error(transparent)]
    Journal(SharedError<JournalError>),
    #[error("{}", tr!("the program broke down while opening the journal"))]
    Panicked,
}

/// Converts the lack of a client to the error that a list shows.
#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub fn no_client(why: ClientError) -> LoadError {
    LoadError { sentence: why.to_string(), request_id: None }
}

/// Converts the lack of a journal or a client to the reason why an order was not sent.
pub fn not_prepared(why: &impl ToString) -> NotSentReason {
    NotSentReason::NotPrepared { detail: why.to_string() }
}

/// Converts the lack of a client to the result of a search for an order.
pub fn unread(why: &impl ToString) -> Reconciled {
    Reconciled::Unread { why: UnreadServers::NoClient(why.to_string()) }
}

/// Converts a read error to the error that a list shows.
pub fn load_error(error: &ReadError) -> LoadError {
    LoadError { sentence: error.sentence(), request_id: error.request_id().map(ToOwned::to_owned) }
}
