//! The pure core of the interactive program: messages in, effects and a changed model out. No
//! terminal, no network, no clock, no randomness; the time comes with the messages.

mod account;
mod act;
mod beginning;
mod bound;
mod buying;
mod cells;
mod changes;
mod comparing;
mod context;
mod editing;
mod exporting;
mod habits;
mod history;
mod inspector;
mod journal;
mod keeping;
mod kept;
mod key;
mod keymap;
mod lists;
mod marks;
mod model;
mod mouse;
mod moving;
mod msg;
mod palette;
mod picking;
mod plain;
mod ports;
mod preflight;
mod request;
mod result;
mod review;
mod setup;
mod shelf;
mod update;
mod works;

pub use account::{AccountLabel, Defaults, Known, Mode, Standing};
pub use beginning::{Begin, BeginWith};
pub use bound::{Bound, KeyChange, KeyFault, Keymap, action_name};
pub use buying::{Asked, Confirm, LEAST_TO_ORDER, SECOND, Waiting};
pub use cells::{padded, padded_left, shortened};
pub use changes::{Change, ChangeLog, How};
pub use comparing::{Differences, PastOrder};
pub use exporting::{ExportFile, ExportRow, Exporting, export_rows};
pub use history::History;
pub use inspector::{
    Call, CallAnswer, CallLine, Calls, Inspecting, Kept, LineKind, MOST_CALLS, bytes, call_lines, curl, duration,
};
pub use journal::{JournalView, duplicate_words, search_words, unresolved_words};
pub use kept::{Basis, BasisKind, DraftId, KeptDraft};
pub use key::{Key, KeyCode};
pub use keymap::{Action, BINDINGS, Binding, Context};
pub use lists::{ListState, needs};
pub use marks::{FieldState, StepMark};
pub use model::{Model, Origin, Overlay, Page};
pub use mouse::Mouse;
pub use msg::{Effect, Millis, Msg, NotCopied, ReadFailure, Target};
pub use palette::{Offer, Offered, fits};
pub use picking::Picker;
pub use plain::plain_lines;
pub use ports::PortsCursor;
pub use preflight::{Check, Finding, preflight};
pub use request::leads;
pub use result::{Follow, ResultPage, Verdict, exit_code, outcome_words, receipt};
pub use review::{ReviewRow, review_rows};
pub use setup::{
    Access, Choice, Entry, FoundRow, Given, Hidden, ProfileRow, Project, Projects, Setup, SetupRow, Sight, Stage,
    Survey, Typing,
};
pub use shelf::{
    Shelf, ShelfAsks, ShelfPage, ShelfRow, Shelved, ShelvedDraft, Template, about, check_template_name, shelf_rows,
};
pub use update::update;
pub use works::foot_bindings;

/// What messages and effects carry, for whoever turns them into calls.
pub use crate::catalogue::Resource;
pub use crate::form::Step;
pub use crate::order::text::brief;
pub use crate::order::{Body, Draft, FieldId, Order};
