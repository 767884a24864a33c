//! Retries reads after transient errors: a limited number of times, with exponential pauses and jitter, and with a
//! report to an observer before each pause. A purchase is never retried.

use std::time::Duration;

use uuid::Uuid;

use crate::api::error::ReadError;
use crate::api::http::retry_policy::{RetryNotice, RetryObserver, RetryPolicy};
use crate::api::trace::log_retry;
use crate::codes::is_phone_code;

/// The longest pause between two tries. If a server asks for a longer one, there is no retry.
const MAX_PAUSE: Duration = Duration::from_secs(30);

/// Repeats a call until it succeeds, fails permanently, or was tried `max_attempts` times.
pub(in crate::api) async fn with_retries<T, F: Future<Output = Result<T, ReadError>>>(
    policy: RetryPolicy,
    observer: RetryObserver<'_>,
    mut call: impl FnMut() -> F,
) -> Result<T, ReadError> {
    let mut attempt = 1;
    loop {
        let error = match call().await {
            Err(error) if attempt < policy.max_attempts && is_transient(&error) => error,
            result => return result,
        };
        let Some(pause) = pause(policy, attempt, error.retry_after(), jitter()) else { return Err(error) };
        attempt += 1;
        let notice = RetryNotice { attempt, max_attempts: policy.max_attempts, pause, reason: error };
        log_retry(&notice);
        observer(notice);
        tokio::time::sleep(pause).await;
    }
}

/// Returns whether the same call can work a moment later (`platform.md` section 6, what may be repeated).
fn is_transient(error: &ReadError) -> bool {
    match error {
        ReadError::NotReached { why } => !why.is_permanent(),
        ReadError::TimedOut { .. } | ReadError::Broken { .. } => true,
        ReadError::Refused { status, code, .. } => {
            // Busy and internal trouble came with 400 once, like everything else.
            let is_busy = code.as_deref().is_some_and(|code| [3, 42].iter().any(|number| is_phone_code(code, *number)));
            matches!(status, 429 | 500 | 502 | 503 | 504) || is_busy
        }
        ReadError::LoginRefused { .. }
        | ReadError::ClockOff { .. }
        | ReadError::Redirected { .. }
        | ReadError::Unreadable { .. }
        | ReadError::TooLarge { .. }
        | ReadError::Endless { .. } => false,
    }
}

/// Returns the pause after a try: the one that the server asked for, or one that doubles with each try, reduced by up
/// to half at random so that many clients do not return at once. `None` if the server asked for more than `MAX_PAUSE`.
fn pause(policy: RetryPolicy, attempt: u32, asked: Option<Duration>, jitter: u8) -> Option<Duration> {
    if let Some(asked) = asked {
        return (asked <= MAX_PAUSE).then_some(asked);
    }
    let whole = policy.first_pause.saturating_mul(1 << (attempt - 1).min(6));
    Some((whole / 2 + whole / 2 * u32::from(jitter) / 255).min(MAX_PAUSE))
}

fn jitter() -> u8 {
    Uuid::new_v4().as_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::reason::{AnswerFault, FailureReason};
    use crate::codes::{ConnectionError, ConnectionErrorKind};

    #[test]
    fn pauses_grow_within_bounds_and_a_server_may_ask_for_its_own() {
        let policy = RetryPolicy { max_attempts: 9, first_pause: Duration::from_millis(800) };
        let ms = |attempt, asked, jitter| pause(policy, attempt, asked, jitter).map(|pause| pause.as_millis());
        assert_eq!((ms(1, None, 0), ms(1, None, 255)), (Some(400), Some(800)));
        assert_eq!((ms(3, None, 0), ms(3, None, 255)), (Some(1600), Some(3200)));
        assert_eq!(ms(9, None, 255), Some(30_000));
        assert_eq!(ms(1, Some(Duration::from_secs(7)), 0), Some(7000));
        assert_eq!(ms(1, Some(Duration::from_secs(31)), 0), None);
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let refused = |status, code: &str| ReadError::Refused {
            status,
            code: Some(code.into()),
            message: None,
            request_id: None,
            retry_after: None,
        };
        let not_reached = |failure: ConnectionErrorKind| ReadError::NotReached { why: failure.into() };
        for error in [
            not_reached(ConnectionErrorKind::Refused),
            not_reached(ConnectionErrorKind::UnknownHost),
            ReadError::NotReached { why: ConnectionError::Other { cause: "something new".into() }.into() },
            ReadError::TimedOut { seconds: 1 },
            refused(429, "APIGW.0308"),
            refused(503, "APIGW.0613"),
            refused(400, "CPS.0042"),
        ] {
            assert!(is_transient(&error), "{error:?}");
        }
        for error in [
            not_reached(ConnectionErrorKind::CertificateUntrusted),
            not_reached(ConnectionErrorKind::NotTls),
            refused(401, "APIGW.0301"),
            refused(403, "CPS.0001"),
            refused(404, "APIGW.0101"),
            refused(400, "CPS.0002"),
            ReadError::Unreadable { why: AnswerFault::Empty, request_id: None },
        ] {
            assert!(!is_transient(&error), "{error:?}");
        }
    }

    #[test]
    fn the_kind_of_a_failure_decides_and_not_its_words() {
        let words = "a certificate: proxy authentication required";
        let not_reached = |why| is_transient(&ReadError::NotReached { why });
        assert!(not_reached(ConnectionError::Other { cause: words.into() }.into()));
        assert!(!not_reached(FailureReason::ClientNotBuilt { cause: "the disk".into() }));
        assert!(!not_reached(FailureReason::Metadata(FailureReason::ClientPanicked.into())));
    }
}
