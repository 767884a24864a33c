//! Private files of the user: written as a whole or not at all, appended to, read after strict checks, and moved aside
//! if they cannot be read. Nothing here depends on their contents.

mod append;
mod file;
mod lock;
mod quarantine;

pub use self::quarantine::{Quarantined, json_files, quarantine};
pub use append::append_private;
pub use file::{
    PrivateFileError, check_folder, folder_of, make_folder, read_key_file, read_private, remove_private, write_private,
};
pub use lock::try_lock_private;
