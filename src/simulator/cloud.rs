//! The simulated cloud without its wire: a request goes in, a fate comes out.
//! It knows the scene, the orders and the order in which things are refused; it does not know HTTP.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value, json};

use super::clock::{Clock, Moment};
use super::identifiers;
use super::inventory::Inventory;
use super::ledger::{Ledger, LedgerEntry};
use super::lists;
use super::orders::Orders;
use super::query::Query;
use super::refusal::Refusal;
use super::route::{self, Call, Route};
use super::rules::judge;
use super::scene::{AfterOrder, Scene, Stage};
use super::world::World;

/// The largest body that is read, in bytes.
pub(super) const LARGEST_BODY: usize = 64 * 1024;

/// A request as far as it matters here.
pub(super) struct Request<'wire> {
    pub(super) method: &'wire str,
    pub(super) path: &'wire str,
    pub(super) query: Query,
    pub(super) has_token: bool,
    pub(super) body: Body<'wire>,
}

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub(super) enum Body<'wire> {
    Whole(&'wire [u8]),
    /// More than `LARGEST_BODY` bytes came.
    TooLarge,
    /// It stopped coming before its end.
    Unfinished,
}

/// What becomes of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Answer {
        status: u16,
        body: String,
    },
    /// The connection is reset.
    Reset,
    /// The connection stays open and silent.
    Silence,
}

/// The fate of a request, with what the wire log wants to know of it.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) request_id: String,
    pub(super) order_id: Option<String>,
    pub(super) fate: Fate,
}

/// The cloud.
pub(super) struct Cloud {
    scene: Scene,
    start: World,
    clock: Clock,
    orders: Mutex<Orders>,
}

impl Cloud {
    pub(super) fn open(scene: Scene, ledger: Option<&Path>) -> std::io::Result<Self> {
        let orders = Mutex::new(Orders::new(Ledger::open(ledger)?));
        Ok(Self { start: scene.world(), scene, clock: Clock::start(), orders })
    }

    /// How long every answer takes, in milliseconds.
    pub(super) fn answer_delay_ms(&self) -> u64 {
        self.scene.answer_delay_ms
    }

    pub(super) fn ledger(&self) -> Vec<LedgerEntry> {
        self.orders().ledger().to_vec()
    }

    pub(super) fn answer(&self, request: &Request<'_>) -> Outcome {
        let request_id = identifiers::request_id();
        let (order_id, fate) = match self.admitted(request) {
            Ok((route, body)) if route.call == Call::Purchase => self.purchase(route.project, body, &request_id),
            Ok((route, _)) => (None, said(&request_id, self.look(route, &request.query))),
            Err(refusal) => (None, said(&request_id, Err(refusal))),
        };
        Outcome { request_id, order_id, fate }
    }

    /// Everything that is refused before the operation itself sees the request.
    fn admitted<'wire>(&self, request: &Request<'wire>) -> Result<(Route<'wire>, &'wire [u8]), Refusal> {
        let route = route::find(request.method, request.path).ok_or_else(|| {
            Refusal::new(404, "APIGW.0101", "The API does not exist or has not been published in the environment.")
        })?;
        if !request.has_token {
            return Err(Refusal::new(
                401,
                "APIGW.0301",
                "Incorrect IAM authentication information: the token is missing.",
            ));
        }
        if let Some(refusal) = self.imposed(Stage::Door, route.call) {
            return Err(refusal);
        }
        match request.body {
            Body::Whole(body) => Ok((route, body)),
            Body::TooLarge => Err(Refusal::new(413, "APIGW.0201", "The request body is larger than 65536 bytes.")),
            Body::Unfinished => Err(Refusal::malformed("The request body ends before its announced length.")),
        }
    }

    fn imposed(&self, stage: Stage, call: Call) -> Option<Refusal> {
        self.scene.refusal.as_ref().and_then(|refusal| refusal.at(stage, call))
    }

    fn look(&self, route: Route<'_>, query: &Query) -> Result<Value, Refusal> {
        if let Some(refusal) = self.imposed(Stage::Stock, route.call) {
            return Err(refusal);
        }
        let orders = self.orders();
        let (now, world) = (self.clock.now(), orders.world(route.project, &self.start));
        let catalogue = world.catalogue();
        let inventory = Inventory { orders: &orders, scene: &self.scene, world: &world, project: route.project, now };
        match (route.call, route.id) {
            (Call::ServerModels, _) => lists::server_models(catalogue, query),
            (Call::PhoneModels, _) => lists::phone_models(catalogue, query),
            (Call::PhoneImages, _) => lists::phone_images(catalogue, query),
            (Call::Bandwidths, _) => lists::bandwidths(&world, query),
            (Call::Keypairs, _) => Ok(lists::keypairs(catalogue)),
            (Call::Servers, None) => inventory.servers(query),
            (Call::Servers, Some(id)) => inventory.server(id),
            (Call::Phones | Call::Purchase, None) => inventory.phones(query),
            (Call::Phones | Call::Purchase, Some(id)) => inventory.phone(id),
            (Call::Jobs, None) => Err(lists::jobs(query)),
            (Call::Jobs, Some(_)) => Err(Refusal::new(404, "CPS.0011", "The job does not exist.")),
        }
    }

    fn purchase(&self, project: &str, body: &[u8], request_id: &str) -> (Option<String>, Fate) {
        match self.placed(project, body, request_id, self.clock.now()) {
            Ok((order_id, answer)) => (Some(order_id), self.after_order(request_id, answer)),
            Err(refusal) => (None, said(request_id, Err(refusal))),
        }
    }

    /// Judges and places under one lock, so that two purchases cannot both take the same subnet.
    fn placed(&self, project: &str, body: &[u8], request_id: &str, now: Moment) -> Result<(String, Value), Refusal> {
        let mut orders = self.orders();
        let purchase = judge(body, &orders.world(project, &self.start))?;
        if let Some(refusal) = self.imposed(Stage::Stock, Call::Purchase) {
            return Err(refusal);
        }
        let order = orders
            .place(project, request_id, body, purchase, now)
            .map_err(|error| Refusal::new(500, "CPS.0062", format!("The order could not be created: {error}.")))?;
        Ok((order.id.clone(), json!({ "order_id": order.id, "product_id": order.product_id })))
    }

    fn after_order(&self, request_id: &str, answer: Value) -> Fate {
        match self.scene.after_order {
            AfterOrder::Answer => said(request_id, Ok(answer)),
            AfterOrder::BrokenJson => broken(said(request_id, Ok(answer))),
            AfterOrder::Reset => Fate::Reset,
            AfterOrder::Silence => Fate::Silence,
            AfterOrder::Error => said(request_id, Err(Refusal::new(500, "CPS.0003", "Internal error."))),
        }
    }

    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer in the documented envelope, which begins with the request's identifier.
fn said(request_id: &str, answer: Result<Value, Refusal>) -> Fate {
    let (status, members) = match answer {
        Ok(value) => (200, value),
        Err(refusal) => (refusal.status, json!({ "error_code": refusal.code, "error_msg": refusal.message })),
    };
    let mut envelope = Map::new();
    envelope.insert("request_id".to_owned(), Value::from(request_id));
    if let Value::Object(members) = members {
        envelope.extend(members);
    }
    Fate::Answer { status, body: Value::Object(envelope).to_string() }
}

/// The same answer, but its text stops after the first half.
fn broken(fate: Fate) -> Fate {
    match fate {
        Fate::Answer { status, body } => Fate::Answer { status, body: body.chars().take(body.len() / 2).collect() },
        Fate::Reset | Fate::Silence => fate,
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, Cloud, Fate, Request};
    use crate::simulator::query::Query;
    use crate::simulator::scene::Scene;

    const PURCHASE: &str = "/v1/p/cloud-phone/phones";

    fn code(scene: &str, path: &str, has_token: bool, body: Body<'_>) -> String {
        let cloud = Cloud::open(Scene::named(scene).expect(scene), None).expect("a cloud");
        let outcome = cloud.answer(&Request { method: "POST", path, query: Query::default(), has_token, body });
        assert_eq!(outcome.order_id, None);
        let Fate::Answer { body, .. } = outcome.fate else { unreachable!("a refusal is always spoken") };
        let answer: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        answer["error_code"].as_str().expect("a code").to_owned()
    }

    #[test]
    fn the_gate_asks_for_the_api_the_token_the_scene_and_the_size_in_this_order() {
        assert_eq!(code("throttled", "/v1/p/phones", false, Body::TooLarge), "APIGW.0101");
        assert_eq!(code("throttled", PURCHASE, false, Body::TooLarge), "APIGW.0301");
        assert_eq!(code("throttled", PURCHASE, true, Body::TooLarge), "APIGW.0308");
        assert_eq!(code("quota", PURCHASE, true, Body::TooLarge), "APIGW.0201");
        assert_eq!(code("quota", PURCHASE, true, Body::Unfinished), "APIGW.0201");
        assert_eq!(code("quota", PURCHASE, true, Body::Whole(b"{}")), "CPS.0087");
    }
}
