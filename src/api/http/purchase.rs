//! The one call that costs money. It is sent once and reported as observed: nothing here retries it, follows a redirect
//! or decides the state of the order.

use std::sync::Arc;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Body, Method, Response};

use crate::api::auth::request_auth::{AuthenticatedCall, UnsignedCall};
use crate::api::cloud::BeforeFirstByte;
use crate::api::http::gated_body::{BodyGate, GatedBody};
use crate::api::http::json_response::{header, parse_response, request_id};
use crate::api::http::transport_error;
use crate::api::http_cloud::HttpCloud;
use crate::api::observation::{CallEnd, Observation, PrepareError};
use crate::api::trace::{CallStart, TracedRequest};
use crate::clock;
use crate::testing::failpoint;

/// The largest response that is read, in bytes; a real one has some two hundred.
const MAX_BYTES: usize = 1 << 20;

/// Sends the purchase (`CreateCloudPhoneServer`) and returns what was observed.
pub(in crate::api) async fn purchase(cloud: &HttpCloud, body: Arc<[u8]>, before: BeforeFirstByte) -> Observation {
    let gate = BodyGate::default();
    let gated = GatedBody::new(Arc::clone(&body), before, gate.clone());
    let url = cloud.phone_url("phones");
    let project = Some(cloud.project_id.as_str());
    let proved_body = Some((&*body, "application/json"));
    // Taking a token comes before everything that is sent. Credentials that were refused before are not used again.
    let call = UnsignedCall { method: &Method::POST, url: &url, project, body: proved_body };
    let (end, sent) = match cloud.auth.start(call).await {
        Ok(call) => {
            let (headers, started) = (call.headers().clone(), CallStart::now());
            let end = send(cloud, gated, headers.clone()).await;
            update_auth_state(call, &end).await;
            (end, Some((headers, started)))
        }
        Err(error) => (CallEnd::NotPrepared { why: PrepareError::Credentials(error) }, None),
    };
    let body_requested = gate.close();
    let end = match gate.withheld_reason() {
        Some(why) if !body_requested => CallEnd::Withheld { why: why.clone() },
        Some(_) | None => end,
    };
    let seen = Observation { body_requested, end };
    if let Some((headers, started)) = sent {
        trace_call(cloud, &headers, &body, started, &seen);
    }
    seen
}

/// Records the call, once nothing of it depends on the record any more.
fn trace_call(cloud: &HttpCloud, headers: &HeaderMap, body: &[u8], started: CallStart, seen: &Observation) {
    let (method, scheme) = (&Method::POST, cloud.auth.scheme());
    let url = cloud.phone_url("phones");
    let body = Some((body, "application/json"));
    cloud.auth.tracer.record_purchase(
        &TracedRequest { method, url: &url, headers, body, scheme, secret: None },
        started,
        seen,
    );
}

/// Updates the state of the credentials from the response; the purchase itself is never repeated with other ones. As
/// long as that state is unknown, other calls wait for this.
async fn update_auth_state(call: AuthenticatedCall<'_>, end: &CallEnd) {
    let CallEnd::Response { status, request_id_header, body, .. } = end else { return };
    if *status == 401 {
        call.forget_token().await;
    }
    drop(call.finish(parse_response(*status, request_id_header.clone(), body)).await);
}

async fn send(cloud: &HttpCloud, body: GatedBody, headers: HeaderMap) -> CallEnd {
    let client = match cloud.purchase_client.client().await {
        Ok(client) => client,
        Err(why) => {
            return match why.connection_error() {
                Some(error) => CallEnd::NotConnected { error: error.clone() },
                None => CallEnd::NotPrepared { why: PrepareError::Client(why) },
            };
        }
    };
    let request = client
        .post(cloud.phone_url("phones"))
        .header(CONTENT_TYPE, "application/json")
        .headers(headers)
        .body(Body::wrap(body));
    match request.send().await {
        Ok(response) => {
            failpoint::hit("answer begun");
            cloud.auth.skew.measure(response.headers(), clock::now());
            read(cloud, response).await
        }
        // A connect that times out is both; that there is no connection says more.
        Err(error) if error.is_connect() => CallEnd::NotConnected { error: transport_error::connection_error(error) },
        Err(error) if error.is_timeout() => timed_out(cloud, None, None),
        Err(error) => CallEnd::Failed { error: transport_error::connection_error(error) },
    }
}

async fn read(cloud: &HttpCloud, mut response: Response) -> CallEnd {
    let status = response.status().as_u16();
    let content_type = header(response.headers(), &CONTENT_TYPE);
    let request_id_header = request_id(response.headers());
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > MAX_BYTES => {
                return CallEnd::TooLarge { status, request_id_header };
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => {
                failpoint::hit("answer read");
                return CallEnd::Response { status, content_type, request_id_header, body };
            }
            Err(error) if error.is_timeout() => return timed_out(cloud, Some(status), request_id_header),
            Err(error) => {
                return CallEnd::Truncated {
                    status,
                    request_id_header,
                    error: transport_error::connection_error(error),
                };
            }
        }
    }
}

fn timed_out(cloud: &HttpCloud, status: Option<u16>, request_id_header: Option<String>) -> CallEnd {
    CallEnd::TimedOut { status, request_id_header, seconds: cloud.timeouts.purchase.as_secs() }
}
