//! The files of snapshots that a suite has, held against those that it makes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Asserts that the files of a folder are those of the names, each as `module__name.snap`: none is left over from
/// a page that is shown no more, and none is missing.
pub fn assert_no_stale<T: AsRef<str>>(folder: &str, module: &str, names: &[T]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files: Vec<String> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let of_module = |file: &str| Some(file.strip_suffix(".snap")?.strip_prefix(module)?.strip_prefix("__")?.to_owned());
    let there: BTreeSet<String> = files.iter().filter_map(|file| of_module(file)).collect();
    let made: BTreeSet<String> = names.iter().map(|name| name.as_ref().to_owned()).collect();
    assert_eq!(there, made, "left are the files that are there, right those that the suite makes");
}
