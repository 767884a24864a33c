//! The confirmation before the order is placed: the summary, the account, and the key or word that it takes.

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

/// Returns whether the summary can be read to its end on a screen of this size, with a row left for the prompt, and
/// nothing covers it. A confirmation that was never seen whole accepts no key.
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
    let account = &model.account.label;
    let (mode, style) = match account.mode {
        AccountMode::Live => (phrase!("LIVE: real servers, real money"), theme.live()),
        AccountMode::Simulator => (phrase!("SIMULATOR: nothing real is bought"), theme.simulator()),
        AccountMode::NoAccount => (phrase!("NO ACCOUNT"), theme.problem()),
    };
    let width = line_width(frame.area(), cover, WIDTH);
    let mut lines = about_lines(model, confirm, (mode, style), width, theme);
    // What is unlike the order before is said once more, where it can still be left and there is room.
    if cover.height >= 20 {
        let changes = model.form.differences.risky_changes.iter();
        lines.extend(changes.map(|(change, _)| Line::asked(format!("!! {}", change.words), theme.problem())));
    }
    lines.extend(asked_lines(model, confirm, theme));
    fit(&mut lines, usize::from(panel_height(frame.area(), cover)), width);
    let texts: Vec<(String, Style)> = lines.iter().map(|line| (line.text.clone(), line.style)).collect();
    let inner = draw_panel(i18n::t(phrase!("Confirm")), &texts, WIDTH, theme, frame, cover);
    if let Challenge::Word { typed, cursor, .. } = &confirm.challenge
        && let Some(place) = lines.iter().position(|line| line.part == Part::Input)
    {
        let above: usize = lines.iter().take(place).map(|line| line.rows(width)).sum();
        let above = u16::try_from(above).unwrap_or(u16::MAX).min(inner.height);
        let line = Rect { y: inner.y + above, height: (inner.height - above).min(1), ..inner };
        draw_box(typed, cursor.0, model.overlay.is_none(), 62, theme, frame, line);
    }
}

/// Kind of a line in the confirmation. On a low screen the parts before [`Part::Fact`] are dropped in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    BlankBelowSummary,
    BlankAboveQuestion,
    Endpoint,
    Project,
    Request,
    /// A fact that the decision rests on, such as the account.
    Fact,
    /// A line of the prompt, or a warning that explains it.
    Asked,
    /// The row of the input box.
    Input,
}

/// The parts that are dropped on a low screen, the first one first.
const OPTIONAL: [Part; 5] =
    [Part::BlankBelowSummary, Part::BlankAboveQuestion, Part::Endpoint, Part::Project, Part::Request];

/// A line of the confirmation before it is wrapped.
struct Line {
    part: Part,
    text: String,
    style: Style,
}

impl Line {
    fn asked(text: String, style: Style) -> Self {
        Self { part: Part::Asked, text, style }
    }

    fn rows(&self, width: u16) -> usize {
        wrap(&self.text, width).len()
    }
}

/// Returns the lines about the order: summary, account, request, and where it is sent.
fn about_lines(
    model: &Model,
    confirm: &Confirm,
    (mode, mode_style): (&'static str, Style),
    width: u16,
    theme: Theme,
) -> Vec<Line> {
    let account = &model.account.label;
    let summary = if confirm.impact.pays_now { theme.problem() } else { theme.accent() };
    let (bytes, hash) = (confirm.body.bytes().len(), confirm.body.short_hash());
    let blank = |part| Line { part, text: String::new(), style: theme.text() };
    let mut lines = vec![
        Line { part: Part::Fact, text: confirm.impact.summary(), style: summary },
        blank(Part::BlankBelowSummary),
        Line { part: Part::Fact, text: format!(" {} ", i18n::t(mode)), style: mode_style },
    ];
    for (part, label, says) in [
        (Part::Fact, phrase!("Account"), account_text(model)),
        (Part::Project, phrase!("Project"), format!("{}, {}", account.project, account.region)),
        (Part::Endpoint, phrase!("Sent"), endpoint_text(account)),
        (Part::Fact, phrase!("Server"), confirm.server_name.clone()),
        (Part::Request, phrase!("Request"), tr!("{bytes} bytes, SHA-256 {hash}...", bytes, hash)),
    ] {
        let labelled = labelled_lines(i18n::t(label), &says, width).into_iter();
        lines.extend(labelled.map(|text| Line { part, text, style: theme.text() }));
    }
    lines.push(blank(Part::BlankAboveQuestion));
    lines
}

/// Returns the lines of the prompt: similar orders, and the key or word that places the order.
fn asked_lines(model: &Model, confirm: &Confirm, theme: Theme) -> Vec<Line> {
    let armed = confirm.is_armed(model.now);
    let places = tr!("{key} places the order. Esc goes back.", key = model.keymap.key_of(Action::PlaceOrder));
    match &confirm.challenge {
        Challenge::Key if armed => vec![Line::asked(places, theme.accent())],
        Challenge::Key => vec![Line::asked(tr!("Read it first..."), theme.secondary())],
        Challenge::Word { word, .. } => {
            let duplicates = confirm.duplicates.iter();
            let mut lines: Vec<Line> =
                duplicates.map(|duplicate| Line::asked(duplicate.clone(), theme.problem())).collect();
            let ask = if armed { tr!("Type {word} to confirm:", word) } else { tr!("Read it first...") };
            lines.push(Line::asked(ask, theme.text()));
            lines.push(Line { part: Part::Input, text: String::new(), style: theme.text() });
            let last = if confirm.is_answered() { places } else { tr!("Esc goes back.") };
            lines.push(Line::asked(last, theme.accent()));
            lines
        }
    }
}

/// Removes lines until the others fit into `room` rows: optional parts first, then facts from the last one. On the
/// smallest screens only the summary and the prompt stay, with one row for each line of the prompt.
fn fit(lines: &mut Vec<Line>, room: usize, width: u16) {
    let is_over = |lines: &[Line]| lines.iter().map(|line| line.rows(width)).sum::<usize>() > room;
    for part in OPTIONAL {
        if is_over(lines) {
            lines.retain(|line| line.part != part);
        }
    }
    while is_over(lines)
        && let Some(last) = lines.iter().rposition(|line| line.part <= Part::Fact).filter(|at| *at > 0)
    {
        lines.remove(last);
    }
    if is_over(lines) {
        fit_to_height(lines, room, width);
    }
}

/// Cuts each line of the prompt to one row, and removes those that do not fit below the summary, the line of the input
/// box last. The summary is cut only if it does not fit together with a single row.
fn fit_to_height(lines: &mut Vec<Line>, room: usize, width: u16) {
    let mut asked = lines.split_off(lines.len().min(1));
    for line in &mut asked {
        line.text = truncate(&line.text, width);
    }
    let mut summary = lines.first().map_or(0, |line| line.rows(width));
    if summary >= room {
        for line in lines.iter_mut() {
            line.text = truncate(&line.text, width);
        }
        summary = lines.len();
    }
    if asked.iter().any(|line| line.part == Part::Input) && summary + asked.len() > room {
        asked.pop();
    }
    let over = (summary + asked.len()).saturating_sub(room).min(asked.len().saturating_sub(1));
    asked.drain(..over);
    lines.truncate(room.saturating_sub(asked.len()));
    lines.extend(asked);
}

/// Returns the profile for display, with the account as the cloud names it, or the reason why it is not confirmed.
pub fn account_text(model: &Model) -> String {
    let profile = &model.account.label.profile;
    match &model.account.identity {
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
