//! Paths of the program's files. Demo and live have separate state directories.

use std::path::{Path, PathBuf};

/// The mode that a state directory belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKind {
    Demo,
    Live,
}

/// Returns the given settings file, or the one in the usual place: `$XDG_CONFIG_HOME/cph-wizard/config.toml` or the same
/// below `~/.config`. `None` without a home directory.
#[must_use]
pub fn settings_path(given: Option<&Path>) -> Option<PathBuf> {
    let usual = || confy::get_configuration_file_path("cph-wizard", "config").ok();
    given.map(Path::to_owned).or_else(usual)
}

/// Returns the state directory of a mode: `demo` or `live` below the given directory, `$XDG_STATE_HOME/cph-wizard` or
/// `~/.local/state/cph-wizard`. `None` without a home directory.
#[must_use]
pub fn state_dir(given: Option<&Path>, kind: StateKind) -> Option<PathBuf> {
    Some(state_base(given)?.join(match kind {
        StateKind::Demo => "demo",
        StateKind::Live => "live",
    }))
}

/// The places of one world of the demo, below the state directory of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPaths {
    /// The directory of its journal. Everything in it belongs to the world.
    pub directory: PathBuf,
    /// The file of the world.
    pub world: PathBuf,
    /// The lock of the process that uses the world.
    pub lock: PathBuf,
    /// The directory of the world before the last reset.
    pub before_reset: PathBuf,
}

/// Returns the places of the world of a scene. Every `number` but 1 is for another process that runs at the same time.
#[must_use]
pub fn demo_paths(demo_state_dir: &Path, scene: &str, number: usize) -> DemoPaths {
    let worlds = demo_state_dir.join("worlds");
    let name = if number == 1 { scene.to_owned() } else { format!("{scene}.{number}") };
    let directory = worlds.join(&name);
    DemoPaths {
        world: directory.join("world.json"),
        lock: worlds.join(format!("{name}.lock")),
        before_reset: worlds.join(format!("{name}.before-reset")),
        directory,
    }
}

/// Returns the directory above the state directories of demo and live; `None` without a home directory. An
/// `XDG_STATE_HOME` that is not absolute is ignored.
#[must_use]
pub fn state_base(given: Option<&Path>) -> Option<PathBuf> {
    match given {
        Some(dir) => Some(dir.to_owned()),
        None => Some(xdg_state()?.join("cph-wizard")),
    }
}

/// Returns the path of the file that marks the introduction as shown.
#[must_use]
pub fn introduction_file(state_base: &Path) -> PathBuf {
    state_base.join("introduced")
}

fn xdg_state() -> Option<PathBuf> {
    let set = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    set.or_else(|| Some(std::env::home_dir()?.join(".local").join("state")))
}

/// Returns the drafts folder of a state directory.
#[must_use]
pub fn drafts_dir(state_dir: &Path) -> PathBuf {
    state_dir.join("drafts")
}

/// Returns the templates folder, which is beside the given settings file or the one in the usual place. `None` without
/// a home directory.
#[must_use]
pub fn templates_dir(settings: Option<&Path>) -> Option<PathBuf> {
    let settings = settings_path(settings)?;
    Some(crate::fs_private::folder_of(&settings).join("templates"))
}

/// Returns the path of the single draft that earlier versions kept in a state directory.
#[must_use]
pub fn draft_file(state_dir: &Path) -> PathBuf {
    state_dir.join("draft.json")
}
