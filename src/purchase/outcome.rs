//! What can become of an order that was sent, with what a person needs to act on it. All texts are
//! one line, bounded and free of hidden characters.

use serde::{Deserialize, Serialize};

use super::reasons::{NotSentReason, UnknownReason};
use crate::codes::{CloudError, Meaning, explain_order, field_of};
use crate::i18n::tr;

/// The verdict on one purchase call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order was placed; with automatic payment it is paid for.
    Accepted(Receipt),
    /// The cloud said no, in the shape in which only the cloud says it: nothing was bought.
    Rejected(Rejection),
    /// Not a byte of the order left this machine.
    NotSent(NotSent),
    /// Anything else. Never send again; find out by reading.
    Unknown(Unknown),
}

/// What the cloud gave for the order (`cph.md` 3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Names the call for support and in the list of jobs.
    pub request_id: Option<String>,
    /// 1 to 64 printable ASCII characters.
    pub order_id: String,
    pub product_id: Option<String>,
}

/// Why the cloud said no. `field_of` and `explained` tell more about the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The HTTP status, which says less than the code.
    pub status: u16,
    /// Such as `CPS.0024` or `APIGW.0301`, as it came.
    pub code: String,
    pub message: String,
    pub request_id: Option<String>,
}

impl Rejection {
    /// What happened and what to do, in words of our own, for every code that the documents know. `servers` is how many
    /// were ordered.
    /// The first is left out where the code points at a field of the order: there the cloud's own
    /// words say it.
    #[must_use]
    pub fn explained(&self, servers: Option<i64>) -> Option<String> {
        let said = CloudError { code: &self.code, status: self.status, message: Some(&self.message), by: None };
        let Meaning { what, advice } = explain_order(&said, servers)?;
        Some(if field_of(&self.code).is_some() { advice.to_owned() } else { tr!("{what} {advice}", what, advice) })
    }
}

/// Why the order was not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredNotSent")]
pub struct NotSent {
    pub reason: NotSentReason,
}

impl NotSent {
    /// Returns the reason as a part of a sentence, in the current language.
    #[must_use]
    pub fn message(&self) -> String {
        self.reason.message()
    }

    /// Returns what to do about it, where the reason is a known one and does not say so itself.
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

/// Why nobody can tell yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredUnknown")]
pub struct Unknown {
    pub reason: UnknownReason,
    pub status: Option<u16>,
    /// With it the jobs of the call can be looked up.
    pub request_id: Option<String>,
    /// Whether a success was seen, though not a whole and clear one.
    pub probably_placed: bool,
}

impl Unknown {
    /// Returns a reason that does not come from an answer.
    #[must_use]
    pub fn without_answer(reason: UnknownReason) -> Self {
        Self { reason, status: None, request_id: None, probably_placed: false }
    }

    /// Returns what was seen as a part of a sentence, in the current language.
    #[must_use]
    pub fn message(&self) -> String {
        self.reason.message(self.status)
    }
}

/// [`NotSent`] as it is read. Formats 1 and 2 have a sentence instead of the reason.
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

/// [`Unknown`] as it is read. Formats 1 and 2 have a sentence instead of the reason.
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

/// A record without its reason, in the words of the reader of JSON.
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
