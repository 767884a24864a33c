//! The lists of the catalogue, each of which may or may not have been read.

use super::items::{Bandwidth, Image, KeyPair, Offering, PhoneFlavor, Server, ServerFlavor};
use crate::i18n::{self, phrase};

/// All lists read from the cloud so far. A list that has not been read is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    pub server_flavors: Option<Vec<ServerFlavor>>,
    pub phone_flavors: Option<Vec<PhoneFlavor>>,
    pub images: Option<Vec<Image>>,
    pub bandwidths: Option<Vec<Bandwidth>>,
    pub key_pairs: Option<Vec<KeyPair>>,
    /// The servers of the project. Their subnets and names are in use.
    pub servers: Option<Vec<Server>>,
    /// The sale status of each server flavor by zone. Clouds from before 2026 have no such list.
    pub offerings: Option<Vec<Offering>>,
}

/// A kind of list that the cloud offers, named after its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    ServerFlavors,
    PhoneFlavors,
    Images,
    Bandwidths,
    KeyPairs,
    Servers,
    Offerings,
}

impl Resource {
    pub const ALL: [Self; 7] = [
        Self::ServerFlavors,
        Self::PhoneFlavors,
        Self::Images,
        Self::Bandwidths,
        Self::KeyPairs,
        Self::Servers,
        Self::Offerings,
    ];

    /// Returns the name of the list in the current language, a lower-case plural such as `server flavors`.
    #[must_use]
    pub fn noun(self) -> &'static str {
        i18n::t(match self {
            Self::ServerFlavors => phrase!("server flavors"),
            Self::PhoneFlavors => phrase!("phone flavors"),
            Self::Images => phrase!("images"),
            Self::Bandwidths => phrase!("shared bandwidths"),
            Self::KeyPairs => phrase!("key pairs"),
            Self::Servers => phrase!("servers"),
            Self::Offerings => phrase!("offerings by zone"),
        })
    }
}

/// A list received from the cloud, with its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    ServerFlavors(Vec<ServerFlavor>),
    PhoneFlavors(Vec<PhoneFlavor>),
    Images(Vec<Image>),
    Bandwidths(Vec<Bandwidth>),
    KeyPairs(Vec<KeyPair>),
    Servers(Vec<Server>),
    Offerings(Vec<Offering>),
}

impl Listing {
    /// Returns the kind of list.
    #[must_use]
    pub fn resource(&self) -> Resource {
        match self {
            Self::ServerFlavors(_) => Resource::ServerFlavors,
            Self::PhoneFlavors(_) => Resource::PhoneFlavors,
            Self::Images(_) => Resource::Images,
            Self::Bandwidths(_) => Resource::Bandwidths,
            Self::KeyPairs(_) => Resource::KeyPairs,
            Self::Servers(_) => Resource::Servers,
            Self::Offerings(_) => Resource::Offerings,
        }
    }

    /// Counts the rows of the list.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::ServerFlavors(rows) => rows.len(),
            Self::PhoneFlavors(rows) => rows.len(),
            Self::Images(rows) => rows.len(),
            Self::Bandwidths(rows) => rows.len(),
            Self::KeyPairs(rows) => rows.len(),
            Self::Servers(rows) => rows.len(),
            Self::Offerings(rows) => rows.len(),
        }
    }
}

impl Catalogue {
    /// Stores a list and replaces the rows read before.
    pub fn put(&mut self, listing: Listing) {
        match listing {
            Listing::ServerFlavors(rows) => self.server_flavors = Some(rows),
            Listing::PhoneFlavors(rows) => self.phone_flavors = Some(rows),
            Listing::Images(rows) => self.images = Some(rows),
            Listing::Bandwidths(rows) => self.bandwidths = Some(rows),
            Listing::KeyPairs(rows) => self.key_pairs = Some(rows),
            Listing::Servers(rows) => self.servers = Some(rows),
            Listing::Offerings(rows) => self.offerings = Some(rows),
        }
    }

    /// Counts the rows of a list, or returns `None` if it has not been read.
    #[must_use]
    pub fn count(&self, resource: Resource) -> Option<usize> {
        match resource {
            Resource::ServerFlavors => self.server_flavors.as_ref().map(Vec::len),
            Resource::PhoneFlavors => self.phone_flavors.as_ref().map(Vec::len),
            Resource::Images => self.images.as_ref().map(Vec::len),
            Resource::Bandwidths => self.bandwidths.as_ref().map(Vec::len),
            Resource::KeyPairs => self.key_pairs.as_ref().map(Vec::len),
            Resource::Servers => self.servers.as_ref().map(Vec::len),
            Resource::Offerings => self.offerings.as_ref().map(Vec::len),
        }
    }
}
