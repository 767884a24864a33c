//! The lines of the order sheet on a screen of a given size. Warnings and the action that places the order are always
//! there; the rows between them scroll where they do not fit. The layout is part of the model, since whether the sheet
//! was shown to its end decides whether the order can be placed.

use crate::form::{OrderImpact, SheetPart, SheetRow};
use crate::i18n::tr;
use crate::text::width::{display_width, pad_right};
use crate::text::wrap::wrap;

use crate::app::account::{Account, IdentityState, account_text};
use crate::app::keys::action::Action;
use crate::app::keys::keymap::Keymap;
use crate::app::purchase::confirm::{Challenge, Confirm};
use crate::app::screen_size::sheet_height;

/// Columns before the text of a line, for the mark of a warning.
const GUTTER: u16 = 2;
/// Smallest screen with a frame around the sheet: columns of the screen, and rows for the sheet.
const FRAMED_FROM: (u16, u16) = (80, 16);
/// Columns from which on the framed sheet is wider.
const WIDE_FROM: u16 = 100;
/// Columns of the framed sheet.
const FRAME_WIDTHS: (u16, u16) = (76, 90);
/// Rows from which on a sheet without a frame has a title.
const TITLED_FROM: u16 = 10;
/// Rows of the screen from which on there is more space around the action.
const TALL_FROM: u16 = 32;
/// Columns below which a value does not stand in a column of its own.
const COLUMNS_FROM: u16 = 44;
/// Columns below which no order can be placed.
const NARROWEST: u16 = 20;

/// The kind of a line of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetLineKind {
    Blank,
    /// A warning. Its first line has a mark.
    Warning {
        is_first: bool,
    },
    /// A row about the order. What matters most or differs from the template is emphasized.
    Row {
        is_emphasized: bool,
    },
    /// The part that is shown, and the key that shows more.
    More,
    /// The request to type a word.
    Ask,
    /// The input box of that word.
    Input,
    /// The key that places the order, with what it orders.
    Action,
}

/// A line of the sheet, which fits into the width of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    pub kind: SheetLineKind,
    /// The label of a row, padded to the column of the values; empty for other lines.
    pub label: String,
    pub text: String,
}

impl SheetLine {
    fn new(kind: SheetLineKind, text: String) -> Self {
        Self { kind, label: String::new(), text }
    }

    fn blank() -> Self {
        Self::new(SheetLineKind::Blank, String::new())
    }
}

/// The part of the screen around the lines of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetBorder {
    /// A frame with the title in its top line and the request in its bottom line.
    Frame,
    /// A row with the title.
    Title,
    Nothing,
}

impl SheetBorder {
    /// Returns the rows that the border takes.
    #[must_use]
    pub fn rows(self) -> u16 {
        match self {
            Self::Frame => 2,
            Self::Title => 1,
            Self::Nothing => 0,
        }
    }

    /// Returns the columns that the border takes.
    fn columns(self) -> u16 {
        match self {
            Self::Frame => 4,
            Self::Title | Self::Nothing => 0,
        }
    }
}

/// The order sheet on a screen of one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLayout {
    pub border: SheetBorder,
    /// Columns of the sheet, with its frame.
    pub width: u16,
    /// The lines that are shown, without title and frame.
    pub lines: Vec<SheetLine>,
    /// True if warnings and action fit, with at least one row of the order.
    pub fits: bool,
    /// True if the last row of the order is among the lines.
    pub shows_end: bool,
    /// Number of rows that one page scrolls by.
    pub(in crate::app) page: usize,
    /// The largest number of rows that can be scrolled away above.
    pub(in crate::app) last_top: usize,
}

/// Text of the sheet before it is cut to lines.
struct SheetText<'a> {
    confirm: &'a Confirm,
    account: &'a Account,
    keymap: &'a Keymap,
}

impl SheetLayout {
    /// Lays the sheet out on a screen of `(columns, rows)`.
    #[must_use]
    pub fn new(confirm: &Confirm, account: &Account, keymap: &Keymap, (columns, rows): (u16, u16)) -> Self {
        let text = SheetText { confirm, account, keymap };
        let height = sheet_height(columns, rows);
        let border = match (columns, height) {
            (columns, height) if columns >= FRAMED_FROM.0 && height >= FRAMED_FROM.1 => SheetBorder::Frame,
            (_, TITLED_FROM..) => SheetBorder::Title,
            (_, _) => SheetBorder::Nothing,
        };
        let has_frame = border == SheetBorder::Frame;
        let width = match (has_frame, columns >= WIDE_FROM) {
            (false, _) => columns,
            (true, false) => FRAME_WIDTHS.0,
            (true, true) => FRAME_WIDTHS.1,
        };
        let inner = usize::from(height.saturating_sub(border.rows()));
        let text_width = width.saturating_sub(GUTTER + border.columns());
        let warnings = text.warnings(text_width);
        let prompt = text.prompt(text_width);
        let pinned = warnings.len() + prompt.len();
        let mut body = text.body(text_width, !has_frame, true);
        if pinned + body.len() > inner {
            body = text.body(text_width, !has_frame, false);
        }
        let is_whole = pinned + body.len() <= inner;
        // A row says which part is shown.
        let room = if is_whole { body.len() } else { inner.saturating_sub(pinned + 1) };
        let last_top = body.len() - room.min(body.len());
        let top = confirm.top.min(last_top);
        let spare = inner.saturating_sub(pinned + body.len());
        let blank = |at_least: usize| (is_whole && spare >= at_least).then(SheetLine::blank);
        let (shown, all) = (top..top + room.min(body.len()), body.len());
        let mut lines: Vec<SheetLine> = blank(3).into_iter().collect();
        let below_warnings = blank(2).filter(|_| !warnings.is_empty());
        lines.extend(warnings.into_iter().chain(below_warnings));
        lines.extend(body.drain(shown.clone()));
        if !is_whole {
            lines.push(SheetLine::new(SheetLineKind::More, text.position(shown.start, shown.end, all)));
        }
        lines.extend(blank(1).into_iter().chain(blank(4).filter(|_| rows >= TALL_FROM)));
        lines.extend(prompt);
        lines.extend(blank(5).filter(|_| rows >= TALL_FROM));
        Self {
            border,
            width,
            lines,
            fits: columns >= NARROWEST && room > 0,
            shows_end: shown.end == all,
            page: room.saturating_sub(1).max(1),
            last_top,
        }
    }
}

impl SheetText<'_> {
    /// Returns the problem with the account, if there is one, and the warnings about the order.
    fn warnings(&self, width: u16) -> Vec<SheetLine> {
        let order = self.confirm.warnings.iter().map(ToString::to_string);
        let wrapped = self.account.trouble().into_iter().chain(order).map(|warning| wrap(&warning, width));
        wrapped
            .flat_map(|lines| lines.into_iter().enumerate())
            .map(|(at, text)| SheetLine::new(SheetLineKind::Warning { is_first: at == 0 }, text))
            .collect()
    }

    /// Returns the rows about the account and the order. The size and hash of the request are a row where no frame
    /// shows them.
    fn body(&self, width: u16, with_request: bool, with_endpoint: bool) -> Vec<SheetLine> {
        let row = |part, text| SheetRow { part, text };
        let mut rows = vec![row(SheetPart::Account, account_row(self.account))];
        rows.extend(with_endpoint.then(|| row(SheetPart::Endpoint, endpoint_row(self.account))));
        rows.extend(self.confirm.rows.iter().cloned());
        rows.extend(with_request.then(|| row(SheetPart::Request, self.confirm.request_text())));
        let labels = rows.iter().map(|row| display_width(row.part.label()));
        let label_width = labels.max().unwrap_or(0).saturating_add(2);
        rows.iter().flat_map(|row| self.row_lines(row, width, label_width)).collect()
    }

    fn row_lines(&self, row: &SheetRow, width: u16, label_width: u16) -> Vec<SheetLine> {
        let is_emphasized = row.part == SheetPart::Servers || self.confirm.changed.contains(&row.part);
        let kind = SheetLineKind::Row { is_emphasized };
        let label = row.part.label();
        if width < COLUMNS_FROM {
            let lines = wrap(&tr!("{label}: {value}", label, value = row.text), width);
            return lines.into_iter().map(|text| SheetLine::new(kind, text)).collect();
        }
        let lines = wrap(&row.text, width - label_width).into_iter().enumerate();
        let labelled = |(at, text)| {
            let label = pad_right(if at == 0 { label } else { "" }, label_width.into());
            SheetLine { kind, label, text }
        };
        lines.map(labelled).collect()
    }

    /// Returns the lines about the word to type, and the action that places the order.
    fn prompt(&self, width: u16) -> Vec<SheetLine> {
        let mut lines = Vec::new();
        if let Challenge::Word { word, .. } = &self.confirm.challenge {
            let ask = wrap(&tr!("Type {word} to confirm:", word), width);
            lines.extend(ask.into_iter().map(|text| SheetLine::new(SheetLineKind::Ask, text)));
            lines.push(SheetLine::new(SheetLineKind::Input, String::new()));
        }
        let action = action_text(self.keymap, &self.confirm.impact);
        let action = wrap(&action, width.saturating_sub(1)).into_iter();
        lines.extend(action.map(|text| SheetLine::new(SheetLineKind::Action, text)));
        lines
    }

    fn position(&self, from: usize, to: usize, all: usize) -> String {
        let key = |action| self.keymap.key_of(action);
        let (first, up, down) = (from + 1, key(Action::PageUp), key(Action::PageDown));
        match (from > 0, to < all) {
            (true, true) => {
                tr!("{first}-{to} of {all}, more above: {up}, more below: {down}", first, to, all, up, down)
            }
            (false, true) => tr!("{first}-{to} of {all}, more below: {down}", first, to, all, down),
            (_, false) => tr!("{first}-{to} of {all}, more above: {up}", first, to, all, up),
        }
    }
}

/// Returns the key that places the order, with what it orders.
fn action_text(keymap: &Keymap, impact: &OrderImpact) -> String {
    format!("{}  {}", keymap.key_of(Action::PlaceOrder), impact.summary())
}

/// Returns the account that pays, with its project, region and credentials.
fn account_row(account: &Account) -> String {
    let label = &account.label;
    let who = match &account.identity {
        // The project of others is a warning.
        IdentityState::Known(known) if !known.is_listed => tr!("profile {profile}", profile = label.profile),
        IdentityState::NotRequested
        | IdentityState::Requested { .. }
        | IdentityState::Known(_)
        | IdentityState::Unavailable
        | IdentityState::Failed(_) => account_text(account),
    };
    let (project, region, credentials) = (&label.project, &label.region, &label.credentials);
    tr!("{who}, project {project}, {region}, {credentials}", who, project, region, credentials)
}

/// Returns the endpoint of the order, with the proxy if there is one.
fn endpoint_row(account: &Account) -> String {
    let endpoint = &account.label.endpoint;
    match &account.label.proxy {
        Some(proxy) => tr!("{endpoint} through {proxy}", endpoint, proxy),
        None => endpoint.clone(),
    }
}
