//! Injects the transient faults of a scene: throttling, 5xx errors, tampered responses. Each fault counts the requests
//! for each operation and stops after the configured number, so tests are deterministic.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::api_error::ApiError;
use super::corrupt_list;
use super::http::response::{self, Answer};
use super::http::route::Operation;
use super::scene::Scene;
use super::scene_settings::{ServerErrorStatus, Tampering};

/// The way in which a response is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Delivery {
    /// Only the first half of the body is sent, then the connection ends.
    pub(super) truncated: bool,
    /// `Content-Length` announces more than is sent.
    pub(super) overstated: bool,
    /// The delay before each chunk, in milliseconds.
    pub(super) chunk_delay_ms: Option<u64>,
    /// The header `Date` is left out.
    pub(super) without_date: bool,
}

impl Delivery {
    /// Returns whether the body must be sent as a chunked body instead of as it is.
    pub(super) fn is_in_chunks(self) -> bool {
        self.truncated || self.overstated || self.chunk_delay_ms.is_some()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum FaultKind {
    Throttling,
    ServerErrors,
    Tampering,
}

/// The number of requests that each fault has counted, by operation.
#[derive(Debug, Default)]
pub(super) struct FaultInjector {
    counts: Mutex<HashMap<(FaultKind, Operation), u32>>,
}

/// An error, with the value of `Retry-After` in seconds if the response has that header.
#[derive(Debug)]
pub(super) struct Denial {
    pub(super) refusal: ApiError,
    pub(super) retry_after_s: Option<u64>,
}

impl From<ApiError> for Denial {
    fn from(refusal: ApiError) -> Self {
        Self { refusal, retry_after_s: None }
    }
}

impl FaultInjector {
    /// Counts a request and returns the throttling or server error for it, before it is handled.
    pub(super) fn check(&self, scene: &Scene, operation: Operation) -> Result<(), Denial> {
        if let Some(throttling) = &scene.throttling
            && throttling.operations.contains(&operation)
            && self.fires(FaultKind::Throttling, operation, Some(throttling.times))
        {
            let message =
                "The throttling threshold has been reached: policy user over ratelimit, limit: 1, time: 1 minute.";
            let refusal = ApiError::new(429, "APIGW.0308", message);
            return Err(Denial { refusal, retry_after_s: throttling.retry_after_s });
        }
        match &scene.server_errors {
            Some(server_errors)
                if server_errors.operations.contains(&operation)
                    && self.fires(FaultKind::ServerErrors, operation, Some(server_errors.times)) =>
            {
                Err(server_error(server_errors.status).into())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Counts a request and returns the tampering that applies to its response.
    pub(super) fn tampering<'scene>(&self, scene: &'scene Scene, operation: Operation) -> Option<&'scene Tampering> {
        let tampering = scene.tampering.as_ref().filter(|tampering| tampering.operations.contains(&operation))?;
        self.fires(FaultKind::Tampering, operation, tampering.times).then_some(tampering)
    }

    fn fires(&self, kind: FaultKind, operation: Operation, times: Option<u32>) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((kind, operation)).or_default();
        *count = count.saturating_add(1);
        times.is_none_or(|times| *count <= times)
    }
}

impl Tampering {
    /// Returns the tampered response and the way in which it is sent.
    pub(super) fn apply(&self, answer: Answer) -> (Answer, Delivery) {
        let delivery = Delivery {
            truncated: self.truncate,
            overstated: self.overstate_content_length,
            chunk_delay_ms: self.chunk_delay_ms,
            without_date: self.omit_date_header,
        };
        if self.captive_portal {
            return (response::page(200, "Log in to this network"), delivery);
        }
        let answer = corrupt_list::corrupt(self, answer);
        let answer = match &self.append_text {
            Some(appended) => answer.with_appended(appended),
            None => answer,
        };
        let answer = if self.change_json_types { answer.with_other_types() } else { answer };
        (answer, delivery)
    }
}

fn server_error(status: ServerErrorStatus) -> ApiError {
    match status {
        ServerErrorStatus::Internal => ApiError::new(500, "APIGW.0601", "Internal server error."),
        ServerErrorStatus::BadGateway => ApiError::new(502, "APIGW.0201", "Backend unavailable."),
        ServerErrorStatus::Unavailable => ApiError::new(503, "APIGW.0613", "IAM service unavailable."),
        ServerErrorStatus::GatewayTimeout => ApiError::new(504, "APIGW.0201", "Backend timeout."),
    }
}

#[cfg(test)]
mod tests {
    use super::FaultInjector;
    use crate::simulator::http::route::Operation;
    use crate::simulator::scene::Scene;

    #[test]
    fn what_passes_passes_for_each_kind_of_call_by_itself() {
        let text = r#"{"version":2,"name":"x","description":"y",
            "throttling":{"operations":["servers","phones"],"times":2,"retry_after_s":3},
            "server_errors":{"status":503,"operations":["servers"],"times":1}}"#;
        let (scene, fault_injector) = (Scene::parse(text).expect("a scene"), FaultInjector::default());
        let code =
            |operation| fault_injector.check(&scene, operation).map_err(|stop| (stop.refusal.code, stop.retry_after_s));
        let throttled = || Err(("APIGW.0308".to_owned(), Some(3)));
        assert_eq!((code(Operation::Servers), code(Operation::Phones)), (throttled(), throttled()));
        assert_eq!((code(Operation::Servers), code(Operation::Jobs)), (throttled(), Ok(())));
        assert_eq!(code(Operation::Servers), Err(("APIGW.0613".to_owned(), None)));
        assert_eq!(code(Operation::Servers), Ok(()));
        assert_eq!((code(Operation::Phones), code(Operation::Phones)), (throttled(), Ok(())));
    }
}
