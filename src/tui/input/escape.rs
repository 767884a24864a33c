//! Parses one key, click or response at the beginning of a byte sequence, as sent by xterm and compatible terminals
//! (`XTerm` Control Sequences; the keyboard protocol of kitty; the function keys of the Linux console and of rxvt).

use crate::app::{Key, KeyCode};

use super::event::TerminalEvent;

pub(super) const ESC: u8 = 0x1b;
pub(super) const CTRL_C: u8 = 0x03;

/// Maximum length of the parameters of a sequence, in bytes.
const MAX_PARAMETERS: usize = 64;

/// The result of parsing the beginning of a byte sequence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parsed {
    /// An event, and the number of bytes that it takes.
    Event(usize, TerminalEvent),
    /// Number of bytes to skip: they mean nothing to the user.
    Ignored(usize),
    PasteStart(usize),
    /// More bytes are needed to decide.
    Incomplete,
}

/// Parses the beginning of a byte sequence; `Incomplete` if it is empty.
pub(super) fn parse_prefix(bytes: &[u8]) -> Parsed {
    match bytes {
        [] => Parsed::Incomplete,
        [ESC, rest @ ..] => escape_sequence(rest),
        [first, ..] => match first {
            b'\r' => key(1, KeyCode::Enter),
            b'\t' => key(1, KeyCode::Tab),
            0x7f => key(1, KeyCode::Backspace),
            0..=0x1f => Parsed::Event(1, TerminalEvent::Key(Key::ctrl(ctrl_char(*first)))),
            _ => character(bytes)
                .map_or_else(|parsed| parsed, |(c, count)| Parsed::Event(count, TerminalEvent::Key(Key::char(c)))),
        },
    }
}

fn key(count: usize, code: KeyCode) -> Parsed {
    Parsed::Event(count, TerminalEvent::Key(Key::plain(code)))
}

/// Returns the character that is typed with Ctrl to produce a control character. Ctrl-_ and Ctrl-/ send the same byte.
fn ctrl_char(byte: u8) -> char {
    match byte {
        0 => ' ',
        1..=26 => char::from(byte - 1 + b'a'),
        _ => char::from(byte + 0x40),
    }
}

/// Decodes a UTF-8 character; returns it with its length in bytes. Invalid bytes and control characters are ignored.
fn character(bytes: &[u8]) -> Result<(char, usize), Parsed> {
    let count = match bytes[0] {
        0..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Err(Parsed::Ignored(1)),
    };
    let there = &bytes[..count.min(bytes.len())];
    match std::str::from_utf8(there) {
        Ok(text) => text.chars().next().filter(|c| !c.is_control()).map(|c| (c, count)).ok_or(Parsed::Ignored(count)),
        // What has come so far is right, and there is more of it.
        Err(error) if error.error_len().is_none() => Err(Parsed::Incomplete),
        Err(error) => Err(Parsed::Ignored(error.error_len().unwrap_or(1))),
    }
}

/// Parses a sequence after its ESC byte.
fn escape_sequence(rest: &[u8]) -> Parsed {
    let Some(first) = rest.first() else { return Parsed::Incomplete };
    match first {
        b'[' => csi(&rest[1..]),
        b'O' => ss3(&rest[1..]),
        // Answers are long; with Alt these keys mean nothing here.
        b']' | b'P' | b'_' | b'^' | b'X' => terminal_reply(*first, &rest[1..]),
        // The end of an answer whose beginning was dropped.
        b'\\' => Parsed::Ignored(2),
        // One Esc after another, and a way out that nobody means to be a key with Alt.
        &ESC | &CTRL_C => key(1, KeyCode::Esc),
        _ => match parse_prefix(rest) {
            Parsed::Event(count, TerminalEvent::Key(Key { code, ctrl, alt: _ })) => {
                Parsed::Event(count + 1, TerminalEvent::Key(Key { code: lowercase(code), ctrl, alt: true }))
            }
            Parsed::Event(..) | Parsed::PasteStart(_) => key(1, KeyCode::Esc),
            Parsed::Ignored(count) => Parsed::Ignored(count + 1),
            Parsed::Incomplete => Parsed::Incomplete,
        },
    }
}

/// Lowers the case of a letter, since letters with Ctrl or Alt are bound in lower case.
fn lowercase(code: KeyCode) -> KeyCode {
    match code {
        KeyCode::Char(c) => KeyCode::Char(c.to_ascii_lowercase()),
        other => other,
    }
}

/// Parses a sequence after `ESC O`: cursor and function keys of some terminals, and the keypad.
fn ss3(rest: &[u8]) -> Parsed {
    let Some(last) = rest.first() else { return Parsed::Incomplete };
    match last {
        b'M' => key(3, KeyCode::Enter),
        b'X' => key(3, KeyCode::Char('=')),
        b'j'..=b'y' => key(3, KeyCode::Char(char::from(last - 0x40))),
        // A key of its own, such as Ctrl-C, ends what was no sequence.
        0..=0x1f => Parsed::Ignored(2),
        _ => key_of_final_byte(*last).map_or(Parsed::Ignored(3), |code| key(3, code)),
    }
}

/// Returns the key that is identified by the last byte of its sequence.
fn key_of_final_byte(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'R' => KeyCode::F(3),
        b'S' => KeyCode::F(4),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    })
}

/// Skips a response or message of the terminal, from its third byte on; `kind` is its second byte. It ends with BEL or
/// `ESC \`.
fn terminal_reply(kind: u8, rest: &[u8]) -> Parsed {
    let begins_one = match (kind, rest.first()) {
        (_, None) => return Parsed::Incomplete,
        (b']', Some(first)) => first.is_ascii_digit() || matches!(first, b'l' | b'L'),
        (b'P', Some(first)) => first.is_ascii_digit() || matches!(first, b'>' | b'!' | b'$' | b'+'),
        (b'_', Some(first)) => *first == b'G',
        _ => false,
    };
    if !begins_one {
        return Parsed::Ignored(2);
    }
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            0x07 => return Parsed::Ignored(at + 3),
            &ESC => {
                return match rest.get(at + 1) {
                    None => Parsed::Incomplete,
                    Some(b'\\') => Parsed::Ignored(at + 4),
                    Some(_) => Parsed::Ignored(at + 2),
                };
            }
            // No answer holds a control character: somebody types again.
            0..=0x1f => return Parsed::Ignored(at + 2),
            _ => {}
        }
    }
    Parsed::Incomplete
}

/// Parses a sequence after `ESC [`: parameters, then a last byte that determines their meaning.
fn csi(rest: &[u8]) -> Parsed {
    if let [b'[', last, ..] = rest {
        // The function keys of the Linux console.
        return match last {
            b'A'..=b'E' => key(4, KeyCode::F(last - b'A' + 1)),
            _ => Parsed::Ignored(3),
        };
    }
    if rest == b"[" {
        return Parsed::Incomplete;
    }
    let Some(at) = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return if rest.len() > MAX_PARAMETERS { Parsed::Ignored(rest.len() + 2) } else { Parsed::Incomplete };
    };
    let (count, last) = (at + 3, rest[at]);
    if !(0x40..=0x7e).contains(&last) {
        return Parsed::Ignored(count - 1);
    }
    let parameters = std::str::from_utf8(&rest[..at]).unwrap_or_default();
    match (parameters.as_bytes().first(), last) {
        // A click as terminals of old report it, with three bytes after it.
        (None, b'M') if rest.len() < at + 4 => Parsed::Incomplete,
        (None, b'M') => Parsed::Ignored(count + 3),
        (Some(b'<'), b'M') => click(&parameters[1..]).map_or(Parsed::Ignored(count), |what| Parsed::Event(count, what)),
        (None, b'I' | b'O') => Parsed::Ignored(count),
        (None | Some(b'0'..=b'9'), _) if parameters == "200" && last == b'~' => Parsed::PasteStart(count),
        (None | Some(b'0'..=b'9'), _) => csi_key(parameters, last)
            .map_or(Parsed::Ignored(count), |key| Parsed::Event(count, TerminalEvent::Key(key))),
        // Everything with a sign of its own is an answer to a question that was not ours.
        (Some(_), _) => Parsed::Ignored(count),
    }
}

/// Parses `button;column;row`, counted from 1, into a click or a turn of the wheel; `None` for other buttons and
/// movements.
fn click(parameters: &str) -> Option<TerminalEvent> {
    let numbers: Vec<u16> = parameters.split(';').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [button, column, row] = numbers[..] else { return None };
    // Shift, Alt and Ctrl are 4, 8 and 16; 32 is a movement.
    match button & !0b1_1100 {
        0 => Some(TerminalEvent::Click { column: column.checked_sub(1)?, row: row.checked_sub(1)? }),
        64 => Some(TerminalEvent::Wheel { rows: -3 }),
        65 => Some(TerminalEvent::Wheel { rows: 3 }),
        _ => None,
    }
}

/// The event type of a key release.
const RELEASED: u32 = 3;

/// Parses a key from the parameters of a sequence, separated by `;`, with parts separated by `:`. Returns `None` for a
/// key release and for unknown keys.
fn csi_key(parameters: &str, last: u8) -> Option<Key> {
    let mut numbers = parameters.split(';').map(|parameter| {
        let mut parts = parameter.split(':').map(|part| part.parse::<u32>().ok());
        (parts.next().flatten(), parts.next().flatten())
    });
    let (first, _) = numbers.next().unwrap_or_default();
    let (modifiers, event) = numbers.next().unwrap_or_default();
    let (third, _) = numbers.next().unwrap_or_default();
    if event == Some(RELEASED) {
        return None;
    }
    let code = match last {
        // With two numbers this is where the cursor stands, which somebody else has asked.
        b'R' if modifiers.is_some() => return None,
        b'~' => match (first?, third) {
            (27, Some(code)) => key_of_char(code)?,
            (number, _) => key_of_number(number)?,
        },
        b'u' => key_of_char(first?)?,
        _ => key_of_final_byte(last)?,
    };
    let held = modifiers.unwrap_or(1).saturating_sub(1);
    let (shift, alt, ctrl) = (held & 1 != 0, held & 2 != 0, held & 4 != 0);
    let code = match code {
        KeyCode::Tab if shift => KeyCode::BackTab,
        KeyCode::Char(c) if shift && !alt && !ctrl => KeyCode::Char(c.to_ascii_uppercase()),
        code if alt || ctrl => lowercase(code),
        code => code,
    };
    Some(Key { code, ctrl, alt })
}

/// Returns the key of a number before `~`.
fn key_of_number(number: u32) -> Option<KeyCode> {
    let function = |before: u32| u8::try_from(number - before).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        4 | 8 => Some(KeyCode::End),
        3 => Some(KeyCode::Delete),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(10),
        17..=21 => function(11),
        23..=24 => function(12),
        _ => None,
    }
}

/// Returns the key of a character code. Codes of the private use area are keys without a character and give `None`,
/// except the Enter key of the keypad.
fn key_of_char(code: u32) -> Option<KeyCode> {
    match code {
        9 => Some(KeyCode::Tab),
        13 | 57414 => Some(KeyCode::Enter),
        27 => Some(KeyCode::Esc),
        127 => Some(KeyCode::Backspace),
        0xe000..=0xf8ff => None,
        code => char::from_u32(code).filter(|c| !c.is_control()).map(KeyCode::Char),
    }
}
