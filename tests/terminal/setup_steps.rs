//! Ways through the questions that come before the form, and the files that answer them.

use std::fs::{Permissions, create_dir_all, set_permissions, write};
use std::os::unix::fs::PermissionsExt as _;

use crate::harness::{ENTER, Terminal, ctrl};
use crate::launch::Home;

/// The words of the screen, wherever lines break.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number of the line that begins with a mark and holds the words.
pub fn row(text: &str, mark: &str, words: &str) -> Option<usize> {
    let fits = |line: &str| line.trim_start().strip_prefix(mark).is_some_and(|rest| rest.contains(words));
    text.lines().position(fits)
}

/// Goes to a row of the list and takes it.
pub fn choose(terminal: &mut Terminal, words: &str) {
    // The line of keys is painted last; the list grows when the search has ended.
    terminal.until(&format!("the row {words}"), |text| {
        text.contains(words) && text.contains("Enter take it") && !text.contains("Looking for credentials")
    });
    let text = terminal.text();
    let from = row(&text, "> ", "").expect("a cursor");
    let down = text.lines().skip(from).position(|line| line.contains(words)).expect("the row, at or below the cursor");
    terminal.send("\x1b[B".repeat(down));
    terminal.until(&format!("the cursor on {words}"), |text| row(text, "> ", words).is_some());
    terminal.send(ENTER);
}

/// Paints the whole screen again, so that whatever is on it stands in one piece in what the terminal got.
pub fn paint_again(terminal: &mut Terminal) {
    let before = terminal.seen().bytes.len();
    terminal.send(ctrl('l'));
    terminal.see("the screen again", |seen| String::from_utf8_lossy(&seen.bytes[before..]).contains("Ctrl-C"));
}

/// The line that is being typed, which bears this label.
pub fn await_line(terminal: &Terminal, label: &str) {
    terminal.until(&format!("the line {label}"), |text| row(text, "> ", label).is_some());
}

pub fn type_lines(terminal: &mut Terminal, lines: &[&str]) {
    for line in lines {
        terminal.send(line);
        terminal.send(ENTER);
    }
}

/// Answers the question for the region.
pub fn take_region(terminal: &mut Terminal) {
    terminal.shows("In which region?");
    terminal.send("cn-north-4");
    terminal.until("one region", |text| row(text, "> ", "cn-north-4").is_some());
    terminal.send(ENTER);
}

/// From the question for the project to the form, with the profile's name as it is proposed or another.
pub fn through_project(terminal: &mut Terminal, project: &str, name: Option<&str>) {
    terminal.shows("In which project?");
    choose(terminal, project);
    await_line(terminal, "Profile");
    if let Some(name) = name {
        terminal.send(ctrl('u'));
        terminal.send(name);
    }
    terminal.send(ENTER);
}

/// A file that its owner alone may read, under a home.
pub fn put(home: &Home, path: &str, text: &str) {
    let path = home.path().join(path);
    create_dir_all(path.parent().expect("a folder")).expect("a folder");
    write(&path, text).expect("a file");
    set_permissions(&path, Permissions::from_mode(0o600)).expect("its mode");
}

pub const SETTINGS: &str = "xdg-config/cph-wizard/config.toml";

/// The file of the `KooCLI` with one profile.
pub fn koocli(access_key: &str, secret_key: &str) -> String {
    format!(
        r#"{{"current":"default","profiles":[{{"name":"default","mode":"AKSK","accessKeyId":"{access_key}",
        "secretAccessKey":"{secret_key}","region":"cn-north-4"}}]}}"#
    )
}
