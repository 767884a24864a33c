//! A pseudo-terminal with the program in it. A condition can come true in the middle of a frame, so whatever is
//! expected is waited for; what must never be there is asserted only behind something that was painted later.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const TAB: &str = "\t";
pub const F1: &str = "\x1bOP";

/// The byte of a key that is held with Ctrl.
pub fn ctrl(letter: char) -> String {
    char::from(letter as u8 & 0x1f).to_string()
}

/// How long a condition may take; only a defect takes that long.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came out of the terminal.
pub struct Seen {
    parser: vt100::Parser,
    pub bytes: Vec<u8>,
    /// Nothing can come any more.
    is_over: bool,
    exit_code: Option<u32>,
}

impl Seen {
    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The program has ended, and all that it wrote was read.
    pub fn has_ended(&self) -> bool {
        self.is_over && self.exit_code.is_some()
    }

    /// Alternate screen, hidden cursor, bracketed paste and mouse are all off.
    pub fn is_restored(&self) -> bool {
        let screen = self.screen();
        let mouse_is_off = screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None;
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste() && mouse_is_off
    }
}

/// How the program ended.
pub struct Ended {
    pub code: u32,
    /// What was written after the form had left the screen.
    pub words: String,
}

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    pid: Pid,
    /// The line discipline before the program came.
    line: String,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

/// A test that fails while it looks at the screen does not stop those who write it.
fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

fn cells(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).expect("a terminal has cells")
}

fn pty_size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn line_of(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("a line discipline"))
}

impl Terminal {
    pub fn open(command: CommandBuilder, cols: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(pty_size(cols, rows)).expect("a pseudo-terminal");
        let line = line_of(pair.master.as_ref());
        let mut child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let pid = child.process_id().and_then(|pid| Pid::from_raw(pid.try_into().ok()?)).expect("a process id");
        let parser = vt100::Parser::new(cells(rows), cells(cols), 200);
        let seen = Seen { parser, bytes: Vec::new(), is_over: false, exit_code: None };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let sink = Arc::clone(&seen);
        thread::spawn(move || {
            let mut chunk = vec![0; 1 << 16];
            loop {
                // The other end of a pseudo-terminal that was closed is an error here.
                let count = reader.read(&mut chunk).unwrap_or(0);
                let mut seen = lock(&sink.0);
                seen.parser.process(&chunk[..count]);
                seen.bytes.extend_from_slice(&chunk[..count]);
                seen.is_over = count == 0;
                sink.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let sink = Arc::clone(&seen);
        thread::spawn(move || {
            let code = child.wait().expect("an exit code").exit_code();
            lock(&sink.0).exit_code = Some(code);
            sink.1.notify_all();
        });
        let writer = pair.master.take_writer().expect("a writer");
        Self { master: pair.master, writer, pid, line, seen }
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.writer.write_all(bytes.as_ref()).expect("the terminal takes input");
        self.writer.flush().expect("the terminal takes input");
    }

    /// A bracketed paste.
    pub fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~"));
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.seen().parser.set_size(cells(rows), cells(cols));
        self.master.resize(pty_size(cols, rows)).expect("a new size");
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the program runs");
    }

    pub fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        lock(&self.seen.0)
    }

    pub fn text(&self) -> String {
        self.seen().text()
    }

    /// Waits for something to be seen; fails with the screen.
    pub fn see(&self, what: &str, holds: impl Fn(&Seen) -> bool) {
        self.see_within(PATIENCE, what, holds);
    }

    pub fn see_within(&self, patience: Duration, what: &str, holds: impl Fn(&Seen) -> bool) {
        let is_seen = self.comes_within(patience, holds);
        let seen = self.seen();
        assert!(is_seen, "not seen: {what}\nexit {:?}\n{}", seen.exit_code, seen.text());
    }

    /// Whether something comes to be seen; `false` when time is up or nothing can come any more.
    pub fn comes_within(&self, patience: Duration, holds: impl Fn(&Seen) -> bool) -> bool {
        let deadline = Instant::now() + patience;
        let mut seen = self.seen();
        while !holds(&seen) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || seen.has_ended() {
                return false;
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// Waits for a condition on the text of the whole screen.
    pub fn until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        self.see(what, |seen| holds(&seen.text()));
    }

    pub fn shows(&self, words: &str) {
        self.until(words, |text| text.contains(words));
    }

    /// Waits for the end of the program, which must leave the terminal as it was.
    pub fn ended(self) -> Ended {
        self.see("the end of the program", Seen::has_ended);
        let seen = self.seen();
        assert!(seen.is_restored(), "the terminal is not restored\n{}", seen.text());
        assert_eq!(line_of(self.master.as_ref()), self.line, "the line discipline is not restored");
        let all = String::from_utf8_lossy(&seen.bytes).into_owned();
        let words = all.rsplit("\x1b[?1049l").next().unwrap_or_default().to_owned();
        Ended { code: seen.exit_code.expect("an exit code"), words }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let seen = lock(&self.seen.0);
        if seen.exit_code.is_none() {
            // It may have ended by itself in this moment.
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}
