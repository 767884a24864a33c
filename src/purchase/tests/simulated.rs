//! Whole purchases over loopback: what the worker says against what the simulator's ledger holds.

use std::sync::Mutex;
use std::time::Duration;

use crate::api::{Account, Cloud as _, Credentials as Proof, Endpoint, HttpCloud, Timeouts, Token};
use crate::catalogue::Catalogue;
use crate::order::{Order, read_body};
use crate::purchase::intents::{Credentials, State};
use crate::purchase::{Buyer, Desk, Event, Outcome, Swept};
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
    let endpoint = Endpoint::parse(&simulator.url()).unwrap();
    let account = Account::new(endpoint, "0123456789abcdef0123456789abcdef", Proof::Token(Token::new("a-token")));
    HttpCloud::with_timeouts(account, Timeouts { purchase, ..Timeouts::default() }).unwrap()
}

/// One purchase over a journal of its own. What is told must be what the journal says afterwards.
async fn outcome(cloud: &HttpCloud) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::open(&home.path().join("state")).unwrap();
    let order = Order::check(&read_body(ORDER.as_bytes()).unwrap(), &Catalogue::default()).unwrap();
    let body = order.body();
    let told = Mutex::new(Vec::new());
    desk.submit(cloud, &buyer(), (&order, &body), &|event| told.lock().unwrap().push(event)).await;
    let told = told.into_inner().unwrap();
    let [Event::Sending, Event::Concluded { id: Some(id), outcome, lost: None }] = &told[..] else {
        panic!("{told:?}")
    };
    drop(desk);
    let again = Desk::open(&home.path().join("state")).unwrap();
    assert_eq!(again.facts(), []);
    assert_eq!(again.intents().state(*id), Some(&State::from(outcome)));
    assert_eq!(again.intents().purchase(*id).unwrap().intent().body, body.text());
    outcome.clone()
}

fn buyer() -> Buyer {
    Buyer {
        profile: "test".into(),
        endpoint: "127.0.0.1".into(),
        project: "p".into(),
        region: "r".into(),
        credentials: Credentials::Token,
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_kept_first_is_not_sent() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let holder = Desk::open(&home.path().join("state")).unwrap();
    let browsing = Desk::open(&home.path().join("state")).unwrap();
    assert!(holder.obstacle().is_none() && browsing.obstacle().is_some());
    let order = Order::check(&read_body(ORDER.as_bytes()).unwrap(), &Catalogue::default()).unwrap();
    let told = Mutex::new(Vec::new());
    let tell = |event| told.lock().unwrap().push(event);
    let cloud = cloud(&simulator, Duration::from_secs(150));
    browsing.submit(&cloud, &buyer(), (&order, &order.body()), &tell).await;
    let told = told.into_inner().unwrap();
    assert!(matches!(&told[..], [Event::Concluded { id: None, outcome: Outcome::NotSent(_), .. }]), "{told:?}");
    assert!(simulator.wire_log().is_empty() && simulator.ledger().is_empty());
}

#[tokio::test]
async fn an_order_in_doubt_is_found_by_reading() {
    for scene in ["reset-before-answer", "error-after-order", "broken-json"] {
        let options = Options { scene: Scene::named(scene).unwrap(), ..Options::default() };
        let simulator = Simulator::start(options).await.unwrap();
        let cloud = cloud(&simulator, Duration::from_secs(150));
        let home = tempfile::tempdir().unwrap();
        let desk = Desk::open(&home.path().join("state")).unwrap();
        let order = Order::check(&read_body(ORDER.as_bytes()).unwrap(), &Catalogue::default()).unwrap();
        desk.submit(&cloud, &buyer(), (&order, &order.body()), &|_| ()).await;
        let id = desk.intents().unresolved().next().unwrap().intent().id;
        let placed = simulator.ledger()[0].order_id.clone();
        assert_eq!(desk.sweep(&cloud, &buyer(), id).await, Swept::Found { order_id: placed }, "{scene}");
        assert_eq!(desk.intents().state(id), Some(&State::Found));
        assert_eq!(desk.sweep(&cloud, &buyer(), id).await, Swept::Settled);
        assert_eq!(simulator.wire_log().iter().filter(|entry| entry.method == "POST").count(), 1);
    }
}

#[tokio::test]
async fn an_order_that_somebody_else_placed_before_is_not_taken_for_ours() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let cloud = cloud(&simulator, Duration::from_secs(150));
    let order = Order::check(&read_body(ORDER.as_bytes()).unwrap(), &Catalogue::default()).unwrap();
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::open(&home.path().join("state")).unwrap();
    desk.submit(&cloud, &buyer(), (&order, &order.body()), &|_| ()).await;
    // The second one is cut off before it reaches the cloud: nobody listens there.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", nobody.local_addr().unwrap());
    let closer = std::thread::spawn(move || drop(nobody.accept()));
    let account = Account::new(Endpoint::parse(&url).unwrap(), "p", Proof::Token(Token::new("t")));
    let elsewhere = HttpCloud::new(account).unwrap();
    desk.submit(&elsewhere, &buyer(), (&order, &order.body()), &|_| ()).await;
    closer.join().unwrap();
    let intents = desk.intents();
    let doubtful = intents.unresolved().next().unwrap().intent().id;
    let elsewhere = Buyer { project: "another".into(), ..buyer() };
    assert_eq!(desk.sweep(&cloud, &elsewhere, doubtful).await, Swept::Elsewhere);
    assert_eq!(desk.sweep(&cloud, &buyer(), doubtful).await, Swept::NotSeen);
    assert_eq!(simulator.ledger().len(), 1);
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
