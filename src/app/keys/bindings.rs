//! The default bindings of all keys: one table, from which key lookup, the footer and the page of all keys are made.

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::keys::groups::{ASKS_HELP, CELLS, FIELD, FORM, INSPECTED, LISTS, PAGED, PAGES, TEXTS, TYPED};
use crate::app::keys::key::{Key, KeyCode};
use crate::form::Edit;
use crate::i18n::phrase;
use Context as C;

pub(in crate::app) use crate::app::keys::groups::ALL;

/// A default binding: keys with their action in some contexts.
#[derive(Debug, Clone, Copy)]
pub struct DefaultBinding {
    pub keys: &'static [Key],
    pub action: Action,
    pub contexts: &'static [Context],
    pub words: &'static str,
    /// Shown in the footer while the action has an effect.
    pub in_footer: bool,
}

const fn plain(code: KeyCode) -> Key {
    Key::plain(code)
}

const fn row(keys: &'static [Key], action: Action, contexts: &'static [C], words: &'static str) -> DefaultBinding {
    DefaultBinding { keys, action, contexts, words, in_footer: false }
}

const fn in_footer(
    keys: &'static [Key],
    action: Action,
    contexts: &'static [C],
    words: &'static str,
) -> DefaultBinding {
    DefaultBinding { keys, action, contexts, words, in_footer: true }
}

/// Key that opens and closes the export overlay.
const EXPORT: Key = Key::alt(KeyCode::Char('e'));

/// All default bindings. The first one that matches a key and a context applies.
pub static DEFAULT_BINDINGS: &[DefaultBinding] = &[
    in_footer(&[Key::ctrl('o')], Action::PlaceOrder, &[C::Confirm, C::ConfirmWord], phrase!("place order")),
    row(&[Key::ctrl('o')], Action::PlaceOrder, &[C::Review], phrase!("open the order sheet")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::Picker], phrase!("choose")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::Text, C::Stepper, C::Radio, C::PortNew], phrase!("go on")),
    in_footer(&[plain(KeyCode::Enter)], Action::NextField, CELLS, phrase!("next cell")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::Review], phrase!("open")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::PastedPorts], phrase!("take these rows")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::Resume], phrase!("continue it")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::Palette], phrase!("go there")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::Request], phrase!("to the field")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::SetupList], phrase!("take it")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::SetupText], phrase!("go on")),
    in_footer(&[plain(KeyCode::Esc)], Action::Back, &[C::SetupList, C::SetupText], phrase!("back")),
    row(&[plain(KeyCode::Tab), plain(KeyCode::Down)], Action::Down, &[C::SetupText], phrase!("line below")),
    row(&[plain(KeyCode::BackTab), plain(KeyCode::Up)], Action::Up, &[C::SetupText], phrase!("line above")),
    in_footer(&[plain(KeyCode::F(5))], Action::Refresh, &[C::SetupList], phrase!("look again")),
    in_footer(&[plain(KeyCode::Enter), plain(KeyCode::Esc)], Action::Accept, &[C::Result], phrase!("back to the form")),
    in_footer(
        &[plain(KeyCode::Esc), plain(KeyCode::Enter)],
        Action::Close,
        &[C::Keys, C::FieldHelp, C::Unresolved, C::Changes, C::Plain],
        phrase!("close"),
    ),
    in_footer(
        &[plain(KeyCode::Esc)],
        Action::Close,
        &[C::Confirm, C::ConfirmWord],
        phrase!("back, nothing is ordered"),
    ),
    in_footer(&[plain(KeyCode::Esc)], Action::Close, &[C::PastedPorts], phrase!("drop them")),
    in_footer(&[plain(KeyCode::Esc)], Action::Close, &[C::Resume], phrase!("start anew")),
    in_footer(&[plain(KeyCode::Esc)], Action::Close, &[C::Palette, C::Request], phrase!("close")),
    in_footer(&[Key::char(' ')], Action::Toggle, &[C::PortReach], phrase!("switch")),
    in_footer(&[plain(KeyCode::Up), plain(KeyCode::Right), Key::char('+')], Action::Up, &[C::Stepper], phrase!("more")),
    in_footer(
        &[plain(KeyCode::Down), plain(KeyCode::Left), Key::char('-')],
        Action::Down,
        &[C::Stepper],
        phrase!("less"),
    ),
    in_footer(&[Key::char('+')], Action::NextFreePort, &[C::PortNumber], phrase!("next free")),
    row(&[Key::char('-')], Action::PreviousFreePort, &[C::PortNumber], phrase!("free below")),
    row(&[plain(KeyCode::Left), plain(KeyCode::Right)], Action::Toggle, &[C::PortReach], phrase!("switch")),
    row(&[plain(KeyCode::Up), plain(KeyCode::Left)], Action::Up, &[C::Radio], phrase!("choice above")),
    row(&[plain(KeyCode::Down), plain(KeyCode::Right)], Action::Down, &[C::Radio], phrase!("choice below")),
    row(&[plain(KeyCode::Up)], Action::Up, &[C::Confirm, C::ConfirmWord], phrase!("row above")),
    row(&[plain(KeyCode::Down)], Action::Down, &[C::Confirm, C::ConfirmWord], phrase!("row below")),
    row(&[plain(KeyCode::Home)], Action::First, &[C::Confirm], phrase!("first row")),
    row(&[plain(KeyCode::End)], Action::Last, &[C::Confirm], phrase!("last row")),
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
    row(&[plain(KeyCode::Up)], Action::PreviousField, &[C::Text], phrase!("field above")),
    row(&[plain(KeyCode::Down)], Action::NextField, &[C::Text], phrase!("field below")),
    in_footer(&[plain(KeyCode::Down)], Action::Down, &[C::Result], phrase!("next id")),
    row(&[plain(KeyCode::Up)], Action::Up, &[C::Result], phrase!("previous id")),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, PAGED, phrase!("page up")),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, PAGED, phrase!("page down")),
    row(&[plain(KeyCode::PageUp)], Action::PageUp, &[C::Stepper], phrase!("10 more")),
    row(&[plain(KeyCode::PageDown)], Action::PageDown, &[C::Stepper], phrase!("10 less")),
    row(&[plain(KeyCode::Home)], Action::First, LISTS, phrase!("first row")),
    row(&[plain(KeyCode::End)], Action::Last, LISTS, phrase!("last row")),
    in_footer(&[plain(KeyCode::Tab)], Action::NextField, FIELD, phrase!("next")),
    row(&[plain(KeyCode::BackTab)], Action::PreviousField, FIELD, phrase!("previous field")),
    row(&[plain(KeyCode::Tab)], Action::Down, &[C::Review, C::Palette], phrase!("row below")),
    row(&[plain(KeyCode::BackTab)], Action::Up, &[C::Review, C::Palette], phrase!("row above")),
    in_footer(&[plain(KeyCode::F(6))], Action::ShowIncompatible, &[C::Picker], phrase!("show all")),
    in_footer(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Picker], phrase!("read again")),
    in_footer(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Text], phrase!("read the servers again")),
    in_footer(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Result], phrase!("look again")),
    row(&[plain(KeyCode::F(5))], Action::Refresh, &[C::Review], phrase!("read all lists again")),
    in_footer(&[plain(KeyCode::F(8)), Key::ctrl('x')], Action::DeleteRow, CELLS, phrase!("delete row")),
    in_footer(&[Key::alt(KeyCode::Up), Key::ctrl('t')], Action::MoveRowUp, CELLS, phrase!("move row up")),
    row(&[Key::alt(KeyCode::Down)], Action::MoveRowDown, CELLS, phrase!("move row down")),
    in_footer(&[plain(KeyCode::Esc)], Action::Back, FORM, phrase!("back")),
    in_footer(&[plain(KeyCode::F(3)), Key::ctrl('_')], Action::Undo, FORM, phrase!("undo")),
    in_footer(&[Key::ctrl('t')], Action::Sort, &[C::Picker], phrase!("sort")),
    in_footer(&[Key::ctrl('y')], Action::Copy, &[C::Result], phrase!("copy")),
    row(&[Key::ctrl('y')], Action::Copy, FORM, phrase!("copy the request")),
    in_footer(&[Key::char('n')], Action::NewOrder, &[C::Result], phrase!("new order")),
    in_footer(&[Key::ctrl('n')], Action::NextStep, FORM, phrase!("next step")),
    row(&[Key::ctrl('p')], Action::PreviousStep, FORM, phrase!("previous step")),
    in_footer(&[Key::ctrl('g')], Action::Palette, FORM, phrase!("go to")),
    in_footer(&[Key::ctrl('r')], Action::RequestPane, FORM, phrase!("request")),
    row(&[Key::ctrl('r')], Action::Close, &[C::Request], phrase!("close")),
    in_footer(&[plain(KeyCode::F(1))], Action::FieldHelp, FIELD, phrase!("help")),
    row(&[plain(KeyCode::F(1))], Action::Keys, &[C::Review, C::Result], phrase!("all keys")),
    in_footer(&[Key::char('?')], Action::Keys, ASKS_HELP, phrase!("keys")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::Inspector], phrase!("show it")),
    in_footer(&[Key::char('y'), Key::ctrl('y')], Action::CopyCall, &[C::Inspector, C::Call], phrase!("copy as curl")),
    in_footer(&[plain(KeyCode::Esc)], Action::Close, &[C::Call], phrase!("to the list")),
    in_footer(&[plain(KeyCode::Esc), plain(KeyCode::F(7))], Action::Close, &[C::Inspector], phrase!("close")),
    row(&[plain(KeyCode::F(7))], Action::Inspector, INSPECTED, phrase!("calls of this run")),
    row(&[plain(KeyCode::F(2))], Action::Library, FORM, phrase!("drafts, templates, last order")),
    in_footer(&[plain(KeyCode::F(2))], Action::Library, &[C::Resume], phrase!("others")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::Library], phrase!("begin with it")),
    in_footer(&[Key::char('s')], Action::SaveTemplate, &[C::Library], phrase!("save as template")),
    in_footer(&[plain(KeyCode::F(8)), plain(KeyCode::Delete)], Action::Remove, &[C::Library], phrase!("remove")),
    in_footer(&[plain(KeyCode::Enter)], Action::Accept, &[C::TemplateName], phrase!("save it")),
    in_footer(&[plain(KeyCode::Esc), plain(KeyCode::F(2))], Action::Close, &[C::Library], phrase!("close")),
    in_footer(&[plain(KeyCode::Esc)], Action::Close, &[C::TemplateName], phrase!("back")),
    row(&[plain(KeyCode::F(9))], Action::ChooseAccount, FORM, phrase!("another account")),
    row(&[Key::ctrl('s')], Action::SaveDraft, FORM, phrase!("keep the draft")),
    row(&[Key::ctrl('l')], Action::Redraw, ALL, phrase!("paint the screen again")),
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
    in_footer(&[plain(KeyCode::F(4))], Action::Redo, FORM, phrase!("redo")),
    row(&[Key::alt(KeyCode::Char('u'))], Action::Changelog, FORM, phrase!("what was changed")),
    row(&[Key::alt(KeyCode::Char('u'))], Action::Close, &[C::Changes], phrase!("close")),
    row(&[Key::alt(KeyCode::Char('m'))], Action::MouseCapture, ALL, phrase!("mouse to the terminal, and back")),
    row(&[Key::alt(KeyCode::Char('p'))], Action::PlainText, PAGES, phrase!("plain lines, for selecting")),
    row(&[Key::alt(KeyCode::Char('p'))], Action::Close, &[C::Plain], phrase!("close")),
    row(&[Key::alt(KeyCode::Char('i'))], Action::Introduction, FORM, phrase!("introduction")),
    in_footer(&[plain(KeyCode::Esc)], Action::Close, &[C::Introduction], phrase!("close")),
    in_footer(&[plain(KeyCode::Right), plain(KeyCode::Tab)], Action::NextFormat, &[C::Export], phrase!("next form")),
    row(&[plain(KeyCode::Left), plain(KeyCode::BackTab)], Action::PreviousFormat, &[C::Export], phrase!("form before")),
    in_footer(&[Key::char('y'), Key::ctrl('y')], Action::CopyExport, &[C::Export], phrase!("copy it")),
    in_footer(&[Key::char('w')], Action::WriteExport, &[C::Export], phrase!("write to a file")),
    in_footer(&[plain(KeyCode::Esc), EXPORT], Action::Close, &[C::Export], phrase!("close")),
    row(&[plain(KeyCode::Up)], Action::Up, &[C::Export], phrase!("row above")),
    row(&[plain(KeyCode::Down)], Action::Down, &[C::Export], phrase!("row below")),
    row(&[plain(KeyCode::Home)], Action::First, &[C::Export], phrase!("first row")),
    row(&[plain(KeyCode::End)], Action::Last, &[C::Export], phrase!("last row")),
    in_footer(&[EXPORT], Action::Export, &[C::Review], phrase!("export the order")),
    row(&[EXPORT], Action::Export, FIELD, phrase!("export the order")),
    in_footer(&[Key::ctrl('c')], Action::Quit, ALL, phrase!("leave")),
];
