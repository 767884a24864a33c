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
    let base = match given {
        Some(dir) => dir.to_owned(),
        None => xdg_state()?.join("cph-wizard"),
    };
    Some(base.join(match kind {
        Kind::Demo => "demo",
        Kind::Live => "live",
    }))
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
