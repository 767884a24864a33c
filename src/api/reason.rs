//! Reasons why a call failed. The kind of failure decides whether to retry. The text is made when it is shown, in the
//! current language, and in English for records.

use crate::api::error::SetupError;
use crate::codes::{ConnectionError, ConnectionErrorKind, in_brackets};
use crate::i18n::tr;

/// The reason why the cloud was not reached, or why its response broke off. It is displayed as part of a sentence,
/// without capital letter and full stop, and is free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FailureReason {
    #[error("{}", .0.reason())]
    Connection(ConnectionError),
    /// The credentials on this machine cannot authenticate a call.
    #[error(transparent)]
    Setup(SetupError),
    #[error("{}", tr!("the profile's proxy is not an address; write it like http://proxy.example:3128"))]
    ProxyAddress,
    #[error("{}", tr!("the HTTPS client could not be built"))]
    ClientPanicked,
    #[error("{}", tr!("the HTTPS client could not be built: {why}", why = cause))]
    ClientNotBuilt {
        /// The library's message.
        cause: String,
    },
    #[error("{}", tr!("the metadata service of a cloud server: {why}", why = .0))]
    Metadata(MetadataFault),
}

/// The reason why the metadata service of a cloud server provides no keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MetadataFault {
    #[error("{0}")]
    NotReached(Box<FailureReason>),
    #[error("{}", tr!("its address cannot be read"))]
    Address,
    #[error("{}", tr!("status {status}", status))]
    Status { status: u16 },
    #[error("{}", tr!("status {status}; it has no keys to lend: does this server run under an agency?", status))]
    NothingToLend { status: u16 },
    #[error("{}", tr!("its answer holds no keys"))]
    NoKeys,
    #[error("{}", tr!("its response is longer than 64 KiB"))]
    TooLarge,
}

impl FailureReason {
    /// Returns whether a retry is pointless because the cause is permanent, such as a setting of this machine or of the
    /// profile, or an untrusted certificate.
    pub(super) fn is_permanent(&self) -> bool {
        match self {
            Self::Connection(error) => error.kind().is_some_and(ConnectionErrorKind::is_permanent),
            Self::Setup(_) | Self::ProxyAddress | Self::ClientPanicked | Self::ClientNotBuilt { .. } => true,
            Self::Metadata(MetadataFault::NotReached(why)) => why.is_permanent(),
            Self::Metadata(
                MetadataFault::Address
                | MetadataFault::TooLarge
                | MetadataFault::Status { .. }
                | MetadataFault::NothingToLend { .. }
                | MetadataFault::NoKeys,
            ) => false,
        }
    }

    /// Returns the connection error if there was one, to the cloud or to the metadata service.
    pub(super) fn connection_error(&self) -> Option<&ConnectionError> {
        match self {
            Self::Connection(error) => Some(error),
            Self::Metadata(MetadataFault::NotReached(why)) => why.connection_error(),
            Self::Setup(_)
            | Self::ProxyAddress
            | Self::ClientPanicked
            | Self::ClientNotBuilt { .. }
            | Self::Metadata(
                MetadataFault::Address
                | MetadataFault::TooLarge
                | MetadataFault::Status { .. }
                | MetadataFault::NothingToLend { .. }
                | MetadataFault::NoKeys,
            ) => None,
        }
    }

    fn connection_error_kind(&self) -> Option<ConnectionErrorKind> {
        self.connection_error()?.kind()
    }

    /// Returns what to do, if the failure is a known one.
    pub(super) fn advice(&self) -> Option<&'static str> {
        Some(self.connection_error_kind()?.meaning().advice)
    }

    /// Returns what happened and what to do, if the failure is a known one, with the details in brackets.
    pub(super) fn explanation(&self) -> Option<String> {
        let kind = self.connection_error_kind()?;
        let sentences = kind.meaning().sentences();
        let has_details = !matches!(self, Self::Connection(ConnectionError::Known(_)));
        Some(if has_details { in_brackets(&sentences, &self.to_string()) } else { sentences })
    }
}

impl From<ConnectionError> for FailureReason {
    fn from(error: ConnectionError) -> Self {
        Self::Connection(error)
    }
}

impl From<ConnectionErrorKind> for FailureReason {
    fn from(kind: ConnectionErrorKind) -> Self {
        Self::Connection(kind.into())
    }
}

impl From<FailureReason> for MetadataFault {
    fn from(why: FailureReason) -> Self {
        Self::NotReached(Box::new(why))
    }
}

/// The reason why a response does not have the form of its operation. It is displayed as part of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    #[error("{}", tr!("it is empty"))]
    Empty,
    #[error("{}", tr!("it is not JSON (line {line}, column {column})", line, column))]
    NotJson { line: usize, column: usize },
    #[error("{}", tr!("it is not a JSON object"))]
    NotAnObject,
    #[error("{}", tr!("its member {name} is not a list", name))]
    NotAList { name: &'static str },
    #[error("{}", tr!("it has no list {name}", name))]
    NoList { name: &'static str },
    #[error("{}", tr!("it has no server"))]
    NoServer,
    #[error("{}", tr!("it has no header X-Subject-Token"))]
    NoToken,
    #[error("{}", tr!("it has no further rows after {came}, and promises {promised}", came, promised))]
    MissingRows { came: usize, promised: usize },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, with_language};

    #[test]
    fn a_reason_is_said_in_the_language_that_is_spoken_when_it_is_shown() {
        let why = with_language(Language::Chinese, || AnswerFault::Empty);
        assert_eq!(why.to_string(), "it is empty");
        assert_eq!(with_language(Language::Chinese, || why.to_string()), "内容为空");
        let other = FailureReason::Connection(ConnectionError::Other { cause: "connection refused".into() });
        assert!(with_language(Language::Chinese, || other.to_string()).contains("connection refused"));
    }

    #[test]
    fn a_failure_within_a_longer_text_is_still_explained() {
        let refused = FailureReason::from(ConnectionErrorKind::Refused);
        let sentences = refused.explanation().unwrap();
        assert!(sentences.starts_with("The connection was refused: ") && !sentences.contains('('), "{sentences}");
        let longer = FailureReason::Metadata(refused.into());
        let expected = " (the metadata service of a cloud server: the connection was refused)";
        assert!(longer.explanation().unwrap().ends_with(expected));
        assert_eq!(FailureReason::Metadata(MetadataFault::NoKeys).explanation(), None);
    }
}
