//! The question before the order is placed: the deed, the account and what is asked for.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Asked, Confirm, Model};

use super::controls::draw_box;
use super::overlay::draw_panel;
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
    match &confirm.asked {
        Asked::Key if armed => lines.push(("Ctrl-O places the order. Esc goes back.".into(), theme.strong())),
        Asked::Key => lines.push(("Read it first...".into(), theme.faint())),
        Asked::Word { word, .. } => {
            lines.extend(confirm.twins.iter().map(|twin| (twin.clone(), theme.problem())));
            let ask = if armed { format!("Type {word} to confirm:") } else { "Read it first...".into() };
            lines.push((ask, theme.plain()));
            lines.push((String::new(), theme.plain()));
            let last = if confirm.is_answered() { "Ctrl-O places the order. Esc goes back." } else { "Esc goes back." };
            lines.push((last.into(), theme.strong()));
        }
    }
    let inner = draw_panel("Confirm", &lines, 76, theme, frame, cover);
    if let Asked::Word { typed, cursor, .. } = &confirm.asked {
        // The line above the last one was left empty for it.
        let line = Rect { y: inner.bottom().saturating_sub(2), height: inner.height.min(1), ..inner };
        draw_box(typed, cursor.0, model.overlay.is_none(), 62, theme, frame, line);
    }
}
