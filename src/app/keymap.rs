//! What every key means where: one table, from which the line at the bottom, the page of all keys
//! and the meaning of a key press are made.

use crate::form::Edit;
use crate::words::phrase;

use super::key::{Key, KeyCode};

/// Where the keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    Picker,
    Text,
    Stepper,
    Radio,
    Switch,
    PortNew,
    PortText,
    PortReach,
    Review,
    Confirm,
    ConfirmWord,
    Waiting,
    Result,
    Keys,
    FieldHelp,
    Goto,
    PastedPorts,
    Resume,
    Unresolved,
    Request,
    SetupList,
    SetupText,
    /// The list of calls.
    Inspector,
    /// One call.
    Call,
    /// The number cell of a port.
    PortNumber,
    /// The log of changes.
    Changes,
    Introduction,
    Shelf,
    ShelfName,
    /// Lines for selecting with the mouse.
    Plain,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Accept,
    NextField,
    PreviousField,
    Back,
    NextStep,
    PreviousStep,
    Goto,
    FieldHelp,
    Keys,
    KeepDraft,
    Request,
    Copy,
    Repaint,
    Suspend,
    Leave,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Refresh,
    Unfitting,
    Toggle,
    DeleteRow,
    RowUp,
    RowDown,
    Edit(Edit),
    PlaceOrder,
    /// Asks who orders, once more.
    Accounts,
    Close,
    NewOrder,
    /// Shows the calls of this run.
    Inspect,
    CopyCall,
    Undo,
    Redo,
    /// The log of changes.
    Changes,
    /// Gives the mouse to the terminal, or takes it back.
    Mouse,
    /// What was shown on the first start.
    Introduction,
    /// The next free port above.
    PortMore,
    /// The next free port below.
    PortLess,
    /// Lists drafts, templates and orders to begin with.
    Shelf,
    SaveTemplate,
    Remove,
    /// Sorts the list by its next column.
    Sort,
    /// Shows lines for selecting with the mouse.
    Plain,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub keys: &'static [Key],
    pub action: Action,
    pub contexts: &'static [Context],
    pub words: &'static str,
    /// Stands in the line at the bottom while it works.
    pub foot: bool,
}

use Context as C;
const FIELD: &[C] =
    &[C::Picker, C::Text, C::Stepper, C::Radio, C::Switch, C::PortNew, C::PortText, C::PortReach, C::PortNumber];
const FORM: &[C] = &[
    C::Picker,
    C::Text,
    C::Stepper,
    C::Radio,
    C::Switch,
    C::PortNew,
    C::PortText,
    C::PortReach,
    C::Review,
    C::PortNumber,
];
const PAGES: &[C] = &[
    C::Picker,
    C::Text,
    C::Stepper,
    C::Radio,
    C::Switch,
    C::PortNew,
    C::PortText,
    C::PortReach,
    C::Review,
    C::Result,
    C::PortNumber,
    C::Waiting,
];
pub(super) const ALL: &[C] = &[
    C::Picker,
    C::Text,
    C::Stepper,
    C::Radio,
    C::Switch,
    C::PortNew,
    C::PortText,
    C::PortReach,
    C::Review,
    C::Confirm,
    C::ConfirmWord,
    C::Waiting,
    C::Result,
    C::Keys,
    C::FieldHelp,
    C::Goto,
    C::PastedPorts,
    C::Resume,
    C::Unresolved,
    C::Request,
    C::SetupList,
    C::SetupText,
    C::Inspector,
    C::Call,
    C::PortNumber,
    C::Changes,
    C::Introduction,
    C::Shelf,
    C::ShelfName,
    C::Plain,
];
const LISTS: &[C] = &[
    C::Picker,
    C::Review,
    C::Keys,
    C::Request,
    C::Goto,
    C::SetupList,
    C::Inspector,
    C::Call,
    C::Changes,
    C::Shelf,
    C::Plain,
];
const PAGED: &[C] = &[
    C::Picker,
    C::Review,
    C::Keys,
    C::Request,
    C::Goto,
    C::PortNew,
    C::PortText,
    C::PortReach,
    C::SetupList,
    C::Inspector,
    C::Call,
    C::Shelf,
    C::Plain,
];
/// The cells of a port that is there.
const CELLS: &[C] = &[C::PortText, C::PortReach, C::PortNumber];
const TEXTS: &[C] = &[C::Text, C::PortText, C::ConfirmWord, C::SetupText, C::PortNumber];
/// Texts that grow and shrink at their end.
const TYPED: &[C] = &[
    C::Text,
    C::PortText,
    C::ConfirmWord,
    C::SetupText,
    C::Stepper,
    C::Picker,
    C::Goto,
    C::SetupList,
    C::PortNumber,
    C::ShelfName,
];
const ASKS_HELP: &[C] =
    &[C::Picker, C::Stepper, C::Radio, C::Switch, C::PortNew, C::PortReach, C::Review, C::Result, C::PortNumber];

/// Pages from which the calls can be looked at.
const INSPECTED: &[C] = &[
    C::Picker,
    C::Text,
    C::Stepper,
    C::Radio,
    C::Switch,
    C::PortNew,
    C::PortText,
    C::PortReach,
    C::Review,
    C::Result,
    C::SetupList,
    C::SetupText,
    C::PortNumber,
];

const fn plain(code: KeyCode) -> Key {
    Key::plain(code)
}

const fn row(keys: &'static [Key], action: Action, contexts: &'static [C], words: &'static str) -> Binding {
    Binding { keys, action, contexts, words, foot: false }
}

const fn foot(keys: &'static [Key], action: Action, contexts: &'static [C], words: &'static str) -> Binding {
    Binding { keys, action, contexts, words, foot: true }
}

/// All keys. The first row that fits a key and a context counts.
pub static BINDINGS: &[Binding] = &[
    foot(&[Key::ctrl('o')], Action::PlaceOrder, &[C::Confirm, C::ConfirmWord], "places the order"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Picker], "choose"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Text, C::Stepper, C::Radio, C::Switch, C::PortNew], "go on"),
    foot(&[plain(KeyCode::Enter)], Action::NextField, CELLS, "next cell"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Review], "open"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::PastedPorts], "take these rows"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Resume], "continue it"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Goto], "go there"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Request], "to the field"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::SetupList], "take it"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::SetupText], "go on"),
    foot(&[plain(KeyCode::Esc)], Action::Back, &[C::SetupList, C::SetupText], "back"),
    row(&[plain(KeyCode::Tab), plain(KeyCode::Down)], Action::Down, &[C::SetupText], "line below"),
    row(&[plain(KeyCode::BackTab), plain(KeyCode::Up)], Action::Up, &[C::SetupText], "line above"),
    foot(&[plain(KeyCode::F(5))], Action::Refresh, &[C::SetupList], "look again"),
    foot(&[plain(KeyCode::Enter), plain(KeyCode::Esc)], Action::Accept, &[C::Result], "back to the form"),
    foot(
        &[plain(KeyCode::Esc), plain(KeyCode::Enter)],
        Action::Close,
        &[C::Keys, C::FieldHelp, C::Unresolved, C::Changes, C::Plain],
        "close",
    ),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Confirm, C::ConfirmWord], "back, nothing is ordered"),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::PastedPorts], "drop them"),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Resume], "start anew"),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Goto, C::Request], "close"),
    foot(&[Key::char(' ')], Action::Toggle, &[C::Switch, C::PortReach], "switch"),
    foot(&[plain(KeyCode::Up), plain(KeyCode::Right), Key::char('+')], Action::Up, &[C::Stepper], "more"),
    foot(&[plain(KeyCode::Down), plain(KeyCode::Left), Key::char('-')], Action::Down, &[C::Stepper], "less"),
    foot(&[Key::char('+')], Action::PortMore, &[C::PortNumber], "next free"),
    row(&[Key::char('-')], Action::PortLess, &[C::PortNumber], "free below"),
    row(&[plain(KeyCode::Left), plain(KeyCode::Right)], Action::Toggle, &[C::Switch, C::PortReach], "switch"),
    row(&[plain(KeyCode::Up), plain(KeyCode::Left)], Action::Up, &[C::Radio], "choice above"),
    row(&[plain(KeyCode::Down), plain(KeyCode::Right)], Action::Down, &[C::Radio], "choice below"),
    row(&[plain(KeyCode::Up)], Action::Up, LISTS, "row above"),
    row(&[plain(KeyCode::Down)], Action::Down, LISTS, "row below"),
    row(&[plain(KeyCode::Up)], Action::Up, &[C::PortNew, C::PortText, C::PortReach, C::PortNumber], "row above"),
    row(&[plain(KeyCode::Down)], Action::Down, &[C::PortNew, C::PortText, C::PortReach, C::PortNumber], "row below"),
    row(&[plain(KeyCode::Up)], Action::PreviousField, &[C::Text, C::Switch], "field above"),
    row(&[plain(KeyCode::Down)], Action::NextField, &[C::Text, C::Switch], "field below"),
    foot(&[plain(KeyCode::Down)], Action::Down, &[C::Result], "next id"),
    row(&[plain(KeyCode::Up)], Action::Up, &[C::Result], "previous id"),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, PAGED, "page up"),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, PAGED, "page down"),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, &[C::Stepper], "10 more"),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, &[C::Stepper], "10 less"),
    row(&[plain(KeyCode::Home)], Action::First, LISTS, "first row"),
    row(&[plain(KeyCode::End)], Action::Last, LISTS, "last row"),
    foot(&[plain(KeyCode::Tab)], Action::NextField, FIELD, "next"),
    row(&[plain(KeyCode::BackTab)], Action::PreviousField, FIELD, "previous field"),
    row(&[plain(KeyCode::Tab)], Action::Down, &[C::Review, C::Goto], "row below"),
    row(&[plain(KeyCode::BackTab)], Action::Up, &[C::Review, C::Goto], "row above"),
    foot(&[plain(KeyCode::F(6))], Action::Unfitting, &[C::Picker], "show all"),
    foot(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Picker], "read again"),
    foot(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Text], "read the servers again"),
    foot(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Result], "look again"),
    row(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Review], "read all lists again"),
    foot(&[plain(KeyCode::F(8)), Key::ctrl('x')], Action::DeleteRow, CELLS, "delete row"),
    foot(&[Key::alt(KeyCode::Up), Key::ctrl('t')], Action::RowUp, CELLS, "move row up"),
    row(&[Key::alt(KeyCode::Down)], Action::RowDown, CELLS, "move row down"),
    foot(&[plain(KeyCode::Esc)], Action::Back, FORM, "back"),
    foot(&[plain(KeyCode::F(3)), Key::ctrl('_')], Action::Undo, FORM, "undo"),
    foot(&[Key::ctrl('t')], Action::Sort, &[C::Picker], "sort"),
    foot(&[Key::ctrl('y')], Action::Copy, &[C::Result], "copy"),
    row(&[Key::ctrl('y')], Action::Copy, FORM, "copy the request"),
    foot(&[Key::char('n')], Action::NewOrder, &[C::Result], "new order"),
    foot(&[Key::ctrl('n')], Action::NextStep, FORM, "next step"),
    row(&[Key::ctrl('p')], Action::PreviousStep, FORM, "previous step"),
    foot(&[Key::ctrl('g')], Action::Goto, FORM, "go to"),
    foot(&[Key::ctrl('r')], Action::Request, FORM, "request"),
    row(&[Key::ctrl('r')], Action::Close, &[C::Request], "close"),
    foot(&[plain(KeyCode::F(1))], Action::FieldHelp, FIELD, "help"),
    row(&[plain(KeyCode::F(1))], Action::Keys, &[C::Review, C::Result], "all keys"),
    foot(&[Key::char('?')], Action::Keys, ASKS_HELP, "keys"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Inspector], "show it"),
    foot(&[Key::char('y'), Key::ctrl('y')], Action::CopyCall, &[C::Inspector, C::Call], "copy as curl"),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Call], "to the list"),
    foot(&[plain(KeyCode::Esc), plain(KeyCode::F(7))], Action::Close, &[C::Inspector], "close"),
    row(&[plain(KeyCode::F(7))], Action::Inspect, INSPECTED, "calls of this run"),
    row(&[plain(KeyCode::F(2))], Action::Shelf, FORM, "drafts, templates, last order"),
    foot(&[plain(KeyCode::F(2))], Action::Shelf, &[C::Resume], "others"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Shelf], "begin with it"),
    foot(&[Key::char('s')], Action::SaveTemplate, &[C::Shelf], "save as template"),
    foot(&[plain(KeyCode::F(8)), plain(KeyCode::Delete)], Action::Remove, &[C::Shelf], "remove"),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::ShelfName], "save it"),
    foot(&[plain(KeyCode::Esc), plain(KeyCode::F(2))], Action::Close, &[C::Shelf], "close"),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::ShelfName], "back"),
    row(&[plain(KeyCode::F(9))], Action::Accounts, FORM, "another account"),
    row(&[Key::ctrl('s')], Action::KeepDraft, FORM, "keep the draft"),
    row(&[Key::ctrl('l')], Action::Repaint, ALL, "paint the screen again"),
    row(&[Key::ctrl('z')], Action::Suspend, ALL, "suspend"),
    foot(&[Key::ctrl('c')], Action::Leave, ALL, "leave"),
    row(&[plain(KeyCode::Left)], Action::Edit(Edit::Left), TEXTS, "character left"),
    row(&[plain(KeyCode::Right)], Action::Edit(Edit::Right), TEXTS, "character right"),
    row(&[plain(KeyCode::Home), Key::ctrl('a')], Action::Edit(Edit::Start), TEXTS, "start of line"),
    row(&[plain(KeyCode::End), Key::ctrl('e')], Action::Edit(Edit::End), TEXTS, "end of line"),
    row(&[Key::alt(KeyCode::Char('b'))], Action::Edit(Edit::WordLeft), TEXTS, "word left"),
    row(&[Key::alt(KeyCode::Char('f'))], Action::Edit(Edit::WordRight), TEXTS, "word right"),
    row(&[plain(KeyCode::Backspace), Key::ctrl('h')], Action::Edit(Edit::DeleteBack), TYPED, "delete to the left"),
    row(&[plain(KeyCode::Delete)], Action::Edit(Edit::DeleteForward), TEXTS, "delete to the right"),
    row(&[Key::ctrl('w')], Action::Edit(Edit::DeleteWordBack), TYPED, "delete a word"),
    row(&[Key::ctrl('u')], Action::Edit(Edit::DeleteLine), TYPED, "delete the line"),
    row(&[Key::ctrl('k')], Action::Edit(Edit::DeleteToEnd), TEXTS, "delete to the end"),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, &[C::Changes], "page up"),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, &[C::Changes], "page down"),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, &[C::PortNumber], "100 more"),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, &[C::PortNumber], "100 less"),
    foot(&[plain(KeyCode::F(4))], Action::Redo, FORM, "redo"),
    row(&[Key::alt(KeyCode::Char('u'))], Action::Changes, FORM, "what was changed"),
    row(&[Key::alt(KeyCode::Char('u'))], Action::Close, &[C::Changes], "close"),
    row(&[Key::alt(KeyCode::Char('m'))], Action::Mouse, ALL, "mouse to the terminal, and back"),
    row(&[Key::alt(KeyCode::Char('p'))], Action::Plain, PAGES, phrase!("plain lines, for selecting")),
    row(&[Key::alt(KeyCode::Char('p'))], Action::Close, &[C::Plain], "close"),
    row(&[Key::alt(KeyCode::Char('i'))], Action::Introduction, FORM, "introduction"),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Introduction], "close"),
];
