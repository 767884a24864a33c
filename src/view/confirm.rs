//! The question before the order is placed: the deed, the account and what is asked for.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Asked, Confirm, Mode, Model, Standing};

use super::controls::draw_box;
use super::overlay::draw_panel;
use super::review::way_words;
use super::theme::Theme;

pub fn draw(model: &Model, confirm: &Confirm, theme: Theme, frame: &mut Frame, cover: Rect) {
    let account = &model.account;
    let (mode, style) = match account.mode {
        Mode::Live => ("LIVE: real servers, real money", theme.live()),
        Mode::Simulator => ("SIMULATOR: nothing real is bought", theme.simulator()),
        Mode::NoAccount => ("NO ACCOUNT", theme.problem()),
    };
    let deed = if confirm.stake.pays_now { theme.problem() } else { theme.strong() };
    let mut lines: Vec<(String, Style)> = vec![
        (confirm.stake.deed(), deed),
        (String::new(), theme.plain()),
        (format!(" {mode} "), style),
        (format!("Account   {}", whose(model)), theme.plain()),
        (format!("Project   {}, {}", account.project, account.region), theme.plain()),
        (format!("Sent      {}", way_words(account)), theme.plain()),
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

/// The profile, and the account as the cloud names it.
fn whose(model: &Model) -> String {
    let profile = &model.account.profile;
    match &model.standing {
        Standing::Known(known) => match (&known.account, known.is_listed) {
            (Some(account), true) => format!("{account} (profile {profile})"),
            (None, true) => format!("profile {profile}, confirmed"),
            (_, false) => format!("profile {profile}; the project is not among its projects"),
        },
        Standing::NotAsked | Standing::Asking { .. } => format!("profile {profile}, not confirmed yet"),
        Standing::NobodyToAsk => format!("profile {profile}; there is no IAM to confirm it"),
        Standing::Failed(_) => format!("profile {profile}; IAM did not confirm it"),
    }
}
