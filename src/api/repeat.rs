//! Reading again after trouble that may pass: bounded, with growing and uneven pauses, and told
//! while it lasts. Only reads are repeated, never a purchase.

use std::time::Duration;

use uuid::Uuid;

use super::calls::repeated;
use super::error::ReadError;
use crate::codes::is_phone_code;
use crate::words::{Language, speaking};

/// How often and after which pauses a read is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeats {
    /// Tries in all, the first one included.
    pub most: u32,
    /// The pause before the second try; it doubles with each further one.
    pub first: Duration,
}

impl Default for Repeats {
    fn default() -> Self {
        Self { most: 4, first: Duration::from_millis(700) }
    }
}

impl Repeats {
    /// One try and no other.
    pub const NONE: Self = Self { most: 1, first: Duration::ZERO };
}

/// A read is about to be tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The number of the coming try, and how many there are.
    pub attempt: u32,
    pub of: u32,
    pub pause: Duration,
    /// Why, in a sentence.
    pub why: String,
}

/// Hears of repeated reads.
pub type Told<'a> = &'a (dyn Fn(Repeat) + Send + Sync);

/// Nobody hears of repeated reads.
pub const UNHEARD: Told<'static> = &|_| ();

/// The longest pause that a server may ask for.
const LONGEST: Duration = Duration::from_secs(30);

/// Calls until it works, cannot work, or was tried often enough.
pub(super) async fn repeatedly<T, F: Future<Output = Result<T, ReadError>>>(
    repeats: Repeats,
    told: Told<'_>,
    mut call: impl FnMut() -> F,
) -> Result<T, ReadError> {
    let mut attempt = 1;
    loop {
        let error = match call().await {
            Err(error) if attempt < repeats.most && may_pass(&error) => error,
            result => return result,
        };
        let Some(pause) = pause(repeats, attempt, error.retry_after(), chance()) else { return Err(error) };
        attempt += 1;
        let repeat = Repeat { attempt, of: repeats.most, pause, why: error.sentence() };
        repeated(&repeat, || speaking(Language::English, || error.sentence()));
        told(repeat);
        tokio::time::sleep(pause).await;
    }
}

/// Whether the same call can work a moment later (`platform.md` section 6, what may be repeated).
fn may_pass(error: &ReadError) -> bool {
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

/// The pause after a try: what the server asked for, or twice the one before, made uneven so that
/// many clients do not come back at once. `None`: the server asks for more than anybody waits.
fn pause(repeats: Repeats, attempt: u32, asked: Option<Duration>, chance: u8) -> Option<Duration> {
    if let Some(asked) = asked {
        return (asked <= LONGEST).then_some(asked);
    }
    let whole = repeats.first.saturating_mul(1 << (attempt - 1).min(6));
    Some((whole / 2 + whole / 2 * u32::from(chance) / 255).min(LONGEST))
}

fn chance() -> u8 {
    Uuid::new_v4().as_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::why::Why;
    use crate::codes::ConnectionFailure;

    #[test]
    fn pauses_grow_within_bounds_and_a_server_may_ask_for_its_own() {
        let repeats = Repeats { most: 9, first: Duration::from_millis(800) };
        let ms = |attempt, asked, chance| pause(repeats, attempt, asked, chance).map(|pause| pause.as_millis());
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
        let not_reached = |failure: ConnectionFailure| ReadError::NotReached { why: failure.into() };
        for error in [
            not_reached(ConnectionFailure::Refused),
            not_reached(ConnectionFailure::UnknownHost),
            ReadError::NotReached { why: "something new".into() },
            ReadError::TimedOut { seconds: 1 },
            refused(429, "APIGW.0308"),
            refused(503, "APIGW.0613"),
            refused(400, "CPS.0042"),
        ] {
            assert!(may_pass(&error), "{error:?}");
        }
        for error in [
            not_reached(ConnectionFailure::CertificateUntrusted),
            not_reached(ConnectionFailure::NotTls),
            refused(401, "APIGW.0301"),
            refused(403, "CPS.0001"),
            refused(404, "APIGW.0101"),
            refused(400, "CPS.0002"),
            ReadError::Unreadable { why: "".into(), request_id: None },
        ] {
            assert!(!may_pass(&error), "{error:?}");
        }
    }

    #[test]
    fn the_kind_of_a_failure_decides_and_not_its_words() {
        let words = "a certificate: proxy authentication required";
        assert!(may_pass(&ReadError::NotReached { why: words.into() }));
        assert!(!may_pass(&ReadError::NotReached { why: Why::local(|| "the disk".to_owned()) }));
        assert!(!may_pass(&ReadError::NotReached {
            why: Why::local(|| "x".to_owned()).within(|why| format!("y: {why}"))
        }));
    }
}
