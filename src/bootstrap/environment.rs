//! Reads the environment of the process: variables and the home directory.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// Returns a variable as text; `None` if it is not set or is no text.
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Returns a variable as it is.
pub fn raw_variable(name: &str) -> Option<OsString> {
    env::var_os(name)
}

/// Returns the home directory of the user.
pub fn home() -> Option<PathBuf> {
    env::home_dir()
}
