//! Signals that stop the program, as futures.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// The request that a signal makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopRequest {
    /// Ctrl-C (SIGINT), from a user who may press it a second time.
    Leave,
    /// SIGTERM or SIGHUP, from the system or a terminal that was closed.
    End,
}

/// Listeners for SIGINT, SIGTERM and SIGHUP, active from their creation.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
}

impl Signals {
    /// Creates the listeners. Must be called within a Tokio runtime.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next signal.
    pub async fn next(&mut self) -> StopRequest {
        tokio::select! {
            _ = self.interrupt.recv() => StopRequest::Leave,
            _ = self.terminate.recv() => StopRequest::End,
            _ = self.hang_up.recv() => StopRequest::End,
        }
    }

    /// Waits for any signal, without telling which one it was.
    pub async fn left(&mut self) {
        let _ = self.next().await;
    }
}
