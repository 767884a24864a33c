//! Reasons are stored as data and shown in the current language.

use std::io;

use serde::Serialize;

use crate::api::{CallEnd, Observation, WithheldError};
use crate::codes::{ConnectionError, ConnectionErrorKind};
use crate::i18n::{self, Language};
use crate::purchase::{AnswerFlaw, NotSent, NotSentReason, Outcome, Unknown, UnknownReason, classify};

fn answer(status: u16, content_type: Option<&str>, body: &str) -> CallEnd {
    let body = body.as_bytes().to_vec();
    CallEnd::Response { status, content_type: content_type.map(Into::into), request_id_header: None, body }
}

/// Returns the reason for a call end in English and in Chinese.
fn in_both_languages(end: CallEnd) -> [String; 2] {
    let outcome = i18n::with_language(Language::Chinese, || classify(&Observation { body_requested: true, end }));
    let Outcome::Unknown(unknown) = outcome else { panic!("{outcome:?}") };
    [Language::English, Language::Chinese].map(|language| i18n::with_language(language, || unknown.message()))
}

#[test]
fn every_reason_is_told_in_both_languages() {
    let header = || None;
    let error = || ConnectionError::from(ConnectionErrorKind::Reset);
    let refusal = r#"{"error_code":"CPS.0062","error_msg":"no (yet) and more"}"#;
    let both = r#"{"order_id":"CS1","error_code":"CPS.0024","error_msg":"m"}"#;
    let ends = [
        CallEnd::Truncated { status: 200, request_id_header: header(), error: error() },
        CallEnd::TooLarge { status: 200, request_id_header: header() },
        CallEnd::Withheld { why: WithheldError::new(io::Error::other("os error 28")) },
        CallEnd::NotConnected { error: error() },
        CallEnd::TimedOut { status: Some(200), request_id_header: header(), seconds: 150 },
        CallEnd::TimedOut { status: None, request_id_header: header(), seconds: 150 },
        CallEnd::Failed { error: error() },
        answer(200, None, ""),
        answer(200, Some("text/html"), "<html>"),
        answer(200, None, "<html>"),
        answer(307, None, "{}"),
        answer(302, Some("text/html"), "<html>"),
        answer(200, None, both),
        answer(200, None, refusal),
        answer(200, None, "{}"),
        answer(400, None, refusal),
        answer(400, None, "{}"),
        answer(400, None, both),
        answer(504, None, refusal),
    ];
    let lines = ends.map(in_both_languages).map(|[english, chinese]| {
        assert!(english.is_ascii() && !chinese.is_ascii(), "{english}: {chinese}");
        format!("{english}\n    {chinese}\n")
    });
    insta::assert_snapshot!("reasons", lines.concat());
}

#[test]
fn the_code_of_a_reason_is_its_tag_in_the_journal() {
    let detail = || "d".to_owned();
    let error = || ConnectionError::Other { cause: "c".into() };
    let not_sent = [
        NotSentReason::NotConnected { error: error() },
        NotSentReason::NotPrepared { detail: detail() },
        NotSentReason::JournalUnavailable { detail: detail() },
        NotSentReason::SendingNotRecorded { detail: detail() },
        NotSentReason::MayRepeatNewOrder,
        NotSentReason::NameTaken,
        NotSentReason::Interrupted,
        NotSentReason::Other { detail: detail() },
    ];
    for reason in not_sent {
        assert_eq!(tag_of(&reason), reason.code());
        assert!(!reason.message().is_empty());
    }
    let unknown = [
        UnknownReason::AnswerCutShort { error: error() },
        UnknownReason::AnswerTooLarge,
        UnknownReason::AnswerTimedOut { seconds: 1 },
        UnknownReason::NoAnswer { seconds: 1 },
        UnknownReason::ConnectionBroken { error: error() },
        UnknownReason::FailedWhileSending { reason: NotSentReason::NotConnected { error: error() } },
        UnknownReason::Redirected,
        UnknownReason::EmptyAnswer,
        UnknownReason::UnreadableAnswer { content_type: None },
        UnknownReason::UnclearAnswer { flaw: AnswerFlaw::NoOrderId, error: None },
        UnknownReason::WorkerFailed,
        UnknownReason::Interrupted,
        UnknownReason::LaterReadingShowsOrder,
        UnknownReason::LastRecordUnreadable,
        UnknownReason::RecordsMissing,
        UnknownReason::Other { detail: detail() },
    ];
    for reason in unknown {
        assert_eq!(tag_of(&reason), reason.code());
        assert!(!reason.message(None).is_empty());
        let record = serde_json::to_string(&reason).unwrap();
        assert_eq!(serde_json::from_str::<UnknownReason>(&record).unwrap(), reason, "{record}");
    }
}

fn tag_of(reason: &impl Serialize) -> String {
    serde_json::to_value(reason).unwrap()["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_reason_of_the_first_formats_is_shown_as_it_was_kept() {
    let record = r#"{"why":"no answer came within 150 s","status":null,"request_id":null,"probably_placed":false}"#;
    let unknown: Unknown = serde_json::from_str(record).unwrap();
    assert_eq!(unknown.message(), "no answer came within 150 s");
    assert_eq!(unknown.reason.code(), "other");
    let not_sent: NotSent = serde_json::from_str(r#"{"why":"the connection was refused"}"#).unwrap();
    assert_eq!(not_sent.message(), "the connection was refused");
    assert!(serde_json::from_str::<NotSent>("{}").is_err());
}
