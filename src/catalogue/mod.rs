//! What may be chosen: flavors, images, bandwidths, key pairs and the servers that exist already.
//!
//! A list that has not been read yet is `None`, which is not the same as an empty list: rules that
//! need it are then left open instead of being guessed. Nothing here talks to the network.

mod availability;
mod compatibility;
mod items;
mod lists;

pub use availability::Availability;
pub use compatibility::Obstacle;
pub use items::{Bandwidth, Image, KeyPair, Offering, PhoneFlavor, Server, ServerFlavor, ServerStatus, Visibility};
pub use lists::{Catalogue, Listing, Resource};
