//! Groups of contexts in which a key has the same action. Some lists repeat one another on purpose: constants cannot be
//! joined without a macro.

use super::context::Context as C;

pub(in crate::app) const FIELD: &[C] =
    &[C::Picker, C::Text, C::Stepper, C::Radio, C::PortNew, C::PortText, C::PortReach, C::PortNumber];
pub(in crate::app) const FORM: &[C] =
    &[C::Picker, C::Text, C::Stepper, C::Radio, C::PortNew, C::PortText, C::PortReach, C::Review, C::PortNumber];
pub(in crate::app) const PAGES: &[C] = &[
    C::Picker,
    C::Text,
    C::Stepper,
    C::Radio,
    C::PortNew,
    C::PortText,
    C::PortReach,
    C::Review,
    C::Result,
    C::PortNumber,
    C::Waiting,
];
pub(in crate::app) const ALL: &[C] = &[
    C::Picker,
    C::Text,
    C::Stepper,
    C::Radio,
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
    C::Palette,
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
    C::Library,
    C::TemplateName,
    C::Export,
    C::Plain,
];
pub(in crate::app) const LISTS: &[C] = &[
    C::Picker,
    C::Review,
    C::Keys,
    C::Request,
    C::Palette,
    C::SetupList,
    C::Inspector,
    C::Call,
    C::Changes,
    C::Library,
    C::Plain,
];
pub(in crate::app) const PAGED: &[C] = &[
    C::Picker,
    C::Review,
    C::Keys,
    C::Request,
    C::Palette,
    C::PortNew,
    C::PortText,
    C::PortReach,
    C::SetupList,
    C::Inspector,
    C::Call,
    C::Library,
    C::Export,
    C::Plain,
    C::Result,
    C::Confirm,
    C::ConfirmWord,
];
/// The cells of an existing port.
pub(in crate::app) const CELLS: &[C] = &[C::PortText, C::PortReach, C::PortNumber];
pub(in crate::app) const TEXTS: &[C] = &[C::Text, C::PortText, C::ConfirmWord, C::SetupText, C::PortNumber];
/// Contexts whose text can be edited at its end.
pub(in crate::app) const TYPED: &[C] = &[
    C::Text,
    C::PortText,
    C::ConfirmWord,
    C::SetupText,
    C::Stepper,
    C::Picker,
    C::Palette,
    C::SetupList,
    C::PortNumber,
    C::TemplateName,
];
pub(in crate::app) const ASKS_HELP: &[C] =
    &[C::Picker, C::Stepper, C::Radio, C::PortNew, C::PortReach, C::Review, C::Result, C::PortNumber];

/// Contexts from which the inspector can be opened.
pub(in crate::app) const INSPECTED: &[C] = &[
    C::Picker,
    C::Text,
    C::Stepper,
    C::Radio,
    C::PortNew,
    C::PortText,
    C::PortReach,
    C::Review,
    C::Result,
    C::SetupList,
    C::SetupText,
    C::PortNumber,
];
