//! What every key means where: one table, from which the line at the bottom, the page of all keys
//! and the meaning of a key press are made.

mod groups;

use crate::form::Edit;
use crate::words::phrase;

pub(super) use groups::ALL;
use groups::{ASKS_HELP, CELLS, FIELD, FORM, INSPECTED, LISTS, PAGED, PAGES, TEXTS, TYPED};

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
    /// The order as a text for another tool.
    Export,
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
    /// Shows the order as a text for another tool.
    Export,
    NextForm,
    PreviousForm,
    CopyExport,
    WriteExport,
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

const fn plain(code: KeyCode) -> Key {
    Key::plain(code)
}

const fn row(keys: &'static [Key], action: Action, contexts: &'static [C], words: &'static str) -> Binding {
    Binding { keys, action, contexts, words, foot: false }
}

const fn foot(keys: &'static [Key], action: Action, contexts: &'static [C], words: &'static str) -> Binding {
    Binding { keys, action, contexts, words, foot: true }
}

/// Opens and closes the exported text.
const EXPORT: Key = Key::alt(KeyCode::Char('e'));

/// All keys. The first row that fits a key and a context counts.
pub static BINDINGS: &[Binding] = &[
    foot(&[Key::ctrl('o')], Action::PlaceOrder, &[C::Confirm, C::ConfirmWord], phrase!("places the order")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Picker], phrase!("choose")),
    foot(
        &[plain(KeyCode::Enter)],
        Action::Accept,
        &[C::Text, C::Stepper, C::Radio, C::Switch, C::PortNew],
        phrase!("go on"),
    ),
    foot(&[plain(KeyCode::Enter)], Action::NextField, CELLS, phrase!("next cell")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Review], phrase!("open")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::PastedPorts], phrase!("take these rows")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Resume], phrase!("continue it")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Goto], phrase!("go there")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Request], phrase!("to the field")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::SetupList], phrase!("take it")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::SetupText], phrase!("go on")),
    foot(&[plain(KeyCode::Esc)], Action::Back, &[C::SetupList, C::SetupText], phrase!("back")),
    row(&[plain(KeyCode::Tab), plain(KeyCode::Down)], Action::Down, &[C::SetupText], phrase!("line below")),
    row(&[plain(KeyCode::BackTab), plain(KeyCode::Up)], Action::Up, &[C::SetupText], phrase!("line above")),
    foot(&[plain(KeyCode::F(5))], Action::Refresh, &[C::SetupList], phrase!("look again")),
    foot(&[plain(KeyCode::Enter), plain(KeyCode::Esc)], Action::Accept, &[C::Result], phrase!("back to the form")),
    foot(
        &[plain(KeyCode::Esc), plain(KeyCode::Enter)],
        Action::Close,
        &[C::Keys, C::FieldHelp, C::Unresolved, C::Changes, C::Plain],
        phrase!("close"),
    ),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Confirm, C::ConfirmWord], phrase!("back, nothing is ordered")),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::PastedPorts], phrase!("drop them")),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Resume], phrase!("start anew")),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Goto, C::Request], phrase!("close")),
    foot(&[Key::char(' ')], Action::Toggle, &[C::Switch, C::PortReach], phrase!("switch")),
    foot(&[plain(KeyCode::Up), plain(KeyCode::Right), Key::char('+')], Action::Up, &[C::Stepper], phrase!("more")),
    foot(&[plain(KeyCode::Down), plain(KeyCode::Left), Key::char('-')], Action::Down, &[C::Stepper], phrase!("less")),
    foot(&[Key::char('+')], Action::PortMore, &[C::PortNumber], phrase!("next free")),
    row(&[Key::char('-')], Action::PortLess, &[C::PortNumber], phrase!("free below")),
    row(&[plain(KeyCode::Left), plain(KeyCode::Right)], Action::Toggle, &[C::Switch, C::PortReach], phrase!("switch")),
    row(&[plain(KeyCode::Up), plain(KeyCode::Left)], Action::Up, &[C::Radio], phrase!("choice above")),
    row(&[plain(KeyCode::Down), plain(KeyCode::Right)], Action::Down, &[C::Radio], phrase!("choice below")),
    row(&[plain(KeyCode::Up)], Action::Up, LISTS, phrase!("row above")),
    row(&[plain(KeyCode::Down)], Action::Down, LISTS, phrase!("row below")),
    row(
        &[plain(KeyCode::Up)],
        Action::Up,
        &[C::PortNew, C::PortText, C::PortReach, C::PortNumber],
        phrase!("row above"),
    ),
    row(
        &[plain(KeyCode::Down)],
        Action::Down,
        &[C::PortNew, C::PortText, C::PortReach, C::PortNumber],
        phrase!("row below"),
    ),
    row(&[plain(KeyCode::Up)], Action::PreviousField, &[C::Text, C::Switch], phrase!("field above")),
    row(&[plain(KeyCode::Down)], Action::NextField, &[C::Text, C::Switch], phrase!("field below")),
    foot(&[plain(KeyCode::Down)], Action::Down, &[C::Result], phrase!("next id")),
    row(&[plain(KeyCode::Up)], Action::Up, &[C::Result], phrase!("previous id")),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, PAGED, phrase!("page up")),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, PAGED, phrase!("page down")),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, &[C::Stepper], phrase!("10 more")),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, &[C::Stepper], phrase!("10 less")),
    row(&[plain(KeyCode::Home)], Action::First, LISTS, phrase!("first row")),
    row(&[plain(KeyCode::End)], Action::Last, LISTS, phrase!("last row")),
    foot(&[plain(KeyCode::Tab)], Action::NextField, FIELD, phrase!("next")),
    row(&[plain(KeyCode::BackTab)], Action::PreviousField, FIELD, phrase!("previous field")),
    row(&[plain(KeyCode::Tab)], Action::Down, &[C::Review, C::Goto], phrase!("row below")),
    row(&[plain(KeyCode::BackTab)], Action::Up, &[C::Review, C::Goto], phrase!("row above")),
    foot(&[plain(KeyCode::F(6))], Action::Unfitting, &[C::Picker], phrase!("show all")),
    foot(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Picker], phrase!("read again")),
    foot(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Text], phrase!("read the servers again")),
    foot(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Result], phrase!("look again")),
    row(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Review], phrase!("read all lists again")),
    foot(&[plain(KeyCode::F(8)), Key::ctrl('x')], Action::DeleteRow, CELLS, phrase!("delete row")),
    foot(&[Key::alt(KeyCode::Up), Key::ctrl('t')], Action::RowUp, CELLS, phrase!("move row up")),
    row(&[Key::alt(KeyCode::Down)], Action::RowDown, CELLS, phrase!("move row down")),
    foot(&[plain(KeyCode::Esc)], Action::Back, FORM, phrase!("back")),
    foot(&[plain(KeyCode::F(3)), Key::ctrl('_')], Action::Undo, FORM, phrase!("undo")),
    foot(&[Key::ctrl('t')], Action::Sort, &[C::Picker], phrase!("sort")),
    foot(&[Key::ctrl('y')], Action::Copy, &[C::Result], phrase!("copy")),
    row(&[Key::ctrl('y')], Action::Copy, FORM, phrase!("copy the request")),
    foot(&[Key::char('n')], Action::NewOrder, &[C::Result], phrase!("new order")),
    foot(&[Key::ctrl('n')], Action::NextStep, FORM, phrase!("next step")),
    row(&[Key::ctrl('p')], Action::PreviousStep, FORM, phrase!("previous step")),
    foot(&[Key::ctrl('g')], Action::Goto, FORM, phrase!("go to")),
    foot(&[Key::ctrl('r')], Action::Request, FORM, phrase!("request")),
    row(&[Key::ctrl('r')], Action::Close, &[C::Request], phrase!("close")),
    foot(&[plain(KeyCode::F(1))], Action::FieldHelp, FIELD, phrase!("help")),
    row(&[plain(KeyCode::F(1))], Action::Keys, &[C::Review, C::Result], phrase!("all keys")),
    foot(&[Key::char('?')], Action::Keys, ASKS_HELP, phrase!("keys")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Inspector], phrase!("show it")),
    foot(&[Key::char('y'), Key::ctrl('y')], Action::CopyCall, &[C::Inspector, C::Call], phrase!("copy as curl")),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Call], phrase!("to the list")),
    foot(&[plain(KeyCode::Esc), plain(KeyCode::F(7))], Action::Close, &[C::Inspector], phrase!("close")),
    row(&[plain(KeyCode::F(7))], Action::Inspect, INSPECTED, phrase!("calls of this run")),
    row(&[plain(KeyCode::F(2))], Action::Shelf, FORM, phrase!("drafts, templates, last order")),
    foot(&[plain(KeyCode::F(2))], Action::Shelf, &[C::Resume], phrase!("others")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::Shelf], phrase!("begin with it")),
    foot(&[Key::char('s')], Action::SaveTemplate, &[C::Shelf], phrase!("save as template")),
    foot(&[plain(KeyCode::F(8)), plain(KeyCode::Delete)], Action::Remove, &[C::Shelf], phrase!("remove")),
    foot(&[plain(KeyCode::Enter)], Action::Accept, &[C::ShelfName], phrase!("save it")),
    foot(&[plain(KeyCode::Esc), plain(KeyCode::F(2))], Action::Close, &[C::Shelf], phrase!("close")),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::ShelfName], phrase!("back")),
    row(&[plain(KeyCode::F(9))], Action::Accounts, FORM, phrase!("another account")),
    row(&[Key::ctrl('s')], Action::KeepDraft, FORM, phrase!("keep the draft")),
    row(&[Key::ctrl('l')], Action::Repaint, ALL, phrase!("paint the screen again")),
    row(&[Key::ctrl('z')], Action::Suspend, ALL, phrase!("suspend")),
    row(&[plain(KeyCode::Left)], Action::Edit(Edit::Left), TEXTS, phrase!("character left")),
    row(&[plain(KeyCode::Right)], Action::Edit(Edit::Right), TEXTS, phrase!("character right")),
    row(&[plain(KeyCode::Home), Key::ctrl('a')], Action::Edit(Edit::Start), TEXTS, phrase!("start of line")),
    row(&[plain(KeyCode::End), Key::ctrl('e')], Action::Edit(Edit::End), TEXTS, phrase!("end of line")),
    row(&[Key::alt(KeyCode::Char('b'))], Action::Edit(Edit::WordLeft), TEXTS, phrase!("word left")),
    row(&[Key::alt(KeyCode::Char('f'))], Action::Edit(Edit::WordRight), TEXTS, phrase!("word right")),
    row(
        &[plain(KeyCode::Backspace), Key::ctrl('h')],
        Action::Edit(Edit::DeleteBack),
        TYPED,
        phrase!("delete to the left"),
    ),
    row(&[plain(KeyCode::Delete)], Action::Edit(Edit::DeleteForward), TEXTS, phrase!("delete to the right")),
    row(&[Key::ctrl('w')], Action::Edit(Edit::DeleteWordBack), TYPED, phrase!("delete a word")),
    row(&[Key::ctrl('u')], Action::Edit(Edit::DeleteLine), TYPED, phrase!("delete the line")),
    row(&[Key::ctrl('k')], Action::Edit(Edit::DeleteToEnd), TEXTS, phrase!("delete to the end")),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, &[C::Changes], phrase!("page up")),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, &[C::Changes], phrase!("page down")),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, &[C::PortNumber], phrase!("100 more")),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, &[C::PortNumber], phrase!("100 less")),
    foot(&[plain(KeyCode::F(4))], Action::Redo, FORM, phrase!("redo")),
    row(&[Key::alt(KeyCode::Char('u'))], Action::Changes, FORM, phrase!("what was changed")),
    row(&[Key::alt(KeyCode::Char('u'))], Action::Close, &[C::Changes], phrase!("close")),
    row(&[Key::alt(KeyCode::Char('m'))], Action::Mouse, ALL, phrase!("mouse to the terminal, and back")),
    row(&[Key::alt(KeyCode::Char('p'))], Action::Plain, PAGES, phrase!("plain lines, for selecting")),
    row(&[Key::alt(KeyCode::Char('p'))], Action::Close, &[C::Plain], phrase!("close")),
    row(&[Key::alt(KeyCode::Char('i'))], Action::Introduction, FORM, phrase!("introduction")),
    foot(&[plain(KeyCode::Esc)], Action::Close, &[C::Introduction], phrase!("close")),
    foot(&[plain(KeyCode::Right), plain(KeyCode::Tab)], Action::NextForm, &[C::Export], phrase!("next form")),
    row(&[plain(KeyCode::Left), plain(KeyCode::BackTab)], Action::PreviousForm, &[C::Export], phrase!("form before")),
    foot(&[Key::char('y'), Key::ctrl('y')], Action::CopyExport, &[C::Export], phrase!("copy it")),
    foot(&[Key::char('w')], Action::WriteExport, &[C::Export], phrase!("write to a file")),
    foot(&[plain(KeyCode::Esc), EXPORT], Action::Close, &[C::Export], phrase!("close")),
    row(&[plain(KeyCode::Up)], Action::Up, &[C::Export], phrase!("row above")),
    row(&[plain(KeyCode::Down)], Action::Down, &[C::Export], phrase!("row below")),
    row(&[plain(KeyCode::Home)], Action::First, &[C::Export], phrase!("first row")),
    row(&[plain(KeyCode::End)], Action::Last, &[C::Export], phrase!("last row")),
    foot(&[EXPORT], Action::Export, &[C::Review], phrase!("export the order")),
    row(&[EXPORT], Action::Export, FIELD, phrase!("export the order")),
    foot(&[Key::ctrl('c')], Action::Leave, ALL, phrase!("leave")),
];
