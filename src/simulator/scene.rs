//! A scene: the behaviour of the simulated cloud, read from a data file of `assets/scenes`. Every deviation from the
//! documented behaviour is set in such a file and never decided in code.
//!
//! The names of the members are final since version 2: later versions of this program read every file of version 2 and
//! only add members (`tests/formats/scene-v2.json` has all of them). The Rust names follow the JSON names. Durations
//! end in `_ms` (milliseconds) or `_s` (seconds).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::i18n::tr;

use super::api_error::ApiError;
use super::auth::tokens::AcceptedTokens;
use super::catalogue::Catalogue;
use super::foreign_orders::ForeignOrder;
use super::http::route::Operation;
use super::scene_settings::{ApiGeneration, AutoPayment, ErrorFormat, ServerErrors, Tampering, Throttling};
use super::validation_context::ValidationContext;

const VERSION: u64 = 2;

/// The default lifetime of a token, in seconds (`platform.md` 1).
const TOKEN_LIFETIME_S: u64 = 24 * 60 * 60;
/// The default time for which an access key is locked, in seconds (`platform.md` 3).
const ACCESS_KEY_LOCKOUT_S: u64 = 5 * 60;
/// The default time limit for the head of a request, in milliseconds.
const HEADER_TIMEOUT_MS: u64 = 10_000;
/// The default time limit for an idle connection, in milliseconds.
const IDLE_TIMEOUT_MS: u64 = 60_000;

/// A reason that a scene cannot be read.
#[derive(Debug, Error)]
pub enum SceneError {
    /// No built-in scene has this name.
    #[error("{}", tr!("there is no scene {name}; the scenes are {known}", name = format!("{name:?}"), known = known.join(", ")))]
    Unknown {
        /// The requested name.
        name: String,
        /// The names of the built-in scenes.
        known: Vec<&'static str>,
    },
    /// The text is not JSON, or has an unknown member or a value of the wrong type.
    #[error("{}", tr!("the scene file cannot be read: {why}", why = _0))]
    Unreadable(#[from] serde_json::Error),
    /// The text has no member `version`.
    #[error("{}", tr!("the scene file has no version; this program reads version {known} (see assets/scenes for the member names)", known = VERSION))]
    NoVersion,
    /// The text has an older version, whose members had other names.
    #[error("{}", tr!("the scene file has version {found}; this program reads version {known}, whose members have other names (see assets/scenes)", found, known = VERSION))]
    OldVersion {
        /// The version in the text.
        found: u64,
    },
    /// The text has a newer version than this program reads.
    #[error("{}", tr!("the scene file has version {found}; this program reads version {known} and no newer one", found, known = VERSION))]
    NewVersion {
        /// The version in the text.
        found: u64,
    },
    /// The status of `rejection` is not an HTTP error status.
    #[error("{}", tr!("the rejection in the scene file has status {found}; the status of an HTTP error is 400 to 599", found))]
    RejectionStatus {
        /// The status in the text.
        found: u16,
    },
}

/// The behaviour of the simulated cloud.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    version: u64,
    name: String,
    description: String,
    /// The delay of every response, in milliseconds.
    #[serde(default)]
    pub(super) response_delay_ms: u64,
    /// The error with which some operations are rejected.
    #[serde(default)]
    pub(super) rejection: Option<Rejection>,
    /// The response to an accepted purchase.
    #[serde(default)]
    pub(super) purchase_response: PurchaseResponse,
    /// The result of the automatic payment of an order.
    #[serde(default)]
    pub(super) auto_payment: AutoPayment,
    /// The orders that somebody else placed in the same project before the start.
    #[serde(default)]
    pub(super) foreign_orders: Vec<ForeignOrder>,
    /// The flavors, images, bandwidths and key pairs of the catalogue.
    #[serde(default)]
    catalogue: CatalogueContent,
    /// The least number of images in the catalogue; generated images make up the difference.
    #[serde(default)]
    min_image_count: usize,
    /// The largest number of shared bandwidths of a project; no limit if absent.
    #[serde(default)]
    shared_bandwidth_quota: Option<usize>,
    /// The time for which the lists do not yet show new servers and phones (eventual consistency), in milliseconds.
    #[serde(default)]
    pub(super) list_visibility_delay_ms: u64,
    /// The time that new servers and phones stay in each status, in milliseconds.
    #[serde(default)]
    pub(super) provisioning_ms: ProvisioningDurations,
    /// The tokens that are accepted.
    #[serde(default)]
    pub(super) accepted_tokens: AcceptedTokens,
    /// The time after which a token expires, in seconds.
    #[serde(default = "token_lifetime_s")]
    pub(super) token_lifetime_s: u64,
    /// The number of requests after which a token expires; no limit if absent.
    #[serde(default)]
    pub(super) token_max_uses: Option<u32>,
    /// The number of requests after which the security token of a temporary access key expires; no limit if absent.
    #[serde(default)]
    pub(super) security_token_max_uses: Option<u32>,
    /// The time for which an access key is locked after too many failed requests, in seconds.
    #[serde(default = "access_key_lockout_s")]
    pub(super) access_key_lockout_s: u64,
    /// The number of seconds by which the clock and the header `Date` are ahead of the machine's clock, or behind it if
    /// negative.
    #[serde(default)]
    pub(super) clock_offset_s: i64,
    /// The time limit for the head of a request, after which the connection is closed, in milliseconds.
    #[serde(default = "header_timeout_ms")]
    pub(super) header_timeout_ms: u64,
    /// The time limit for an idle connection after a response, after which it is closed, in milliseconds.
    #[serde(default = "idle_timeout_ms")]
    pub(super) idle_timeout_ms: u64,
    /// The year whose documents the responses follow. If absent, lists have the format of today, and the response to a
    /// purchase the documented one.
    #[serde(default)]
    pub(super) api_generation: Option<ApiGeneration>,
    /// The format of every error; if absent, each service has its own.
    #[serde(default)]
    pub(super) error_format: Option<ErrorFormat>,
    /// True if every error is sent with status 200.
    #[serde(default)]
    pub(super) errors_with_status_200: bool,
    /// The throttling of the first requests.
    #[serde(default)]
    pub(super) throttling: Option<Throttling>,
    /// The 5xx error that the first requests get.
    #[serde(default)]
    pub(super) server_errors: Option<ServerErrors>,
    /// The tampering with responses.
    #[serde(default)]
    pub(super) tampering: Option<Tampering>,
    /// The availability zones in which every server flavor is sold out.
    #[serde(default)]
    pub(super) sold_out_zones: Vec<String>,
}

fn token_lifetime_s() -> u64 {
    TOKEN_LIFETIME_S
}

fn access_key_lockout_s() -> u64 {
    ACCESS_KEY_LOCKOUT_S
}

fn header_timeout_ms() -> u64 {
    HEADER_TIMEOUT_MS
}

fn idle_timeout_ms() -> u64 {
    IDLE_TIMEOUT_MS
}

/// The rejection of some operations with one error.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rejection {
    pub(super) stage: RejectionStage,
    operations: Vec<Operation>,
    /// The HTTP status, 400 to 599.
    status: u16,
    code: String,
    message: String,
}

impl Rejection {
    /// Returns the error, if this operation is rejected at this stage.
    pub(super) fn at(&self, stage: RejectionStage, operation: Operation) -> Option<ApiError> {
        (self.stage == stage && self.operations.contains(&operation))
            .then(|| ApiError::new(self.status, &self.code, self.message.as_str()))
    }
}

/// The point at which a request is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RejectionStage {
    /// By the API gateway: after authentication, before the body is read.
    Gateway,
    /// By the service itself: a purchase after its body was found valid, any other operation before its parameters are
    /// checked.
    Service,
    /// After the order was placed, so the error falsely denies it. Applies to a purchase only.
    AfterOrder,
}

/// The response to an accepted purchase. Its order is placed in any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PurchaseResponse {
    /// The response is sent.
    #[default]
    Delivered,
    /// The first half of the JSON is sent as a complete response.
    TruncatedJson,
    /// The connection is reset before the response.
    ConnectionReset,
    /// The connection stays open, and nothing is sent.
    NoResponse,
    /// Error 500 is sent.
    InternalError,
}

/// The content of the catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CatalogueContent {
    /// The rows that the documents name.
    #[default]
    Documented,
    /// No rows.
    Empty,
}

/// The time that servers and phones stay in each status of their creation, in milliseconds (`cph.md` 15). The statuses
/// are those of the lists; the final status is 5 for a server, 2 for a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProvisioningDurations {
    pub(super) server_status_0: u64,
    pub(super) server_status_1: u64,
    pub(super) server_status_3: u64,
    pub(super) server_status_4: u64,
    /// Starts when the server of the phone enters status 5.
    pub(super) phone_status_1: u64,
}

impl Default for ProvisioningDurations {
    /// Returns durations of six seconds in all, where the real service takes 20 to 30 minutes.
    fn default() -> Self {
        Self {
            server_status_0: 1000,
            server_status_1: 1000,
            server_status_3: 1000,
            server_status_4: 1500,
            phone_status_1: 1500,
        }
    }
}

/// The version of a scene file alone, read first since other versions have other members.
#[derive(Deserialize)]
struct FileVersion {
    version: Option<u64>,
}

impl Scene {
    /// Parses the text of a scene file. Unknown members are errors.
    pub fn parse(text: &str) -> Result<Self, SceneError> {
        let FileVersion { version } = serde_json::from_str(text)?;
        match version {
            None => return Err(SceneError::NoVersion),
            Some(found) if found < VERSION => return Err(SceneError::OldVersion { found }),
            Some(found) if found > VERSION => return Err(SceneError::NewVersion { found }),
            Some(_) => {}
        }
        let scene: Self = serde_json::from_str(text)?;
        match &scene.rejection {
            Some(rejection) if !(400..=599).contains(&rejection.status) => {
                Err(SceneError::RejectionStatus { found: rejection.status })
            }
            Some(_) | None => Ok(scene),
        }
    }

    /// Returns the scene `normal` without parsing a file.
    pub fn normal() -> Self {
        Self {
            version: VERSION,
            name: "normal".to_owned(),
            description: "The service as it is documented.".to_owned(),
            response_delay_ms: 0,
            rejection: None,
            purchase_response: PurchaseResponse::Delivered,
            auto_payment: AutoPayment::Succeeds,
            foreign_orders: Vec::new(),
            catalogue: CatalogueContent::Documented,
            min_image_count: 0,
            shared_bandwidth_quota: None,
            list_visibility_delay_ms: 0,
            provisioning_ms: ProvisioningDurations::default(),
            accepted_tokens: AcceptedTokens::Any,
            token_lifetime_s: TOKEN_LIFETIME_S,
            token_max_uses: None,
            security_token_max_uses: None,
            access_key_lockout_s: ACCESS_KEY_LOCKOUT_S,
            clock_offset_s: 0,
            header_timeout_ms: HEADER_TIMEOUT_MS,
            idle_timeout_ms: IDLE_TIMEOUT_MS,
            api_generation: None,
            error_format: None,
            errors_with_status_200: false,
            throttling: None,
            server_errors: None,
            tampering: None,
            sold_out_zones: Vec::new(),
        }
    }

    /// Returns the name in the scene file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the sentence in the scene file that describes the scene.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Builds the state of a project at the start.
    pub(super) fn validation_context(&self) -> ValidationContext {
        let catalogue = match self.catalogue {
            CatalogueContent::Documented => Catalogue::documented(),
            CatalogueContent::Empty => Catalogue::empty(),
        };
        let mut validation_context = ValidationContext::with_catalogue(catalogue.with_images(self.min_image_count));
        if self.api_generation.is_some_and(ApiGeneration::has_renewal) {
            validation_context.allow_renewal_and_enterprise_project();
        }
        if let Some(quota) = self.shared_bandwidth_quota {
            validation_context.limit_shared_bandwidths(quota);
        }
        validation_context
    }
}

#[cfg(test)]
mod tests {
    use super::{Scene, SceneError};

    #[test]
    fn clients_have_ten_seconds_for_a_head_and_a_minute_between_two() {
        let scene = Scene::parse(r#"{"version":2,"name":"x","description":"y"}"#).expect("a scene");
        assert_eq!((scene.header_timeout_ms, scene.idle_timeout_ms), (10_000, 60_000));
    }

    #[test]
    fn invalid_scene_files_are_rejected() {
        let read = |rest: &str| Scene::parse(&format!(r#"{{"version":2,"name":"x","description":"y"{rest}}}"#));
        assert!(read("").is_ok());
        assert!(matches!(read(r#","speed":1"#), Err(SceneError::Unreadable(_))));
        assert!(matches!(read(r#","purchase_response":"explode""#), Err(SceneError::Unreadable(_))));
        assert!(matches!(read(r#","provisioning_ms":{"server_status_0":1}"#), Err(SceneError::Unreadable(_))));
        for status in [200, 399, 600] {
            let rejection = r#""stage":"gateway","operations":["purchase"],"code":"x","message":"y""#.to_owned();
            let scene = read(&format!(r#","rejection":{{"status":{status},{rejection}}}"#));
            assert!(matches!(scene, Err(SceneError::RejectionStatus { found }) if found == status), "{status}");
        }
    }

    #[test]
    fn the_version_is_checked_before_the_members() {
        assert!(matches!(Scene::parse(r#"{"version":1,"about":"y"}"#), Err(SceneError::OldVersion { found: 1 })));
        assert!(matches!(Scene::parse(r#"{"version":3,"more":"y"}"#), Err(SceneError::NewVersion { found: 3 })));
        assert!(matches!(Scene::parse(r#"{"about":"y"}"#), Err(SceneError::NoVersion)));
        for bad in ["", "[]", r#"{"version":"2"}"#, r#"{"version":2.0}"#, r#"{"version":-1}"#] {
            assert!(matches!(Scene::parse(bad), Err(SceneError::Unreadable(_))), "{bad}");
        }
    }
}
