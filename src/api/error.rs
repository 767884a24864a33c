//! What can go wrong when the client is set up or a list is read: what happened, in words for a
//! person. The purchase has no error type, see `Observation`.

use std::time::Duration;

use thiserror::Error;

use crate::codes::{Meaning, Means, Said, sentence, unreached};
use crate::order::text::brief;

/// The most of the cloud's own words that a sentence quotes, in characters.
const QUOTED: usize = 120;

/// Why no client can be made of an account. No secret is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SetupError {
    /// The token is empty.
    #[error("Setting up the client: there is no token")]
    NoToken,
    /// The token holds characters that no header can carry.
    #[error("Setting up the client: the token holds characters that a token cannot hold")]
    BadToken,
    /// A key is empty or holds characters that no header can carry.
    #[error("Setting up the client: an access key has letters, digits and signs only, without blanks")]
    BadKey,
    /// A part of the login is empty.
    #[error("Setting up the client: a login needs an account, a user and a password")]
    BadLogin,
    /// A password, and no IAM to take a token from.
    #[error("Setting up the client: a login needs the address of IAM")]
    NoIam,
    /// The project id would change the path of the calls.
    #[error("Setting up the client: a project id has 1 to 64 letters, digits, \"-\" and \"_\"")]
    BadProject,
}

/// Why a list could not be read. Texts from outside are short and free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The cloud answered that it will not, or that it cannot. The status can be 200: some errors
    /// hide in one (`cph.md` 2.3).
    #[error("Reading from the cloud was refused with status {status}")]
    Refused {
        /// The HTTP status, which says less than the code.
        status: u16,
        /// `CPS.`, `APIGW.`, `IAM.` and `CBC.` codes and bare numbers, as they came.
        code: Option<String>,
        /// The cloud's own words.
        message: Option<String>,
        /// For support: the header `X-Request-Id` or `X-IAM-Trace-Id`, or else the answer's own.
        request_id: Option<String>,
        /// The pause that the cloud asked for.
        retry_after: Option<Duration>,
    },
    /// IAM took no token for this user and password.
    #[error("Logging in was refused with status {status}")]
    LoginRefused { status: u16, code: Option<String>, message: Option<String>, request_id: Option<String> },
    /// A signature was refused, and this machine's clock explains it: a signature holds for 15 minutes.
    #[error("The signature was refused: this machine's clock is {ahead} s ahead of the cloud's")]
    ClockOff {
        /// Negative: behind.
        ahead: i64,
        request_id: Option<String>,
    },
    /// A redirect came; none is followed, for it would take the token along.
    #[error("Reading from the cloud was redirected with status {status}")]
    Redirected { status: u16, request_id: Option<String> },
    /// No connection: name resolution, connect, TLS or proxy.
    #[error("The cloud was not reached: {why}")]
    NotReached { why: String },
    /// The time for the call ran out.
    #[error("Reading from the cloud took longer than {seconds} s")]
    TimedOut { seconds: u64 },
    /// The connection ended before the answer was whole.
    #[error("Reading from the cloud broke off: {why}")]
    Broken { why: String },
    /// An answer came that is not what the operation promises.
    #[error("The answer of the cloud cannot be read: {why}")]
    Unreadable { why: String, request_id: Option<String> },
    /// One answer is larger than a list can be.
    #[error("The answer of the cloud is larger than {limit_mib} MiB")]
    TooLarge { limit_mib: usize },
    /// The pages of a list do not come to an end.
    #[error("The list has not ended after {pages} pages")]
    Endless { pages: usize },
}

impl ReadError {
    /// The id under which support finds the call, if one came.
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

    /// The pause that the cloud asked for before the next try.
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

    /// A refusal, with the pause that its answer asked for.
    pub(super) fn asking_for(mut self, pause: Option<Duration>) -> Self {
        if let Self::Refused { retry_after, .. } = &mut self {
            *retry_after = pause;
        }
        self
    }

    /// A refusal of the login itself, told apart from a token that ran out.
    pub(super) fn into_login_refused(self) -> Self {
        match self {
            // 404: the project that the token is to be good for is not there.
            Self::Refused { status: status @ (400 | 401 | 403 | 404), code, message, request_id, retry_after: _ } => {
                Self::LoginRefused { status, code, message, request_id }
            }
            other => other,
        }
    }

    /// A refused signature, explained by the clock.
    pub(super) fn into_clock_off(self, ahead: i64) -> Self {
        Self::ClockOff { ahead, request_id: self.request_id().map(str::to_owned) }
    }

    /// The code of the cloud, if it gave one.
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

    /// What happened and what to do, for a person, with the cloud's own words where it gave any.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.sentence_for(None)
    }

    /// `sentence`, where it is known by what the call was authenticated.
    #[must_use]
    pub fn sentence_for(&self, by: Option<Means>) -> String {
        match self {
            Self::Refused { status, code, message, request_id, retry_after: _ } => {
                explained(*status, code.as_deref(), message.as_deref(), request_id.as_deref(), by)
            }
            Self::LoginRefused { status, code, message, request_id } => {
                let by = Some(Means::Password);
                let why = explained(*status, code.as_deref(), message.as_deref(), request_id.as_deref(), by);
                format!("Logging in was refused. {why}")
            }
            Self::ClockOff { ahead, request_id: _ } => {
                let (minutes, side) = (ahead.unsigned_abs() / 60, if *ahead > 0 { "ahead of" } else { "behind" });
                format!(
                    "The signature was refused: this machine's clock is {minutes} min {side} the cloud's, and a \
                     signature holds for 15; set the clock and start again"
                )
            }
            Self::Redirected { status, request_id: _ } => {
                format!("The endpoint points elsewhere (status {status}), and redirects are not followed")
            }
            Self::NotReached { why } => match unreached(why) {
                Some(Meaning { what, advice }) => format!("{what} {advice} ({why})"),
                None => self.to_string(),
            },
            Self::TimedOut { .. }
            | Self::Broken { .. }
            | Self::Unreadable { .. }
            | Self::TooLarge { .. }
            | Self::Endless { .. } => self.to_string(),
        }
    }
}

/// What a refusal means, and then the cloud's own words, shortened.
fn explained(
    status: u16,
    code: Option<&str>,
    message: Option<&str>,
    request_id: Option<&str>,
    by: Option<Means>,
) -> String {
    let ours = sentence(&Said { code: code.unwrap_or_default(), status, message, by }, request_id);
    match message {
        Some(words) => format!("{ours} The cloud says: {}", brief(words, QUOTED)),
        None => ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_was_not_reached_is_explained_where_the_reason_is_known() {
        let sentence = |why: &str| ReadError::NotReached { why: why.into() }.sentence();
        assert_eq!(
            sentence("invalid peer certificate: UnknownIssuer"),
            "The certificate comes from nobody this machine trusts; something on the way may be reading along. Ask \
             whose certificate it is; if it is your network's own, name its CA file in the profile. \
             (invalid peer certificate: UnknownIssuer)"
        );
        assert_eq!(sentence("something new"), "The cloud was not reached: something new");
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
        assert!(refused.sentence_for(Some(Means::Password)).contains("HUAWEI ID"));
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
}
