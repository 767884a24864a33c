//! The door of the simulated cloud: by what a call is authenticated, and what it may use then.
//! The answers are those of the gateway and of IAM (`platform.md` 1, 3 and 6).

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::clock::Moment;
use super::cloud::{Body, Request};
use super::credentials::{Credentials, Key, masked};
use super::iam::DEMO_PROJECT;
use super::locks::Locks;
use super::refusal::Refusal;
use super::route::{Call, Route};
use super::scene::Scene;
use super::tokens::{Found, Issued, Life, Scope, Tokens};
use super::verify::{Doubt, verify};
use crate::signing::{self, Authorization};

const BAD_SIGNATURE: &str = "Incorrect IAM authentication information: verify aksk signature fail";

/// By what a request says that it may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown<'wire> {
    Token(&'wire str),
    Signature(&'wire str),
    Nothing,
}

impl<'wire> Shown<'wire> {
    /// A token counts before a signature; nothing else is needed with it.
    pub(super) fn by(headers: &'wire [(String, String)]) -> Self {
        let value = |name: &str| header(headers, name).filter(|value| !value.is_empty());
        match (value("x-auth-token"), value("authorization")) {
            (Some(token), _) => Self::Token(token),
            (None, Some(signature)) => Self::Signature(signature),
            (None, None) => Self::Nothing,
        }
    }

    /// The same for the log, without anything secret.
    pub(super) fn in_words(self) -> String {
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

/// Somebody who was let in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Guest {
    /// The account, unless it is the built-in one.
    pub(super) domain_id: Option<String>,
    /// The only project the access key may use.
    pub(super) home: Option<String>,
}

/// The door and what it remembers.
pub(super) struct Door {
    credentials: Credentials,
    tokens: Tokens,
    /// For how many calls a security token is good.
    security_token_calls: Option<u32>,
    memory: Mutex<Memory>,
}

struct Memory {
    locks: Locks,
    issued: Issued,
    security_tokens: HashMap<String, u32>,
}

impl Door {
    pub(super) fn new(credentials: Credentials, tokens: Tokens, scene: &Scene) -> Self {
        let strict = tokens == Tokens::Issued || scene.tokens == Tokens::Issued;
        let life = Life { milliseconds: scene.token_life_s.saturating_mul(1_000), calls: scene.token_calls };
        let memory = Memory {
            locks: Locks::lasting(scene.key_lock_s.saturating_mul(1_000)),
            issued: Issued::with(life),
            security_tokens: HashMap::new(),
        };
        Self {
            credentials,
            tokens: if strict { Tokens::Issued } else { Tokens::Any },
            security_token_calls: scene.security_token_calls,
            memory: Mutex::new(memory),
        }
    }

    pub(super) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// A new token and the moment at which it ends.
    pub(super) fn issue(&self, scope: Scope, now: Moment) -> (String, Moment) {
        let mut memory = self.memory();
        (memory.issued.issue(scope, now), memory.issued.end(now))
    }

    /// Lets a call in, or says why not.
    pub(super) fn admit(&self, request: &Request<'_>, route: Route<'_>, now: Moment) -> Result<Guest, Refusal> {
        let guest = match Shown::by(request.headers) {
            Shown::Token(token) => self.by_token(token, route, now)?,
            Shown::Signature(header) => self.by_key(request, header, route.call, now)?,
            Shown::Nothing if route.call.is_iam() => return Err(unauthenticated()),
            Shown::Nothing => return Err(refused("Incorrect IAM authentication information: the token is missing.")),
        };
        if route.call.is_iam() {
            return Ok(guest);
        }
        let named = header(request.headers, "x-project-id").filter(|project| !project.is_empty());
        let elsewhere = [named, guest.home.as_deref()].into_iter().flatten().any(|project| project != route.project);
        if elsewhere {
            Err(Refusal::new(403, "APIGW.0302", "No permission to access this project."))
        } else {
            Ok(guest)
        }
    }

    fn by_token(&self, token: &str, route: Route<'_>, now: Moment) -> Result<Guest, Refusal> {
        let found = self.memory().issued.used(token, now);
        match (found, route.call.is_iam()) {
            (Found::Good(_), true) => Ok(Guest::default()),
            (Found::Good(Scope::Project { id }), false) if id == route.project => Ok(Guest::default()),
            (Found::Good(Scope::Project { .. } | Scope::Domain), false) => {
                Err(Refusal::new(403, "CPS.0001", "You do not have the permission to use this project."))
            }
            // Whoever comes with any token at all is at home in the project of the demo, as far as IAM tells.
            (Found::Unknown, is_iam) if self.tokens == Tokens::Any => {
                Ok(Guest { home: is_iam.then(|| DEMO_PROJECT.to_owned()), ..Guest::default() })
            }
            (Found::Unknown | Found::Expired, true) => Err(unauthenticated()),
            (Found::Expired, false) => Err(Refusal::new(401, "APIGW.0307", "The token must be updated.")),
            (Found::Unknown, false) => Err(refused("Incorrect IAM authentication information: decrypt token fail")),
        }
    }

    fn by_key(&self, request: &Request<'_>, header: &str, call: Call, now: Moment) -> Result<Guest, Refusal> {
        let body = request.body.whole()?;
        let shown = Authorization::parse(header).ok_or_else(|| refused(BAD_SIGNATURE))?;
        let key = self.credentials.key(shown.access_key).ok_or_else(|| refused(BAD_SIGNATURE))?;
        let mut memory = self.memory();
        if memory.locks.holds(&key.access_key, now) {
            return Err(refused(BAD_SIGNATURE));
        }
        let signed = signing::Call {
            method: request.method,
            path: request.path,
            query: request.query.members(),
            headers: request.headers,
            body,
        };
        let checked = verify(&signed, &shown, &key.secret_key, key.security_token.as_deref(), now.time());
        match checked {
            Ok(()) => memory.locks.passed(&key.access_key),
            Err(Doubt::Skew | Doubt::Date) => {}
            Err(Doubt::Unsigned(_) | Doubt::SecurityToken | Doubt::Body | Doubt::Signature) => {
                memory.locks.failed(&key.access_key, now);
            }
        }
        checked.map_err(in_words)?;
        self.security_token_lives(&mut memory, key, call)?;
        Ok(Guest { domain_id: key.domain_id.clone(), home: key.project_id.clone() })
    }

    fn security_token_lives(&self, memory: &mut Memory, key: &Key, call: Call) -> Result<(), Refusal> {
        let (Some(_), Some(most)) = (&key.security_token, self.security_token_calls) else {
            return Ok(());
        };
        let calls = memory.security_tokens.entry(key.access_key.clone()).or_default();
        if *calls < most {
            *calls += 1;
            Ok(())
        } else if call.is_iam() {
            Err(Refusal::new(400, "IAM.1108", "The security token has expired."))
        } else {
            Err(refused("Incorrect IAM authentication information: the security token has expired."))
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'wire> Body<'wire> {
    /// The body, if it came as a whole.
    pub(super) fn whole(self) -> Result<&'wire [u8], Refusal> {
        match self {
            Self::Whole(body) => Ok(body),
            Self::TooLarge => Err(Refusal::new(413, "APIGW.0201", "The request body is larger than 65536 bytes.")),
            Self::Unfinished => Err(Refusal::malformed("The request body ends before its announced length.")),
        }
    }
}

/// The first header of this name, which is in lower case.
fn header<'wire>(headers: &'wire [(String, String)], name: &str) -> Option<&'wire str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
}

fn refused(message: &str) -> Refusal {
    Refusal::new(401, "APIGW.0301", message)
}

fn unauthenticated() -> Refusal {
    Refusal::keystone(401, "The request you have made requires authentication.")
}

fn in_words(doubt: Doubt) -> Refusal {
    match doubt {
        Doubt::Signature | Doubt::Body => refused(BAD_SIGNATURE),
        Doubt::Unsigned(name) => refused(&format!("{BAD_SIGNATURE}, the header {name} is not signed")),
        Doubt::Date => refused(&format!("{BAD_SIGNATURE}, the header {} has no time", signing::DATE)),
        Doubt::SecurityToken => refused("Incorrect IAM authentication information: the security token is wrong."),
        Doubt::Skew => Refusal::new(
            401,
            "APIGW.0303",
            format!(
                "Incorrect app authentication information: the time in {} is more than 15 minutes from the clock of the gateway.",
                signing::DATE
            ),
        ),
    }
}
