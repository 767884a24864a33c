//! Limits of the operation, such as the largest count, each in one place, and the small types that have passed them.
//! Source of every number: the operation's own document.

use std::fmt;

/// A closed range of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub least: i64,
    pub most: i64,
}

impl Range {
    #[must_use]
    pub fn holds(self, number: i64) -> bool {
        (self.least..=self.most).contains(&number)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.least, self.most)
    }
}

/// `server_name`, in characters.
pub const NAME_CHARS: usize = 60;
/// `server_model_name`, `phone_model_name` and `keypair_name`, in bytes.
pub const NAME_BYTES: usize = 64;
/// `image_id`, in bytes.
pub const ID_BYTES_IMAGE: usize = 32;
/// Servers in one order.
pub const COUNT: Range = Range { least: 1, most: 10 };
/// `band_width_size`, in Mbit/s.
pub const MBIT: Range = Range { least: 1, most: 300 };
/// `listen_port`.
pub const PORT: Range = Range { least: 10_000, most: 50_000 };
/// The name of a port, in bytes.
pub const PORT_NAME_BYTES: usize = 16;
/// Names that the service keeps for itself, in any letter case.
pub const PORT_NAMES_RESERVED: [&str; 2] = ["adb", "vnc"];

/// What was typed where a whole number belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    Empty,
    NotWhole,
    /// A whole number; one with more digits than any limit is the largest there is.
    Whole(i64),
}

impl Number {
    /// Reads decimal digits with an optional sign; nothing else is a number here.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        if typed.is_empty() {
            return Self::Empty;
        }
        let (negative, digits) = match typed.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, typed),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Self::NotWhole;
        }
        let magnitude = digits.parse::<i64>().unwrap_or(i64::MAX);
        Self::Whole(if negative { -magnitude } else { magnitude })
    }

    /// The number, if there is one.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Empty | Self::NotWhole => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_with_an_optional_minus_are_a_number() {
        assert_eq!(Number::read(""), Number::Empty);
        for typed in ["-", "+3", "1.0", " 1", "1 ", "0x10", "1e3", "٣", "--1"] {
            assert_eq!(Number::read(typed), Number::NotWhole, "{typed:?}");
        }
        assert_eq!(Number::read("007"), Number::Whole(7));
        assert_eq!(Number::read("-4"), Number::Whole(-4));
        assert_eq!(Number::read("99999999999999999999"), Number::Whole(i64::MAX));
    }
}
