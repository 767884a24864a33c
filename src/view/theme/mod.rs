//! Themes assign styles to roles: the purpose of an element decides how it looks. The theme `terminal` uses the
//! terminal's own foreground and background and the 16 base colours, so that every palette works. `mono` sets no colour
//! at all; its roles differ by attributes or by their text.

mod glyphs;
mod parse;
mod post_process;
mod styles;

use std::borrow::Cow;

use ratatui::style::Style;

pub use glyphs::Glyphs;
pub use parse::RoleError;
pub use styles::Role;

use post_process::{escape_json, escape_unicode};
use styles::RoleStyles;

/// A style for each role, and the characters for borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    styles: &'static RoleStyles,
    glyphs: &'static Glyphs,
}

impl Theme {
    /// The terminal's own colours, for light and dark backgrounds.
    pub const TERMINAL: Self = Self::new(&styles::TERMINAL);
    pub const DARK: Self = Self::new(&styles::DARK);
    pub const LIGHT: Self = Self::new(&styles::LIGHT);
    pub const HIGH_CONTRAST: Self = Self::new(&styles::HIGH_CONTRAST);
    /// Attributes only, without any colour.
    pub const MONO: Self = Self::new(&styles::MONO);

    /// All built-in themes with their names.
    pub const ALL: [(&'static str, Self); 5] = [
        ("terminal", Self::TERMINAL),
        ("dark", Self::DARK),
        ("light", Self::LIGHT),
        ("high-contrast", Self::HIGH_CONTRAST),
        ("mono", Self::MONO),
    ];

    const fn new(styles: &'static RoleStyles) -> Self {
        Self { styles, glyphs: &glyphs::BOX_DRAWING }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, theme)| theme)
    }

    /// Returns the same theme without any character above 0x7F.
    #[must_use]
    pub fn in_ascii(self) -> Self {
        Self { glyphs: &glyphs::ASCII, ..self }
    }

    #[must_use]
    pub fn is_ascii(self) -> bool {
        self.glyphs.is_ascii
    }

    /// Returns whether no role sets a colour.
    #[must_use]
    pub fn is_mono(self) -> bool {
        let has_none = |style: Style| style.fg.is_none() && style.bg.is_none() && style.underline_color.is_none();
        has_none(self.styles.base) && Role::ALL.into_iter().all(|role| has_none(self.role(role)))
    }

    #[must_use]
    pub fn glyphs(self) -> &'static Glyphs {
        self.glyphs
    }

    #[must_use]
    pub fn role(self, role: Role) -> Style {
        self.styles.roles[role as usize]
    }

    /// Returns the foreground and background of everything that sets none of its own; empty if they are the terminal's.
    #[must_use]
    pub fn base(self) -> Style {
        self.styles.base
    }

    /// Returns a value that must be readable in full: in an ASCII theme, characters above 0x7F are written as
    /// `\u{4e91}`.
    #[must_use]
    pub fn ascii_safe(self, text: &str) -> Cow<'_, str> {
        if self.is_ascii() { escape_unicode(text) } else { Cow::Borrowed(text) }
    }

    /// Returns a line of JSON; in an ASCII theme, characters above 0x7F are JSON escapes.
    #[must_use]
    pub fn ascii_safe_json(self, line: &str) -> Cow<'_, str> {
        if self.is_ascii() { escape_json(line) } else { Cow::Borrowed(line) }
    }

    pub fn text(self) -> Style {
        self.role(Role::Text)
    }

    /// Returns the style for what matters most on its line.
    pub fn accent(self) -> Style {
        self.role(Role::Accent)
    }

    /// Returns the style for less important text.
    pub fn secondary(self) -> Style {
        self.role(Role::Secondary)
    }

    /// Returns the style for the label of the focused field.
    pub fn focus(self) -> Style {
        self.role(Role::Focus)
    }

    /// Returns the style for the row or button that Enter would take.
    pub fn selected(self) -> Style {
        self.role(Role::Selected)
    }

    pub fn problem(self) -> Style {
        self.role(Role::Problem)
    }

    pub fn warning(self) -> Style {
        self.role(Role::Warning)
    }

    pub fn good(self) -> Style {
        self.role(Role::Good)
    }

    /// Returns the style for letters that match a filter; it is applied on top of the row's style.
    pub fn matched(self) -> Style {
        self.role(Role::Matched)
    }

    /// Returns the style for `SIMULATOR`: nothing is bought.
    pub fn simulator(self) -> Style {
        self.role(Role::Simulator)
    }

    /// Returns the style for `LIVE` and `PAYS NOW`: real money.
    pub fn live(self) -> Style {
        self.role(Role::Live)
    }

    /// Returns the style for the member of the request that belongs to the focused field.
    pub fn request_highlight(self) -> Style {
        self.role(Role::RequestHighlight)
    }

    /// Returns the style for the lines around and between the parts of the screen.
    pub fn border(self) -> Style {
        self.role(Role::Border)
    }

    /// Returns the style for the action that places an order: the strongest element of its page.
    pub fn action(self) -> Style {
        self.role(Role::Action)
    }

    /// Returns the style for the frame of the order sheet while orders cost money.
    pub fn live_frame(self) -> Style {
        self.role(Role::LiveFrame)
    }

    /// Returns the style for the frame of the order sheet in the simulator.
    pub fn simulator_frame(self) -> Style {
        self.role(Role::SimulatorFrame)
    }

    /// Returns the style for a key in the footer.
    pub fn key(self) -> Style {
        self.role(Role::Key)
    }

    /// Returns the style for an answer that differs from the one that the form started with.
    pub fn changed(self) -> Style {
        self.role(Role::Changed)
    }
}
