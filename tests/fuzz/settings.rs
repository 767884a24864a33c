//! The settings file.

use std::fs;
use std::path::Path;

use cph_wizard::app::{Action, Context, Key, KeyChange, KeyCode, Keymap};
use cph_wizard::config::{KeyEntry, Settings, SettingsError};
use cph_wizard::fs_private::write_private;
use tempfile::TempDir;

use crate::generators::{Generator, assert_can_be_shown};
use crate::runner::run_cases;

const WORDS: [&str; 32] = [
    "profile = \"a\"\n",
    "[profiles.a]\n",
    "[profiles.a.defaults]\n",
    "profiles = { a = { region = \"x\" } }\n",
    "region = \"cn-north-4\"\n",
    "proxy = \"http://canary:canary@p:1\"\n",
    "test_endpoint = true\n",
    "band_width.band_width_size = 5\n",
    "canary",
    "\u{202e}",
    "version = 1\n",
    "version = 2\n",
    "version = -1\n",
    "mouse = false\n",
    "color = true\n",
    "color = ",
    "=",
    "[",
    "]",
    "[[a]]\n",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "'''",
    "\\U00110000",
    "# \n",
    "0x",
    "1979-05-27T07:32:00Z",
    "nan",
    "a.b.c",
    "\u{feff}",
];

/// A directory in memory where there is one.
pub fn directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Whatever keys are asked for: the confirmation keeps its own, and a fault can be shown.
fn try_keys(settings: &Settings) {
    let change = |entry: &KeyEntry| KeyChange { action: entry.action.clone(), keys: entry.keys.clone() };
    let changes: Vec<KeyChange> = settings.keys.iter().map(change).collect();
    match Keymap::with(&changes) {
        Ok(map) => {
            assert_eq!(map.lookup(Context::Confirm, Key::ctrl('o')), Some(Action::PlaceOrder));
            assert_ne!(map.lookup(Context::Confirm, Key::plain(KeyCode::Enter)), Some(Action::PlaceOrder));
            assert_eq!(map.lookup(Context::ConfirmWord, Key::ctrl('c')), Some(Action::Quit));
        }
        Err(fault) => {
            assert!(fault.change < changes.len());
            assert_can_be_shown(&fault.why);
        }
    }
}

#[test]
fn no_settings_file_breaks_the_start() {
    let valid = [
        "version = 1\nmouse = true\ncolor = false\n",
        "mouse = false\n",
        "# ours\ncolor = true # or not\n",
        "profile = \"a\"\n[profiles.a]\nregion = \"cn-north-4\"\n[profiles.a.defaults]\ncount = 2\n",
        "[keys]\nundo = \"F12\"\nnext-step = [\"Ctrl-N\", \"Alt-N\"]\n",
        "[keys]\nredo = \"PgUp\"\nmouse = \"Ctrl-_\"\ngoto = [\"Space\", \"F1\"]\n",
    ];
    let inputs = Generator::new(valid.iter().map(|text| text.as_bytes().to_vec()).collect(), &WORDS);
    let home = directory();
    let path = home.path().join("config.toml");
    write_private(&path, b"").unwrap();
    let mut read = 0_u32;
    run_cases(
        "settings files",
        40_000,
        |rng| inputs.make(rng),
        |bytes, _| {
            fs::write(&path, bytes).unwrap();
            match Settings::load(Some(&path)) {
                Ok(settings) => {
                    try_keys(&settings);
                    read += 1;
                }
                Err(error @ (SettingsError::Broken { .. } | SettingsError::Version { .. })) => {
                    let said = error.to_string();
                    assert!(!said.contains('\n') && !said.contains('\u{202e}'), "{said}");
                }
                Err(error) => panic!("{error}"),
            }
            assert_eq!(fs::read(&path).unwrap(), bytes, "reading changes nothing");
        },
    );
    assert_ne!(read, 0, "none of them was read");
}
