//! What the command line says about how a form starts.

use crate::order::FieldId;

use crate::app::draft::saved::Basis;

/// What the command line says about the beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartFrom {
    pub source: StartSource,
    /// Answers that were looked at already, in the order in which they were given.
    pub flags: Vec<(FieldId, String)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum StartSource {
    /// The account's defaults, or the newest draft.
    #[default]
    Nothing,
    /// The journal says which, once it was read.
    LastOrder,
    Basis(Box<Basis>),
}
