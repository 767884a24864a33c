//! Whole purchases over loopback: what the worker says against what the simulator's ledger holds.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::api::{Account, Cloud as _, Endpoint, HttpCloud, Timeouts, Token};
use crate::purchase::{Event, Outcome, submit};
use crate::simulator::{Options, Scene, Simulator};

/// The documented example, with flavors and an image that go together.
const ORDER: &str = r#"{"server_name":"farm","server_model_name":"physical.rx1.xlarge",
    "phone_model_name":"rx1.cp.c60.d10.e1v1","image_id":"20032120200330a20b000eae5b8c01e6","count":2,
    "band_width":{"band_width_share_type":0},
    "extend_param":{"charging_mode":0,"period_type":2,"period_num":1,"is_auto_pay":1}}"#;

struct Bought {
    outcome: Outcome,
    orders: usize,
    posts: usize,
}

fn cloud(simulator: &Simulator, purchase: Duration) -> HttpCloud {
    let account = Account {
        endpoint: Endpoint::parse(&simulator.url()).unwrap(),
        ecs: None,
        project_id: "0123456789abcdef0123456789abcdef".into(),
        token: Token::new("a-token"),
    };
    HttpCloud::with_timeouts(account, Timeouts { purchase, ..Timeouts::default() }).unwrap()
}

async fn outcome(cloud: &HttpCloud) -> Outcome {
    let told = Mutex::new(Vec::new());
    submit(cloud, Arc::from(ORDER.as_bytes()), &|event| told.lock().unwrap().push(event)).await;
    let told = told.into_inner().unwrap();
    let [Event::Sending, Event::Concluded(outcome)] = &told[..] else { panic!("{told:?}") };
    outcome.clone()
}

async fn buy(scene: &str) -> Bought {
    // Only the scene of silence is worth losing patience with.
    let patience = Duration::from_secs(if scene == "timeout-after-order" { 1 } else { 150 });
    let options = Options { scene: Scene::named(scene).unwrap(), ..Options::default() };
    let simulator = Simulator::start(options).await.unwrap();
    let outcome = outcome(&cloud(&simulator, patience)).await;
    let posts = simulator.wire_log().iter().filter(|entry| entry.method == "POST").count();
    let orders = simulator.ledger().len();
    simulator.stop().await;
    Bought { outcome, orders, posts }
}

#[tokio::test]
async fn an_accepted_order_is_in_the_ledger() {
    let bought = buy("normal").await;
    assert!(matches!(bought.outcome, Outcome::Accepted(_)), "{:?}", bought.outcome);
    assert_eq!((bought.orders, bought.posts), (1, 1));
}

#[tokio::test]
async fn a_refused_order_is_not_in_the_ledger() {
    for scene in ["sold-out", "quota", "no-permission", "unpaid-account", "throttled", "token-expired"] {
        let bought = buy(scene).await;
        assert!(matches!(bought.outcome, Outcome::Refused(_)), "{scene}: {:?}", bought.outcome);
        assert_eq!((bought.orders, bought.posts), (0, 1), "{scene}");
    }
}

#[tokio::test]
async fn an_order_without_a_clear_answer_is_unknown_and_sent_once() {
    for scene in ["broken-json", "reset-before-answer", "timeout-after-order", "error-after-order"] {
        let bought = buy(scene).await;
        assert!(matches!(bought.outcome, Outcome::Unknown(_)), "{scene}: {:?}", bought.outcome);
        assert_eq!((bought.orders, bought.posts), (1, 1), "{scene}");
    }
}

#[tokio::test]
async fn the_servers_of_an_order_are_found_by_its_name() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let cloud = cloud(&simulator, Timeouts::default().purchase);
    let Outcome::Accepted(receipt) = outcome(&cloud).await else { panic!("not accepted") };
    let found = cloud.servers_named("farm").await.unwrap();
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|server| server.order_id.as_ref() == Some(&receipt.order_id)));
    assert!(cloud.servers_named("far").await.unwrap().is_empty());
}
