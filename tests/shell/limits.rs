//! What the system allows too little of: open files, and the size of files.

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Output};

use crate::fixture::Stage;

/// The program behind a limit of the shell.
fn limited(stage: &Stage, limit: &str, args: &[&str]) -> Output {
    let program = stage.command(args);
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("{limit}; exec \"$@\""), "sh"]).arg(program.get_program()).args(args);
    command.env_clear().current_dir(program.get_current_dir().unwrap());
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.output().unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn few_file_descriptors_are_told_by_every_command() {
    let stage = Stage::new("normal");
    let few = "cph-wizard: fewer than 32 file descriptors are free; raise the limit, for example: ulimit -n 256\n";
    for args in [
        &["buy", "order.json", "--yes"][..],
        &["check", "order.json"],
        &["check", "order.json", "--online"],
        &["catalogue", "images"],
        &["orders"],
        &["orders", "reconcile"],
        &["export", "order.json", "--as", "curl"],
        &["template"],
        &["schema"],
        &["simulate"],
        &["profile", "list"],
        &["profile", "doctor"],
        &["completions", "bash"],
        &["man"],
        &["--linear"],
        &["--linear", "--demo"],
        &["--demo"],
        &["--log", "run.log", "schema"],
    ] {
        for limit in [8, 9, 10, 11, 12, 14, 16, 20] {
            let output = limited(&stage, &format!("ulimit -n {limit}"), args);
            assert_eq!((output.status.code(), words(&output.stderr)), (Some(1), few.to_owned()), "{limit} {args:?}");
        }
    }
    assert_eq!((stage.simulator().access_log().len(), stage.posts()), (0, 0));
    // Help needs none, and with enough of them an order is placed.
    assert!(limited(&stage, "ulimit -n 8", &["--help"]).status.success());
    let hash = stage.hash(&[]);
    let output = limited(&stage, "ulimit -n 40", &["buy", "order.json", "--confirm", &hash]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    assert_eq!((stage.posts(), stage.placed()), (1, 1));
}

#[test]
fn a_limit_of_file_sizes_fails_a_write_and_does_not_end_the_program() {
    let stage = Stage::new("normal");
    let hash = stage.hash(&[]);
    let mut codes = Vec::new();
    // Blocks of 512 bytes: the journal of one order has four or five.
    for blocks in 0..16 {
        let before = stage.placed();
        let dir = format!("state-{blocks}");
        let args = ["buy", "order.json", "--confirm", &hash, "--second", "--state-dir", &dir];
        let output = limited(&stage, &format!("ulimit -f {blocks}"), &args);
        let (out, err) = (words(&output.stdout), words(&output.stderr));
        assert_eq!(output.status.signal(), None, "{blocks}: {out}{err}");
        let placed = stage.placed() - before;
        match output.status.code() {
            Some(0) => assert!(placed == 1 && out.starts_with("ACCEPTED CS"), "{blocks}: {out}{err}"),
            // Nothing could be kept, and nothing was sent; or the order is told, and that the journal does not have it.
            Some(7) => {
                assert!(err.contains("File too large"), "{blocks}: {out}{err}");
                assert_eq!(placed == 1, out.starts_with("ACCEPTED CS"), "{blocks}: {out}{err}");
            }
            other => panic!("{blocks}: {other:?}: {out}{err}"),
        }
        codes.push(output.status.code().unwrap());
    }
    assert!([7, 0].iter().all(|code| codes.contains(code)), "{codes:?}");
    assert_eq!(stage.posts(), stage.placed());
}
