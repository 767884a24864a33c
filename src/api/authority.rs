//! How a call proves who it comes from: a token in a header, a signature over the call, or a token
//! that is first taken from IAM.
//!
//! The gateway locks an access key after five wrong signatures in a row, and IAM locks a user after
//! wrong passwords. So one call goes ahead until credentials are known to be right, the others
//! wait for it, and once they were refused nothing more is sent with them.

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use secrecy::ExposeSecret as _;
use tokio::sync::{Mutex, MutexGuard};

use super::account::{AccessKey, Credentials};
use super::calls::{Asked, Calls, Proof};
use super::error::{ReadError, SetupError};
use super::login::{Issued, LoginDesk};
use super::metadata::{KEYS, Lent, Metadata};
use super::skew::Skew;
use super::why::Why;
use crate::clock;
use crate::codes::{refuses_key, refuses_token};
use crate::signing::{self, Call};
use crate::words::tr;

/// The header that carries a token.
const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

/// A token is renewed when it has less than this left.
const MARGIN: SignedDuration = SignedDuration::from_mins(30);

/// Keys of an agency are renewed when they have less than this left, as the vendor's SDK does.
const AGENCY_MARGIN: SignedDuration = SignedDuration::from_mins(40);

/// A call as far as its proof depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outgoing<'a> {
    pub(super) method: &'a Method,
    pub(super) url: &'a Url,
    /// The project of a call to a service that knows projects.
    pub(super) project: Option<&'a str>,
    /// The exact bytes and their content type.
    pub(super) body: Option<(&'a [u8], &'static str)>,
}

/// What is known of the credentials.
#[derive(Debug)]
enum Standing {
    Untried,
    Good,
    /// Refused: the answer that said so stands for all further calls.
    Refused(Box<ReadError>),
}

/// Leave to make a call. The first one holds the door for the others.
pub(super) struct Leave<'a>(Option<MutexGuard<'a, Standing>>);

/// The credentials of an account, and what is known of them.
pub(super) struct Authority {
    credentials: Credentials,
    standing: Mutex<Standing>,
    /// Where a user's token is taken, and the one that was taken last.
    login: Option<LoginDesk>,
    issued: Mutex<Option<Issued>>,
    /// The keys that an agency lent last.
    lent: Mutex<Option<Lent>>,
    pub(super) skew: Skew,
    /// Who is told of the calls.
    pub(super) calls: Calls,
}

impl Authority {
    /// `login` says where tokens are taken for a user with a password.
    pub(super) fn new(credentials: Credentials, login: Option<LoginDesk>) -> Result<Self, SetupError> {
        credentials.check()?;
        if login.is_none() && matches!(credentials, Credentials::Login(_)) {
            return Err(SetupError::NoIam);
        }
        let standing = Mutex::new(Standing::Untried);
        Ok(Self {
            credentials,
            standing,
            login,
            issued: Mutex::default(),
            lent: Mutex::default(),
            skew: Skew::default(),
            calls: Calls::default(),
        })
    }

    /// By what calls are authenticated.
    pub(super) fn proof(&self) -> Proof {
        match &self.credentials {
            Credentials::Token(_) => Proof::Token,
            Credentials::Login(_) => Proof::LoginToken,
            Credentials::Key(key) if key.security_token.is_some() => Proof::TemporaryKey,
            Credentials::Key(_) => Proof::Key,
            Credentials::Agency(_) => Proof::Agency,
        }
    }

    /// Waits until a call may go ahead; the error is that of the call that was refused before.
    pub(super) async fn admit(&self) -> Result<Leave<'_>, ReadError> {
        match &self.credentials {
            Credentials::Token(_) => return Ok(Leave(None)),
            Credentials::Key(_) | Credentials::Login(_) | Credentials::Agency(_) => {}
        }
        let standing = self.standing.lock().await;
        match &*standing {
            Standing::Untried => Ok(Leave(Some(standing))),
            Standing::Good => Ok(Leave(None)),
            Standing::Refused(error) => Err((**error).clone()),
        }
    }

    /// Takes note of what became of a call.
    pub(super) async fn heard<T>(&self, leave: Leave<'_>, result: &Result<T, ReadError>) {
        let standing = match result {
            Err(error) if self.is_refusal_of_credentials(error) => Standing::Refused(Box::new(error.clone())),
            Ok(_) => Standing::Good,
            // An answer other than 401 has passed the check of the credentials.
            Err(ReadError::Refused { status, .. }) if (200..500).contains(status) && *status != 429 => Standing::Good,
            // Nothing was learned of them.
            Err(_) => return,
        };
        match (leave.0, standing) {
            (Some(mut held), standing) => *held = standing,
            (None, refused @ Standing::Refused(_)) => *self.standing.lock().await = refused,
            (None, Standing::Untried | Standing::Good) => {}
        }
    }

    fn is_refusal_of_credentials(&self, error: &ReadError) -> bool {
        let is_401 = matches!(error, ReadError::Refused { status: 401, .. } | ReadError::ClockOff { .. });
        match &self.credentials {
            Credentials::Token(_) => false,
            // IAM says with 400 that a key expired or was switched off.
            Credentials::Key(_) | Credentials::Agency(_) => is_401 || error.code().is_some_and(refuses_key),
            // A token that ran out is renewed; a login that was refused is final.
            Credentials::Login(_) => matches!(error, ReadError::LoginRefused { .. }),
        }
    }

    /// Whether a call that was refused so may be made once more, with a new token.
    pub(super) async fn renews_after(&self, error: &ReadError, used: &HeaderMap) -> bool {
        let Credentials::Login(_) = &self.credentials else { return false };
        let ReadError::Refused { status: 401, code, message, .. } = error else { return false };
        // The code of the gateway or of IAM for it, or words about the token.
        let is_for_token = code.as_deref().is_some_and(refuses_token)
            || message.as_ref().is_some_and(|words| words.to_ascii_lowercase().contains("token"));
        if is_for_token {
            self.forget_token(used).await;
        }
        is_for_token
    }

    /// The next call takes a new token, unless somebody has one already.
    pub(super) async fn forget_token(&self, used: &HeaderMap) {
        let mut issued = self.issued.lock().await;
        if issued.as_ref().is_some_and(|issued| used.get(TOKEN) == Some(&issued.token)) {
            *issued = None;
        }
    }

    /// The headers that prove a call.
    pub(super) async fn headers(&self, call: &Outgoing<'_>) -> Result<HeaderMap, ReadError> {
        match &self.credentials {
            Credentials::Token(token) => Ok(with_token(token.header().map_err(|error| local(&error))?)),
            Credentials::Login(login) => Ok(with_token(self.token_of(login).await?)),
            Credentials::Key(key) => signed(key, call, clock::now()),
            Credentials::Agency(metadata) => {
                let mut lent = self.lent.lock().await;
                let is_good = |lent: &Lent| {
                    lent.expires.is_none_or(|expires| expires.duration_since(clock::now()) > AGENCY_MARGIN)
                };
                let keys = match lent.take().filter(is_good) {
                    Some(keys) => keys,
                    None => self.lent_by(metadata).await?,
                };
                keys.key.check().map_err(|error| local(&error))?;
                let headers = signed(&keys.key, call, clock::now());
                *lent = Some(keys);
                headers
            }
        }
    }

    /// Asks for keys; the record of that call says that it was made, and nothing of the answer.
    async fn lent_by(&self, metadata: &Metadata) -> Result<Lent, ReadError> {
        let (url, headers) = (metadata.url(KEYS)?, HeaderMap::new());
        let (method, proof) = (&Method::GET, Proof::Nothing);
        let mut watch =
            self.calls.begin(&Asked { method, url: &url, headers: &headers, body: None, proof, secret: None });
        let lent = metadata.keys().await;
        if lent.is_ok() {
            watch.head(200, &headers);
        }
        watch.came_to(|| {
            Some(lent.as_ref().err().map_or_else(|| tr!("The keys in the answer are not kept"), ReadError::sentence))
        });
        lent
    }

    async fn token_of(&self, login: &super::Login) -> Result<HeaderValue, ReadError> {
        let mut issued = self.issued.lock().await;
        // Its end is a time of the cloud's.
        let now = self.skew.at_the_cloud(clock::now());
        if let Some(issued) = issued.as_ref().filter(|issued| issued.is_good_at(now, MARGIN)) {
            return Ok(issued.token.clone());
        }
        let Some(desk) = &self.login else { return Err(local(&SetupError::NoIam)) };
        let taken = desk.log_in(login, &self.skew, &self.calls).await?;
        let header = taken.token.clone();
        *issued = Some(taken);
        Ok(header)
    }

    /// The same, but a refused signature is explained by the clock where that does explain it.
    pub(super) fn explained<T>(&self, result: Result<T, ReadError>) -> Result<T, ReadError> {
        match (result, self.clock_trouble()) {
            (Err(error @ ReadError::Refused { status: 401, .. }), Some(ahead)) => Err(error.into_clock_off(ahead)),
            (result, Some(_) | None) => result,
        }
    }

    /// In how far this machine's clock explains a refusal: the seconds it is ahead.
    fn clock_trouble(&self) -> Option<i64> {
        let (Credentials::Key(_) | Credentials::Agency(_)) = &self.credentials else { return None };
        // Near the limit the gateway's own clock decides.
        self.skew.seconds().filter(|seconds| seconds.abs() >= signing::MOST_SKEW - 60)
    }
}

fn local(error: &SetupError) -> ReadError {
    ReadError::NotReached { why: Why::local(|| error.to_string()) }
}

fn with_token(token: HeaderValue) -> HeaderMap {
    HeaderMap::from_iter([(TOKEN, token)])
}

/// Signs a call. Only what no proxy on the way rewrites is signed.
fn signed(key: &AccessKey, call: &Outgoing<'_>, now: Timestamp) -> Result<HeaderMap, ReadError> {
    let date = now.strftime(signing::DATE_FORM).to_string();
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
        &Call {
            method: call.method.as_str(),
            path: call.url.path(),
            query: &query,
            headers: &plain,
            body: call.body.map_or(&[], |(bytes, _)| bytes),
        },
    );
    let sensitive = |text: &str| {
        let mut value = HeaderValue::from_str(text).map_err(|_| local(&SetupError::BadKey))?;
        value.set_sensitive(true);
        Ok(value)
    };
    let mut headers = HeaderMap::new();
    for (name, value) in &plain {
        // The HTTP library writes the host itself, in the same form.
        if name != "host" {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| local(&SetupError::BadKey))?;
            headers.insert(name, sensitive(value)?);
        }
    }
    headers.insert(AUTHORIZATION, sensitive(&authorization)?);
    Ok(headers)
}
