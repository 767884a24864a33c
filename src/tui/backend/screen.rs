//! The screen that frames are painted on: one write per frame, and none in between.

use std::cell::RefCell;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::rc::Rc;
use std::time::Duration;

use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal};

use crate::app::CopyError;

use crate::tui::backend::ansi::{self, AnsiBackend};
use crate::tui::capabilities::{Capabilities, ScreenSupport};
use crate::tui::terminal::{self, TerminalError};
use crate::tui::{clipboard, suspend};

pub struct Screen {
    // Its own end would write to the terminal once more, which may be gone by then.
    terminal: ManuallyDrop<Terminal<AnsiBackend<Frames>>>,
    frames: Frames,
    capabilities: Capabilities,
    mouse: bool,
}

/// Start of a frame that the terminal shows all at once (synchronized output).
const BEGIN_SYNC: &[u8] = b"\x1b[?2026h";
const END_SYNC: &[u8] = b"\x1b[?2026l";

/// Buffer that collects the small writes of the library until the frame is complete.
#[derive(Clone, Default)]
struct Frames(Rc<RefCell<Vec<u8>>>);

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Frames {
    /// Takes the collected frame, in synchronization marks if `synchronized`; empty if nothing was collected.
    fn take(&self, synchronized: bool) -> Vec<u8> {
        let frame = std::mem::take(&mut *self.0.borrow_mut());
        if synchronized && !frame.is_empty() { [BEGIN_SYNC, &frame, END_SYNC].concat() } else { frame }
    }

    fn send(&self, synchronized: bool) -> io::Result<()> {
        let frame = self.take(synchronized);
        let mut rest = frame.as_slice();
        // Straight to the terminal: the library's buffer would send a frame of several lines in two pieces.
        while !rest.is_empty() {
            match rustix::io::write(rustix::stdio::stdout(), rest) {
                Ok(written) => rest = &rest[written..],
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

impl Screen {
    /// Opens the screen. Fails if the terminal cannot show the form.
    pub fn open(capabilities: Capabilities, mouse: bool) -> Result<Self, TerminalError> {
        terminal::check(capabilities.screen)?;
        terminal::enter(capabilities.screen, mouse).inspect_err(|_| terminal::leave())?;
        let frames = Frames::default();
        let erases = capabilities.screen == ScreenSupport::Full;
        let screen =
            Terminal::new(AnsiBackend::new(frames.clone(), ansi::size, erases)).inspect_err(|_| terminal::leave())?;
        Ok(Self { terminal: ManuallyDrop::new(screen), frames, capabilities, mouse })
    }

    pub fn escape_delay(&self) -> Duration {
        self.capabilities.escape_delay
    }

    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.terminal.draw(paint)?;
        self.frames.send(self.capabilities.synchronized)
    }

    /// Makes the next frame paint everything, at the current size, which it returns. The library's own way queries the
    /// terminal for the cursor position, and the response would race with typed keys.
    pub fn invalidate(&mut self) -> io::Result<Size> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))?;
        Ok(size)
    }

    /// Sends a text to the clipboard of the terminal. A write error is ignored: the next frame fails too, and is
    /// handled there.
    pub fn copy(&self, text: &str) -> Result<(), CopyError> {
        let _ = terminal::send(&clipboard::osc52_sequence(text, self.capabilities.clipboard)?);
        Ok(())
    }

    pub fn set_mouse(&mut self, on: bool) {
        self.mouse = on;
        let _ = terminal::set_mouse(self.capabilities.screen, on);
    }

    /// Gives the terminal back to the shell and stops until the program is continued. Without job control it takes the
    /// terminal back at once.
    pub fn suspend(&mut self) -> io::Result<()> {
        terminal::leave();
        if suspend::has_job_control() {
            suspend::stop_group()?;
            // The signal may reach another thread a moment later: until it has, nothing is painted.
            std::thread::sleep(Duration::from_millis(100));
        }
        self.resume()
    }

    /// Sets the terminal up again, in whatever state the shell left it.
    pub fn resume(&mut self) -> io::Result<()> {
        terminal::leave();
        terminal::enter(self.capabilities.screen, self.mouse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_one_piece_and_nothing_is_nothing() {
        let mut frames = Frames::default();
        assert!(frames.take(true).is_empty());
        for piece in ["a", "b"] {
            frames.write_all(piece.as_bytes()).unwrap();
            frames.flush().unwrap();
        }
        assert_eq!(frames.take(true), b"\x1b[?2026hab\x1b[?2026l");
        frames.write_all(b"c").unwrap();
        assert_eq!(frames.take(false), b"c");
    }
}
