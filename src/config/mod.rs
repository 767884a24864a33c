//! Settings, profiles, themes, the paths of the program's files, and the credentials on this machine. Nothing here uses
//! the network.

pub mod credentials;
mod editor;
mod origin;
mod parse;
mod paths;
mod profile;
mod profile_key;
pub mod regions;
mod resolve;
mod settings;
mod settings_error;
mod settings_fault;
mod settings_file;
mod theme_file;

pub use credentials::CredentialKind;
pub use editor::{ProfileChange, SettingsEditor};
pub use origin::{Sourced, ValueOrigin};
pub use paths::{
    DemoPaths, StateKind, demo_paths, draft_file, drafts_dir, introduction_file, settings_path, state_base, state_dir,
    templates_dir,
};
pub use profile::{
    DefaultValue, ENVIRONMENT, InvalidDefault, InvalidEntry, InvalidProfileName, Profile, check_profile_name,
};
pub use profile_key::{InvalidValue, ProfileKey, UnknownKey};
pub use resolve::{Overrides, PROFILE_VARIABLE, ResolvedProfile};
pub use settings::{KeyEntry, Settings, UseColor};
pub use settings_error::{KnownProfiles, ProfileNameSource, SettingsError, UnreadableSettings};
pub use settings_fault::SettingsFault;
pub use settings_file::LoadedSettings;
pub use theme_file::{RoleEntry, ThemeError, ThemeFault, ThemeFile};

#[cfg(test)]
mod tests;
