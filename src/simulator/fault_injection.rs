//! Injects the transient faults of a scene: throttling, 5xx, tampered answers. Each counts its calls per operation and stops
//! after the configured number, so tests are deterministic.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::api_error::ApiError;
use super::corrupt_list;
use super::http::response::{self, Answer};
use super::http::route::Call;
use super::scene::Scene;
use super::scene_settings::{Hostile, Lie, TroubleStatus};

/// How an answer is handed over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Delivery {
    /// Half of it, and then the end of the connection.
    pub(super) truncated: bool,
    /// More is announced than there is.
    pub(super) overstated: bool,
    /// The pause before each small piece, in milliseconds.
    pub(super) drip_ms: Option<u64>,
    /// There is no header `Date`.
    pub(super) without_date: bool,
}

impl Delivery {
    /// Whether the body cannot be handed over as it is.
    pub(super) fn is_in_pieces(self) -> bool {
        self.truncated || self.overstated || self.drip_ms.is_some()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum FaultKind {
    Throttle,
    Trouble,
    Hostile,
}

/// How often each of it has come.
#[derive(Debug, Default)]
pub(super) struct FaultInjector {
    counts: Mutex<HashMap<(FaultKind, Call), u32>>,
}

/// A refusal, and after how many seconds to come again.
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
    /// Throttling and trouble, before the request is handled.
    pub(super) fn check(&self, scene: &Scene, call: Call) -> Result<(), Denial> {
        if let Some(throttle) = &scene.throttle
            && throttle.calls.contains(&call)
            && self.fires(FaultKind::Throttle, call, Some(throttle.times))
        {
            let message =
                "The throttling threshold has been reached: policy user over ratelimit, limit: 1, time: 1 minute.";
            let refusal = ApiError::new(429, "APIGW.0308", message);
            return Err(Denial { refusal, retry_after_s: throttle.retry_after_s });
        }
        match &scene.trouble {
            Some(trouble)
                if trouble.calls.contains(&call) && self.fires(FaultKind::Trouble, call, Some(trouble.times)) =>
            {
                Err(trouble_refusal(trouble.status).into())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whoever is hostile to this call; asking counts.
    pub(super) fn hostile<'scene>(&self, scene: &'scene Scene, call: Call) -> Option<&'scene Hostile> {
        let hostile = scene.hostile.as_ref().filter(|hostile| hostile.calls.contains(&call))?;
        self.fires(FaultKind::Hostile, call, hostile.times).then_some(hostile)
    }

    fn fires(&self, kind: FaultKind, call: Call, times: Option<u32>) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((kind, call)).or_default();
        *count = count.saturating_add(1);
        times.is_none_or(|times| *count <= times)
    }
}

impl Hostile {
    /// What it makes of an answer, and how it hands it over.
    pub(super) fn tamper(&self, answer: Answer) -> (Answer, Delivery) {
        let overstated = self.lie == Some(Lie::Length);
        let delivery =
            Delivery { truncated: self.truncate, overstated, drip_ms: self.drip_ms, without_date: self.without_date };
        let answer = corrupt_list::corrupt(self, answer);
        let answer = match &self.texts {
            Some(texts) => answer.lengthened(texts),
            None => answer,
        };
        let answer = match self.lie {
            None | Some(Lie::Length) => answer,
            Some(Lie::Types) => answer.twisted(),
            Some(Lie::Page) => response::page(200, "Log in to this network"),
        };
        (answer, delivery)
    }
}

fn trouble_refusal(status: TroubleStatus) -> ApiError {
    match status {
        TroubleStatus::Internal => ApiError::new(500, "APIGW.0601", "Internal server error."),
        TroubleStatus::BadGateway => ApiError::new(502, "APIGW.0201", "Backend unavailable."),
        TroubleStatus::Unavailable => ApiError::new(503, "APIGW.0613", "IAM service unavailable."),
        TroubleStatus::Timeout => ApiError::new(504, "APIGW.0201", "Backend timeout."),
    }
}

#[cfg(test)]
mod tests {
    use super::FaultInjector;
    use crate::simulator::http::route::Call;
    use crate::simulator::scene::Scene;

    #[test]
    fn what_passes_passes_for_each_kind_of_call_by_itself() {
        let text = r#"{"version":1,"name":"x","about":"y",
            "throttle":{"calls":["servers","phones"],"times":2,"retry_after_s":3},
            "trouble":{"status":503,"calls":["servers"],"times":1}}"#;
        let (scene, fault_injector) = (Scene::parse(text).expect("a scene"), FaultInjector::default());
        let code = |call| fault_injector.check(&scene, call).map_err(|stop| (stop.refusal.code, stop.retry_after_s));
        let throttled = || Err(("APIGW.0308".to_owned(), Some(3)));
        assert_eq!((code(Call::Servers), code(Call::Phones)), (throttled(), throttled()));
        assert_eq!((code(Call::Servers), code(Call::Jobs)), (throttled(), Ok(())));
        assert_eq!(code(Call::Servers), Err(("APIGW.0613".to_owned(), None)));
        assert_eq!(code(Call::Servers), Ok(()));
        assert_eq!((code(Call::Phones), code(Call::Phones)), (throttled(), Ok(())));
    }
}
