//! Reads and prints lines in linear mode: the input thread, echo that is off for secrets, and text that is wrapped at
//! the width of the terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{Receiver, Sender, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use rustix::event::{PollFd, PollFlags};
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetwinsize, tcsetattr,
};
use secrecy::zeroize::{Zeroize as _, Zeroizing};

use crate::app::Millis;
use crate::linear::{OutputItem, visible};
use crate::view::wrap;

use crate::tui::input::reader::millis_since;

/// A typed line. It may be a secret, so its memory is zeroed when it is dropped.
pub struct Line {
    pub text: Zeroizing<String>,
    /// Time at which the line was read.
    pub at: Millis,
}

/// The event that a line is available or that the input has ended.
pub struct LinesAvailable;

/// Maximum number of waiting lines, in the channel and in the queue of the loop alike.
pub const MAX_LINES: usize = 64;
/// Maximum number of bytes kept of a line. No answer is longer.
const MAX_LINE_BYTES: usize = 1 << 16;

/// Starts the thread that reads lines until the input ends; sends `LinesAvailable` after each line and at the end.
pub fn spawn<T: From<LinesAvailable> + Send + 'static>(sender: Sender<T>, start: Instant) -> Receiver<Line> {
    let (lines, taken) = sync_channel(MAX_LINES);
    thread::spawn(move || {
        read(&lines, &sender, start);
        drop(lines);
        // Nobody listens any more only when the program is ending.
        let _ = sender.send(LinesAvailable.into());
    });
    taken
}

fn read<T: From<LinesAvailable>>(lines: &SyncSender<Line>, sender: &Sender<T>, start: Instant) {
    let mut chunk = Zeroizing::new([0_u8; 4096]);
    let mut pending = Zeroizing::new(Vec::with_capacity(MAX_LINE_BYTES));
    loop {
        let count = match rustix::io::read(rustix::stdio::stdin(), &mut *chunk) {
            Err(rustix::io::Errno::INTR) => continue,
            // Whoever shares the input may have made it one that does not wait; it has not ended.
            Err(rustix::io::Errno::AGAIN) => {
                let stdin = rustix::stdio::stdin();
                let _ = rustix::event::poll(&mut [PollFd::new(&stdin, PollFlags::IN)], None);
                continue;
            }
            Err(_) | Ok(0) => break,
            Ok(count) => count,
        };
        for byte in &chunk[..count] {
            if *byte != b'\n' {
                if pending.len() < MAX_LINE_BYTES {
                    pending.push(*byte);
                }
            } else if !send(&mut pending, lines, sender, start) {
                return;
            }
        }
        chunk.zeroize();
    }
    if !pending.is_empty() {
        send(&mut pending, lines, sender, start);
    }
}

/// Sends the pending bytes as a line and zeroes them; returns `false` once the receiver is dropped.
fn send<T: From<LinesAvailable>>(
    pending: &mut Zeroizing<Vec<u8>>,
    lines: &SyncSender<Line>,
    sender: &Sender<T>,
    start: Instant,
) -> bool {
    let text = Zeroizing::new(String::from_utf8_lossy(pending).into_owned());
    pending.zeroize();
    lines.send(Line { text, at: millis_since(start) }).is_ok() && sender.send(LinesAvailable.into()).is_ok()
}

/// Discards input that was typed but not read yet.
pub fn flush_typed() {
    // What cannot be thrown away is told by the time at which it is read.
    let _ = tcflush(rustix::stdio::stdin(), QueueSelector::IFlush);
}

/// The echo of the terminal, which is off while secrets are typed. Dropping this restores it.
#[derive(Default)]
pub struct Echo {
    before: Option<Termios>,
}

impl Echo {
    pub fn show(&mut self) {
        if let Some(before) = self.before.take() {
            // A terminal that is gone needs no echo.
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &before);
        }
    }

    pub fn hide(&mut self) {
        if self.before.is_some() {
            return;
        }
        let Ok(before) = tcgetattr(rustix::stdio::stdin()) else { return };
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        hidden.local_modes.insert(LocalModes::ECHONL);
        let is_hidden = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &hidden).is_ok();
        self.before = is_hidden.then_some(before);
    }
}

impl Echo {
    /// Turns the echo off again, after a shell has used the terminal in between.
    pub fn hide_again(&mut self) {
        if let Some(before) = self.before.take() {
            self.hide();
            self.before = Some(before);
        }
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.show();
    }
}

/// Standard output, line by line.
pub struct LinePrinter {
    width: u16,
    /// True if the last line is a prompt with nothing after it yet.
    at_prompt: bool,
}

/// Width in cells if the actual one is not known.
const WIDTH: u16 = 80;

impl LinePrinter {
    pub fn new() -> Self {
        let mut out = Self { width: WIDTH, at_prompt: false };
        out.measure();
        out
    }

    pub fn measure(&mut self) {
        let size = io::stdout().is_terminal().then(|| tcgetwinsize(rustix::stdio::stdout()).ok()).flatten();
        self.width = size.map(|size| size.ws_col).filter(|columns| *columns >= 20).unwrap_or(WIDTH);
    }

    /// Starts a new line if the last line is a prompt.
    pub fn start_line(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.at_prompt) { write_text("\n") } else { Ok(()) }
    }

    /// Prints items. An error means that nobody reads the output any more.
    pub fn print(&mut self, said: &[OutputItem]) -> io::Result<()> {
        let mut text = String::new();
        for said in said {
            if std::mem::take(&mut self.at_prompt) {
                text.push('\n');
            }
            match said {
                OutputItem::Text(words) => {
                    for line in wrap(words, self.width) {
                        text.push_str(line.trim_end());
                        text.push('\n');
                    }
                }
                OutputItem::Verbatim(line) => {
                    text.push_str(&visible(line));
                    text.push('\n');
                }
                OutputItem::Prompt { text: words, is_hidden: _ } => {
                    text.push_str(&wrap(words, self.width).join("\n"));
                    self.at_prompt = true;
                }
            }
        }
        write_text(&text)
    }

    /// Ends the line of a prompt. An answer that the terminal has not echoed, such as one from a pipe, is printed on
    /// it.
    pub fn answer(&mut self, answer: &str, is_echoed: bool) -> io::Result<()> {
        if !std::mem::take(&mut self.at_prompt) || is_echoed {
            return Ok(());
        }
        write_text(&format!("{}\n", visible(answer)))
    }
}

fn write_text(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
