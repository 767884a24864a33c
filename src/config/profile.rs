//! A profile: which account, where, with which kind of credentials, and what the form begins with. It holds
//! no secret.

use std::collections::BTreeMap;
use std::fmt;

use crate::order::FieldId;

use super::credentials::CredentialKind;
use super::profile_key::{InvalidValue, ProfileKey};
use crate::i18n::tr;
use crate::text::sanitize::brief;
use crate::text::suggest::{hint, nearest};

/// What the account is called when no profile is set up and the environment (or flags) says where it is.
pub const ENVIRONMENT: &str = "environment";

/// What a person keeps about an account under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Only values that `ProfileKey::check` let through; the region is always there.
    entries: BTreeMap<ProfileKey, String>,
    /// What the form begins with, by the member of the body, such as `extend_param.period_num`.
    pub(super) defaults: BTreeMap<String, DefaultValue>,
}

/// What a field of the form begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefaultValue {
    Text(String),
    Number(i64),
    Switch(bool),
}

impl fmt::Display for DefaultValue {
    /// As it would be typed into the form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Switch(on) => on.fmt(f),
        }
    }
}

impl Profile {
    /// A profile with nothing but its region; `Err` says what a region is.
    pub fn new(region: &str) -> Result<Self, InvalidEntry> {
        Self::from_entries(BTreeMap::new()).with(ProfileKey::Region, region)
    }

    /// The reader and the editor see to it that the region is there.
    pub(super) fn from_entries(entries: BTreeMap<ProfileKey, String>) -> Self {
        Self { entries, defaults: BTreeMap::new() }
    }

    /// The profile with one more entry, or with another value of it.
    pub fn with(mut self, entry: ProfileKey, value: &str) -> Result<Self, InvalidEntry> {
        let value = entry.check(value).map_err(|right| InvalidEntry { what: entry, right })?;
        self.entries.insert(entry, value);
        Ok(self)
    }

    /// The profile with a default of the form.
    pub fn with_default(mut self, field: &str, value: DefaultValue) -> Result<Self, InvalidDefault> {
        check_default(field)?;
        self.defaults.insert(field.to_owned(), value);
        Ok(self)
    }

    /// An entry as it is kept.
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

    /// The entries that are there, in the order in which they are shown.
    pub fn entries(&self) -> impl Iterator<Item = (ProfileKey, &str)> {
        ProfileKey::ALL.into_iter().filter_map(|entry| Some((entry, self.get(entry)?)))
    }

    /// What the form begins with, by the member of the body.
    #[must_use]
    pub fn defaults(&self) -> &BTreeMap<String, DefaultValue> {
        &self.defaults
    }
}

/// Whether a field can have a default: all but the charging mode, which is fixed, and the ports, which are
/// a table.
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

/// An entry of a profile with another value than it can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!("{what} {right}", what, right))]
pub struct InvalidEntry {
    pub what: ProfileKey,
    pub right: InvalidValue,
}

/// Why a name is none under which a profile keeps a default of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDefault {
    #[error("{}", tr!("`{name}` ({label}) cannot have a default", name = field.json_name(), label = field.label()))]
    Fixed { field: FieldId },
    #[error("{}", tr!("the form has no field `{name}`{guess}", name, guess = hint(*near)))]
    NoField { name: String, near: Option<&'static str> },
}

/// Why a name cannot be that of a profile. The sentence says what would be right.
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

/// Checks that this names a field that can have a default.
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

/// The longest name of a profile, in characters.
const MAX_NAME_CHARS: usize = 32;

/// Checks that this can be the name of a profile.
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
