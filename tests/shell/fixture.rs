//! A simulator, a home and the program run in it, with what it wrote and what came over the wire.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use cph_wizard::simulator::{Options, Scene, Simulator};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The secret of the tests: it must turn up nowhere.
pub const TOKEN: &str = "canary-7Qz2vK9xW4";

/// Two small servers that are not paid at once.
pub const ORDER: &str = r#"{
  "server_name": "farm",
  "server_model_name": "physical.rx1.xlarge",
  "phone_model_name": "rx1.cp.c60.d10.e1v1",
  "image_id": "20032120200330a20b000eae5b8c01e6",
  "count": 2,
  "band_width": { "band_width_share_type": 0 },
  "extend_param": { "charging_mode": 0, "period_type": 2, "period_num": 1, "is_auto_pay": 0 }
}
"#;

pub struct Stage {
    runtime: Runtime,
    pub simulator: Option<Simulator>,
    home: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let said = Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        for shown in [&said.out, &said.err] {
            assert!(!shown.contains("canary") && !shown.contains('\u{1b}'), "{shown}");
        }
        said
    }

    /// The one line of JSON on standard output.
    pub fn json(&self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }
}

impl Stage {
    pub fn new(scene: &str) -> Self {
        Self::of(Scene::named(scene).unwrap())
    }

    pub fn of(scene: Scene) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let options = Options { scene, ..Options::default() };
        let simulator = runtime.block_on(Simulator::start(options)).unwrap();
        let stage = Self { runtime, simulator: Some(simulator), home: tempfile::tempdir().unwrap() };
        stage.write("order.json", ORDER);
        stage
    }

    pub fn simulator(&self) -> &Simulator {
        self.simulator.as_ref().unwrap()
    }

    pub fn path(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.home.path().join(name.as_ref())
    }

    pub fn write(&self, name: impl AsRef<OsStr>, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// The program in its home, with nothing of the real environment.
    pub fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let binary = std::env::var_os("CPH_WIZARD_BIN")
            .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_cph-wizard")), PathBuf::from);
        let mut command = Command::new(binary);
        command.args(args).env_clear().current_dir(self.home.path());
        command.env("HOME", self.home.path()).env("XDG_STATE_HOME", self.path("state"));
        command.env("CPH_WIZARD_TEST_ENDPOINT", "1").env("CPH_WIZARD_ENDPOINT", self.simulator().url());
        command.env("CPH_WIZARD_TOKEN", TOKEN).env("CPH_WIZARD_PROJECT_ID", "p").env("COLUMNS", "80");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Said {
        Said::of(self.command(args).output().unwrap())
    }

    /// Runs with something on standard input.
    pub fn fed(&self, args: &[&str], input: &[u8]) -> Said {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        // A program that refuses early does not read to the end.
        let _ = pipe.write_all(input);
        drop(pipe);
        Self::ended(child)
    }

    pub fn ended(child: Child) -> Said {
        Said::of(child.wait_with_output().unwrap())
    }

    /// The hash that `check` prints.
    pub fn hash(&self, args: &[&str]) -> String {
        let checked = self.run([&["check", "order.json", "--json"], args].concat()).json();
        checked["hash"].as_str().unwrap().to_owned()
    }

    /// Purchases that came over the wire.
    pub fn posts(&self) -> usize {
        let is_purchase =
            |entry: &&cph_wizard::simulator::AccessLogEntry| entry.method == "POST" && entry.path.ends_with("/phones");
        self.simulator().access_log().iter().filter(is_purchase).count()
    }

    /// Orders that were placed.
    pub fn placed(&self) -> usize {
        self.simulator().ledger().len()
    }

    /// States of the journal, the newest first.
    pub fn states(&self) -> Vec<String> {
        let listed = self.run(["orders", "list", "--json"]).json();
        listed["orders"].as_array().unwrap().iter().map(|order| order["state"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(simulator) = self.simulator.take() {
            self.runtime.block_on(simulator.stop());
        }
    }
}
