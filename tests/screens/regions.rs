//! Where header, footer, request pane and panel stand on a painted screen of 60x16 and more.

use cph_wizard::app::{Model, Overlay, Page};
use cph_wizard::view::{Theme, wrap};

use crate::screen::{Screen, paint};

/// Rows of the header: the mode and the order, the steps, and a line.
const HEADER_ROWS: u16 = 3;
/// Columns beside the sentence in the footer.
const AROUND_SENTENCE: u16 = 6;

/// The parts of a screen.
pub struct Regions {
    /// Rows of the header: whose money and what is ordered, and the steps.
    pub header: u16,
    /// The first row of the footer: the sentence about the focused field, and the keys.
    pub footer: u16,
    /// The first column of the request pane.
    pub pane: Option<u16>,
    /// Left, top, right and bottom of the box that covers the page.
    pub panel: Option<(u16, u16, u16, u16)>,
}

/// The width at which every sentence has room in one row.
const ENDLESS: (u16, u16) = (1000, 20);

/// Returns what the footer says about the focused field.
pub fn field_sentence(model: &mut Model) -> String {
    let overlay = model.overlay.take();
    let screen = paint(model, ENDLESS, Theme::MONO);
    model.overlay = overlay;
    screen.row(ENDLESS.1 - 2).trim().to_owned()
}

/// Returns the rows that the sentence takes in the footer.
pub fn field_rows(sentence: &str, width: u16) -> Vec<String> {
    if sentence.is_empty() { vec![String::new()] } else { wrap(sentence, width - AROUND_SENTENCE) }
}

/// Returns whether an overlay has no box and covers everything between header and footer.
fn is_page(overlay: Option<&Overlay>) -> bool {
    matches!(overlay, Some(Overlay::Inspector(_) | Overlay::PlainText(_) | Overlay::Export(_) | Overlay::Request(_)))
}

/// Finds the regions of a screen that was painted of the model.
pub fn regions(model: &mut Model, screen: &Screen) -> Regions {
    let (width, height) = (screen.buffer.area.width, screen.height());
    let sentence = field_sentence(model);
    let is_page = is_page(model.overlay.as_ref());
    let is_sheet = matches!(model.page, Page::Confirm(_)) && model.overlay.is_none();
    let most = if matches!(model.page, Page::Confirm(_)) { 1 } else { 2 };
    let field_rows = u16::try_from(field_rows(&sentence, width).len()).unwrap().min(most);
    let is_setup = matches!(model.page, Page::Setup(_));
    let has_pane = width >= 100 && !is_setup && !is_page && !is_sheet;
    let has_panel = !is_page && model.overlay.is_some();
    Regions {
        header: HEADER_ROWS,
        footer: if is_setup && height < 20 { height - 1 } else { height - 2 - field_rows },
        pane: has_pane.then_some((76 + width.saturating_sub(160)).min(100).min(width - 44)),
        panel: has_panel.then(|| panel(screen).expect("an overlay has a box")),
    }
}

/// Finds the one box of a screen.
fn panel(screen: &Screen) -> Option<(u16, u16, u16, u16)> {
    let area = screen.buffer.area;
    let find = |corner: &str| area.positions().find(|at| screen.buffer[*at].symbol() == corner);
    let (from, to) = (find("┌")?, find("┘")?);
    Some((from.x, from.y, to.x + 1, to.y + 1))
}

/// Returns the rows of the page alone: of the panel if there is one, else what is between header, footer and pane.
pub fn body(model: &mut Model, size: (u16, u16)) -> Vec<String> {
    let screen = paint(model, size, Theme::TERMINAL);
    let at = regions(model, &screen);
    let (left, top, right, bottom) = at.panel.unwrap_or((0, at.header, at.pane.unwrap_or(size.0), at.footer));
    let mut rows: Vec<String> = Vec::new();
    let mut blank = 0;
    for y in top..bottom {
        let row = format!("|{}", screen.part(y, left, right).trim_end());
        if row == "|" {
            blank += 1;
            continue;
        }
        rows.extend(gap(blank));
        blank = 0;
        rows.push(row);
    }
    if let Some((x, y)) = screen.cursor {
        rows.push(format!(
            "cursor in row {}, column {}",
            i32::from(y) - i32::from(top),
            i32::from(x) - i32::from(left)
        ));
    }
    rows
}

/// Stands for blank rows.
fn gap(rows: usize) -> Vec<String> {
    if rows > 2 { vec![format!("({rows} blank rows)")] } else { vec!["|".to_owned(); rows] }
}

/// Returns the rows of the request pane.
pub fn pane(model: &mut Model, size: (u16, u16)) -> Option<Vec<String>> {
    let screen = paint(model, size, Theme::TERMINAL);
    let at = regions(model, &screen);
    let from = at.pane.filter(|_| at.panel.is_none())?;
    for y in at.header..at.footer {
        assert_eq!(screen.buffer[(from, y)].symbol(), "│", "the pane begins with a line in row {y} at {size:?}");
    }
    let rows = (at.header..at.footer).map(|y| screen.part(y, from + 1, size.0).trim_end().to_owned());
    Some(rows.filter(|row| !row.is_empty()).collect())
}
