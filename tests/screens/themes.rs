//! What must hold for every page in every theme, at every size.

use cph_wizard::app::Model;
use cph_wizard::view::{Role, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthStr as _;

use crate::screen::paint;
use crate::style_roles::{probe, role_of, styled};

const SIZES: [(u16, u16); 5] = [(80, 24), (60, 16), (100, 30), (40, 10), (20, 5)];

/// Asserts that a page shows the same text and the same roles in every theme: colour on both sides of a cell or
/// none, and nothing above 0x7F where that is asked for.
pub fn check(name: &str, model: &mut Model) {
    for (width, height) in SIZES {
        let roles = buffer(model, (width, height), probe());
        for (theme_name, theme) in Theme::ALL {
            let page = format!("{name} at {width}x{height} in {theme_name}");
            let shown = buffer(model, (width, height), theme);
            check_colours(&shown, theme, &page);
            check_roles(&roles, &shown, theme, &page);
        }
        // The looks of a theme are the same in ASCII: a test of `style_roles`.
        let ascii = buffer(model, (width, height), Theme::TERMINAL.in_ascii());
        check_ascii(&roles, &ascii, &format!("{name} at {width}x{height}"));
    }
}

/// Asserts the same for a page in Chinese, of which ASCII keeps no more than that nothing is above 0x7F.
pub fn check_in_chinese(name: &str, model: &mut Model) {
    for (width, height) in SIZES {
        let roles = buffer(model, (width, height), probe());
        for (theme_name, theme) in Theme::ALL {
            let page = format!("{name} in Chinese at {width}x{height} in {theme_name}");
            let shown = buffer(model, (width, height), theme);
            check_colours(&shown, theme, &page);
            check_roles(&roles, &shown, theme, &page);
        }
        let ascii = buffer(model, (width, height), Theme::TERMINAL.in_ascii());
        assert!(ascii.content.iter().all(|cell| cell.symbol().is_ascii()), "above ASCII on {name} at {width}x{height}");
    }
}

fn buffer(model: &mut Model, size: (u16, u16), theme: Theme) -> Buffer {
    paint(model, size, theme).buffer
}

/// Says whether a cell lies under the second half of a wide character, and is never sent.
fn is_half(buffer: &Buffer, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| buffer.content[before].symbol().width() > 1)
}

/// Asserts that no cell has a colour, or every one both sides.
fn check_colours(buffer: &Buffer, theme: Theme, page: &str) {
    for (at, cell) in buffer.content.iter().enumerate().filter(|(at, _)| !is_half(buffer, *at)) {
        let sides = [cell.fg, cell.bg, cell.underline_color].map(|color| color != Color::Reset);
        if theme.is_mono() {
            assert_eq!(sides, [false; 3], "a colour on {page}: {at}, {cell:?}");
        } else if theme.base() != Style::new() {
            assert_eq!(sides[..2], [true; 2], "a side is the terminal's on {page}: {at}, {cell:?}");
        }
    }
}

/// Asserts that every cell looks as the theme has it for the role of the cell, and says the same.
fn check_roles(roles: &Buffer, shown: &Buffer, theme: Theme, page: &str) {
    let is_small = shown.area.width < 60 || shown.area.height < 16;
    for (at, (cell, role)) in shown.content.iter().zip(&roles.content).enumerate() {
        if is_half(shown, at) {
            continue;
        }
        assert_eq!(cell.symbol(), role.symbol(), "another text on {page}, cell {at}");
        let looks_like = |below: Option<Role>| {
            let below = below.map_or_else(Style::new, |below| theme.role(below));
            let mut expected = Cell::default();
            expected.set_style(theme.base()).set_style(below).set_style(styled(role, theme));
            cell.style() == expected.style()
        };
        // Attributes of what stood there before stay: where the cursor lies over the line that is lit, and on small
        // screens, where rows share a place.
        let below: &[Role] = if is_small { &Role::ALL } else { &[Role::RequestHighlight] };
        let is_over = role_of(role) == Some(Role::Selected) || is_small;
        let is_right = looks_like(None) || is_over && below.iter().any(|below| looks_like(Some(*below)));
        assert!(is_right, "another look than that of {:?} on {page}, cell {at}: {cell:?}", role_of(role));
    }
}

/// Lines and marks: all that is above 0x7F on a page of ours.
const LINES: &str = "┌┐└┘─│┬┴━┃✓✗▸";

/// Asserts that in ASCII the page is the same, and that the lines are the only thing that had to be replaced.
fn check_ascii(plain: &Buffer, ascii: &Buffer, page: &str) {
    for (cell, in_ascii) in plain.content.iter().zip(&ascii.content) {
        let (symbol, sign) = (cell.symbol(), in_ascii.symbol());
        assert!(sign.is_ascii(), "{sign:?} on {page}");
        assert!(symbol.is_ascii() || LINES.contains(symbol), "{symbol:?} on {page} is in no table of glyphs");
        assert!(!symbol.is_ascii() || symbol == sign, "another text in ASCII on {page}");
        assert!(symbol.is_ascii() || "+-|=x>#".contains(sign), "{symbol:?} became {sign:?} on {page}");
    }
}
