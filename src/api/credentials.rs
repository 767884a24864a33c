//! Access keys, logins and tokens. Their secrets are used only in a header, a signature or a login, and nothing here
//! shows them.

use std::fmt;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use crate::api::error::SetupError;

/// An access key, permanent or temporary (`platform.md` section 3).
#[derive(Clone)]
pub struct AccessKey {
    /// The id of the key. It is not secret, but is only shown in part.
    pub access_key: String,
    pub secret_key: SecretString,
    /// Present for a temporary key.
    pub security_token: Option<SecretString>,
}

impl AccessKey {
    pub(super) fn check(&self) -> Result<(), SetupError> {
        let secrets = [Some(&self.secret_key), self.security_token.as_ref()];
        let is_text = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        // A comma or a blank would end the key within the header that names it.
        let is_name = is_text(&self.access_key) && !self.access_key.contains(',');
        let are_texts = secrets.into_iter().flatten().all(|secret| is_text(secret.expose_secret()));
        if is_name && are_texts { Ok(()) } else { Err(SetupError::BadKey) }
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessKey(hidden)")
    }
}

/// The IAM user and the password of a login.
#[derive(Clone)]
pub struct Login {
    /// The name of the account, which IAM calls a domain.
    pub domain: String,
    pub user: String,
    pub password: SecretString,
}

impl Login {
    pub(super) fn check(&self) -> Result<(), SetupError> {
        let is_there = !self.domain.is_empty() && !self.user.is_empty() && !self.password.expose_secret().is_empty();
        if is_there { Ok(()) } else { Err(SetupError::BadLogin) }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(hidden)")
    }
}

/// An IAM token. It has no `Display`, and its `Debug` does not show it.
#[derive(Clone)]
pub struct Token(SecretString);

impl Token {
    /// Creates a token. Surrounding white space is dropped, because files and commands end with a line break. Whether
    /// it can be sent in a header is checked when a client is created.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(SecretString::from(text.trim()))
    }

    /// Returns the value of `X-Auth-Token`, marked as sensitive so that no library shows it.
    pub(super) fn header(&self) -> Result<HeaderValue, SetupError> {
        let text = self.0.expose_secret();
        if text.is_empty() {
            return Err(SetupError::NoToken);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SetupError::BadToken);
        }
        let mut value = HeaderValue::from_str(text).map_err(|_| SetupError::BadToken)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::account::AuthMethod;

    #[test]
    fn a_secret_is_shown_by_nothing() -> Result<(), Box<dyn std::error::Error>> {
        let token = Token::new(" gAAAA-secret\n");
        let header = token.header()?;
        assert!(header.is_sensitive());
        assert_eq!(header, "gAAAA-secret");
        let secret = || SecretString::from("the-secret");
        let key = AccessKey { access_key: "AKsecret".into(), secret_key: secret(), security_token: Some(secret()) };
        let login = Login { domain: "d".into(), user: "u".into(), password: secret() };
        for shown in [
            format!("{header:?}"),
            format!("{:?}", AuthMethod::Token(token)),
            format!("{:?}", AuthMethod::Key(key)),
            format!("{:?}", AuthMethod::Login(login)),
        ] {
            assert!(!shown.contains("secret"), "{shown}");
        }
        Ok(())
    }

    #[test]
    fn a_token_that_no_header_can_carry_is_refused_without_showing_it() {
        assert_eq!(Token::new("  ").header(), Err(SetupError::NoToken));
        for bad in ["a b", "a\r\nX: y", "gehäuse"] {
            let error = Token::new(bad).header();
            assert_eq!(error, Err(SetupError::BadToken));
            assert!(!format!("{error:?}").contains(bad));
        }
    }

    #[test]
    fn a_key_that_would_break_out_of_its_header_is_refused() {
        let check = |access: &str, secret: &str, token: Option<&str>| {
            let security_token = token.map(SecretString::from);
            AuthMethod::Key(AccessKey { access_key: access.into(), secret_key: secret.into(), security_token }).check()
        };
        assert_eq!(check("AK", "SK", None), Ok(()));
        assert_eq!(check("AK", "SK", Some("t")), Ok(()));
        for (access, secret, token) in [
            ("", "SK", None),
            ("A,K", "SK", None),
            ("A K", "SK", None),
            ("AK", "", None),
            ("AK", "S\nK", None),
            ("AK", "SK", Some("")),
            ("AK", "SK", Some("é")),
        ] {
            assert_eq!(check(access, secret, token), Err(SetupError::BadKey));
        }
    }
}
