//! Reasons why an order was not sent or why its outcome is unknown: data in the journal, with a code for scripts. The
//! sentence is built when the reason is shown.

use serde::{Deserialize, Serialize};

use crate::codes::ConnectionError;
use crate::i18n::{self, phrase, tr};

/// The reason why an order was not sent. Texts are short and free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
pub enum NotSentReason {
    /// No connection was made.
    NotConnected { error: ConnectionError },
    /// The call could not be prepared: there was no client, login or signature.
    NotPrepared { detail: String },
    /// The order could not be recorded in the journal, before anything else was done.
    JournalUnavailable { detail: String },
    /// The SENDING record could not be written to the journal.
    SendingNotRecorded { detail: String },
    /// An order that this one may repeat was placed after the user was asked to confirm.
    MayRepeatNewOrder,
    /// A server with the name of the order appeared after the user was asked to confirm.
    NameTaken,
    /// The program ended before the order was sent.
    Interrupted,
    /// A sentence from a journal of format 1 or 2.
    Other { detail: String },
}

/// The reason why it is not known yet whether an order was placed. Texts are short and free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
pub enum UnknownReason {
    AnswerCutShort {
        error: ConnectionError,
    },
    AnswerTooLarge,
    /// The headers of a response arrived, but not its whole body.
    AnswerTimedOut {
        seconds: u64,
    },
    NoAnswer {
        seconds: u64,
    },
    ConnectionBroken {
        error: ConnectionError,
    },
    /// The call failed in a way that usually means "not sent", but the body had been requested, so part of it may have
    /// been sent.
    FailedWhileSending {
        reason: NotSentReason,
    },
    Redirected,
    EmptyAnswer,
    UnreadableAnswer {
        content_type: Option<String>,
    },
    /// A JSON response that proves neither an order nor a rejection.
    UnclearAnswer {
        flaw: AnswerFlaw,
        /// The error code and message in the response.
        error: Option<String>,
    },
    /// The task that sent the order panicked.
    WorkerFailed,
    /// The program ended before it recorded a response.
    Interrupted,
    LaterReadingShowsOrder,
    LastRecordUnreadable,
    RecordsMissing,
    /// A sentence from a journal of format 1 or 2.
    Other {
        detail: String,
    },
}

/// The reason why a JSON response is not clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerFlaw {
    OrderIdAndError,
    ErrorInSuccess,
    NoOrderId,
    AmbiguousCode,
    NotAnApiError,
    AmbiguousStatus,
    RejectionNamesOrder,
}

impl NotSentReason {
    /// Returns the code of the reason. It is the same in the journal, in JSON output and in every version.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConnected { .. } => "not_connected",
            Self::NotPrepared { .. } => "not_prepared",
            Self::JournalUnavailable { .. } => "journal_unavailable",
            Self::SendingNotRecorded { .. } => "sending_not_recorded",
            Self::MayRepeatNewOrder => "may_repeat_new_order",
            Self::NameTaken => "name_taken",
            Self::Interrupted => "interrupted",
            Self::Other { .. } => "other",
        }
    }

    /// Returns the reason as part of a sentence, in the current language.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotConnected { error } => error.reason(),
            Self::NotPrepared { detail } | Self::Other { detail } => detail.clone(),
            Self::JournalUnavailable { detail } => {
                tr!("the order could not be kept in the journal first: {why}", why = detail)
            }
            Self::SendingNotRecorded { detail } => {
                tr!("the journal could not keep that the order is being sent: {why}", why = detail)
            }
            Self::MayRepeatNewOrder => tr!("an order that this one may repeat was placed after you were asked"),
            Self::NameTaken => tr!("a server of this name appeared after you were asked"),
            Self::Interrupted => tr!("the program ended before the order was sent"),
        }
    }
}

impl UnknownReason {
    /// Returns the code of the reason. It is the same in the journal, in JSON output and in every version.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AnswerCutShort { .. } => "answer_cut_short",
            Self::AnswerTooLarge => "answer_too_large",
            Self::AnswerTimedOut { .. } => "answer_timed_out",
            Self::NoAnswer { .. } => "no_answer",
            Self::ConnectionBroken { .. } => "connection_broken",
            Self::FailedWhileSending { .. } => "failed_while_sending",
            Self::Redirected => "redirected",
            Self::EmptyAnswer => "empty_answer",
            Self::UnreadableAnswer { .. } => "unreadable_answer",
            Self::UnclearAnswer { .. } => "unclear_answer",
            Self::WorkerFailed => "worker_failed",
            Self::Interrupted => "interrupted",
            Self::LaterReadingShowsOrder => "later_reading_shows_order",
            Self::LastRecordUnreadable => "last_record_unreadable",
            Self::RecordsMissing => "records_missing",
            Self::Other { .. } => "other",
        }
    }

    /// Returns the reason as part of a sentence, in the current language. `status` is the HTTP status of the response,
    /// if one arrived.
    #[must_use]
    pub fn message(&self, status: Option<u16>) -> String {
        let status = status.map_or_else(|| "?".to_owned(), |status| status.to_string());
        match self {
            Self::AnswerCutShort { error } => {
                tr!("the answer broke off after its status {status}: {why}", status, why = error.reason())
            }
            Self::AnswerTooLarge => {
                tr!("the answer with status {status} is far larger than an answer to an order", status)
            }
            Self::AnswerTimedOut { seconds } => {
                tr!("the answer with status {status} did not come to its end within {seconds} s", status, seconds)
            }
            Self::NoAnswer { seconds } => tr!("no answer came within {seconds} s", seconds),
            Self::ConnectionBroken { error } => {
                tr!("the connection broke before an answer came: {why}", why = error.reason())
            }
            Self::FailedWhileSending { reason } => {
                tr!("the order may have left before this error: {why}", why = reason.message())
            }
            Self::Redirected => tr!("the answer is a redirect (status {status}), which was not followed", status),
            Self::EmptyAnswer => tr!("the answer has status {status} and is empty", status),
            Self::UnreadableAnswer { content_type: Some(kind) } => tr!(
                "the answer has status {status} and is not readable as an answer to an order (it came as {kind})",
                status,
                kind
            ),
            Self::UnreadableAnswer { content_type: None } => {
                tr!("the answer has status {status} and is not readable as an answer to an order", status)
            }
            Self::UnclearAnswer { flaw, error: Some(words) } => {
                tr!("the answer has status {status} ({words}) and {what}", status, words, what = flaw.message())
            }
            Self::UnclearAnswer { flaw, error: None } => {
                tr!("the answer has status {status} and {what}", status, what = flaw.message())
            }
            Self::WorkerFailed => tr!("the program broke down while the order was being sent"),
            Self::Interrupted => tr!("the program ended before an answer was kept"),
            Self::LaterReadingShowsOrder => tr!("a later reading shows an order"),
            Self::LastRecordUnreadable => tr!("the last record of the journal could not be read"),
            Self::RecordsMissing => tr!("records may be missing from the end of the journal"),
            Self::Other { detail } => detail.clone(),
        }
    }
}

impl AnswerFlaw {
    fn message(self) -> &'static str {
        i18n::t(match self {
            Self::OrderIdAndError => phrase!("contains both an order ID and an error"),
            Self::ErrorInSuccess => phrase!("reports an error despite its success status"),
            Self::NoOrderId => phrase!("contains no valid order ID"),
            Self::AmbiguousCode => phrase!("has an error code that does not rule out an order"),
            Self::NotAnApiError => phrase!("is not in the error format of the API"),
            Self::AmbiguousStatus => phrase!("does not prove whether the order exists"),
            Self::RejectionNamesOrder => phrase!("rejects the order but contains an order ID"),
        })
    }
}
