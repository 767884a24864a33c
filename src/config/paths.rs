//! The places of the program's files. Demo and live never share one.

use std::path::{Path, PathBuf};

/// Whose files they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Demo,
    Live,
}

/// The directory of the program's state: the one given, `$XDG_STATE_HOME/cph-wizard`, or
/// `~/.local/state/cph-wizard`; `None` without a home.
#[must_use]
pub fn state_dir(given: Option<&Path>, kind: Kind) -> Option<PathBuf> {
    Some(state_base(given)?.join(match kind {
        Kind::Demo => "demo",
        Kind::Live => "live",
    }))
}

/// The directory above those of demo and live.
#[must_use]
pub fn state_base(given: Option<&Path>) -> Option<PathBuf> {
    match given {
        Some(dir) => Some(dir.to_owned()),
        None => Some(xdg_state()?.join("cph-wizard")),
    }
}

/// The file that says that the introduction was shown.
#[must_use]
pub fn introduction_file(state_base: &Path) -> PathBuf {
    state_base.join("introduced")
}

fn xdg_state() -> Option<PathBuf> {
    let set = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    set.or_else(|| Some(std::env::home_dir()?.join(".local").join("state")))
}

/// The file of the kept draft in a state directory.
#[must_use]
pub fn draft_file(state_dir: &Path) -> PathBuf {
    state_dir.join("draft.json")
}
