//! The user's themes: TOML files in the folder `themes` beside the settings, or anywhere else. This module does not
//! know which roles and colours exist.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::str;

use toml_edit::{Document, Item, Key, TableLike};

use crate::i18n::tr;
use crate::text::sanitize::brief;

use super::paths::settings_path;
use crate::fs_private::folder_of;
use crate::text::path::shown;
use crate::text::position::line_and_column;
use crate::text::suggest::{hint, nearest};

/// The largest theme file that is read, in bytes; more than any theme needs.
const MOST: u64 = 64 * 1024;

/// A theme file, parsed but not yet interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    pub path: PathBuf,
    /// The built-in theme that it modifies, and the position of that entry.
    pub base: Option<(String, TextPosition)>,
    /// The roles, in the order of the file.
    pub roles: Vec<RoleEntry>,
}

/// A line of the table `[roles]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleEntry {
    pub role: String,
    pub style: String,
    pub place: TextPosition,
}

/// Line and column; both count from 1.
pub type TextPosition = (usize, usize);

#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    #[error("{}", tr!("there is no theme {name}; there are {known}, and files like {example}", name = brief(name, 64), known, example = shown(example)))]
    Unknown { name: String, known: String, example: PathBuf },
    #[error("{}", tr!("the theme in {path} cannot be read: {why}", path = shown(path), why))]
    Unreadable { path: PathBuf, why: UnreadableTheme },
    #[error("{}", tr!("the theme in {path}, line {line}, column {column}: {why}", path = shown(path), line, column, why))]
    Broken { path: PathBuf, line: usize, column: usize, why: ThemeFault },
}

/// The reason why a theme is not read at all.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableTheme {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("{}", tr!("it is no file"))]
    NotAFile,
    #[error("{}", tr!("it is longer than 64 KiB"))]
    TooLong,
}

/// An error at one position of a theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeFault {
    #[error("{}", tr!("the text is not UTF-8"))]
    NotUtf8,
    /// The message of the TOML parser.
    #[error("{0}")]
    NotToml(String),
    #[error("{}", tr!("this program knows themes of version 1"))]
    Version,
    #[error("{}", tr!("base is the name of a theme, like \"dark\""))]
    Base,
    #[error("{}", tr!("base is one of {known}", known))]
    UnknownBase { known: String },
    #[error("{}", tr!("roles are a table, like [roles]"))]
    Roles,
    #[error("{}", tr!("a theme has no entry `{other}`{guess}", other = name, guess = hint(*near)))]
    UnknownEntry { name: String, near: Option<&'static str> },
    #[error("{}", tr!("a role is a text, like \"bold #ff8787 on 234\""))]
    Role,
    /// The message of the screen about a style that it refuses.
    #[error("{0}")]
    Style(String),
}

impl ThemeFile {
    /// Reads the theme with this name: a path, or a file in the folder `themes` beside the given settings file or the
    /// one in the usual place. `built_in` is only for the message about an unknown name.
    pub fn named(name: &str, settings: Option<&Path>, built_in: &[&str]) -> Result<Self, ThemeError> {
        let is_path = name.contains('/') || Path::new(name).extension().is_some_and(|extension| extension == "toml");
        if is_path {
            return Self::read(Path::new(name));
        }
        let settings = settings_path(settings);
        let folder = settings.map(|settings| folder_of(&settings).join("themes")).unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let path = folder.join(format!("{name}.toml"));
        if is_name && path.is_file() {
            return Self::read(&path);
        }
        let known = built_in.join(", ");
        Err(ThemeError::Unknown { name: name.to_owned(), known, example: folder.join("NAME.toml") })
    }

    fn read(path: &Path) -> Result<Self, ThemeError> {
        let unreadable = |why: UnreadableTheme| ThemeError::Unreadable { path: path.to_owned(), why };
        let is_file = fs::metadata(path).map_err(|error| unreadable(error.into()))?.is_file();
        if !is_file {
            return Err(unreadable(UnreadableTheme::NotAFile));
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|error| unreadable(error.into()))?;
        file.take(MOST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(error.into()))?;
        if bytes.len() > usize::try_from(MOST).unwrap_or(usize::MAX) {
            return Err(unreadable(UnreadableTheme::TooLong));
        }
        Self::from_bytes(path, &bytes)
    }

    fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, ThemeError> {
        let broken = |text: &str, at: usize, why: ThemeFault| {
            let (line, column) = line_and_column(text, at);
            ThemeError::Broken { path: path.to_owned(), line, column, why }
        };
        let text = str::from_utf8(bytes).map_err(|error| {
            let good = str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            broken(good, good.len(), ThemeFault::NotUtf8)
        })?;
        let document = Document::parse(text).map_err(|error| {
            let at = error.span().map_or(text.len(), |span| span.start);
            broken(text, at, ThemeFault::NotToml(error.message().replace("invalid ", "not a right ")))
        })?;
        read(document.as_table(), path, text).map_err(|(at, why)| broken(text, at, why))
    }
}

fn place_of(table: &dyn TableLike, name: &str) -> usize {
    table.key(name).and_then(Key::span).map_or(0, |span| span.start)
}

/// Reads the members of a theme; `Err` holds an error and its position in bytes.
fn read(root: &dyn TableLike, path: &Path, text: &str) -> Result<ThemeFile, (usize, ThemeFault)> {
    let mut theme = ThemeFile { path: path.to_owned(), base: None, roles: Vec::new() };
    for (name, item) in root.iter() {
        let at = place_of(root, name);
        match name {
            "version" if item.as_integer() == Some(1) => {}
            "version" => return Err((at, ThemeFault::Version)),
            "base" => {
                let base = item.as_str().ok_or((at, ThemeFault::Base))?;
                theme.base = Some((base.to_owned(), line_and_column(text, at)));
            }
            "roles" => {
                let roles = item.as_table_like().ok_or((at, ThemeFault::Roles))?;
                for (role, item) in roles.iter() {
                    theme.roles.push(entry(role, item, place_of(roles, role), text)?);
                }
            }
            other => {
                let near = nearest(other, ["version", "base", "roles"]);
                return Err((at, ThemeFault::UnknownEntry { name: brief(other, 40), near }));
            }
        }
    }
    Ok(theme)
}

fn entry(role: &str, item: &Item, at: usize, text: &str) -> Result<RoleEntry, (usize, ThemeFault)> {
    let Some(style) = item.as_str() else {
        return Err((at, ThemeFault::Role));
    };
    // The last part of a dotted key, as in `roles.focus`, stands at its own place.
    Ok(RoleEntry { role: role.to_owned(), style: style.to_owned(), place: line_and_column(text, at) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<ThemeFile, String> {
        ThemeFile::from_bytes(Path::new("/t.toml"), text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_theme_is_read_with_the_places_of_its_roles() {
        let theme = read_text("version = 1\nbase = \"dark\"\n[roles]\nfocus = \"red\"\n  fly = \"blue\"\n").unwrap();
        assert_eq!(theme.base, Some(("dark".into(), (2, 1))));
        let entry = |role: &str, style: &str, place| RoleEntry { role: role.into(), style: style.into(), place };
        assert_eq!(theme.roles, [entry("focus", "red", (4, 1)), entry("fly", "blue", (5, 3))]);
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (text, expected) in [
            ("base = 1", "line 1, column 1: base is the name of a theme, like \"dark\""),
            ("\nbas = \"dark\"", "line 2, column 1: a theme has no entry `bas` (did you mean base?)"),
            ("version = 2", "line 1, column 1: this program knows themes of version 1"),
            ("[roles]\nfocus = 3", "line 2, column 1: a role is a text, like \"bold #ff8787 on 234\""),
            ("roles = 3", "line 1, column 1: roles are a table, like [roles]"),
            ("a = 1\na = 2", "line 2, column 1: "),
        ] {
            let said = read_text(text).unwrap_err();
            assert!(said.starts_with("the theme in /t.toml, ") && said.contains(expected), "{said}");
        }
    }

    #[test]
    fn a_name_is_a_file_beside_the_settings_or_a_path() {
        let home = tempfile::tempdir().unwrap();
        let settings = home.path().join("config.toml");
        fs::create_dir(home.path().join("themes")).unwrap();
        fs::write(home.path().join("themes/sea.toml"), "base = \"light\"\n").unwrap();
        let named = |name: &str| ThemeFile::named(name, Some(&settings), &["dark", "light"]);
        assert_eq!(named("sea").unwrap().base.unwrap().0, "light");
        let path = home.path().join("themes/sea.toml");
        assert!(named(&path.display().to_string()).is_ok());
        let unknown = named("see").unwrap_err().to_string();
        assert!(unknown.starts_with("there is no theme see; there are dark, light, and files like"), "{unknown}");
        assert!(named("..").unwrap_err().to_string().starts_with("there is no theme .."));
        let missing = named(&home.path().join("no.toml").display().to_string()).unwrap_err().to_string();
        assert!(missing.contains("cannot be read"), "{missing}");
        let folder = named(&format!("{}/", home.path().display())).unwrap_err().to_string();
        assert!(folder.ends_with("it is no file"), "{folder}");
        fs::write(&path, vec![b'#'; 70_000]).unwrap();
        assert!(named("sea").unwrap_err().to_string().ends_with("it is longer than 64 KiB"));
    }
}
