//! Inside tmux and GNU screen: the form draws and works, goes on while nobody is attached, fits itself to the terminal
//! that is attached next, and its copies reach the terminal outside. Both are programs of the system; where one is
//! missing its test says so and ends, unless `CPH_WIZARD_MULTIPLEXERS` is `required`, as in CI.

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use portable_pty::CommandBuilder;

use crate::form_steps::{await_flavors, await_focus, focused, ids_on, place, to_review, to_server_name, type_name};
use crate::harness::{Seen, Terminal, ctrl};
use crate::launch::{Home, Opened, Start, binary, new_home};
use crate::rendering::base64;

/// A multiplexer in a home of its own.
struct Multiplexer {
    name: &'static str,
    home: Home,
    /// Before every command for it.
    common: Vec<String>,
}

impl Multiplexer {
    /// `None` if it is not installed.
    fn named(name: &'static str, settings: &str) -> Option<Self> {
        let found = Command::new(name).arg("-V").stdin(Stdio::null()).output();
        let found = found.or_else(|_| Command::new(name).arg("-v").stdin(Stdio::null()).output());
        if found.is_err() {
            let is_required = std::env::var("CPH_WIZARD_MULTIPLEXERS").is_ok_and(|it| it == "required");
            assert!(!is_required, "{name} is not installed");
            eprintln!("NOT TESTED: {name} is not installed");
            return None;
        }
        let home = new_home();
        let path = |name: &str| home.path().join(name).display().to_string();
        std::fs::write(path("settings"), settings).expect("settings");
        std::fs::create_dir(path("sockets")).expect("a folder");
        std::fs::set_permissions(path("sockets"), std::fs::Permissions::from_mode(0o700)).expect("its mode");
        let common = match name {
            "tmux" => vec!["-S".into(), path("sockets/tmux"), "-f".into(), path("settings")],
            _ => vec!["-U".into(), "-c".into(), path("settings"), "-S".into(), "wizard".into()],
        };
        Some(Self { name, home, common })
    }

    /// A terminal with the multiplexer in it.
    fn open(&self, args: &[&str], (cols, rows): (u16, u16)) -> Opened {
        let mut command = CommandBuilder::new(self.name);
        command.args(&self.common);
        command.args(args);
        self.start().size(cols, rows).open_command(command)
    }

    fn start(&self) -> Start {
        let sockets = self.home.path().join("sockets").display().to_string();
        Start::with(&[]).home(&self.home).env("SCREENDIR", &sockets).env("SHELL", "/bin/sh")
    }

    /// Tells the running one something.
    fn tell(&self, args: &[&str]) {
        let output = self.command(args).output().expect("it runs");
        assert!(output.status.success(), "{args:?}: {output:?}");
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(self.name);
        command.args(&self.common).args(args).env_clear().env("HOME", self.home.path());
        command.env("PATH", std::env::var("PATH").unwrap_or_default()).env("LC_ALL", "C.UTF-8");
        command.env("SCREENDIR", self.home.path().join("sockets")).stdin(Stdio::null());
        command
    }

    /// The form, and what became of it; then whatever is typed goes to nobody.
    fn script(&self) -> String {
        let script = format!("{} --demo --state-dir state; echo code=$?; cat", binary());
        let path = self.home.path().join("script.sh");
        std::fs::write(&path, script).expect("a script");
        format!("sh {}", path.display())
    }
}

impl Drop for Multiplexer {
    fn drop(&mut self) {
        // It goes on after a test that failed; most have ended it themselves.
        let end: &[&str] = if self.name == "tmux" { &["kill-server"] } else { &["-X", "quit"] };
        let _ = self.command(end).output();
    }
}

/// Detached and attached again at another size, in the middle of typing; then an order, a copy, and the end.
fn goes_on(wizard: Opened, detach: impl Fn(), attach: impl Fn((u16, u16)) -> Opened) -> Opened {
    let mut wizard = wizard;
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    detach();
    wizard.see("the end of the attachment", Seen::has_ended);
    let mut wizard = attach((120, 40));
    await_focus(&wizard, "Server name");
    wizard.until("the request beside it", |text| text.contains("\"server_name\": \"alpha\""));
    wizard.send("1");
    wizard.until("one character more", |text| {
        focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha1 "))
    });
    detach();
    wizard.see("the end of the attachment", Seen::has_ended);
    let mut wizard = attach((60, 20));
    wizard.until("a narrow form", |text| {
        text.contains("alpha1") && !text.contains("\"server_name\"") && focused(text, "Server name").is_some()
    });
    widen(&mut wizard);
    wizard.send("\x7f");
    wizard.until("one character less", |text| {
        focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha "))
    });
    order(&mut wizard);
    wizard
}

/// To 80x24. An attachment of screen draws before it listens to changes of the size, so one that came too early is repeated.
fn widen(wizard: &mut Terminal) {
    let is_wide = |seen: &Seen| seen.text().lines().any(|line| line.trim_end().chars().count() > 60);
    for _ in 0..100 {
        wizard.resize(79, 24);
        wizard.resize(80, 24);
        if wizard.comes_within(Duration::from_millis(200), is_wide) {
            return;
        }
    }
    wizard.see("a wider form", is_wide);
}

fn order(wizard: &mut Terminal) {
    // Back at the first step, from where the way to Review is known.
    wizard.send(ctrl('p'));
    wizard.until("the step before", |text| focused(text, "Server name").is_none());
    wizard.send(ctrl('p'));
    to_review(wizard, "");
    place(wizard);
    let ids = ids_on(wizard);
    wizard.send(ctrl('y'));
    let copy = format!("\x1b]52;c;{}", base64(ids[0].as_bytes()));
    wizard.see("the copy outside", |seen| String::from_utf8_lossy(&seen.bytes).contains(&copy));
    wizard.send(ctrl('c'));
    wizard.until("the receipt and the exit code", |text| text.contains("code=0") && text.contains("SHA-256"));
    wizard.until("no form", |text| !text.contains("Ctrl-C"));
}

#[test]
fn tmux_is_detached_and_attached_at_another_size() {
    let settings = "set -g status off\nset -g default-terminal tmux-256color\nset -g allow-passthrough on\n\
                    set -g set-clipboard on\nset -g window-size latest\nset -g escape-time 20\n";
    let Some(tmux) = Multiplexer::named("tmux", settings) else { return };
    let wizard = tmux.open(&["new-session", &tmux.script()], (80, 24));
    let detach = || tmux.tell(&["detach-client"]);
    let wizard = goes_on(wizard, detach, |size| tmux.open(&["attach-session"], size));
    tmux.tell(&["kill-server"]);
    wizard.see("the end", Seen::has_ended);
}

#[test]
fn tmux_resizes_its_window_while_nobody_is_attached() {
    let Some(tmux) = Multiplexer::named("tmux", "set -g status off\n") else { return };
    let wizard = tmux.open(&["new-session", &tmux.script()], (80, 24));
    await_flavors(&wizard);
    tmux.tell(&["detach-client"]);
    wizard.see("the end of the attachment", Seen::has_ended);
    for (cols, rows) in [("1", "1"), ("300", "100"), ("100", "30")] {
        tmux.tell(&["resize-window", "-x", cols, "-y", rows]);
    }
    let wizard = tmux.open(&["attach-session"], (100, 30));
    await_flavors(&wizard);
    wizard.until("the request beside it", |text| text.contains("\"server_model_name\": \"physical."));
    tmux.tell(&["kill-server"]);
    wizard.see("the end", Seen::has_ended);
}

#[test]
fn screen_is_detached_and_attached_at_another_size() {
    let settings = "startup_message off\naltscreen on\nmaptimeout 0\nvbell off\n";
    let Some(screen) = Multiplexer::named("screen", settings) else { return };
    let script = screen.script();
    let words: Vec<&str> = script.split(' ').collect();
    let wizard = screen.open(&words, (80, 24));
    let wizard = goes_on(wizard, || screen.tell(&["-d"]), |size| screen.open(&["-x"], size));
    screen.tell(&["-X", "quit"]);
    wizard.see("the end", Seen::has_ended);
}
