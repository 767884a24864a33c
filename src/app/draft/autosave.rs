//! What the autosave of a form remembers between two saves.

use crate::form::Step;
use crate::order::{Draft, FieldId, PortColumn};

use crate::app::draft::saved::DraftId;
use crate::app::load_error::Millis;

/// What is kept of the form on the screen.
#[derive(Debug, Default)]
pub struct Autosave {
    pub(in crate::app) id: DraftId,
    /// Forms of this run that have a number already.
    pub(in crate::app) forms: u32,
    /// The answers as they were kept last.
    pub(in crate::app) saved: Option<Draft>,
    pub(in crate::app) at: Option<Millis>,
    /// Where the focus was when it was last looked at; another place means that a field was left.
    pub(in crate::app) place: Option<(Step, FieldId, usize, PortColumn)>,
    pub(in crate::app) is_due: bool,
    /// A failure is said once.
    pub(in crate::app) has_failed: bool,
}
