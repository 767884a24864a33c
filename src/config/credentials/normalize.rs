//! Values as people and programs leave them: with a line break at the end, cut in half, or not what they should be.
//! What is wrong is said with the name of a value, never with the value.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use secrecy::SecretString;
use secrecy::zeroize::{Zeroize as _, Zeroizing};

use crate::config::profile_key::ProfileKey;
use crate::i18n::tr;

/// The longest key or token, in bytes. A token has a few thousand (`platform.md` section 1).
const MOST_BYTES: usize = 32 << 10;

/// A text that is overwritten when it is dropped.
pub(super) type Text = Zeroizing<String>;

/// The environment: a variable by its name. Values need not be UTF-8.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// A variable as text; `None` if it is not set or blank.
pub(super) fn variable(env: Environment<'_>, name: &str) -> Result<Option<Text>, String> {
    let Some(value) = env(name) else { return Ok(None) };
    match String::from_utf8(value.into_vec()) {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(error) => {
            error.into_bytes().zeroize();
            Err(not_ascii(name))
        }
    }
}

/// The first of some variables that is set, with its name.
pub(super) fn first_of<'a>(env: Environment<'_>, names: &[&'a str]) -> Result<Option<(&'a str, Text)>, String> {
    for name in names {
        if let Some(value) = variable(env, name)? {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

fn not_ascii(what: &str) -> String {
    tr!(
        "{what} has characters that a key or token never has (line breaks or blanks inside, control characters, or \
         others outside ASCII); copy it again",
        what
    )
}

/// A key or token without white space around it; `None` if nothing is left.
pub(super) fn key<'a>(what: &str, value: &'a str) -> Result<Option<&'a str>, String> {
    let value = value.trim();
    match value {
        "" => Ok(None),
        _ if value.len() > MOST_BYTES => Err(tr!("{what} is longer than any key or token (32 KiB)", what)),
        _ if value.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(Some(value)),
        _ => Err(not_ascii(what)),
    }
}

/// The same as a secret.
pub(super) fn secret(what: &str, value: &str) -> Result<Option<SecretString>, String> {
    Ok(key(what, value)?.map(SecretString::from))
}

/// The same of a value that may not be there.
pub(super) fn secret_of(what: &str, value: Option<&str>) -> Result<Option<SecretString>, String> {
    value.map_or(Ok(None), |value| secret(what, value))
}

/// Access key and secret key, or neither; half of a pair is said.
pub(super) fn pair(
    access: (&str, Option<&str>),
    secret_key: (&str, Option<&str>),
) -> Result<Option<(String, SecretString)>, String> {
    let (access_name, secret_name) = (access.0, secret_key.0);
    let access = access.1.map_or(Ok(None), |value| key(access_name, value))?;
    match (access, secret_of(secret_name, secret_key.1)?) {
        (Some(access), Some(secret)) => Ok(Some((access.to_owned(), secret))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(half(access_name, secret_name)),
        (None, Some(_)) => Err(half(secret_name, access_name)),
    }
}

fn half(there: &str, missing: &str) -> String {
    tr!("{there} is there and {missing} is not; both are needed", there, missing)
}

/// A password: kept as it is, blanks and all.
pub(super) fn password(what: &str, value: &str) -> Result<SecretString, String> {
    let is_good = value.len() <= MOST_BYTES && value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    match (value.is_empty(), is_good) {
        (true, _) => Err(tr!("{what} is empty", what)),
        (false, true) => Ok(value.into()),
        (false, false) => Err(tr!("{what} has characters outside ASCII, or control characters", what)),
    }
}

/// A value that is not secret, in the form that a profile's entry has; `None` if it is blank. One of another form is
/// said: another project or host than the one meant must not be taken in silence.
pub(super) fn formed(entry: ProfileKey, what: &str, value: Option<&str>) -> Result<Option<String>, String> {
    let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return Ok(None) };
    entry.check(value).map(Some).map_err(|right| tr!("{what} {right}", what, right))
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
            let why = key("sk", bad).unwrap_err();
            assert!(why.starts_with("sk ") && !why.contains("canary"), "{why}");
        }
        let bytes = |_: &str| Some(OsString::from_vec(b"canary\xff".to_vec()));
        let why = variable(&bytes, "HW_SECRET_KEY").unwrap_err();
        assert!(why.starts_with("HW_SECRET_KEY has characters") && !why.contains("canary"), "{why}");
    }

    #[test]
    fn half_a_pair_is_said() {
        let half = pair(("A", Some("x")), ("B", Some(" "))).unwrap_err();
        assert_eq!(half, "A is there and B is not; both are needed");
        let half = pair(("A", None), ("B", Some("y"))).unwrap_err();
        assert_eq!(half, "B is there and A is not; both are needed");
        assert!(pair(("A", None), ("B", Some(""))).unwrap().is_none());
        let (access, secret) = pair(("A", Some("x ")), ("B", Some(" y"))).unwrap().unwrap();
        assert_eq!((access.as_str(), secret.expose_secret()), ("x", "y"));
    }

    #[test]
    fn a_password_stays_as_it_is() {
        assert_eq!(password("p", " a b ").unwrap().expose_secret(), " a b ");
        assert_eq!(password("p", "").unwrap_err(), "p is empty");
        assert!(!password("p", "canary\n").unwrap_err().contains("canary"));
    }
}
