//! The steps of the form, their names, titles and purposes.

use crate::i18n::{self, phrase};

/// A page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    Flavor,
    Image,
    Count,
    Bandwidth,
    Billing,
    Ports,
    Access,
    Review,
}

impl Step {
    pub const ALL: [Self; 8] = [
        Self::Flavor,
        Self::Image,
        Self::Count,
        Self::Bandwidth,
        Self::Billing,
        Self::Ports,
        Self::Access,
        Self::Review,
    ];

    /// Returns the name used in files; it does not depend on the language.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Flavor => "flavor",
            Self::Image => "image",
            Self::Count => "count",
            Self::Bandwidth => "bandwidth",
            Self::Billing => "billing",
            Self::Ports => "ports",
            Self::Access => "access",
            Self::Review => "review",
        }
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        i18n::t(match self {
            Self::Flavor => phrase!("Flavor"),
            Self::Image => phrase!("Image"),
            Self::Count => phrase!("Servers"),
            Self::Bandwidth => phrase!("Bandwidth"),
            Self::Billing => phrase!("Billing"),
            Self::Ports => phrase!("Ports"),
            Self::Access => phrase!("Access"),
            Self::Review => phrase!("Review"),
        })
    }

    /// Returns the title of the page.
    #[must_use]
    pub fn title(self) -> &'static str {
        i18n::t(match self {
            Self::Flavor => phrase!("Server and phone flavor"),
            Self::Image => phrase!("Phone image"),
            Self::Count => phrase!("Server name and count"),
            Self::Bandwidth => phrase!("Bandwidth"),
            Self::Billing => phrase!("Term and payment"),
            Self::Ports => phrase!("Application ports"),
            Self::Access => phrase!("Access and network"),
            Self::Review => phrase!("Review"),
        })
    }

    /// Returns one line about what is decided on the page.
    #[must_use]
    pub fn purpose(self) -> &'static str {
        i18n::t(match self {
            Self::Flavor => phrase!("Choose the server, then what each of its phones gets."),
            Self::Image => phrase!("Choose the Android image that every phone starts with."),
            Self::Count => phrase!("Name the servers and choose how many to order."),
            Self::Bandwidth => phrase!("Choose a bandwidth of their own for the servers, or a shared one."),
            Self::Billing => phrase!("Choose how long the servers run, and when they are paid for."),
            Self::Ports => phrase!("Name the ports that apps on the phones listen on."),
            Self::Access => phrase!("Choose how you log in to the phones, and their private network."),
            Self::Review => phrase!("Check the order. Nothing is sent until you confirm."),
        })
    }

    /// Returns the index among the steps, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or(0)
    }

    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.index().checked_sub(1).and_then(|at| Self::ALL.get(at)).copied()
    }
}
