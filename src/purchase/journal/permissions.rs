//! Checks that a directory or a file belongs to one user alone: it is real, owned by the user who runs the program, and
//! closed to everybody else. The errors say what to do if it is not.

use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags, openat};

use crate::i18n::{self, phrase, tr};
use crate::text::sanitize::visible;

/// The reason why a path is not used for the journal.
#[derive(Debug, thiserror::Error)]
pub enum UnusablePath {
    #[error("{}", tr!(
        "{path} is a symbolic link, which the journal does not follow: put a real {kind} in its place \
         or name another directory with --state-dir",
        path = shown(path),
        kind
    ))]
    Link { path: PathBuf, kind: PathKind },
    #[error("{}", tr!(
        "{path} is not a {kind}: move it away or name another directory with --state-dir",
        path = shown(path),
        kind
    ))]
    OtherKind { path: PathBuf, kind: PathKind },
    #[error("{}", tr!(
        "{path} belongs to user {owner} and not to you (user {us}): run `sudo chown {us} '{path}'` \
         or name another directory with --state-dir",
        path = shown(path),
        owner,
        us
    ))]
    Owner { path: PathBuf, owner: u32, us: u32 },
    #[error("{}", tr!(
        "{path} can be read or written by others (mode {mode}): run `chmod {wanted} '{path}'`",
        path = shown(path),
        mode = format!("{mode:03o}"),
        wanted = format!("{:03o}", kind.mode())
    ))]
    Open { path: PathBuf, kind: PathKind, mode: u32 },
    #[error("{}", tr!(
        "{path} belongs to user {owner}, who can replace the journal below it: \
         name a directory of your own with --state-dir",
        path = shown(path),
        owner
    ))]
    ParentOwner { path: PathBuf, owner: u32 },
    #[error("{}", tr!(
        "{path} can be changed by others (mode {mode}), who can replace the journal below it: \
         run `chmod go-w '{path}'` or name another directory with --state-dir",
        path = shown(path),
        mode = format!("{mode:03o}")
    ))]
    ParentOpen { path: PathBuf, mode: u32 },
    #[error("{}", tr!("{path} cannot be reached: {why}", path = shown(path), why = source))]
    Unreachable { path: PathBuf, source: io::Error },
}

/// The kind of file that is expected at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    Directory,
    File,
}

impl PathKind {
    /// Returns the permissions of such a path: 0700 for a directory, 0600 for a file.
    pub(super) const fn mode(self) -> u32 {
        match self {
            Self::Directory => 0o700,
            Self::File => 0o600,
        }
    }
}

impl std::fmt::Display for PathKind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(i18n::t(match self {
            Self::Directory => phrase!("directory"),
            Self::File => phrase!("file"),
        }))
    }
}

/// Returns a path as text for display, with hidden characters made visible.
pub(super) fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// Checks that a path leads to the expected kind of file, which belongs to the user `us` and is closed to everybody
/// else. Rejects symbolic links.
pub(super) fn check_path(path: &Path, kind: PathKind, there: &Metadata, us: u32) -> Result<(), UnusablePath> {
    let path = path.to_owned();
    let is_kind = match kind {
        PathKind::Directory => there.is_dir(),
        PathKind::File => there.is_file(),
    };
    let mode = there.permissions().mode() & 0o7777;
    if there.is_symlink() {
        Err(UnusablePath::Link { path, kind })
    } else if !is_kind {
        Err(UnusablePath::OtherKind { path, kind })
    } else if there.uid() != us {
        Err(UnusablePath::Owner { path, owner: there.uid(), us })
    } else if mode & 0o077 != 0 {
        Err(UnusablePath::Open { path, kind, mode })
    } else {
        Ok(())
    }
}

/// Checks a directory and all those above it up to the root, after its links are resolved, by the rules of
/// `StrictModes` of sshd: each belongs to us or to root, and nobody else may write to it unless it is sticky, so that
/// nobody else can rename our files in it.
pub(super) fn check_parents(directory: &Path, us: u32) -> Result<(), UnusablePath> {
    let unreachable = |path: &Path, source| UnusablePath::Unreachable { path: path.to_owned(), source };
    let real = fs::canonicalize(directory).map_err(|error| unreachable(directory, error))?;
    for path in real.ancestors() {
        check_parent(path, &fs::symlink_metadata(path).map_err(|error| unreachable(path, error))?, us)?;
    }
    Ok(())
}

/// Checks one directory above that of the journal: it belongs to us or to root, and nobody else may write to it unless
/// it is sticky.
pub(super) fn check_parent(path: &Path, there: &Metadata, us: u32) -> Result<(), UnusablePath> {
    const ROOT: u32 = 0;
    const STICKY: u32 = 0o1000;
    let (path, mode) = (path.to_owned(), there.permissions().mode() & 0o7777);
    if there.uid() != us && there.uid() != ROOT {
        Err(UnusablePath::ParentOwner { path, owner: there.uid() })
    } else if mode & 0o022 != 0 && mode & STICKY == 0 {
        Err(UnusablePath::ParentOpen { path, mode })
    } else {
        Ok(())
    }
}

/// Opens a file in a directory, never through a symbolic link. A file that is created has the permissions 0600.
pub(super) fn open_below(directory: &File, name: &str, flags: OFlags) -> io::Result<File> {
    let mode = Mode::from_raw_mode(PathKind::File.mode());
    Ok(openat(directory, name, flags | OFlags::NOFOLLOW | OFlags::CLOEXEC, mode)?.into())
}
