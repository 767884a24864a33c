//! Tells the program the target it is built for and the commit it is built from, for `--version`.

use std::env;
use std::process::Command;

fn main() {
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo:rustc-env=CPH_WIZARD_TARGET={target}");
    println!("cargo:rustc-env=CPH_WIZARD_COMMIT={}", commit());
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CPH_WIZARD_BUILD_COMMIT");
}

/// What the packager says, else what git says; empty where nobody knows. A development build is of no commit, and is not
/// made anew with each.
fn commit() -> String {
    if let Ok(commit) = env::var("CPH_WIZARD_BUILD_COMMIT") {
        return plain(&commit);
    }
    if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        return "development".to_owned();
    }
    if std::path::Path::new(".git/logs/HEAD").exists() {
        println!("cargo:rerun-if-changed=.git/logs/HEAD");
    }
    let said = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).output();
    said.ok()
        .filter(|said| said.status.success())
        .map(|said| plain(&String::from_utf8_lossy(&said.stdout)))
        .unwrap_or_default()
}

fn plain(commit: &str) -> String {
    commit.chars().filter(char::is_ascii_alphanumeric).take(40).collect()
}
