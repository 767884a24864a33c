//! The loading state of a cloud list, and the lists that a step needs.

use crate::catalogue::Resource;
use crate::form::Step;

use crate::app::load_error::{LoadError, Millis};

/// Loading state of a list. The catalogue keeps the old rows while the list is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListState {
    Loading {
        since: Millis,
        ticket: u64,
        /// Error after which the list is read again.
        again: Option<String>,
    },
    /// `stamp` is the time of day at which it was read.
    Ready {
        stamp: String,
    },
    Failed(LoadError),
}

impl ListState {
    #[must_use]
    pub fn loading_since(&self) -> Option<Millis> {
        match self {
            Self::Loading { since, .. } => Some(*since),
            Self::Ready { .. } | Self::Failed(_) => None,
        }
    }
}

/// Returns the lists that a step and its rules need.
#[must_use]
pub fn lists_needed_by(step: Step) -> &'static [Resource] {
    match step {
        Step::Flavor => &[Resource::ServerFlavors, Resource::PhoneFlavors, Resource::Offerings],
        Step::Image => &[Resource::Images],
        Step::Count => &[Resource::Servers],
        Step::Bandwidth => &[Resource::Bandwidths],
        Step::Access => &[Resource::KeyPairs, Resource::Servers],
        Step::Billing | Step::Ports => &[],
        Step::Review => &Resource::ALL,
    }
}
