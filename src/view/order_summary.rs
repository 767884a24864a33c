//! The header: mode, profile, account, region and project at the left, and at the right what is being ordered and
//! whether it is paid for now. It is one row; what fits least goes first, the mode and the order never.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{AccountIdentity, AccountMode, IdentityState, Model, Page};
use crate::form::OrderImpact;
use crate::i18n::{self, phrase, tr};
use crate::text::width::display_width;

use super::layout::RIGHT_MARGIN;
use super::text::draw_text;
use super::theme::Theme;

/// Columns between two parts.
const GAP: u16 = 2;
/// Columns before the badge, whose text has one more blank on either side.
const BADGE_AT: u16 = 2;
/// Columns from which the time of payment is part of the order.
const PAYMENT_FROM: u16 = 100;

type Part = (String, Style);

/// Returns the name of the mode as a badge, with its style.
pub fn badge(mode: AccountMode, theme: Theme) -> Part {
    let (name, style) = match mode {
        AccountMode::Live => (phrase!("LIVE"), theme.live()),
        AccountMode::Simulator => (phrase!("SIMULATOR"), theme.simulator()),
        AccountMode::NoAccount => (phrase!("NO ACCOUNT"), theme.selected()),
    };
    (format!(" {} ", i18n::t(name)), style)
}

/// Returns who orders and where, the most important part first. The region is left out where the name of the project
/// begins with it.
fn account_parts(model: &Model, theme: Theme) -> Vec<Part> {
    let label = &model.account.label;
    if label.mode == AccountMode::NoAccount {
        return vec![(tr!("nothing is ordered"), theme.text())];
    }
    let id = &label.project;
    let profile = (label.profile.clone(), theme.text());
    let region = (label.region.clone(), theme.text());
    match &model.account.identity {
        IdentityState::Known(AccountIdentity { is_listed: false, .. }) => {
            vec![(tr!("project {id} not theirs", id), theme.problem()), profile, region]
        }
        IdentityState::Known(AccountIdentity { account, project, .. }) => {
            let project = project.as_ref().unwrap_or(id);
            let names = account.as_ref().map_or_else(|| project.clone(), |account| format!("{account} / {project}"));
            let region = Some(region).filter(|_| !project.starts_with(&label.region));
            [profile, (names, theme.text())].into_iter().chain(region).collect()
        }
        IdentityState::NotRequested
        | IdentityState::Requested { .. }
        | IdentityState::Unavailable
        | IdentityState::Failed(_) => vec![profile, region, (tr!("project {id}", id), theme.secondary())],
    }
}

/// Returns what is being ordered in as many words as fit into `room` columns. Whether it is paid for now is never left
/// out.
fn order_parts(impact: &OrderImpact, has_payment: bool, room: u16, theme: Theme) -> Vec<Part> {
    let pays = impact.pays_now.then(|| (format!(" {} ", i18n::t(phrase!("PAYS NOW"))), theme.live()));
    let later = (has_payment && !impact.pays_now).then(|| tr!("pay later"));
    let words: Vec<String> = impact.counted_texts().into_iter().chain([impact.period_text()]).chain(later).collect();
    let room = room.saturating_sub(pays.as_ref().map_or(0, |(text, _)| display_width(text) + GAP));
    let shown = (1..=words.len()).rev().map(|count| words[..count].join(", "));
    let shown = shown.into_iter().find(|text| display_width(text) <= room).unwrap_or_else(|| words[0].clone());
    [(shown, theme.text())].into_iter().chain(pays).collect()
}

fn width_of(parts: &[Part]) -> u16 {
    parts.iter().map(|(text, _)| display_width(text) + GAP).sum::<u16>().saturating_sub(GAP)
}

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let buf = frame.buffer_mut();
    let mode = badge(model.account.label.mode, theme);
    let left = draw_text(buf, area.x + BADGE_AT, area.y, area.width.saturating_sub(BADGE_AT), &mode.0, mode.1) + GAP;
    let right = area.right().saturating_sub(RIGHT_MARGIN);
    let mut who = account_parts(model, theme);
    let has_order = model.account.label.mode != AccountMode::NoAccount && !matches!(model.page, Page::Setup(_));
    let mut end = right;
    if has_order {
        // The first part about the account stays: whose order it is.
        let least = who.first().map_or(0, |(text, _)| display_width(text).min(area.width / 4) + GAP);
        let room = right.saturating_sub(left + least);
        let order = order_parts(&model.impact(), area.width >= PAYMENT_FROM, room, theme);
        let mut x = right.saturating_sub(width_of(&order)).max(left);
        end = x.saturating_sub(GAP);
        for (text, style) in &order {
            x = draw_text(buf, x, area.y, area.right().saturating_sub(x), text, *style) + GAP;
        }
    }
    while who.len() > 1 && width_of(&who) > end.saturating_sub(left) {
        who.pop();
    }
    let mut x = left;
    for (text, style) in &who {
        x = draw_text(buf, x, area.y, end.saturating_sub(x), text, *style) + GAP;
    }
}
