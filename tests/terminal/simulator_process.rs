//! A simulator in a process of its own, so that what came over the wire can be counted from outside.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::launch::{binary, small_environment};

/// Files in its directory.
const CA: &str = "ca.pem";
const STDERR: &str = "stderr";

pub struct Cloud {
    pub url: String,
    child: Child,
    lines: Option<JoinHandle<Vec<String>>>,
    dir: TempDir,
}

/// All that a simulator saw.
pub struct Wire {
    /// What it said about each request.
    pub lines: Vec<String>,
    /// Purchases that arrived, as the simulator's lines about them.
    pub posts: Vec<String>,
    /// Bodies of the orders that were placed.
    pub orders: Vec<serde_json::Value>,
    /// Its ledger, and what it said on standard error.
    pub ledger: String,
    pub said: String,
}

impl Cloud {
    pub fn start(scene: &str) -> Self {
        Self::run(tempfile::tempdir().expect("a directory"), &["--scene", scene])
    }

    /// Over TLS, with a scene of its own. A list of access keys takes the place of the built-in one, and no token is
    /// taken then that was not issued here.
    pub fn secure(keys: Option<&str>, scene: &str) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let file = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::write(&path, text).expect("a file");
            path.display().to_string()
        };
        let scene = format!(r#"{{"version":2,"name":"secure","description":"for a test"{scene}}}"#);
        let (keys, scene) = (keys.map(|keys| file("keys.json", keys)), file("scene.json", &scene));
        let ca = dir.path().join(CA).display().to_string();
        let mut args = vec!["--tls", "--ca-out", &ca, "--scene-file", &scene];
        args.extend(keys.iter().flat_map(|keys| ["--credentials", keys]));
        Self::run(dir, &args)
    }

    fn run(dir: TempDir, args: &[&str]) -> Self {
        let said = File::create(dir.path().join(STDERR)).expect("a file");
        let mut child = Command::new(binary())
            .arg("simulate")
            .args(args)
            .arg("--ledger")
            .arg(ledger(&dir))
            .env_clear()
            .envs(small_environment(dir.path()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(said)
            .spawn()
            .expect("the simulator starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut first = String::new();
        out.read_line(&mut first).expect("its first line");
        let url = first.trim_end().strip_prefix("listening on ").expect("its address").to_owned();
        let lines = thread::spawn(move || out.lines().map_while(Result::ok).collect());
        Self { url, child, lines: Some(lines), dir }
    }

    /// The authority that a client has to trust.
    pub fn ca(&self) -> String {
        self.dir.path().join(CA).display().to_string()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, so that nobody listens at its address any more.
    pub fn vanish(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("its end");
    }

    /// Ends it in good order, after which every request has its line.
    pub fn wire(mut self) -> Wire {
        let pid = Pid::from_child(&self.child);
        // It may have vanished already.
        let _ = kill_process(pid, Signal::TERM);
        let lines = self.lines.take().expect("its lines").join().expect("its lines");
        self.child.wait().expect("its end");
        let text = std::fs::read_to_string(ledger(&self.dir)).expect("its ledger");
        let entry = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("an entry");
        let body = |entry: serde_json::Value| entry["body"].as_str().map(serde_json::from_str).expect("a body");
        let orders = text.lines().map(entry).map(|entry| body(entry).expect("a body of JSON")).collect();
        let is_purchase = |line: &&String| line.starts_with("POST ") && line.contains("/cloud-phone/");
        let posts = lines.iter().filter(is_purchase).cloned().collect();
        let said = std::fs::read_to_string(self.dir.path().join(STDERR)).expect("its other output");
        Wire { lines, posts, orders, ledger: text, said }
    }
}

impl Wire {
    /// So many purchases arrived and so many orders were placed.
    pub fn counts(&self, posts: usize, orders: usize) {
        assert_eq!((self.posts.len(), self.orders.len()), (posts, orders), "posts and orders: {:?}", self.posts);
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        // It has ended already where it was asked to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ledger(dir: &TempDir) -> PathBuf {
    dir.path().join("ledger.jsonl")
}
