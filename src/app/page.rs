//! The page that the screen shows.

use crate::app::purchase::confirm::{Confirm, Waiting};
use crate::app::purchase::result::ResultPage;
use crate::app::setup::state::Setup;

/// The page that the screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    Form,
    Confirm(Box<Confirm>),
    Waiting(Box<Waiting>),
    Result(Box<ResultPage>),
    /// The choice of the account, before the form or over it.
    Setup(Box<Setup>),
}
