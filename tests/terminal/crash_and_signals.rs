//! Ends that nobody planned: panics, signals, suspension. The terminal is given back, and an order on its way is
//! seen through.

use rustix::process::{Pid, Signal, kill_process};

use crate::form_steps::{ARMED, await_flavors, focused, go_to, place, to_review, to_server_name, type_name};
use crate::harness::{ENTER, ctrl};
use crate::launch::{Opened, Start, binary};
use crate::simulator_process::Cloud;

const BREAK_DOWN: &str = "CPH_WIZARD_TEST_BREAK_DOWN";

#[test]
fn a_panic_gives_the_terminal_back_and_is_reported() {
    let mut wizard = Start::demo().env(BREAK_DOWN, "boom").open();
    to_server_name(&mut wizard);
    wizard.send("boom");
    let ended = wizard.ended();
    assert_eq!(ended.code, 1, "{}", ended.words);
    assert!(ended.words.contains("panicked") && ended.words.contains("broke down"), "{}", ended.words);
}

#[test]
fn an_order_is_seen_through_although_the_interface_panicked() {
    let cloud = Cloud::start("slow");
    let mut wizard = Start::at(&cloud).env(BREAK_DOWN, "waiting").open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    let ended = wizard.ended();
    assert_eq!(ended.code, 1, "{}", ended.words);
    assert!(ended.words.contains("panicked") && ended.words.contains("ACCEPTED"), "{}", ended.words);
    let wire = cloud.wire();
    wire.counts(1, 1);
}

/// A form with a name in it.
fn form() -> Opened {
    let mut wizard = Start::demo().open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    wizard
}

fn a_signal_ends_the_form(signal: Signal) {
    let wizard = form();
    wizard.signal(signal);
    let ended = wizard.ended();
    assert_eq!(ended.code, 130, "{}", ended.words);
    assert!(ended.words.contains("draft is kept"), "{}", ended.words);
}

#[test]
fn sigterm_ends_the_form_and_keeps_the_draft() {
    a_signal_ends_the_form(Signal::TERM);
}

#[test]
fn sighup_ends_the_form_and_keeps_the_draft() {
    a_signal_ends_the_form(Signal::HUP);
}

#[test]
fn sigint_ends_the_form_and_keeps_the_draft() {
    a_signal_ends_the_form(Signal::INT);
}

#[test]
fn sigquit_ends_the_form_and_keeps_the_draft() {
    a_signal_ends_the_form(Signal::QUIT);
}

fn a_signal_awaits_the_answer(signal: Signal) {
    let cloud = Cloud::start("slow");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    wizard.until("the waiting page", |text| !text.contains(ARMED) && text.contains("exactly once"));
    wizard.signal(signal);
    let ended = wizard.ended();
    assert_eq!(ended.code, 0, "{}", ended.words);
    assert!(ended.words.contains("ACCEPTED") && ended.words.contains("Order id"), "{}", ended.words);
    cloud.wire().counts(1, 1);
}

#[test]
fn sigterm_during_a_submission_awaits_the_answer() {
    a_signal_awaits_the_answer(Signal::TERM);
}

#[test]
fn sighup_during_a_submission_awaits_the_answer() {
    a_signal_awaits_the_answer(Signal::HUP);
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    let mut shell = Start::with(&[]).open_shell();
    shell.shows("ready> ");
    shell.send(format!("{} --demo --state-dir state{ENTER}", binary()));
    await_flavors(&shell);
    go_to(&mut shell, "Servers");
    type_name(&mut shell, "alpha");
    for name in ["alpha1", "alpha12"] {
        shell.send(ctrl('z'));
        shell.see("the shell", |seen| seen.is_restored() && seen.text().contains("Stopped"));
        shell.send(format!("stty -a; echo as-{name}{ENTER}"));
        shell.until("a line discipline as before", |text| {
            let is_said = text.lines().any(|line| line == format!("as-{name}"));
            is_said && text.contains(" icanon") && text.contains(" echo ")
        });
        shell.send(format!("clear; fg{ENTER}"));
        shell.see("the form", |seen| {
            let text = seen.text();
            let has_name = focused(&text, "Server name").is_some_and(|value| value.starts_with("[alpha"));
            seen.screen().alternate_screen() && seen.screen().bracketed_paste() && has_name
        });
        // It listens again.
        shell.send(&name[name.len() - 1..]);
        shell.until("one character more", |text| {
            focused(text, "Server name").is_some_and(|value| value.starts_with(&format!("[{name} ")))
        });
    }
    shell.send(ctrl('c'));
    // Only the prompt says that the program is gone and takes no more of what is typed.
    shell.see("the shell", |seen| {
        let text = seen.text();
        let prompt = text.split("draft is kept").nth(1).is_some_and(|after| after.contains("ready>"));
        seen.is_restored() && prompt
    });
    shell.send(format!("echo code=$?{ENTER}"));
    shell.shows("code=130");
    shell.send(format!("exit{ENTER}"));
    shell.ended();
}

/// The form in a shell, and the number of its process.
fn form_in_a_shell() -> (Opened, Pid) {
    let mut shell = Start::with(&[]).open_shell();
    shell.shows("ready> ");
    shell.send(format!("{} --demo --state-dir state{ENTER}", binary()));
    await_flavors(&shell);
    let children = format!("/proc/{0}/task/{0}/children", shell.pid());
    let children = std::fs::read_to_string(children).expect("the children of the shell");
    let pid = children.split_whitespace().last().and_then(|pid| Pid::from_raw(pid.parse().ok()?));
    (shell, pid.expect("the form"))
}

#[test]
fn sigtstp_from_elsewhere_gives_the_terminal_to_the_shell_and_sigcont_paints_again() {
    let (mut shell, form) = form_in_a_shell();
    go_to(&mut shell, "Servers");
    type_name(&mut shell, "alpha");
    kill_process(form, Signal::TSTP).expect("the form runs");
    shell.see("the shell", |seen| {
        seen.is_restored() && seen.text().contains("Stopped") && seen.text().trim_end().ends_with("ready>")
    });
    shell.send(format!("stty -a; echo as-before{ENTER}"));
    shell.until("a line discipline as before", |text| {
        text.contains(" icanon") && text.contains(" echo ") && text.lines().any(|line| line == "as-before")
    });
    shell.send(format!("clear; fg{ENTER}"));
    shell.see("the form", |seen| seen.screen().alternate_screen() && seen.screen().bracketed_paste());
    type_name(&mut shell, "alpha");
    shell.send(ctrl('c'));
    shell.see("the shell", |seen| seen.is_restored() && seen.text().contains("draft is kept"));
    shell.send(format!("echo code=$?; exit{ENTER}"));
    shell.shows("code=130");
    shell.ended();
}

#[test]
fn where_no_shell_would_continue_it_the_program_does_not_stop() {
    let mut wizard = form();
    wizard.send(ctrl('z'));
    wizard.signal(Signal::TSTP);
    wizard.send("x");
    wizard.until("one character more", |text| {
        focused(text, "Server name").is_some_and(|value| value.starts_with("[alphax "))
    });
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn a_closed_standard_error_changes_nothing() {
    let mut shell = Start::with(&[]).open_shell();
    shell.shows("ready> ");
    shell.send(format!("clear; exec {} --demo --state-dir state 2>&-{ENTER}", binary()));
    await_flavors(&shell);
    shell.send(ctrl('c'));
    assert_eq!(shell.ended().code, 130);
}
