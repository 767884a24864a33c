//! Taking a token from IAM with a user and a password (`platform.md` section 1). The password goes
//! into one request body and nowhere else.

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::account::Login;
use super::calls::{Asked, Calls, Proof, Watch};
use super::clients::LazyClient;
use super::error::ReadError;
use super::failed;
use super::get::{broken, read, request_id, understand};
use super::skew::Skew;
use super::why::Why;
use crate::clock;
use crate::words::tr;

/// The content type of a login.
const CONTENT: &str = "application/json;charset=utf8";

/// What the token is to be good for.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    ProjectId(String),
    /// Such as a region, whose built-in project bears its name.
    ProjectName(String),
}

/// Where tokens are taken.
pub(super) struct LoginDesk {
    pub(super) client: LazyClient,
    pub(super) url: Url,
    pub(super) scope: Scope,
}

/// A token that was taken.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) token: HeaderValue,
    expires: Option<Timestamp>,
}

impl Issued {
    /// Whether it will be good for a while; one without a readable end is taken to hold.
    pub(super) fn is_good_at(&self, now: Timestamp, margin: SignedDuration) -> bool {
        self.expires.is_none_or(|expires| expires.duration_since(now) > margin)
    }
}

impl LoginDesk {
    /// Takes a token. Nothing is repeated: wrong passwords lock the user.
    pub(super) async fn log_in(&self, login: &Login, skew: &Skew, calls: &Calls) -> Result<Issued, ReadError> {
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
        let mut watch = calls.begin(&Asked {
            method: &Method::POST,
            url: &url,
            headers: &HeaderMap::new(),
            body: Some((body.as_bytes(), CONTENT)),
            proof: Proof::Password,
            secret: Some(login.password.expose_secret()),
        });
        let result = self.exchange(url, body, skew, &mut watch).await;
        watch.came_to(|| result.as_ref().err().map(ReadError::sentence));
        result
    }

    async fn exchange(&self, url: Url, body: String, skew: &Skew, watch: &mut Watch) -> Result<Issued, ReadError> {
        let client = self.client.client().await.map_err(|why| ReadError::NotReached { why })?;
        let request = client.post(url).header(CONTENT_TYPE, CONTENT).body(body);
        let limit = self.client.read_limit();
        let response = request.send().await.map_err(|error| {
            if error.is_connect() { ReadError::NotReached { why: failed::why(error) } } else { broken(limit, error) }
        })?;
        skew.measure(response.headers(), clock::now());
        let status = response.status();
        watch.head(status.as_u16(), response.headers());
        let header = request_id(response.headers());
        let token = response.headers().get("x-subject-token").cloned();
        if status.is_redirection() {
            return Err(ReadError::Redirected { status: status.as_u16(), request_id: header });
        }
        let bytes = read(limit, response).await?;
        watch.body(&bytes);
        let page = understand(status.as_u16(), header, &bytes).map_err(ReadError::into_login_refused)?;
        let Some(mut token) = token.filter(|token| !token.is_empty()) else {
            let why = Why::of(|| tr!("it has no header X-Subject-Token"));
            return Err(ReadError::Unreadable { why, request_id: page.request_id });
        };
        token.set_sensitive(true);
        let expires = page.object.get("token").and_then(|token| token.get("expires_at")).and_then(Value::as_str);
        Ok(Issued { token, expires: expires.and_then(|text| text.parse().ok()) })
    }
}
