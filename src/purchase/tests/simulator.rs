//! Whole purchases over loopback: the reported outcomes against the ledger of the simulator.

use std::sync::Mutex;
use std::time::Duration;

use crate::api::{Account, AuthMethod, Cloud as _, Endpoint, HttpCloud, Timeouts, Token};
use crate::catalogue::Catalogue;
use crate::order::{Order, read_body};
use crate::purchase::intents::{Acknowledged, FoundBy, IntentCredentials, OrderState};
use crate::purchase::journal::{Journal, Opened};
use crate::purchase::{Buyer, Confirmation, Event, Outcome, PurchaseService, Reconciled, SubmitError, preflight};
use crate::simulator::{Options, Scene, Simulator};

/// The documented example, with flavors and an image that are compatible.
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
    let account = Account::new(endpoint, "0123456789abcdef0123456789abcdef", AuthMethod::Token(Token::new("a-token")));
    HttpCloud::with_timeouts(account, Timeouts { purchase, ..Timeouts::default() }).unwrap()
}

/// Makes one purchase with a journal of its own, and checks that the reported outcome is the one in the journal.
async fn outcome(cloud: &HttpCloud) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    let service = PurchaseService::open(&home.path().join("state")).unwrap();
    let (order, body) = (order(), order().body());
    let told = Mutex::new(Vec::new());
    submit((&service, cloud), &order, &|event| told.lock().unwrap().push(event)).await.unwrap();
    let told = told.into_inner().unwrap();
    let [Event::Sending, Event::Concluded { id: Some(id), outcome, lost: None }] = &told[..] else {
        panic!("{told:?}")
    };
    drop(service);
    let again = PurchaseService::open(&home.path().join("state")).unwrap();
    assert_eq!(again.notices(), []);
    let history = again.history();
    assert_eq!(history.intents().state(*id), Some(&OrderState::from(outcome)));
    assert_eq!(history.intents().purchase(*id).unwrap().intent().body, body.text());
    outcome.clone()
}

/// Buys after reading the server list, whatever was bought before.
async fn submit(
    (service, cloud): (&PurchaseService, &HttpCloud),
    order: &Order,
    tell: &(dyn Fn(Event) + Send + Sync),
) -> Result<(), SubmitError> {
    let preflight = match cloud.all_servers(None).await {
        Ok(list) => preflight(order.server_name(), &list),
        Err(_) => None,
    };
    let body = order.body();
    let confirmation = Confirmation { order, body: &body, preflight, acknowledged: Acknowledged::All };
    service.submit(cloud, &buyer(), &confirmation, tell).await
}

fn order() -> Order {
    Order::check(&read_body(ORDER.as_bytes()).unwrap(), &Catalogue::default()).unwrap()
}

fn buyer() -> Buyer {
    Buyer {
        profile: "test".into(),
        endpoint: "127.0.0.1".into(),
        project: "p".into(),
        region: "r".into(),
        credentials: IntentCredentials::Token,
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_kept_first_is_not_sent() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join("state");
    let service = PurchaseService::open(&state).unwrap();
    let cloud = cloud(&simulator, Duration::from_secs(150));
    // Another process writes, for longer than anybody waits.
    let held = Journal::open(&state, jiff::Timestamp::now()).unwrap();
    assert!(matches!(held, Opened::Writable(_)));
    tokio::time::pause();
    let begun = submit((&service, &cloud), &order(), &|event| panic!("{event:?}")).await;
    assert!(matches!(begun, Err(SubmitError::Journal { .. })), "{begun:?}");
    assert!(simulator.ledger().is_empty());
    drop(held);
    assert_eq!(service.obstacle(), None, "nothing is in the way once the other one has ended");
    submit((&service, &cloud), &order(), &|_| ()).await.unwrap();
    assert_eq!(simulator.ledger().len(), 1);
}

#[tokio::test]
async fn an_order_that_came_after_the_question_is_asked_about() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let cloud = cloud(&simulator, Duration::from_secs(150));
    let home = tempfile::tempdir().unwrap();
    let service = PurchaseService::open(&home.path().join("state")).unwrap();
    // Another window of the same journal buys the same.
    let other = PurchaseService::open(&home.path().join("state")).unwrap();
    submit((&other, &cloud), &order(), &|_| ()).await.unwrap();
    let (order, bought) = (order(), other.history().intents().newest_first().next().unwrap().intent().id);
    let body = order.body();
    let confirmation = |acknowledged| Confirmation { order: &order, body: &body, preflight: None, acknowledged };
    let begun = service.submit(&cloud, &buyer(), &confirmation(Acknowledged::none()), &|_| ()).await;
    assert_eq!(begun, Err(SubmitError::Duplicates { ids: vec![bought] }));
    assert_eq!(simulator.ledger().len(), 1);
    let asked = Acknowledged::These([bought].into());
    service.submit(&cloud, &buyer(), &confirmation(asked), &|_| ()).await.unwrap();
    assert_eq!(simulator.ledger().len(), 2);
}

#[tokio::test]
async fn an_order_in_doubt_is_found_by_reading() {
    for scene in ["reset-before-answer", "error-after-order", "broken-json"] {
        let options = Options { scene: Scene::named(scene).unwrap(), ..Options::default() };
        let simulator = Simulator::start(options).await.unwrap();
        let cloud = cloud(&simulator, Duration::from_secs(150));
        let home = tempfile::tempdir().unwrap();
        let service = PurchaseService::open(&home.path().join("state")).unwrap();
        submit((&service, &cloud), &order(), &|_| ()).await.unwrap();
        let id = service.history().intents().unresolved().next().unwrap().intent().id;
        let placed = simulator.ledger()[0].order_id.clone();
        assert_eq!(service.reconcile(&cloud, &buyer(), id).await, Reconciled::Found { order_id: placed }, "{scene}");
        assert_eq!(service.history().intents().state(id), Some(&OrderState::Found { by: FoundBy::Reading }));
        assert_eq!(service.reconcile(&cloud, &buyer(), id).await, Reconciled::Settled);
        assert_eq!(simulator.access_log().iter().filter(|entry| entry.method == "POST").count(), 1);
    }
}

#[tokio::test]
async fn an_order_that_somebody_else_placed_before_is_not_taken_for_ours() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let cloud = cloud(&simulator, Duration::from_secs(150));
    let home = tempfile::tempdir().unwrap();
    let service = PurchaseService::open(&home.path().join("state")).unwrap();
    submit((&service, &cloud), &order(), &|_| ()).await.unwrap();
    // The second one is cut off before it reaches the cloud: nobody listens there.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", nobody.local_addr().unwrap());
    let closer = std::thread::spawn(move || drop(nobody.accept()));
    let account = Account::new(Endpoint::parse(&url).unwrap(), "p", AuthMethod::Token(Token::new("t")));
    let elsewhere = HttpCloud::new(account).unwrap();
    let (order, list) = (order(), cloud.all_servers(None).await.unwrap());
    let (body, preflight) = (order.body(), preflight(order.server_name(), &list));
    let confirmation = Confirmation { order: &order, body: &body, preflight, acknowledged: Acknowledged::All };
    service.submit(&elsewhere, &buyer(), &confirmation, &|_| ()).await.unwrap();
    closer.join().unwrap();
    let doubtful = service.history().intents().unresolved().next().unwrap().intent().id;
    let elsewhere = Buyer { project: "another".into(), ..buyer() };
    assert_eq!(service.reconcile(&cloud, &elsewhere, doubtful).await, Reconciled::Elsewhere);
    let reconciled = service.reconcile(&cloud, &buyer(), doubtful).await;
    assert!(matches!(&reconciled, Reconciled::NotSeen { candidates, .. } if candidates.is_empty()), "{reconciled:?}");
    assert_eq!(simulator.ledger().len(), 1);
}

async fn buy(scene: &str) -> Bought {
    // Only the scene of silence is worth losing patience with.
    let patience = Duration::from_secs(if scene == "timeout-after-order" { 1 } else { 150 });
    let options = Options { scene: Scene::named(scene).unwrap(), ..Options::default() };
    let simulator = Simulator::start(options).await.unwrap();
    let outcome = outcome(&cloud(&simulator, patience)).await;
    let posts = simulator.access_log().iter().filter(|entry| entry.method == "POST").count();
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
        assert!(matches!(bought.outcome, Outcome::Rejected(_)), "{scene}: {:?}", bought.outcome);
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
