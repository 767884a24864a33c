//! What the rules must know of the catalogue, as questions. `catalogue::Catalogue` answers them;
//! "not read" is an answer of its own and never taken for a yes or a no.

use ipnet::Ipv4Net;

/// How a server flavor stands in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerFlavorStatus {
    NotRead,
    Absent,
    Offline,
    /// On sale, and nothing is left of it in any zone, as the cloud said when it was read.
    SoldOut,
    /// The same in some zones; the cloud picks among the others.
    SoldOutInPart,
    OnSale,
}

/// How a phone flavor stands, seen from the server flavor that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneFlavorStatus {
    NotRead,
    Absent,
    /// It belongs to this other server flavor.
    Elsewhere(String),
    Offline,
    OnSale,
}

/// Whether an image fits a phone flavor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageFit {
    NotRead,
    /// The id is not in the list: it may still exist.
    NotListed,
    /// One of the two labels is missing, so the cloud has to say.
    NotStated,
    Misfit {
        image_label: String,
        flavor_label: String,
    },
    Fits,
}

/// How a bandwidth id stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandwidthStatus {
    NotRead,
    NotListed,
    Dedicated,
    Shared,
}

/// The catalogue, as far as the rules of an order ask for it.
pub trait Offers {
    fn server_flavor(&self, name: &str) -> ServerFlavorStatus;
    fn phone_flavor(&self, server_flavor: &str, name: &str) -> PhoneFlavorStatus;
    fn image(&self, server_flavor: &str, phone_flavor: &str, image_id: &str) -> ImageFit;
    fn bandwidth(&self, id: &str) -> BandwidthStatus;
    /// `None` if the key pairs were not read.
    fn key_pair_exists(&self, name: &str) -> Option<bool>;
    /// Whether a server exists that an order for this name could have made; `None` if the servers
    /// were not read.
    fn server_name_exists(&self, name: &str) -> Option<bool>;
    /// Subnets of the servers that exist; `None` if the servers were not read.
    fn subnets_in_use(&self) -> Option<Vec<Ipv4Net>>;
    /// Phones that one server of the flavor yields, if that is known.
    fn phones_per_server(&self, server_flavor: &str, phone_flavor: &str) -> Option<u32>;
}
