//! Formats paths for display, and quoted for a shell.

use std::path::Path;

use super::sanitize;

/// Returns a path for display, with hidden characters written out.
pub fn shown(path: &Path) -> String {
    sanitize::visible(&path.to_string_lossy()).into_owned()
}

/// Returns a path to be pasted into a shell: quoted if necessary, with hidden characters written out.
pub fn quoted(path: &Path) -> String {
    let path = shown(path);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@%".contains(c);
    if !path.is_empty() && path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_can_be_pasted() {
        assert_eq!(quoted(Path::new("/home/us/.config/a-b.toml")), "/home/us/.config/a-b.toml");
        assert_eq!(quoted(Path::new("/a b/$c")), "'/a b/$c'");
        assert_eq!(quoted(Path::new("/a'b")), r"'/a'\''b'");
        assert_eq!(shown(Path::new("/a\u{1b}b")), "/a<U+001B>b");
    }
}
