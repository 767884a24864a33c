//! The errors that end the program, each with a message, a hint and an exit code.

use std::fmt::Display;
use std::io::{self, ErrorKind};

use crate::config::SettingsError;
use crate::exit_code::ExitCode;
use crate::i18n::{self, phrase, tr};
use crate::tui::TerminalError;

#[derive(Debug, thiserror::Error)]
pub enum AppError {
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

impl AppError {
    /// Converts an error in the settings to a usage error (exit code 2). The message has the position in the file.
    #[must_use]
    pub fn settings(error: &SettingsError) -> Self {
        Self::Usage(error.to_string())
    }

    /// Creates a usage error (exit code 2) for invalid input of the user.
    pub fn usage(error: impl Display) -> Self {
        Self::Usage(error.to_string())
    }

    /// Returns the advice for the user in the active language, if there is any.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        let hint = match self {
            Self::NoAccount => Some(phrase!(
                "Set one up: cph-wizard profile add NAME --region REGION --use. Try it without one: cph-wizard --demo. \
                 For a simulator of your own set CPH_WIZARD_ENDPOINT, CPH_WIZARD_TOKEN, CPH_WIZARD_PROJECT_ID and \
                 CPH_WIZARD_TEST_ENDPOINT=1."
            )),
            Self::Terminal(TerminalError::NoTerminal | TerminalError::DumbTerminal) => Some(phrase!(
                "`cph-wizard --linear` asks line by line; `cph-wizard check` and `cph-wizard buy` take an order from a file."
            )),
            Self::Usage(_)
            | Self::Descriptors { .. }
            | Self::Journal(_)
            | Self::Runtime(_)
            | Self::Terminal(TerminalError::Io(_)) => None,
        };
        hint.map(i18n::t)
    }

    /// Returns the exit code: 2 for the command line or the environment it runs in, 7 if the journal needs attention, 1
    /// for anything that should not happen.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_)
            | Self::NoAccount
            | Self::Terminal(TerminalError::NoTerminal | TerminalError::DumbTerminal) => ExitCode::Usage,
            Self::Journal(_) => ExitCode::NeedsAttention,
            Self::Descriptors { .. } | Self::Runtime(_) | Self::Terminal(TerminalError::Io(_)) => ExitCode::Failure,
        }
    }
}

/// Describes why a file cannot be used: the usual reasons in our own text, the others in that of the system.
pub fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => tr!("there is no such file"),
        ErrorKind::PermissionDenied => tr!("its permissions forbid it"),
        ErrorKind::IsADirectory => tr!("it is a directory"),
        ErrorKind::StorageFull => tr!("no space left on the device"),
        _ => error.to_string(),
    }
}
