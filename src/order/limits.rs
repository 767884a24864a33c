//! Limits of the operation, such as the largest count, each in one place, and the types that check numbers against
//! them. Source of every number: the operation's own document.

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

/// The longest `server_name`, in characters.
pub const NAME_CHARS: usize = 60;
/// The longest `server_model_name`, `phone_model_name` and `keypair_name`, in bytes.
pub const NAME_BYTES: usize = 64;
/// The longest `image_id`, in bytes.
pub const ID_BYTES_IMAGE: usize = 32;
/// The number of servers in one order.
pub const COUNT: Range = Range { least: 1, most: 10 };
/// The range of `band_width_size`, in Mbit/s.
pub const MBIT: Range = Range { least: 1, most: 300 };
/// The range of `listen_port`.
pub const PORT: Range = Range { least: 10_000, most: 50_000 };
/// The longest name of a port, in bytes.
pub const PORT_NAME_BYTES: usize = 16;
/// Port names that the service reserves, in any letter case.
pub const PORT_NAMES_RESERVED: [&str; 2] = ["adb", "vnc"];

/// The content of a text field for a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    Empty,
    NotWhole,
    /// A whole number. One with too many digits becomes `i64::MAX` or `-i64::MAX`.
    Whole(i64),
}

impl Number {
    /// Parses decimal digits with an optional minus sign. Any other text, such as `+3` or `1.0`, is `NotWhole`.
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

    /// Returns the number, or `None` if the field is empty or not a whole number.
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
