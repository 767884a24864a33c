//! The context in which keys are looked up on the form, and the lists in view that are still loading.

use crate::form::{Control, fields_of};
use crate::order::PortColumn;

use crate::app::form::state::Form;
use crate::app::keys::context::Context;
use crate::app::load_error::Millis;

impl Form {
    /// Returns the context in which keys are looked up on the form.
    pub(in crate::app) fn context(&self) -> Context {
        match self.focused() {
            None => Context::Review,
            Some(row) => match row.control {
                Control::Picker { .. } => Context::Picker,
                Control::Text { .. } => Context::Text,
                Control::Stepper { .. } => Context::Stepper,
                Control::Radio { .. } | Control::Fixed { .. } => Context::Radio,
                Control::Ports => self.ports_context(),
            },
        }
    }

    fn ports_context(&self) -> Context {
        if self.ports.row >= self.draft.ports.len() {
            return Context::PortNew;
        }
        match self.ports.column {
            PortColumn::Name => Context::PortText,
            PortColumn::Number => Context::PortNumber,
            PortColumn::Public => Context::PortReach,
        }
    }

    /// Returns the time since which the oldest pending list of the page has been loading; `None` if none is pending.
    pub(in crate::app) fn loading_in_view(&self) -> Option<Millis> {
        let shown = fields_of(self.step, &self.draft).filter_map(|row| crate::form::resource_of(row.id));
        shown.filter_map(|resource| self.lists.get(&resource)?.loading_since()).min()
    }

    /// Returns whether keys go into a text: a field or a filter that is not empty, a number, or a text cell of a port.
    pub(in crate::app) fn has_text_under_cursor(&self) -> bool {
        match self.focused().map(|row| row.control) {
            Some(Control::Picker { .. }) => {
                self.pickers.get(&self.focus).is_some_and(|picker| !picker.filter.text.is_empty())
            }
            Some(Control::Text { slot, .. }) => !(slot.read)(&self.draft).is_empty(),
            Some(Control::Stepper { .. }) => true,
            Some(Control::Ports) => matches!(self.ports_context(), Context::PortText | Context::PortNumber),
            Some(Control::Radio { .. } | Control::Fixed { .. }) | None => false,
        }
    }
}
