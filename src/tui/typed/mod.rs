//! The bytes of a terminal as keys, pastes and clicks. A reader of our own, because no library's bounds a paste whose
//! end was lost, waits for the rest of a key that a slow line split, or lets the terminal's late answers fall silent.
//! Pure: how time passes is told to it.

mod sequence;

use std::time::Duration;

use crate::app::{Key, KeyCode};

/// What was typed, pasted or clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    Key(Key),
    Paste(String),
    /// The left button went down; cells count from 0.
    Click {
        column: u16,
        row: u16,
    },
    /// Rows down; negative is up.
    Wheel {
        rows: i32,
    },
}

/// What was begun and not ended is dropped after this.
const UNFINISHED: Duration = Duration::from_millis(500);
/// A paste is asked for news so often ...
const PAUSE: Duration = Duration::from_millis(250);
/// ... and has lost its end after so many times without any.
const PAUSES: u8 = 4;
/// More of a paste is thrown away, up to its end.
const LONGEST_PASTE: usize = 4 << 20;
/// No key and no answer of a terminal is longer.
const LONGEST: usize = 8192;

const PASTE_END: &[u8] = b"\x1b[201~";
const ESC: u8 = 0x1b;
const CTRL_C: u8 = 0x03;

#[derive(Debug)]
pub struct Decoder {
    /// A lone Esc is one when nothing has followed it for so long.
    escape_delay: Duration,
    /// Bytes that mean nothing yet.
    held: Vec<u8>,
    paste: Option<Paste>,
}

#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    /// How often it was quiet since the last byte.
    pauses: u8,
}

/// What stands at the beginning of some bytes.
#[derive(Debug, PartialEq, Eq)]
enum Front {
    /// So many bytes are this.
    Typed(usize, Typed),
    /// So many bytes are nothing to a person.
    Nothing(usize),
    PasteBegins(usize),
    /// It may still become something.
    More,
}

impl Decoder {
    pub fn new(escape_delay: Duration) -> Self {
        Self { escape_delay, held: Vec::new(), paste: None }
    }

    /// Takes bytes that were read at once.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Typed> {
        let mut typed = Vec::new();
        if let Some(paste) = &mut self.paste {
            // A person who gave up waiting for the end; a paste does not pause for this one byte.
            if paste.pauses > 0 && bytes == [CTRL_C] {
                self.end_paste(&mut typed);
            } else {
                paste.pauses = 0;
            }
        } else if self.held == [ESC] && !bytes.first().is_some_and(|next| b"[O]P_\\".contains(next)) {
            // Bytes that come together are a key with Alt; of two packets the first one was Esc.
            self.held.clear();
            typed.push(Typed::Key(Key::plain(KeyCode::Esc)));
        }
        self.held.extend_from_slice(bytes);
        self.work_off(&mut typed);
        typed
    }

    /// How long it may be quiet until `quiet` is to be told; `None` if nothing is awaited.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.held.as_slice()) {
            (Some(_), _) => Some(PAUSE),
            (None, []) => None,
            (None, [ESC]) => Some(self.escape_delay),
            (None, _) => Some(UNFINISHED),
        }
    }

    /// Nothing came for as long as `patience` said.
    pub fn quiet(&mut self) -> Vec<Typed> {
        let mut typed = Vec::new();
        match &mut self.paste {
            Some(paste) => {
                paste.pauses += 1;
                if paste.pauses >= PAUSES {
                    self.end_paste(&mut typed);
                }
            }
            None if self.held == [ESC] => {
                self.held.clear();
                typed.push(Typed::Key(Key::plain(KeyCode::Esc)));
            }
            // Half a key or half an answer is nothing; Ctrl-C and all that follows are read anew.
            None => self.held.clear(),
        }
        typed
    }

    /// Gives out what there is of the paste.
    fn end_paste(&mut self, typed: &mut Vec<Typed>) {
        let mut bytes = self.paste.take().unwrap_or_default().bytes;
        if bytes.len() < LONGEST_PASTE {
            bytes.append(&mut self.held);
        }
        self.held.clear();
        typed.push(Typed::Paste(String::from_utf8_lossy(&bytes).into_owned()));
    }

    fn work_off(&mut self, typed: &mut Vec<Typed>) {
        let mut at = 0;
        loop {
            if self.paste.is_some() {
                self.held.drain(..at);
                at = 0;
                if !self.take_paste(typed) {
                    return;
                }
            }
            match sequence::front(&self.held[at..]) {
                Front::Typed(count, what) => {
                    typed.push(what);
                    at += count;
                }
                Front::Nothing(count) => at += count,
                Front::PasteBegins(count) => {
                    at += count;
                    self.paste = Some(Paste::default());
                }
                Front::More => break,
            }
        }
        self.held.drain(..at);
        if self.held.len() > LONGEST {
            self.held.clear();
        }
    }

    /// Moves held bytes into the paste; `true` when its end was among them.
    fn take_paste(&mut self, typed: &mut Vec<Typed>) -> bool {
        let Some(paste) = &mut self.paste else { return true };
        let end = self.held.windows(PASTE_END.len()).position(|window| window == PASTE_END);
        // The last bytes may be the beginning of its end.
        let sure = end.unwrap_or(self.held.len().saturating_sub(PASTE_END.len() - 1));
        let room = LONGEST_PASTE.saturating_sub(paste.bytes.len());
        paste.bytes.extend(self.held.drain(..sure).take(room));
        if end.is_none() {
            return false;
        }
        self.held.drain(..PASTE_END.len());
        let bytes = std::mem::take(&mut paste.bytes);
        self.paste = None;
        typed.push(Typed::Paste(String::from_utf8_lossy(&bytes).into_owned()));
        true
    }
}

#[cfg(test)]
mod tests;
