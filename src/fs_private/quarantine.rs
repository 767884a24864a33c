//! Quarantine: files of ours that cannot be read get another name, so that the next write does not lose them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::i18n::tr;
use crate::text::path::shown;

/// What became of a file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quarantined {
    /// Under this name, in the same folder.
    Renamed(PathBuf),
    /// It stays where it is.
    Failed(String),
}

impl std::fmt::Display for Quarantined {
    /// The end of a sentence.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Renamed(path) => f.write_str(&tr!("it is set aside as {path}", path = shown(path))),
            Self::Failed(why) => f.write_str(&tr!("it could not be set aside: {why}", why)),
        }
    }
}

/// How many names are tried.
const MOST_NAMES: usize = 1_000;

/// Gives a file a name that ends in `.unreadable` and that no other file has.
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

/// The files of a folder whose names end in `.json`, by name; none if there is no such folder.
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
