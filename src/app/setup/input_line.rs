//! An input line of the setup page, and whether its text is masked.

use crate::form::TextCursor;
use crate::i18n::{self, phrase};

use crate::app::setup::choices::SecretText;

/// Visibility of a line while it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Masking {
    Visible,
    Masked,
    /// Shown as long as it can be an access key: a secret key that was typed there by mistake is masked.
    AccessKey,
}

/// An input line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputLine {
    pub label: &'static str,
    pub help: &'static str,
    pub text: SecretText,
    pub cursor: TextCursor,
    pub masking: Masking,
    pub is_optional: bool,
}

/// The length of an access key, in characters, all of them capitals and digits (`platform.md` section 5).
const ACCESS_KEY: usize = 20;

/// Maximum length of an access key of any cloud, in characters; a secret key has 40.
const LONGEST_ACCESS_KEY: usize = 32;

impl InputLine {
    /// Returns whether the whole text is masked.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        match self.masking {
            Masking::Visible => false,
            Masking::Masked => true,
            Masking::AccessKey => self.looks_misplaced(),
        }
    }

    /// Returns whether the text looks like a secret key where an access key belongs: it has more than 20 characters, or
    /// other characters than capitals and digits.
    #[must_use]
    pub fn looks_misplaced(&self) -> bool {
        let text = self.text.expose().trim();
        let is_of_a_key = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        self.masking == Masking::AccessKey && (text.chars().count() > ACCESS_KEY || !text.chars().all(is_of_a_key))
    }

    /// Returns whether the text is too long for the access key that belongs there.
    pub(super) fn is_misplaced(&self) -> bool {
        self.looks_misplaced() && self.text.expose().trim().chars().count() > LONGEST_ACCESS_KEY
    }

    /// Returns the text for display: a star for each character if it is masked.
    #[must_use]
    pub fn shown(&self) -> String {
        let text = self.text.expose();
        if self.is_hidden() { "*".repeat(text.chars().count()) } else { text.to_owned() }
    }

    /// Returns the remark about the line: its help, or that its text is hidden because it looks misplaced.
    #[must_use]
    pub fn remark(&self) -> &'static str {
        i18n::t(if self.looks_misplaced() {
            phrase!("Hidden, because this looks like a secret key. An access key has 20 capitals and digits.")
        } else {
            self.help
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(masking: Masking, text: &str) -> InputLine {
        let text = SecretText::from(text.to_owned());
        InputLine { label: "", help: "the help", text, cursor: TextCursor(0), masking, is_optional: false }
    }

    #[test]
    fn a_text_that_cannot_be_an_access_key_is_hidden_in_its_place() {
        for key in ["", "A", "FAKEKEYOFTHETESTS001", " FAKEKEYOFTHETESTS001 "] {
            let entry = entry(Masking::AccessKey, key);
            assert_eq!((entry.shown().as_str(), entry.remark(), entry.is_misplaced()), (key, "the help", false));
        }
        let secret = "fakeSecretOfTheTests00000000000000000001";
        let capitals = secret.to_uppercase();
        for (key, is_misplaced) in [
            ("f", false),
            ("FAKEs", false),
            ("FAKE/1", false),
            ("FAKEKEYOFTHETESTS0012", false),
            (secret, true),
            (&capitals, true),
        ] {
            let entry = entry(Masking::AccessKey, key);
            assert_eq!(entry.shown(), "*".repeat(key.len()), "{key}");
            assert_eq!(entry.is_misplaced(), is_misplaced, "{key}");
            assert!(entry.remark().starts_with("Hidden, because this looks like a secret key."), "{key}");
        }
    }

    #[test]
    fn other_lines_are_shown_or_hidden_whatever_stands_in_them() {
        let secret = "fakeSecretOfTheTests00000000000000000001";
        assert_eq!(entry(Masking::Visible, secret).shown(), secret);
        assert_eq!(entry(Masking::Masked, "A").shown(), "*");
        assert!(!entry(Masking::Visible, secret).is_misplaced() && !entry(Masking::Masked, secret).is_misplaced());
    }
}
