//! `simulate` as a process: what it writes and says at the start, and what it refuses.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::launch::{binary, small_environment};

fn command(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.arg("simulate").args(args).env_clear().envs(small_environment(home)).stdin(Stdio::null());
    command
}

/// Starts it; its address and the process.
fn started(home: &Path, args: &[&str]) -> (String, Child) {
    let mut child = command(home, args).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    (line.trim_end().to_owned(), child)
}

fn refused(home: &Path, args: &[&str]) -> String {
    let Output { status, stdout, stderr } = command(home, args).output().expect("it ends");
    assert_eq!((status.code(), stdout.len()), (Some(2), 0));
    String::from_utf8(stderr).expect("text")
}

#[test]
fn under_tls_the_authority_is_written_before_the_address_is_said() {
    let home = tempfile::tempdir().expect("a directory");
    let file = home.path().join("ca.pem");
    let (line, mut child) = started(home.path(), &["--tls", "--ca-out", file.to_str().expect("text")]);
    let written = std::fs::read_to_string(&file);
    child.kill().expect("it runs");
    child.wait().expect("its end");
    assert!(line.starts_with("listening on https://127.0.0.1:"), "{line}");
    let pem = written.expect("the authority");
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----") && !pem.contains("PRIVATE"), "{pem}");
    assert!(refused(home.path(), &["--ca-out", "x"]).contains("--tls"));
}

#[test]
fn files_that_cannot_be_read_are_refused_with_the_place_and_without_their_secrets() {
    let home = tempfile::tempdir().expect("a directory");
    let file = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("text").to_owned()
    };
    let keys = file("keys.json", "[\n {\"access_key\": \"CANARY\"}\n]");
    let said = refused(home.path(), &["--credentials", &keys]);
    assert!(said.contains("keys.json") && said.contains("line 2") && said.contains("secret_key"), "{said}");
    assert!(!said.contains("CANARY"), "{said}");
    let scene = file("scene.json", r#"{"version":2,"name":"x","description":"y","weather":"bad"}"#);
    let said = refused(home.path(), &["--scene-file", &scene]);
    assert!(said.contains("scene.json") && said.contains("weather") && said.contains("line 1"), "{said}");
    assert!(refused(home.path(), &["--credentials", "nowhere.json"]).contains("nowhere.json"));
    assert!(refused(home.path(), &["--scene-file", &scene, "--scene", "slow"]).contains("--scene"));
}

#[test]
fn a_scene_of_a_file_and_keys_of_a_file_are_used() {
    let home = tempfile::tempdir().expect("a directory");
    let file = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("text").to_owned()
    };
    let keys = file("keys.json", r#"[{"access_key":"AK","secret_key":"SK"}]"#);
    let scene = file("scene.json", r#"{"version":2,"name":"x","description":"y","error_format":"camel-case"}"#);
    let (line, mut child) = started(home.path(), &["--credentials", &keys, "--scene-file", &scene]);
    let address = line.strip_prefix("listening on http://").expect("an address").to_owned();
    let asked = |path: &str| {
        use std::io::{Read as _, Write as _};
        let mut stream = std::net::TcpStream::connect(&address).expect("a connection");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: any\r\nConnection: close\r\n\r\n")
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    let answer = asked("/v1/p/cloud-phone/servers");
    child.kill().expect("it runs");
    child.wait().expect("its end");
    assert!(answer.contains("401") && answer.contains("decrypt token fail"), "any token is not enough: {answer}");
    assert!(answer.contains("errorCode"), "the scene's shape: {answer}");
}
