//! The settings of a scene that let the cloud answer as in another year, throttle, fail, or tamper with its responses.
//! They are read here and applied where the response is made (`fault_injection.rs`, `corrupt_list.rs`, `generation.rs`,
//! `http/response.rs`, `http/delivery.rs`).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::http::route::Operation;

/// Says whether the automatic payment of an order succeeds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AutoPayment {
    /// The order is paid, and its servers are created.
    #[default]
    Succeeds,
    /// The order stays unpaid: no server is created, and no list shows one.
    Fails,
}

/// Names the year whose documents the responses follow (`cph.md` 18 and 2.4).
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

/// Names the format of the body of an error (`platform.md` 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ErrorFormat {
    /// `request_id`, `error_code`, `error_msg`.
    Cph,
    /// The same members from an API gateway whose codes begin with `APIG.`.
    Apig,
    /// `error` with the status as a number, a message and a title.
    Keystone,
    /// An object named after the status, as the compute service has it.
    Nova,
    /// `errorCode` and `errorMsg`.
    CamelCase,
    /// An HTML page, as proxies send it.
    Html,
    /// No body.
    Empty,
}

/// Answers the first requests for each operation with 429 (`APIGW.0308`).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Throttling {
    pub(super) operations: Vec<Operation>,
    /// Applies to this many requests for each operation.
    pub(super) times: u32,
    /// Sets the header `Retry-After`, in seconds; if absent, there is none.
    #[serde(default)]
    pub(super) retry_after_s: Option<u64>,
}

/// Answers the first requests for each operation with a 5xx error.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServerErrors {
    pub(super) status: ServerErrorStatus,
    pub(super) operations: Vec<Operation>,
    /// Applies to this many requests for each operation.
    pub(super) times: u32,
}

/// Names the status of a server error.
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

/// A status that `server_errors` cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the status of server_errors is 500, 502, 503 or 504, not {0}")]
pub(super) struct InvalidServerError(u16);

impl From<ServerErrorStatus> for u16 {
    fn from(status: ServerErrorStatus) -> Self {
        status as Self
    }
}

/// Tampers with the responses to some operations. Every member that is set applies to all of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "these are the switches of the file")]
pub(super) struct Tampering {
    pub(super) operations: Vec<Operation>,
    /// Applies to the first requests for each operation; to all of them if absent.
    #[serde(default)]
    pub(super) times: Option<u32>,
    /// Redirects to this address with 307, before the request is handled.
    #[serde(default)]
    pub(super) redirect_to: Option<String>,
    /// Closes the connection after half of the body, whose full length was announced.
    #[serde(default)]
    pub(super) truncate: bool,
    /// Sends the body in chunks of 16 bytes and waits before each, in milliseconds.
    #[serde(default)]
    pub(super) chunk_delay_ms: Option<u64>,
    /// Announces 64 bytes more than are sent, and then closes the connection.
    #[serde(default)]
    pub(super) overstate_content_length: bool,
    /// Gives every JSON value another type: numbers for texts, objects for lists, and so on.
    #[serde(default)]
    pub(super) change_json_types: bool,
    /// Sends the log-in page of a network (captive portal) with status 200 instead of the response.
    #[serde(default)]
    pub(super) captive_portal: bool,
    /// Appends a text to some fields.
    #[serde(default)]
    pub(super) append_text: Option<AppendText>,
    /// Replaces the list of a response.
    #[serde(default)]
    pub(super) replace_list: Option<ListReplacement>,
    /// Inserts values among the rows of the list, such as `{}`.
    #[serde(default)]
    pub(super) insert_rows: Vec<Value>,
    /// Removes fields from every row of the list, such as `server_id`.
    #[serde(default)]
    pub(super) remove_fields: Vec<String>,
    /// Is added to `count`; -1 makes it one too small.
    #[serde(default)]
    pub(super) count_offset: i64,
    /// Replaces the status of a successful response, with 206 for example.
    #[serde(default)]
    pub(super) success_status: Option<u16>,
    /// Sets the header `Age`, as a cache does, in seconds.
    #[serde(default)]
    pub(super) age_header_s: Option<u64>,
    /// Leaves out the header `Date`.
    #[serde(default)]
    pub(super) omit_date_header: bool,
}

impl Tampering {
    /// Returns whether the operation needs a list to tamper with, where the service has none.
    pub(super) fn needs_a_list(&self, operation: Operation) -> bool {
        self.operations.contains(&operation) && (self.replace_list.is_some() || !self.insert_rows.is_empty())
    }
}

/// Names what replaces a list.
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

/// Appends a text to some fields, such as one with control characters.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AppendText {
    /// Names the fields, at any depth of the response; only texts are changed.
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
