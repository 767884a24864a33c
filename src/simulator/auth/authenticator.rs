//! Authenticates calls to the simulated cloud by token or signature, and checks which project they may use. Its errors
//! are those of the gateway and of IAM (`platform.md` 1, 3 and 6).

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::credentials::{Credentials, DEMO_PROJECT, Key, masked};
use super::lockout::Lockout;
use super::signature::{SignatureError, verify};
use super::tokens::{AcceptedTokens, Scope, TokenLifetime, TokenStatus, TokenStore};
use crate::signing::{self, Authorization};
use crate::simulator::api_error::ApiError;
use crate::simulator::clock::Moment;
use crate::simulator::http::route::{Operation, Route};
use crate::simulator::request::{Body, Request};
use crate::simulator::scene::Scene;

const BAD_SIGNATURE: &str = "Incorrect IAM authentication information: verify aksk signature fail";

/// The credentials that a request presents, not yet verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator) enum PresentedAuth<'wire> {
    Token(&'wire str),
    Signature(&'wire str),
    Nothing,
}

impl<'wire> PresentedAuth<'wire> {
    /// Reads the credentials from the headers. A token takes precedence over a signature; empty headers count as
    /// absent.
    pub(in crate::simulator) fn from_headers(headers: &'wire [(String, String)]) -> Self {
        let value = |name: &str| header(headers, name).filter(|value| !value.is_empty());
        match (value("x-auth-token"), value("authorization")) {
            (Some(token), _) => Self::Token(token),
            (None, Some(signature)) => Self::Signature(signature),
            (None, None) => Self::Nothing,
        }
    }

    /// Formats the credentials for the log without secrets: `token`, `key FAKEAK…0001` or `none`.
    pub(in crate::simulator) fn describe(self) -> String {
        match self {
            Self::Token(_) => "token".to_owned(),
            Self::Signature(header) => match Authorization::parse(header) {
                Some(authorization) => format!("key {}", masked(authorization.access_key)),
                None => "key …".to_owned(),
            },
            Self::Nothing => "none".to_owned(),
        }
    }
}

/// The caller of an authenticated call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::simulator) struct Principal {
    /// The account of the caller, or `None` for the built-in one.
    pub(in crate::simulator) domain_id: Option<String>,
    /// The only project that the access key may use, if it is limited to one. In a call to IAM with an arbitrary token,
    /// the demo project.
    pub(in crate::simulator) home: Option<String>,
}

/// The authentication of calls. Counts failed signatures, which can lock a key, and the uses of tokens, which can make
/// them expire.
pub(in crate::simulator) struct Authenticator {
    credentials: Credentials,
    accepted_tokens: AcceptedTokens,
    /// The number of requests after which a security token expires; no limit if `None`.
    security_token_max_uses: Option<u32>,
    state: Mutex<AuthState>,
}

struct AuthState {
    lockout: Lockout,
    issued: TokenStore,
    security_tokens: HashMap<String, u32>,
}

impl Authenticator {
    pub(in crate::simulator) fn new(credentials: Credentials, accepted_tokens: AcceptedTokens, scene: &Scene) -> Self {
        let strict = accepted_tokens == AcceptedTokens::Issued || scene.accepted_tokens == AcceptedTokens::Issued;
        let lifetime = TokenLifetime {
            milliseconds: scene.token_lifetime_s.saturating_mul(1_000),
            max_uses: scene.token_max_uses,
        };
        let state = AuthState {
            lockout: Lockout::new(scene.access_key_lockout_s.saturating_mul(1_000)),
            issued: TokenStore::new(lifetime),
            security_tokens: HashMap::new(),
        };
        Self {
            credentials,
            accepted_tokens: if strict { AcceptedTokens::Issued } else { AcceptedTokens::Any },
            security_token_max_uses: scene.security_token_max_uses,
            state: Mutex::new(state),
        }
    }

    pub(in crate::simulator) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Issues a token and returns it with the moment of its expiry.
    pub(in crate::simulator) fn issue(&self, scope: Scope, now: Moment) -> (String, Moment) {
        let mut state = self.state();
        (state.issued.issue(scope, now), state.issued.end(now))
    }

    /// Authenticates a call and checks that it may use the project in its path. `Err` is the error response of the
    /// gateway, the service or IAM.
    pub(in crate::simulator) fn admit(
        &self,
        request: &Request<'_>,
        route: Route<'_>,
        now: Moment,
    ) -> Result<Principal, ApiError> {
        let principal = match PresentedAuth::from_headers(request.headers) {
            PresentedAuth::Token(token) => self.by_token(token, route, now)?,
            PresentedAuth::Signature(header) => self.by_key(request, header, route.operation, now)?,
            PresentedAuth::Nothing if route.operation.is_iam() => return Err(unauthenticated()),
            PresentedAuth::Nothing => {
                return Err(refused("Incorrect IAM authentication information: the token is missing."));
            }
        };
        if route.operation.is_iam() {
            return Ok(principal);
        }
        let named = header(request.headers, "x-project-id").filter(|project| !project.is_empty());
        let elsewhere =
            [named, principal.home.as_deref()].into_iter().flatten().any(|project| project != route.project);
        if elsewhere {
            Err(ApiError::new(403, "APIGW.0302", "No permission to access this project."))
        } else {
            Ok(principal)
        }
    }

    fn by_token(&self, token: &str, route: Route<'_>, now: Moment) -> Result<Principal, ApiError> {
        let found = self.state().issued.used(token, now);
        match (found, route.operation.is_iam()) {
            (TokenStatus::Good(_), true) => Ok(Principal::default()),
            (TokenStatus::Good(Scope::Project { id }), false) if id == route.project => Ok(Principal::default()),
            (TokenStatus::Good(Scope::Project { .. } | Scope::Domain), false) => {
                Err(ApiError::new(403, "CPS.0001", "You do not have the permission to use this project."))
            }
            // Whoever comes with any token at all is at home in the project of the demo, as far as IAM tells.
            (TokenStatus::Unknown, is_iam) if self.accepted_tokens == AcceptedTokens::Any => {
                Ok(Principal { home: is_iam.then(|| DEMO_PROJECT.to_owned()), ..Principal::default() })
            }
            (TokenStatus::Unknown | TokenStatus::Expired, true) => Err(unauthenticated()),
            (TokenStatus::Expired, false) => Err(ApiError::new(401, "APIGW.0307", "The token must be updated.")),
            (TokenStatus::Unknown, false) => {
                Err(refused("Incorrect IAM authentication information: decrypt token fail"))
            }
        }
    }

    fn by_key(
        &self,
        request: &Request<'_>,
        header: &str,
        operation: Operation,
        now: Moment,
    ) -> Result<Principal, ApiError> {
        let body = request.body.whole()?;
        let shown = Authorization::parse(header).ok_or_else(|| refused(BAD_SIGNATURE))?;
        let key = self.credentials.key(shown.access_key).ok_or_else(|| refused(BAD_SIGNATURE))?;
        let mut state = self.state();
        if state.lockout.is_locked(&key.access_key, now) {
            return Err(refused(BAD_SIGNATURE));
        }
        let signed = signing::SignedCall {
            method: request.method,
            path: request.path,
            query: request.query.members(),
            headers: request.headers,
            body,
        };
        let checked = verify(&signed, &shown, &key.secret_key, key.security_token.as_deref(), now.time());
        match checked {
            Ok(()) => state.lockout.passed(&key.access_key),
            Err(SignatureError::Skew | SignatureError::Date) => {}
            Err(
                SignatureError::Unsigned(_)
                | SignatureError::SecurityToken
                | SignatureError::Body
                | SignatureError::Signature,
            ) => {
                state.lockout.failed(&key.access_key, now);
            }
        }
        checked.map_err(signature_refusal)?;
        self.security_token_lives(&mut state, key, operation)?;
        Ok(Principal { domain_id: key.domain_id.clone(), home: key.project_id.clone() })
    }

    fn security_token_lives(&self, state: &mut AuthState, key: &Key, operation: Operation) -> Result<(), ApiError> {
        let (Some(_), Some(most)) = (&key.security_token, self.security_token_max_uses) else {
            return Ok(());
        };
        let uses = state.security_tokens.entry(key.access_key.clone()).or_default();
        if *uses < most {
            *uses += 1;
            Ok(())
        } else if operation.is_iam() {
            Err(ApiError::new(400, "IAM.1108", "The security token has expired."))
        } else {
            Err(refused("Incorrect IAM authentication information: the security token has expired."))
        }
    }

    fn state(&self) -> MutexGuard<'_, AuthState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'wire> Body<'wire> {
    /// Returns the body if it arrived completely. `Err` is 413 for a body that is too large, and 400 for one that ended
    /// early.
    pub(in crate::simulator) fn whole(self) -> Result<&'wire [u8], ApiError> {
        match self {
            Self::Whole(body) => Ok(body),
            Self::TooLarge => Err(ApiError::new(413, "APIGW.0201", "The request body is larger than 65536 bytes.")),
            Self::Unfinished => Err(ApiError::malformed("The request body ends before its announced length.")),
        }
    }
}

/// Finds the first header with this name, which must be in lower case, and trims its value.
fn header<'wire>(headers: &'wire [(String, String)], name: &str) -> Option<&'wire str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
}

fn refused(message: &str) -> ApiError {
    ApiError::new(401, "APIGW.0301", message)
}

fn unauthenticated() -> ApiError {
    ApiError::keystone(401, "The request you have made requires authentication.")
}

fn signature_refusal(error: SignatureError) -> ApiError {
    match error {
        SignatureError::Signature | SignatureError::Body => refused(BAD_SIGNATURE),
        SignatureError::Unsigned(name) => refused(&format!("{BAD_SIGNATURE}, the header {name} is not signed")),
        SignatureError::Date => refused(&format!("{BAD_SIGNATURE}, the header {} has no time", signing::DATE)),
        SignatureError::SecurityToken => {
            refused("Incorrect IAM authentication information: the security token is wrong.")
        }
        SignatureError::Skew => ApiError::new(
            401,
            "APIGW.0303",
            format!(
                "Incorrect app authentication information: the time in {} is more than 15 minutes from the clock of the gateway.",
                signing::DATE
            ),
        ),
    }
}
