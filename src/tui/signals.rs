//! Signals become messages: those that ask for the end, and the one after a stop.

use std::sync::mpsc::Sender;

use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::Msg;

/// Sends `Terminate` for each of SIGTERM, SIGHUP and SIGINT, and `Continued` for SIGCONT.
pub fn listen<T: From<Msg> + Send + 'static>(runtime: &Handle, sender: &Sender<T>) {
    let kinds = [
        (SignalKind::terminate(), Msg::Terminate),
        (SignalKind::hangup(), Msg::Terminate),
        (SignalKind::interrupt(), Msg::Terminate),
        (SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()), Msg::Continued),
    ];
    for (kind, msg) in kinds {
        let sender = sender.clone();
        runtime.spawn(async move {
            // Without a handler the signal ends the program by itself, which is what it asks for.
            let Ok(mut signals) = signal(kind) else { return };
            while signals.recv().await.is_some() {
                if sender.send(msg.clone().into()).is_err() {
                    return;
                }
            }
        });
    }
}
