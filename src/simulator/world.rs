//! A world: the orders of a simulated cloud in a form that can be saved, so that a later simulator continues with them.
//! Servers and phones are computed from the orders, and make progress by the calendar, also while no simulator runs.
//! What a scene counts by request, such as throttling, starts over with each simulator.
//!
//! The member names are final since version 1: later versions of this program read every file of version 1.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::i18n::tr;

use super::orders::Foreign;
use super::purchase::Purchase;
use super::scene::Scene;

const VERSION: u64 = 1;

/// The largest numbers in a world. Larger ones were not written by this program, and would make lists endless.
const MAX_ORDERS: usize = 2_000;
const MAX_SERVERS_OF_ORDER: u32 = 1_000;
const MAX_PHONES_OF_SERVER: u32 = 1_000;

/// A function that writes a world to the disk.
pub type SaveWorld = Arc<dyn Fn(&World) -> io::Result<()> + Send + Sync>;

/// The orders of a simulated cloud, with their identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    version: u64,
    /// The identity. Orders that went to a world with another one are unknown here, not absent.
    id: Uuid,
    /// The name of the scene.
    scene: String,
    /// The orders, oldest first, with those of other people.
    pub(super) orders: Vec<SavedOrder>,
}

/// An order of a world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedOrder {
    pub(super) order_id: String,
    pub(super) product_id: String,
    pub(super) project_id: String,
    /// The time of acceptance, by the simulator's clock.
    pub(super) accepted_at: Timestamp,
    pub(super) is_paid: bool,
    pub(super) purchase: Purchase,
    /// Only for an order of somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) foreign: Option<Foreign>,
}

/// A reason that a world cannot be read.
#[derive(Debug, Error)]
pub enum WorldError {
    /// The text is not JSON, or has an unknown member or a value of the wrong type.
    #[error("{0}")]
    Unreadable(#[from] serde_json::Error),
    /// The text has no version, or one that never existed.
    #[error("{}", tr!("it has no valid version"))]
    NoVersion,
    /// The text has a newer version than this program reads.
    #[error("{}", tr!("it has version {found}; this program reads version {known} and no newer one", found, known = VERSION))]
    NewVersion {
        /// The version in the text.
        found: u64,
    },
    /// The world belongs to another scene.
    #[error("{}", tr!("it belongs to another scene"))]
    OtherScene,
    /// An order has an invalid count, or its order id is missing or repeated.
    #[error("{}", tr!("it has an order that cannot exist"))]
    InvalidOrder,
}

/// The version of a world alone, read first since other versions have other members.
#[derive(Deserialize)]
struct FileVersion {
    version: Option<u64>,
}

impl World {
    /// Creates a world without orders and with an identity of its own.
    pub fn new(scene: &Scene) -> Self {
        Self { version: VERSION, id: Uuid::new_v4(), scene: scene.name().to_owned(), orders: Vec::new() }
    }

    /// Parses the text of a world. Unknown members, and orders that cannot exist, are errors.
    pub fn parse(text: &[u8], scene: &Scene) -> Result<Self, WorldError> {
        match serde_json::from_slice(text)? {
            FileVersion { version: None | Some(0) } => return Err(WorldError::NoVersion),
            FileVersion { version: Some(found) } if found > VERSION => return Err(WorldError::NewVersion { found }),
            FileVersion { version: Some(_) } => {}
        }
        let world: Self = serde_json::from_slice(text)?;
        if world.scene != scene.name() {
            return Err(WorldError::OtherScene);
        }
        let ids: BTreeSet<&str> = world.orders.iter().map(|order| &*order.order_id).collect();
        let is_distinct = ids.len() == world.orders.len() && world.orders.len() <= MAX_ORDERS;
        if !is_distinct || !world.orders.iter().all(SavedOrder::can_exist) {
            return Err(WorldError::InvalidOrder);
        }
        Ok(world)
    }

    /// Returns the identity of this world, which no other one has.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Formats the world as the text that `parse` reads, with a line break at its end.
    pub fn to_text(&self) -> io::Result<Vec<u8>> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        Ok(text)
    }
}

impl SavedOrder {
    fn can_exist(&self) -> bool {
        let Purchase { count, phone_capacity, .. } = self.purchase;
        let id_length = self.order_id.len();
        (1..=64).contains(&id_length) && count <= MAX_SERVERS_OF_ORDER && phone_capacity <= MAX_PHONES_OF_SERVER
    }
}

/// A world, and the way in which it is saved after each order.
#[derive(Clone)]
pub struct SavedWorld {
    /// The orders to begin with.
    pub world: World,
    /// The function that saves the world; `None` if later orders are kept in memory only.
    pub save: Option<SaveWorld>,
}

impl SavedWorld {
    /// Saves the world with these orders, and keeps them if that succeeds.
    pub(super) fn save(&mut self, orders: Vec<SavedOrder>) -> io::Result<()> {
        if orders.len() > MAX_ORDERS {
            return Err(io::Error::other(tr!("the demo has too many orders; --demo-reset starts over")));
        }
        let world = World { orders, ..self.world.clone() };
        if let Some(save) = &self.save {
            save(&world)?;
        }
        self.world = world;
        Ok(())
    }
}

impl fmt::Debug for SavedWorld {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SavedWorld").field("world", &self.world).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Scene, World, WorldError};

    const ORDER: &str = r#"{"order_id":"CS1","product_id":"p","project_id":"j","accepted_at":"2026-09-14T11:20:00Z",
        "is_paid":true,"purchase":{"server_name":"farm","server_model_name":"s","phone_model_name":"m","image_id":"i",
        "count":2,"phone_capacity":60,"band_width":{"shared":{"size":7}},
        "billing":{"period":"month","period_num":1,"is_auto_pay":true,"is_auto_renew":false},
        "enterprise_project_id":null,"keypair_name":null,"vnc_enable":false,
        "ports":[{"name":"a","listen_port":10000,"internet_accessible":true}],"subnet":"10.0.0.0/16"}}"#;

    fn text(version: &str, scene: &str, orders: &[String]) -> String {
        let id = "00000000-0000-4000-8000-000000000001";
        format!(r#"{{"version":{version},"id":"{id}","scene":"{scene}","orders":[{}]}}"#, orders.join(","))
    }

    fn read(text: &str) -> Result<World, WorldError> {
        World::parse(text.as_bytes(), &Scene::normal())
    }

    #[test]
    fn a_world_of_version_1_is_read_and_written_unchanged() {
        let world = read(&text("1", "normal", &[ORDER.to_owned()])).expect("a world");
        assert_eq!(world.orders[0].purchase.count, 2);
        let written = String::from_utf8(world.to_text().expect("a text")).expect("UTF-8");
        assert_eq!(read(&written).expect("a world"), world);
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(value(&written), value(&text("1", "normal", &[ORDER.to_owned()])));
    }

    #[test]
    fn a_world_that_this_program_did_not_write_is_refused() {
        assert!(matches!(read("{"), Err(WorldError::Unreadable(_))));
        assert!(matches!(read("{}"), Err(WorldError::NoVersion)));
        assert!(matches!(read(&text("0", "normal", &[])), Err(WorldError::NoVersion)));
        assert!(matches!(read(r#"{"version":2,"more":1}"#), Err(WorldError::NewVersion { found: 2 })));
        assert!(matches!(read(&text("1", "slow", &[])), Err(WorldError::OtherScene)));
        let order = |from: &str, to: &str| text("1", "normal", &[ORDER.replacen(from, to, 1)]);
        assert!(matches!(read(&order("CS1", "")), Err(WorldError::InvalidOrder)));
        assert!(matches!(read(&order(r#""count":2"#, r#""count":4000000000"#)), Err(WorldError::InvalidOrder)));
        assert!(matches!(read(&order(":60,", ":4000000000,")), Err(WorldError::InvalidOrder)));
        assert!(matches!(read(&order(r#""is_paid""#, r#""paid""#)), Err(WorldError::Unreadable(_))));
        let twice = [ORDER.to_owned(), ORDER.to_owned()];
        assert!(matches!(read(&text("1", "normal", &twice)), Err(WorldError::InvalidOrder)));
    }

    #[test]
    fn two_new_worlds_are_different() {
        assert_ne!(World::new(&Scene::normal()).id(), World::new(&Scene::normal()).id());
    }
}
