//! The context in which a key is looked up, and when the program has to wake up by itself.

use crate::form::{Control, fields_of};

use crate::app::model::{Model, Overlay, Page};
use crate::app::msg::Millis;

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
    /// Whether letters go into a text or a filter of the form, all that come.
    #[must_use]
    pub(in crate::app) fn takes_letters(self) -> bool {
        matches!(self, Self::Picker | Self::Text | Self::Stepper)
    }
}

impl Model {
    /// What a key means depends on this.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.overlay {
            Some(Overlay::Keys { .. }) => return Context::Keys,
            Some(Overlay::FieldHelp(_)) => return Context::FieldHelp,
            Some(Overlay::Palette { .. }) => return Context::Palette,
            Some(Overlay::PastedPorts(_)) => return Context::PastedPorts,
            Some(Overlay::Resume(_)) => return Context::Resume,
            Some(Overlay::Unresolved { .. }) => return Context::Unresolved,
            Some(Overlay::Request { .. }) => return Context::Request,
            Some(Overlay::Inspector(inspecting)) => return inspecting.context(),
            Some(Overlay::Changes { .. }) => return Context::Changes,
            Some(Overlay::Introduction) => return Context::Introduction,
            Some(Overlay::Plain { .. }) => return Context::Plain,
            Some(Overlay::Library(page)) => return page.context(),
            Some(Overlay::Export(_)) => return Context::Export,
            None => {}
        }
        self.page_context()
    }

    /// What a key means to the page, whatever covers it.
    pub(in crate::app) fn page_context(&self) -> Context {
        match &self.page {
            Page::Confirm(confirm) => confirm.context(),
            Page::Waiting(_) => Context::Waiting,
            Page::Result(_) => Context::Result,
            Page::Setup(setup) => setup.context(),
            Page::Form => match self.focused() {
                None => Context::Review,
                Some(row) => match row.control {
                    Control::Picker { .. } => Context::Picker,
                    Control::Text { .. } => Context::Text,
                    Control::Stepper { .. } => Context::Stepper,
                    Control::Radio { .. } => Context::Radio,
                    Control::Switch { .. } | Control::Fixed { .. } => Context::Switch,
                    Control::Ports => self.ports_context(),
                },
            },
        }
    }

    /// Whether keys go into a text that is not empty: that of a field, of a cell, or the filter of a list.
    pub(in crate::app) fn has_text_under_cursor(&self) -> bool {
        match self.context() {
            Context::Picker => self.pickers.get(&self.focus).is_some_and(|picker| !picker.filter.text.is_empty()),
            Context::Text => self.focused().is_some_and(|row| match row.control {
                Control::Text { slot, .. } | Control::Stepper { slot, .. } => !(slot.read)(&self.draft).is_empty(),
                Control::Picker { .. }
                | Control::Radio { .. }
                | Control::Switch { .. }
                | Control::Ports
                | Control::Fixed { .. } => false,
            }),
            Context::Stepper
            | Context::PortText
            | Context::PortNumber
            | Context::ConfirmWord
            | Context::SetupText
            | Context::Palette
            | Context::TemplateName => true,
            Context::Radio
            | Context::Switch
            | Context::PortNew
            | Context::PortReach
            | Context::Review
            | Context::Confirm
            | Context::Waiting
            | Context::Result
            | Context::Keys
            | Context::FieldHelp
            | Context::PastedPorts
            | Context::Resume
            | Context::Unresolved
            | Context::Request
            | Context::SetupList
            | Context::Inspector
            | Context::Call
            | Context::Changes
            | Context::Introduction
            | Context::Library
            | Context::Export
            | Context::Plain => false,
        }
    }

    /// When the program has to wake up although nothing happens, or `None`: nothing is awaited.
    #[must_use]
    pub fn next_wake(&self) -> Option<Millis> {
        let next_second = |since: Millis| since + (self.now.saturating_sub(since) / 1000 + 1) * 1000;
        let page = match &self.page {
            Page::Form => self.loading_in_view().map(next_second),
            Page::Confirm(confirm) => confirm.arms_at().filter(|at| *at > self.now),
            Page::Waiting(waiting) => Some(next_second(waiting.since)),
            Page::Result(result) => result.poll.as_ref().and_then(|follow| follow.next_at),
            Page::Setup(setup) => setup.loading_since().map(next_second),
        };
        page.into_iter().chain(self.next_search()).min()
    }

    /// Since when a list that the page shows has been awaited.
    fn loading_in_view(&self) -> Option<Millis> {
        let shown = fields_of(self.step, &self.draft).filter_map(|row| crate::form::resource_of(row.id));
        shown.filter_map(|resource| self.lists.get(&resource)?.loading_since()).min()
    }
}
