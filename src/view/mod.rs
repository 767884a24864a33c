//! Draws the model and never changes it.
//!
//! ```text
//! |   SIMULATOR   demo  cn-north-4        3 servers, 180 phones, 1 month, pay later |  order_summary.rs
//! | ✓ Flavor    ▸ Image      Servers      Bandwidth ...                            |  step_bar.rs
//! |───────────────━━━━━────────────────────────────────┬───────────────────────────|  page_frame.rs
//! |   Phone image                          Step 2 of 8 │ Order ─────────────────── |
//! | ┃ Image   AOSP 11                                  │ Request ───────────────── |  step_fields.rs, picker.rs,
//! | ┃   Name             Id                            │ {                         |  controls.rs, ports.rs,
//! | ┃ ▸ AOSP 11          2411...                       │   "server_name": ...      |  review.rs | request_pane.rs
//! |────────────────────────────────────────────────────┴───────────────────────────|
//! |   Image: one of the listed images                                              |  footer.rs
//! |   Enter choose   Tab next   Esc back                        Ctrl-G menu  ? help|
//! ```
//!
//! Below 60x16 the layout is that of `compact.rs`. The page before the form is in `setup.rs`, waiting and outcome in
//! `outcome.rs`, the order sheet in `confirm.rs`. Overlays are in `overlay.rs`.

mod changelog;
mod compact;
mod confirm;
mod controls;
mod export;
mod footer;
mod hit_test;
mod inspector;
mod introduction;
mod layout;
mod library;
mod order_progress;
mod order_summary;
mod outcome;
mod overlay;
mod page_frame;
mod palette;
mod panel;
mod pasted_ports;
mod picker;
mod picker_table;
mod plain_text;
mod ports;
mod request_pane;
mod review;
mod row_details;
mod screen_size;
mod section;
mod setup;
mod side_pane;
mod step_bar;
mod step_fields;
mod table_layout;
mod text;
mod theme;

use ratatui::Frame;

use crate::app::{Model, Page};
use crate::form::Step;

pub use confirm::sheet_is_visible;
pub use hit_test::hit_test;
pub use theme::{Role, RoleError, Theme};

// The sentences that linear mode says as well.
pub use crate::text::wrap::wrap;
pub use controls::answer_effect;
pub use picker::empty_list_lines;
pub use setup::question as setup_question_text;

/// Draws the whole screen, at any size.
pub fn draw(model: &Model, theme: Theme, frame: &mut Frame) {
    let screen = layout::Regions::new(model, frame.area());
    if screen_size::is_compact(frame.area()) {
        compact::draw_summary(model, theme, frame, screen.summary);
        compact::draw_position(model, theme, frame, screen.steps);
    } else {
        order_summary::draw(model, theme, frame, screen.summary);
        let current = match &model.page {
            Page::Form | Page::Confirm(_) => {
                step_bar::draw(model, theme, frame, screen.steps);
                step_bar::current_name(screen.steps, model.form.step)
            }
            Page::Waiting(_) | Page::Result(_) => order_progress::draw(model, theme, frame, screen.steps),
            Page::Setup(_) => Some(page_frame::draw_heading(setup::heading(), theme, frame, screen.steps)),
        };
        page_frame::draw_lines(&screen, current, theme, frame);
        page_frame::draw_title(model, theme, frame, &screen);
    }
    match &model.page {
        Page::Form if model.form.step == Step::Review => review::draw(model, theme, frame, screen.body),
        Page::Form => step_fields::draw(model, theme, frame, screen.body),
        Page::Confirm(confirm) => confirm::draw(model, confirm, theme, frame, screen.body),
        Page::Waiting(waiting) => outcome::draw_waiting(model, waiting, theme, frame, screen.body),
        Page::Setup(setup) => setup::draw(model, setup, theme, frame, screen.body),
        Page::Result(result) => outcome::draw_result(model, result, theme, frame, screen.body),
    }
    if let Some(pane) = screen.pane {
        side_pane::draw(model, theme, frame, pane);
    }
    footer::draw(model, theme, frame, screen.hint_line, screen.keys_line);
    overlay::draw(model, theme, frame, screen.cover);
    theme.post_process(frame.buffer_mut());
}
