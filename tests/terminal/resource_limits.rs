//! What stands in the way at the start: too few file descriptors, and a CA file that cannot be used.

use portable_pty::CommandBuilder;

use crate::harness::ctrl;
use crate::launch::{Start, binary, new_home};
use crate::setup_steps::{SETTINGS, choose, flat, put};

#[test]
fn few_file_descriptors_are_told_before_anything_is_drawn() {
    for limit in [8, 9, 12, 16, 20] {
        for args in ["--demo", "--linear --demo", ""] {
            let mut command = CommandBuilder::new("/bin/sh");
            command.args(["-c", &format!("ulimit -n {limit}; exec {} {args} --state-dir state", binary())]);
            let ended = Start::with(&[]).open_command(command).ended();
            assert_eq!(ended.code, 1, "{limit} {args}: {}", ended.words);
            assert_eq!(
                flat(&ended.words),
                "cph-wizard: fewer than 32 file descriptors are free; raise the limit, for example: ulimit -n 256",
                "{limit} {args}"
            );
        }
    }
}

#[test]
fn a_ca_file_of_the_environment_that_cannot_be_used_ends_the_program_at_once() {
    for (file, words) in [
        ("/nowhere/ca.pem", "does not exist"),
        ("/nowhere/certificate.pem", "does not exist"),
        ("/dev/zero", "is not a regular file"),
    ] {
        // Whether an account is meant or asked for.
        for region in ["", "cn-north-4"] {
            let start = Start::with(&[]).env("CPH_WIZARD_CA_FILE", file).env("CPH_WIZARD_REGION", region);
            let ended = start.open().ended();
            let sentence = format!("cph-wizard: the CA file {file} {words} (environment CPH_WIZARD_CA_FILE)");
            assert_eq!((ended.code, flat(&ended.words)), (2, sentence));
        }
    }
}

#[test]
fn a_profile_whose_ca_file_cannot_be_used_is_not_opened_and_another_one_can_be() {
    let home = new_home();
    let profile = |name: &str, file: &str| {
        format!("[profiles.{name}]\nregion = \"cn-north-4\"\ncredentials = \"typed\"\nca_file = \"{file}\"\n")
    };
    put(&home, SETTINGS, &[profile("zero", "/dev/zero"), profile("gone", "~/ca.pem")].concat());
    let mut wizard = Start::with(&[]).home(&home).size(120, 40).open();
    choose(&mut wizard, "Profile zero");
    wizard.until("why not", |text| {
        flat(text).contains("the CA file /dev/zero is not a regular file (profile zero)")
            && text.contains("Who orders?")
    });
    wizard.send("\x1b[H");
    choose(&mut wizard, "Profile gone");
    let file = home.path().join("ca.pem").display().to_string();
    wizard.until("why not", |text| flat(text).contains(&format!("the CA file {file} does not exist (profile gone)")));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}
