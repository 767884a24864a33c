//! The settings of a scene for responses of another year, throttling, errors and tampered responses. They are parsed
//! here and applied where the response is built (`fault_injection.rs`, `corrupt_list.rs`, `generation.rs`,
//! `http/response.rs`, `http/delivery.rs`).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::http::route::Operation;

/// The result of the automatic payment of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AutoPayment {
    /// The order is paid, and its servers are created.
    #[default]
    Succeeds,
    /// The order stays unpaid: no server is created, and no list shows one.
    Fails,
}

/// The year whose documents the responses follow (`cph.md` 18 and 2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ApiGeneration {
    #[serde(rename = "2019")]
    Y2019,
    #[serde(rename = "2021")]
    Y2021,
    #[serde(rename = "2023")]
    Y2023,
    #[serde(rename = "2026")]
    Y2026,
}

/// The format of the body of an error (`platform.md` 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ErrorFormat {
    /// `request_id`, `error_code`, `error_msg`.
    Cph,
    /// The same members from an API gateway whose codes begin with `APIG.`.
    Apig,
    /// `error` with the status as a number, a message and a title.
    Keystone,
    /// An object named after the status, as from the compute service.
    Nova,
    /// `errorCode` and `errorMsg`.
    CamelCase,
    /// An HTML page, as proxies send it.
    Html,
    /// No body.
    Empty,
}

/// The throttling of the first requests for each operation with 429 (`APIGW.0308`).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Throttling {
    pub(super) operations: Vec<Operation>,
    /// The number of requests for each operation that are throttled.
    pub(super) times: u32,
    /// The header `Retry-After`, in seconds; no header if absent.
    #[serde(default)]
    pub(super) retry_after_s: Option<u64>,
}

/// The 5xx error that the first requests for each operation get.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServerErrors {
    pub(super) status: ServerErrorStatus,
    pub(super) operations: Vec<Operation>,
    /// The number of requests for each operation that get the error.
    pub(super) times: u32,
}

/// The status of a server error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub(super) enum ServerErrorStatus {
    Internal = 500,
    BadGateway = 502,
    Unavailable = 503,
    GatewayTimeout = 504,
}

impl TryFrom<u16> for ServerErrorStatus {
    type Error = InvalidServerError;

    fn try_from(status: u16) -> Result<Self, InvalidServerError> {
        let known = [Self::Internal, Self::BadGateway, Self::Unavailable, Self::GatewayTimeout];
        known.into_iter().find(|known| u16::from(*known) == status).ok_or(InvalidServerError(status))
    }
}

/// The error for a status that `server_errors` does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the status of server_errors is 500, 502, 503 or 504, not {0}")]
pub(super) struct InvalidServerError(u16);

impl From<ServerErrorStatus> for u16 {
    fn from(status: ServerErrorStatus) -> Self {
        status as Self
    }
}

/// The tampering with the responses to some operations. Every member that is set applies to all of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "these are the switches of the file")]
pub(super) struct Tampering {
    pub(super) operations: Vec<Operation>,
    /// The number of requests for each operation that it applies to; all of them if absent.
    #[serde(default)]
    pub(super) times: Option<u32>,
    /// The address to redirect to with 307, before the request is handled.
    #[serde(default)]
    pub(super) redirect_to: Option<String>,
    /// True to close the connection after half of the body, with its full length announced.
    #[serde(default)]
    pub(super) truncate: bool,
    /// The delay before each chunk of 16 bytes of the body, in milliseconds.
    #[serde(default)]
    pub(super) chunk_delay_ms: Option<u64>,
    /// True to announce 64 bytes more than are sent, and then close the connection.
    #[serde(default)]
    pub(super) overstate_content_length: bool,
    /// True to change every JSON value to another type: numbers for texts, objects for lists, and so on.
    #[serde(default)]
    pub(super) change_json_types: bool,
    /// True to send the log-in page of a network (captive portal) with status 200 instead of the response.
    #[serde(default)]
    pub(super) captive_portal: bool,
    /// A text that is appended to some fields.
    #[serde(default)]
    pub(super) append_text: Option<AppendText>,
    /// The replacement for the list of a response.
    #[serde(default)]
    pub(super) replace_list: Option<ListReplacement>,
    /// Values to insert among the rows of the list, such as `{}`.
    #[serde(default)]
    pub(super) insert_rows: Vec<Value>,
    /// Fields to remove from every row of the list, such as `server_id`.
    #[serde(default)]
    pub(super) remove_fields: Vec<String>,
    /// The number to add to `count`; -1 makes it one too small.
    #[serde(default)]
    pub(super) count_offset: i64,
    /// The status of successful responses, 206 for example.
    #[serde(default)]
    pub(super) success_status: Option<u16>,
    /// The header `Age`, as a cache sends it, in seconds.
    #[serde(default)]
    pub(super) age_header_s: Option<u64>,
    /// True to leave out the header `Date`.
    #[serde(default)]
    pub(super) omit_date_header: bool,
}

impl Tampering {
    /// Returns whether the tampering needs a list in the response to this operation. The simulated service then sends
    /// an empty one where it would otherwise send an error.
    pub(super) fn needs_a_list(&self, operation: Operation) -> bool {
        self.operations.contains(&operation) && (self.replace_list.is_some() || !self.insert_rows.is_empty())
    }
}

/// The replacement for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ListReplacement {
    /// `null`.
    Null,
    /// Nothing: the member is left out.
    Missing,
    /// An object.
    Object,
    /// An empty list.
    Empty,
}

/// A text to append to some fields, such as one with control characters.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AppendText {
    /// The names of the fields, at any depth of the response; only texts are changed.
    pub(super) fields: Vec<String>,
    pub(super) text: String,
}

#[cfg(test)]
mod tests {
    use super::{ServerErrors, Tampering};

    #[test]
    fn server_errors_have_one_of_four_statuses() {
        let read = |status| {
            let text = format!(r#"{{"status":{status},"operations":["servers"],"times":1}}"#);
            serde_json::from_str::<ServerErrors>(&text)
        };
        assert!([500, 502, 503, 504].into_iter().all(|status| read(status).is_ok()));
        let sentence = read(404).expect_err("no server error").to_string();
        assert!(sentence.contains("502") && sentence.contains("404"), "{sentence}");
    }

    #[test]
    fn unknown_ways_of_tampering_are_rejected() {
        let read = |text: &str| serde_json::from_str::<Tampering>(text);
        assert!(read(r#"{"operations":["purchase"],"captive_portal":true}"#).is_ok());
        assert!(read(r#"{"operations":["purchase"],"captive_portal":"yes"}"#).is_err());
        assert!(read(r#"{"operations":["servers"],"replace_list":"missing"}"#).is_ok());
        assert!(read(r#"{"operations":["servers"],"replace_list":"long"}"#).is_err());
        assert!(read(r#"{"operations":["purchase"],"steal":true}"#).is_err());
    }
}
