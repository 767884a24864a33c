//! The choices for an order: flavors, images, bandwidths, key pairs and the servers that already exist.
//!
//! A list that has not been read yet is `None`, which is not the same as an empty list: rules that need it are then
//! skipped. Nothing here uses the network.

mod availability;
mod compatibility;
mod items;
mod lists;

pub use availability::Availability;
pub use compatibility::Obstacle;
pub use items::{Bandwidth, Image, KeyPair, Offering, PhoneFlavor, Server, ServerFlavor, ServerStatus, Visibility};
pub use lists::{Catalogue, Listing, Resource};
