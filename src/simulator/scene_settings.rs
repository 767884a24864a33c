//! The settings of a scene that make the cloud older, throttled, in trouble or hostile.
//! They are read here; what they do is done where the answer is made (`fault_injection.rs`, `generation.rs`, `http/response.rs`).

use serde::Deserialize;
use serde_json::Value;

use super::http::route::Call;

/// What becomes of the payment of an order that is to be paid at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Payment {
    /// The order is paid and built.
    #[default]
    Succeeds,
    /// The order exists and waits unpaid: nothing is built, and no list shows it.
    Fails,
}

/// The year whose documents the answers follow (`cph.md` 18 and 2.4). A scene without one answers as the simulator
/// always has: with today's lists, and a purchase answered as in the operation's own document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Generation {
    #[serde(rename = "2019")]
    Y2019,
    #[serde(rename = "2021")]
    Y2021,
    #[serde(rename = "2023")]
    Y2023,
    #[serde(rename = "2026")]
    Y2026,
}

/// The shape of every refusal, where a scene wants another than the service's own (`platform.md` 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ErrorShape {
    /// `request_id`, `error_code`, `error_msg`.
    Cph,
    /// The same of a gateway whose codes begin with `APIG.`.
    Gateway,
    /// `error` with the status as a number, a message and a title.
    Keystone,
    /// An object named after the status, as the compute service has it.
    Nova,
    /// `errorCode` and `errorMsg`.
    Camel,
    /// A page, as proxies send it.
    Html,
    /// Nothing at all.
    Empty,
}

/// The first calls of each kind are too many (`APIGW.0308`), and then they are not.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Throttle {
    pub(super) calls: Vec<Call>,
    pub(super) times: u32,
    /// What the header `Retry-After` says; without it there is none.
    #[serde(default)]
    pub(super) retry_after_s: Option<u64>,
}

/// The first calls of each kind find the cloud out of order, and then it works.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trouble {
    pub(super) status: TroubleStatus,
    pub(super) calls: Vec<Call>,
    pub(super) times: u32,
}

/// A status of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub(super) enum TroubleStatus {
    Internal,
    BadGateway,
    Unavailable,
    Timeout,
}

impl TryFrom<u16> for TroubleStatus {
    type Error = NoTroubleStatus;

    fn try_from(status: u16) -> Result<Self, NoTroubleStatus> {
        match status {
            500 => Ok(Self::Internal),
            502 => Ok(Self::BadGateway),
            503 => Ok(Self::Unavailable),
            504 => Ok(Self::Timeout),
            _ => Err(NoTroubleStatus(status)),
        }
    }
}

/// A status that is none of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("trouble has status 500, 502, 503 or 504, and not {0}")]
pub(super) struct NoTroubleStatus(u16);

/// A server, or somebody in between, that is up to no good. What is set applies to every one of the calls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hostile {
    pub(super) calls: Vec<Call>,
    /// How often for each kind of call; without it, always.
    #[serde(default)]
    pub(super) times: Option<u32>,
    /// Sends the caller to this address with 307, before anything is done.
    #[serde(default)]
    pub(super) redirect_to: Option<String>,
    /// The answer ends after half of its announced length.
    #[serde(default)]
    pub(super) truncate: bool,
    /// The answer comes in small pieces with a pause of so many milliseconds before each.
    #[serde(default)]
    pub(super) drip_ms: Option<u64>,
    #[serde(default)]
    pub(super) lie: Option<Lie>,
    #[serde(default)]
    pub(super) texts: Option<Texts>,
    #[serde(default)]
    pub(super) list: Option<BrokenList>,
    /// Values put among the rows of the list, such as `{}`.
    #[serde(default)]
    pub(super) extra_rows: Vec<Value>,
    /// Fields taken out of every row of the list, such as `server_id`.
    #[serde(default)]
    pub(super) without_fields: Vec<String>,
    /// Added to `count`; -1 makes it one too small.
    #[serde(default)]
    pub(super) count_off_by: i64,
    /// The status of a success, such as 206.
    #[serde(default)]
    pub(super) success_status: Option<u16>,
    /// The header `Age` in seconds, as from a cache.
    #[serde(default)]
    pub(super) age_s: Option<u64>,
    /// Leaves out the header `Date`.
    #[serde(default)]
    pub(super) without_date: bool,
}

impl Hostile {
    /// Whether the list of jobs has to be a list, where there would be none.
    pub(super) fn needs_a_list(&self, call: Call) -> bool {
        self.calls.contains(&call) && (self.list.is_some() || !self.extra_rows.is_empty())
    }
}

/// What stands in place of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum BrokenList {
    /// `null`.
    Null,
    /// Nothing, not even its name.
    Missing,
    /// An object.
    Object,
    /// An empty list, whatever there is.
    Empty,
}

/// Texts that do something to whoever shows them as they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    /// Members of answers, wherever they stand, whose texts get this at their end.
    pub(super) members: Vec<String>,
    pub(super) append: String,
}

/// What is not true of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Lie {
    /// Its length: more is announced than comes, and then the connection ends.
    Length,
    /// The JSON types: numbers where texts belong, objects where lists belong, and so on.
    Types,
    /// What it is: a page with status 200, as a network that wants a log-in first sends it.
    Page,
}

#[cfg(test)]
mod tests {
    use super::{Hostile, Trouble};

    #[test]
    fn only_a_status_of_trouble_is_trouble() {
        let read = |status| {
            serde_json::from_str::<Trouble>(&format!(r#"{{"status":{status},"calls":["servers"],"times":1}}"#))
        };
        assert!([500, 502, 503, 504].into_iter().all(|status| read(status).is_ok()));
        let sentence = read(404).expect_err("no trouble").to_string();
        assert!(sentence.contains("502") && sentence.contains("404"), "{sentence}");
    }

    #[test]
    fn what_is_not_known_to_be_hostile_is_refused() {
        assert!(serde_json::from_str::<Hostile>(r#"{"calls":["purchase"],"lie":"length"}"#).is_ok());
        assert!(serde_json::from_str::<Hostile>(r#"{"calls":["purchase"],"lie":"colour"}"#).is_err());
        assert!(serde_json::from_str::<Hostile>(r#"{"calls":["servers"],"list":"missing"}"#).is_ok());
        assert!(serde_json::from_str::<Hostile>(r#"{"calls":["servers"],"list":"long"}"#).is_err());
        assert!(serde_json::from_str::<Hostile>(r#"{"calls":["purchase"],"steal":true}"#).is_err());
    }
}
