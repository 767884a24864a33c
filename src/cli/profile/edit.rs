//! `profile add`, `edit`, `remove` and `use`: change the settings file. Every error in the arguments is reported before
//! anything is written.

use std::path::Path;

use crate::api::Endpoint;
use crate::bootstrap::error::AppError;
use crate::cli::print;
use crate::config::{
    KnownProfiles, Profile, ProfileChange, ProfileKey, SettingsEditor, SettingsError, check_profile_name, settings_path,
};
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::text::sanitize::{brief, visible};

use super::values::Values;

#[derive(Debug, clap::Args)]
pub struct Add {
    /// The name of the profile: small letters, digits, _ and -
    name: String,
    /// The region, such as cn-north-4
    #[arg(long, value_name = "REGION")]
    region: String,
    #[command(flatten)]
    values: Values,
    /// Put it in use
    #[arg(long = "use", id = "put_in_use")]
    use_profile: bool,
}

#[derive(Debug, clap::Args)]
pub struct Edit {
    /// The profile
    name: String,
    /// The region, such as cn-north-4
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    #[command(flatten)]
    values: Values,
    /// Take an entry away, such as `project_id`
    #[arg(long, value_name = "ENTRY")]
    clear: Vec<String>,
    /// Take a default of the form away, such as count
    #[arg(long, value_name = "FIELD")]
    clear_default: Vec<String>,
    /// Put it in use
    #[arg(long = "use", id = "put_in_use")]
    use_profile: bool,
}

pub fn add(args: &Add, config: Option<&Path>) -> Result<ExitCode, AppError> {
    check_profile_name(&args.name).map_err(AppError::usage)?;
    let mut profile = Profile::new("x").map_err(AppError::usage)?;
    for (entry, value) in args.values.entries(Some(&args.region)).map_err(AppError::Usage)? {
        profile = profile.with(entry, &value).map_err(AppError::usage)?;
    }
    for (field, value) in args.values.defaults(&profile).map_err(AppError::Usage)? {
        profile = profile.with_default(field.json_name(), value).map_err(AppError::usage)?;
    }
    let profiles = SettingsEditor::at(config).map_err(|error| AppError::settings(&error))?;
    profiles.add(&args.name, &profile).map_err(|error| AppError::settings(&error))?;
    let (name, place) = (&args.name, place(&profiles));
    print::line(&tr!("Profile {name} is set up in {place}.", name, place));
    finish(&profiles, name, args.use_profile)
}

pub fn edit(args: &Edit, config: Option<&Path>) -> Result<ExitCode, AppError> {
    let profiles = SettingsEditor::at(config).map_err(|error| AppError::settings(&error))?;
    let settings = profiles.settings().map_err(|error| AppError::settings(&error))?;
    let Some(profile) = settings.profiles.get(&args.name) else {
        // The profiles know best which name was meant.
        profiles.change(&args.name, &[]).map_err(|error| AppError::settings(&error))?;
        return Err(AppError::settings(&SettingsError::NoProfile {
            name: brief(&args.name, 40),
            known: KnownProfiles::Unsaid,
        }));
    };
    let mut changes = Vec::new();
    for name in &args.clear {
        let Some(entry) = ProfileKey::named(&name.replace('-', "_")) else {
            let known: Vec<&str> = ProfileKey::ALL.into_iter().map(ProfileKey::name).collect();
            return Err(AppError::Usage(tr!("--clear takes one of {known}", known = known.join(", "))));
        };
        changes.push(ProfileChange::Clear(entry));
    }
    for field in &args.clear_default {
        if !profile.defaults().contains_key(field) {
            return Err(AppError::Usage(no_default(&args.name, profile)));
        }
        changes.push(ProfileChange::ClearDefault(field.clone()));
    }
    let entries = args.values.entries(args.region.as_deref()).map_err(AppError::Usage)?;
    changes.extend(entries.into_iter().map(|(entry, value)| ProfileChange::Set(entry, value)));
    let remaining = without(profile, &args.clear_default).map_err(AppError::Usage)?;
    let defaults = args.values.defaults(&remaining).map_err(AppError::Usage)?;
    changes.extend(
        defaults.into_iter().map(|(field, value)| ProfileChange::SetDefault(field.json_name().to_owned(), value)),
    );
    if changes.is_empty() && !args.use_profile {
        return Err(AppError::Usage(tr!(
            "nothing to change was given; `profile edit {name} --region cn-north-4` would set the region, and `profile edit --help` lists every flag",
            name = args.name
        )));
    }
    if !changes.is_empty() {
        profiles.change(&args.name, &changes).map_err(|error| AppError::settings(&error))?;
    }
    let (name, place) = (&args.name, place(&profiles));
    print::line(&tr!("Profile {name} is changed in {place}.", name, place));
    finish(&profiles, name, args.use_profile)
}

/// Returns a profile with the region and only those defaults that are not cleared.
fn without(profile: &Profile, cleared: &[String]) -> Result<Profile, String> {
    let stays = profile.defaults().iter().filter(|(field, _)| !cleared.contains(field));
    let bare = Profile::new(profile.region()).map_err(|error| error.to_string())?;
    stays
        .into_iter()
        .try_fold(bare, |rest, (field, value)| rest.with_default(field, value.clone()))
        .map_err(|error| error.to_string())
}

fn no_default(name: &str, profile: &Profile) -> String {
    let known: Vec<&str> = profile.defaults().keys().map(String::as_str).collect();
    if known.is_empty() {
        return tr!("--clear-default: the profile {name} has no defaults", name);
    }
    tr!("--clear-default takes one of the defaults of {name}: {known}", name, known = known.join(", "))
}

pub fn remove(name: &str, config: Option<&Path>) -> Result<ExitCode, AppError> {
    let profiles = SettingsEditor::at(config).map_err(|error| AppError::settings(&error))?;
    let settings = profiles.settings().map_err(|error| AppError::settings(&error))?;
    // Looked for first: removing from a file that is not there would make one.
    if settings.profiles.is_empty() {
        return Err(none_set_up(name));
    }
    profiles.remove(name).map_err(|error| AppError::settings(&error))?;
    print::line(&tr!("Profile {name} is removed from {place}.", name, place = place(&profiles)));
    Ok(ExitCode::Success)
}

pub fn use_profile(name: &str, config: Option<&Path>) -> Result<ExitCode, AppError> {
    let profiles = SettingsEditor::at(config).map_err(|error| AppError::settings(&error))?;
    if profiles.settings().map_err(|error| AppError::settings(&error))?.profiles.is_empty() {
        return Err(none_set_up(name));
    }
    profiles.use_profile(name).map_err(|error| AppError::settings(&error))?;
    print::line(&tr!("Profile {name} is in use.", name));
    Ok(ExitCode::Success)
}

fn none_set_up(name: &str) -> AppError {
    AppError::settings(&SettingsError::NoProfile { name: brief(name, 40), known: KnownProfiles::None })
}

fn place(profiles: &SettingsEditor) -> String {
    visible(&profiles.path().to_string_lossy()).into_owned()
}

/// Makes the profile the one in use if requested. Warns if one of its endpoints will be refused at the next start, and
/// prints the next command to run.
fn finish(profiles: &SettingsEditor, name: &str, use_it: bool) -> Result<ExitCode, AppError> {
    if use_it {
        profiles.use_profile(name).map_err(|error| AppError::settings(&error))?;
        print::line(&tr!("Profile {name} is in use.", name));
    }
    let settings = profiles.settings().map_err(|error| AppError::settings(&error))?;
    if settings.profiles.get(name).is_some_and(is_here) {
        print::eprint(&tr!(
            "An endpoint of it is on this machine, where nothing real is sold: it is refused until --test-endpoint is set."
        ));
    }
    let command = format!("cph-wizard profile doctor {name}{}", unless_usual(profiles));
    print::line(&tr!("Next: {command}", command));
    Ok(ExitCode::Success)
}

/// Returns whether an endpoint is a loopback address although the profile does not set `test_endpoint`. Such a profile
/// is refused when it is used.
fn is_here(profile: &Profile) -> bool {
    let is_here =
        |entry| profile.get(entry).and_then(|text| Endpoint::parse(text).ok()).is_some_and(|at| at.is_loopback());
    let addresses = [ProfileKey::Endpoint, ProfileKey::IamEndpoint, ProfileKey::EcsEndpoint, ProfileKey::KpsEndpoint];
    profile.get(ProfileKey::TestEndpoint) != Some("true") && addresses.into_iter().any(is_here)
}

/// Returns the `--config` argument for the settings file; empty if the file is in the default place.
fn unless_usual(profiles: &SettingsEditor) -> String {
    if settings_path(None).as_deref() == Some(profiles.path()) {
        return String::new();
    }
    format!(" --config {}", place(profiles))
}
