pub mod catalogue;
pub mod form;
pub mod order;
