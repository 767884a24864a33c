//! A world that is saved: a later simulator continues with its orders.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cph_wizard::simulator::{ListedServer, Options, SaveWorld, SavedWorld, Scene, Simulator, World};
use serde_json::json;

use crate::fixture::{Caller, EXAMPLE, PROJECT, changed};

/// Where a world is saved in place of a file.
#[derive(Clone, Default)]
struct Saved(Arc<Mutex<Vec<World>>>);

impl Saved {
    fn save(&self) -> SaveWorld {
        let saved = Arc::clone(&self.0);
        Arc::new(move |world| {
            saved.lock().expect("the worlds").push(world.clone());
            Ok(())
        })
    }

    fn last(&self) -> World {
        self.0.lock().expect("the worlds").last().expect("a world").clone()
    }
}

async fn opened(scene: &Scene, world: World, save: Option<SaveWorld>) -> Caller {
    Caller::with(Options { scene: scene.clone(), world: Some(SavedWorld { world, save }), ..Options::default() }).await
}

/// A world as it comes back from a file, with every order this much older.
fn aged(world: &World, scene: &Scene, seconds: i64) -> World {
    let mut text: serde_json::Value = serde_json::from_slice(&world.to_text().expect("a text")).expect("JSON");
    for order in text["orders"].as_array_mut().expect("orders") {
        let accepted: jiff::Timestamp = order["accepted_at"].as_str().expect("a time").parse().expect("a time");
        order["accepted_at"] = json!(accepted - jiff::SignedDuration::from_secs(seconds));
    }
    World::parse(text.to_string().as_bytes(), scene).expect("a world")
}

fn ids(servers: &[ListedServer]) -> Vec<&str> {
    servers.iter().map(|server| server.server_id.as_str()).collect()
}

#[tokio::test]
async fn a_later_simulator_has_the_same_servers_which_went_on_being_built() {
    let (scene, saved) = (Scene::named("foreign-server").expect("a scene"), Saved::default());
    let caller = opened(&scene, World::new(&scene), Some(saved.save())).await;
    assert_eq!(saved.0.lock().expect("the worlds").len(), 1, "it is saved before the first order");
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    assert_eq!(caller.buy(changed("/extend_param/is_auto_pay", Some(json!(0)))).await.0, 200);
    let before = caller.simulator.listed_servers(PROJECT);
    assert!(before.iter().filter(|server| !server.is_foreign).all(|server| server.status != 5));
    let first = saved.last();
    caller.simulator.stop().await;

    let later = opened(&scene, aged(&first, &scene, 3_600), Some(saved.save())).await;
    let after = later.simulator.listed_servers(PROJECT);
    assert_eq!(ids(&after), ids(&before));
    assert!(after.iter().all(|server| server.status == 5), "an hour later by the calendar all are built: {after:?}");
    assert_eq!(later.buy(changed("/subnet_cidr", Some(json!("172.31.8.0/24")))).await.0, 400, "its subnet is in use");
    assert_eq!(later.buy(changed("/server_name", Some(json!("more")))).await.0, 200);
    assert_eq!((saved.last().id(), later.simulator.listed_servers(PROJECT).len()), (first.id(), before.len() + 3));
}

#[tokio::test]
async fn an_order_that_cannot_be_saved_is_not_placed() {
    let scene = Scene::normal();
    let full: SaveWorld = Arc::new(|_| Err(io::Error::other("the disk is full")));
    let caller = opened(&scene, World::new(&scene), Some(full)).await;
    let (status, answer) = caller.buy(EXAMPLE).await;
    assert_eq!((status, &answer["error_code"]), (500, &json!("CPS.0062")));
    assert!(answer["error_msg"].as_str().expect("a message").contains("the disk is full"), "{answer}");
    caller.simulator.advance(Duration::from_secs(60));
    assert!(caller.simulator.listed_servers(PROJECT).is_empty() && caller.simulator.ledger().is_empty());
}

#[tokio::test]
async fn a_world_that_is_only_read_keeps_later_orders_in_memory() {
    let scene = Scene::normal();
    let world = World::new(&scene);
    let caller = opened(&scene, world.clone(), None).await;
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    assert_eq!(caller.simulator.listed_servers(PROJECT).len(), 3);
    let simulator = Simulator::start(Options { world: Some(SavedWorld { world, save: None }), ..Options::default() });
    assert!(simulator.await.expect("a simulator").listed_servers(PROJECT).is_empty());
}

#[tokio::test]
async fn a_world_of_version_1_with_every_member_is_read_for_good() {
    let (scene, text) = (Scene::normal(), include_bytes!("../formats/world-v1.json"));
    let world = World::parse(text, &scene).expect("a world");
    let value = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).expect("JSON");
    let mut written = value(&world.to_text().expect("a text"));
    let time = written["orders"][1]["accepted_at"].as_str().expect("a time").parse::<jiff::Timestamp>();
    assert_eq!(time.expect("a time"), "2026-09-14T11:20:00.5Z".parse().expect("a time"));
    written["orders"][1]["accepted_at"] = json!("2026-09-14T11:20:00.5Z");
    assert_eq!(written, value(text));
    let simulator = opened(&scene, world, None).await.simulator;
    let shown = simulator.listed_servers("demo-project");
    let names: Vec<&str> = shown.iter().map(|server| server.server_name.as_str()).collect();
    assert_eq!((names.len(), names[2]), (3, "theirs-0001"), "{names:?}");
    assert_eq!((&shown[2].order_id, shown[2].is_foreign), (&Some("X".to_owned()), true));
}
