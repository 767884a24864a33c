//! Encodes styles (SGR) as the shortest sequence from one style to the next.

use std::fmt::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Style of a character; the default is the terminal's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sgr {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

/// Modifiers that are visible on a blank.
const VISIBLE_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

impl Sgr {
    pub const PLAIN: Self =
        Self { fg: Color::Reset, bg: Color::Reset, underline: Color::Reset, modifier: Modifier::empty() };

    pub fn from_cell(cell: &Cell) -> Self {
        let mut sgr = Self { fg: cell.fg, bg: cell.bg, underline: Color::Reset, modifier: cell.modifier };
        // A colour that no line has is not sent.
        if sgr.modifier.contains(Modifier::UNDERLINED) {
            sgr.underline = cell.underline_color;
        }
        sgr
    }

    /// Returns whether a blank in this style looks like an empty cell.
    pub fn leaves_blanks_unchanged(self) -> bool {
        self.bg == Color::Reset && !self.modifier.intersects(VISIBLE_ON_BLANKS)
    }

    /// Returns the sequence that changes `self` to `to`; empty if they are equal.
    pub fn change(self, to: Self) -> String {
        if self == to {
            return String::new();
        }
        if to == Self::PLAIN {
            return "\x1b[m".to_owned();
        }
        let anew = {
            let mut codes = "0;".to_owned();
            Self::PLAIN.add_codes(to, &mut codes);
            codes
        };
        let mut codes = String::new();
        self.add_codes(to, &mut codes);
        let shorter = if codes.len() <= anew.len() { codes } else { anew };
        format!("\x1b[{}m", shorter.trim_end_matches(';'))
    }

    fn add_codes(self, to: Self, codes: &mut String) {
        let gone = self.modifier.difference(to.modifier);
        let mut new = to.modifier.difference(self.modifier);
        for (modifiers, off) in OFF {
            if gone.intersects(modifiers) {
                let _ = write!(codes, "{off};");
                // One code ends two of them: what stays is said again.
                new |= to.modifier.intersection(modifiers);
            }
        }
        // Terminals that know only one of the two keep the one that came last: always the same.
        if new.intersects(INTENSITY) && to.modifier.contains(INTENSITY) {
            new |= INTENSITY;
        }
        for (modifier, on) in ON {
            if new.contains(modifier) {
                let _ = write!(codes, "{on};");
            }
        }
        if self.fg != to.fg {
            add_color(codes, to.fg, 30);
        }
        if self.bg != to.bg {
            add_color(codes, to.bg, 40);
        }
        if self.underline != to.underline {
            add_color(codes, to.underline, 50);
        }
    }
}

const INTENSITY: Modifier = Modifier::BOLD.union(Modifier::DIM);

const ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

const OFF: [(Modifier, u8); 7] = [
    (INTENSITY, 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

/// Appends the codes of a colour. `ground` is 30 for the text, 40 for the background and 50 for the underline, which
/// has no short codes for the 16 basic colours.
fn add_color(codes: &mut String, color: Color, ground: u8) {
    let base = |at: u8| if at < 8 { ground + at } else { ground + 52 + at };
    let _ = match (color, index(color)) {
        (Color::Reset, _) => write!(codes, "{};", ground + 9),
        (Color::Rgb(r, g, b), _) => write!(codes, "{};2;{r};{g};{b};", ground + 8),
        (_, at) if at < 16 && ground < 50 => write!(codes, "{};", base(at)),
        (_, at) => write!(codes, "{};5;{at};", ground + 8),
    };
}

/// Returns the index of a colour in the terminal's palette.
fn index(color: Color) -> u8 {
    match color {
        Color::Indexed(at) => at,
        Color::Reset | Color::Rgb(..) | Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sgr(fg: Color, modifier: Modifier) -> Sgr {
        Sgr { fg, modifier, ..Sgr::PLAIN }
    }

    #[test]
    fn a_change_of_look_is_one_short_sequence() {
        let bold = Modifier::BOLD;
        for (from, to, sequence) in [
            (Sgr::PLAIN, sgr(Color::Red, bold), "\x1b[1;31m"),
            (sgr(Color::Red, bold), Sgr::PLAIN, "\x1b[m"),
            (sgr(Color::Red, bold), sgr(Color::Red, bold), ""),
            (sgr(Color::Red, bold), sgr(Color::LightCyan, bold), "\x1b[96m"),
            (sgr(Color::Red, bold), sgr(Color::Reset, Modifier::DIM), "\x1b[0;2m"),
            (sgr(Color::Rgb(10, 20, 30), bold | Modifier::DIM), sgr(Color::Rgb(10, 20, 30), bold), "\x1b[22;1m"),
            (Sgr::PLAIN, Sgr { bg: Color::Indexed(99), ..Sgr::PLAIN }, "\x1b[48;5;99m"),
            (Sgr::PLAIN, Sgr { bg: Color::White, ..Sgr::PLAIN }, "\x1b[107m"),
            (Sgr::PLAIN, Sgr { underline: Color::Red, ..Sgr::PLAIN }, "\x1b[58;5;1m"),
            (sgr(Color::Rgb(1, 2, 3), bold), sgr(Color::Reset, bold), "\x1b[39m"),
        ] {
            assert_eq!(from.change(to), sequence, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn a_blank_shows_only_what_is_behind_it() {
        assert!(sgr(Color::Red, Modifier::BOLD).leaves_blanks_unchanged());
        assert!(!sgr(Color::Red, Modifier::REVERSED).leaves_blanks_unchanged());
        assert!(!Sgr { bg: Color::Red, ..Sgr::PLAIN }.leaves_blanks_unchanged());
    }
}
