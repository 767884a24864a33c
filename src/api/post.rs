//! The one call that costs money. It is sent once and reported as it was seen: nothing here
//! repeats it, follows it elsewhere or says what became of the order.

use std::sync::Arc;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Body, Method, Response};

use super::BeforeFirstByte;
use super::authority::{Leave, Outgoing};
use super::calls::{Asked, Beginning};
use super::error::ReadError;
use super::failed;
use super::gate::{Gate, GatedBody};
use super::get::{header, request_id, understand};
use super::http::HttpCloud;
use super::seen::{End, Observation};
use crate::clock;
use crate::points;
use crate::words::{Language, speaking};

/// The largest answer that is read, in bytes; a real one has some two hundred.
const LARGEST: usize = 1 << 20;

/// Sends the purchase (`CreateCloudPhoneServer`).
pub(super) async fn purchase(cloud: &HttpCloud, body: Arc<[u8]>, before: BeforeFirstByte) -> Observation {
    let gate = Gate::default();
    let gated = GatedBody::new(Arc::clone(&body), before, gate.clone());
    let (end, sent) = match cloud.authority.admit().await {
        Ok(leave) => proven(cloud, leave, &body, gated).await,
        // Credentials that were refused before are not used again.
        Err(error) => (End::NotPrepared { why: kept(&error) }, None),
    };
    let body_asked = gate.was_asked();
    let end = match gate.withheld() {
        Some(why) if !body_asked => End::Withheld { why: why.to_owned() },
        Some(_) | None => end,
    };
    let seen = Observation { body_asked, end };
    if let Some((headers, began)) = sent {
        record(cloud, &headers, &body, began, &seen);
    }
    seen
}

/// Tells of the call when nothing of it depends on that any more.
fn record(cloud: &HttpCloud, headers: &HeaderMap, body: &[u8], began: Beginning, seen: &Observation) {
    let (method, proof) = (&Method::POST, cloud.authority.proof());
    let url = cloud.phone_url("phones");
    let body = Some((body, "application/json"));
    cloud.authority.calls.purchased(&Asked { method, url: &url, headers, body, proof, secret: None }, began, seen);
}

/// Why nothing was sent. What is seen of an order goes into records, which are the same whatever language is spoken.
fn kept(error: &ReadError) -> String {
    speaking(Language::English, || error.sentence())
}

/// What a call went out with and when, if it came so far.
type Sent = Option<(HeaderMap, Beginning)>;

/// Proves the call and sends it; taking a token comes before everything that is sent. While nothing is known of the
/// credentials other calls wait for what this one learns of them.
async fn proven(cloud: &HttpCloud, leave: Leave<'_>, body: &[u8], gated: GatedBody) -> (End, Sent) {
    let url = cloud.phone_url("phones");
    let project = Some(cloud.project_id.as_str());
    let body = Some((body, "application/json"));
    match cloud.authority.headers(&Outgoing { method: &Method::POST, url: &url, project, body }).await {
        Ok(headers) => {
            let began = Beginning::now();
            let end = send(cloud, gated, headers.clone()).await;
            learn(cloud, leave, &end, &headers).await;
            (end, Some((headers, began)))
        }
        Err(error) => {
            let why = kept(&error);
            cloud.authority.heard(leave, &Err::<(), _>(error)).await;
            (End::NotPrepared { why }, None)
        }
    }
}

/// What the answer says of the credentials; the purchase itself is never repeated with others.
async fn learn(cloud: &HttpCloud, leave: Leave<'_>, end: &End, used: &HeaderMap) {
    let End::Answer { status, request_id_header, body, .. } = end else { return };
    if *status == 401 {
        cloud.authority.forget_token(used).await;
    }
    let result = understand(*status, request_id_header.clone(), body);
    cloud.authority.heard(leave, &cloud.authority.explained(result)).await;
}

async fn send(cloud: &HttpCloud, body: GatedBody, headers: HeaderMap) -> End {
    let client = match cloud.buyer.client().await {
        Ok(client) => client,
        Err(why) => {
            return match why.connect_error() {
                Some(error) => End::NotConnected { error: error.clone() },
                None => End::NotPrepared { why: why.english().to_owned() },
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
            points::reach("answer begun");
            cloud.authority.skew.measure(response.headers(), clock::now());
            read(cloud, response).await
        }
        // A connect that times out is both; that there is no connection says more.
        Err(error) if error.is_connect() => End::NotConnected { error: failed::connect_error(error) },
        Err(error) if error.is_timeout() => timed_out(cloud, None, None),
        Err(error) => End::Broken { error: failed::connect_error(error) },
    }
}

async fn read(cloud: &HttpCloud, mut response: Response) -> End {
    let status = response.status().as_u16();
    let content_type = header(response.headers(), &CONTENT_TYPE);
    let request_id_header = request_id(response.headers());
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > LARGEST => {
                return End::TooLarge { status, request_id_header };
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => {
                points::reach("answer read");
                return End::Answer { status, content_type, request_id_header, body };
            }
            Err(error) if error.is_timeout() => return timed_out(cloud, Some(status), request_id_header),
            Err(error) => {
                return End::CutShort { status, request_id_header, error: failed::connect_error(error) };
            }
        }
    }
}

fn timed_out(cloud: &HttpCloud, status: Option<u16>, request_id_header: Option<String>) -> End {
    End::TimedOut { status, request_id_header, seconds: cloud.timeouts.purchase.as_secs() }
}
