//! The actions that keys, the palette and the commands of linear mode trigger. The name of a variant is the name of the
//! action in the settings.

use crate::form::Edit;

/// An action that a key, the palette or a command triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Accept,
    NextField,
    PreviousField,
    Back,
    NextStep,
    PreviousStep,
    Palette,
    FieldHelp,
    Keys,
    SaveDraft,
    RequestPane,
    Copy,
    Redraw,
    Suspend,
    Quit,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Refresh,
    ShowIncompatible,
    Toggle,
    DeleteRow,
    MoveRowUp,
    MoveRowDown,
    Edit(Edit),
    PlaceOrder,
    /// Opens the setup page to choose another account.
    ChooseAccount,
    Close,
    NewOrder,
    /// Shows the calls of this run.
    Inspector,
    CopyCall,
    Undo,
    Redo,
    /// Shows the log of changes.
    Changelog,
    /// Releases the mouse to the terminal, or captures it again.
    MouseCapture,
    /// Shows the introduction of the first start again.
    Introduction,
    /// Steps up to the next free port.
    NextFreePort,
    /// Steps down to the next free port.
    PreviousFreePort,
    /// Lists drafts, templates and orders to start a form from.
    Library,
    SaveTemplate,
    Remove,
    /// Sorts the list by its next column.
    Sort,
    /// Shows the order as a text for another tool.
    Export,
    NextFormat,
    PreviousFormat,
    CopyExport,
    WriteExport,
    /// Shows lines for selecting with the mouse.
    PlainText,
}

impl Action {
    /// Returns the number of rows that the action moves by, negative for up; `None` if it moves nothing.
    pub(in crate::app) fn rows(self) -> Option<isize> {
        match self {
            Self::Up => Some(-1),
            Self::Down => Some(1),
            Self::PageUp => Some(-10),
            Self::PageDown => Some(10),
            Self::First => Some(-1_000_000),
            Self::Last => Some(1_000_000),
            _ => None,
        }
    }
}
