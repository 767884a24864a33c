//! A CA file that cannot be used: a sentence and exit code 2 before any call, whatever the file is and is called.

use std::path::Path;

use rustix::fs::{CWD, Mode, mkfifoat};

use crate::fixture::{Said, Stage};

const COMMANDS: [&[&str]; 4] = [
    &["catalogue", "images"],
    &["buy", "order.json", "--yes"],
    &["buy", "order.json", "--dry-run"],
    &["check", "order.json", "--online"],
];

fn run(stage: &Stage, args: &[&str], file: &Path) -> Said {
    let mut command = stage.command(args);
    command.env("CPH_WIZARD_CA_FILE", file);
    Stage::ended(command.spawn().unwrap())
}

#[test]
fn what_is_no_file_of_certificates_is_told_before_any_call() {
    let stage = Stage::new("normal");
    mkfifoat(CWD, stage.path("pipe-certificate.pem"), Mode::RUSR | Mode::WUSR).unwrap();
    stage.write("empty.pem", "");
    stage.write("large.pem", " ".repeat((1 << 20) + 1));
    for (file, words) in [
        (Path::new("/nowhere/ca.pem").to_owned(), "does not exist"),
        (Path::new("/nowhere/certificate.pem").to_owned(), "does not exist"),
        (Path::new("/dev/zero").to_owned(), "is not a regular file"),
        (stage.path("pipe-certificate.pem"), "is not a regular file"),
        (stage.path("state"), "does not exist"),
        (stage.path("."), "is not a regular file"),
        (stage.path("large.pem"), "is larger than 1 MiB"),
        (stage.path("empty.pem"), "holds no certificate in PEM form"),
        (stage.path("order.json"), "holds no certificate in PEM form"),
    ] {
        for args in COMMANDS {
            let said = run(&stage, args, &file);
            let sentence = format!("The CA file {} {words} (environment CPH_WIZARD_CA_FILE).", file.display());
            assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}: {said:?}");
            assert_eq!(said.err, format!("cph-wizard: {sentence}\n"), "{args:?}");
        }
    }
    assert_eq!((stage.simulator().access_log().len(), stage.posts()), (0, 0));
}

#[test]
fn the_ca_file_of_a_profile_is_named_with_its_profile() {
    let stage = Stage::new("normal");
    let added = stage.run(["profile", "add", "work", "--region", "cn-north-4", "--ca-file", "~/missing.pem"]);
    assert_eq!(added.code, 0, "{added:?}");
    let said = run(&stage, &["catalogue", "images", "--profile", "work"], Path::new(""));
    let file = stage.path("missing.pem");
    let sentence = format!("cph-wizard: The CA file {} does not exist (profile work).\n", file.display());
    assert_eq!((said.code, said.err), (2, sentence));
    assert_eq!(stage.simulator().access_log().len(), 0);
}
