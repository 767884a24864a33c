//! The input thread: reads input and sends it with the time at which it was read, which is known even while the program
//! is busy.

use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};

use crate::app::{Key, Millis, Msg};

use crate::tui::input::decoder::Decoder;
use crate::tui::input::event::TerminalEvent;

/// A message from the input thread.
#[derive(Debug)]
pub enum Input {
    Msg(Msg),
    Key {
        key: Key,
        at: Millis,
    },
    /// Letters that were read in one packet.
    Letters {
        text: String,
        at: Millis,
    },
    /// A click. Its target depends on the painted model.
    Click {
        column: u16,
        row: u16,
        at: Millis,
    },
}

/// Size of the read buffer in bytes. The kernel returns less per read.
const READ_BUFFER_SIZE: usize = 1 << 16;

/// Starts the thread that reads input until the terminal is gone or the receiver is dropped.
pub fn spawn<T: From<Input> + Send + 'static>(sender: Sender<T>, start: Instant, escape_delay: Duration) {
    thread::spawn(move || {
        if read_all(&sender, start, Decoder::new(escape_delay)) {
            // Nobody can type any more: the form ends, an order on its way is seen through.
            let _ = sender.send(Input::Msg(Msg::Terminate).into());
        }
    });
}

/// Reads input and sends it; returns `true` once the terminal is gone, `false` once the receiver is dropped.
fn read_all<T: From<Input>>(sender: &Sender<T>, start: Instant, mut decoder: Decoder) -> bool {
    let mut packet = vec![0; READ_BUFFER_SIZE];
    loop {
        let typed = match wait_for_input(decoder.timeout()) {
            ReadWait::Closed => return true,
            ReadWait::TimedOut => decoder.on_timeout(),
            ReadWait::Ready => match rustix::io::read(rustix::stdio::stdin(), &mut packet) {
                Ok(0) => return true,
                Ok(count) => decoder.feed(&packet[..count]),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
                Err(_) => return true,
            },
        };
        let at = millis_since(start);
        for input in to_inputs(typed, at) {
            if sender.send(input.into()).is_err() {
                return false;
            }
        }
    }
}

enum ReadWait {
    Ready,
    TimedOut,
    Closed,
}

/// Waits until input is available, at most for `patience`; without one, for as long as it takes.
fn wait_for_input(patience: Option<Duration>) -> ReadWait {
    let stdin = rustix::stdio::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
    loop {
        return match rustix::event::poll(&mut fds, patience.as_ref()) {
            Err(rustix::io::Errno::INTR) => continue,
            Ok(0) => ReadWait::TimedOut,
            Ok(_) if fds[0].revents() == PollFlags::IN => ReadWait::Ready,
            // Whatever else is reported, with or without it: the terminal is gone.
            Ok(_) | Err(_) => ReadWait::Closed,
        };
    }
}

/// Returns the milliseconds since the start of the program.
pub fn millis_since(start: Instant) -> Millis {
    start.elapsed().as_millis().try_into().unwrap_or(Millis::MAX)
}

/// Converts events to inputs, joining consecutive letters.
fn to_inputs(typed: Vec<TerminalEvent>, at: Millis) -> Vec<Input> {
    let mut inputs: Vec<Input> = Vec::new();
    for typed in typed {
        let letter = match typed {
            TerminalEvent::Key(key) => key.as_char(),
            TerminalEvent::Paste(_) | TerminalEvent::Click { .. } | TerminalEvent::Wheel { .. } => None,
        };
        match (letter, inputs.last_mut()) {
            (Some(letter), Some(Input::Letters { text, .. })) => text.push(letter),
            (Some(letter), _) => inputs.push(Input::Letters { text: letter.into(), at }),
            (None, _) => inputs.push(to_input(typed, at)),
        }
    }
    inputs
}

fn to_input(typed: TerminalEvent, at: Millis) -> Input {
    match typed {
        TerminalEvent::Key(key) => Input::Key { key, at },
        TerminalEvent::Paste(text) => Input::Msg(Msg::paste(text, at)),
        TerminalEvent::Click { column, row } => Input::Click { column, row, at },
        TerminalEvent::Wheel { rows } => Input::Msg(Msg::Scrolled { rows, at }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Key, KeyCode};

    #[test]
    fn letters_that_follow_each_other_come_together_and_everything_stays_in_its_order() {
        let enter = Key::plain(KeyCode::Enter);
        let typed = [Key::char('w'), Key::char('1'), enter, Key::char('x'), Key::ctrl('c'), Key::char(' ')];
        let mut typed: Vec<TerminalEvent> = typed.map(TerminalEvent::Key).into();
        typed.push(TerminalEvent::Paste("y\rz".into()));
        typed.push(TerminalEvent::Key(Key::char('z')));
        let said: Vec<String> = to_inputs(typed, 7).iter().map(|input| format!("{input:?}")).collect();
        let letters = |text: &str| format!("{:?}", Input::Letters { text: text.into(), at: 7 });
        let msg = |msg| format!("{:?}", Input::Msg(msg));
        let key = |key| format!("{:?}", Input::Key { key, at: 7 });
        let paste = msg(Msg::Paste { text: "y\nz".into(), at: 7 });
        let all = [letters("w1"), key(enter), letters("x"), key(Key::ctrl('c')), letters(" "), paste, letters("z")];
        assert_eq!(said, all);
    }
}
