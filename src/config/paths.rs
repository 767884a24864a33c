//! The places of the program's files. Demo and live never share one.

use std::path::{Path, PathBuf};

/// Whose files they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKind {
    Demo,
    Live,
}

/// The directory of the program's state: the one given, `$XDG_STATE_HOME/cph-wizard`, or
/// `~/.local/state/cph-wizard`; `None` without a home.
#[must_use]
pub fn state_dir(given: Option<&Path>, kind: StateKind) -> Option<PathBuf> {
    Some(state_base(given)?.join(match kind {
        StateKind::Demo => "demo",
        StateKind::Live => "live",
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

/// The folder of the drafts in a state directory.
#[must_use]
pub fn drafts_dir(state_dir: &Path) -> PathBuf {
    state_dir.join("drafts")
}

/// The folder of the templates, beside the settings in the file given or in the usual place; `None`
/// without a home.
#[must_use]
pub fn templates_dir(settings: Option<&Path>) -> Option<PathBuf> {
    let settings = settings.map(Path::to_owned).or_else(super::Settings::usual_path)?;
    Some(crate::fs_private::folder_of(&settings).join("templates"))
}

/// The one draft that earlier versions kept in a state directory.
#[must_use]
pub fn draft_file(state_dir: &Path) -> PathBuf {
    state_dir.join("draft.json")
}
