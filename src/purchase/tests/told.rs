//! Reasons are kept in English and told in the language that is spoken.

use crate::api::{End, Observation};
use crate::codes::ConnectionFailure;
use crate::purchase::{NotSent, Outcome, classify};
use crate::words::{self, Language};

fn answer(status: u16, content_type: Option<&str>, body: &str) -> End {
    let body = body.as_bytes().to_vec();
    End::Answer { status, content_type: content_type.map(Into::into), request_id_header: None, body }
}

/// The reason that is kept of an end, whatever is spoken, and how it is told in Chinese.
fn kept_and_told(end: End) -> (String, String) {
    let outcome = words::speaking(Language::Chinese, || classify(&Observation { body_asked: true, end }));
    let Outcome::Unknown(unknown) = outcome else { panic!("{outcome:?}") };
    assert_eq!(unknown.told(), unknown.why);
    let told = words::speaking(Language::Chinese, || unknown.told());
    (unknown.why, told)
}

#[test]
fn a_reason_is_kept_in_english_and_told_in_chinese() {
    let header = || None;
    let why = || "the connection was reset".to_owned();
    let error = r#"{"error_code":"CPS.0062","error_msg":"no (yet) and more"}"#;
    let both = r#"{"order_id":"CS1","error_code":"CPS.0024","error_msg":"m"}"#;
    let ends = [
        End::CutShort { status: 200, request_id_header: header(), why: why() },
        End::TooLarge { status: 200, request_id_header: header() },
        End::Withheld { why: "the journal could not keep that the order is being sent: os error 28".into() },
        End::NotConnected { why: why() },
        End::TimedOut { status: Some(200), request_id_header: header(), seconds: 150 },
        End::TimedOut { status: None, request_id_header: header(), seconds: 150 },
        End::Broken { why: why() },
        answer(200, None, ""),
        answer(200, Some("text/html"), "<html>"),
        answer(200, None, "<html>"),
        answer(307, None, "{}"),
        answer(302, Some("text/html"), "<html>"),
        answer(200, None, both),
        answer(200, None, error),
        answer(200, None, "{}"),
        answer(400, None, error),
        answer(400, None, "{}"),
        answer(400, None, both),
        answer(504, None, error),
    ];
    let lines = ends.map(kept_and_told).map(|(kept, told)| {
        assert!(kept.is_ascii(), "{kept}");
        format!("{kept}\n    {told}\n")
    });
    insta::assert_snapshot!("reasons", lines.concat());
}

#[test]
fn what_others_say_stays_as_it_is() {
    let not_sent = NotSent { why: "something that no table has".into() };
    assert_eq!(words::speaking(Language::Chinese, || not_sent.told()), not_sent.why);
}

#[test]
fn every_connection_failure_is_told_in_chinese() {
    for reason in ConnectionFailure::reasons() {
        let told = words::speaking(Language::Chinese, || NotSent { why: reason.into() }.told());
        assert!(!told.is_ascii(), "{reason}: {told}");
    }
}
