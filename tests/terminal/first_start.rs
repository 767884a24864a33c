//! The very first start, keys of one's own, and the byte that undoes.

use crate::form_steps::{await_flavors, await_focus};
use crate::harness::ctrl;
use crate::launch::{Start, new_home};

/// What the tests set so that the form is there at once; empty it is set all the same.
const QUIET: &str = "CPH_WIZARD_NO_INTRO";

#[test]
fn the_introduction_is_shown_once_and_its_first_key_works() {
    let home = new_home();
    let mut wizard = Start::demo().home(&home).without(QUIET).open();
    wizard.shows("Welcome to cph-wizard");
    wizard.shows("Nothing is bought before");
    await_flavors_behind(&wizard);
    wizard.send("\t");
    await_focus(&wizard, "Phone flavor");
    wizard.until("no introduction", |text| !text.contains("Welcome to cph-wizard"));
    wizard.send(ctrl('c'));
    wizard.ended();
    let mut wizard = Start::demo().home(&home).without(QUIET).open();
    await_flavors(&wizard);
    assert!(!wizard.text().contains("Welcome to cph-wizard"));
    wizard.send(ctrl('c'));
    wizard.ended();
}

/// The form stands behind the introduction.
fn await_flavors_behind(terminal: &crate::launch::Opened) {
    terminal.shows("Server flavor");
}

#[test]
fn undo_comes_as_a_byte_or_as_a_key_of_the_settings() {
    let home = new_home();
    let folder = home.path().join("xdg-config/cph-wizard");
    std::fs::create_dir_all(&folder).expect("a file of the test");
    let settings = folder.join("config.toml");
    std::fs::write(&settings, "[keys]\nundo = [\"F12\", \"Ctrl-_\"]\n").expect("a file of the test");
    private(&settings);
    let mut wizard = Start::demo().home(&home).open();
    await_flavors(&wizard);
    wizard.send("\x0e\x0e");
    await_focus(&wizard, "Server name");
    wizard.send("web-01");
    wizard.shows("6/60");
    wizard.send("\x1f");
    wizard.shows("0/60");
    wizard.send("farm");
    wizard.shows("4/60");
    wizard.send("\x1b[24~");
    wizard.shows("0/60");
    wizard.send(ctrl('c'));
    wizard.ended();
}

#[test]
fn keys_that_clash_are_named_with_their_place_and_the_usual_ones_work() {
    let home = new_home();
    let folder = home.path().join("xdg-config/cph-wizard");
    std::fs::create_dir_all(&folder).expect("a file of the test");
    let settings = folder.join("config.toml");
    std::fs::write(&settings, "[keys]\nundo = \"F4\"\n").expect("a file of the test");
    private(&settings);
    let mut wizard = Start::demo().home(&home).open();
    // It stands on the normal screen too, where it is still to be read after leaving.
    wizard.see("the sentence", |seen| {
        let all = String::from_utf8_lossy(&seen.bytes).into_owned();
        all.contains("line 2, column 1: undo and redo are both F4")
    });
    await_flavors(&wizard);
    wizard.send(ctrl('c'));
    wizard.ended();
}

fn private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("a file of the test");
    let folder = path.parent().expect("a file of the test");
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).expect("a file of the test");
}
