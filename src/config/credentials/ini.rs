//! Parses INI files as Python's `configparser` does, because the vendor's SDK uses that: keys are case-insensitive and
//! sections are not, the separator is `=` or `:`, comments have lines of their own, more deeply indented lines continue
//! a value, nothing may occur twice, and `[DEFAULT]` supplies what a section lacks. A `%` has no special meaning.
//! Values are overwritten when they are dropped.

use secrecy::zeroize::Zeroizing;

use super::fault::{CredentialFault, IniFault};
use super::normalize::Text;

/// A parsed INI file.
pub(super) struct Ini {
    sections: Vec<String>,
    entries: Vec<IniEntry>,
}

struct IniEntry {
    section: usize,
    key: String,
    value: Text,
}

const DEFAULT: &str = "DEFAULT";

impl Ini {
    /// Parses a text. The error holds nothing of it but a line number.
    pub(super) fn read(text: &str) -> Result<Self, CredentialFault> {
        let mut ini = Self { sections: Vec::new(), entries: Vec::new() };
        // The section, the indentation of its last key, and whether a deeper line continues that one.
        let mut section = None;
        let mut indent = 0;
        let mut is_open = false;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, raw) in (1..).zip(text.lines()) {
            let wrong = |fault| CredentialFault::Ini { line: number, fault };
            let line = raw.trim();
            if line.is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            let deep = raw.len() - raw.trim_start().len();
            if let (true, Some(last)) = (is_open && deep > indent, ini.entries.last_mut()) {
                last.value.push('\n');
                last.value.push_str(line);
                continue;
            }
            indent = deep;
            if let Some(name) = line.strip_prefix('[').and_then(|rest| Some(&rest[..rest.rfind(']')?])) {
                section = Some(ini.open(name).ok_or_else(|| wrong(IniFault::SectionTwice))?);
                is_open = false;
                continue;
            }
            let Some(section) = section else {
                return Err(wrong(IniFault::NoSection));
            };
            let (key, value) = line.split_once(['=', ':']).ok_or_else(|| wrong(IniFault::NoEquals))?;
            let key = key.trim().to_lowercase();
            if key.is_empty() {
                return Err(wrong(IniFault::NoKey));
            }
            if ini.entries.iter().any(|entry| entry.section == section && entry.key == key) {
                return Err(wrong(IniFault::KeyTwice));
            }
            ini.entries.push(IniEntry { section, key, value: Zeroizing::new(value.trim().to_owned()) });
            is_open = true;
        }
        Ok(ini)
    }

    /// Adds a section and returns its index; `None` if there is one of this name already. Only `[DEFAULT]` may occur
    /// again.
    fn open(&mut self, name: &str) -> Option<usize> {
        match self.sections.iter().position(|known| known == name) {
            Some(at) if name == DEFAULT => Some(at),
            Some(_) => None,
            None => {
                self.sections.push(name.to_owned());
                Some(self.sections.len() - 1)
            }
        }
    }

    /// Returns the value of a key in a section, or else in `[DEFAULT]`; `None` if there is no such value or no such
    /// section.
    pub(super) fn get(&self, section: &str, key: &str) -> Option<&str> {
        let value = |section: &str| {
            let section = self.sections.iter().position(|known| known == section)?;
            let mut entries = self.entries.iter();
            entries.find(|entry| entry.section == section && entry.key == key).map(|entry| entry.value.as_str())
        };
        self.sections.iter().find(|known| *known == section)?;
        value(section).or_else(|| value(DEFAULT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_python_does() {
        let text = "\u{feff}# a\n; b\n[DEFAULT]\niam_endpoint = https://i.example\n[basic]\r\n  AK = FAKE # not a comment\n\
                    \n\tsk: a=b:c\n     # a comment inside\n      more\nproject_id=\n[Basic]\nak = other\n[DEFAULT]\nx=1\n";
        let ini = Ini::read(text).unwrap();
        assert_eq!(ini.get("basic", "ak"), Some("FAKE # not a comment"));
        assert_eq!(ini.get("basic", "sk"), Some("a=b:c\nmore"));
        assert_eq!(ini.get("basic", "project_id"), Some(""));
        assert_eq!(ini.get("Basic", "ak"), Some("other"));
        assert_eq!(ini.get("basic", "iam_endpoint"), Some("https://i.example"));
        assert_eq!(ini.get("basic", "x"), Some("1"));
        assert_eq!(ini.get("global", "iam_endpoint"), None, "a section that is not there has no defaults");
        assert_eq!(ini.get("basic", "domain_id"), None);
    }

    #[test]
    fn what_python_refuses_is_refused_with_its_line() {
        for (text, expected) in [
            ("\nak = canary", "line 2: there is no section yet; the first line is [basic]"),
            ("[basic]\ncanary", "line 2: there is no = in it"),
            ("[basic]\n= canary", "line 2: there is nothing before the ="),
            ("[basic]\nak = 1\nAK = canary", "line 3: this key is there twice in its section"),
            ("[basic]\n[a]\n[basic]", "line 3: this section is there twice"),
            ("[canary", "line 1: there is no section yet; the first line is [basic]"),
        ] {
            assert_eq!(Ini::read(text).err().unwrap().to_string(), expected);
        }
    }
}
