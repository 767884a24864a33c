//! The terminal program that orders Cloud Phone servers. See ARCHITECTURE.md for the map and docs/decisions for the
//! reasons.
//!
//! ```text
//! keystroke:  tui::input -> app::update -> (form, order) -> view::draw
//! purchase:   Review -> app::update -> Effect::Submit -> tui::effects -> purchase::service -> api
//!             -> events back to app::update
//! ```

pub mod api;
pub mod app;
mod bootstrap;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod codes;
pub mod config;
pub mod exit_code;
pub mod export;
pub mod form;
pub mod fs_private;
pub mod i18n;
pub mod linear;
pub mod order;
pub mod order_file;
pub mod purchase;
pub mod signing;
pub mod simulator;
pub mod testing;
pub mod text;
pub mod tui;
pub mod view;
