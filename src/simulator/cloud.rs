//! The simulated cloud without HTTP: takes a parsed request and returns the response, or the decision to send none.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::api_error::ApiError;
use super::auth::authenticator::{Authenticator, Principal};
use super::auth::credentials::Credentials;
use super::auth::iam::{self, ProjectDirectory};
use super::auth::tokens::AcceptedTokens;
use super::clock::{Clock, Moment};
use super::fault_injection::{Delivery, Denial, FaultInjector};
use super::foreign_orders::ForeignOrder;
use super::http::query::Query;
use super::http::response::{self, Answer, ResponseFormat};
use super::http::route::{self, Operation, Route};
use super::http::timeouts::Limits;
use super::identifiers;
use super::inventory::{Inventory, ListedServer};
use super::ledger::{Ledger, LedgerEntry};
use super::lists;
use super::orders::{Orders, Placing};
use super::request::Request;
use super::rules::validate_purchase;
use super::scene::{PurchaseResponse, RejectionStage, Scene};
use super::scene_settings::ApiGeneration;
use super::validation_context::ValidationContext;
use super::world::SavedWorld;

/// The outcome of a request on the connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Response {
    Answer(Answer),
    /// The connection is reset without a response.
    Reset,
    /// The connection stays open, and no response is sent.
    Silence,
}

/// The result of handling a request, with the order number for the access log.
#[derive(Debug)]
pub(super) struct Handled {
    pub(super) order_id: Option<String>,
    pub(super) response: Response,
    pub(super) delivery: Delivery,
}

/// A simulated cloud with its scene, clock and orders.
pub(super) struct Cloud {
    scene: Scene,
    start: ValidationContext,
    clock: Clock,
    authenticator: Authenticator,
    directory: ProjectDirectory,
    fault_injector: FaultInjector,
    orders: Mutex<Orders>,
}

/// The settings of a cloud that do not come from the scene.
#[derive(Debug, Default)]
pub(super) struct Admission {
    pub(super) credentials: Credentials,
    pub(super) accepted_tokens: AcceptedTokens,
    pub(super) region: String,
    /// The offset of the clock in seconds, which replaces that of the scene.
    pub(super) clock_offset_s: Option<i64>,
}

impl Cloud {
    /// Opens a cloud with the orders of a saved world, or with only those that the scene contains. `Err` if the ledger
    /// cannot be opened.
    pub(super) fn open(
        scene: Scene,
        admission: Admission,
        ledger: Option<&Path>,
        saved: Option<SavedWorld>,
    ) -> std::io::Result<Self> {
        let Admission { credentials, accepted_tokens, region, clock_offset_s } = admission;
        let cloud = Self {
            start: scene.validation_context(),
            clock: Clock::start(clock_offset_s.unwrap_or(scene.clock_offset_s)),
            authenticator: Authenticator::new(credentials, accepted_tokens, &scene),
            directory: ProjectDirectory::for_region(&region),
            fault_injector: FaultInjector::default(),
            orders: Mutex::new(Orders::new(Ledger::open(ledger)?)),
            scene,
        };
        if let Some(saved) = saved {
            cloud.orders().restore(saved, &cloud.clock);
        }
        // A saved world already has the orders of its scene.
        if cloud.orders().is_empty() {
            for foreign in cloud.scene.foreign_orders.clone() {
                cloud.add_foreign(foreign);
            }
        }
        // A world that cannot be saved now can still be read: each order tries again, and fails if it has to.
        let _ = cloud.orders().save();
        Ok(cloud)
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Adds an order of somebody else and returns the identifiers of its servers.
    pub(super) fn add_foreign(&self, foreign: ForeignOrder) -> Vec<String> {
        self.orders().add_foreign(foreign, self.start.catalogue(), self.clock.now()).server_ids()
    }

    /// Returns the servers that the lists of a project show now.
    pub(super) fn listed(&self, project: &str) -> Vec<ListedServer> {
        let orders = self.orders();
        let (now, validation_context) = (self.clock.now(), orders.validation_context(project, &self.start));
        Inventory { orders: &orders, scene: &self.scene, validation_context: &validation_context, project, now }.shown()
    }

    pub(super) fn limits(&self) -> Limits {
        let Scene { header_timeout_ms, idle_timeout_ms, .. } = self.scene;
        Limits { head: Duration::from_millis(header_timeout_ms), idle: Duration::from_millis(idle_timeout_ms) }
    }

    /// Returns the delay of every response, in milliseconds.
    pub(super) fn response_delay_ms(&self) -> u64 {
        self.scene.response_delay_ms
    }

    /// Returns the time of this cloud, formatted for the header `Date`.
    pub(super) fn date(&self) -> String {
        self.clock.now().header()
    }

    pub(super) fn ledger(&self) -> Vec<LedgerEntry> {
        self.orders().ledger().to_vec()
    }

    pub(super) fn answer(&self, request: &Request<'_>) -> Handled {
        let request_id = identifiers::request_id();
        let known =
            |route: &Route<'_>| self.scene.api_generation.is_none_or(|generation| generation.has(route.operation));
        let Some(route) = route::find(request.method, request.path).filter(known) else {
            let missing = "The API does not exist or has not been published in the environment.";
            let refusal = ApiError::new(404, "APIGW.0101", missing);
            return Handled::from_answer(self.format(&request_id, None).refused(&refusal));
        };
        let tampering = self.fault_injector.tampering(&self.scene, route.operation);
        if let Some(to) = tampering.and_then(|tampering| tampering.redirect_to.as_deref()) {
            return Handled::from_answer(response::redirect(to));
        }
        let outcome = self.handle(request, route, self.format(&request_id, Some(route.operation)));
        match (outcome.response, tampering) {
            (Response::Answer(answer), Some(tampering)) => {
                let (answer, delivery) = tampering.apply(answer);
                Handled { response: Response::Answer(answer), delivery, ..outcome }
            }
            (response, Some(_) | None) => Handled { response, ..outcome },
        }
    }

    fn format<'call>(&self, request_id: &'call str, operation: Option<Operation>) -> ResponseFormat<'call> {
        let Scene { error_format, errors_with_status_200, .. } = self.scene;
        let is_iam = operation.is_some_and(Operation::is_iam);
        ResponseFormat { request_id, is_iam, error_format, errors_with_status_200 }
    }

    fn handle(&self, request: &Request<'_>, route: Route<'_>, format: ResponseFormat<'_>) -> Handled {
        let (principal, body) = match self.admitted(request, route) {
            Ok(admitted) => admitted,
            Err(Denial { refusal, retry_after_s }) => {
                let mut answer = self.refused(format, refusal);
                answer.headers.extend(retry_after_s.map(|seconds| ("retry-after", seconds.to_string())));
                return Handled::from_answer(answer);
            }
        };
        match route.operation {
            Operation::Purchase => self.purchase(route.project, body, format),
            Operation::AuthTokens => {
                Handled::from_answer(match iam::token(&self.authenticator, &self.directory, body, self.clock.now()) {
                    Ok((token, told)) => {
                        let mut answer = format.success(201, told);
                        answer.headers.push(("x-subject-token", token));
                        answer
                    }
                    Err(refusal) => self.refused(format, refusal),
                })
            }
            Operation::AuthProjects => Handled::from_answer(format.success(200, self.directory.own(&principal))),
            Operation::AuthDomains => Handled::from_answer(format.success(200, ProjectDirectory::domains(&principal))),
            Operation::Projects => Handled::from_answer(match self.directory.search(&principal, &request.query) {
                Ok(told) => format.success(200, told),
                Err(refusal) => self.refused(format, refusal),
            }),
            Operation::ServerModels
            | Operation::PhoneModels
            | Operation::PhoneImages
            | Operation::Bandwidths
            | Operation::Servers
            | Operation::Phones
            | Operation::Jobs
            | Operation::OsKeypairs
            | Operation::KpsKeypairs
            | Operation::ServerModelOfferings => Handled::from_answer(match self.look(route, &request.query) {
                Ok(told) => format.success(200, told),
                Err(refusal) => self.refused(format, refusal),
            }),
        }
    }

    /// Runs all checks before the operation itself, in this order: authentication, disabled project, rejection by the
    /// gateway, injected faults, body size, and the rejection by the service for IAM. Returns the caller and the body.
    fn admitted<'wire>(
        &self,
        request: &Request<'wire>,
        route: Route<'wire>,
    ) -> Result<(Principal, &'wire [u8]), Denial> {
        let principal = if route.operation == Operation::AuthTokens {
            Principal::default()
        } else {
            self.authenticator.admit(request, route, self.clock.now())?
        };
        if self.directory.has_closed(&principal, route.project) {
            return Err(ApiError::new(403, "APIGW.0310", "The project is unavailable.").into());
        }
        if let Some(refusal) = self.imposed(RejectionStage::Gateway, route.operation) {
            return Err(refusal.into());
        }
        self.fault_injector.check(&self.scene, route.operation)?;
        let body = request.body.whole()?;
        match self.imposed(RejectionStage::Service, route.operation).filter(|_| route.operation.is_iam()) {
            Some(refusal) => Err(refusal.into()),
            None => Ok((principal, body)),
        }
    }

    fn refused(&self, format: ResponseFormat<'_>, refusal: ApiError) -> Answer {
        let refusal = match self.scene.api_generation {
            Some(generation) => generation.refused(refusal),
            None => refusal,
        };
        format.refused(&refusal)
    }

    fn imposed(&self, stage: RejectionStage, operation: Operation) -> Option<ApiError> {
        self.scene.rejection.as_ref().and_then(|rejection| rejection.at(stage, operation))
    }

    fn look(&self, route: Route<'_>, query: &Query) -> Result<Value, ApiError> {
        if let Some(refusal) = self.imposed(RejectionStage::Service, route.operation) {
            return Err(refusal);
        }
        let whole;
        let query = match self.scene.api_generation {
            Some(generation) if !generation.pages(route.operation) => {
                whole = query.clone().without_paging();
                &whole
            }
            Some(_) | None => query,
        };
        let orders = self.orders();
        let (now, validation_context) = (self.clock.now(), orders.validation_context(route.project, &self.start));
        let catalogue = validation_context.catalogue();
        let inventory = Inventory {
            orders: &orders,
            scene: &self.scene,
            validation_context: &validation_context,
            project: route.project,
            now,
        };
        let told = match (route.operation, route.id) {
            (Operation::ServerModels, _) => lists::server_models(catalogue, query),
            (Operation::PhoneModels, _) => lists::phone_models(catalogue, query),
            (Operation::PhoneImages, _) => lists::phone_images(catalogue, query),
            (Operation::Bandwidths, _) => lists::bandwidths(&validation_context, query),
            (Operation::OsKeypairs, _) => Ok(lists::keypairs(catalogue)),
            (Operation::KpsKeypairs, _) => lists::kps_keypairs(catalogue, query),
            (Operation::ServerModelOfferings, _) => lists::offerings(catalogue, &self.scene.sold_out_zones, query),
            (Operation::Servers, None) => inventory.servers(query),
            (Operation::Servers, Some(id)) => inventory.server(id),
            (Operation::Phones | Operation::Purchase, None) => inventory.phones(query),
            (Operation::Phones | Operation::Purchase, Some(id)) => inventory.phone(id),
            (Operation::Jobs, None)
                if self.scene.tampering.as_ref().is_some_and(|tampering| tampering.needs_a_list(Operation::Jobs)) =>
            {
                Ok(json!({ "jobs": [] }))
            }
            (Operation::Jobs, None) => Err(lists::jobs(query)),
            (Operation::Jobs, Some(_)) => Err(ApiError::new(404, "CPS.0011", "The job does not exist.")),
            (Operation::AuthTokens | Operation::AuthProjects | Operation::Projects | Operation::AuthDomains, _) => {
                Ok(json!({}))
            }
        }?;
        Ok(match self.scene.api_generation {
            Some(generation) => generation.told(route.operation, route.id.is_some(), told, catalogue),
            None => told,
        })
    }

    fn purchase(&self, project: &str, body: &[u8], format: ResponseFormat<'_>) -> Handled {
        match self.placed(project, body, format.request_id, self.clock.now()) {
            Ok((order_id, answer)) => Handled {
                order_id: Some(order_id),
                response: self.purchase_response(format, answer),
                delivery: Delivery::default(),
            },
            Err(refusal) => Handled::from_answer(self.refused(format, refusal)),
        }
    }

    /// Validates and places a purchase under one lock, so that two purchases cannot both take the same subnet.
    fn placed(&self, project: &str, body: &[u8], request_id: &str, now: Moment) -> Result<(String, Value), ApiError> {
        let mut orders = self.orders();
        let purchase = validate_purchase(body, &orders.validation_context(project, &self.start))?;
        if let Some(refusal) = self.imposed(RejectionStage::Service, Operation::Purchase) {
            return Err(refusal);
        }
        let placing = Placing { project, request_id, body, now, auto_payment: self.scene.auto_payment };
        let order = orders
            .place(&placing, purchase)
            .map_err(|error| ApiError::new(500, "CPS.0062", format!("The order could not be created: {error}.")))?;
        let answer = json!({ "order_id": order.id, "product_id": order.product_id });
        let answer = match self.scene.api_generation {
            Some(generation) => generation.ordered(answer, &order.server_ids()),
            None => answer,
        };
        Ok((order.id.clone(), answer))
    }

    fn purchase_response(&self, format: ResponseFormat<'_>, answer: Value) -> Response {
        if let Some(refusal) = self.imposed(RejectionStage::AfterOrder, Operation::Purchase) {
            return Response::Answer(self.refused(format, refusal));
        }
        let status = self.scene.api_generation.map_or(200, ApiGeneration::accepted);
        match self.scene.purchase_response {
            PurchaseResponse::Delivered => Response::Answer(format.success(status, answer)),
            PurchaseResponse::TruncatedJson => Response::Answer(format.success(status, answer).broken()),
            PurchaseResponse::ConnectionReset => Response::Reset,
            PurchaseResponse::NoResponse => Response::Silence,
            PurchaseResponse::InternalError => {
                Response::Answer(self.refused(format, ApiError::new(500, "CPS.0003", "Internal error.")))
            }
        }
    }

    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handled {
    fn from_answer(answer: Answer) -> Self {
        Self { order_id: None, response: Response::Answer(answer), delivery: Delivery::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Admission, Cloud, Request, Response};
    use crate::simulator::http::query::Query;
    use crate::simulator::request::Body;
    use crate::simulator::scene::Scene;

    const PURCHASE: &str = "/v1/p/cloud-phone/phones";

    fn code(scene: &str, path: &str, has_token: bool, body: Body<'_>) -> String {
        let cloud = Cloud::open(Scene::named(scene).expect(scene), Admission::default(), None, None).expect("a cloud");
        let token = [("x-auth-token".to_owned(), "t".to_owned())];
        let headers = if has_token { &token[..] } else { &[] };
        let outcome = cloud.answer(&Request { method: "POST", path, query: Query::default(), headers, body });
        assert_eq!(outcome.order_id, None);
        let Response::Answer(answer) = outcome.response else { unreachable!("a refusal is always spoken") };
        let answer: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
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
