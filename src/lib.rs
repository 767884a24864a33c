//! The terminal program that orders Cloud Phone servers. See ARCHITECTURE.md for the map.
//!
//! ```text
//! keystroke:  tui::input -> app::update -> (form, order) -> view::draw
//! purchase:   Review -> app::update -> Effect::Submit -> purchase worker -> api -> events back to app::update
//! ```

pub mod api;
pub mod app;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod codes;
pub mod config;
pub mod export;
pub mod failure;
pub mod form;
pub mod linear;
pub mod order;
pub mod order_file;
pub mod points;
pub mod purchase;
pub mod signing;
pub mod simulator;
pub mod tui;
pub mod view;
pub mod words;
