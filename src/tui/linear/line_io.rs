//! Reads and prints lines in linear mode: a thread that reads what is typed, echo that is off for secrets, and text that is
//! wrapped at the width of the terminal.

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

/// A line that was typed. It may be a secret, so its memory is wiped.
pub struct Line {
    pub text: Zeroizing<String>,
    /// When it was read.
    pub at: Millis,
}

/// There is a line to take, or there will be none any more.
pub struct LinesAvailable;

/// So many lines wait at most, here and where they are worked off.
pub const MAX_LINES: usize = 64;
/// Bytes of a line; what is longer is no answer to anything.
const MAX_LINE_BYTES: usize = 1 << 16;

/// Reads lines until there are none any more, and says so each time.
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

/// `false` if nobody listens any more.
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

/// Throws away what was typed and not read yet.
pub fn flush_typed() {
    // What cannot be thrown away is told by the time at which it is read.
    let _ = tcflush(rustix::stdio::stdin(), QueueSelector::IFlush);
}

/// Keeps what is typed from being seen, for as long as it is wanted.
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
    /// Hides it once more, after a shell has had the terminal in between.
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

/// Standard output, one line after the other.
pub struct LinePrinter {
    width: u16,
    /// A prompt stands on the last line, with nothing behind it yet.
    at_prompt: bool,
}

/// Where the width is not known.
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

    /// Begins a line, if a prompt stands on the last one.
    pub fn start_line(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.at_prompt) { write_text("\n") } else { Ok(()) }
    }

    /// Prints; an error means that nobody reads any more.
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

    /// Ends the line of the prompt: with what a pipe has answered, so that it can be read there.
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
