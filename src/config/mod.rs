//! Where settings and state live, and how files that nobody else may read are written.

mod paths;
mod private;
mod words;
mod settings;

pub use paths::{Kind, draft_file, state_dir};
pub use private::{PrivateFileError, read_private, read_secret, remove_private, write_private};
pub use settings::{Settings, SettingsError};
