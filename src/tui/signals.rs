//! Signals that ask for the end become one message.

use std::sync::mpsc::Sender;

use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::Msg;

/// Sends `Terminate` for each of SIGTERM, SIGHUP and SIGINT.
pub fn listen<T: From<Msg> + Send + 'static>(runtime: &Handle, sender: &Sender<T>) {
    for kind in [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()] {
        let sender = sender.clone();
        runtime.spawn(async move {
            // Without a handler the signal ends the program by itself, which is what it asks for.
            let Ok(mut signals) = signal(kind) else { return };
            while signals.recv().await.is_some() {
                if sender.send(Msg::Terminate.into()).is_err() {
                    return;
                }
            }
        });
    }
}
