//! The equivalent of every keymap action in linear mode. The match is exhaustive: a new action needs one before the
//! program compiles.

use crate::app::{Action, Keymap};

/// The way in which an action of the screen is done in linear mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinearEquivalent {
    /// A command of this name.
    Command(&'static str),
    /// An empty line.
    EmptyLine,
    /// The answer itself: a number, a text, the required word.
    Answer,
    /// Not available, for this reason.
    NotNeeded(&'static str),
}

/// Returns the equivalent of an action in linear mode.
#[must_use]
pub fn linear_equivalent(action: Action) -> LinearEquivalent {
    use LinearEquivalent::{Answer, Command, EmptyLine, NotNeeded};
    match action {
        Action::Accept | Action::NextField => EmptyLine,
        Action::PreviousField | Action::Back | Action::Close => Command("back"),
        Action::NextStep => Command("next"),
        Action::PreviousStep => Command("previous"),
        Action::Palette => Command("goto"),
        Action::FieldHelp => Command("help"),
        Action::Keys => Command("keys"),
        Action::SaveDraft => Command("draft"),
        Action::RequestPane => Command("request"),
        Action::Export | Action::NextFormat | Action::PreviousFormat | Action::CopyExport => Command("export"),
        Action::WriteExport => Command("write"),
        Action::Quit => Command("quit"),
        Action::PageUp | Action::First => Command("list"),
        Action::PageDown | Action::Last => Command("more"),
        Action::Refresh => Command("look"),
        Action::ShowIncompatible => Command("all"),
        Action::Sort => Command("sort"),
        Action::DeleteRow => Command("delete"),
        Action::MoveRowUp => Command("up"),
        Action::MoveRowDown => Command("down"),
        Action::PlaceOrder => Command("order"),
        Action::ChooseAccount => Command("accounts"),
        Action::NewOrder => Command("new"),
        Action::Inspector => Command("calls"),
        Action::CopyCall => Command("curl"),
        Action::Undo => Command("undo"),
        Action::Redo => Command("redo"),
        Action::Changelog => Command("changes"),
        Action::Introduction => Command("introduction"),
        Action::Library => Command("drafts"),
        Action::SaveTemplate => Command("template"),
        Action::Remove => Command("remove"),
        Action::Up
        | Action::Down
        | Action::Toggle
        | Action::NextFreePort
        | Action::PreviousFreePort
        | Action::Edit(_) => Answer,
        Action::Copy => NotNeeded("every id and the request are printed whole, to be taken from the terminal"),
        Action::Redraw => NotNeeded("what was printed stays"),
        Action::Suspend => NotNeeded("the terminal does it: nothing of it was changed"),
        Action::PlainText => NotNeeded("everything is printed in plain lines, ids whole"),
        Action::MouseCapture => NotNeeded("the mouse is the terminal's"),
    }
}

/// Returns the keymap of the screen with the names of commands in place of keys, for sentences that name a key.
#[must_use]
pub fn keymap() -> Keymap {
    Keymap::default().with_names(|action| match linear_equivalent(action) {
        LinearEquivalent::Command(name) => Some(name),
        LinearEquivalent::EmptyLine => Some("Enter"),
        LinearEquivalent::Answer | LinearEquivalent::NotNeeded(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::command;
    use super::*;
    use crate::app::DEFAULT_BINDINGS;

    #[test]
    fn every_key_of_every_page_has_its_counterpart() {
        for binding in DEFAULT_BINDINGS {
            match linear_equivalent(binding.action) {
                LinearEquivalent::Command(name) => {
                    assert!(command::COMMANDS.iter().any(|row| row.name == name), "{name} is no command");
                    assert_eq!(keymap().key_of(binding.action), name);
                }
                LinearEquivalent::EmptyLine | LinearEquivalent::Answer => {}
                LinearEquivalent::NotNeeded(why) => assert!(!why.is_empty()),
            }
        }
    }
}
