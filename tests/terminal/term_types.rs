//! Terminals of every kind, as `TERM` names them: the form works on each, sends nothing that one would print as
//! garbage, and leaves each as it was.

use crate::form_steps::{await_flavors, place, to_review};
use crate::harness::{Terminal, ctrl};
use crate::launch::{Opened, Start};

/// Modes that only some terminals have: second screen, marks around pastes, mouse, brackets around frames.
const MODES: [&str; 5] = ["?1049", "?2004", "?1000", "?1006", "?2026"];

fn written(wizard: &Terminal) -> String {
    String::from_utf8_lossy(&wizard.seen().bytes).into_owned()
}

/// What begins with ESC and is no `ESC [ parameters letter`.
fn odd_sequences(text: &str) -> Vec<String> {
    let is_plain = |part: &&str| {
        let last = part
            .strip_prefix('[')
            .and_then(|rest| rest.trim_start_matches(|c: char| "0123456789;?".contains(c)).chars().next());
        last.is_some_and(|last| last.is_ascii_alphabetic())
    };
    text.split('\x1b').skip(1).filter(|part| !is_plain(part)).map(|part| part.chars().take(8).collect()).collect()
}

/// Draws, orders, copies, and leaves.
fn use_it(term: &str) -> (Opened, String) {
    let mut wizard = Start::demo().env("TERM", term).open();
    await_flavors(&wizard);
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    wizard.until("the result", |text| text.contains("ACCEPTED") && text.contains("Ctrl-Y"));
    wizard.send(ctrl('y'));
    wizard.until("the copy", |text| text.contains("clipboard"));
    let text = wizard.text();
    wizard.send(ctrl('c'));
    wizard.until("the receipt", |text| text.contains("SHA-256"));
    (wizard, text)
}

#[test]
fn terminals_of_old_get_cursor_movements_and_looks_only() {
    for term in ["linux", "vt100", "", "unknown"] {
        let (wizard, text) = use_it(term);
        assert!(text.contains("Not copied"), "{term}: {text}");
        let all = written(&wizard);
        assert_eq!(MODES.iter().find(|mode| all.contains(**mode)), None, "{term}");
        assert_eq!(odd_sequences(&all), Vec::<String>::new(), "{term}");
        // There is one screen only: the form is wiped off it.
        let left = wizard.text();
        assert!(!left.contains("Ctrl-C") && left.starts_with("SIMULATOR  ACCEPTED"), "{term}: {left}");
        assert_eq!(wizard.ended().code, 0, "{term}");
    }
}

#[test]
fn terminals_of_today_get_their_modes_and_have_them_taken_back() {
    for term in ["xterm", "xterm-256color", "tmux-256color", "screen", "nobody-knows-this-one"] {
        let (wizard, text) = use_it(term);
        assert!(text.contains("sent to your terminal"), "{term}: {text}");
        let all = written(&wizard);
        for mode in &MODES[..4] {
            let (on, off) = (all.matches(&format!("{mode}h")).count(), all.matches(&format!("{mode}l")).count());
            assert!(on == 1 && off == 1, "{term}: {mode} {on} times on and {off} times off");
        }
        assert!(!all.contains("?2026"), "{term}");
        assert_eq!(wizard.ended().code, 0, "{term}");
    }
}

#[test]
fn frames_are_bracketed_where_the_terminal_is_known_for_it() {
    let (wizard, _) = use_it("alacritty");
    let all = written(&wizard);
    let (on, off) = (all.matches("\x1b[?2026h").count(), all.matches("\x1b[?2026l").count());
    assert!(on == off && on > 10, "{on} and {off}");
    assert_eq!(wizard.ended().code, 0);
}
