//! A scene: how the simulated cloud behaves, read from a data file of `assets/scenes`.
//! Everything that deviates from the documented behaviour is said in such a file, never decided in code.

use serde::Deserialize;
use thiserror::Error;

use crate::i18n::tr;

use super::api_error::ApiError;
use super::auth::tokens::Tokens;
use super::catalogue::Catalogue;
use super::foreign_orders::ForeignOrder;
use super::http::route::Call;
use super::scene_settings::{ErrorShape, Generation, Hostile, Payment, Throttle, Trouble};
use super::validation_context::ValidationContext;

const VERSION: u32 = 1;

/// How long a token lives, in seconds, and an access key is locked (`platform.md` 1 and 3).
const TOKEN_LIFE: u64 = 24 * 60 * 60;
const KEY_LOCK: u64 = 5 * 60;
/// How long a client may take with the head of a request, and leave a connection idle, in milliseconds.
const HEAD_TIMEOUT: u64 = 10_000;
const IDLE_TIMEOUT: u64 = 60_000;

/// Why there is no such scene.
#[derive(Debug, Error)]
pub enum SceneError {
    /// No scene has this name.
    #[error("{}", tr!("there is no scene {name}; the scenes are {known}", name = format!("{name:?}"), known = known.join(", ")))]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        known: Vec<&'static str>,
    },
    /// The text of a scene cannot be read.
    #[error("{}", tr!("the scene cannot be read: {why}", why = _0))]
    Unreadable(#[from] serde_json::Error),
    /// The scene was written for another version of this program.
    #[error("{}", tr!("the scene has version {found}, this program reads version {known}", found, known = VERSION))]
    Version {
        /// The version in the text.
        found: u32,
    },
    /// The scene refuses with something that is no HTTP error status.
    #[error("{}", tr!("the scene refuses with status {found}, which is no HTTP error", found))]
    Status {
        /// The status in the text.
        found: u16,
    },
}

/// How the simulated cloud behaves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    version: u32,
    name: String,
    about: String,
    #[serde(default)]
    pub(super) answer_delay_ms: u64,
    #[serde(default)]
    pub(super) refusal: Option<SceneRefusal>,
    #[serde(default)]
    pub(super) after_order: AfterOrder,
    #[serde(default)]
    pub(super) payment: Payment,
    /// Orders of somebody else that are there from the start.
    #[serde(default)]
    pub(super) foreign_orders: Vec<ForeignOrder>,
    #[serde(default)]
    catalogue: CatalogueKind,
    /// Images are generated until there are this many.
    #[serde(default)]
    images: usize,
    #[serde(default)]
    single_shared_bandwidth: bool,
    /// How long a new server stays away from the lists.
    #[serde(default)]
    pub(super) list_delay_ms: u64,
    #[serde(default)]
    pub(super) build_ms: Build,
    /// Whether tokens have to be those of this simulator's IAM.
    #[serde(default)]
    pub(super) tokens: Tokens,
    /// How long a token is good, in seconds.
    #[serde(default = "token_life")]
    pub(super) token_life_s: u64,
    /// After how many calls a token is expired; without it, time alone counts.
    #[serde(default)]
    pub(super) token_calls: Option<u32>,
    /// After how many calls the security token of a temporary key is expired; without it, never.
    #[serde(default)]
    pub(super) security_token_calls: Option<u32>,
    /// How long an access key is locked after too many failures, in seconds.
    #[serde(default = "key_lock")]
    pub(super) key_lock_s: u64,
    /// By how many seconds the clock is ahead of the machine's; the header `Date` tells it.
    #[serde(default)]
    pub(super) clock_offset_s: i64,
    /// How long the head of a request may take before its connection is closed.
    #[serde(default = "head_timeout")]
    pub(super) head_timeout_ms: u64,
    /// How long a connection may stay idle after an answer before it is closed.
    #[serde(default = "idle_timeout")]
    pub(super) idle_timeout_ms: u64,
    #[serde(default)]
    pub(super) generation: Option<Generation>,
    #[serde(default)]
    pub(super) error_shape: Option<ErrorShape>,
    /// Whether refusals come with status 200.
    #[serde(default)]
    pub(super) error_in_success: bool,
    #[serde(default)]
    pub(super) throttle: Option<Throttle>,
    #[serde(default)]
    pub(super) trouble: Option<Trouble>,
    #[serde(default)]
    pub(super) hostile: Option<Hostile>,
    /// The zones in which every server flavor is sold out.
    #[serde(default)]
    pub(super) sold_out_zones: Vec<String>,
}

fn token_life() -> u64 {
    TOKEN_LIFE
}

fn key_lock() -> u64 {
    KEY_LOCK
}

fn head_timeout() -> u64 {
    HEAD_TIMEOUT
}

fn idle_timeout() -> u64 {
    IDLE_TIMEOUT
}

/// A refusal that a scene imposes on some calls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SceneRefusal {
    pub(super) stage: Stage,
    calls: Vec<Call>,
    status: u16,
    code: String,
    message: String,
}

impl SceneRefusal {
    pub(super) fn at(&self, stage: Stage, call: Call) -> Option<ApiError> {
        (self.stage == stage && self.calls.contains(&call))
            .then(|| ApiError::new(self.status, &self.code, self.message.as_str()))
    }
}

/// When a scene's refusal is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stage {
    /// Before the request is looked at.
    #[serde(rename = "door")]
    Gateway,
    /// After the request was found to be valid.
    Stock,
    /// After the order was placed: a rejection that is not true. Only a purchase can have it.
    Placed,
}

/// What becomes of the answer to a purchase that was accepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AfterOrder {
    /// It arrives.
    #[default]
    Answer,
    /// Half of its JSON arrives.
    BrokenJson,
    /// The connection is reset.
    Reset,
    /// Nothing ever arrives.
    Silence,
    /// An internal error arrives in its place.
    Error,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CatalogueKind {
    #[default]
    Documented,
    Empty,
}

/// How long servers and phones stay in each state of their making, in milliseconds (`cph.md` 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Build {
    pub(super) server_0: u64,
    pub(super) server_1: u64,
    pub(super) server_3: u64,
    pub(super) server_4: u64,
    pub(super) phone_1: u64,
}

impl Default for Build {
    /// About six seconds in all, where the real service takes 20 to 30 minutes.
    fn default() -> Self {
        Self { server_0: 1000, server_1: 1000, server_3: 1000, server_4: 1500, phone_1: 1500 }
    }
}

impl Scene {
    /// Reads a scene from the text of a scene file; unknown keys are errors.
    pub fn parse(text: &str) -> Result<Self, SceneError> {
        let scene: Self = serde_json::from_str(text)?;
        if scene.version != VERSION {
            return Err(SceneError::Version { found: scene.version });
        }
        match &scene.refusal {
            Some(refusal) if !(400..=599).contains(&refusal.status) => {
                Err(SceneError::Status { found: refusal.status })
            }
            Some(_) | None => Ok(scene),
        }
    }

    /// The ordinary scene, without reading any file.
    pub fn normal() -> Self {
        Self {
            version: VERSION,
            name: "normal".to_owned(),
            about: "The service as it is documented.".to_owned(),
            answer_delay_ms: 0,
            refusal: None,
            after_order: AfterOrder::Answer,
            payment: Payment::Succeeds,
            foreign_orders: Vec::new(),
            catalogue: CatalogueKind::Documented,
            images: 0,
            single_shared_bandwidth: false,
            list_delay_ms: 0,
            build_ms: Build::default(),
            tokens: Tokens::Any,
            token_life_s: TOKEN_LIFE,
            token_calls: None,
            security_token_calls: None,
            key_lock_s: KEY_LOCK,
            clock_offset_s: 0,
            head_timeout_ms: HEAD_TIMEOUT,
            idle_timeout_ms: IDLE_TIMEOUT,
            generation: None,
            error_shape: None,
            error_in_success: false,
            throttle: None,
            trouble: None,
            hostile: None,
            sold_out_zones: Vec::new(),
        }
    }

    /// The name the scene gives itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One sentence on what happens in it.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// The world in which a project starts.
    pub(super) fn validation_context(&self) -> ValidationContext {
        let catalogue = match self.catalogue {
            CatalogueKind::Documented => Catalogue::documented(),
            CatalogueKind::Empty => Catalogue::empty(),
        };
        let mut validation_context = ValidationContext::with_catalogue(catalogue.with_images(self.images));
        if self.generation.is_some_and(Generation::has_renewal) {
            validation_context.allow_renewal_and_enterprise_project();
        }
        if self.single_shared_bandwidth {
            validation_context.allow_a_single_shared_bandwidth();
        }
        validation_context
    }
}

#[cfg(test)]
mod tests {
    use super::{Scene, SceneError};

    #[test]
    fn clients_have_ten_seconds_for_a_head_and_a_minute_between_two() {
        let scene = Scene::parse(r#"{"version":1,"name":"x","about":"y"}"#).expect("a scene");
        assert_eq!((scene.head_timeout_ms, scene.idle_timeout_ms), (10_000, 60_000));
    }

    #[test]
    fn what_a_scene_file_must_not_say_is_refused() {
        let read = |rest: &str| Scene::parse(&format!(r#"{{"version":1,"name":"x","about":"y"{rest}}}"#));
        assert!(read("").is_ok());
        assert!(matches!(read(r#","speed":1"#), Err(SceneError::Unreadable(_))));
        assert!(matches!(read(r#","after_order":"explode""#), Err(SceneError::Unreadable(_))));
        assert!(matches!(read(r#","build_ms":{"server_0":1}"#), Err(SceneError::Unreadable(_))));
        let refusal = r#","refusal":{"stage":"door","calls":["purchase"],"status":200,"code":"x","message":"y"}"#;
        assert!(matches!(read(refusal), Err(SceneError::Status { found: 200 })));
        assert!(matches!(
            Scene::parse(r#"{"version":2,"name":"x","about":"y"}"#),
            Err(SceneError::Version { found: 2 })
        ));
    }
}
