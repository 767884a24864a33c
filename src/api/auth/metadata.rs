//! Temporary keys of the agency that a cloud server runs under, from its metadata service (`platform.md` section 5 E).
//! It is queried only if a profile says so. It answers only inside a cloud server, so the timeout is short.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Client, Response, StatusCode, Url, redirect, retry};
use secrecy::SecretString;
use serde::Deserialize;

use crate::api::credentials::AccessKey;
use crate::api::error::ReadError;
use crate::api::http::transport_error;
use crate::api::reason::{FailureReason, MetadataFault};

/// The address of the service inside a cloud server.
const ADDRESS: &str = "http://169.254.169.254";
/// The path of the agency's keys.
pub(in crate::api) const KEYS: &str = "/openstack/latest/securitykey";
const TIMEOUT: Duration = Duration::from_secs(3);
/// The longest response that is read, in bytes; keys take about two thousand.
const MAX_BYTES: usize = 64 << 10;
/// The requested lifetime of the service's token, in seconds.
const TOKEN_LIFE: &str = "21600";

/// The metadata service, from which a cloud server gets the keys of its agency.
#[derive(Debug, Clone)]
pub struct Metadata {
    address: String,
}

impl Default for Metadata {
    fn default() -> Self {
        Self { address: ADDRESS.to_owned() }
    }
}

/// Temporary keys and their expiry, which is `None` if the response has no readable one.
pub(in crate::api) struct TemporaryKey {
    pub(in crate::api) key: AccessKey,
    pub(in crate::api) expires: Option<Timestamp>,
}

#[derive(Deserialize)]
struct MetadataResponse {
    credential: Credential,
}

#[derive(Deserialize)]
struct Credential {
    access: String,
    secret: SecretString,
    securitytoken: SecretString,
    expires_at: Option<String>,
}

impl Metadata {
    /// Creates a client of a service at another address, for tests.
    #[cfg(test)]
    pub(in crate::api) fn at(address: &str) -> Self {
        Self { address: address.to_owned() }
    }

    /// Requests the temporary keys of the agency, without a proxy, redirects or retries.
    pub(in crate::api) async fn keys(&self) -> Result<TemporaryKey, ReadError> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .tls_certs_only([])
            .timeout(TIMEOUT)
            .build()
            .map_err(|error| away(transport_error::build_reason(&error)))?;
        let token = self.token(&client).await?;
        let request = client.get(self.url(KEYS)?);
        let request = match &token {
            Some(token) => request.header("X-Metadata-Token", token),
            None => request,
        };
        let response = request.send().await.map_err(|error| away(transport_error::reason(error)))?;
        let status = response.status();
        let text = read(response).await?;
        if !status.is_success() {
            return Err(away(MetadataFault::NothingToLend { status: status.as_u16() }));
        }
        // The parser's own words could repeat what it read.
        let answer: MetadataResponse = serde_json::from_str(&text).map_err(|_| away(MetadataFault::NoKeys))?;
        let Credential { access, secret, securitytoken, expires_at } = answer.credential;
        let key = AccessKey { access_key: access, secret_key: secret, security_token: Some(securitytoken) };
        // A time that cannot be read counts as over, so that the next call asks for new keys.
        let expires = expires_at.map(|text| text.parse().unwrap_or(Timestamp::UNIX_EPOCH));
        Ok(TemporaryKey { key, expires })
    }

    /// Requests a token of the service; `None` from an older service, which has none and needs none.
    async fn token(&self, client: &Client) -> Result<Option<String>, ReadError> {
        let request = client.put(self.url("/meta-data/latest/api/token")?);
        let request = request.header("X-Metadata-Token-Ttl-Seconds", TOKEN_LIFE);
        let response = request.send().await.map_err(|error| away(transport_error::reason(error)))?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::SERVICE_UNAVAILABLE => Ok(None),
            status if status.is_success() => {
                let token = read(response).await?;
                Ok(Some(token.trim().to_owned()).filter(|token| !token.is_empty()))
            }
            status => Err(away(MetadataFault::Status { status: status.as_u16() })),
        }
    }

    pub(in crate::api) fn url(&self, path: &str) -> Result<Url, ReadError> {
        Url::parse(&format!("{}{path}", self.address)).map_err(|_| away(MetadataFault::Address))
    }
}

/// Reads a response as text. Fails if it is longer than `MAX_BYTES`.
async fn read(mut response: Response) -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| away(transport_error::reason(error)))? {
        if bytes.len() + chunk.len() > MAX_BYTES {
            return Err(away(MetadataFault::TooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn away(why: impl Into<MetadataFault>) -> ReadError {
    ReadError::NotReached { why: FailureReason::Metadata(why.into()) }
}
