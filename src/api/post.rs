//! The one call that costs money. It is sent once and reported as it was seen: nothing here
//! repeats it, follows it elsewhere or says what became of the order.

use std::sync::Arc;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName};
use reqwest::{Body, Response};

use super::BeforeFirstByte;
use super::gate::{Gate, GatedBody};
use super::http::HttpCloud;
use super::said::{self, label};
use super::seen::{End, Observation};
use crate::points;

/// The largest answer that is read, in bytes; a real one has some two hundred.
const LARGEST: usize = 1 << 20;

/// Sends the purchase (`CreateCloudPhoneServer`).
pub(super) async fn purchase(cloud: &HttpCloud, body: Arc<[u8]>, before: BeforeFirstByte) -> Observation {
    let gate = Gate::default();
    let end = send(cloud, GatedBody::new(body, before, gate.clone())).await;
    let body_asked = gate.was_asked();
    let end = match gate.withheld() {
        Some(why) if !body_asked => End::Withheld { why: why.to_owned() },
        Some(_) | None => end,
    };
    Observation { body_asked, end }
}

async fn send(cloud: &HttpCloud, body: GatedBody) -> End {
    let client = match cloud.buyer.client().await {
        Ok(client) => client,
        Err(why) => return End::NotConnected { why },
    };
    let request = client
        .post(cloud.phone_url("phones"))
        .header("X-Auth-Token", cloud.token.clone())
        .header(CONTENT_TYPE, "application/json")
        .body(Body::wrap(body));
    match request.send().await {
        Ok(response) => {
            points::reach("answer begun");
            read(cloud, response).await
        }
        // A connect that times out is both; that there is no connection says more.
        Err(error) if error.is_connect() => End::NotConnected { why: said::why(error) },
        Err(error) if error.is_timeout() => timed_out(cloud, None, None),
        Err(error) => End::Broken { why: said::why(error) },
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
            Err(error) => return End::CutShort { status, request_id_header, why: said::why(error) },
        }
    }
}

fn timed_out(cloud: &HttpCloud, status: Option<u16>, request_id_header: Option<String>) -> End {
    End::TimedOut { status, request_id_header, seconds: cloud.timeouts.purchase.as_secs() }
}

/// `X-Request-Id`, in any case.
pub(super) fn request_id(headers: &HeaderMap) -> Option<String> {
    header(headers, &HeaderName::from_static("x-request-id"))
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    label(&String::from_utf8_lossy(headers.get(name)?.as_bytes()))
}
