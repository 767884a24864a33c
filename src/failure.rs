//! What can go wrong at the edge of the program: a sentence, a hint and an exit code for each.

use std::io;

use crate::tui::TerminalError;
use crate::words::{self, phrase, tr};

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{0}")]
    Usage(String),
    #[error("{}", tr!("no account is set up"))]
    NoAccount,
    /// The limit of open files is too low.
    #[error(
        "{}",
        tr!("fewer than {needed} file descriptors are free; raise the limit, for example: ulimit -n 256", needed)
    )]
    Descriptors { needed: usize },
    #[error("{}", tr!("the background could not be started: {why}", why = .0))]
    Runtime(io::Error),
    #[error("{}", tr!("the journal needs attention: {why}", why = .0))]
    Journal(String),
    #[error("{0}")]
    Terminal(TerminalError),
}

impl Failure {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        let hint = match self {
            Self::NoAccount => Some(phrase!(
                "Set one up: cph-wizard profile add NAME --region REGION --use. Try it without one: cph-wizard --demo. \
                 For a simulator of your own set CPH_WIZARD_ENDPOINT, CPH_WIZARD_TOKEN, CPH_WIZARD_PROJECT_ID and \
                 CPH_WIZARD_TEST_ENDPOINT=1."
            )),
            Self::Terminal(TerminalError::NoTerminal | TerminalError::Lines) => Some(phrase!(
                "`cph-wizard --linear` asks line by line; `cph-wizard check` and `cph-wizard buy` take an order from a file."
            )),
            Self::Usage(_)
            | Self::Descriptors { .. }
            | Self::Journal(_)
            | Self::Runtime(_)
            | Self::Terminal(TerminalError::Io(_)) => None,
        };
        hint.map(words::of)
    }

    /// 2: the command line or the place it runs in; 7: the journal needs attention; 1: anything that should not happen.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::NoAccount | Self::Terminal(TerminalError::NoTerminal | TerminalError::Lines) => 2,
            Self::Journal(_) => 7,
            Self::Descriptors { .. } | Self::Runtime(_) | Self::Terminal(TerminalError::Io(_)) => 1,
        }
    }
}
