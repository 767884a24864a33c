//! The order of steps: each step of a purchase is on the disk before the next one is taken, and the bytes that are sent
//! are those that were confirmed.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};

use crate::api::{
    ApiFuture, BeforeFirstByte, CallEnd, Cloud, Identity, Observation, ReadError, RetryObserver, Server, ServerList,
};
use crate::catalogue::{Catalogue, Listing, Resource};
use crate::codes::ConnectionErrorKind;
use crate::order::{Draft, Order};
use crate::purchase::intents::Acknowledged;
use crate::purchase::intents::IntentCredentials;
use crate::purchase::journal::{JournalMoved, Storage};
use crate::purchase::journal_store::JournalStore;
use crate::purchase::{Buyer, Confirmation, Event, Outcome, PurchaseService, SubmitError};

/// The steps that were taken, in order.
#[derive(Debug, Clone, Default)]
struct Steps(Arc<Mutex<Vec<String>>>);

impl Steps {
    fn add(&self, step: impl Into<String>) {
        self.0.lock().unwrap().push(step.into());
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// A disk that records the calls it receives, and can fail to sync one kind of record.
#[derive(Debug)]
struct Disk {
    steps: Steps,
    fails_at: &'static str,
}

impl Storage for Disk {
    fn lock(&mut self) -> io::Result<bool> {
        Ok(true)
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn create(&mut self) -> io::Result<bool> {
        Ok(false)
    }

    fn check_identity(&mut self, _: u64) -> Result<(), JournalMoved> {
        Ok(())
    }

    fn reserve(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let record: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        self.steps.add(record["entry"].as_object().unwrap().keys().next().unwrap());
        Ok(bytes.len())
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.steps.all().last().is_some_and(|last| last == self.fails_at) {
            return Err(io::Error::other("the disk is gone"));
        }
        self.steps.add("on the disk");
        Ok(())
    }

    fn read_last(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn renew_last(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn write_last(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn sync_last(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn quarantine(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>> {
        Ok(Vec::new())
    }

    fn cut(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }
}

/// A cloud that records what it receives, and ends every call in the same way.
struct Wire {
    steps: Steps,
    end: CallEnd,
}

impl Cloud for Wire {
    fn list<'a>(&'a self, _: Resource, _: RetryObserver<'a>) -> ApiFuture<'a, Result<Listing, ReadError>> {
        panic!("a purchase reads no list")
    }

    fn servers_named<'a>(&'a self, _: &'a str) -> ApiFuture<'a, Result<Vec<Server>, ReadError>> {
        panic!("a purchase reads no servers")
    }

    fn all_servers<'a>(&'a self, _: Option<RetryObserver<'a>>) -> ApiFuture<'a, Result<ServerList, ReadError>> {
        panic!("a purchase reads no servers")
    }

    fn server_ids_of_request<'a>(&'a self, _: &'a str) -> ApiFuture<'a, Result<BTreeSet<String>, ReadError>> {
        panic!("a purchase reads no jobs")
    }

    fn identify(&self) -> ApiFuture<'_, Result<Option<Identity>, ReadError>> {
        panic!("a purchase asks nobody who it is")
    }

    fn purchase(&self, body: Arc<[u8]>, before: BeforeFirstByte) -> ApiFuture<'_, Observation> {
        Box::pin(async move {
            self.steps.add("connected");
            if let Err(why) = before() {
                return Observation { body_requested: false, end: CallEnd::Withheld { why } };
            }
            self.steps.add(format!("sent {}", String::from_utf8_lossy(&body)));
            Observation { body_requested: true, end: self.end.clone() }
        })
    }
}

fn order() -> Order {
    let draft = Draft {
        server_flavor: "physical.rx1.xlarge".into(),
        phone_flavor: "rx1.cp.c60.d10.e1v1".into(),
        image_id: "20032120200330a20b000eae5b8c01e6".into(),
        server_name: "farm".into(),
        ..Draft::default()
    };
    Order::check(&draft, &Catalogue::default()).unwrap()
}

fn answer(status: u16, body: &str) -> CallEnd {
    CallEnd::Response { status, content_type: None, request_id_header: None, body: body.into() }
}

/// Buys an order, and returns the steps from the INTENT record on with the last event. The error is that of a purchase
/// that was not started.
async fn bought(end: CallEnd, fails_at: &'static str) -> (Vec<String>, Result<Option<Event>, SubmitError>) {
    let steps = Steps::default();
    let of_disk = steps.clone();
    let service = PurchaseService::with_store(
        JournalStore::in_storage(move || Box::new(Disk { steps: of_disk.clone(), fails_at })).unwrap(),
    );
    let buyer = Buyer {
        profile: "test".into(),
        endpoint: "127.0.0.1".into(),
        project: "p".into(),
        region: "r".into(),
        credentials: IntentCredentials::Token,
    };
    let order = order();
    let last = Mutex::new(None);
    let tell = |event: Event| {
        steps.add(if event == Event::Sending { "told: sending" } else { "told: concluded" });
        *last.lock().unwrap() = Some(event);
    };
    let body = order.body();
    let confirmation = Confirmation { order: &order, body: &body, preflight: None, acknowledged: Acknowledged::none() };
    let begun = service.submit(&Wire { steps: steps.clone(), end }, &buyer, &confirmation, &tell).await;
    // Opening the journal syncs what a killed run may have left.
    let all = steps.all();
    let intent = all.iter().position(|step| step == "intent").unwrap();
    (all[intent..].to_vec(), begun.map(|()| last.into_inner().unwrap()))
}

#[tokio::test]
async fn every_step_is_on_the_disk_before_the_next_one() {
    let sent = format!("sent {}", order().body().text());
    let expected = [
        "intent",
        "on the disk",
        "told: sending",
        "connected",
        "sending",
        "on the disk",
        sent.as_str(),
        "outcome",
        "on the disk",
        "told: concluded",
    ];
    for end in [
        answer(200, r#"{"order_id":"CS1"}"#),
        answer(400, r#"{"error_code":"CPS.0024","error_msg":"m"}"#),
        answer(504, ""),
        answer(307, ""),
        CallEnd::TimedOut { status: None, request_id_header: None, seconds: 150 },
        CallEnd::Failed { error: ConnectionErrorKind::Reset.into() },
    ] {
        let (steps, _) = bought(end.clone(), "").await;
        assert_eq!(steps, expected, "{end:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_brought_to_the_disk_is_not_sent() {
    for fails_at in ["intent", "sending"] {
        let (steps, last) = bought(answer(200, r#"{"order_id":"CS1"}"#), fails_at).await;
        assert!(!steps.iter().any(|step| step.starts_with("sent ")), "{fails_at}: {steps:?}");
        match last {
            Err(SubmitError::Journal { why }) => {
                assert!(fails_at == "intent" && why.to_string().contains("the disk is gone"), "{why}");
            }
            Ok(Some(Event::Concluded { outcome: Outcome::NotSent(_), lost: Some(_), .. })) => {
                assert_eq!(fails_at, "sending");
            }
            other => panic!("{fails_at}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_outcome_that_is_not_kept_is_told_as_such() {
    let (_, last) = bought(answer(200, r#"{"order_id":"CS1"}"#), "outcome").await;
    let Ok(Some(Event::Concluded { outcome: Outcome::Accepted(_), lost: Some(why), .. })) = last else {
        panic!("{last:?}")
    };
    assert!(why.contains("the disk is gone"), "{why}");
}
