//! A server of the order's name that does not name its order proves nothing, neither way.

use std::sync::Arc;

use super::super::intents::{Credentials, State};
use super::super::{Buyer, Desk, Swept};
use crate::api::{Answer, BeforeFirstByte, Cloud, End, Identity, Observation, ReadError, Server, Told};
use crate::catalogue::{Catalogue, Listing, Resource};
use crate::order::{Draft, Order};

/// A cloud whose answer to the order is lost, and which then lists one server without its order.
struct Silent;

impl Cloud for Silent {
    fn list<'a>(&'a self, _: Resource, _: Told<'a>) -> Answer<'a, Result<Listing, ReadError>> {
        panic!("a sweep reads the servers of a name only")
    }

    fn servers_named<'a>(&'a self, name: &'a str) -> Answer<'a, Result<Vec<Server>, ReadError>> {
        let server = Server {
            id: "s1".into(),
            name: format!("{name}-1"),
            status: None,
            server_flavor: None,
            phone_flavor: None,
            order_id: None,
            subnet: None,
            created: None,
        };
        Box::pin(async move { Ok(vec![server]) })
    }

    fn servers_of_request<'a>(&'a self, _: &'a str) -> Answer<'a, Result<Vec<Server>, ReadError>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn identify(&self) -> Answer<'_, Result<Option<Identity>, ReadError>> {
        panic!("a purchase asks nobody who it is")
    }

    fn purchase(&self, _: Arc<[u8]>, before: BeforeFirstByte) -> Answer<'_, Observation> {
        Box::pin(async move {
            before().unwrap();
            Observation { body_asked: true, end: End::Broken { why: "reset".into() } }
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
        credentials: Credentials::Token,
    };
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::open(&home.path().join("state")).unwrap();
    desk.submit(&Silent, &buyer, (&order, &order.body()), &|_| ()).await;
    let id = desk.intents().newest_first().next().unwrap().intent().id;
    for _ in 0..6 {
        assert_eq!(desk.sweep(&Silent, &buyer, id).await, Swept::NotSeen);
    }
    let intents = desk.intents();
    let purchase = intents.purchase(id).unwrap();
    assert!(matches!(purchase.state(), State::Unknown(_)));
    assert_eq!(purchase.evidence().sweeps, 0, "no complete reading was without it");
}
