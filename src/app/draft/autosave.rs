//! State that the autosave of a form keeps between two saves.

use crate::form::Step;
use crate::order::{Draft, FieldId, PortColumn};

use crate::app::draft::saved::DraftId;
use crate::app::load_error::Millis;

/// Autosave state of the form on the screen.
#[derive(Debug, Default)]
pub struct Autosave {
    pub(in crate::app) id: DraftId,
    /// Highest form number used so far in this run.
    pub(in crate::app) forms: u32,
    /// Answers as of the last save.
    pub(in crate::app) saved: Option<Draft>,
    pub(in crate::app) at: Option<Millis>,
    /// Position of the focus after the last message. A different position means that a field was left.
    pub(in crate::app) place: Option<(Step, FieldId, usize, PortColumn)>,
    pub(in crate::app) is_due: bool,
    /// Set at the first failed save, so that the failure is reported only once.
    pub(in crate::app) has_failed: bool,
}
