//! The context in which a key is looked up.

/// The part of the program that receives the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    Picker,
    Text,
    Stepper,
    Radio,
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
    Palette,
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
    Library,
    TemplateName,
    /// The order as a text for another tool.
    Export,
    /// Lines for selecting with the mouse.
    Plain,
}

impl Context {
    /// Returns whether every typed letter goes into a text or a filter of the form, so that several can be inserted at
    /// once.
    #[must_use]
    pub(in crate::app) fn takes_letters(self) -> bool {
        matches!(self, Self::Picker | Self::Text | Self::Stepper)
    }

    /// Returns whether letters edit a text of the form, in a burst that is undone as one.
    #[must_use]
    pub(in crate::app) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Stepper | Self::PortNew | Self::PortText | Self::PortNumber)
    }
}
