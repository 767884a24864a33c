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
