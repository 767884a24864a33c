//! One GET and its response as a JSON object. Nothing is repeated except a call whose token expired.

use std::time::Duration;

use reqwest::header::{ACCEPT, AGE, CACHE_CONTROL, HeaderMap, RETRY_AFTER};
use reqwest::{Method, Url};

use crate::api::auth::request_auth::{RequestAuth, UnsignedCall};
use crate::api::endpoint::Endpoint;
use crate::api::error::ReadError;
use crate::api::http::client::{LazyClient, Purpose, Timeouts};
use crate::api::http::json_response::{JsonResponse, interrupted, parse_response, read, request_id};
use crate::api::http::tls::Network;
use crate::api::http::transport_error;
use crate::api::reason::FailureReason;
use crate::api::trace::{CallSpan, TracedRequest};
use crate::clock;

/// Reads one page. A call that is refused because its token expired is sent once more with a new one, if there is a
/// password to request it with.
pub(in crate::api) async fn get(
    auth: &RequestAuth,
    client: &LazyClient,
    project: Option<&str>,
    url: Url,
) -> Result<JsonResponse, ReadError> {
    let mut call = auth.start(UnsignedCall { method: &Method::GET, url: &url, project, body: None }).await?;
    let first = send(auth, client, &url, call.headers().clone()).await;
    let result = match first {
        Err(error) => match call.renew_after(&error).await {
            Ok(true) => send(auth, client, &url, call.headers().clone()).await,
            Ok(false) => Err(error),
            Err(no_token) => Err(no_token),
        },
        Ok(page) => Ok(page),
    };
    call.finish(result).await
}

async fn send(
    auth: &RequestAuth,
    client: &LazyClient,
    url: &Url,
    headers: HeaderMap,
) -> Result<JsonResponse, ReadError> {
    let (method, scheme) = (&Method::GET, auth.scheme());
    let request = TracedRequest { method, url, headers: &headers, body: None, scheme, secret: None };
    let mut span = auth.tracer.start(&request);
    let result = send_request(auth, client, url, headers, &mut span).await;
    span.finish(|| result.as_ref().err().map(ReadError::sentence));
    result
}

async fn send_request(
    auth: &RequestAuth,
    client: &LazyClient,
    url: &Url,
    headers: HeaderMap,
    span: &mut CallSpan,
) -> Result<JsonResponse, ReadError> {
    let limit = client.read_limit();
    let client = client.client().await.map_err(|why| ReadError::NotReached { why })?;
    let request = client.get(url.clone()).headers(headers).header(ACCEPT, "application/json");
    // A list from a cache shows what was there before, and could hide an order.
    let request = request.header(CACHE_CONTROL, "no-cache");
    let response = request.send().await.map_err(|error| {
        if error.is_connect() {
            ReadError::NotReached { why: transport_error::reason(error) }
        } else {
            interrupted(limit, error)
        }
    })?;
    let clock_ahead = auth.skew.measure(response.headers(), clock::now());
    let status = response.status();
    span.response_head(status.as_u16(), response.headers());
    let header = request_id(response.headers());
    let pause = retry_after(response.headers());
    let age = age(response.headers());
    if status.is_redirection() {
        return Err(ReadError::Redirected { status: status.as_u16(), request_id: header });
    }
    let bytes = read(limit, response).await?;
    span.response_body(&bytes);
    let page = parse_response(status.as_u16(), header, &bytes).map_err(|error| error.asking_for(pause))?;
    Ok(JsonResponse { clock_ahead, age, ..page })
}

/// Returns the header `Age` in seconds. An unreadable one counts as the greatest possible age.
fn age(headers: &HeaderMap) -> Option<u64> {
    let age = headers.get(AGE)?;
    Some(age.to_str().ok().and_then(|age| age.trim().parse().ok()).unwrap_or(u64::MAX))
}

/// Returns the header `Retry-After` in seconds; a date is ignored, because the clocks may differ.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Calls an endpoint without credentials; any response proves that it can be reached.
pub(in crate::api) async fn probe(endpoint: &Endpoint, network: &Network) -> Result<(), FailureReason> {
    let client = LazyClient::new(endpoint.clone(), Purpose::Read, Timeouts::default(), network.clone());
    client.client().await?.get(endpoint.at("/")).send().await.map(drop).map_err(transport_error::reason)
}
