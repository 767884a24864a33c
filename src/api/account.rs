//! Whom the client speaks for. The token is a secret: it can be put into a header and nowhere else.

use std::fmt;

use reqwest::header::HeaderValue;

use super::Endpoint;
use super::error::SetupError;

/// What is needed to speak to one project of the cloud.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where Cloud Phone is spoken to.
    pub endpoint: Endpoint,
    /// Where key pairs are listed (ECS, `platform.md` section 7); `None`: at the same endpoint.
    pub ecs: Option<Endpoint>,
    /// The project, as in the paths of all calls; letters, digits, `-` and `_`, at most 64.
    pub project_id: String,
    /// A token with the scope of this project.
    pub token: Token,
}

/// An IAM token. It has no `Display`, and its `Debug` does not show it.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// Takes a token in; white space around it is dropped, as files and commands end with a line
    /// break. Whether it can be a header is checked when a client is made.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The value of `X-Auth-Token`, marked as sensitive so that no library shows it.
    pub(super) fn header(&self) -> Result<HeaderValue, SetupError> {
        if self.0.is_empty() {
            return Err(SetupError::NoToken);
        }
        if !self.0.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SetupError::BadToken);
        }
        let mut value = HeaderValue::from_str(&self.0).map_err(|_| SetupError::BadToken)?;
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

    #[test]
    fn a_token_is_shown_by_nothing() -> Result<(), Box<dyn std::error::Error>> {
        let token = Token::new(" gAAAA-secret\n");
        assert!(!format!("{token:?}").contains("secret"));
        let header = token.header()?;
        assert!(header.is_sensitive());
        assert!(!format!("{header:?}").contains("secret"));
        assert_eq!(header, "gAAAA-secret");
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
}
