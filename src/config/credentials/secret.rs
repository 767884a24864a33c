//! Credentials in memory. Only `ExposeSecret` gives access to a secret.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use crate::text::sanitize::{brief, is_hidden};

use super::fault::CredentialFault;
use super::normalize;
use super::source::Source;
use crate::i18n::{phrase, tr};

/// The secret that authenticates a caller.
#[derive(Clone)]
pub enum Secret {
    /// A permanent or a temporary access key; a temporary one comes with a security token.
    Key { access_key: String, secret_key: SecretString, security_token: Option<SecretString> },
    /// An IAM token.
    Token(SecretString),
    /// An IAM user of an account (domain), for whom a token is requested from IAM.
    Password { domain: String, user: String, password: SecretString },
}

impl Secret {
    /// Returns the part that may be shown.
    fn masked(&self) -> String {
        match self {
            Self::Key { access_key, .. } => masked_key(access_key),
            Self::Token(token) => {
                tr!("token of {number} characters", number = grouped(token.expose_secret().chars().count()))
            }
            Self::Password { domain, user, .. } => format!("{}@{}", brief(user, 64), brief(domain, 64)),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key { security_token, .. } => {
                let temporary = if security_token.is_some() { ", temporary" } else { "" };
                write!(f, "Key({}{temporary})", self.masked())
            }
            Self::Token(_) => write!(f, "Token({})", self.masked()),
            Self::Password { .. } => write!(f, "Password({})", self.masked()),
        }
    }
}

/// Returns the first and last four characters of a key, or `...` if it has fewer than 12: too little of it would stay
/// secret.
fn masked_key(key: &str) -> String {
    let chars: Vec<char> = key.chars().collect();
    if chars.len() < 12 {
        return "...".into();
    }
    let head: String = chars[..4].iter().collect();
    let tail: String = chars[chars.len() - 4..].iter().collect();
    format!("{head}...{tail}")
}

/// Formats a number with commas between groups of three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Credentials that can be used, and the values kept beside them. Only their form has been checked.
#[derive(Debug, Clone)]
pub struct FoundCredentials {
    pub source: Source,
    pub secret: Secret,
    pub region: Option<String>,
    pub project_id: Option<String>,
    pub project_name: Option<String>,
    /// The account's id.
    pub domain_id: Option<String>,
    /// The IAM endpoint that these credentials belong to, if they name one. They must not be sent to another.
    pub iam_endpoint: Option<String>,
}

impl FoundCredentials {
    pub(super) fn new(source: Source, secret: Secret) -> Self {
        Self { source, secret, region: None, project_id: None, project_name: None, domain_id: None, iam_endpoint: None }
    }

    /// Returns the part that may be shown: `FAKE...0001` for an access key, `token of 1,234 characters`,
    /// `user@account`.
    #[must_use]
    pub fn masked(&self) -> String {
        self.secret.masked()
    }

    /// Checks an access key that was typed or pasted. It is a temporary one if the security token is not blank.
    pub fn typed_key(access_key: &str, secret_key: &str, security_token: &str) -> Result<Self, CredentialFault> {
        let pair = normalize::pair(
            (phrase!("the access key"), Some(access_key)),
            (phrase!("the secret key"), Some(secret_key)),
        )?;
        let (access_key, secret_key) = pair.ok_or(CredentialFault::NoTypedKey)?;
        let security_token = normalize::secret(phrase!("the security token"), security_token)?;
        Ok(Self::new(Source::Typed, Secret::Key { access_key, secret_key, security_token }))
    }

    /// Checks a token that was typed or pasted.
    pub fn typed_token(token: &str) -> Result<Self, CredentialFault> {
        let token = normalize::secret(phrase!("the token"), token)?.ok_or(CredentialFault::NoTypedToken)?;
        Ok(Self::new(Source::Typed, Secret::Token(token)))
    }

    /// Checks an account name, a user name and a password that were typed.
    pub fn typed_password(domain: &str, user: &str, password: &str) -> Result<Self, CredentialFault> {
        let secret = login(
            (phrase!("the account name"), domain),
            (phrase!("the user name"), user),
            (phrase!("the password"), password),
        )?;
        Ok(Self::new(Source::Password, secret))
    }
}

/// Checks the parts of a password login, each with its name for messages. Account and user name have 1 to 64 visible
/// characters.
pub(super) fn login(
    domain: (&'static str, &str),
    user: (&'static str, &str),
    password: (&'static str, &str),
) -> Result<Secret, CredentialFault> {
    let name = |(what, value): (&'static str, &str)| {
        let value = value.trim();
        let is_good = !value.is_empty() && value.chars().count() <= 64 && !value.chars().any(is_hidden);
        if is_good { Ok(value.to_owned()) } else { Err(CredentialFault::BadName { what }) }
    };
    let (domain, user) = (name(domain)?, name(user)?);
    Ok(Secret::Password { domain, user, password: normalize::password(password.0, password.1)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_enough_to_know_it_and_not_to_use_it() {
        let key = FoundCredentials::typed_key("FAKEACCESSKEY0000001", "canary", " canary\n").unwrap();
        assert_eq!(key.masked(), "FAKE...0001");
        assert_eq!(format!("{:?}", key.secret), "Key(FAKE...0001, temporary)");
        assert_eq!(FoundCredentials::typed_key("FAKEKEY0001", "canary", "").unwrap().masked(), "...");
        assert_eq!(FoundCredentials::typed_key("FAKEKEY00012", "canary", "").unwrap().masked(), "FAKE...0012");
        let token = FoundCredentials::typed_token(&"x".repeat(1234)).unwrap();
        assert_eq!(token.masked(), "token of 1,234 characters");
        let login = FoundCredentials::typed_password("demo-domain", "demo-user", "canary").unwrap();
        assert_eq!(login.masked(), "demo-user@demo-domain");
        assert!(!format!("{key:?}{token:?}{login:?}").contains("canary"));
        assert_eq!([grouped(7), grouped(999), grouped(1000), grouped(1_234_567)], ["7", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn what_is_typed_wrong_is_refused_with_its_name_only() {
        for refused in [
            FoundCredentials::typed_key("", "", ""),
            FoundCredentials::typed_key("FAKE", "", ""),
            FoundCredentials::typed_key("FAKE", "can ary", ""),
            FoundCredentials::typed_key("FAKE", "x", "can\u{7}ary"),
            FoundCredentials::typed_token(" "),
            FoundCredentials::typed_token("canäry"),
            FoundCredentials::typed_password("", "u", "p"),
            FoundCredentials::typed_password("d", "u\u{202e}", "p"),
            FoundCredentials::typed_password("d", "u", ""),
            FoundCredentials::typed_password("d", "u", "can\tary"),
        ] {
            let refused = refused.unwrap_err().to_string();
            assert!(refused.starts_with("the ") && !refused.contains("ary"), "{refused}");
        }
    }
}
