//! The start of a form that the command line asks for.

use crate::order::FieldId;

use crate::app::draft::saved::Basis;

/// The start of a form that the command line asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartFrom {
    pub source: StartSource,
    /// Answers given as flags, already checked, in the order in which they were given.
    pub flags: Vec<(FieldId, String)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum StartSource {
    /// The account's defaults, or the newest draft.
    #[default]
    Nothing,
    /// The last order, which is known once the journal is read.
    LastOrder,
    Basis(Box<Basis>),
}
