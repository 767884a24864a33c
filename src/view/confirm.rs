//! The question before the order is placed: the deed, the account and what is asked for.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::{Asked, Confirm, Model};

use super::overlay::draw_box;
use super::put::{cells, put};
use super::theme::Theme;

pub fn draw(model: &Model, confirm: &Confirm, theme: Theme, frame: &mut Frame, cover: Rect) {
    let account = &model.account;
    let mode = if account.live { "LIVE: real servers, real money" } else { "SIMULATOR: nothing real is bought" };
    let style = if account.live { theme.live() } else { theme.simulator() };
    let deed = if confirm.stake.pays_now { theme.problem() } else { theme.strong() };
    let mut lines: Vec<(String, Style)> = vec![
        (confirm.stake.deed(), deed),
        (String::new(), theme.plain()),
        (format!(" {mode} "), style),
        (format!("Account   {}, {}, project {}", account.profile, account.region, account.project), theme.plain()),
        (format!("Server    {}", confirm.server_name), theme.plain()),
        (
            format!("Request   {} bytes, SHA-256 {}...", confirm.body.bytes().len(), confirm.body.short_hash()),
            theme.plain(),
        ),
        (String::new(), theme.plain()),
    ];
    let armed = confirm.is_armed(model.now);
    let mut typed_at = None;
    match &confirm.asked {
        Asked::Key if armed => lines.push(("Ctrl-O places the order. Esc goes back.".into(), theme.strong())),
        Asked::Key => lines.push(("Read it first...".into(), theme.faint())),
        Asked::Name { typed, .. } => {
            let ask = if armed { "Type the server name to confirm:" } else { "Read it first..." };
            lines.push((ask.into(), theme.plain()));
            typed_at = Some(lines.len());
            lines.push((format!("[{typed}"), theme.strong()));
            let last = if confirm.is_answered() { "Ctrl-O places the order. Esc goes back." } else { "Esc goes back." };
            lines.push((last.into(), theme.strong()));
        }
    }
    let inner = draw_box("Confirm", &lines, 76, theme, frame, cover);
    if let (Some(row), Asked::Name { typed, cursor }) = (typed_at, &confirm.asked) {
        let y = inner.y + u16::try_from(row).unwrap_or(0);
        let end = inner.x + 1 + 60.min(inner.width.saturating_sub(2));
        put(frame.buffer_mut(), end, y, 1, "]", theme.strong());
        let before: String = typed.chars().take(cursor.0).collect();
        if y < inner.bottom() {
            frame.set_cursor_position(Position::new((inner.x + 1 + cells(&before)).min(end), y));
        }
    }
}
