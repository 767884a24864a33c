//! A key press, independent of any terminal library.

use std::fmt;

use crate::i18n::tr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyCode {
    Char(char),
    Enter,
    Tab,
    BackTab,
    Esc,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
}

impl Key {
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: true, alt: false }
    }

    #[must_use]
    pub const fn alt(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: true }
    }

    /// Parses the name of a key as it is displayed: `F3`, `Ctrl-G`, `Alt-Up`, `PgDn`, in any letter case. `Err` is a
    /// message for the user.
    pub fn parse(name: &str) -> Result<Self, String> {
        let (mut rest, mut ctrl, mut alt) = (name.trim(), false, false);
        loop {
            let lower = rest.to_ascii_lowercase();
            match (lower.strip_prefix("ctrl-"), lower.strip_prefix("alt-")) {
                (Some(after), _) if !after.is_empty() && !ctrl => (ctrl, rest) = (true, &rest[5..]),
                (_, Some(after)) if !after.is_empty() && !alt => (alt, rest) = (true, &rest[4..]),
                _ => break,
            }
        }
        let code = parse_code(rest, ctrl || alt).ok_or_else(|| {
            let shown = crate::text::sanitize::brief(name, 20);
            tr!("there is no key `{shown}`; keys are named like F3, Ctrl-G, Alt-U, PgUp or Enter", shown)
        })?;
        Ok(Self { code, ctrl, alt })
    }

    /// Returns the character that the key types; `None` if it types none, or with Ctrl or Alt.
    #[must_use]
    pub fn as_char(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// Parses the name of a key without its modifiers. A letter with Ctrl or Alt becomes lower case, as terminals send it.
fn parse_code(name: &str, with_modifier: bool) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!crate::text::sanitize::is_hidden(c) && c != ' ').then_some(KeyCode::Char(if with_modifier {
            c.to_ascii_lowercase()
        } else {
            c
        }));
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "space" => KeyCode::Char(' '),
        "enter" | "return" => KeyCode::Enter,
        "tab" => KeyCode::Tab,
        "shift-tab" | "backtab" => KeyCode::BackTab,
        "esc" | "escape" => KeyCode::Esc,
        "backspace" => KeyCode::Backspace,
        "del" | "delete" => KeyCode::Delete,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" | "pageup" => KeyCode::PageUp,
        "pgdn" | "pgdown" | "pagedown" => KeyCode::PageDown,
        other => {
            let number: u8 = other.strip_prefix('f')?.parse().ok()?;
            return (1..=12).contains(&number).then_some(KeyCode::F(number));
        }
    })
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Enter => f.write_str("Enter"),
            KeyCode::Tab => f.write_str("Tab"),
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::Esc => f.write_str("Esc"),
            KeyCode::Backspace => f.write_str("Backspace"),
            KeyCode::Delete => f.write_str("Del"),
            KeyCode::Up => f.write_str("Up"),
            KeyCode::Down => f.write_str("Down"),
            KeyCode::Left => f.write_str("Left"),
            KeyCode::Right => f.write_str("Right"),
            KeyCode::Home => f.write_str("Home"),
            KeyCode::End => f.write_str("End"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::F(n) => write!(f, "F{n}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_again_by_its_name() {
        use KeyCode as C;
        let named = [C::Enter, C::Tab, C::BackTab, C::Esc, C::Backspace, C::Delete, C::Up, C::Down, C::Left, C::Right];
        let more =
            [C::Home, C::End, C::PageUp, C::PageDown, C::F(1), C::F(12), C::Char(' '), C::Char('?'), C::Char('-')];
        for code in named.into_iter().chain(more) {
            for key in [Key::plain(code), Key::alt(code), Key { code, ctrl: true, alt: true }] {
                assert_eq!(Key::parse(&key.to_string()), Ok(key));
            }
        }
        assert_eq!(Key::parse("ctrl-G"), Ok(Key::ctrl('g')));
        assert_eq!(Key::parse("CTRL-_"), Ok(Key::ctrl('_')));
        assert_eq!(Key::parse("PageUp"), Ok(Key::plain(C::PageUp)));
        for wrong in ["", " ", "Ctrl-", "Ctrl-Ctrl-x", "F0", "F13", "Hyper-x", "ab", "\u{1b}"] {
            assert!(Key::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
