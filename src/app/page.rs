//! The page: what the screen is about.

use crate::app::purchase::confirm::{Confirm, Waiting};
use crate::app::purchase::result::ResultPage;
use crate::app::setup::state::Setup;

/// What the screen is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    Form,
    Confirm(Box<Confirm>),
    Waiting(Box<Waiting>),
    Result(Box<ResultPage>),
    /// Who orders, asked before the form.
    Setup(Box<Setup>),
}
