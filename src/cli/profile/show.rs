//! `profile list` and `profile show`: the profiles in the settings, and the values that an account resolves to. Nothing
//! is sent over the network.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::bootstrap::account::AccountArgs;
use crate::bootstrap::error::AppError;
use crate::cli::help::padded;
use crate::cli::print;
use crate::config::credentials::Source;
use crate::config::regions::place_of;
use crate::config::{
    ResolvedProfile, Settings, SettingsEditor, SettingsError, Sourced, StateKind, draft_file, state_dir,
};
use crate::exit_code::ExitCode;
use crate::i18n::{self, Language, phrase, tr};
use crate::text::sanitize::visible;

use super::credentials::{CredentialsStatus, HeldCredentials};
use super::rows::{self, ValueRow};

pub fn list(config: Option<&Path>, json: bool) -> Result<ExitCode, AppError> {
    let settings = Settings::load(config).map_err(|error| AppError::settings(&error))?;
    let in_use = in_use(&settings, config);
    let place = SettingsEditor::at(config).map_err(|error| AppError::settings(&error))?.path().to_owned();
    if json {
        let all = settings.profiles.iter().map(|(name, profile)| {
            json!({
                "name": name,
                "region": profile.region(),
                "credentials": profile.credentials().name(),
                "in_use": in_use.as_deref() == Some(name),
            })
        });
        print::json(&json!({ "settings": shown(&place), "profiles": all.collect::<Vec<Value>>() }));
        return Ok(ExitCode::Success);
    }
    if settings.profiles.is_empty() {
        print::line(&tr!(
            "No profile is set up yet. Begin with: cph-wizard profile add NAME --region cn-north-4 --use"
        ));
        return Ok(ExitCode::Success);
    }
    for (name, profile) in &settings.profiles {
        let mark = if in_use.as_deref() == Some(name) { '*' } else { ' ' };
        let place = place_of(profile.region()).map(|place| format!(" ({place})")).unwrap_or_default();
        let region = padded(&format!("{}{place}", profile.region()), 32);
        let credentials = tr!("credentials: {kind}", kind = profile.credentials());
        print::line(&format!("{mark} {name:<16}  {region}  {credentials}"));
    }
    if in_use.is_none() {
        print::eprint(&tr!("None is in use. `cph-wizard profile use NAME` puts one in use."));
    }
    Ok(ExitCode::Success)
}

/// Returns the profile that is used without flags. `None` if no profile is in use, if the account comes from the
/// environment, or if it is invalid; the last case is reported on standard error.
fn in_use(settings: &Settings, config: Option<&Path>) -> Option<String> {
    let args = AccountArgs { config: config.map(Path::to_owned), ..AccountArgs::default() };
    match args.chosen(settings) {
        Ok(chosen) if chosen.is_from_environment() => None,
        Ok(chosen) => Some(chosen.name.value),
        Err(SettingsError::NoAccount | SettingsError::NoneInUse { .. }) => None,
        // The list is shown all the same: it may be what puts it right.
        Err(error) => {
            print::eprint(&crate::text::sanitize::sentence(&error.to_string()));
            None
        }
    }
}

/// Returns the row of the active language. Its origin need not be the profile.
pub fn spoken_row(spoken: &Sourced<Language>) -> ValueRow {
    ValueRow::new("language", spoken.value.tag(), &spoken.from)
}

pub fn show(
    chosen: &ResolvedProfile,
    spoken: &Sourced<Language>,
    config: Option<&Path>,
    json: bool,
) -> Result<ExitCode, AppError> {
    let held = HeldCredentials::from_profile(chosen);
    let files = files(config)?;
    if json {
        print::json(&in_json(chosen, spoken, &held, &files));
        return Ok(ExitCode::Success);
    }
    let line = |name: &str, words: &str| print::line(&format!("{} {words}", padded(name, 17)));
    line("profile", &ValueRow::of("profile", &chosen.name).words());
    for row in rows::values(chosen) {
        line(row.name, &row.words());
    }
    let (kind, from) = (chosen.credentials.value, chosen.credentials.from.to_string());
    line("credentials", &tr!("{value} ({from})", value = kind, from = visible(&from)));
    match &held.status {
        // The reasons follow.
        CredentialsStatus::Missing(_) if !held.unusable.is_empty() => {
            line(i18n::t(phrase!("  found")), i18n::t(phrase!("none")));
        }
        CredentialsStatus::Ready(_) | CredentialsStatus::Asked(_) | CredentialsStatus::Missing(_) => {
            line(i18n::t(phrase!("  found")), &held.words());
        }
    }
    for other in &held.others {
        line(i18n::t(phrase!("  also found")), &visible(&other.words));
    }
    for unusable in &held.unusable {
        line(i18n::t(phrase!("  not usable")), &visible(&format!("{}: {}", unusable.source, unusable.why)));
    }
    for (field, value) in chosen.defaults() {
        let (value, profile) = (value.to_string(), &chosen.name.value);
        let words = tr!("{field} = {value} (profile {profile})", field, value = visible(&value), profile);
        line(i18n::t(phrase!("default")), &words);
    }
    line(i18n::t(phrase!("spoken")), &spoken_row(spoken).words());
    for (name, path) in &files {
        line(i18n::t(name), &shown(path));
    }
    Ok(ExitCode::Success)
}

fn in_json(
    chosen: &ResolvedProfile,
    spoken: &Sourced<Language>,
    held: &HeldCredentials,
    files: &[(&'static str, PathBuf)],
) -> Value {
    let files: Map<_, _> = files.iter().map(|(name, path)| ((*name).to_owned(), json!(shown(path)))).collect();
    let defaults: Map<_, _> =
        chosen.defaults().iter().map(|(field, value)| (field.clone(), rows::json_of(value))).collect();
    let values: Vec<ValueRow> = rows::values(chosen);
    json!({
        "profile": ValueRow::of("profile", &chosen.name).json(),
        "values": rows::object(&values),
        "credentials": credentials(chosen, held),
        "defaults": defaults,
        "language": spoken_row(spoken).json(),
        "files": files,
    })
}

/// Describes the credentials of an account as JSON, with masked keys only.
pub fn credentials(chosen: &ResolvedProfile, held: &HeldCredentials) -> Value {
    let others = held.others.iter();
    let others = others.map(|other| json!({ "source": source(&other.source), "masked": other.masked }));
    let unusable = held.unusable.iter();
    let unusable = unusable.map(|one| json!({ "source": source(&one.source), "message": one.why.to_string() }));
    json!({
        "kind": chosen.credentials.value.name(),
        "from": chosen.credentials.from.code(),
        "ready": matches!(held.status, CredentialsStatus::Ready(_)),
        "message": held.words(),
        "source": held.source.as_ref().map(source),
        "masked": held.masked,
        "others": others.collect::<Vec<_>>(),
        "unusable": unusable.collect::<Vec<_>>(),
    })
}

/// Describes the source of credentials as JSON. `profile` is the profile of `KooCLI`.
fn source(source: &Source) -> Value {
    json!({ "kind": source.code(), "path": source.path().map(shown), "profile": source.profile() })
}

/// Lists the paths of the settings, the draft and the journal, whether or not the files exist.
fn files(config: Option<&Path>) -> Result<Vec<(&'static str, PathBuf)>, AppError> {
    let mut files = vec![(
        phrase!("settings"),
        SettingsEditor::at(config).map_err(|error| AppError::settings(&error))?.path().to_owned(),
    )];
    if let Some(dir) = state_dir(None, StateKind::Live) {
        files.push((phrase!("draft"), draft_file(&dir)));
        files.push((phrase!("journal"), dir));
    }
    Ok(files)
}

/// Formats a path for display, with hidden characters made visible.
fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}
