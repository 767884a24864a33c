//! Signals become messages: those that ask for the end, the one that asks for a stop, and the one after it.

use std::sync::mpsc::Sender;

use ratatui::layout::Size;
use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::Msg;

use super::output;

/// Sends `Terminate` for each of SIGTERM, SIGHUP, SIGINT and SIGQUIT, `StopAsked` for SIGTSTP, `Continued` for
/// SIGCONT, and the new size for SIGWINCH.
pub fn listen<T: From<Msg> + Send + 'static>(runtime: &Handle, sender: &Sender<T>) {
    on(runtime, sender, SignalKind::terminate(), || Some(Msg::Terminate));
    on(runtime, sender, SignalKind::hangup(), || Some(Msg::Terminate));
    on(runtime, sender, SignalKind::interrupt(), || Some(Msg::Terminate));
    on(runtime, sender, SignalKind::quit(), || Some(Msg::Terminate));
    on(runtime, sender, SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()), || Some(Msg::StopAsked));
    on(runtime, sender, SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()), || Some(Msg::Continued));
    on(runtime, sender, SignalKind::window_change(), || {
        let Size { width, height } = output::size().ok()?;
        Some(Msg::Resize { width, height })
    });
}

/// Sends a message whenever a signal comes.
pub fn on<T: From<Msg> + Send + 'static>(
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
