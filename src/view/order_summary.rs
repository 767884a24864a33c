//! The order summary at the top: account, region and project, number of servers and phones, and whether they are paid
//! for now. It wraps if one row is too narrow, and is never left out.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{AccountIdentity, AccountMode, IdentityState, Model};
use crate::i18n::{self, phrase, tr};

use super::text::draw_text;
use super::theme::Theme;
use crate::text::width::display_width;

const GAP: u16 = 2;

fn parts(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let account = &model.account.label;
    let impact = model.impact();
    let mode = match account.mode {
        AccountMode::Live => (phrase!("LIVE"), theme.live()),
        AccountMode::Simulator => (phrase!("SIMULATOR"), theme.simulator()),
        AccountMode::NoAccount => {
            let mode = format!(" {} ", i18n::t(phrase!("NO ACCOUNT")));
            return vec![(mode, theme.selected()), (tr!("nothing is ordered"), theme.text())];
        }
    };
    let pay = if impact.pays_now {
        (format!(" {} ", i18n::t(phrase!("PAYS NOW"))), theme.live())
    } else {
        (tr!("pay later"), theme.text())
    };
    vec![
        (format!(" {} ", i18n::t(mode.0)), mode.1),
        (account.profile.clone(), theme.accent()),
        (account.region.clone(), theme.text()),
        account_part(model, theme),
        (impact.product_text(), theme.accent()),
        (impact.period_text(), theme.accent()),
        (tr!("price unknown"), theme.text()),
        pay,
    ]
}

/// Returns account and project: their names in the cloud, once they were read with the very credentials that place the
/// order, else the project id from the settings.
fn account_part(model: &Model, theme: Theme) -> (String, Style) {
    let id = &model.account.label.project;
    match &model.account.identity {
        IdentityState::Known(AccountIdentity { is_listed: false, .. }) => {
            (tr!("project {id} not theirs", id), theme.problem())
        }
        IdentityState::Known(AccountIdentity { account, project, .. }) => {
            let project = project.as_ref().unwrap_or(id);
            let words = account.as_ref().map_or_else(|| project.clone(), |account| format!("{account} / {project}"));
            (words, theme.text())
        }
        IdentityState::NotRequested
        | IdentityState::Requested { .. }
        | IdentityState::Unavailable
        | IdentityState::Failed(_) => (tr!("project {id}", id), theme.text()),
    }
}

/// Index of the first part about the order; the parts before it are about the account.
const ORDER_PARTS: usize = 4;

/// Returns the row and column of every part: all in one row if they fit, else the order begins a row of its own.
fn positions(parts: &[(String, Style)], width: u16) -> Vec<(u16, u16)> {
    let whole: u16 = parts.iter().map(|(text, _)| display_width(text) + GAP).sum();
    let (mut row, mut column) = (0, 0);
    let mut places = Vec::new();
    for (at, (text, _)) in parts.iter().enumerate() {
        let wanted = display_width(text);
        let breaks = at == ORDER_PARTS && whole > width + GAP;
        if column > 0 && (breaks || column + wanted > width) {
            row += 1;
            column = 0;
        }
        places.push((row, column));
        column = column.saturating_add(wanted).saturating_add(GAP);
    }
    places
}

/// Returns the number of rows that the summary takes at a width, at most 3.
pub fn height(model: &Model, width: u16) -> u16 {
    let places = positions(&parts(model, Theme::MONO), width);
    places.last().map_or(1, |(row, _)| row + 1).min(3)
}

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(model, theme);
    let places = positions(&parts, area.width);
    for ((text, style), (row, column)) in parts.iter().zip(places) {
        if row < area.height {
            let width = area.width.saturating_sub(column);
            draw_text(frame.buffer_mut(), area.x + column, area.y + row, width, text, *style);
        }
    }
}
