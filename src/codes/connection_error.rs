//! How a connection failed, as data that records keep. The sentence is made when it is shown.

use serde::{Deserialize, Serialize};

use super::ConnectionFailure;
use crate::i18n::{self, tr};

/// Why a server was not reached, or why its response did not arrive whole. Texts are short and free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectError {
    Failure(ConnectionFailure),
    CertificateNames {
        /// The names in the certificate, separated by commas.
        names: String,
        host: String,
    },
    CertificateExpired {
        /// As `2025-01-31`, UTC.
        date: String,
    },
    CertificateNotYetValid {
        date: String,
    },
    /// None of the known failures: what the innermost error of the libraries says.
    Other {
        cause: String,
    },
}

impl ConnectError {
    /// Returns the failure that it is an instance of, if it is a known one.
    #[must_use]
    pub fn failure(&self) -> Option<ConnectionFailure> {
        match self {
            Self::Failure(failure) => Some(*failure),
            Self::CertificateNames { .. } => Some(ConnectionFailure::CertificateName),
            Self::CertificateExpired { .. } | Self::CertificateNotYetValid { .. } => {
                Some(ConnectionFailure::CertificateTime)
            }
            Self::Other { .. } => None,
        }
    }

    /// Returns the reason as a part of a sentence, in the current language.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Failure(failure) => i18n::t(failure.reason()).to_owned(),
            Self::CertificateNames { names, host } => {
                tr!("the server's certificate is for {names}, not for {host}", names, host)
            }
            Self::CertificateExpired { date } => tr!("the server's certificate expired on {date}", date),
            Self::CertificateNotYetValid { date } => tr!("the server's certificate is not valid before {date}", date),
            Self::Other { cause } => tr!("the connection failed ({cause})", cause),
        }
    }
}

impl From<ConnectionFailure> for ConnectError {
    fn from(failure: ConnectionFailure) -> Self {
        Self::Failure(failure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, with_language};

    #[test]
    fn every_error_has_a_reason_in_both_languages_and_comes_back_from_a_record() {
        let details = [
            ConnectError::CertificateNames { names: "a.example".into(), host: "b.example".into() },
            ConnectError::CertificateExpired { date: "2025-01-01".into() },
            ConnectError::CertificateNotYetValid { date: "2045-01-01".into() },
            ConnectError::Other { cause: "No buffer space available".into() },
        ];
        for error in ConnectionFailure::ALL.map(ConnectError::from).into_iter().chain(details) {
            let (english, chinese) = (error.reason(), with_language(Language::Chinese, || error.reason()));
            assert!(english.is_ascii() && !chinese.is_ascii(), "{english}: {chinese}");
            let record = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<ConnectError>(&record).unwrap(), error, "{record}");
            assert_eq!(error.failure().is_none(), matches!(error, ConnectError::Other { .. }));
        }
    }
}
