//! A server with the name of the order but without an order id proves nothing, neither that the order exists nor that
//! it does not.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::intents::{Acknowledged, IntentCredentials, OrderState, Preflight, ReadingFlaw};
use super::super::{Buyer, Confirmation, PurchaseService, Reconciled};
use crate::api::{
    ApiFuture, BeforeFirstByte, CallEnd, Cloud, Identity, Observation, ReadError, RetryObserver, Server, ServerList,
};
use crate::catalogue::{Catalogue, Listing, Resource};
use crate::codes::ConnectionErrorKind;
use crate::order::{Draft, Order};

/// A cloud whose response to the order is lost, and which then lists one server without an order id.
struct Silent;

impl Cloud for Silent {
    fn list<'a>(&'a self, _: Resource, _: RetryObserver<'a>) -> ApiFuture<'a, Result<Listing, ReadError>> {
        panic!("a search reads the servers of a name only")
    }

    fn servers_named<'a>(&'a self, _: &'a str) -> ApiFuture<'a, Result<Vec<Server>, ReadError>> {
        panic!("a search reads the whole list")
    }

    fn all_servers<'a>(&'a self, _: Option<RetryObserver<'a>>) -> ApiFuture<'a, Result<ServerList, ReadError>> {
        let server = Server {
            id: "s1".into(),
            name: "farm-1".into(),
            status: None,
            server_flavor: None,
            phone_flavor: None,
            order_id: None,
            subnet: None,
            created: None,
        };
        let list = ServerList { servers: vec![server], clock_ahead: Some(0), ..ServerList::default() };
        Box::pin(async move { Ok(list) })
    }

    fn server_ids_of_request<'a>(&'a self, _: &'a str) -> ApiFuture<'a, Result<BTreeSet<String>, ReadError>> {
        Box::pin(async { Ok(BTreeSet::new()) })
    }

    fn identify(&self) -> ApiFuture<'_, Result<Option<Identity>, ReadError>> {
        panic!("a purchase asks nobody who it is")
    }

    fn purchase(&self, _: Arc<[u8]>, before: BeforeFirstByte) -> ApiFuture<'_, Observation> {
        Box::pin(async move {
            before().unwrap();
            Observation { body_requested: true, end: CallEnd::Failed { error: ConnectionErrorKind::Reset.into() } }
        })
    }
}

#[tokio::test]
async fn a_server_without_its_order_is_no_proof_that_there_is_none() {
    let draft = Draft {
        server_flavor: "physical.rx1.xlarge".into(),
        phone_flavor: "rx1.cp.c60.d10.e1v1".into(),
        image_id: "20032120200330a20b000eae5b8c01e6".into(),
        server_name: "farm".into(),
        ..Draft::default()
    };
    let order = Order::check(&draft, &Catalogue::default()).unwrap();
    let buyer = Buyer {
        profile: "p".into(),
        endpoint: "e".into(),
        project: "p".into(),
        region: "r".into(),
        credentials: IntentCredentials::Token,
    };
    let home = tempfile::tempdir().unwrap();
    let service = PurchaseService::open(&home.path().join("state")).unwrap();
    let body = order.body();
    let preflight = Some(Preflight::default());
    let confirmation = Confirmation { order: &order, body: &body, preflight, acknowledged: Acknowledged::none() };
    service.submit(&Silent, &buyer, &confirmation, &|_| ()).await.unwrap();
    let id = service.history().intents().newest_first().next().unwrap().intent().id;
    for _ in 0..6 {
        let Reconciled::NotSeen { flaws, .. } = service.reconcile(&Silent, &buyer, id).await else { panic!("seen") };
        assert_eq!(flaws, BTreeSet::from([ReadingFlaw::NoOrderId]));
    }
    let history = service.history();
    let purchase = history.intents().purchase(id).unwrap();
    assert!(matches!(purchase.state(), OrderState::Unknown(_)));
    assert_eq!(purchase.empty_readings(), 0, "no complete reading was without it");
}
