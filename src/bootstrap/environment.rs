//! Reads the environment of the process: variables and the home directory.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// Returns an environment variable as text; `None` if it is not set or is not valid Unicode.
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Returns an environment variable, even if it is not valid Unicode.
pub fn raw_variable(name: &str) -> Option<OsString> {
    env::var_os(name)
}

/// Returns the home directory of the user; `None` if it is unknown.
pub fn home() -> Option<PathBuf> {
    env::home_dir()
}
