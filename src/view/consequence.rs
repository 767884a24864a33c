//! The consequence line: whose money, where, how much of what, and whether it is paid now. It wraps
//! where one row has no room, and is never left out.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Known, Mode, Model, Standing};
use crate::words::{self, phrase, tr};

use super::put::{cells, put};
use super::theme::Theme;

const GAP: u16 = 2;

fn parts(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let account = &model.account;
    let stake = model.stake();
    let mode = match account.mode {
        Mode::Live => (phrase!("LIVE"), theme.live()),
        Mode::Simulator => (phrase!("SIMULATOR"), theme.simulator()),
        Mode::NoAccount => {
            let mode = format!(" {} ", words::of(phrase!("NO ACCOUNT")));
            return vec![(mode, theme.selected()), (tr!("nothing is ordered"), theme.plain())];
        }
    };
    let pay = if stake.pays_now {
        (format!(" {} ", words::of(phrase!("PAYS NOW"))), theme.live())
    } else {
        (tr!("pay later"), theme.plain())
    };
    vec![
        (format!(" {} ", words::of(mode.0)), mode.1),
        (account.profile.clone(), theme.strong()),
        (account.region.clone(), theme.plain()),
        whose(model, theme),
        (stake.product_text(), theme.strong()),
        (stake.period_text(), theme.strong()),
        (tr!("price unknown"), theme.plain()),
        pay,
    ]
}

/// Account and project: in the cloud's own words once it was asked with the very credentials that
/// order, else the id that the settings name.
fn whose(model: &Model, theme: Theme) -> (String, Style) {
    let id = &model.account.project;
    match &model.standing {
        Standing::Known(Known { is_listed: false, .. }) => (tr!("project {id} not theirs", id), theme.problem()),
        Standing::Known(Known { account, project, .. }) => {
            let project = project.as_ref().unwrap_or(id);
            let words = account.as_ref().map_or_else(|| project.clone(), |account| format!("{account} / {project}"));
            (words, theme.plain())
        }
        Standing::NotAsked | Standing::Asking { .. } | Standing::NobodyToAsk | Standing::Failed(_) => {
            (tr!("project {id}", id), theme.plain())
        }
    }
}

/// The parts from here on say what is ordered; those before it, for whom.
const DEED: usize = 4;

/// Row and column of every part: all in one row, or the deed in a row of its own.
fn places(parts: &[(String, Style)], width: u16) -> Vec<(u16, u16)> {
    let whole: u16 = parts.iter().map(|(text, _)| cells(text) + GAP).sum();
    let (mut row, mut column) = (0, 0);
    let mut places = Vec::new();
    for (at, (text, _)) in parts.iter().enumerate() {
        let wanted = cells(text);
        let breaks = at == DEED && whole > width + GAP;
        if column > 0 && (breaks || column + wanted > width) {
            row += 1;
            column = 0;
        }
        places.push((row, column));
        column = column.saturating_add(wanted).saturating_add(GAP);
    }
    places
}

/// Rows that the line takes at a width, at most 3.
pub fn height(model: &Model, width: u16) -> u16 {
    let places = places(&parts(model, Theme::MONO), width);
    places.last().map_or(1, |(row, _)| row + 1).min(3)
}

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(model, theme);
    let places = places(&parts, area.width);
    for ((text, style), (row, column)) in parts.iter().zip(places) {
        if row < area.height {
            let width = area.width.saturating_sub(column);
            put(frame.buffer_mut(), area.x + column, area.y + row, width, text, *style);
        }
    }
}
