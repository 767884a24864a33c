//! Signals that ask for the end, as something to be awaited.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopRequest {
    /// Ctrl-C: a person, who may ask a second time.
    Leave,
    /// SIGTERM or SIGHUP: the system, or a terminal that is gone.
    End,
}

/// Listens from the moment it is made.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
}

impl Signals {
    /// Needs a runtime.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// The next one.
    pub async fn next(&mut self) -> StopRequest {
        tokio::select! {
            _ = self.interrupt.recv() => StopRequest::Leave,
            _ = self.terminate.recv() => StopRequest::End,
            _ = self.hang_up.recv() => StopRequest::End,
        }
    }

    /// Ends when any of them came.
    pub async fn left(&mut self) {
        let _ = self.next().await;
    }
}
