//! What can go wrong at the edge of the program: a sentence, a hint and an exit code for each.

use std::io;

use crate::tui::TerminalError;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{0}")]
    Usage(String),
    #[error("no account is set up")]
    NoAccount,
    #[error("the background could not be started: {0}")]
    Runtime(io::Error),
    #[error("the journal needs attention: {0}")]
    Journal(String),
    #[error("{0}")]
    Terminal(TerminalError),
}

impl Failure {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoAccount => Some(
                "Set one up: cph-wizard profile add NAME --region REGION --use. Try it without one: cph-wizard --demo. \
                 For a simulator of your own set CPH_WIZARD_ENDPOINT, CPH_WIZARD_TOKEN, CPH_WIZARD_PROJECT_ID and \
                 CPH_WIZARD_TEST_ENDPOINT=1.",
            ),
            Self::Terminal(TerminalError::NoTerminal) => {
                Some("Run it in a terminal; `cph-wizard simulate` needs none.")
            }
            Self::Usage(_) | Self::Journal(_) | Self::Runtime(_) | Self::Terminal(TerminalError::Io(_)) => None,
        }
    }

    /// 2: the command line or the place it runs in; 7: the journal needs attention; 1: anything that should not happen.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::NoAccount | Self::Terminal(TerminalError::NoTerminal) => 2,
            Self::Journal(_) => 7,
            Self::Runtime(_) | Self::Terminal(TerminalError::Io(_)) => 1,
        }
    }
}
