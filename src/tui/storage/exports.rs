//! Writes exported texts to the current directory, readable only by their owner, and never over an existing file.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::app::{ExportFile, Msg};
use crate::i18n::tr;

/// Highest number that is appended to a taken file name.
const MAX_NUMBER: u32 = 99;

/// Writes a text to a file of this name; if it is taken, appends a number from 2 on.
pub fn write(file: &ExportFile) -> Msg {
    let result = std::env::current_dir().and_then(|folder| write_in(&folder, &file.name, file.ending, &file.text));
    Msg::Exported { result: result.map(|path| path.display().to_string()).map_err(|why| why.to_string()) }
}

fn write_in(folder: &Path, name: &str, ending: &str, text: &str) -> io::Result<PathBuf> {
    for number in 1..=MAX_NUMBER {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{name}{suffix}.{ending}"));
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    let taken = format!("{name}.{ending}");
    Err(io::Error::other(tr!("{most} files are called like {taken} already", most = MAX_NUMBER, taken)))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_text_is_for_its_owner_and_takes_the_place_of_nothing() {
        let folder = tempfile::tempdir().unwrap();
        symlink(folder.path().join("elsewhere"), folder.path().join("order-a-2.py")).unwrap();
        for (text, expected) in [("one", "order-a.py"), ("two", "order-a-3.py")] {
            let path = write_in(folder.path(), "order-a", "py", text).unwrap();
            assert_eq!(path, folder.path().join(expected));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(!folder.path().join("elsewhere").exists());
        assert!(write_in(&folder.path().join("none"), "order-a", "py", "x").is_err());
    }

    #[test]
    fn numbers_come_to_an_end() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..MAX_NUMBER {
            write_in(folder.path(), "a", "go", "x").unwrap();
        }
        assert!(write_in(folder.path(), "a", "go", "x").unwrap_err().to_string().contains("a.go"));
    }
}
