//! `completions`: the scripts of the shells load, and offer what the program says. A shell that is not there is skipped
//! with a word, unless `CPH_WIZARD_TEST_SHELLS` is `all`.

use std::process::{Command, Stdio};

use crate::stale_snapshots::assert_no_stale;
use crate::test_home::{Home, SECRET};

const SETTINGS: &str =
    "version = 1\n\n[profiles.work]\nregion = \"cn-north-4\"\n\n[profiles.workshop]\nregion = \"cn-east-3\"\n";

/// The script of a shell.
fn script(home: &Home, shell: &str) -> String {
    let output = home.command(&["completions", shell]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a shell prints that has read its script and then does this; nothing if there is no such shell.
fn in_shell(shell: &str, args: &[&str], home: &Home, then: &str) -> Option<String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&path).any(|dir| dir.join(shell).is_file());
    if !is_there {
        let is_needed = std::env::var("CPH_WIZARD_TEST_SHELLS").is_ok_and(|shells| shells == "all");
        assert!(!is_needed, "{shell} is not installed");
        eprintln!("SKIPPED: {shell} is not installed, so its completion is not tried");
        return None;
    }
    home.write("script", &format!("{}\n{then}\n", script(home, shell)));
    let program = home.command(&[]);
    let mut command = Command::new(shell);
    command.args(args).arg(home.path("script")).env_clear().env("PATH", path).env("PROGRAM", program.get_program());
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = command.current_dir(home.path("")).stdin(Stdio::null()).output().unwrap();
    assert!(output.stderr.is_empty(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// A line that is begun behind the program, and the words that are offered.
const LINES: [(&str, &[&str]); 11] = [
    ("ord", &["orders"]),
    ("orders sh", &["show"]),
    ("--profile work", &["work", "workshop"]),
    ("profile use works", &["workshop"]),
    ("--set cou", &["count="]),
    ("--language zh", &["zh-CN"]),
    ("simulate --scene sold", &["sold-out"]),
    ("completions p", &["powershell"]),
    ("check ord", &["order.json"]),
    ("--state-dir fol", &["folder"]),
    ("nonsense ", &[]),
];

fn home() -> Home {
    let home = Home::with(SETTINGS);
    home.write("order.json", "{}");
    home.write("folder/x", "");
    home
}

/// Each line with what a shell offers for it, after one command of the shell for a line.
fn holds(shell: &str, args: &[&str], then: impl Fn(&str) -> String) {
    for (line, expected) in LINES {
        let Some(offered) = in_shell(shell, args, &home(), &then(line)) else { return };
        let offered: Vec<&str> = offered
            .lines()
            .map(|line| line.split('\t').next().unwrap().trim_end_matches('/'))
            .filter(|line| !line.is_empty())
            .collect();
        assert_eq!(offered, expected, "{shell}: {line}");
    }
}

#[test]
fn bash_offers_what_the_program_says() {
    let then = |line: &str| {
        format!(
            "COMP_LINE=\"$PROGRAM {line}\" COMP_POINT=4096\n_cph_wizard\n\
             ((${{#COMPREPLY[@]}} == 0)) || printf '%s\\n' \"${{COMPREPLY[@]}}\"\ncomplete -p cph-wizard > /dev/null"
        )
    };
    holds("bash", &["--norc", "--noprofile"], then);
    // Bash parts words at = by itself, and takes what comes behind it only.
    let behind = in_shell("bash", &["--norc"], &home(), &then("--set is_auto_pay=t")).unwrap();
    assert_eq!(behind, "true\n");
    let behind = in_shell("bash", &["--norc"], &home(), &then("--set=band_width_share_type=")).unwrap();
    assert!(behind.contains("shared\n") && behind.contains("\\ "), "blanks are quoted: {behind}");
}

#[test]
fn zsh_offers_what_the_program_says() {
    // What the line editor would be given, and the files that it would look for.
    let then = |line: &str| {
        format!(
            "compadd() {{ print -rl -- \"${{(@P)@[-1]}}\" }}\n_files() {{ [[ $1 == -/ ]] && print -rl -- fol*(/) || print -rl -- ord*(.) }}\n\
             compset() {{ : }}\nwords=(\"$PROGRAM\" \"${{(@s: :)${{:-{line}}}}}\")\nCURRENT=$#words\n_cph_wizard"
        )
    };
    holds("zsh", &["-f"], then);
}

#[test]
fn fish_offers_what_the_program_says() {
    let then = |line: &str| format!("fish_add_path -P (dirname $PROGRAM)\ncomplete -C 'cph-wizard {line}'");
    holds("fish", &["--no-config"], then);
}

#[test]
fn the_scripts_are_these() {
    const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];
    for shell in SHELLS {
        insta::assert_snapshot!(format!("completions-{shell}"), script(&Home::new(), shell));
    }
    let names = SHELLS.map(|shell| format!("completions-{shell}"));
    assert_no_stale("tests/command/snapshots", "command__completions", &names);
}

/// What the program answers to a script, with nothing of the account it would take.
#[test]
fn completing_tells_no_secret_and_changes_nothing() {
    let home = Home::with_keys(SECRET);
    for words in [&["orders", "show", ""][..], &["--profile", ""], &["profile", "show", ""], &["--template", ""], &[]] {
        let output = home.command(&[&["__complete"], words].concat()).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success() && output.stderr.is_empty() && said.starts_with("words\n"),
            "{words:?}: {said}"
        );
        assert!(!said.contains(SECRET));
    }
    assert!(!home.path("state").exists() && !home.path("config").exists(), "no journal and no settings were made");
}
