//! Resolves the values of a run: flags take precedence over the environment, the environment over a profile, and a
//! profile over defaults. Each value keeps its origin. The resolution is pure: the environment is a parameter.

use std::collections::BTreeMap;

use crate::i18n::Language;

use super::credentials::{CredentialKind, TOKEN_VARIABLE};
use super::origin::{Sourced, ValueOrigin};
use super::profile::{DefaultValue, ENVIRONMENT, Profile, check_profile_name};
use super::profile_key::ProfileKey;
use super::regions::{Service, endpoint_of, sdk_endpoint, sdk_variable};
use super::settings::Settings;
use super::settings_error::{ProfileNameSource, SettingsError};

/// The environment variable that names the profile.
pub const PROFILE_VARIABLE: &str = "CPH_WIZARD_PROFILE";

/// Values from the command line, which never include a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    pub profile: Option<String>,
    values: BTreeMap<ProfileKey, String>,
}

impl Overrides {
    /// Sets the value of a flag, if the flag was given. `Profile::resolve` checks it later.
    #[must_use]
    pub fn with(mut self, entry: ProfileKey, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.values.insert(entry, value.to_owned());
        }
        self
    }
}

/// The values of this run. They include no secret: `credentials::for_kind` gets the credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedProfile {
    /// The name of the profile, or `ENVIRONMENT`.
    pub name: Sourced<String>,
    pub credentials: Sourced<CredentialKind>,
    /// True for a test installation: it is marked as such beside the account, and loopback addresses are allowed.
    pub test_endpoint: Sourced<bool>,
    values: BTreeMap<ProfileKey, Sourced<String>>,
    defaults: BTreeMap<String, DefaultValue>,
}

impl Profile {
    /// Determines the account of this run: the profile that the flag, the environment or the settings name, or else the
    /// only one there is. Flags and environment override each of its values. Without any profile, a region or an
    /// endpoint is enough for the account `ENVIRONMENT`.
    pub fn resolve(
        settings: &Settings,
        flags: &Overrides,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<ResolvedProfile, SettingsError> {
        // A variable that is set to nothing is not set.
        let env = &|name: &str| env(name).filter(|value| !value.trim().is_empty());
        let profile = profile(settings, flags, env)?;
        let mut values = BTreeMap::new();
        for entry in ProfileKey::ALL {
            if let Some(value) = value(entry, flags, env, profile.as_ref())? {
                values.insert(entry, value);
            }
        }
        if profile.is_none() && !values.contains_key(&ProfileKey::Region) && !values.contains_key(&ProfileKey::Endpoint)
        {
            return Err(SettingsError::NoAccount);
        }
        let name = match &profile {
            Some(Sourced { value: (name, _), from }) => Sourced { value: (*name).to_owned(), from: from.clone() },
            None => Sourced { value: ENVIRONMENT.to_owned(), from: ValueOrigin::Default },
        };
        add_endpoints(&mut values, env)?;
        let switch = values.get(&ProfileKey::TestEndpoint);
        let test_endpoint = switch.map_or(Sourced { value: false, from: ValueOrigin::Default }, |switch| Sourced {
            value: switch.value == "true",
            from: switch.from.clone(),
        });
        let defaults = profile.map(|profile| profile.value.1.defaults().clone()).unwrap_or_default();
        Ok(ResolvedProfile { name, credentials: credentials(&values, env), test_endpoint, values, defaults })
    }
}

type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Returns the profile to use, with its name. `None` if none is named and none exists; `Err` if the named one does not
/// exist, or if none is named and there are several.
fn profile<'a>(
    settings: &'a Settings,
    flags: &'a Overrides,
    env: Env<'_>,
) -> Result<Option<Sourced<(&'a str, &'a Profile)>>, SettingsError> {
    let named = match (&flags.profile, env(PROFILE_VARIABLE), &settings.profile) {
        (Some(name), _, _) => Some((name.trim().to_owned(), ValueOrigin::Flag)),
        (None, Some(name), _) => Some((name.trim().to_owned(), ValueOrigin::Environment(PROFILE_VARIABLE.into()))),
        (None, None, Some(name)) => Some((name.clone(), ValueOrigin::Settings)),
        (None, None, None) => None,
    };
    let Some((name, from)) = named else {
        let mut all = settings.profiles.iter();
        return match (all.next(), all.next()) {
            (None, _) => Ok(None),
            (Some((name, only)), None) => Ok(Some(Sourced { value: (name, only), from: ValueOrigin::Settings })),
            (Some(_), Some(_)) => {
                let known: Vec<&str> = settings.profiles.keys().map(String::as_str).collect();
                Err(SettingsError::NoneInUse { known: known.join(", ") })
            }
        };
    };
    if let Err(right) = check_profile_name(&name) {
        let what = if from == ValueOrigin::Flag { ProfileNameSource::Flag } else { ProfileNameSource::Variable };
        return Err(SettingsError::ProfileName { what, right });
    }
    match settings.profiles.get_key_value(&name) {
        Some((name, profile)) => Ok(Some(Sourced { value: (name, profile), from })),
        None => Err(SettingsError::no_profile(settings, &name)),
    }
}

/// Returns the value of an entry from the first source that has one. Flags and variables are checked here; profiles
/// were checked when they were read.
fn value(
    entry: ProfileKey,
    flags: &Overrides,
    env: Env<'_>,
    profile: Option<&Sourced<(&str, &Profile)>>,
) -> Result<Option<Sourced<String>>, SettingsError> {
    let checked = |value: &str, what: String, from: ValueOrigin| match entry.check(value) {
        Ok(value) => Ok(Some(Sourced { value, from })),
        Err(right) => Err(SettingsError::Value { what, right }),
    };
    if let Some(value) = flags.values.get(&entry) {
        return checked(value, format!("--{}", entry.name().replace('_', "-")), ValueOrigin::Flag);
    }
    if let Some(value) = env(entry.variable()) {
        return checked(&value, entry.variable().into(), ValueOrigin::Environment(entry.variable().into()));
    }
    let kept = profile.and_then(|profile| Some((profile.value.0, profile.value.1.get(entry)?)));
    Ok(kept.map(|(name, value)| Sourced { value: value.to_owned(), from: ValueOrigin::Profile(name.to_owned()) }))
}

/// Adds the endpoints that follow from the region: the one in the SDK's variable, or else the region's own. If the user
/// set the endpoint of Cloud Phone, the others are not guessed: they stay unset, which means the same address, so that
/// credentials go to no host that nobody named. The SDK's variable overrides only its own service, as in the SDK: the
/// others keep the region's endpoints.
fn add_endpoints(values: &mut BTreeMap<ProfileKey, Sourced<String>>, env: Env<'_>) -> Result<(), SettingsError> {
    let Some(region) = values.get(&ProfileKey::Region).map(|region| region.value.clone()) else { return Ok(()) };
    if values.contains_key(&ProfileKey::Endpoint) {
        return Ok(());
    }
    for (entry, service) in [
        (ProfileKey::Endpoint, Service::Cph),
        (ProfileKey::IamEndpoint, Service::Iam),
        (ProfileKey::EcsEndpoint, Service::Ecs),
        (ProfileKey::KpsEndpoint, Service::Kps),
    ] {
        if values.contains_key(&entry) {
            continue;
        }
        let found = match sdk_endpoint(service, &region, env) {
            Some(moved) => {
                let variable = sdk_variable(service, &region);
                let value =
                    entry.check(&moved).map_err(|right| SettingsError::Value { what: variable.clone(), right })?;
                Sourced { value, from: ValueOrigin::Environment(variable) }
            }
            None => Sourced { value: endpoint_of(service, &region), from: ValueOrigin::Default },
        };
        values.insert(entry, found);
    }
    Ok(())
}

/// Returns the kind of credentials. A kind named by a flag or variable takes precedence; then a token file or a token
/// from a flag or the environment, which implies its kind; then the entries of the profile.
fn credentials(values: &BTreeMap<ProfileKey, Sourced<String>>, env: Env<'_>) -> Sourced<CredentialKind> {
    let is_of_this_start = |from: &ValueOrigin| match from {
        ValueOrigin::Flag | ValueOrigin::Environment(_) => true,
        ValueOrigin::Profile(_) | ValueOrigin::Settings | ValueOrigin::Default => false,
    };
    let named = values
        .get(&ProfileKey::Credentials)
        .and_then(|kind| Some(Sourced { value: CredentialKind::named(&kind.value)?, from: kind.from.clone() }));
    if let Some(named) = named.as_ref().filter(|kind| is_of_this_start(&kind.from)) {
        return named.clone();
    }
    let token_file = values.get(&ProfileKey::TokenFile);
    if let Some(file) = token_file.filter(|file| is_of_this_start(&file.from)) {
        return Sourced { value: CredentialKind::TokenFile, from: file.from.clone() };
    }
    if env(TOKEN_VARIABLE).is_some() {
        return Sourced { value: CredentialKind::Token, from: ValueOrigin::Environment(TOKEN_VARIABLE.into()) };
    }
    match (named, token_file) {
        (Some(named), _) => named,
        (None, Some(file)) => Sourced { value: CredentialKind::TokenFile, from: file.from.clone() },
        (None, None) => Sourced { value: CredentialKind::Auto, from: ValueOrigin::Default },
    }
}

impl ResolvedProfile {
    /// Returns a value and its origin; `None` if no source has one.
    #[must_use]
    pub fn get(&self, entry: ProfileKey) -> Option<&Sourced<String>> {
        self.values.get(&entry)
    }

    /// Returns a value without its origin; `None` if no source has one.
    #[must_use]
    pub fn text(&self, entry: ProfileKey) -> Option<&str> {
        self.get(entry).map(|value| value.value.as_str())
    }

    /// Returns all values that are set, in the order in which they are shown.
    pub fn values(&self) -> impl Iterator<Item = (ProfileKey, &Sourced<String>)> {
        ProfileKey::ALL.into_iter().filter_map(|entry| Some((entry, self.get(entry)?)))
    }

    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.text(ProfileKey::Language).and_then(Language::from_tag)
    }

    /// Returns the initial values of the form, by member of the request body.
    #[must_use]
    pub fn defaults(&self) -> &BTreeMap<String, DefaultValue> {
        &self.defaults
    }

    /// Returns whether the account comes from flags and environment, without a profile.
    #[must_use]
    pub fn is_from_environment(&self) -> bool {
        self.name.value == ENVIRONMENT && self.name.from == ValueOrigin::Default
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const TWO: &str = "profile = \"work\"\n[profiles.work]\nregion = \"cn-north-4\"\nlanguage = \"zh\"\n\
                       credentials = \"koocli\"\n[profiles.work.defaults]\ncount = 2\n\
                       [profiles.test]\nregion = \"cn-east-3\"\nendpoint = \"https://127.0.0.1:1\"\n\
                       test_endpoint = true\ntoken_file = \"~/token\"\n";

    fn resolve(file: &str, flags: &Overrides, variables: &[(&str, &str)]) -> Result<ResolvedProfile, SettingsError> {
        let settings = Settings::from_bytes(Path::new("/c"), file.as_bytes()).unwrap();
        let value =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Profile::resolve(&settings, flags, &value)
    }

    fn shown(chosen: &ResolvedProfile, entry: ProfileKey) -> String {
        chosen.get(entry).map_or("-".into(), |value| format!("{} ({})", value.value, value.from))
    }

    #[test]
    fn each_value_comes_from_the_first_place_that_has_it() {
        let flags = Overrides::default().with(ProfileKey::Region, Some("ap-southeast-3")).with(ProfileKey::Proxy, None);
        let variables =
            [("CPH_WIZARD_REGION", "cn-east-2"), ("CPH_WIZARD_PROJECT_ID", "p1\n"), ("CPH_WIZARD_THEME", " ")];
        let chosen = resolve(TWO, &flags, &variables).unwrap();
        assert_eq!((chosen.name.value.as_str(), chosen.name.from.to_string().as_str()), ("work", "settings"));
        for (entry, expected) in [
            (ProfileKey::Region, "ap-southeast-3 (flag)"),
            (ProfileKey::ProjectId, "p1 (environment CPH_WIZARD_PROJECT_ID)"),
            (ProfileKey::Language, "zh (profile work)"),
            (ProfileKey::Endpoint, "https://cph.ap-southeast-3.myhuaweicloud.com (default)"),
            (ProfileKey::IamEndpoint, "https://iam.ap-southeast-3.myhuaweicloud.com (default)"),
            (ProfileKey::Theme, "-"),
        ] {
            assert_eq!(shown(&chosen, entry), expected);
        }
        assert_eq!(chosen.language(), Some(Language::Chinese));
        assert_eq!(chosen.credentials.value, CredentialKind::KooCli);
        assert_eq!(chosen.defaults()["count"], DefaultValue::Number(2));
        assert!(!chosen.test_endpoint.value);
        assert_eq!(chosen.values().next().map(|(entry, _)| entry), Some(ProfileKey::Region));
    }

    #[test]
    fn the_profile_is_the_one_that_is_named() {
        let named = |flag: Option<&str>, variables: &[(&str, &str)]| {
            let flags = Overrides { profile: flag.map(str::to_owned), ..Overrides::default() };
            resolve(TWO, &flags, variables).map(|chosen| format!("{} ({})", chosen.name.value, chosen.name.from))
        };
        assert_eq!(named(None, &[]).unwrap(), "work (settings)");
        assert_eq!(named(None, &[(PROFILE_VARIABLE, "test")]).unwrap(), "test (environment CPH_WIZARD_PROFILE)");
        assert_eq!(named(Some("work"), &[(PROFILE_VARIABLE, "test")]).unwrap(), "work (flag)");
        assert_eq!(named(Some("wrk"), &[]).unwrap_err().to_string(), "there is no profile wrk (did you mean work?)");
        assert_eq!(named(Some("x9"), &[]).unwrap_err().to_string(), "there is no profile x9; there are test, work");
        assert!(
            named(Some("\u{1b}"), &[]).unwrap_err().to_string().starts_with("--profile: the name of a profile has")
        );
        let none_in_use = TWO.replace("profile = \"work\"\n", "");
        let refused = resolve(&none_in_use, &Overrides::default(), &[]).unwrap_err().to_string();
        assert!(refused.starts_with("there are several profiles (test, work) and none is in use"), "{refused}");
        let only = resolve("[profiles.a]\nregion = \"x-1\"\n", &Overrides::default(), &[]).unwrap();
        assert_eq!(only.name.value, "a");
        assert!(!only.is_from_environment());
    }

    #[test]
    fn without_a_profile_the_environment_is_an_account() {
        let variables = [
            ("CPH_WIZARD_ENDPOINT", "http://127.0.0.1:4010"),
            ("CPH_WIZARD_TOKEN", "canary"),
            ("CPH_WIZARD_PROJECT_ID", "0123456789abcdef0123456789abcdef"),
        ];
        let chosen = resolve("", &Overrides::default(), &variables).unwrap();
        assert_eq!(chosen.name.value, "environment");
        assert!(chosen.is_from_environment() && !chosen.test_endpoint.value);
        assert_eq!(chosen.credentials.value, CredentialKind::Token);
        assert_eq!(chosen.credentials.from.to_string(), "environment CPH_WIZARD_TOKEN");
        assert_eq!(chosen.text(ProfileKey::Endpoint), Some("http://127.0.0.1:4010"));
        assert_eq!(chosen.text(ProfileKey::IamEndpoint), None, "the token goes to the host that was named");
        assert!(!format!("{chosen:?}").contains("canary"));
        let forbidden = [variables[0], ("CPH_WIZARD_TEST_ENDPOINT", "0")];
        assert!(!resolve("", &Overrides::default(), &forbidden).unwrap().test_endpoint.value);
        let refused = resolve("", &Overrides::default(), &variables[1..]).unwrap_err().to_string();
        assert_eq!(refused, "no account is set up: there is no profile, and no region or endpoint is given");
        let region = resolve("", &Overrides::default(), &[("CPH_WIZARD_REGION", "af-north-1")]).unwrap();
        assert_eq!(region.credentials.value, CredentialKind::Auto);
        assert_eq!(region.text(ProfileKey::IamEndpoint), Some("https://iam.myhuaweicloud.com"));
    }

    #[test]
    fn the_kind_of_credentials_follows_what_was_given_for_this_start() {
        let kind = |profile: &str, variables: &[(&str, &str)]| {
            let flags = Overrides { profile: Some(profile.to_owned()), ..Overrides::default() };
            let chosen = resolve(TWO, &flags, variables).unwrap();
            format!("{} ({})", chosen.credentials.value, chosen.credentials.from)
        };
        assert_eq!(kind("work", &[]), "koocli (profile work)");
        assert_eq!(kind("test", &[]), "token-file (profile test)");
        let token = ("CPH_WIZARD_TOKEN", "canary");
        assert_eq!(kind("work", &[token]), "token (environment CPH_WIZARD_TOKEN)");
        let file = ("CPH_WIZARD_TOKEN_FILE", "/t");
        assert_eq!(kind("work", &[token, file]), "token-file (environment CPH_WIZARD_TOKEN_FILE)");
        let named = ("CPH_WIZARD_CREDENTIALS", "sdk-file");
        assert_eq!(kind("test", &[token, file, named]), "sdk-file (environment CPH_WIZARD_CREDENTIALS)");
    }

    #[test]
    fn a_value_that_cannot_be_is_said_without_it() {
        for variable in ProfileKey::ALL.map(ProfileKey::variable) {
            let refused = resolve(TWO, &Overrides::default(), &[(variable, "canary@\u{1b}")]).unwrap_err().to_string();
            assert!(refused.starts_with(variable) && !refused.contains("canary"), "{refused}");
        }
        let flags = Overrides::default().with(ProfileKey::CaFile, Some(""));
        assert!(resolve(TWO, &flags, &[]).unwrap_err().to_string().starts_with("--ca-file is the path of a file"));
        let moved = ("HUAWEICLOUD_SDK_REGION_CPH_CN_NORTH_4", "https://u:canary@h");
        let refused = resolve(TWO, &Overrides::default(), &[moved]).unwrap_err().to_string();
        assert!(refused.starts_with(moved.0) && !refused.contains("canary"), "{refused}");
        let moved = (moved.0, "https://a.example,https://b.example");
        let chosen = resolve(TWO, &Overrides::default(), &[moved]).unwrap();
        let expected = "https://a.example (environment HUAWEICLOUD_SDK_REGION_CPH_CN_NORTH_4)";
        assert_eq!(shown(&chosen, ProfileKey::Endpoint), expected);
    }
}
