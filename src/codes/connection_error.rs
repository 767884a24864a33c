//! The error of one connection, as a record of the journal stores it: its kind, or details where they are known. The
//! text is built when it is displayed. `connection_error_kind.rs` explains each kind.

use serde::{Deserialize, Serialize};

use super::connection_error_kind::ConnectionErrorKind;
use crate::i18n::{self, tr};

/// A reason that a server was not reached, or that its response did not arrive completely. Texts are short and free of
/// hidden characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionError {
    /// A kind without further details.
    #[serde(rename = "failure")]
    Known(ConnectionErrorKind),
    CertificateNames {
        /// The names in the certificate, separated by commas.
        names: String,
        host: String,
    },
    CertificateExpired {
        /// The date in UTC, such as `2025-01-31`.
        date: String,
    },
    CertificateNotYetValid {
        date: String,
    },
    /// None of the known kinds. The cause is the text of the innermost library error.
    Other {
        cause: String,
    },
}

impl ConnectionError {
    /// Returns the kind of the error, or `None` if it is none of the known kinds.
    #[must_use]
    pub fn kind(&self) -> Option<ConnectionErrorKind> {
        match self {
            Self::Known(kind) => Some(*kind),
            Self::CertificateNames { .. } => Some(ConnectionErrorKind::CertificateName),
            Self::CertificateExpired { .. } | Self::CertificateNotYetValid { .. } => {
                Some(ConnectionErrorKind::CertificateTime)
            }
            Self::Other { .. } => None,
        }
    }

    /// Returns the reason as a phrase without a full stop, in the current language.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Known(kind) => i18n::t(kind.reason()).to_owned(),
            Self::CertificateNames { names, host } => {
                tr!("the server's certificate is for {names}, not for {host}", names, host)
            }
            Self::CertificateExpired { date } => tr!("the server's certificate expired on {date}", date),
            Self::CertificateNotYetValid { date } => tr!("the server's certificate is not valid before {date}", date),
            Self::Other { cause } => tr!("the connection failed ({cause})", cause),
        }
    }
}

impl From<ConnectionErrorKind> for ConnectionError {
    fn from(kind: ConnectionErrorKind) -> Self {
        Self::Known(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, with_language};

    #[test]
    fn every_error_has_a_reason_in_both_languages_and_comes_back_from_a_record() {
        let details = [
            ConnectionError::CertificateNames { names: "a.example".into(), host: "b.example".into() },
            ConnectionError::CertificateExpired { date: "2025-01-01".into() },
            ConnectionError::CertificateNotYetValid { date: "2045-01-01".into() },
            ConnectionError::Other { cause: "No buffer space available".into() },
        ];
        for error in ConnectionErrorKind::ALL.map(ConnectionError::from).into_iter().chain(details) {
            let (english, chinese) = (error.reason(), with_language(Language::Chinese, || error.reason()));
            assert!(english.is_ascii() && !chinese.is_ascii(), "{english}: {chinese}");
            let record = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<ConnectionError>(&record).unwrap(), error, "{record}");
            assert_eq!(error.kind().is_none(), matches!(error, ConnectionError::Other { .. }));
        }
    }
}
