//! Normalizes values as people and programs leave them: with a line break at the end, incomplete, or malformed. An
//! error gives the name of the value, never the value.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use secrecy::SecretString;
use secrecy::zeroize::{Zeroize as _, Zeroizing};

use crate::config::profile_key::ProfileKey;

use super::fault::CredentialFault;

/// The longest key or token that is accepted, in bytes. A token has a few thousand (`platform.md` section 1).
const MOST_BYTES: usize = 32 << 10;

/// A text that is overwritten in memory when it is dropped.
pub(super) type Text = Zeroizing<String>;

/// The environment: returns the value of a variable by its name. Values need not be UTF-8.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Reads a variable as text; `None` if it is unset or blank, `Err` if it is not UTF-8.
pub(super) fn variable(env: Environment<'_>, name: &'static str) -> Result<Option<Text>, CredentialFault> {
    let Some(value) = env(name) else { return Ok(None) };
    match String::from_utf8(value.into_vec()) {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(error) => {
            error.into_bytes().zeroize();
            Err(CredentialFault::NotAscii { what: name })
        }
    }
}

/// Returns the first of these variables that is neither unset nor blank, with its name.
pub(super) fn first_of(
    env: Environment<'_>,
    names: &[&'static str],
) -> Result<Option<(&'static str, Text)>, CredentialFault> {
    for name in names {
        if let Some(value) = variable(env, name)? {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

/// Checks a key or token (ASCII without blanks, at most 32 KiB) and removes surrounding white space; `None` if nothing
/// is left.
pub(super) fn key<'a>(what: &'static str, value: &'a str) -> Result<Option<&'a str>, CredentialFault> {
    let value = value.trim();
    match value {
        "" => Ok(None),
        _ if value.len() > MOST_BYTES => Err(CredentialFault::TooLong { what }),
        _ if value.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(Some(value)),
        _ => Err(CredentialFault::NotAscii { what }),
    }
}

/// Checks a key or token as `key` does and returns it as a secret.
pub(super) fn secret(what: &'static str, value: &str) -> Result<Option<SecretString>, CredentialFault> {
    Ok(key(what, value)?.map(SecretString::from))
}

/// Checks a key or token as `secret` does; `None` if there is none.
pub(super) fn secret_of(what: &'static str, value: Option<&str>) -> Result<Option<SecretString>, CredentialFault> {
    value.map_or(Ok(None), |value| secret(what, value))
}

/// Returns the access key and the secret key, or `None` if both are missing. One without the other is an error.
pub(super) fn pair(
    access: (&'static str, Option<&str>),
    secret_key: (&'static str, Option<&str>),
) -> Result<Option<(String, SecretString)>, CredentialFault> {
    let (access_name, secret_name) = (access.0, secret_key.0);
    let access = access.1.map_or(Ok(None), |value| key(access_name, value))?;
    match (access, secret_of(secret_name, secret_key.1)?) {
        (Some(access), Some(secret)) => Ok(Some((access.to_owned(), secret))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(CredentialFault::Half { there: access_name, missing: secret_name }),
        (None, Some(_)) => Err(CredentialFault::Half { there: secret_name, missing: access_name }),
    }
}

/// Checks a password (printable ASCII, not empty, at most 32 KiB) and returns it unchanged, blanks included.
pub(super) fn password(what: &'static str, value: &str) -> Result<SecretString, CredentialFault> {
    let is_good = value.len() <= MOST_BYTES && value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    match (value.is_empty(), is_good) {
        (true, _) => Err(CredentialFault::Empty { what }),
        (false, true) => Ok(value.into()),
        (false, false) => Err(CredentialFault::BadPassword { what }),
    }
}

/// Checks a non-secret value against the form of a profile entry; `None` if it is missing or blank. A malformed one is
/// an error, so that another project or host than the intended one is never used silently.
pub(super) fn formed(
    entry: ProfileKey,
    what: &'static str,
    value: Option<&str>,
) -> Result<Option<String>, CredentialFault> {
    let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return Ok(None) };
    entry.check(value).map(Some).map_err(|right| CredentialFault::BadValue { what, right })
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn keys_are_trimmed_and_refused_without_being_shown() {
        assert_eq!(key("ak", " FAKE\r\n"), Ok(Some("FAKE")));
        assert_eq!(key("ak", " \n"), Ok(None));
        for bad in ["canary canary", "canary\u{0}", "canary\u{e4}", "canary\ncanary", &"canary".repeat(10_000)] {
            let why = key("sk", bad).unwrap_err().to_string();
            assert!(why.starts_with("sk ") && !why.contains("canary"), "{why}");
        }
        let bytes = |_: &str| Some(OsString::from_vec(b"canary\xff".to_vec()));
        let why = variable(&bytes, "HW_SECRET_KEY").unwrap_err().to_string();
        assert!(why.starts_with("HW_SECRET_KEY has characters") && !why.contains("canary"), "{why}");
    }

    #[test]
    fn half_a_pair_is_said() {
        let half = pair(("A", Some("x")), ("B", Some(" "))).unwrap_err().to_string();
        assert_eq!(half, "A is there and B is not; both are needed");
        let half = pair(("A", None), ("B", Some("y"))).unwrap_err().to_string();
        assert_eq!(half, "B is there and A is not; both are needed");
        assert!(pair(("A", None), ("B", Some(""))).unwrap().is_none());
        let (access, secret) = pair(("A", Some("x ")), ("B", Some(" y"))).unwrap().unwrap();
        assert_eq!((access.as_str(), secret.expose_secret()), ("x", "y"));
    }

    #[test]
    fn a_password_stays_as_it_is() {
        assert_eq!(password("p", " a b ").unwrap().expose_secret(), " a b ");
        assert_eq!(password("p", "").unwrap_err().to_string(), "p is empty");
        assert!(!password("p", "canary\n").unwrap_err().to_string().contains("canary"));
    }
}
