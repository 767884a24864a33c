//! The few ways in which a field can be answered, and the place of the answer in the draft.

use crate::i18n;
use crate::order::{Draft, Range};

/// A text of the draft, as a reader and a writer.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    pub read: fn(&Draft) -> &str,
    pub write: fn(&mut Draft) -> &mut String,
}

/// The way in which a field is answered.
#[derive(Debug, Clone, Copy)]
pub enum Control {
    /// A list read from the API, filtered by typing.
    Picker {
        slot: Slot,
        optional: bool,
    },
    Text {
        slot: Slot,
        counter: fn(&str) -> String,
    },
    /// A whole number, typed or changed in steps.
    Stepper {
        slot: Slot,
        range: fn(&Draft) -> Range,
        unit: &'static str,
    },
    /// One of a few options, all of them visible; each option is its name and its meaning.
    Radio {
        options: &'static [(&'static str, &'static str)],
        chosen: fn(&Draft) -> usize,
        choose: fn(&mut Draft, usize),
    },
    Ports,
    /// The operation accepts only one value.
    Fixed {
        value: &'static str,
    },
}

impl Control {
    /// Returns the control in the current language. The translated list of options is leaked: it is needed until the
    /// program ends.
    pub(super) fn translated(self) -> Self {
        match self {
            Self::Stepper { slot, range, unit } => Self::Stepper { slot, range, unit: i18n::t(unit) },
            Self::Radio { options, chosen, choose } => {
                let options = options.iter().map(|(name, meaning)| (i18n::t(name), i18n::t(meaning)));
                let options: &'static [_] = Box::leak(options.collect());
                Self::Radio { options, chosen, choose }
            }
            Self::Fixed { value } => Self::Fixed { value: i18n::t(value) },
            Self::Picker { .. } | Self::Text { .. } | Self::Ports => self,
        }
    }

    /// Returns the text of the draft that the control edits, or `None` if it edits none.
    #[must_use]
    pub fn slot(&self) -> Option<Slot> {
        match self {
            Self::Picker { slot, .. } | Self::Text { slot, .. } | Self::Stepper { slot, .. } => Some(*slot),
            Self::Radio { .. } | Self::Ports | Self::Fixed { .. } => None,
        }
    }

    /// Returns whether the control can take the focus.
    #[must_use]
    pub fn can_focus(&self) -> bool {
        !matches!(self, Self::Fixed { .. })
    }
}
