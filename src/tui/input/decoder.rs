//! Decodes the bytes of a terminal into keys, pastes and clicks. No library's decoder limits a paste whose end was
//! lost, waits for the rest of a key that a slow connection split, or discards late responses of the terminal. Pure:
//! the caller reports the passing of time.

use std::time::Duration;

use crate::app::{Key, KeyCode};

use super::escape::{self, CTRL_C, ESC, Parsed};
use super::event::TerminalEvent;

/// Time after which an incomplete sequence is dropped.
const SEQUENCE_TIMEOUT: Duration = Duration::from_millis(500);
/// Time without input that counts as one pause in a paste.
const PASTE_PAUSE: Duration = Duration::from_millis(250);
/// Number of pauses in a row after which the end of a paste counts as lost.
const MAX_PASTE_PAUSES: u8 = 4;
/// Maximum size of a paste in bytes; the rest is discarded, up to the end of the paste.
const MAX_PASTE: usize = 4 << 20;
/// Maximum length of an incomplete sequence in bytes. No key and no response of a terminal is longer.
const MAX_SEQUENCE: usize = 8192;

const PASTE_END: &[u8] = b"\x1b[201~";

#[derive(Debug)]
pub struct Decoder {
    /// Time after which a lone ESC byte counts as the Esc key.
    escape_delay: Duration,
    /// Bytes of a sequence that is not complete yet.
    buffer: Vec<u8>,
    paste: Option<Paste>,
}

#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    /// Number of pauses since the last byte.
    pauses: u8,
}

impl Decoder {
    pub fn new(escape_delay: Duration) -> Self {
        Self { escape_delay, buffer: Vec::new(), paste: None }
    }

    /// Decodes one packet of bytes; returns the events that it completes.
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

    /// Returns the time without input after which `on_timeout` must be called; `None` if no sequence is incomplete.
    pub fn timeout(&self) -> Option<Duration> {
        match (&self.paste, self.buffer.as_slice()) {
            (Some(_), _) => Some(PASTE_PAUSE),
            (None, []) => None,
            (None, [ESC]) => Some(self.escape_delay),
            (None, _) => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Handles the lack of input for the duration of `timeout`: ends a lost paste, reports a lone Esc, or drops an
    /// incomplete sequence.
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

    /// Ends the paste and reports its contents so far.
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

    /// Moves buffered bytes into the paste; returns whether the paste ended.
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
