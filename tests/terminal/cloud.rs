//! A simulator in a process of its own, so that what came over the wire can be counted from outside.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::start::{binary, small_environment};

pub struct Cloud {
    pub url: String,
    child: Child,
    lines: Option<JoinHandle<Vec<String>>>,
    dir: TempDir,
}

/// All that a simulator saw.
pub struct Wire {
    /// Purchases that arrived, as the simulator's lines about them.
    pub posts: Vec<String>,
    /// Bodies of the orders that were placed.
    pub orders: Vec<serde_json::Value>,
}

impl Cloud {
    pub fn start(scene: &str) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut child = Command::new(binary())
            .args(["simulate", "--scene", scene, "--ledger"])
            .arg(ledger(&dir))
            .env_clear()
            .envs(small_environment(dir.path()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the simulator starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut first = String::new();
        out.read_line(&mut first).expect("its first line");
        let url = first.trim_end().strip_prefix("listening on ").expect("its address").to_owned();
        let lines = thread::spawn(move || out.lines().map_while(Result::ok).collect());
        Self { url, child, lines: Some(lines), dir }
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
        let is_purchase = |line: &String| line.starts_with("POST ");
        Wire { posts: lines.into_iter().filter(is_purchase).collect(), orders }
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
