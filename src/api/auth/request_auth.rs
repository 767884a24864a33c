//! Authenticates calls: with a token in a header, with a signature over the call, or with a token that is first
//! requested from IAM.
//!
//! The gateway locks an access key after five wrong signatures in a row, and IAM locks a user after wrong passwords. So
//! only one call is sent until the credentials are known to be right, and the others wait for it. Once the credentials
//! have been refused, nothing more is sent with them.

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use secrecy::ExposeSecret as _;
use tokio::sync::{Mutex, MutexGuard};

use crate::api::account::AuthMethod;
use crate::api::auth::clock_skew::ClockSkew;
use crate::api::auth::metadata::{KEYS, Metadata, TemporaryKey};
use crate::api::auth::token::{IssuedToken, TokenClient};
use crate::api::credentials::{AccessKey, Login};
use crate::api::error::{ReadError, SetupError};
use crate::api::reason::FailureReason;
use crate::api::trace::{AuthScheme, CallTracer, TracedRequest};
use crate::clock;
use crate::codes::{refuses_key, refuses_token};
use crate::i18n::tr;
use crate::signing::{self, SignedCall};

/// The header that carries a token.
const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

/// The remaining lifetime below which a token is renewed.
const MARGIN: SignedDuration = SignedDuration::from_mins(30);

/// The remaining lifetime below which the keys of an agency are renewed, as in the vendor's SDK.
const AGENCY_MARGIN: SignedDuration = SignedDuration::from_mins(40);

/// The parts of a call that its authentication depends on.
#[derive(Debug, Clone, Copy)]
pub(in crate::api) struct UnsignedCall<'a> {
    pub(in crate::api) method: &'a Method,
    pub(in crate::api) url: &'a Url,
    /// The project id, for calls to services that have projects.
    pub(in crate::api) project: Option<&'a str>,
    /// The exact bytes and their content type.
    pub(in crate::api) body: Option<(&'a [u8], &'static str)>,
}

/// The state of the credentials, as far as it is known.
#[derive(Debug)]
enum AuthState {
    Untried,
    Good,
    /// Refused. All further calls fail with the error of the call that was refused.
    Refused(Box<ReadError>),
}

/// Permit to send one call. Until the credentials are known to work, the holder keeps the mutex, so that at most one
/// call can fail authentication (the gateway locks a key after five).
struct Permit<'a>(Option<MutexGuard<'a, AuthState>>);

/// The credentials of an account, and their state.
pub(in crate::api) struct RequestAuth {
    credentials: AuthMethod,
    state: Mutex<AuthState>,
    /// The client that requests tokens for a user with a password. `issued` is the token that it got last.
    login: Option<TokenClient>,
    issued: Mutex<Option<IssuedToken>>,
    /// The keys of the agency that were fetched last.
    temporary_key: Mutex<Option<TemporaryKey>>,
    pub(in crate::api) skew: ClockSkew,
    /// The recorder of all calls.
    pub(in crate::api) tracer: CallTracer,
}

impl RequestAuth {
    /// Creates the authentication of an account; `login` requests tokens for a user with a password. Fails if the
    /// credentials cannot be sent, or if a password comes without `login`.
    pub(in crate::api) fn new(credentials: AuthMethod, login: Option<TokenClient>) -> Result<Self, SetupError> {
        credentials.check()?;
        if login.is_none() && matches!(credentials, AuthMethod::Login(_)) {
            return Err(SetupError::NoIam);
        }
        let state = Mutex::new(AuthState::Untried);
        Ok(Self {
            credentials,
            state,
            login,
            issued: Mutex::default(),
            temporary_key: Mutex::default(),
            skew: ClockSkew::default(),
            tracer: CallTracer::default(),
        })
    }

    /// Returns the scheme that authenticates the calls.
    pub(in crate::api) fn scheme(&self) -> AuthScheme {
        match &self.credentials {
            AuthMethod::Token(_) => AuthScheme::Token,
            AuthMethod::Login(_) => AuthScheme::LoginToken,
            AuthMethod::Key(key) if key.security_token.is_some() => AuthScheme::TemporaryKey,
            AuthMethod::Key(_) => AuthScheme::Key,
            AuthMethod::Agency(_) => AuthScheme::Agency,
        }
    }

    /// Waits until a call may be sent, and authenticates it. Every authenticated call is made between this and
    /// [`AuthenticatedCall::finish`]; a failed authentication is recorded here.
    pub(in crate::api) async fn start<'a>(
        &'a self,
        call: UnsignedCall<'a>,
    ) -> Result<AuthenticatedCall<'a>, ReadError> {
        let permit = self.acquire().await?;
        let mut started = AuthenticatedCall { auth: self, call, permit, headers: HeaderMap::new() };
        match started.prove().await {
            Ok(()) => Ok(started),
            Err(error) => Err(started.fail(error).await),
        }
    }

    /// Waits until a call may be sent. If the credentials were refused before, returns the error of that call.
    async fn acquire(&self) -> Result<Permit<'_>, ReadError> {
        match &self.credentials {
            AuthMethod::Token(_) => return Ok(Permit(None)),
            AuthMethod::Key(_) | AuthMethod::Login(_) | AuthMethod::Agency(_) => {}
        }
        let state = self.state.lock().await;
        match &*state {
            AuthState::Untried => Ok(Permit(Some(state))),
            AuthState::Good => Ok(Permit(None)),
            AuthState::Refused(error) => Err((**error).clone()),
        }
    }

    /// Records what the result of a call proves about the credentials.
    async fn record_result<T>(&self, permit: Permit<'_>, result: &Result<T, ReadError>) {
        let state = match result {
            Err(error) if self.is_refusal_of_credentials(error) => AuthState::Refused(Box::new(error.clone())),
            Ok(_) => AuthState::Good,
            // An answer other than 401 has passed the check of the credentials.
            Err(ReadError::Refused { status, .. }) if (200..500).contains(status) && *status != 429 => AuthState::Good,
            // Nothing was learned of them.
            Err(_) => return,
        };
        match (permit.0, state) {
            (Some(mut held), state) => *held = state,
            (None, refused @ AuthState::Refused(_)) => *self.state.lock().await = refused,
            (None, AuthState::Untried | AuthState::Good) => {}
        }
    }

    fn is_refusal_of_credentials(&self, error: &ReadError) -> bool {
        let is_401 = matches!(error, ReadError::Refused { status: 401, .. } | ReadError::ClockOff { .. });
        match &self.credentials {
            AuthMethod::Token(_) => false,
            // IAM says with 400 that a key expired or was switched off.
            AuthMethod::Key(_) | AuthMethod::Agency(_) => is_401 || error.code().is_some_and(refuses_key),
            // A token that ran out is renewed; a login that was refused is final.
            AuthMethod::Login(_) => matches!(error, ReadError::LoginRefused { .. }),
        }
    }

    /// Returns whether a call that was refused with this error may be sent once more with a new token. If so, drops the
    /// token that it used.
    async fn may_renew_after(&self, error: &ReadError, used: &HeaderMap) -> bool {
        let AuthMethod::Login(_) = &self.credentials else { return false };
        let ReadError::Refused { status: 401, code, message, .. } = error else { return false };
        // The code of the gateway or of IAM for it, or words about the token.
        let is_for_token = code.as_deref().is_some_and(refuses_token)
            || message.as_ref().is_some_and(|words| words.to_ascii_lowercase().contains("token"));
        if is_for_token {
            self.forget_token(used).await;
        }
        is_for_token
    }

    /// Drops the token that a call used, so that the next call requests a new one; keeps a token that has replaced it
    /// already.
    async fn forget_token(&self, used: &HeaderMap) {
        let mut issued = self.issued.lock().await;
        if issued.as_ref().is_some_and(|issued| used.get(TOKEN) == Some(&issued.token)) {
            *issued = None;
        }
    }

    /// Returns the headers that authenticate a call. It may have to request a token or keys first.
    pub(in crate::api) async fn headers(&self, call: &UnsignedCall<'_>) -> Result<HeaderMap, ReadError> {
        match &self.credentials {
            AuthMethod::Token(token) => Ok(token_header(token.header().map_err(local_error)?)),
            AuthMethod::Login(login) => Ok(token_header(self.token_for(login).await?)),
            AuthMethod::Key(key) => sign(key, call, clock::now()),
            AuthMethod::Agency(metadata) => {
                let mut temporary_key = self.temporary_key.lock().await;
                let is_good = |temporary_key: &TemporaryKey| {
                    temporary_key.expires.is_none_or(|expires| expires.duration_since(clock::now()) > AGENCY_MARGIN)
                };
                let keys = match temporary_key.take().filter(is_good) {
                    Some(keys) => keys,
                    None => self.fetch_temporary_key(metadata).await?,
                };
                keys.key.check().map_err(local_error)?;
                let headers = sign(&keys.key, call, clock::now());
                *temporary_key = Some(keys);
                headers
            }
        }
    }

    /// Fetches the keys of the agency. The record shows that the call was made, and nothing of the response.
    async fn fetch_temporary_key(&self, metadata: &Metadata) -> Result<TemporaryKey, ReadError> {
        let (url, headers) = (metadata.url(KEYS)?, HeaderMap::new());
        let (method, scheme) = (&Method::GET, AuthScheme::Nothing);
        let mut span = self.tracer.start(&TracedRequest {
            method,
            url: &url,
            headers: &headers,
            body: None,
            scheme,
            secret: None,
        });
        let temporary_key = metadata.keys().await;
        if temporary_key.is_ok() {
            span.response_head(200, &headers);
        }
        span.finish(|| {
            Some(
                temporary_key
                    .as_ref()
                    .err()
                    .map_or_else(|| tr!("The keys in the answer are not kept"), ReadError::sentence),
            )
        });
        temporary_key
    }

    async fn token_for(&self, login: &Login) -> Result<HeaderValue, ReadError> {
        let mut issued = self.issued.lock().await;
        // Its end is a time of the cloud's.
        let now = self.skew.to_cloud_time(clock::now());
        if let Some(issued) = issued.as_ref().filter(|issued| issued.is_good_at(now, MARGIN)) {
            return Ok(issued.token.clone());
        }
        let Some(token_client) = &self.login else { return Err(local_error(SetupError::NoIam)) };
        let taken = token_client.request_token(login, &self.skew, &self.tracer).await?;
        let header = taken.token.clone();
        *issued = Some(taken);
        Ok(header)
    }

    /// Replaces a refused signature by the error about the clock, if the clock explains it.
    fn annotate<T>(&self, result: Result<T, ReadError>) -> Result<T, ReadError> {
        match (result, self.decisive_clock_skew()) {
            (Err(error @ ReadError::Refused { status: 401, .. }), Some(ahead)) => Err(error.into_clock_off(ahead)),
            (result, Some(_) | None) => result,
        }
    }

    /// Returns the seconds by which this machine's clock is ahead, negative if it is behind, if they can explain a
    /// refused signature.
    fn decisive_clock_skew(&self) -> Option<i64> {
        let (AuthMethod::Key(_) | AuthMethod::Agency(_)) = &self.credentials else { return None };
        // Near the limit the gateway's own clock decides.
        self.skew.seconds().filter(|seconds| seconds.abs() >= signing::MAX_SKEW - 60)
    }
}

fn local_error(error: SetupError) -> ReadError {
    ReadError::NotReached { why: FailureReason::Setup(error) }
}

/// One authenticated call. Its result shows whether the credentials work.
pub(in crate::api) struct AuthenticatedCall<'a> {
    auth: &'a RequestAuth,
    call: UnsignedCall<'a>,
    permit: Permit<'a>,
    headers: HeaderMap,
}

impl AuthenticatedCall<'_> {
    /// Returns the headers that authenticate the call.
    pub(in crate::api) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Requests a new token after a refusal that says the old one expired; returns whether the call may be sent once
    /// more. Fails if a new token cannot be obtained.
    pub(in crate::api) async fn renew_after(&mut self, error: &ReadError) -> Result<bool, ReadError> {
        let may_renew = self.auth.may_renew_after(error, &self.headers).await;
        if may_renew {
            self.prove().await?;
        }
        Ok(may_renew)
    }

    /// Makes the next call request a new token, unless there is a new one already.
    pub(in crate::api) async fn forget_token(&self) {
        self.auth.forget_token(&self.headers).await;
    }

    /// Records what the result proves about the credentials. Returns the result, with a refused signature explained by
    /// the clock if that is the cause.
    pub(in crate::api) async fn finish<T>(self, result: Result<T, ReadError>) -> Result<T, ReadError> {
        let result = self.auth.annotate(result);
        self.auth.record_result(self.permit, &result).await;
        result
    }

    async fn prove(&mut self) -> Result<(), ReadError> {
        self.headers = self.auth.headers(&self.call).await?;
        Ok(())
    }

    async fn fail(self, error: ReadError) -> ReadError {
        match self.finish(Err::<(), _>(error.clone())).await {
            Ok(()) => error,
            Err(error) => error,
        }
    }
}

fn token_header(token: HeaderValue) -> HeaderMap {
    HeaderMap::from_iter([(TOKEN, token)])
}

/// Signs a call. The signature covers only parts that no proxy on the way rewrites.
fn sign(key: &AccessKey, call: &UnsignedCall<'_>, now: Timestamp) -> Result<HeaderMap, ReadError> {
    let date = now.strftime(signing::DATE_FORMAT).to_string();
    let host = call.url.host_str().unwrap_or_default();
    let host = call.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let mut plain = vec![("host".to_owned(), host), (signing::DATE.to_owned(), date.clone())];
    if let Some(project) = call.project {
        plain.push(("x-project-id".to_owned(), project.to_owned()));
    }
    if let Some((_, content_type)) = call.body {
        plain.push((CONTENT_TYPE.as_str().to_owned(), content_type.to_owned()));
    }
    if let Some(token) = &key.security_token {
        plain.push(("x-security-token".to_owned(), token.expose_secret().to_owned()));
    }
    let query: Vec<(String, String)> = call.url.query_pairs().into_owned().collect();
    let authorization = signing::authorization(
        &key.access_key,
        key.secret_key.expose_secret(),
        &date,
        &SignedCall {
            method: call.method.as_str(),
            path: call.url.path(),
            query: &query,
            headers: &plain,
            body: call.body.map_or(&[], |(bytes, _)| bytes),
        },
    );
    let sensitive = |text: &str| {
        let mut value = HeaderValue::from_str(text).map_err(|_| local_error(SetupError::BadKey))?;
        value.set_sensitive(true);
        Ok(value)
    };
    let mut headers = HeaderMap::new();
    for (name, value) in &plain {
        // The HTTP library writes the host itself, in the same form.
        if name != "host" {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| local_error(SetupError::BadKey))?;
            headers.insert(name, sensitive(value)?);
        }
    }
    headers.insert(AUTHORIZATION, sensitive(&authorization)?);
    Ok(headers)
}
