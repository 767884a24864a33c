//! The setup page, shown before the form: it asks for the account, the region and the project.

pub(in crate::app) mod choices;
pub(in crate::app) mod flow;
pub(in crate::app) mod input_line;
mod inputs;
pub(in crate::app) mod state;
