//! The confirmation before the order is placed: the summary, the account and what is asked for.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{AccountMode, Action, Challenge, Confirm, IdentityState, MIN_SIZE_TO_ORDER, Model, Page};
use crate::i18n::{self, phrase, tr};

use super::controls::draw_box;
use super::layout::Regions;
use super::panel::{draw_panel, labelled_lines, line_width, panel_height};
use super::review::endpoint_text;
use super::theme::Theme;
use crate::text::truncate::truncate;
use crate::text::wrap::wrap;

const WIDTH: u16 = 76;

/// Returns whether the summary can be read to its end on a screen of this size, with a row for what is asked, and nothing
/// covers it. A confirmation that was never seen whole takes no key.
#[must_use]
pub fn summary_is_visible(model: &Model, screen: Rect) -> bool {
    let Page::Confirm(confirm) = &model.page else { return false };
    let cover = Regions::new(model, screen).cover;
    let rows = wrap(&confirm.impact.summary(), line_width(screen, cover, WIDTH)).len();
    let fits = screen.width >= MIN_SIZE_TO_ORDER.0 && screen.height >= MIN_SIZE_TO_ORDER.1;
    fits && model.overlay.is_none() && rows < usize::from(panel_height(screen, cover))
}

pub fn draw(model: &Model, confirm: &Confirm, theme: Theme, frame: &mut Frame, cover: Rect) {
    if let Some(why) = model.too_small_to_order() {
        let summary = (truncate(&confirm.impact.summary(), cover.width), theme.accent());
        draw_panel(i18n::t(phrase!("Confirm")), &[summary, (why, theme.problem())], WIDTH, theme, frame, cover);
        return;
    }
    if confirm.arms_at().is_none() && !summary_is_visible(model, frame.area()) {
        let words = tr!("Make the window larger to read what is ordered.");
        draw_panel(i18n::t(phrase!("Confirm")), &[(words, theme.problem())], WIDTH, theme, frame, cover);
        return;
    }
    let account = &model.account;
    let (mode, style) = match account.mode {
        AccountMode::Live => (phrase!("LIVE: real servers, real money"), theme.live()),
        AccountMode::Simulator => (phrase!("SIMULATOR: nothing real is bought"), theme.simulator()),
        AccountMode::NoAccount => (phrase!("NO ACCOUNT"), theme.problem()),
    };
    let summary = if confirm.impact.pays_now { theme.problem() } else { theme.accent() };
    // What is not needed for the decision makes way on a low screen.
    let plain = theme.text();
    let width = line_width(frame.area(), cover, WIDTH);
    let (bytes, hash) = (confirm.body.bytes().len(), confirm.body.short_hash());
    let mut about: Vec<(u8, String, Style)> = vec![
        (0, confirm.impact.summary(), summary),
        (5, String::new(), plain),
        (0, format!(" {} ", i18n::t(mode)), style),
    ];
    for (level, label, says) in [
        (0, phrase!("Account"), account_text(model)),
        (2, phrase!("Project"), format!("{}, {}", account.project, account.region)),
        (3, phrase!("Sent"), endpoint_text(account)),
        (0, phrase!("Server"), confirm.server_name.clone()),
        (1, phrase!("Request"), tr!("{bytes} bytes, SHA-256 {hash}...", bytes, hash)),
    ] {
        about.extend(labelled_lines(i18n::t(label), &says, width).into_iter().map(|line| (level, line, plain)));
    }
    about.push((4, String::new(), plain));
    let mut lines: Vec<(String, Style)> = Vec::new();
    // What is unlike the order before is said once more, where it can still be left and there is room.
    let risky_changes = model.library.differences.risky_changes.iter().filter(|_| cover.height >= 20);
    lines.extend(risky_changes.map(|(jump, _)| (format!("!! {}", jump.words), theme.problem())));
    let armed = confirm.is_armed(model.now);
    let places = tr!("{key} places the order. Esc goes back.", key = model.keymap.key_of(Action::PlaceOrder));
    match &confirm.challenge {
        Challenge::Key if armed => lines.push((places.clone(), theme.accent())),
        Challenge::Key => lines.push((tr!("Read it first..."), theme.secondary())),
        Challenge::Word { word, .. } => {
            lines.extend(confirm.duplicates.iter().map(|duplicate| (duplicate.clone(), theme.problem())));
            let ask = if armed { tr!("Type {word} to confirm:", word) } else { tr!("Read it first...") };
            lines.push((ask, theme.text()));
            lines.push((String::new(), theme.text()));
            let last = if confirm.is_answered() { places } else { tr!("Esc goes back.") };
            lines.push((last, theme.accent()));
        }
    }
    let room = usize::from(panel_height(frame.area(), cover));
    let rows = |text: &str| wrap(text, width).len();
    let asked: usize = lines.iter().map(|(text, _)| rows(text)).sum();
    let is_over =
        |about: &[(u8, String, Style)]| about.iter().map(|(_, text, _)| rows(text)).sum::<usize>() + asked > room;
    for level in (1..=5).rev() {
        if is_over(&about) {
            about.retain(|(needed, _, _)| *needed != level);
        }
    }
    // On the smallest screens the deed is all that is left of it, on one row if need be.
    while is_over(&about) && about.len() > 1 {
        about.pop();
    }
    if is_over(&about) {
        fit_to_height(&mut about, &mut lines, room, width);
    }
    let lines: Vec<(String, Style)> = about.into_iter().map(|(_, text, style)| (text, style)).chain(lines).collect();
    let inner = draw_panel(i18n::t(phrase!("Confirm")), &lines, WIDTH, theme, frame, cover);
    if let Challenge::Word { typed, cursor, .. } = &confirm.challenge {
        // The last empty line was left for it.
        let place = lines.iter().rposition(|(text, _)| text.is_empty()).unwrap_or(0);
        let above = lines.iter().take(place).map(|(text, _)| wrap(text, width).len()).sum::<usize>();
        let above = u16::try_from(above).unwrap_or(u16::MAX).min(inner.height);
        let line = Rect { y: inner.y + above, height: (inner.height - above).min(1), ..inner };
        draw_box(typed, cursor.0, model.overlay.is_none(), 62, theme, frame, line);
    }
}

/// What is asked on one row each, and no more of it than there is room for beside the summary: the box for it stays
/// longest. The summary is cut only where it does not fit with a single row besides.
fn fit_to_height(about: &mut Vec<(u8, String, Style)>, lines: &mut Vec<(String, Style)>, room: usize, width: u16) {
    for (text, _) in lines.iter_mut() {
        *text = truncate(text, width);
    }
    let mut summary = about.first().map_or(0, |(_, text, _)| wrap(text, width).len());
    if summary >= room {
        for (_, text, _) in about.iter_mut() {
            *text = truncate(text, width);
        }
        summary = about.len();
    }
    let is_word = lines.iter().any(|(text, _)| text.is_empty());
    if is_word && summary + lines.len() > room {
        lines.pop();
    }
    let over = (summary + lines.len()).saturating_sub(room).min(lines.len().saturating_sub(1));
    lines.drain(..over);
    about.truncate(room.saturating_sub(lines.len()));
}

/// The profile, and the account as the cloud names it.
pub fn account_text(model: &Model) -> String {
    let profile = &model.account.profile;
    match &model.identity {
        IdentityState::Known(known) => match (&known.account, known.is_listed) {
            (Some(account), true) => tr!("{account} (profile {profile})", account, profile),
            (None, true) => tr!("profile {profile}, confirmed", profile),
            (_, false) => tr!("profile {profile}; the project is not among its projects", profile),
        },
        IdentityState::NotRequested | IdentityState::Requested { .. } => {
            tr!("profile {profile}, not confirmed yet", profile)
        }
        IdentityState::Unavailable => tr!("profile {profile}; there is no IAM to confirm it", profile),
        IdentityState::Failed(_) => tr!("profile {profile}; IAM did not confirm it", profile),
    }
}
