//! Screens below 60x16: one field at a time.
//!
//! ```text
//! | SIM 3x60=180 1 month |  the order summary in a few cells
//! |> Server name     4/17|  which field
//! |[web-01            ]  |  its control
//! |! Count is missing    |  its problem, a note, or its rule
//! |Enter go on  ? keys   |
//! ```
//!
//! A lower screen shows fewer of these lines; a single row shows the control.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{AccountMode, Model};
use crate::form::{FIELDS, Field, OrderImpact, Step};
use crate::i18n::tr;

use super::text::{draw_text, draw_text_right};
use super::theme::Theme;
use crate::text::width::display_width;

/// Draws the order summary, such as ` SIM  PAYS NOW 3x60=180 1 month`, with as many parts as fit. What costs money
/// comes first.
pub fn draw_summary(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    if line.height == 0 {
        return;
    }
    let mut x = line.x;
    for (text, style) in parts(model, theme) {
        let room = line.right().saturating_sub(x);
        if x > line.x && display_width(&text) > room {
            return;
        }
        x = draw_text(frame.buffer_mut(), x, line.y, room, &text, style) + 1;
    }
}

fn parts(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let (mode, style) = match model.account.label.mode {
        AccountMode::Live => (tr!(" LIVE "), theme.live()),
        AccountMode::Simulator => (tr!(" SIM "), theme.simulator()),
        AccountMode::NoAccount => return vec![(tr!(" NO ACCOUNT "), theme.selected())],
    };
    let impact = model.impact();
    let mut parts = vec![(mode, style)];
    if impact.pays_now {
        parts.push((tr!("PAYS NOW"), theme.live()));
    }
    parts.push((product(&impact), theme.accent()));
    parts.push((impact.period_text(), theme.accent()));
    let account = &model.account.label;
    parts.extend([&account.profile, &account.region, &account.project].map(|part| (part.clone(), theme.text())));
    parts
}

/// Formats the servers, the phones per server and the phones in total, such as `3x60=180`, with `?` for an unknown
/// number.
fn product(impact: &OrderImpact) -> String {
    let known = |number: Option<i64>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    let per = known(impact.phones_per_server.map(i64::from));
    format!("{}x{per}={}", known(impact.servers), known(impact.phones()))
}

/// Draws the name of the focused field and its position among all fields that are asked for now, such as
/// `> Server name   4/17`.
pub fn draw_position(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    if line.height == 0 {
        return;
    }
    let (name, place) = match model.form.focused() {
        Some(field) => (field.id.label(), position_of(model, field)),
        None => (Step::Review.name(), String::new()),
    };
    let from = draw_text_right(frame.buffer_mut(), line, 0, &place, theme.secondary());
    let x = draw_text(frame.buffer_mut(), line.x, line.y, line.width, "> ", theme.focus());
    draw_text(frame.buffer_mut(), x, line.y, from.saturating_sub(x + 1), name, theme.focus());
}

fn position_of(model: &Model, field: &Field) -> String {
    let asked: Vec<&Field> =
        FIELDS.iter().filter(|row| (row.shown)(&model.form.draft) && row.control.can_focus()).collect();
    let place = asked.iter().position(|row| row.id == field.id).map_or(0, |at| at + 1);
    format!("{place}/{}", asked.len())
}
