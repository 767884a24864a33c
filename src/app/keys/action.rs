//! The actions that keys, the palette and the commands of linear mode stand for. The name of a variant is the name
//! of the action in the settings.

use crate::form::Edit;

/// What a key does.
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
    /// Asks who orders, once more.
    ChooseAccount,
    Close,
    NewOrder,
    /// Shows the calls of this run.
    Inspector,
    CopyCall,
    Undo,
    Redo,
    /// The log of changes.
    Changelog,
    /// Gives the mouse to the terminal, or takes it back.
    MouseCapture,
    /// What was shown on the first start.
    Introduction,
    /// The next free port above.
    NextFreePort,
    /// The next free port below.
    PreviousFreePort,
    /// Lists drafts, templates and orders to begin with.
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
