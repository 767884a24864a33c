//! The handful of ways in which a field can be answered, and where in the draft the answer lives.

use crate::i18n;
use crate::order::{Draft, Range};

/// A text of the draft: how to read it and how to change it.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    pub read: fn(&Draft) -> &str,
    pub write: fn(&mut Draft) -> &mut String,
}

/// How a field is answered.
#[derive(Debug, Clone, Copy)]
pub enum Control {
    /// A list from the cloud, filtered by typing.
    Picker {
        slot: Slot,
        optional: bool,
    },
    Text {
        slot: Slot,
        counter: fn(&str) -> String,
    },
    /// A whole number, typed or stepped.
    Stepper {
        slot: Slot,
        range: fn(&Draft) -> Range,
        unit: &'static str,
    },
    /// One of a few, all in view; each option is its name and what it means.
    Radio {
        options: &'static [(&'static str, &'static str)],
        chosen: fn(&Draft) -> usize,
        choose: fn(&mut Draft, usize),
    },
    Switch {
        on: &'static str,
        off: &'static str,
        is_on: fn(&Draft) -> bool,
        set: fn(&mut Draft, bool),
    },
    Ports,
    /// The operation knows one value only.
    Fixed {
        value: &'static str,
    },
}

impl Control {
    /// The control in the language that is spoken. What it needs for that stays for the whole run.
    pub(super) fn translated(self) -> Self {
        match self {
            Self::Stepper { slot, range, unit } => Self::Stepper { slot, range, unit: i18n::t(unit) },
            Self::Radio { options, chosen, choose } => {
                let options = options.iter().map(|(name, meaning)| (i18n::t(name), i18n::t(meaning)));
                let options: &'static [_] = Box::leak(options.collect());
                Self::Radio { options, chosen, choose }
            }
            Self::Switch { on, off, is_on, set } => Self::Switch { on: i18n::t(on), off: i18n::t(off), is_on, set },
            Self::Fixed { value } => Self::Fixed { value: i18n::t(value) },
            Self::Picker { .. } | Self::Text { .. } | Self::Ports => self,
        }
    }

    /// The text of the draft behind it, if it is one.
    #[must_use]
    pub fn slot(&self) -> Option<Slot> {
        match self {
            Self::Picker { slot, .. } | Self::Text { slot, .. } | Self::Stepper { slot, .. } => Some(*slot),
            Self::Radio { .. } | Self::Switch { .. } | Self::Ports | Self::Fixed { .. } => None,
        }
    }

    /// Whether the focus can stand on it.
    #[must_use]
    pub fn can_focus(&self) -> bool {
        !matches!(self, Self::Fixed { .. })
    }
}
