//! Entering and leaving the screen. Whatever was switched on is switched off again: on leaving, on
//! a panic, before suspending.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _, stdin, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{Print, force_color_output};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

pub type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error("this is no terminal: the form needs one for input and output")]
    NoTerminal,
    #[error("the terminal cannot be used: {0}")]
    Io(#[from] io::Error),
}

/// Clicks and the wheel only: motion would wake the program with every move of the mouse.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

static IS_ENTERED: AtomicBool = AtomicBool::new(false);

/// Opens the screen; refuses if there is no terminal.
pub fn open(mouse: bool) -> Result<Screen, TerminalError> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(TerminalError::NoTerminal);
    }
    enter(mouse)?;
    // One write a frame: a slow line then shows whole frames.
    let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout()));
    Ok(Terminal::new(backend)?)
}

/// Switches the terminal to the form.
pub fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    IS_ENTERED.store(true, Ordering::SeqCst);
    let mut out = stdout();
    queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        queue!(out, Print(MOUSE_ON))?;
    }
    out.flush()
}

/// Lets colours through, or none. The library reads `NO_COLOR` by itself and would then write an empty
/// sequence for each colour, which cancels bold and reverse; and at the end of a frame it sets both
/// sides back even if nobody had set them.
pub fn use_colour(has_colour: bool) {
    force_color_output(has_colour);
}

/// Takes the mouse, or leaves it to the terminal.
pub fn set_mouse(on: bool) -> io::Result<()> {
    let mut out = stdout();
    queue!(out, Print(if on { MOUSE_ON } else { MOUSE_OFF }))?;
    out.flush()
}

/// Gives the terminal back as it was; harmless if that was done already.
pub fn leave() {
    if !IS_ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = stdout();
    // A terminal that is gone cannot be restored, and nobody is there to be told.
    let _ = queue!(out, Print(MOUSE_OFF), DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// A panic of the interface restores the terminal before it is reported; one of a worker leaves
/// the screen alone, since its failure comes as a message.
pub fn hook_panics() {
    let ui = std::thread::current().id();
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == ui {
            leave();
            report(info);
        }
    }));
}
