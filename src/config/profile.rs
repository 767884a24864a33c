//! Profiles: the account, its region, the kind of credentials, and the initial values of the form. A profile holds no
//! secret.

use std::collections::BTreeMap;
use std::fmt;

use crate::order::FieldId;

use super::credentials::CredentialKind;
use super::profile_key::{InvalidValue, ProfileKey};
use crate::i18n::tr;
use crate::text::sanitize::brief;
use crate::text::suggest::{hint, nearest};

/// The name of the account when no profile is set up and the environment or the flags give the region or the endpoint.
pub const ENVIRONMENT: &str = "environment";

/// The user's settings for one account, kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Only values that `ProfileKey::check` accepted; the region is always present.
    entries: BTreeMap<ProfileKey, String>,
    /// Initial values of the form, by member of the request body, such as `extend_param.period_num`.
    pub(super) defaults: BTreeMap<String, DefaultValue>,
}

/// The initial value of a form field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefaultValue {
    Text(String),
    Number(i64),
    Switch(bool),
}

impl fmt::Display for DefaultValue {
    /// Writes the value as the user would type it into the form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Switch(on) => on.fmt(f),
        }
    }
}

impl Profile {
    /// Creates a profile with only a region. `Err` states the valid form of a region.
    pub fn new(region: &str) -> Result<Self, InvalidEntry> {
        Self::from_entries(BTreeMap::new()).with(ProfileKey::Region, region)
    }

    /// Creates a profile without defaults. The callers ensure that it has a region.
    pub(super) fn from_entries(entries: BTreeMap<ProfileKey, String>) -> Self {
        Self { entries, defaults: BTreeMap::new() }
    }

    /// Sets an entry, replacing the value that it had. `Err` if the entry cannot have this value.
    pub fn with(mut self, entry: ProfileKey, value: &str) -> Result<Self, InvalidEntry> {
        let value = entry.check(value).map_err(|right| InvalidEntry { what: entry, right })?;
        self.entries.insert(entry, value);
        Ok(self)
    }

    /// Sets a default of the form. `Err` if there is no such field or it cannot have a default.
    pub fn with_default(mut self, field: &str, value: DefaultValue) -> Result<Self, InvalidDefault> {
        check_default(field)?;
        self.defaults.insert(field.to_owned(), value);
        Ok(self)
    }

    /// Returns the kept value of an entry; `None` if it is not set.
    #[must_use]
    pub fn get(&self, entry: ProfileKey) -> Option<&str> {
        self.entries.get(&entry).map(String::as_str)
    }

    #[must_use]
    pub fn region(&self) -> &str {
        self.get(ProfileKey::Region).unwrap_or_default()
    }

    #[must_use]
    pub fn credentials(&self) -> CredentialKind {
        self.get(ProfileKey::Credentials).and_then(CredentialKind::named).unwrap_or_default()
    }

    /// Returns the entries that are set, in the order in which they are shown.
    pub fn entries(&self) -> impl Iterator<Item = (ProfileKey, &str)> {
        ProfileKey::ALL.into_iter().filter_map(|entry| Some((entry, self.get(entry)?)))
    }

    /// Returns the initial values of the form, by member of the request body.
    #[must_use]
    pub fn defaults(&self) -> &BTreeMap<String, DefaultValue> {
        &self.defaults
    }
}

/// Returns whether a field can have a default: all but the charging mode, which is fixed, and the ports, which are a
/// table.
fn can_have_default(field: FieldId) -> bool {
    match field {
        FieldId::ChargingMode | FieldId::Ports => false,
        FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::Image
        | FieldId::ServerName
        | FieldId::Count
        | FieldId::BandwidthKind
        | FieldId::BandwidthId
        | FieldId::BandwidthSize
        | FieldId::PeriodUnit
        | FieldId::PeriodNumber
        | FieldId::AutoPay
        | FieldId::KeyPair
        | FieldId::Vnc
        | FieldId::Subnet => true,
    }
}

/// A profile entry with a value that it cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!("{what} {right}", what, right))]
pub struct InvalidEntry {
    pub what: ProfileKey,
    pub right: InvalidValue,
}

/// The reason why a profile cannot keep a default under a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDefault {
    #[error("{}", tr!("`{name}` ({label}) cannot have a default", name = field.json_name(), label = field.label()))]
    Fixed { field: FieldId },
    #[error("{}", tr!("the form has no field `{name}`{guess}", name, guess = hint(*near)))]
    NoField { name: String, near: Option<&'static str> },
}

/// The reason why a profile cannot have a name. The message states the valid form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProfileName {
    #[error("{}", tr!("a profile cannot be called {name}: that is the account of the variables", name = ENVIRONMENT))]
    Reserved,
    #[error("{}", tr!(
        "the name of a profile has 1 to {most} small letters, digits, _ and -, and begins with a letter or a digit",
        most = MAX_NAME_CHARS
    ))]
    Form,
}

/// Checks that the name is that of a field that can have a default.
pub(super) fn check_default(name: &str) -> Result<(), InvalidDefault> {
    let fields = FieldId::ALL.into_iter().filter(|field| can_have_default(*field)).map(FieldId::json_name);
    if fields.clone().any(|field| field == name) {
        return Ok(());
    }
    Err(match FieldId::ALL.into_iter().find(|field| field.json_name() == name) {
        Some(field) => InvalidDefault::Fixed { field },
        None => InvalidDefault::NoField { name: brief(name, 60), near: nearest(name, fields) },
    })
}

/// The longest name of a profile, in characters, all of which are ASCII.
const MAX_NAME_CHARS: usize = 32;

/// Checks that a profile can have this name: 1 to `MAX_NAME_CHARS` lower-case letters, digits, `_` and `-`, beginning
/// with a letter or a digit, and not `ENVIRONMENT`.
pub fn check_profile_name(name: &str) -> Result<(), InvalidProfileName> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_good = name.starts_with(is_plain)
        && name.len() <= MAX_NAME_CHARS
        && name.chars().all(|c| is_plain(c) || c == '_' || c == '-');
    if name == ENVIRONMENT {
        return Err(InvalidProfileName::Reserved);
    }
    if is_good { Ok(()) } else { Err(InvalidProfileName::Form) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_plain() {
        for good in ["a", "work", "0-x_y", &"a".repeat(32)] {
            assert_eq!(check_profile_name(good), Ok(()));
        }
        for bad in ["", "-a", "_a", "Work", "a b", "ä", "a.b", &"a".repeat(33), "environment"] {
            assert!(check_profile_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_default_is_for_a_field_that_is_asked_for() {
        assert_eq!(check_default("extend_param.period_num"), Ok(()));
        assert_eq!(
            check_default("extend_param.charging_mode").unwrap_err().to_string(),
            "`extend_param.charging_mode` (Charging mode) cannot have a default"
        );
        assert!(check_default("ports").unwrap_err().to_string().contains("(Ports) cannot"));
        assert_eq!(
            check_default("image_ids").unwrap_err().to_string(),
            "the form has no field `image_ids` (did you mean image_id?)"
        );
    }

    #[test]
    fn a_profile_takes_only_what_its_entries_take() {
        let profile = Profile::new("cn-north-4").unwrap().with(ProfileKey::Credentials, "koocli").unwrap();
        assert_eq!((profile.region(), profile.credentials()), ("cn-north-4", CredentialKind::KooCli));
        assert_eq!(profile.entries().count(), 2);
        assert!(Profile::new("Peking").unwrap_err().to_string().starts_with("region has 1 to 32"));
        assert!(profile.with_default("count", DefaultValue::Number(2)).is_ok());
    }
}
