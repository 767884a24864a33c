//! Roles, not colours: what a thing is decides how it looks. The theme `terminal` uses the terminal's own
//! foreground and background and the 16 base colours, so that every palette works; `mono` sets no colour
//! at all, and every role still differs by its form or its words.

mod finish;
mod glyphs;
mod looks;
mod written;

use std::borrow::Cow;

use ratatui::style::Style;

pub use glyphs::{CUT, Glyphs};
pub use looks::Role;
pub use written::RoleFault;

use finish::{escaped, spelled};
use looks::Look;

/// How the roles look, and which characters draw what is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    look: &'static Look,
    glyphs: &'static Glyphs,
}

impl Theme {
    /// The terminal's own colours; right on light and dark.
    pub const TERMINAL: Self = Self::of(&looks::TERMINAL);
    pub const DARK: Self = Self::of(&looks::DARK);
    pub const LIGHT: Self = Self::of(&looks::LIGHT);
    pub const HIGH_CONTRAST: Self = Self::of(&looks::HIGH_CONTRAST);
    /// No colour at all is emitted.
    pub const MONO: Self = Self::of(&looks::MONO);

    /// Every theme that needs no file, with its name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("terminal", Self::TERMINAL),
        ("dark", Self::DARK),
        ("light", Self::LIGHT),
        ("high-contrast", Self::HIGH_CONTRAST),
        ("mono", Self::MONO),
    ];

    const fn of(look: &'static Look) -> Self {
        Self { look, glyphs: &glyphs::LINES }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, theme)| theme)
    }

    /// The same look without a character above 0x7F.
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
        has_none(self.look.ground) && Role::ALL.into_iter().all(|role| has_none(self.role(role)))
    }

    #[must_use]
    pub fn glyphs(self) -> &'static Glyphs {
        self.glyphs
    }

    /// The style of a role.
    #[must_use]
    pub fn role(self, role: Role) -> Style {
        self.look.roles[role as usize]
    }

    /// Foreground and background of everything that has none of its own; empty where they are the terminal's.
    #[must_use]
    pub fn ground(self) -> Style {
        self.look.ground
    }

    /// A value that must be readable in full: without characters above 0x7F they are written as `\u{4e91}`.
    #[must_use]
    pub fn in_full(self, text: &str) -> Cow<'_, str> {
        if self.is_ascii() { spelled(text) } else { Cow::Borrowed(text) }
    }

    /// A line of JSON, the same way.
    #[must_use]
    pub fn json_in_full(self, line: &str) -> Cow<'_, str> {
        if self.is_ascii() { escaped(line) } else { Cow::Borrowed(line) }
    }

    pub fn plain(self) -> Style {
        self.role(Role::Text)
    }

    /// What matters most on its line.
    pub fn strong(self) -> Style {
        self.role(Role::Accent)
    }

    /// What may be overlooked.
    pub fn faint(self) -> Style {
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

    pub fn note(self) -> Style {
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
    pub fn lit(self) -> Style {
        self.role(Role::Request)
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
