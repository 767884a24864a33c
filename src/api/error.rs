//! The errors of setting up a client and of reading lists, with messages for the user. The purchase has no error type,
//! see `Observation`.

use std::time::Duration;

use thiserror::Error;

use crate::api::reason::{AnswerFault, FailureReason};
use crate::codes::{AuthKind, CloudError, sentence};
use crate::i18n::tr;
use crate::text::sanitize::brief;

/// The most characters of the cloud's own message that a sentence quotes.
const QUOTED: usize = 120;

/// The reason why no client can be created for an account. No secret is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SetupError {
    /// The token is empty.
    #[error("{}", tr!("Setting up the client: there is no token"))]
    NoToken,
    /// The token holds characters that no header can carry.
    #[error("{}", tr!("Setting up the client: the token holds characters that a token cannot hold"))]
    BadToken,
    /// A key is empty or holds characters that no header can carry.
    #[error("{}", tr!("Setting up the client: an access key has letters, digits and signs only, without blanks"))]
    BadKey,
    /// A part of the login is empty.
    #[error("{}", tr!("Setting up the client: a login needs an account, a user and a password"))]
    BadLogin,
    /// A password login without an IAM to request a token from.
    #[error("{}", tr!("Setting up the client: a login needs the address of IAM"))]
    NoIam,
    /// The project id would change the path of the calls.
    #[error("{}", tr!("Setting up the client: a project id has 1 to 64 letters, digits, \"-\" and \"_\""))]
    BadProject,
}

/// The reason why a list could not be read. Texts from outside are short and free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The cloud refused or failed the request. The status can be 200: some responses of success contain an error
    /// (`cph.md` 2.3).
    #[error("{}", tr!("Reading from the cloud was refused with status {status}", status))]
    Refused {
        /// The HTTP status, which is less specific than the code.
        status: u16,
        /// The error code, unchanged: it begins with `CPS.`, `APIGW.`, `IAM.` or `CBC.`, or is a bare number.
        code: Option<String>,
        /// The cloud's own message.
        message: Option<String>,
        /// The id for support: the header `X-Request-Id` or `X-IAM-Trace-Id`, or else the id in the body.
        request_id: Option<String>,
        /// The pause that the cloud asked for.
        retry_after: Option<Duration>,
    },
    /// IAM issued no token for this user and password.
    #[error("{}", tr!("Logging in was refused with status {status}", status))]
    LoginRefused { status: u16, code: Option<String>, message: Option<String>, request_id: Option<String> },
    /// A signature was refused, and this machine's clock explains it: a signature holds for 15 minutes.
    #[error("{}", tr!("The signature was refused: this machine's clock is {ahead} s ahead of the cloud's", ahead))]
    ClockOff {
        /// Negative if the clock is behind.
        ahead: i64,
        request_id: Option<String>,
    },
    /// A redirect. It is not followed, because it would pass the token on.
    #[error("{}", tr!("Reading from the cloud was redirected with status {status}", status))]
    Redirected { status: u16, request_id: Option<String> },
    /// No connection: name resolution, connect, TLS or proxy.
    #[error("{}", tr!("The cloud was not reached: {why}", why))]
    NotReached { why: FailureReason },
    /// The time limit of the call was exceeded.
    #[error("{}", tr!("Reading from the cloud took longer than {seconds} s", seconds))]
    TimedOut { seconds: u64 },
    /// The connection ended before the response was complete.
    #[error("{}", tr!("Reading from the cloud broke off: {why}", why))]
    Broken { why: FailureReason },
    /// The response does not have the documented form of the operation.
    #[error("{}", tr!("The answer of the cloud cannot be read: {why}", why))]
    Unreadable { why: AnswerFault, request_id: Option<String> },
    /// The response is larger than a list can be.
    #[error("{}", tr!("The answer of the cloud is larger than {limit_mib} MiB", limit_mib))]
    TooLarge { limit_mib: usize },
    /// The list did not end within the limits of pages and rows.
    #[error("{}", tr!("The list has not ended after {pages} pages", pages))]
    Endless { pages: usize },
}

impl ReadError {
    /// Returns the id under which support finds the call, if the response had one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused { request_id, .. }
            | Self::LoginRefused { request_id, .. }
            | Self::ClockOff { request_id, .. }
            | Self::Redirected { request_id, .. }
            | Self::Unreadable { request_id, .. } => request_id.as_deref(),
            Self::NotReached { .. }
            | Self::TimedOut { .. }
            | Self::Broken { .. }
            | Self::TooLarge { .. }
            | Self::Endless { .. } => None,
        }
    }

    /// Returns the pause that the cloud asked for before the next try.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            Self::LoginRefused { .. }
            | Self::ClockOff { .. }
            | Self::Redirected { .. }
            | Self::NotReached { .. }
            | Self::TimedOut { .. }
            | Self::Broken { .. }
            | Self::Unreadable { .. }
            | Self::TooLarge { .. }
            | Self::Endless { .. } => None,
        }
    }

    /// Adds to a refusal the pause that its response asked for; other errors stay as they are.
    pub(super) fn asking_for(mut self, pause: Option<Duration>) -> Self {
        if let Self::Refused { retry_after, .. } = &mut self {
            *retry_after = pause;
        }
        self
    }

    /// Turns a refusal (400, 401, 403, 404) into one of the login itself, as opposed to an expired token; other errors
    /// stay as they are.
    pub(super) fn into_login_refused(self) -> Self {
        match self {
            // 404: the project that the token is to be good for is not there.
            Self::Refused { status: status @ (400 | 401 | 403 | 404), code, message, request_id, retry_after: _ } => {
                Self::LoginRefused { status, code, message, request_id }
            }
            other => other,
        }
    }

    /// Turns a refused signature into an error about this machine's clock, which is `ahead` seconds ahead.
    pub(super) fn into_clock_off(self, ahead: i64) -> Self {
        Self::ClockOff { ahead, request_id: self.request_id().map(str::to_owned) }
    }

    /// Returns the cloud's error code, if there was one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } | Self::LoginRefused { code, .. } => code.as_deref(),
            Self::ClockOff { .. }
            | Self::Redirected { .. }
            | Self::NotReached { .. }
            | Self::TimedOut { .. }
            | Self::Broken { .. }
            | Self::Unreadable { .. }
            | Self::TooLarge { .. }
            | Self::Endless { .. } => None,
        }
    }

    /// Returns what happened and what to do, for the user, with the cloud's own message if there was one.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.sentence_for(None)
    }

    /// Returns the sentence as `sentence` does, but adapted to the method that authenticated the call.
    #[must_use]
    pub fn sentence_for(&self, by: Option<AuthKind>) -> String {
        match self {
            Self::Refused { status, code, message, request_id, retry_after: _ } => {
                explained(*status, code.as_deref(), message.as_deref(), request_id.as_deref(), by)
            }
            Self::LoginRefused { status, code, message, request_id } => {
                let by = Some(AuthKind::Password);
                let why = explained(*status, code.as_deref(), message.as_deref(), request_id.as_deref(), by);
                tr!("Logging in was refused. {why}", why)
            }
            Self::ClockOff { ahead, request_id: _ } => {
                let minutes = ahead.unsigned_abs() / 60;
                if *ahead > 0 {
                    tr!(
                        "The signature was refused: this machine's clock is {minutes} min ahead of the cloud's, and a \
                         signature holds for 15; set the clock and start again",
                        minutes
                    )
                } else {
                    tr!(
                        "The signature was refused: this machine's clock is {minutes} min behind the cloud's, and a \
                         signature holds for 15; set the clock and start again",
                        minutes
                    )
                }
            }
            Self::Redirected { status, request_id: _ } => {
                tr!("The endpoint points elsewhere (status {status}), and redirects are not followed", status)
            }
            Self::NotReached { why } => why.explanation().unwrap_or_else(|| self.to_string()),
            Self::Broken { why } => match why.advice() {
                Some(advice) => tr!("{what}. {advice}", what = self, advice),
                None => self.to_string(),
            },
            Self::TimedOut { .. } | Self::Unreadable { .. } | Self::TooLarge { .. } | Self::Endless { .. } => {
                self.to_string()
            }
        }
    }
}

/// Explains a refusal, and then quotes the cloud's own message, shortened.
fn explained(
    status: u16,
    code: Option<&str>,
    message: Option<&str>,
    request_id: Option<&str>,
    by: Option<AuthKind>,
) -> String {
    let ours = sentence(&CloudError { code: code.unwrap_or_default(), status, message, by }, request_id);
    match message {
        Some(words) => tr!("{sentence} The cloud says: {words}", sentence = ours, words = brief(words, QUOTED)),
        None => ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{ConnectionError, ConnectionErrorKind};
    use crate::i18n::{Language, with_language};

    #[test]
    fn a_place_that_was_not_reached_is_explained_where_the_reason_is_known() {
        let sentence = |why: FailureReason| ReadError::NotReached { why }.sentence();
        assert_eq!(
            sentence(ConnectionErrorKind::CertificateUntrusted.into()),
            "This machine does not trust the server's certificate; something in between may read along. Find out whose \
             certificate it is; if it is your network's own, set ca_file in the profile."
        );
        let new = || ConnectionError::Other { cause: "something new".into() };
        assert_eq!(sentence(new().into()), "The cloud was not reached: the connection failed (something new)");
        let broken = |why: FailureReason| ReadError::Broken { why }.sentence();
        assert_eq!(
            broken(ConnectionErrorKind::NotHttp.into()),
            "Reading from the cloud broke off: the server answered with something that is not HTTP. Check the \
             endpoint's port, which may expect https, and whether a proxy is in between."
        );
        assert_eq!(broken(new().into()), "Reading from the cloud broke off: the connection failed (something new)");
    }

    #[test]
    fn a_password_that_iam_refuses_is_explained_as_one() {
        let refused = ReadError::Refused {
            status: 401,
            code: Some("401".into()),
            message: None,
            request_id: Some("t1".into()),
            retry_after: None,
        };
        assert!(refused.sentence_for(Some(AuthKind::Password)).contains("HUAWEI ID"));
        assert!(!refused.sentence().contains("HUAWEI ID"));
        let login = refused.into_login_refused().sentence();
        assert!(login.starts_with("Logging in was refused. IAM did not accept the name or password"), "{login}");
        assert!(login.ends_with("(401, status 401, request t1)"), "{login}");
    }

    #[test]
    fn a_sentence_holds_the_words_of_the_cloud() {
        let refused = |code: Option<&str>, message: Option<&str>| ReadError::Refused {
            status: 403,
            code: code.map(Into::into),
            message: message.map(Into::into),
            request_id: Some("r1".into()),
            retry_after: None,
        };
        assert_eq!(
            refused(Some("CPS.0006"), Some("no")).sentence(),
            "The account is in arrears. Top it up, then buy. (CPS.0006, status 403, request r1) The cloud says: no"
        );
        assert_eq!(
            refused(None, None).sentence(),
            "The caller is not allowed to do this. Ask the account's administrator for the right. \
             (status 403, request r1)"
        );
        let long = refused(Some("X.1"), Some(&"x".repeat(300))).sentence();
        assert!(
            long.contains("right. (X.1, status 403, request r1) The cloud says: xxx") && long.ends_with("x..."),
            "{long}"
        );
        assert_eq!(refused(None, None).to_string(), "Reading from the cloud was refused with status 403");
        assert_eq!(refused(None, None).request_id(), Some("r1"));
        assert_eq!(ReadError::TimedOut { seconds: 60 }.sentence(), "Reading from the cloud took longer than 60 s");
    }

    #[test]
    fn a_refusal_reads_wholly_in_chinese_but_for_the_clouds_own_words() {
        let refused = ReadError::Refused {
            status: 403,
            code: Some("CPS.0006".into()),
            message: Some("in arrears".into()),
            request_id: Some("r1".into()),
            retry_after: None,
        };
        let of = |error: &ReadError| with_language(Language::Chinese, || error.sentence());
        assert_eq!(of(&refused), "账号已欠费。充值后再购买。（CPS.0006，状态码 403，请求 ID r1）云端原文：in arrears");
        assert_eq!(
            of(&ReadError::NotReached { why: ConnectionErrorKind::TimedOut.into() }),
            "服务器未及时响应。检查网络，以及是否需要代理；请求也可能被防火墙丢弃。"
        );
        assert_eq!(of(&ReadError::TimedOut { seconds: 60 }), "从云端读取超过 60 秒");
        let clock = ReadError::ClockOff { ahead: -1200, request_id: None };
        assert!(of(&clock).contains("慢 20 分钟"), "{}", of(&clock));
    }
}
