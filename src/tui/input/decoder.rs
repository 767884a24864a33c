//! The bytes of a terminal as keys, pastes and clicks. A reader of our own, because no library's bounds a paste whose
//! end was lost, waits for the rest of a key that a slow line split, or lets the terminal's late answers fall silent.
//! Pure: the caller says how time passes.

use std::time::Duration;

use crate::app::{Key, KeyCode};

use super::escape::{self, CTRL_C, ESC, Parsed};
use super::event::TerminalEvent;

/// What was begun and not ended is dropped after this.
const SEQUENCE_TIMEOUT: Duration = Duration::from_millis(500);
/// A paste is asked for news so often ...
const PASTE_PAUSE: Duration = Duration::from_millis(250);
/// ... and has lost its end after so many times without any.
const MAX_PASTE_PAUSES: u8 = 4;
/// More of a paste is thrown away, up to its end.
const MAX_PASTE: usize = 4 << 20;
/// No key and no answer of a terminal is longer.
const MAX_SEQUENCE: usize = 8192;

const PASTE_END: &[u8] = b"\x1b[201~";

#[derive(Debug)]
pub struct Decoder {
    /// A lone Esc is one when nothing has followed it for so long.
    escape_delay: Duration,
    /// Bytes that mean nothing yet.
    buffer: Vec<u8>,
    paste: Option<Paste>,
}

#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    /// How often it was quiet since the last byte.
    pauses: u8,
}

impl Decoder {
    pub fn new(escape_delay: Duration) -> Self {
        Self { escape_delay, buffer: Vec::new(), paste: None }
    }

    /// Takes bytes that were read at once.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<TerminalEvent> {
        let mut typed = Vec::new();
        if let Some(paste) = &mut self.paste {
            // A person who gave up waiting for the end; a paste does not pause for this one byte.
            if paste.pauses > 0 && bytes == [CTRL_C] {
                self.end_paste(&mut typed);
            } else {
                paste.pauses = 0;
            }
        } else if self.buffer == [ESC] && !bytes.first().is_some_and(|next| b"[O]P_\\".contains(next)) {
            // Bytes that come together are a key with Alt; of two packets the first one was Esc.
            self.buffer.clear();
            typed.push(TerminalEvent::Key(Key::plain(KeyCode::Esc)));
        }
        self.buffer.extend_from_slice(bytes);
        self.parse_buffer(&mut typed);
        typed
    }

    /// How long it may be quiet until `on_timeout` is to be called; `None` if nothing is awaited.
    pub fn timeout(&self) -> Option<Duration> {
        match (&self.paste, self.buffer.as_slice()) {
            (Some(_), _) => Some(PASTE_PAUSE),
            (None, []) => None,
            (None, [ESC]) => Some(self.escape_delay),
            (None, _) => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Nothing came for as long as `timeout` says.
    pub fn on_timeout(&mut self) -> Vec<TerminalEvent> {
        let mut typed = Vec::new();
        match &mut self.paste {
            Some(paste) => {
                paste.pauses += 1;
                if paste.pauses >= MAX_PASTE_PAUSES {
                    self.end_paste(&mut typed);
                }
            }
            None if self.buffer == [ESC] => {
                self.buffer.clear();
                typed.push(TerminalEvent::Key(Key::plain(KeyCode::Esc)));
            }
            // Half a key or half an answer is nothing; Ctrl-C and all that follows are read anew.
            None => self.buffer.clear(),
        }
        typed
    }

    /// Gives out what there is of the paste.
    fn end_paste(&mut self, typed: &mut Vec<TerminalEvent>) {
        let mut bytes = self.paste.take().unwrap_or_default().bytes;
        if bytes.len() < MAX_PASTE {
            bytes.append(&mut self.buffer);
        }
        self.buffer.clear();
        typed.push(TerminalEvent::Paste(String::from_utf8_lossy(&bytes).into_owned()));
    }

    fn parse_buffer(&mut self, typed: &mut Vec<TerminalEvent>) {
        let mut at = 0;
        loop {
            if self.paste.is_some() {
                self.buffer.drain(..at);
                at = 0;
                if !self.take_paste(typed) {
                    return;
                }
            }
            match escape::parse_prefix(&self.buffer[at..]) {
                Parsed::Event(count, what) => {
                    typed.push(what);
                    at += count;
                }
                Parsed::Ignored(count) => at += count,
                Parsed::PasteStart(count) => {
                    at += count;
                    self.paste = Some(Paste::default());
                }
                Parsed::Incomplete => break,
            }
        }
        self.buffer.drain(..at);
        if self.buffer.len() > MAX_SEQUENCE {
            self.buffer.clear();
        }
    }

    /// Moves held bytes into the paste; `true` when its end was among them.
    fn take_paste(&mut self, typed: &mut Vec<TerminalEvent>) -> bool {
        let Some(paste) = &mut self.paste else { return true };
        let end = self.buffer.windows(PASTE_END.len()).position(|window| window == PASTE_END);
        // The last bytes may be the beginning of its end.
        let sure = end.unwrap_or(self.buffer.len().saturating_sub(PASTE_END.len() - 1));
        let room = MAX_PASTE.saturating_sub(paste.bytes.len());
        paste.bytes.extend(self.buffer.drain(..sure).take(room));
        if end.is_none() {
            return false;
        }
        self.buffer.drain(..PASTE_END.len());
        let bytes = std::mem::take(&mut paste.bytes);
        self.paste = None;
        typed.push(TerminalEvent::Paste(String::from_utf8_lossy(&bytes).into_owned()));
        true
    }
}

#[cfg(test)]
mod tests;
