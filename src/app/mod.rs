//! The pure core of the interactive program: messages in, effects and a changed model out. No
//! terminal, no network, no clock, no randomness; the time comes with the messages.

mod account;
mod calls;
mod clicks;
mod draft;
mod enabled;
mod exit;
mod form;
mod keys;
mod library;
mod load_error;
mod model;
mod msg;
mod order_search;
mod overlay_actions;
mod overlays;
mod page;
mod pages;
mod purchase;
mod screen_size;
mod setup;
mod start;
mod typing;
mod update;
mod wake;

pub use account::{
    Account, AccountIdentity, AccountLabel, AccountMode, IdentityState, ProfileDefaults, account_text, endpoint_text,
};
pub use calls::{BodyExcerpt, Call, CallResponse, Calls, MOST_CALLS};
pub use draft::changelog::{ChangeKind, ChangeLog, LogEntry};
pub use draft::history::History;
pub use draft::origin::AnswerOrigin;
pub use draft::past_orders::PastOrder;
pub use draft::saved::{Basis, BasisKind, DraftId, SavedDraft};
pub use draft::start_from::{StartFrom, StartSource};
pub use enabled::footer_bindings;
pub use exit::exit_code;
pub use form::list_state::{ListState, lists_needed_by};
pub use form::picker::Picker;
pub use form::ports_cursor::PortsCursor;
pub use form::preflight::{CheckResult, PreflightCheck, preflight};
pub use form::request::has_field;
pub use form::review::{ReviewRow, review_rows};
pub use form::state::{Form, RejectionNotice};
pub use form::status::{FieldStatus, StepStatus};
pub use keys::action::Action;
pub use keys::bindings::{DEFAULT_BINDINGS, DefaultBinding};
pub use keys::context::Context;
pub use keys::key::{Key, KeyCode};
pub use keys::keymap::{Binding, KeyChange, Keymap, KeymapError, action_name};
pub use keys::mouse::MouseCapture;
pub use library::{InvalidTemplateName, Library, LibraryContents, StoredDraft, Template, about, check_template_name};
pub use load_error::{LoadError, Millis};
pub use model::Model;
pub use msg::{ClickTarget, CopyError, Effect, Effects, ExportFile, Msg};
pub use overlays::Overlay;
pub use overlays::changelog::ChangelogView;
pub use overlays::export::{ExportRow, ExportView, export_rows};
pub use overlays::field_help::FieldHelp;
pub use overlays::inspector::{CallLine, InspectorView, LineKind, bytes, call_lines, curl, duration};
pub use overlays::introduction::Introduction;
pub use overlays::keys::{KEYS_WIDTH, KeyLine, KeysView, key_lines};
pub use overlays::library::{LibraryPage, LibraryPrompt, LibraryRow, library_rows};
pub use overlays::palette::{PaletteItem, PaletteTarget, PaletteView, match_rank};
pub use overlays::pasted_ports::PastedPorts;
pub use overlays::plain_text::{PlainTextView, plain_text_lines};
pub use overlays::request::RequestView;
pub use overlays::resume::ResumeOffer;
pub use overlays::screen::{OverlayScreen, Surroundings};
pub use overlays::unresolved::UnresolvedOrders;
pub use page::Page;
pub use purchase::confirm::{Challenge, Confirm, Waiting, required_words};
pub use purchase::journal::{JournalView, OrderJournal};
pub use purchase::order_progress::{OrderProgress, OrderStage, StageState, order_progress};
pub use purchase::order_search_text::{ReadIn, SearchLine, search_lines};
pub use purchase::order_warning::{Comparison, OrderWarning, order_warnings};
pub use purchase::outcome_kind::OutcomeKind;
pub use purchase::outcome_page::{ID_LABEL_WIDTH, PageRow, Tone, kind_is_good, outcome_page, status_text};
pub use purchase::outcome_text::outcome_text;
pub use purchase::possible_duplicate::PossibleDuplicate;
pub use purchase::receipt::receipt;
pub use purchase::result::{ResultPage, ServerPoll};
pub use purchase::sheet_layout::{SheetBorder, SheetLayout, SheetLine, SheetLineKind};
pub use purchase::unresolved_panel::unresolved_lines;
pub use screen_size::{COMPACT_BELOW, sheet_height};
pub use setup::choices::{
    AccountAccess, AccountChoice, CredentialsChoice, DetectedAccounts, DetectedCredentials, ProfileRow, Project,
    SecretText,
};
pub use setup::input_line::{InputLine, Masking};
pub use setup::state::{InputKind, Projects, Setup, SetupRow, SetupStage};
pub use update::update;

/// Types that messages and effects carry, for the code that turns them into calls.
pub use crate::catalogue::Resource;
pub use crate::form::Step;
pub use crate::order::{Body, Draft, FieldId, Order};
pub use crate::purchase::intents::StateName;
pub use crate::text::sanitize::brief;
