//! The possible outcomes of a purchase call, with the data that a user needs to act on them. All texts are one line,
//! limited in length and free of hidden characters.

use serde::{Deserialize, Serialize};

use super::reasons::{NotSentReason, UnknownReason};
use crate::codes::{CloudError, Meaning, explain_order, field_of};
use crate::i18n::tr;

/// The outcome of one purchase call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order was placed. With automatic payment it is paid for too.
    Accepted(Receipt),
    /// The cloud rejected the order, in the error format that only the cloud uses: nothing was bought.
    Rejected(Rejection),
    /// Not a byte of the order left this machine.
    NotSent(NotSent),
    /// Anything else. The order must never be sent again; only reading can show whether it exists.
    Unknown(Unknown),
}

/// The members of the response to an order that was placed (`cph.md` 3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Identifies the call for support and in the list of jobs.
    pub request_id: Option<String>,
    /// 1 to 64 printable ASCII characters.
    pub order_id: String,
    pub product_id: Option<String>,
}

/// The error with which the cloud rejected an order. `field_of` and `explained` give more details about the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The HTTP status, which is less specific than the code.
    pub status: u16,
    /// The error code as it was received, such as `CPS.0024` or `APIGW.0301`.
    pub code: String,
    pub message: String,
    pub request_id: Option<String>,
}

impl Rejection {
    /// Returns what happened and what to do, in the program's own wording, for every code that the documentation lists,
    /// or else for the status; `None` if neither is known. `servers` is the number of servers that were ordered, if
    /// known.
    ///
    /// If the code points at a field of the order, only the advice is returned: the cloud's own message says what
    /// happened.
    #[must_use]
    pub fn explained(&self, servers: Option<i64>) -> Option<String> {
        let said = CloudError { code: &self.code, status: self.status, message: Some(&self.message), by: None };
        let Meaning { what, advice } = explain_order(&said, servers)?;
        Some(if field_of(&self.code).is_some() { advice.to_owned() } else { tr!("{what} {advice}", what, advice) })
    }
}

/// An order that was not sent, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredNotSent")]
pub struct NotSent {
    pub reason: NotSentReason,
}

impl NotSent {
    /// Returns the reason as part of a sentence, in the current language.
    #[must_use]
    pub fn message(&self) -> String {
        self.reason.message()
    }

    /// Returns what to do about a connection error of a known kind; `None` for every other reason.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        match &self.reason {
            NotSentReason::NotConnected { error } => Some(error.kind()?.meaning().advice),
            NotSentReason::NotPrepared { .. }
            | NotSentReason::JournalUnavailable { .. }
            | NotSentReason::SendingNotRecorded { .. }
            | NotSentReason::MayRepeatNewOrder
            | NotSentReason::NameTaken
            | NotSentReason::Interrupted
            | NotSentReason::Other { .. } => None,
        }
    }
}

/// An order whose outcome is unknown, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredUnknown")]
pub struct Unknown {
    pub reason: UnknownReason,
    pub status: Option<u16>,
    /// The request id, by which the jobs of the call can be looked up.
    pub request_id: Option<String>,
    /// Set if the response was a success that was incomplete or unclear, or a rejection that contains an order id.
    pub probably_placed: bool,
}

impl Unknown {
    /// Creates an unknown outcome with a reason that does not come from a response.
    #[must_use]
    pub fn without_answer(reason: UnknownReason) -> Self {
        Self { reason, status: None, request_id: None, probably_placed: false }
    }

    /// Returns the reason as part of a sentence, in the current language.
    #[must_use]
    pub fn message(&self) -> String {
        self.reason.message(self.status)
    }
}

/// [`NotSent`] in its stored form. Formats 1 and 2 have a sentence instead of the reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredNotSent {
    reason: Option<NotSentReason>,
    why: Option<String>,
}

impl TryFrom<StoredNotSent> for NotSent {
    type Error = NoReason;

    fn try_from(form: StoredNotSent) -> Result<Self, Self::Error> {
        let reason = form.reason.or_else(|| form.why.map(|detail| NotSentReason::Other { detail }));
        Ok(Self { reason: reason.ok_or(NoReason)? })
    }
}

/// [`Unknown`] in its stored form. Formats 1 and 2 have a sentence instead of the reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredUnknown {
    reason: Option<UnknownReason>,
    why: Option<String>,
    status: Option<u16>,
    request_id: Option<String>,
    probably_placed: bool,
}

impl TryFrom<StoredUnknown> for Unknown {
    type Error = NoReason;

    fn try_from(form: StoredUnknown) -> Result<Self, Self::Error> {
        let StoredUnknown { reason, why, status, request_id, probably_placed } = form;
        let reason = reason.or_else(|| why.map(|detail| UnknownReason::Other { detail })).ok_or(NoReason)?;
        Ok(Self { reason, status, request_id, probably_placed })
    }
}

/// The error for a record without its reason, in the wording of `serde_json`.
#[derive(Debug, thiserror::Error)]
#[error("missing field `reason`")]
struct NoReason;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{ConnectionError, ConnectionErrorKind};

    #[test]
    fn a_connection_that_failed_in_a_known_way_has_an_advice() {
        let advice = |error| NotSent { reason: NotSentReason::NotConnected { error } }.advice();
        assert!(advice(ConnectionErrorKind::Refused.into()).unwrap().starts_with("Check the endpoint"));
        assert_eq!(advice(ConnectionError::Other { cause: "the disk is full".into() }), None);
    }

    #[test]
    fn a_refusal_is_explained_with_what_the_words_of_the_cloud_leave_open() {
        let explained = |code: &str, message: &str| {
            Rejection { status: 401, code: code.into(), message: message.into(), request_id: None }.explained(None)
        };
        assert_eq!(explained("CPS.0024", "Parameter: count is invalid.").unwrap(), "Choose another number of servers.");
        assert_eq!(explained("CPS.0006", "no").unwrap(), "The account is in arrears. Top it up, then buy.");
        assert!(explained("APIGW.0301", "verify aksk signature fail").unwrap().contains("wait five minutes"));
        assert!(explained("CPS.0999", "no").unwrap().starts_with("The credentials were not accepted."));
    }

    #[test]
    fn an_order_of_one_server_is_not_advised_to_be_smaller() {
        let explained = |code: &str, servers| {
            Rejection { status: 400, code: code.into(), message: "no".into(), request_id: None }
                .explained(servers)
                .unwrap()
        };
        for code in ["CPS.0065", "CPS.0096", "CPS.0190", "CPS.0196"] {
            assert!(explained(code, Some(2)).contains("Order fewer"), "{code}");
            assert!(!explained(code, Some(1)).contains("fewer"), "{code}: {}", explained(code, Some(1)));
        }
        assert!(explained("CPS.0065", Some(1)).ends_with("Ask for a larger quota."));
    }
}
