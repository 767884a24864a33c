//! Why there is no account, no client or no journal for an effect, and what messages say of it.

use crate::api::ReadError;
use crate::app::LoadError;
use crate::i18n::tr;
use crate::purchase::journal::JournalError;
use crate::purchase::{NotSentReason, Reconciled, UnreadServers};
use crate::text::shared_error::SharedError;
use crate::tui::accounts::AccountError;

/// No call is made before there is an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!("there is no account yet"))]
pub struct NoAccount;

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error(transparent)]
    NoAccount(#[from] NoAccount),
    #[error(transparent)]
    NotConnected(#[from] AccountError),
}

/// Why there is no journal.
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

/// What a list shows where there is no client.
#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub fn no_client(why: ClientError) -> LoadError {
    LoadError { sentence: why.to_string(), request_id: None }
}

/// Why an order was not sent where there is no journal or no client.
pub fn not_prepared(why: &impl ToString) -> NotSentReason {
    NotSentReason::NotPrepared { detail: why.to_string() }
}

/// What came of a search where there is no client.
pub fn unread(why: &impl ToString) -> Reconciled {
    Reconciled::Unread { why: UnreadServers::NoClient(why.to_string()) }
}

/// What a list shows that could not be read.
pub fn load_error(error: &ReadError) -> LoadError {
    LoadError { sentence: error.sentence(), request_id: error.request_id().map(ToOwned::to_owned) }
}
