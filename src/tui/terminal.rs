//! Entering and leaving the screen. Every mode that was switched on is switched off again: on leaving, on a panic,
//! before suspending.

use std::io::{self, IsTerminal as _, Write as _, stdin, stdout};
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::style::force_color_output;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::i18n::tr;

use crate::tui::capabilities::ScreenSupport;

#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error("{}", tr!("this is no terminal: the form needs one for input and output"))]
    NoTerminal,
    #[error("{}", tr!("TERM is dumb: the form needs a terminal whose cursor moves"))]
    DumbTerminal,
    #[error("{}", tr!("the terminal cannot be used: {error}", error = _0))]
    Io(#[from] io::Error),
}

/// Sequence that turns on reports of clicks and the wheel only: reports of motion would wake the program with every
/// move of the mouse.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Sequence that switches to the alternate screen and turns on marks around pastes.
const FULL_ON: &str = "\x1b[?1049h\x1b[?2004h";
const FULL_OFF: &str = "\x1b[?2004l\x1b[m\x1b[?1049l\x1b[?25h";

/// Sequence that clears the screen, for terminals that have only one.
const CURSOR_ON: &str = "\x1b[H\x1b[2J";
const CURSOR_OFF: &str = "\x1b[m\x1b[H\x1b[2J\x1b[?25h";

/// The mode that was entered: none, `ScreenSupport::Cursor` or `ScreenSupport::Full`.
static ENTERED: AtomicU8 = AtomicU8::new(OUTSIDE);
const OUTSIDE: u8 = 0;
const ON_CURSOR: u8 = 1;
const ON_FULL: u8 = 2;

/// Fails if the form cannot be shown: input or output is not a terminal, or the terminal only prints lines.
pub fn check(reach: ScreenSupport) -> Result<(), TerminalError> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(TerminalError::NoTerminal);
    }
    match reach {
        ScreenSupport::Lines => Err(TerminalError::DumbTerminal),
        ScreenSupport::Cursor | ScreenSupport::Full => Ok(()),
    }
}

/// Switches the terminal to the form.
pub fn enter(reach: ScreenSupport, mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    let (entered, on) = match reach {
        ScreenSupport::Lines | ScreenSupport::Cursor => (ON_CURSOR, CURSOR_ON),
        ScreenSupport::Full => (ON_FULL, FULL_ON),
    };
    ENTERED.store(entered, Ordering::SeqCst);
    send(on)?;
    if mouse { set_mouse(reach, true) } else { Ok(()) }
}

/// Turns colours on or off. Left alone, the library reads `NO_COLOR` itself and then writes an empty sequence for each
/// colour, which cancels bold and reverse; at the end of a frame it resets text and background colour even if neither
/// was set.
pub fn set_colour(has_colour: bool) {
    force_color_output(has_colour);
}

/// Captures the mouse, or leaves it to the terminal.
pub fn set_mouse(reach: ScreenSupport, on: bool) -> io::Result<()> {
    match reach {
        ScreenSupport::Lines | ScreenSupport::Cursor => Ok(()),
        ScreenSupport::Full => send(if on { MOUSE_ON } else { MOUSE_OFF }),
    }
}

/// Writes a sequence that is not part of a frame.
pub fn send(text: &str) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Restores the terminal; has no effect if that was done already.
pub fn leave() {
    // A terminal that is gone cannot be restored, and nobody is there to be told.
    let _ = match ENTERED.swap(OUTSIDE, Ordering::SeqCst) {
        ON_FULL => send(&[MOUSE_OFF, FULL_OFF].concat()),
        ON_CURSOR => send(CURSOR_OFF),
        _ => return,
    };
    let _ = disable_raw_mode();
}

/// Installs a panic hook. A panic of the calling thread, which runs the interface, restores the terminal before it is
/// reported; one of another thread leaves the screen alone, since its failure arrives as a message.
pub fn install_panic_hook() {
    let ui = std::thread::current().id();
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // Where, and not with which words: they may hold anything.
        let place = info.location().map(ToString::to_string);
        tracing::error!(target: "cph_wizard::tui", place, "broke down");
        if std::thread::current().id() == ui {
            leave();
            report(info);
        }
    }));
}
