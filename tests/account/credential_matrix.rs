//! Every kind of credentials times every operation: each works, and each call proves itself as it should.

use cph_wizard::api::{Cloud as _, NO_OBSERVER};
use cph_wizard::catalogue::{Catalogue, Resource};
use cph_wizard::purchase::Outcome;
use cph_wizard::simulator::AccessLogEntry;

use crate::fixture::{PROJECT, REGION, Stage, Who, all_lists, buy, is_login, is_purchase, order};

#[derive(Debug, Clone, Copy)]
enum Operation {
    List(Resource),
    Purchase,
    ServersNamed,
    ServersOfRequest,
    Identify,
    Projects,
}

impl Operation {
    /// All of them; what looks for servers comes after the purchase.
    fn all() -> impl Iterator<Item = Self> {
        let others =
            [Self::Purchase, Self::ServersNamed, Self::ServersOfRequest, Self::Identify, Self::Projects].into_iter();
        Resource::ALL.into_iter().map(Self::List).chain(others)
    }

    /// The paths of its calls behind the project, each once; logins are not among them.
    fn paths(self) -> &'static [&'static str] {
        match self {
            Self::List(Resource::ServerFlavors) => &["/cloud-phone/server-models"],
            Self::List(Resource::PhoneFlavors) => &["/cloud-phone/phone-models"],
            Self::List(Resource::Images) => &["/cloud-phone/phone-images"],
            Self::List(Resource::Bandwidths) => &["/cloud-phone/bandwidths"],
            Self::List(Resource::KeyPairs) => &["/os-keypairs"],
            Self::List(Resource::Servers) | Self::ServersNamed => &["/cloud-phone/servers"],
            Self::List(Resource::Offerings) => &["/server-model-offerings"],
            Self::Purchase => &["/cloud-phone/phones"],
            Self::ServersOfRequest => &["/cloud-phone/jobs"],
            Self::Identify => &["/v3/auth/projects", "/v3/auth/domains"],
            Self::Projects => &["/v3/auth/projects"],
        }
    }
}

/// Runs an operation on a client that was not used before, and looks at what it gives.
async fn run(stage: &Stage, who: Who, operation: Operation) {
    let cell = format!("{who:?} {operation:?}");
    match operation {
        Operation::List(resource) => {
            let listing = stage.cloud_of(who).await.list(resource, NO_OBSERVER).await.expect(&cell);
            assert_eq!((listing.resource(), listing.count() > 0), (resource, resource != Resource::Servers), "{cell}");
        }
        Operation::Purchase => {
            let outcome = buy(&stage.cloud_of(who).await).await;
            let Outcome::Accepted(receipt) = outcome else { panic!("{cell}: {outcome:?}") };
            assert_eq!(receipt.order_id, stage.simulator.ledger()[0].order_id, "{cell}");
        }
        Operation::ServersNamed => {
            let found = stage.cloud_of(who).await.servers_named("myPhoneServer").await.expect(&cell);
            let order_id = Some(stage.simulator.ledger()[0].order_id.clone());
            assert!(found.len() == 3 && found.iter().all(|server| server.order_id == order_id), "{cell}: {found:?}");
        }
        Operation::ServersOfRequest => {
            let found = stage.cloud_of(who).await.server_ids_of_request(PROJECT).await.expect(&cell);
            assert!(found.is_empty(), "{cell}: purchases have no jobs here");
        }
        Operation::Identify => {
            let identity = stage.cloud_of(who).await.identify().await.expect(&cell).expect("an identity");
            assert_eq!(identity.account.expect("an account").name, "demo-domain", "{cell}");
            assert_eq!(identity.is_listed, who == Who::Bound, "{cell}: only the bound key's project has a name");
            assert!(identity.clock_ahead.is_some_and(|ahead| ahead.abs() <= 2), "{cell}: {:?}", identity.clock_ahead);
        }
        Operation::Projects => {
            let projects = stage.iam(stage.credentials(who).await).projects(Some(REGION)).await.expect(&cell);
            let names: Vec<&str> = projects.iter().map(|project| project.name.as_str()).collect();
            assert_eq!(names, ["cn-north-4", "cn-north-4_team"], "{cell}");
        }
    }
}

/// Whether the calls of a cell are those of its operation, in order, each proven as it should be.
fn look(calls: &[AccessLogEntry], who: Who, operation: Operation) {
    let cell = format!("{who:?} {operation:?}: {calls:?}");
    let (logins, others): (Vec<&AccessLogEntry>, Vec<&AccessLogEntry>) =
        calls.iter().partition(|entry| is_login(entry));
    // A token that was taken elsewhere took one login too, by somebody else.
    let expected_logins = usize::from(matches!(who, Who::Login | Who::Token));
    assert_eq!(logins.len(), expected_logins, "{cell}");
    assert!(logins.iter().all(|entry| entry.by == "none" && entry.status == Some(201)), "{cell}");
    assert_eq!(others.len(), operation.paths().len(), "{cell}");
    for (entry, path) in others.iter().zip(operation.paths()) {
        let (place, _) = entry.path.split_once('?').unwrap_or((&entry.path, ""));
        assert!(place.ends_with(path), "{path} in {cell}");
        assert!(place.starts_with("/v3/auth/") || place.contains(&format!("/{}/", who.project())), "{cell}");
        assert_eq!(entry.by, who.by(), "{cell}");
        let is_right = match operation {
            // The service's word for "that request has no jobs" is a refusal.
            Operation::ServersOfRequest => entry.status.is_some_and(|status| status != 401 && status != 403),
            Operation::List(_)
            | Operation::Purchase
            | Operation::ServersNamed
            | Operation::Identify
            | Operation::Projects => entry.status == Some(200),
        };
        assert!(is_right, "{cell}");
    }
}

async fn row(who: Who) {
    let stage = Stage::on("").await;
    for operation in Operation::all() {
        let before = stage.seen();
        Box::pin(run(&stage, who, operation)).await;
        look(&stage.since(before), who, operation);
    }
    let ledger = stage.simulator.ledger();
    assert_eq!(ledger.len(), 1, "{who:?}: one purchase is one entry");
    let body = order(&Catalogue::default()).body();
    assert_eq!((&ledger[0].body[..], stage.posts()), (body.text().as_bytes(), 1), "{who:?}");
    let purchase = stage.simulator.access_log().into_iter().find(is_purchase).expect("a purchase");
    assert_eq!(purchase.body_bytes, body.text().len(), "{who:?}");
}

#[tokio::test]
async fn a_token_works_everywhere() {
    row(Who::Token).await;
}

#[tokio::test]
async fn a_permanent_key_works_everywhere() {
    row(Who::Permanent).await;
}

#[tokio::test]
async fn a_temporary_key_works_everywhere() {
    row(Who::Temporary).await;
}

#[tokio::test]
async fn a_password_works_everywhere() {
    row(Who::Login).await;
}

#[tokio::test]
async fn a_key_with_a_project_of_its_own_works_everywhere_in_it() {
    row(Who::Bound).await;
}

#[tokio::test]
async fn one_client_logs_in_once_for_everything_and_all_calls_may_wait_for_it() {
    for who in Who::ALL {
        let stage = Stage::on("").await;
        let credentials = stage.credentials(who).await;
        let before = stage.seen();
        let cloud = stage.cloud(credentials, who.project());
        let (lists, named, identity, outcome) =
            tokio::join!(all_lists(&cloud), cloud.servers_named("x"), cloud.identify(), buy(&cloud));
        let read = lists.map(|listing| listing.expect("a list").count());
        assert!(read[..5].iter().all(|rows| *rows > 0) && named.is_ok() && identity.is_ok(), "{who:?}: {read:?}");
        assert!(matches!(outcome, Outcome::Accepted(_)), "{who:?}: {outcome:?}");
        let calls = stage.since(before);
        assert_eq!(calls.iter().filter(|entry| is_login(entry)).count(), usize::from(who == Who::Login), "{who:?}");
        assert!(calls.iter().all(|entry| is_login(entry) || entry.by == who.by()), "{who:?}: {calls:?}");
        assert!(calls.iter().all(|entry| matches!(entry.status, Some(200 | 201))), "{who:?}: {calls:?}");
        assert_eq!((stage.simulator.ledger().len(), stage.posts()), (1, 1), "{who:?}");
    }
}
