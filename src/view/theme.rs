//! Roles, not colours: what a thing is decides how it looks. Only the 16 base colours are used, on
//! the terminal's own background, and without colour every role still differs by its form.

use ratatui::style::{Color, Modifier, Style};

/// How the roles look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// No colour at all is emitted.
    pub mono: bool,
}

impl Theme {
    fn coloured(self, color: Color, modifier: Modifier) -> Style {
        let style = Style::new().add_modifier(modifier);
        if self.mono { style } else { style.fg(color) }
    }

    pub fn plain(self) -> Style {
        Style::new()
    }

    /// What matters most on its line.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What may be overlooked.
    pub fn faint(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The label of the field that has the focus.
    pub fn focus(self) -> Style {
        self.coloured(Color::Cyan, Modifier::BOLD)
    }

    /// The row or button that Enter would take.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    pub fn problem(self) -> Style {
        self.coloured(Color::Red, Modifier::BOLD)
    }

    pub fn note(self) -> Style {
        self.coloured(Color::Yellow, Modifier::empty())
    }

    pub fn good(self) -> Style {
        self.coloured(Color::Green, Modifier::BOLD)
    }

    /// Letters that a filter matches; laid over the style of their row.
    pub fn matched(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// `SIMULATOR`: nothing is bought.
    pub fn simulator(self) -> Style {
        self.coloured(Color::Cyan, Modifier::REVERSED | Modifier::BOLD)
    }

    /// `LIVE` and `PAYS NOW`: real money.
    pub fn live(self) -> Style {
        self.coloured(Color::Red, Modifier::REVERSED | Modifier::BOLD)
    }

    /// The member of the request that belongs to the focused field.
    pub fn lit(self) -> Style {
        self.coloured(Color::Cyan, Modifier::BOLD)
    }
}
