//! The styles of the built-in themes. Those that set a foreground and a background use colours 16 to 255 of the 256,
//! which no palette of a terminal changes, so that a test can compute their contrast.

use ratatui::style::{Color, Modifier, Style};

/// Purpose of an element on the screen, which decides its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Text,
    Secondary,
    Accent,
    Focus,
    Selected,
    Problem,
    Warning,
    Good,
    Live,
    Simulator,
    Border,
    Key,
    Matched,
    RequestHighlight,
    Changed,
    /// The action that places an order.
    Action,
    /// The frame of the order sheet while orders cost money.
    LiveFrame,
    /// The frame of the order sheet in the simulator.
    SimulatorFrame,
}

const ROLES: usize = 18;

impl Role {
    /// All roles, in the order of the tables below.
    pub const ALL: [Self; ROLES] = [
        Self::Text,
        Self::Secondary,
        Self::Accent,
        Self::Focus,
        Self::Selected,
        Self::Problem,
        Self::Warning,
        Self::Good,
        Self::Live,
        Self::Simulator,
        Self::Border,
        Self::Key,
        Self::Matched,
        Self::RequestHighlight,
        Self::Changed,
        Self::Action,
        Self::LiveFrame,
        Self::SimulatorFrame,
    ];

    /// Returns the name of the role in a theme file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Secondary => "secondary",
            Self::Accent => "accent",
            Self::Focus => "focus",
            Self::Selected => "selected",
            Self::Problem => "problem",
            Self::Warning => "warning",
            Self::Good => "good",
            Self::Live => "live",
            Self::Simulator => "simulator",
            Self::Border => "border",
            Self::Key => "key",
            Self::Matched => "matched",
            Self::RequestHighlight => "request",
            Self::Changed => "changed",
            Self::Action => "action",
            Self::LiveFrame => "live-frame",
            Self::SimulatorFrame => "simulator-frame",
        }
    }
}

/// The styles of all roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleStyles {
    /// Foreground and background of everything that sets none of its own.
    pub base: Style,
    pub roles: [Style; ROLES],
}

const PLAIN: Style = Style::new();
const BOLD: Style = PLAIN.add_modifier(Modifier::BOLD);
const REVERSED: Style = PLAIN.add_modifier(Modifier::REVERSED);
const BANNER: Style = REVERSED.add_modifier(Modifier::BOLD);
/// Style on top of that of a row, whose colours stay.
const MATCHED: Style = BOLD.add_modifier(Modifier::UNDERLINED);

/// Warnings are not yellow, which is hard to read on white in most palettes.
pub static TERMINAL: RoleStyles = RoleStyles {
    base: PLAIN,
    roles: [
        PLAIN,
        PLAIN.add_modifier(Modifier::DIM),
        BOLD,
        BOLD.fg(Color::Cyan),
        REVERSED,
        BOLD.fg(Color::Red),
        BOLD,
        BOLD.fg(Color::Green),
        BANNER.fg(Color::Red),
        BANNER.fg(Color::Cyan),
        PLAIN.add_modifier(Modifier::DIM),
        PLAIN,
        MATCHED,
        BOLD.fg(Color::Cyan),
        BOLD,
        BANNER,
        PLAIN.fg(Color::Red),
        PLAIN.fg(Color::Cyan),
    ],
};

pub static MONO: RoleStyles = RoleStyles {
    base: PLAIN,
    roles: [
        PLAIN,
        PLAIN.add_modifier(Modifier::DIM),
        BOLD,
        REVERSED,
        REVERSED,
        BOLD,
        BOLD,
        BOLD,
        BANNER,
        BANNER,
        PLAIN.add_modifier(Modifier::DIM),
        PLAIN,
        MATCHED,
        BOLD,
        BOLD,
        BANNER,
        PLAIN,
        PLAIN,
    ],
};

const fn on(style: Style, fg: u8, bg: u8) -> Style {
    style.fg(Color::Indexed(fg)).bg(Color::Indexed(bg))
}

const fn dark(style: Style, fg: u8) -> Style {
    on(style, fg, 234)
}

pub static DARK: RoleStyles = RoleStyles {
    base: dark(PLAIN, 252),
    roles: [
        dark(PLAIN, 252),
        dark(PLAIN, 248),
        dark(BOLD, 231),
        dark(BOLD, 81),
        on(PLAIN, 231, 24),
        dark(BOLD, 210),
        dark(PLAIN, 222),
        dark(BOLD, 114),
        on(BOLD, 231, 160),
        on(BOLD, 16, 80),
        dark(PLAIN, 246),
        dark(BOLD, 231),
        MATCHED,
        dark(BOLD, 81),
        dark(PLAIN, 222),
        on(BOLD, 231, 24),
        dark(PLAIN, 210),
        dark(PLAIN, 80),
    ],
};

const fn light(style: Style, fg: u8) -> Style {
    on(style, fg, 231)
}

pub static LIGHT: RoleStyles = RoleStyles {
    base: light(PLAIN, 235),
    roles: [
        light(PLAIN, 235),
        light(PLAIN, 240),
        light(BOLD, 16),
        light(BOLD, 25),
        on(PLAIN, 231, 25),
        light(BOLD, 124),
        light(PLAIN, 94),
        light(BOLD, 22),
        on(BOLD, 231, 160),
        on(BOLD, 231, 23),
        light(PLAIN, 241),
        light(BOLD, 16),
        MATCHED,
        light(BOLD, 25),
        light(PLAIN, 94),
        on(BOLD, 231, 25),
        light(PLAIN, 124),
        light(PLAIN, 23),
    ],
};

const fn high(style: Style, fg: u8) -> Style {
    on(style, fg, 16)
}

pub static HIGH_CONTRAST: RoleStyles = RoleStyles {
    base: high(PLAIN, 231),
    roles: [
        high(PLAIN, 231),
        high(PLAIN, 231),
        high(BOLD, 231),
        high(MATCHED, 226),
        on(BOLD, 16, 226),
        high(BOLD, 217),
        high(PLAIN, 220),
        high(BOLD, 120),
        on(BOLD, 231, 88),
        on(BOLD, 16, 51),
        high(PLAIN, 231),
        high(BOLD, 226),
        MATCHED,
        high(BOLD, 226),
        high(PLAIN.add_modifier(Modifier::UNDERLINED), 220),
        on(BOLD, 16, 226),
        high(PLAIN, 217),
        high(PLAIN, 51),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Theme;

    /// Returns red, green and blue of an indexed colour from 16 on, by the definition of the 256 colours.
    fn rgb(color: Color) -> [u8; 3] {
        let Color::Indexed(index @ 16..) = color else { panic!("{color:?} depends on a palette") };
        match index {
            232.. => [8 + 10 * (index - 232); 3],
            _ => {
                let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
                let n = index - 16;
                [level(n / 36), level(n / 6 % 6), level(n % 6)]
            }
        }
    }

    /// Computes the relative luminance as defined by WCAG 2.1.
    fn luminance(color: Color) -> f64 {
        let linear = |byte: u8| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = rgb(color).map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(style: Style) -> f64 {
        let (fg, bg) = (luminance(style.fg.unwrap()), luminance(style.bg.unwrap()));
        (fg.max(bg) + 0.05) / (fg.min(bg) + 0.05)
    }

    #[test]
    fn the_contrast_is_that_of_the_standard() {
        assert!((contrast(on(PLAIN, 231, 16)) - 21.0).abs() < 0.001);
        // #767676 on white is the well-known threshold: 4.54.
        assert!((contrast(on(PLAIN, 243, 231)) - 4.54).abs() < 0.01);
    }

    #[test]
    fn themes_that_set_both_sides_can_be_read() {
        for (theme, least) in [(Theme::DARK, 4.5), (Theme::LIGHT, 4.5), (Theme::HIGH_CONTRAST, 7.0)] {
            for role in Role::ALL.into_iter().filter(|role| *role != Role::Matched) {
                let style = theme.role(role);
                assert!(!style.add_modifier.intersects(Modifier::DIM | Modifier::REVERSED), "{role:?}");
                assert!(contrast(style) >= least, "{role:?}: {:.2} in {theme:?}", contrast(style));
            }
            assert!(contrast(theme.base()) >= least);
            // It lies over other roles and leaves them their colours.
            assert_eq!(theme.role(Role::Matched), MATCHED);
        }
    }

    #[test]
    fn the_theme_of_the_terminal_sets_one_side_only_and_never_black_or_white() {
        for role in Role::ALL {
            let style = Theme::TERMINAL.role(role);
            assert_eq!(style.bg, None, "{role:?}");
            let is_base = matches!(style.fg, None | Some(Color::Red | Color::Green | Color::Cyan | Color::Magenta));
            assert!(is_base, "{role:?}");
        }
    }

    #[test]
    fn only_mono_has_no_colour() {
        for (name, theme) in Theme::ALL {
            assert_eq!(theme.is_mono(), name == "mono");
            assert_eq!(Theme::named(name), Some(theme));
        }
        assert_eq!(Theme::named("Dark"), None);
    }

    #[test]
    fn roles_stand_in_the_order_of_the_tables() {
        for (at, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, at);
        }
    }
}
