//! Journeys over `update`: messages in, model and effects out, no terminal.

#[path = "../common/mod.rs"]
mod common;

mod buying;
mod form;
mod lists;
mod ports;
mod properties;
