//! The callers that the simulated cloud knows: access keys, and users who log in with a password. All built-in
//! credentials are invented and valid nowhere else.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde_json::error::Category;
use thiserror::Error;

use crate::i18n::{self, phrase, tr};

/// The project of the demos. IAM issues tokens for it, although no list contains it.
pub(in crate::simulator) const DEMO_PROJECT: &str = "demo-project";

/// The access keys and users that a simulator accepts.
#[derive(Clone)]
pub struct Credentials {
    keys: Vec<Key>,
    users: Vec<User>,
}

/// An access key, in the format of the file for `--credentials`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "these are the names of the file")]
pub(in crate::simulator) struct Key {
    pub(in crate::simulator) access_key: String,
    pub(in crate::simulator) secret_key: String,
    /// The security token of a temporary key. Calls with the key must send and sign it.
    #[serde(default)]
    pub(in crate::simulator) security_token: Option<String>,
    /// The only project that the key may use; any project if `None`.
    #[serde(default)]
    pub(in crate::simulator) project_id: Option<String>,
    /// The account of the key; the built-in one if `None`.
    #[serde(default)]
    pub(in crate::simulator) domain_id: Option<String>,
}

#[derive(Clone)]
struct User {
    domain: String,
    name: String,
    password: String,
}

/// A reason that a list of credentials is unusable. The errors repeat no part of the text, which may contain secrets.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CredentialsError {
    /// The text is not JSON.
    #[error("{}", tr!("the list of credentials is no JSON at line {line}, column {column}", line, column))]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// The JSON is not a list of keys.
    #[error("{}", tr!(
        "the list of credentials has something else at line {line}, column {column} than expected; it is a list of objects with the texts access_key and secret_key, and perhaps security_token, project_id and domain_id",
        line,
        column
    ))]
    Shape {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// A key in the list is malformed or repeated, so it could never sign a call.
    #[error("{}", tr!("key {number} of the list of credentials {what}", number, what = i18n::t(what)))]
    Key {
        /// The position in the list, counted from 1.
        number: usize,
        /// The fault, as the English phrase that completes the sentence.
        what: &'static str,
    },
}

impl Credentials {
    /// The built-in access key.
    pub const ACCESS_KEY: &'static str = "FAKEAK0SIMULATOR0001";
    /// The secret key of the built-in access key.
    pub const SECRET_KEY: &'static str = "FakeSecretKeyForTheSimulatorOnly00000001";
    /// The account of the built-in user.
    pub const DOMAIN: &'static str = "demo-domain";
    /// The name of the built-in user.
    pub const USER: &'static str = "demo-user";
    /// The password of the built-in user.
    pub const PASSWORD: &'static str = "demo-password";

    /// Creates the built-in credentials: one access key and one user. The key may use any project.
    pub fn documented() -> Self {
        let key = Key {
            access_key: Self::ACCESS_KEY.to_owned(),
            secret_key: Self::SECRET_KEY.to_owned(),
            security_token: None,
            project_id: None,
            domain_id: None,
        };
        Self { keys: vec![key], users: vec![User::documented()] }
    }

    /// Parses a JSON list of access keys. They replace the built-in key; the built-in user stays.
    pub fn parse(text: &str) -> Result<Self, CredentialsError> {
        let keys: Vec<Key> = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            match error.classify() {
                Category::Data => CredentialsError::Shape { line, column },
                Category::Syntax | Category::Eof | Category::Io => CredentialsError::Syntax { line, column },
            }
        })?;
        let mut seen = HashSet::new();
        for (place, key) in keys.iter().enumerate() {
            if let Some(what) = key.fault(&mut seen) {
                return Err(CredentialsError::Key { number: place + 1, what });
            }
        }
        Ok(Self { keys, users: vec![User::documented()] })
    }

    pub(in crate::simulator) fn key(&self, access_key: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.access_key == access_key)
    }

    pub(in crate::simulator) fn knows(&self, domain: &str, name: &str, password: &str) -> bool {
        self.users.iter().any(|user| user.domain == domain && user.name == name && user.password == password)
    }
}

impl Key {
    fn fault<'list>(&'list self, seen: &mut HashSet<&'list str>) -> Option<&'static str> {
        let written = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !written(&self.access_key) || self.access_key.contains(',') {
            Some(phrase!("has an access_key that no header can carry; it consists of ASCII letters and digits"))
        } else if !written(&self.secret_key) {
            Some(phrase!("has a secret_key that is empty or has other characters than ASCII ones without blanks"))
        } else if self.security_token.as_deref().is_some_and(|token| !written(token)) {
            Some(phrase!("has a security_token that no header can carry; leave it out for a permanent key"))
        } else if !seen.insert(&self.access_key) {
            Some(phrase!("has the access_key of another one; every key is listed once"))
        } else {
            None
        }
    }
}

impl User {
    fn documented() -> Self {
        Self {
            domain: Credentials::DOMAIN.to_owned(),
            name: Credentials::USER.to_owned(),
            password: Credentials::PASSWORD.to_owned(),
        }
    }
}

impl Default for Credentials {
    fn default() -> Self {
        Self::documented()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.keys.iter().map(|key| masked(&key.access_key)).collect();
        formatter.debug_struct("Credentials").field("keys", &keys).finish_non_exhaustive()
    }
}

/// Masks an access key: keeps the first six and the last four characters, and nothing of a key shorter than 16.
pub(in crate::simulator) fn masked(access_key: &str) -> String {
    let characters: Vec<char> = access_key.chars().collect();
    match characters.len() {
        16.. => format!(
            "{}…{}",
            characters.iter().take(6).collect::<String>(),
            characters.iter().skip(characters.len() - 4).collect::<String>()
        ),
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, CredentialsError, masked};

    #[test]
    fn the_built_in_pair_has_the_usual_form() {
        assert_eq!((Credentials::ACCESS_KEY.len(), Credentials::SECRET_KEY.len()), (20, 40));
        let known = Credentials::documented();
        assert!(known.key(Credentials::ACCESS_KEY).is_some_and(|key| key.project_id.is_none()));
        assert!(known.knows("demo-domain", "demo-user", "demo-password"));
        assert!(!known.knows("demo-domain", "demo-user", "demo-passworD"));
    }

    #[test]
    fn a_list_takes_the_place_of_the_built_in_pair() {
        let text = r#"[{"access_key":"AK1","secret_key":"S1","security_token":"T","project_id":"p","domain_id":"d"},
            {"access_key":"AK2","secret_key":"S2"}]"#;
        let list = Credentials::parse(text).expect("a list");
        let key = list.key("AK1").expect("the first");
        assert_eq!((key.security_token.as_deref(), key.project_id.as_deref()), (Some("T"), Some("p")));
        assert!(list.key("AK2").is_some() && list.key(Credentials::ACCESS_KEY).is_none());
    }

    #[test]
    fn an_error_names_the_place_and_repeats_nothing() {
        let row = |text: &str, expected: CredentialsError| {
            let error = Credentials::parse(text).expect_err(text);
            assert_eq!(error, expected, "{text}");
            assert!(!error.to_string().contains("CANARY") && !format!("{error:?}").contains("CANARY"), "{error}");
        };
        row("[\n{\"access_key\":CANARY", CredentialsError::Syntax { line: 2, column: 15 });
        row("[\n \"CANARY\"]", CredentialsError::Shape { line: 2, column: 9 });
        row(r#"[{"access_key":"a","CANARY":1}]"#, CredentialsError::Shape { line: 1, column: 27 });
        row(r#"[{"access_key":"CANARY"}]"#, CredentialsError::Shape { line: 1, column: 24 });
        for (text, number) in [
            (r#"[{"access_key":"a,CANARY","secret_key":"s"}]"#, 1),
            (r#"[{"access_key":"a","secret_key":"s"},{"access_key":"b","secret_key":"CANARY "}]"#, 2),
            (r#"[{"access_key":"a","secret_key":"s"},{"access_key":"a","secret_key":"CANARY"}]"#, 2),
            (r#"[{"access_key":"a","secret_key":"CANARY","security_token":""}]"#, 1),
        ] {
            let error = Credentials::parse(text).expect_err(text);
            assert!(matches!(error, CredentialsError::Key { number: found, .. } if found == number), "{error}");
            assert!(!error.to_string().contains("CANARY"), "{error}");
        }
    }

    #[test]
    fn nothing_secret_is_printed() {
        let printed = format!("{:?}", Credentials::documented());
        assert!(printed.contains("FAKEAK…0001") && !printed.contains("Secret") && !printed.contains("password"));
        assert_eq!((masked("FAKEAK0SIMULATOR0001").as_str(), masked("short").as_str()), ("FAKEAK…0001", "…"));
    }
}
