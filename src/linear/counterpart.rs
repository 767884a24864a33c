//! What every action of the keymap is in linear mode. The match is exhaustive: an action that a new
//! page brings has to be given a command before the program compiles.

use crate::app::{Action, Keymap};

/// How something that a key does on the screen is done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counterpart {
    /// By a command of this name.
    Command(&'static str),
    /// By an empty line.
    EmptyLine,
    /// By the answer itself: a number, a text, the word that is asked for.
    Answer,
    /// There is nothing of the kind to do, for this reason.
    Needless(&'static str),
}

/// The counterpart of an action.
#[must_use]
pub fn counterpart(action: Action) -> Counterpart {
    use Counterpart::{Answer, Command, EmptyLine, Needless};
    match action {
        Action::Accept | Action::NextField => EmptyLine,
        Action::PreviousField | Action::Back | Action::Close => Command("back"),
        Action::NextStep => Command("next"),
        Action::PreviousStep => Command("previous"),
        Action::Goto => Command("goto"),
        Action::FieldHelp => Command("help"),
        Action::Keys => Command("keys"),
        Action::KeepDraft => Command("draft"),
        Action::Request => Command("request"),
        Action::Export | Action::NextForm | Action::PreviousForm | Action::CopyExport => Command("export"),
        Action::WriteExport => Command("write"),
        Action::Leave => Command("quit"),
        Action::PageUp | Action::First => Command("list"),
        Action::PageDown | Action::Last => Command("more"),
        Action::Refresh => Command("look"),
        Action::Unfitting => Command("all"),
        Action::Sort => Command("sort"),
        Action::DeleteRow => Command("delete"),
        Action::RowUp => Command("up"),
        Action::RowDown => Command("down"),
        Action::PlaceOrder => Command("order"),
        Action::Accounts => Command("accounts"),
        Action::NewOrder => Command("new"),
        Action::Inspect => Command("calls"),
        Action::CopyCall => Command("curl"),
        Action::Undo => Command("undo"),
        Action::Redo => Command("redo"),
        Action::Changes => Command("changes"),
        Action::Introduction => Command("introduction"),
        Action::Shelf => Command("drafts"),
        Action::SaveTemplate => Command("template"),
        Action::Remove => Command("remove"),
        Action::Up | Action::Down | Action::Toggle | Action::PortMore | Action::PortLess | Action::Edit(_) => Answer,
        Action::Copy => Needless("every id and the request are printed whole, to be taken from the terminal"),
        Action::Repaint => Needless("what was printed stays"),
        Action::Suspend => Needless("the terminal does it: nothing of it was changed"),
        Action::Plain => Needless("everything is printed in plain lines, ids whole"),
        Action::Mouse => Needless("the mouse is the terminal's"),
    }
}

/// The keys of the screen, whose sentences name the commands of linear mode instead.
#[must_use]
pub fn keymap() -> Keymap {
    Keymap::default().named_by(|action| match counterpart(action) {
        Counterpart::Command(name) => Some(name),
        Counterpart::EmptyLine => Some("Enter"),
        Counterpart::Answer | Counterpart::Needless(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::command;
    use super::*;
    use crate::app::BINDINGS;

    #[test]
    fn every_key_of_every_page_has_its_counterpart() {
        for binding in BINDINGS {
            match counterpart(binding.action) {
                Counterpart::Command(name) => {
                    assert!(command::COMMANDS.iter().any(|row| row.name == name), "{name} is no command");
                    assert_eq!(keymap().key_of(binding.action), name);
                }
                Counterpart::EmptyLine | Counterpart::Answer => {}
                Counterpart::Needless(why) => assert!(!why.is_empty()),
            }
        }
    }
}
