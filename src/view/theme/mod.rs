//! Roles, not colours: what a thing is decides how it looks. The theme `terminal` uses the terminal's own
//! foreground and background and the 16 base colours, so that every palette works; `mono` sets no colour
//! at all, and every role still differs by its form or its words.

mod glyphs;
mod parse;
mod post_process;
mod styles;

use std::borrow::Cow;

use ratatui::style::Style;

pub use glyphs::{Glyphs, TRUNCATION_MARK};
pub use parse::RoleError;
pub use styles::Role;

use post_process::{escape_json, escape_unicode};
use styles::RoleStyles;

/// How the roles look, and which characters draw what is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    styles: &'static RoleStyles,
    glyphs: &'static Glyphs,
}

impl Theme {
    /// The terminal's own colours; right on light and dark.
    pub const TERMINAL: Self = Self::new(&styles::TERMINAL);
    pub const DARK: Self = Self::new(&styles::DARK);
    pub const LIGHT: Self = Self::new(&styles::LIGHT);
    pub const HIGH_CONTRAST: Self = Self::new(&styles::HIGH_CONTRAST);
    /// No colour at all is emitted.
    pub const MONO: Self = Self::new(&styles::MONO);

    /// Every theme that needs no file, with its name.
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

    /// The same theme without a character above 0x7F.
    #[must_use]
    pub fn in_ascii(self) -> Self {
        Self { glyphs: &glyphs::ASCII, ..self }
    }

    #[must_use]
    pub fn is_ascii(self) -> bool {
        self.glyphs.is_ascii
    }

    /// Whether no role has a colour.
    #[must_use]
    pub fn is_mono(self) -> bool {
        let has_none = |style: Style| style.fg.is_none() && style.bg.is_none() && style.underline_color.is_none();
        has_none(self.styles.base) && Role::ALL.into_iter().all(|role| has_none(self.role(role)))
    }

    #[must_use]
    pub fn glyphs(self) -> &'static Glyphs {
        self.glyphs
    }

    /// The style of a role.
    #[must_use]
    pub fn role(self, role: Role) -> Style {
        self.styles.roles[role as usize]
    }

    /// Foreground and background of everything that has none of its own; empty where they are the terminal's.
    #[must_use]
    pub fn base(self) -> Style {
        self.styles.base
    }

    /// A value that must be readable in full: without characters above 0x7F they are written as `\u{4e91}`.
    #[must_use]
    pub fn ascii_safe(self, text: &str) -> Cow<'_, str> {
        if self.is_ascii() { escape_unicode(text) } else { Cow::Borrowed(text) }
    }

    /// A line of JSON, the same way.
    #[must_use]
    pub fn ascii_safe_json(self, line: &str) -> Cow<'_, str> {
        if self.is_ascii() { escape_json(line) } else { Cow::Borrowed(line) }
    }

    pub fn text(self) -> Style {
        self.role(Role::Text)
    }

    /// What matters most on its line.
    pub fn accent(self) -> Style {
        self.role(Role::Accent)
    }

    /// What may be overlooked.
    pub fn secondary(self) -> Style {
        self.role(Role::Secondary)
    }

    /// The label of the field that has the focus.
    pub fn focus(self) -> Style {
        self.role(Role::Focus)
    }

    /// The row or button that Enter would take.
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

    /// Letters that a filter matches; laid over the style of their row.
    pub fn matched(self) -> Style {
        self.role(Role::Matched)
    }

    /// `SIMULATOR`: nothing is bought.
    pub fn simulator(self) -> Style {
        self.role(Role::Simulator)
    }

    /// `LIVE` and `PAYS NOW`: real money.
    pub fn live(self) -> Style {
        self.role(Role::Live)
    }

    /// The member of the request that belongs to the focused field.
    pub fn request_highlight(self) -> Style {
        self.role(Role::RequestHighlight)
    }

    /// Lines around and between the parts of the screen.
    pub fn border(self) -> Style {
        self.role(Role::Border)
    }

    /// A key in the line of keys.
    pub fn key(self) -> Style {
        self.role(Role::Key)
    }

    /// An answer that is unlike the one it began with.
    pub fn changed(self) -> Style {
        self.role(Role::Changed)
    }
}
