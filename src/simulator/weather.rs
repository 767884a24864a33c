//! What goes wrong between a client and the cloud for a while: throttling, trouble, and somebody hostile.
//! Each counts its calls by kind, so that what passes passes after a known number of them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::answer::{self, Answer};
use super::mangle;
use super::refusal::Refusal;
use super::route::Call;
use super::scene::Scene;
use super::settings::{Hostile, Lie, TroubleStatus};

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
enum Kind {
    Throttle,
    Trouble,
    Hostile,
}

/// How often each of it has come.
#[derive(Debug, Default)]
pub(super) struct Weather {
    counts: Mutex<HashMap<(Kind, Call), u32>>,
}

/// A refusal, and after how many seconds to come again.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) refusal: Refusal,
    pub(super) retry_after_s: Option<u64>,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, retry_after_s: None }
    }
}

impl Weather {
    /// Throttling and trouble, at the door.
    pub(super) fn stops(&self, scene: &Scene, call: Call) -> Result<(), Stop> {
        if let Some(throttle) = &scene.throttle
            && throttle.calls.contains(&call)
            && self.comes(Kind::Throttle, call, Some(throttle.times))
        {
            let message =
                "The throttling threshold has been reached: policy user over ratelimit, limit: 1, time: 1 minute.";
            let refusal = Refusal::new(429, "APIGW.0308", message);
            return Err(Stop { refusal, retry_after_s: throttle.retry_after_s });
        }
        match &scene.trouble {
            Some(trouble) if trouble.calls.contains(&call) && self.comes(Kind::Trouble, call, Some(trouble.times)) => {
                Err(in_words(trouble.status).into())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whoever is hostile to this call; asking counts.
    pub(super) fn hostile<'scene>(&self, scene: &'scene Scene, call: Call) -> Option<&'scene Hostile> {
        let hostile = scene.hostile.as_ref().filter(|hostile| hostile.calls.contains(&call))?;
        self.comes(Kind::Hostile, call, hostile.times).then_some(hostile)
    }

    fn comes(&self, kind: Kind, call: Call, times: Option<u32>) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((kind, call)).or_default();
        *count = count.saturating_add(1);
        times.is_none_or(|times| *count <= times)
    }
}

impl Hostile {
    /// What it makes of an answer, and how it hands it over.
    pub(super) fn meddle(&self, answer: Answer) -> (Answer, Delivery) {
        let overstated = self.lie == Some(Lie::Length);
        let delivery =
            Delivery { truncated: self.truncate, overstated, drip_ms: self.drip_ms, without_date: self.without_date };
        let answer = mangle::list(self, answer);
        let answer = match &self.texts {
            Some(texts) => answer.lengthened(texts),
            None => answer,
        };
        let answer = match self.lie {
            None | Some(Lie::Length) => answer,
            Some(Lie::Types) => answer.twisted(),
            Some(Lie::Page) => answer::page(200, "Log in to this network"),
        };
        (answer, delivery)
    }
}

fn in_words(status: TroubleStatus) -> Refusal {
    match status {
        TroubleStatus::Internal => Refusal::new(500, "APIGW.0601", "Internal server error."),
        TroubleStatus::BadGateway => Refusal::new(502, "APIGW.0201", "Backend unavailable."),
        TroubleStatus::Unavailable => Refusal::new(503, "APIGW.0613", "IAM service unavailable."),
        TroubleStatus::Timeout => Refusal::new(504, "APIGW.0201", "Backend timeout."),
    }
}

#[cfg(test)]
mod tests {
    use super::Weather;
    use crate::simulator::route::Call;
    use crate::simulator::scene::Scene;

    #[test]
    fn what_passes_passes_for_each_kind_of_call_by_itself() {
        let text = r#"{"version":1,"name":"x","about":"y",
            "throttle":{"calls":["servers","phones"],"times":2,"retry_after_s":3},
            "trouble":{"status":503,"calls":["servers"],"times":1}}"#;
        let (scene, weather) = (Scene::parse(text).expect("a scene"), Weather::default());
        let code = |call| weather.stops(&scene, call).map_err(|stop| (stop.refusal.code, stop.retry_after_s));
        let throttled = || Err(("APIGW.0308".to_owned(), Some(3)));
        assert_eq!((code(Call::Servers), code(Call::Phones)), (throttled(), throttled()));
        assert_eq!((code(Call::Servers), code(Call::Jobs)), (throttled(), Ok(())));
        assert_eq!(code(Call::Servers), Err(("APIGW.0613".to_owned(), None)));
        assert_eq!(code(Call::Servers), Ok(()));
        assert_eq!((code(Call::Phones), code(Call::Phones)), (throttled(), Ok(())));
    }
}
