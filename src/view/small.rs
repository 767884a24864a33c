//! Screens below 60x16: one field at a time.
//!
//! ```text
//! | SIM 3x60=180 1 month |  the consequence in a few cells
//! |> Server name     4/17|  which field
//! |[web-01            ]  |  its control
//! |! Count is missing    |  its problem, a note, or its rule
//! |Enter go on  ? keys   |
//! ```
//!
//! What has no row makes way from the top but one: a single row is the control.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Mode, Model, Page};
use crate::form::{FIELDS, Field, Stake, Step};
use crate::words::tr;

use super::layout::{Screen, Slice};
use super::put::{cells, put, put_right};
use super::theme::Theme;

/// The least that the whole form needs.
const WIDTH: u16 = 60;
const HEIGHT: u16 = 16;

/// Whether a screen is too small for more than one field.
pub fn is_small(screen: Rect) -> bool {
    screen.width < WIDTH || screen.height < HEIGHT
}

/// The same for the screen that the model knows of.
pub fn has_small_screen(model: &Model) -> bool {
    is_small(Rect::new(0, 0, model.width, model.height))
}

/// The regions of a small screen.
pub fn screen(model: &Model, area: Rect) -> Screen {
    let mut top = Slice { area };
    let consequence = top.take(u16::from(area.height > 1));
    let keys_line = top.take_last(u16::from(area.height > 3));
    let cover = top.area;
    let most = match area.height {
        ..=2 => 0,
        3..=6 => 1,
        7..=9 => 2,
        10.. => 3,
    };
    let field_line = top.take_last(super::foot::field_rows(model, area.width, most));
    let has_label = top.area.height > 1 && matches!(model.page, Page::Form);
    let steps = top.take(u16::from(has_label));
    Screen { consequence, steps, body: top.area, pane: None, field_line, keys_line, cover }
}

/// ` SIM 3x60=180 PAYS NOW 1 month`: as much as there is room for, what costs money first.
pub fn draw_consequence(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    if line.height == 0 {
        return;
    }
    let mut x = line.x;
    for (text, style) in parts(model, theme) {
        let room = line.right().saturating_sub(x);
        if x > line.x && cells(&text) > room {
            return;
        }
        x = put(frame.buffer_mut(), x, line.y, room, &text, style) + 1;
    }
}

fn parts(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let (mode, style) = match model.account.mode {
        Mode::Live => (tr!(" LIVE "), theme.live()),
        Mode::Simulator => (tr!(" SIM "), theme.simulator()),
        Mode::NoAccount => return vec![(tr!(" NO ACCOUNT "), theme.selected())],
    };
    let stake = model.stake();
    let mut parts = vec![(mode, style)];
    if stake.pays_now {
        parts.push((tr!("PAYS NOW"), theme.live()));
    }
    parts.push((product(&stake), theme.strong()));
    parts.push((stake.period_text(), theme.strong()));
    let account = &model.account;
    parts.extend([&account.profile, &account.region, &account.project].map(|part| (part.clone(), theme.plain())));
    parts
}

/// `3x60=180`: servers, phones of each, phones in all.
fn product(stake: &Stake) -> String {
    let known = |number: Option<i64>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    let per = known(stake.phones_per_server.map(i64::from));
    format!("{}x{per}={}", known(stake.servers), known(stake.phones()))
}

/// `> Server name   4/17`: the field and its place among all that are asked for now.
pub fn draw_where(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) {
    if line.height == 0 {
        return;
    }
    let (name, place) = match model.focused() {
        Some(field) => (field.id.label(), place_of(model, field)),
        None => (Step::Review.name(), String::new()),
    };
    let from = put_right(frame.buffer_mut(), line, 0, &place, theme.faint());
    let x = put(frame.buffer_mut(), line.x, line.y, line.width, "> ", theme.focus());
    put(frame.buffer_mut(), x, line.y, from.saturating_sub(x + 1), name, theme.focus());
}

fn place_of(model: &Model, field: &Field) -> String {
    let asked: Vec<&Field> = FIELDS.iter().filter(|row| (row.shown)(&model.draft) && row.control.can_focus()).collect();
    let place = asked.iter().position(|row| row.id == field.id).map_or(0, |at| at + 1);
    format!("{place}/{}", asked.len())
}
