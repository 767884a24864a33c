//! The pure core of the interactive program: messages in, effects and a changed model out. No
//! terminal, no network, no clock, no randomness; the time comes with the messages.

mod account;
mod actions;
mod draft;
mod enabled;
mod form;
mod keys;
mod model;
mod msg;
mod overlays;
mod purchase;
mod setup;
mod update;

pub use account::{AccountIdentity, AccountLabel, AccountMode, IdentityState, ProfileDefaults};
pub use draft::changelog::{ChangeKind, ChangeLog, LogEntry};
pub use draft::diff::{Differences, PastOrder};
pub use draft::saved::{Basis, BasisKind, DraftId, SavedDraft};
pub use draft::start::{StartFrom, StartSource};
pub use draft::undo::History;
pub use enabled::footer_bindings;
pub use form::lists::{ListState, lists_needed_by};
pub use form::picker::Picker;
pub use form::ports::PortsCursor;
pub use form::preflight::{CheckResult, PreflightCheck, preflight};
pub use form::request::has_field;
pub use form::review::{ReviewRow, review_rows};
pub use form::status::{FieldStatus, StepStatus};
pub use keys::action::Action;
pub use keys::bindings::{DEFAULT_BINDINGS, DefaultBinding};
pub use keys::context::Context;
pub use keys::key::{Key, KeyCode};
pub use keys::keymap::{Binding, KeyChange, Keymap, KeymapError, action_name};
pub use keys::mouse::MouseCapture;
pub use model::{AnswerOrigin, Model, Overlay, Page};
pub use msg::{ClickTarget, CopyError, Effect, LoadError, Millis, Msg};
pub use overlays::export::{ExportFile, ExportRow, ExportView, export_rows};
pub use overlays::inspector::{
    BodyExcerpt, Call, CallLine, CallResponse, Calls, InspectorView, LineKind, MOST_CALLS, bytes, call_lines, curl,
    duration,
};
pub use overlays::library::{
    InvalidTemplateName, Library, LibraryContents, LibraryPage, LibraryPrompt, LibraryRow, StoredDraft, Template,
    about, check_template_name, library_rows,
};
pub use overlays::palette::{PaletteItem, PaletteTarget, match_rank};
pub use overlays::plain_text::plain_text_lines;
pub use purchase::confirm::{Challenge, Confirm, MIN_SIZE_TO_ORDER, SECOND_ORDER_WORD, Waiting};
pub use purchase::receipt::receipt;
pub use purchase::result::{OutcomeKind, ResultPage, ServerPoll, exit_code, outcome_text};
pub use purchase::unresolved::{JournalView, duplicate_sentence, search_lines, unresolved_lines};
pub use setup::{
    AccountAccess, AccountChoice, CredentialsChoice, DetectedAccounts, DetectedCredentials, InputKind, InputLine,
    Masking, ProfileRow, Project, Projects, SecretText, Setup, SetupRow, SetupStage,
};
pub use update::update;

/// What messages and effects carry, for whoever turns them into calls.
pub use crate::catalogue::Resource;
pub use crate::form::Step;
pub use crate::order::{Body, Draft, FieldId, Order};
pub use crate::text::sanitize::brief;
