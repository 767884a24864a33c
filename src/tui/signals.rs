//! Converts signals to messages: requests to end or to suspend, the continuation, and a new size of the terminal.

use std::sync::mpsc::Sender;

use ratatui::layout::Size;
use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::Msg;

use crate::tui::backend::ansi;

/// Sends `Terminate` for each of SIGTERM, SIGHUP, SIGINT and SIGQUIT, `SuspendRequested` for SIGTSTP, `Resumed` for
/// SIGCONT, and the new size for SIGWINCH.
pub fn spawn<T: From<Msg> + Send + 'static>(runtime: &Handle, sender: &Sender<T>) {
    forward(runtime, sender, SignalKind::terminate(), || Some(Msg::Terminate));
    forward(runtime, sender, SignalKind::hangup(), || Some(Msg::Terminate));
    forward(runtime, sender, SignalKind::interrupt(), || Some(Msg::Terminate));
    forward(runtime, sender, SignalKind::quit(), || Some(Msg::Terminate));
    forward(runtime, sender, SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()), || {
        Some(Msg::SuspendRequested)
    });
    forward(runtime, sender, SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()), || Some(Msg::Resumed));
    forward(runtime, sender, SignalKind::window_change(), || {
        let Size { width, height } = ansi::size().ok()?;
        Some(Msg::Resize { width, height })
    });
}

/// Sends a message each time a signal arrives. If no handler can be installed, the signal keeps its default action.
pub fn forward<T: From<Msg> + Send + 'static>(
    runtime: &Handle,
    sender: &Sender<T>,
    kind: SignalKind,
    msg: impl Fn() -> Option<Msg> + Send + 'static,
) {
    let sender = sender.clone();
    runtime.spawn(async move {
        // Without a handler the signal does what it does by itself, which ends the program or nothing.
        let Ok(mut signals) = signal(kind) else { return };
        while signals.recv().await.is_some() {
            if let Some(msg) = msg()
                && sender.send(msg.into()).is_err()
            {
                return;
            }
        }
    });
}
