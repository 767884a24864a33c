//! The questions that the rules of an order ask the catalogue; `catalogue::Catalogue` implements them. `NotRead` is a
//! result of its own and never counts as yes or no.

use ipnet::Ipv4Net;

/// The sale status of a server flavor in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerFlavorStatus {
    NotRead,
    Absent,
    Offline,
    /// Sold out in every zone when the list was read.
    SoldOut,
    /// Sold out in some zones; the cloud picks one of the others.
    SoldOutInPart,
    OnSale,
}

/// The status of a phone flavor in combination with the chosen server flavor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneFlavorStatus {
    NotRead,
    Absent,
    /// It belongs to this other server flavor instead.
    Elsewhere(String),
    Offline,
    OnSale,
}

/// The compatibility of an image with a phone flavor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageFit {
    NotRead,
    /// The id is not in the list; the image may still exist.
    NotListed,
    /// The labels or the phone flavor are not known, so only the cloud can decide.
    NotStated,
    Misfit {
        image_label: String,
        flavor_label: String,
    },
    Fits,
}

/// The status of a bandwidth id in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandwidthStatus {
    NotRead,
    NotListed,
    Dedicated,
    Shared,
}

/// The part of the catalogue that the rules of an order need.
pub trait Offers {
    fn server_flavor(&self, name: &str) -> ServerFlavorStatus;
    fn phone_flavor(&self, server_flavor: &str, name: &str) -> PhoneFlavorStatus;
    fn image(&self, server_flavor: &str, phone_flavor: &str, image_id: &str) -> ImageFit;
    fn bandwidth(&self, id: &str) -> BandwidthStatus;
    /// Returns whether a key pair with this name exists; `None` if the key pairs were not read.
    fn key_pair_exists(&self, name: &str) -> Option<bool>;
    /// Returns whether a server exists that an order with this name could have created; `None` if the servers were not
    /// read.
    fn server_name_exists(&self, name: &str) -> Option<bool>;
    /// Returns the subnets of the existing servers; `None` if the servers were not read.
    fn subnets_in_use(&self) -> Option<Vec<Ipv4Net>>;
    /// Returns the number of phones that one server of the flavor yields, if it is known.
    fn phones_per_server(&self, server_flavor: &str, phone_flavor: &str) -> Option<u32>;
}
