//! Files that belong to one person: written whole or not at all, appended to, read with care, and put out of the way when
//! they cannot be read. What is in them is not known here.

mod append;
mod file;
mod quarantine;

pub use self::quarantine::{Quarantined, json_files, quarantine};
pub use append::append_private;
pub use file::{
    PrivateFileError, check_folder, folder_of, make_folder, read_key_file, read_private, remove_private, write_private,
};
