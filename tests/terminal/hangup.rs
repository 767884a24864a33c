//! The terminal goes away, as it does when a connection drops: reading and writing fail from then on. Nobody is there
//! to be told, so the exit code tells it to whoever started the program.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::form_steps::{ARMED, await_flavors, place, to_review, to_server_name, type_name};
use crate::harness::ctrl;
use crate::launch::{Home, Opened, Start, binary, new_home};
use crate::simulator_process::Cloud;

/// Whether the program gets SIGHUP, or has to notice by itself that its terminal is gone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    BySignal,
    Nothing,
}

/// The program in a terminal that goes away when it is killed. The exit code of the program is told over a socket.
fn in_a_fragile_terminal(start: Start, arguments: &str, home: &Home, told: Told) -> (Opened, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut said = String::new();
        let told = listener.accept().and_then(|(mut stream, _)| stream.read_to_string(&mut said));
        // A test that has failed already listens no more.
        let _ = told.map(|_| sender.send(said.trim().to_owned()));
    });
    let program = format!("{} {arguments} --state-dir state", binary());
    // The script itself stays until the program has ended, and a program that spins for ever does end.
    let text = format!("trap : HUP\nulimit -t 15\n{program}\necho $? > /dev/tcp/127.0.0.1/{port}\n");
    let terminal = start.home(home).open_fragile(&text, told == Told::BySignal);
    await_flavors(&terminal);
    (terminal, receiver)
}

fn exit_code(told: &Receiver<String>) -> String {
    told.recv_timeout(Duration::from_secs(20)).expect("the program ends")
}

fn a_form_ends_and_keeps_its_draft(told: Told) {
    let home = new_home();
    let (mut terminal, code) = in_a_fragile_terminal(Start::with(&[]), "--demo", &home, told);
    to_server_name(&mut terminal);
    type_name(&mut terminal, "alpha");
    terminal.signal(Signal::KILL);
    assert_eq!(exit_code(&code), "130");
    let mut wizard = Start::demo().home(&home).open();
    wizard.until("the draft", |text| text.contains("alpha"));
    wizard.send(ctrl('c'));
    wizard.ended();
}

#[test]
fn a_form_that_is_told_that_its_terminal_is_gone_ends_and_keeps_its_draft() {
    a_form_ends_and_keeps_its_draft(Told::BySignal);
}

#[test]
fn a_form_notices_by_itself_that_its_terminal_is_gone() {
    a_form_ends_and_keeps_its_draft(Told::Nothing);
}

fn an_order_is_seen_through(told: Told) {
    let cloud = Cloud::start("slow");
    let (mut terminal, code) = in_a_fragile_terminal(Start::at(&cloud), "", &new_home(), told);
    to_review(&mut terminal, "alpha");
    place(&mut terminal);
    terminal.until("the waiting page", |text| !text.contains(ARMED));
    terminal.signal(Signal::KILL);
    assert_eq!(exit_code(&code), "0");
    cloud.wire().counts(1, 1);
}

#[test]
fn an_order_is_seen_through_although_its_terminal_is_gone() {
    an_order_is_seen_through(Told::BySignal);
}

#[test]
fn an_order_is_seen_through_although_nobody_told_that_its_terminal_is_gone() {
    an_order_is_seen_through(Told::Nothing);
}

#[test]
fn a_screen_that_is_painted_again_during_a_submission_loses_no_order() {
    let cloud = Cloud::start("slow");
    let mut wizard = Start::at(&cloud).open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    wizard.until("the waiting page", |text| !text.contains(ARMED));
    wizard.send(ctrl('l'));
    wizard.shows("ACCEPTED");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
    cloud.wire().counts(1, 1);
}
