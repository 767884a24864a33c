//! The templates: each is a small JSON file beside the settings, readable only by its owner and named after the
//! template. They contain no server name and no secret.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::{Draft, InvalidTemplateName, Template, check_template_name};
use crate::fs_private::PrivateFileError;
use crate::i18n::tr;
use crate::text::suggest::{hint, nearest};

const VERSION: u32 = 1;

/// The reason why a template is not read, written or removed. Its text is a part of a sentence.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    #[error(transparent)]
    Name(#[from] InvalidTemplateName),
    #[error("{}", tr!("there is no place for templates: set HOME"))]
    NoPlace,
    #[error("{}", unknown(name, near.as_deref(), known))]
    Unknown {
        name: String,
        near: Option<String>,
        /// The names of the existing templates.
        known: Vec<String>,
    },
    #[error(transparent)]
    File(#[from] PrivateFileError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("{}", tr!("The template {shown} is not read: its name is none", shown))]
    FileName { shown: String },
    #[error("{}", tr!("The template {shown} is not read: {error}", shown, error))]
    Unread { shown: String, error: PrivateFileError },
    #[error("{}", tr!(
        "The template {shown} is of version {version}: this program knows version {known}",
        shown,
        version,
        known = VERSION
    ))]
    Version { shown: String, version: u32 },
    #[error("{}", tr!("The template {shown} is damaged at line {line}, column {column}", shown, line, column))]
    Damaged { shown: String, line: usize, column: usize },
}

fn unknown(name: &str, near: Option<&str>, known: &[String]) -> String {
    let hint = hint(near);
    if known.is_empty() {
        return tr!("there is no template {name}{hint}; there are none yet: F2 in the form keeps one", name, hint);
    }
    tr!("there is no template {name}{hint}; there are: {known}", name, hint, known = known.join(", "))
}

/// The templates of one folder, or of none if there is no home.
#[derive(Debug, Clone)]
pub struct TemplateStore {
    folder: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateFile {
    version: u32,
    draft: Draft,
}

impl TemplateStore {
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    fn file(&self, name: &str) -> Result<PathBuf, TemplateError> {
        check_template_name(name)?;
        let folder = self.folder.as_ref().ok_or(TemplateError::NoPlace)?;
        Ok(folder.join(format!("{name}.json")))
    }

    /// Returns all templates, sorted by name, and a sentence for each problem with the others. Templates are few and
    /// written with care, so a damaged file stays in place.
    pub fn list(&self) -> (Vec<Template>, Vec<String>) {
        let Some(folder) = &self.folder else { return (Vec::new(), Vec::new()) };
        let files = match crate::fs_private::json_files(folder) {
            Ok(files) => files,
            Err(error) => return (Vec::new(), vec![tr!("The templates cannot be read: {error}.", error)]),
        };
        let (mut found, mut notices) = (Vec::new(), Vec::new());
        for path in files {
            match read(&path) {
                Ok(Some(template)) => found.push(template),
                Ok(None) => {}
                Err(why) => notices.push(format!("{}.", why.to_string().trim_end_matches('.'))),
            }
        }
        (found, notices)
    }

    /// Returns the template of this name. If there is none, the error lists the existing names and the nearest one.
    pub fn load(&self, name: &str) -> Result<Template, TemplateError> {
        let found = read(&self.file(name)?)?;
        found.ok_or_else(|| {
            let known: Vec<String> = self.list().0.into_iter().map(|template| template.name).collect();
            let near = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
            TemplateError::Unknown { name: name.to_owned(), near, known }
        })
    }

    /// Writes a template without its server name; replaces an existing one of the same name.
    pub fn save(&self, template: &Template) -> Result<(), TemplateError> {
        let path = self.file(&template.name)?;
        // A link, or a file that others can write, is not replaced behind anybody's back.
        crate::fs_private::read_private(&path)?;
        let draft = Draft { server_name: String::new(), ..template.draft.clone() };
        let bytes = serde_json::to_vec_pretty(&TemplateFile { version: VERSION, draft })?;
        Ok(crate::fs_private::write_private(&path, &bytes)?)
    }

    pub fn remove(&self, name: &str) -> Result<(), TemplateError> {
        Ok(crate::fs_private::remove_private(&self.file(name)?)?)
    }
}

/// Reads a file; `None` if there is none.
fn read(path: &Path) -> Result<Option<Template>, TemplateError> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let shown = crate::app::brief(&name, 40);
    if check_template_name(&name).is_err() {
        return Err(TemplateError::FileName { shown });
    }
    let bytes = match crate::fs_private::read_private(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(None),
        Err(error) => return Err(TemplateError::Unread { shown, error }),
    };
    match serde_json::from_slice::<TemplateFile>(&bytes) {
        Ok(TemplateFile { version: VERSION, draft }) => Ok(Some(Template { name, draft })),
        Ok(TemplateFile { version, .. }) => Err(TemplateError::Version { shown, version }),
        Err(error) => Err(TemplateError::Damaged { shown, line: error.line(), column: error.column() }),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn template(name: &str, count: &str) -> Template {
        Template { name: name.into(), draft: Draft { count: count.into(), ..Draft::default() } }
    }

    #[test]
    fn a_stored_template_is_read() {
        let home = tempfile::tempdir().unwrap();
        let sample = include_bytes!("../../../tests/formats/template-v1.json");
        crate::fs_private::write_private(&home.path().join("farm.json"), sample).unwrap();
        let (found, notices) = TemplateStore::new(Some(home.path().into())).list();
        assert_eq!((found[0].name.as_str(), found[0].draft.count.as_str(), notices), ("farm", "3", vec![]));
    }

    #[test]
    fn a_template_comes_back_without_its_server_name_and_for_its_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let templates = TemplateStore::new(Some(home.path().join("templates")));
        assert_eq!(templates.list(), (vec![], vec![]));
        let mut with_a_server = template("farm", "3");
        with_a_server.draft.server_name = "web-01".into();
        templates.save(&with_a_server).unwrap();
        assert_eq!(templates.load("farm").unwrap(), template("farm", "3"));
        let path = home.path().join("templates/farm.json");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        templates.save(&template("farm", "4")).unwrap();
        templates.save(&template("edge", "1")).unwrap();
        let names = |templates: &TemplateStore| -> Vec<String> {
            templates
                .list()
                .0
                .into_iter()
                .map(|template| format!("{} {}", template.name, template.draft.count))
                .collect()
        };
        assert_eq!(names(&templates), ["edge 1", "farm 4"]);
        templates.remove("edge").unwrap();
        assert_eq!(names(&templates), ["farm 4"]);
    }

    #[test]
    fn a_name_that_is_none_says_which_was_meant() {
        let home = tempfile::tempdir().unwrap();
        let templates = TemplateStore::new(Some(home.path().to_owned()));
        assert!(templates.load("farm").unwrap_err().to_string().contains("none yet"));
        templates.save(&template("farm", "3")).unwrap();
        assert_eq!(
            templates.load("fram").unwrap_err().to_string(),
            "there is no template fram (did you mean farm?); there are: farm"
        );
        for bad in ["", "../farm", "a/b", ".farm", "a\u{1b}b"] {
            assert!(templates.load(bad).unwrap_err().to_string().starts_with("the name of a template has"), "{bad}");
            assert!(templates.save(&template(bad, "1")).is_err() && templates.remove(bad).is_err(), "{bad}");
        }
        assert!(TemplateStore::new(None).save(&template("farm", "1")).unwrap_err().to_string().contains("HOME"));
    }

    #[test]
    fn what_cannot_be_read_is_said_and_stays_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let templates = TemplateStore::new(Some(home.path().to_owned()));
        templates.save(&template("good", "3")).unwrap();
        crate::fs_private::write_private(&home.path().join("bad.json"), b"{\"version\":1,").unwrap();
        crate::fs_private::write_private(&home.path().join("newer.json"), b"{\"version\":2,\"draft\":{}}").unwrap();
        symlink(home.path().join("good.json"), home.path().join("link.json")).unwrap();
        let (found, notices) = templates.list();
        assert_eq!(found.len(), 1);
        let said = notices.join("\n");
        assert!(said.contains("The template bad is damaged at line 1") && said.contains("is a link"), "{said}");
        assert!(templates.load("newer").is_err());
        assert!(templates.save(&template("link", "1")).unwrap_err().to_string().contains("is a link"));
        assert_eq!(templates.load("good").unwrap().draft.count, "3");
    }
}
