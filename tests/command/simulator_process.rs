//! A simulator in a process of its own: over TLS, with a key file, and with the lines of what it was asked.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::Child;
use std::thread::{self, JoinHandle};

use rustix::process::{Pid, Signal, kill_process};

use crate::test_home::{ACCESS_KEY, Home, SECRET};

pub struct Cloud {
    pub url: String,
    child: Child,
    lines: Option<JoinHandle<Vec<String>>>,
    home: Home,
}

impl Cloud {
    /// A simulator over TLS that knows the key of the tests for one project, in a scene with these settings.
    pub fn start(scene: &str) -> Self {
        let home = Home::new();
        let named = |name: &str| home.path(name).display().to_string();
        let scene = format!(r#"{{"version":2,"name":"test","description":"of a test"{scene}}}"#);
        home.write("scene.json", &scene);
        let keys = format!(r#"[{{"access_key":"{ACCESS_KEY}","secret_key":"{SECRET}","project_id":"p"}}]"#);
        home.write("keys.json", &keys);
        let (scene, keys, ca) = (named("scene.json"), named("keys.json"), named("ca.pem"));
        let args = ["simulate", "--tls", "--ca-out", &ca, "--credentials", &keys, "--scene-file", &scene];
        let mut child = home.command(&args).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let url = first.trim_end().strip_prefix("listening on ").expect("its address").to_owned();
        let lines = thread::spawn(move || out.lines().map_while(Result::ok).collect());
        Self { url, child, lines: Some(lines), home }
    }

    /// The certificate of its authority.
    pub fn ca(&self) -> PathBuf {
        self.home.path("ca.pem")
    }

    /// Sets up a profile for it in a home: signed by the keys of the SDK's file, in the project of the key.
    pub fn account(&self, home: &Home, more: &[&str]) {
        let ca = self.ca().display().to_string();
        let args = ["add", "test", "--region", "cn-north-4", "--endpoint", &self.url, "--test-endpoint"];
        home.done(&[&args[..], &["--credentials", "sdk-file", "--ca-file", &ca], more].concat());
    }

    /// Ends it in good order; the calls that came with a key.
    pub fn calls_with_a_key(mut self) -> Vec<String> {
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let lines = self.lines.take().unwrap().join().unwrap();
        self.child.wait().unwrap();
        lines.into_iter().filter(|line| line.contains(" by key ")).collect()
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        // It has ended already where it was asked to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
