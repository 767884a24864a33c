//! Quarantine: renames files of this program that cannot be read, so that the next write does not replace them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::i18n::tr;
use crate::text::path::shown;

/// Result of moving aside a file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quarantined {
    /// The new path, in the same folder.
    Renamed(PathBuf),
    /// Reason why the file could not be moved; it stays in its place.
    Failed(String),
}

impl std::fmt::Display for Quarantined {
    /// Writes the result as the end of a sentence, e.g. `it is set aside as PATH`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Renamed(path) => f.write_str(&tr!("it is set aside as {path}", path = shown(path))),
            Self::Failed(why) => f.write_str(&tr!("it could not be set aside: {why}", why)),
        }
    }
}

/// Limit for the number in a new name; the last name tried ends in `-999`.
const MOST_NAMES: usize = 1_000;

/// Renames a file to `NAME.unreadable`, or to the first free one of `NAME.unreadable-2`, `-3` and so on, so that it
/// replaces no other file.
#[must_use]
pub fn quarantine(path: &Path) -> Quarantined {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let names = (1..MOST_NAMES).map(|n| match n {
        1 => format!("{name}.unreadable"),
        n => format!("{name}.unreadable-{n}"),
    });
    for other in names.map(|name| path.with_file_name(name)) {
        // Unlike a renaming, a second name never takes the place of a file.
        match fs::hard_link(path, &other) {
            Ok(()) => {
                return match fs::remove_file(path) {
                    Ok(()) => Quarantined::Renamed(other),
                    Err(error) => Quarantined::Failed(error.to_string()),
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // A file system without second names.
            Err(_) if other.symlink_metadata().is_err() => {
                return fs::rename(path, &other)
                    .map_or_else(|error| Quarantined::Failed(error.to_string()), |()| Quarantined::Renamed(other));
            }
            Err(error) => return Quarantined::Failed(error.to_string()),
        }
    }
    Quarantined::Failed(tr!("there are too many already"))
}

/// Returns the entries of a folder whose names end in `.json`, sorted by name, without hidden ones; empty if the folder
/// does not exist.
pub fn json_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !is_hidden && path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_set_aside_takes_no_other_file_s_place() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.json");
        for n in 1..=3 {
            fs::write(&path, format!("{n}")).unwrap();
            assert!(matches!(quarantine(&path), Quarantined::Renamed(_)));
            assert!(!path.exists());
        }
        for (name, text) in [("", "1"), ("-2", "2"), ("-3", "3")] {
            assert_eq!(fs::read_to_string(home.path().join(format!("a.json.unreadable{name}"))).unwrap(), text);
        }
        assert!(matches!(quarantine(&path), Quarantined::Failed(_)), "there is nothing to set aside");
        assert_eq!(json_files(home.path()).unwrap(), Vec::<PathBuf>::new());
        fs::write(home.path().join("b.json"), "").unwrap();
        fs::write(home.path().join(".c.json"), "").unwrap();
        assert_eq!(json_files(home.path()).unwrap(), [home.path().join("b.json")]);
        assert_eq!(json_files(&home.path().join("none")).unwrap(), Vec::<PathBuf>::new());
    }
}
