//! The order on the screen: confirmation, result and the journal as the form needs it. Placing the order is an effect:
//! nothing here sends anything, and only the receipt depends on the whole model.

pub(in crate::app) mod confirm;
pub(in crate::app) mod journal;
pub(in crate::app) mod order_progress;
pub(in crate::app) mod order_search_text;
pub(in crate::app) mod order_warning;
pub(in crate::app) mod outcome_kind;
pub(in crate::app) mod outcome_page;
pub(in crate::app) mod outcome_text;
pub(in crate::app) mod possible_duplicate;
pub(in crate::app) mod receipt;
pub(in crate::app) mod result;
pub(in crate::app) mod sheet_layout;
pub(in crate::app) mod unresolved_panel;
