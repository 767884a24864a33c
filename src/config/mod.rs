//! Where settings and state live, how files that nobody else may read are written, the profiles that a
//! person keeps, and the credentials that are on the machine. No network.

mod chosen;
pub mod credentials;
mod entry;
mod origin;
mod paths;
mod private;
mod profile;
mod profiles;
mod read;
pub mod regions;
mod set_aside;
mod settings;
mod themes;
mod words;

pub use chosen::{Chosen, ENVIRONMENT, Overrides, PROFILE_VARIABLE};
pub use credentials::CredentialKind;
pub use entry::Entry;
pub use origin::{Origin, Sourced};
pub use paths::{Kind, draft_file, drafts_dir, introduction_file, state_base, state_dir, templates_dir};
pub use private::{PrivateFileError, append_private, read_private, read_secret, remove_private, write_private};
pub use profile::{DefaultValue, Profile, check_profile_name};
pub use profiles::{Change, Profiles};
pub use set_aside::{SetAside, files_of, set_aside};
pub use settings::{KeyEntry, Loaded, Settings, SettingsError, UseColor};
pub use themes::{RoleEntry, ThemeError, ThemeFile};
pub use words::did_you_mean;

#[cfg(test)]
mod tests;
