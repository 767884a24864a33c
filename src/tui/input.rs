//! Terminal events become messages. A thread of its own reads them, so that the time at which a
//! key was pressed is known even while the program is busy.

use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    Event, KeyCode as TermCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind, poll,
    read,
};

use rustix::event::{PollFd, PollFlags};

use crate::app::{Key, KeyCode, Millis, Msg};

/// What the input thread has to tell.
#[derive(Debug)]
pub enum Input {
    Msg(Msg),
    /// A click; what lies there only the painted model can say.
    Click {
        column: u16,
        row: u16,
        at: Millis,
    },
}

/// Reads until the terminal is gone or nobody listens any more.
///
/// The terminal is watched by a call of our own, and the library asked only when there is something
/// to read: on a terminal that is gone its reader spins and never returns.
pub fn listen<T: From<Input> + Send + 'static>(sender: Sender<T>, start: Instant) {
    watch(sender.clone());
    thread::spawn(move || {
        while let Ok(true) = wait_for_input() {
            if !send_pending(&sender, start) {
                return;
            }
        }
        // Nobody can type any more: the form ends, an order on its way is seen through.
        let _ = sender.send(Input::Msg(Msg::Terminate).into());
    });
}

/// Sleeps until there is something to read; `false` if the terminal is gone.
fn wait_for_input() -> rustix::io::Result<bool> {
    let stdin = rustix::stdio::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    loop {
        match rustix::event::poll(&mut fds, None) {
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error),
            Ok(_) => {
                let seen = fds[0].revents();
                return Ok(seen == PollFlags::IN);
            }
        }
    }
}

/// How long the library is asked for more. It finds nothing in no time at all, and where the
/// machine is busy a very short time is none: keys that it has read already would then lie in it
/// until the next one comes.
const LINGER: Duration = Duration::from_millis(20);

/// Sends every event that there is, until it was quiet twice; `false` if nobody listens or reading
/// failed.
fn send_pending<T: From<Input>>(sender: &Sender<T>, start: Instant) -> bool {
    let mut quiet = 0;
    while quiet < 2 {
        match poll(LINGER) {
            Ok(false) => quiet += 1,
            Ok(true) => {
                quiet = 0;
                let Ok(event) = read() else { return false };
                if let Some(input) = input_of(event, millis_since(start))
                    && sender.send(input.into()).is_err()
                {
                    return false;
                }
            }
            Err(_) => return false,
        }
    }
    true
}

/// Says that the terminal is gone even while the library spins on it.
fn watch<T: From<Input> + Send + 'static>(sender: Sender<T>) {
    thread::spawn(move || {
        let stdin = rustix::stdio::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
        while matches!(rustix::event::poll(&mut fds, None), Err(rustix::io::Errno::INTR) | Ok(0)) {}
        let _ = sender.send(Input::Msg(Msg::Terminate).into());
    });
}

/// Milliseconds since the program started.
pub fn millis_since(start: Instant) -> Millis {
    start.elapsed().as_millis().try_into().unwrap_or(Millis::MAX)
}

fn input_of(event: Event, at: Millis) -> Option<Input> {
    match event {
        Event::Key(event) => key_of(event).map(|key| Input::Msg(Msg::Key { key, at })),
        Event::Paste(text) => Some(Input::Msg(Msg::Paste { text, at })),
        Event::Mouse(event) => mouse_of(event, at),
        // Sizes come by signal: nobody asks the library while nothing is typed.
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn mouse_of(event: MouseEvent, at: Millis) -> Option<Input> {
    let MouseEvent { kind, column, row, .. } = event;
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click { column, row, at }),
        MouseEventKind::ScrollUp => Some(Input::Msg(Msg::Wheel { rows: -3, at })),
        MouseEventKind::ScrollDown => Some(Input::Msg(Msg::Wheel { rows: 3, at })),
        MouseEventKind::Down(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => None,
    }
}

/// A press as the program knows it; releases and unknown keys are nothing.
fn key_of(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let code = match event.code {
        // Ctrl-_ and Ctrl-/ are the byte 0x1F, which the library calls Ctrl-7.
        TermCode::Char('7') if ctrl => KeyCode::Char('_'),
        TermCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
        TermCode::Char(c) => KeyCode::Char(c),
        TermCode::Enter => KeyCode::Enter,
        TermCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        TermCode::Tab => KeyCode::Tab,
        TermCode::BackTab => KeyCode::BackTab,
        TermCode::Esc => KeyCode::Esc,
        TermCode::Backspace => KeyCode::Backspace,
        TermCode::Delete => KeyCode::Delete,
        TermCode::Up => KeyCode::Up,
        TermCode::Down => KeyCode::Down,
        TermCode::Left => KeyCode::Left,
        TermCode::Right => KeyCode::Right,
        TermCode::Home => KeyCode::Home,
        TermCode::End => KeyCode::End,
        TermCode::PageUp => KeyCode::PageUp,
        TermCode::PageDown => KeyCode::PageDown,
        TermCode::F(n) => KeyCode::F(n),
        TermCode::Insert
        | TermCode::Null
        | TermCode::CapsLock
        | TermCode::ScrollLock
        | TermCode::NumLock
        | TermCode::PrintScreen
        | TermCode::Pause
        | TermCode::Menu
        | TermCode::KeypadBegin
        | TermCode::Media(_)
        | TermCode::Modifier(_) => return None,
    };
    Some(Key { code, ctrl, alt })
}
