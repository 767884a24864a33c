//! Draws the model and never changes it.
//!
//! ```text
//! | SIMULATOR demo  cn-north-4  project ...   3 servers x 60 phones = 180 ... |  consequence.rs
//! | + Flavor  ! Image  - Count  ...                                           |  steps.rs
//! |                                                                           |
//! | > Server flavor   physical.rx1.xlarge   7 of 7 | {                        |  step.rs, picker.rs,
//! |   name              CPU      memory            |   "server_name": ...     |  controls.rs, ports.rs,
//! |   physical.rx1...   64       256 GB            |                          |  review.rs | request.rs
//! |                                                |                          |
//! | Server name: 1-60 characters ...                                          |  foot.rs
//! | Enter choose  Tab next  Esc back                                          |
//! ```
//!
//! Below 60x16 the layout is that of `small.rs`. The page before the form is in `setup.rs`. What covers the page is in `overlay.rs` and `confirm.rs`; waiting and outcome in `outcome.rs`.

mod changes;
mod confirm;
mod consequence;
mod controls;
mod details;
mod export;
mod foot;
mod hit;
mod inspector;
mod intro;
mod layout;
mod lines;
mod outcome;
mod overlay;
mod palette;
mod pasted;
mod picker;
mod plain;
mod ports;
mod put;
mod request;
mod review;
mod setup;
mod shelf;
mod small;
mod step;
mod steps;
mod theme;

use ratatui::Frame;

use crate::app::{Model, Page};
use crate::form::Step;

pub use confirm::shows_deed;
pub use hit::hit;
pub use theme::{Role, RoleFault, Theme};

// The sentences that linear mode says as well.
pub use confirm::whose;
pub use controls::consequence_of;
pub use outcome::status_words;
pub use picker::absence;
pub use put::wrap;
pub use review::way_words;
pub use setup::question as setup_question;

/// Paints the whole screen; any size will do.
pub fn draw(model: &Model, theme: Theme, frame: &mut Frame) {
    let screen = layout::Screen::of(model, frame.area());
    if small::is_small(frame.area()) {
        small::draw_consequence(model, theme, frame, screen.consequence);
        small::draw_where(model, theme, frame, screen.steps);
    } else {
        consequence::draw(model, theme, frame, screen.consequence);
        if !matches!(model.page, Page::Setup(_)) {
            steps::draw(model, theme, frame, screen.steps);
        }
    }
    match &model.page {
        Page::Form | Page::Confirm(_) if model.step == Step::Review => review::draw(model, theme, frame, screen.body),
        Page::Form | Page::Confirm(_) => step::draw(model, theme, frame, screen.body),
        Page::Waiting(waiting) => outcome::draw_waiting(model, waiting, theme, frame, screen.body),
        Page::Setup(setup) => setup::draw(model, setup, theme, frame, screen.body),
        Page::Result(result) => outcome::draw_result(model, result, theme, frame, screen.body),
    }
    if let Some(pane) = screen.pane {
        request::draw_pane(model, theme, frame, pane);
    }
    foot::draw(model, theme, frame, screen.field_line, screen.keys_line);
    if let Page::Confirm(confirm) = &model.page {
        confirm::draw(model, confirm, theme, frame, screen.cover);
    }
    overlay::draw(model, theme, frame, screen.cover);
    theme.finish(frame.buffer_mut());
}
