//! Requests tokens from IAM with a user name and a password (`platform.md` section 1). The password goes into one
//! request body and nowhere else.

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::api::auth::clock_skew::ClockSkew;
use crate::api::credentials::Login;
use crate::api::error::ReadError;
use crate::api::http::client::LazyClient;
use crate::api::http::json_response::{interrupted, parse_response, read, request_id};
use crate::api::http::transport_error;
use crate::api::reason::AnswerFault;
use crate::api::trace::{AuthScheme, CallSpan, CallTracer, TracedRequest};
use crate::clock;

/// The content type of a login.
const CONTENT: &str = "application/json;charset=utf8";

/// The project that a token is valid for.
#[derive(Debug, Clone)]
pub(in crate::api) enum Scope {
    ProjectId(String),
    /// A project name, such as that of a region: its built-in project has the same name.
    ProjectName(String),
}

/// A client that requests tokens from IAM.
pub(in crate::api) struct TokenClient {
    pub(in crate::api) client: LazyClient,
    pub(in crate::api) url: Url,
    pub(in crate::api) scope: Scope,
}

/// A token issued by IAM.
#[derive(Debug)]
pub(in crate::api) struct IssuedToken {
    pub(in crate::api) token: HeaderValue,
    expires: Option<Timestamp>,
}

impl IssuedToken {
    /// Returns whether the token is valid for more than `margin` after `now`. A token without a readable expiry counts
    /// as valid.
    pub(in crate::api) fn is_good_at(&self, now: Timestamp, margin: SignedDuration) -> bool {
        self.expires.is_none_or(|expires| expires.duration_since(now) > margin)
    }
}

impl TokenClient {
    /// Requests a token. It is never retried, because wrong passwords lock the user.
    pub(in crate::api) async fn request_token(
        &self,
        login: &Login,
        skew: &ClockSkew,
        tracer: &CallTracer,
    ) -> Result<IssuedToken, ReadError> {
        let body = json!({ "auth": {
            "identity": {
                "methods": ["password"],
                "password": { "user": {
                    "domain": { "name": login.domain },
                    "name": login.user,
                    "password": login.password.expose_secret(),
                } },
            },
            "scope": match &self.scope {
                Scope::ProjectId(id) => json!({ "project": { "id": id } }),
                Scope::ProjectName(name) => json!({ "project": { "name": name } }),
            },
        } });
        let mut url = self.url.clone();
        url.set_query(Some("nocatalog=true"));
        let body = body.to_string();
        let mut span = tracer.start(&TracedRequest {
            method: &Method::POST,
            url: &url,
            headers: &HeaderMap::new(),
            body: Some((body.as_bytes(), CONTENT)),
            scheme: AuthScheme::Password,
            secret: Some(login.password.expose_secret()),
        });
        let result = self.send_request(url, body, skew, &mut span).await;
        span.finish(|| result.as_ref().err().map(ReadError::sentence));
        result
    }

    async fn send_request(
        &self,
        url: Url,
        body: String,
        skew: &ClockSkew,
        span: &mut CallSpan,
    ) -> Result<IssuedToken, ReadError> {
        let client = self.client.client().await.map_err(|why| ReadError::NotReached { why })?;
        let request = client.post(url).header(CONTENT_TYPE, CONTENT).body(body);
        let limit = self.client.read_limit();
        let response = request.send().await.map_err(|error| {
            if error.is_connect() {
                ReadError::NotReached { why: transport_error::reason(error) }
            } else {
                interrupted(limit, error)
            }
        })?;
        skew.measure(response.headers(), clock::now());
        let status = response.status();
        span.response_head(status.as_u16(), response.headers());
        let header = request_id(response.headers());
        let token = response.headers().get("x-subject-token").cloned();
        if status.is_redirection() {
            return Err(ReadError::Redirected { status: status.as_u16(), request_id: header });
        }
        let bytes = read(limit, response).await?;
        span.response_body(&bytes);
        let page = parse_response(status.as_u16(), header, &bytes).map_err(ReadError::into_login_refused)?;
        let Some(mut token) = token.filter(|token| !token.is_empty()) else {
            return Err(ReadError::Unreadable { why: AnswerFault::NoToken, request_id: page.request_id });
        };
        token.set_sensitive(true);
        let expires = page.object.get("token").and_then(|token| token.get("expires_at")).and_then(Value::as_str);
        Ok(IssuedToken { token, expires: expires.and_then(|text| text.parse().ok()) })
    }
}
