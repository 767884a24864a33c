//! A buyer that runs the real binary against a simulator of its own, and can be killed.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use cph_wizard::catalogue::Catalogue;
use cph_wizard::order::{Draft, Order};
use cph_wizard::simulator::{Options, Scene, Simulator};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The points that the issue names, in the order in which a purchase reaches them.
pub const POINTS: [&str; 20] = [
    "new last synced",
    "before INTENT",
    "INTENT written",
    "INTENT synced",
    "INTENT last written",
    "INTENT last synced",
    "connected",
    "SENDING written",
    "SENDING synced",
    "SENDING last written",
    "SENDING last synced",
    "first byte",
    "last byte",
    "answer begun",
    "answer read",
    "outcome written",
    "outcome synced",
    "outcome last written",
    "outcome last synced",
    "recovery",
];

/// The secret of the tests: it must turn up nowhere.
pub const TOKEN: &str = "canary-7Qz2vK9xW4";

pub struct Buyer {
    runtime: Runtime,
    pub simulator: Simulator,
    pub home: TempDir,
    orders: u32,
}

/// How a run is cut short.
pub enum Kill<'a> {
    Never,
    At(&'a str),
    After(Duration),
}

impl Buyer {
    /// A buyer and a simulator whose servers are listed at once.
    pub fn new(scene: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let options = Options { scene: Scene::named(scene).unwrap(), ..Options::default() };
        let simulator = runtime.block_on(Simulator::start(options)).unwrap();
        Self { runtime, simulator, home: tempfile::tempdir().unwrap(), orders: 0 }
    }

    /// Runs the real binary.
    fn command(&self, args: &[&str]) -> Command {
        let binary = std::env::var_os("CPH_WIZARD_BIN")
            .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_cph-wizard")), PathBuf::from);
        let mut command = Command::new(binary);
        command.args(args).arg("--state-dir").arg(self.home.path().join("state"));
        command.env_clear().env("CPH_WIZARD_TEST_ENDPOINT", "1").env("CPH_WIZARD_ENDPOINT", self.simulator.url());
        command.env("CPH_WIZARD_TOKEN", TOKEN).env("CPH_WIZARD_PROJECT_ID", "p");
        // A fault that was planted for the tests is planted in the buyer.
        command.envs(std::env::var("CPH_WIZARD_FAULT").map(|fault| ("CPH_WIZARD_FAULT", fault)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Buys an order that nobody gave before, and is perhaps killed on the way. The name of it.
    pub fn buy(&mut self, kill: &Kill) -> (String, Output) {
        let (name, args) = self.next_order();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let output = self.run(&args, kill);
        (name, output)
    }

    /// Begins to buy, and does not wait for the end.
    pub fn begin_to_buy(&mut self) -> Child {
        let (_, args) = self.next_order();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        self.command(&args).spawn().unwrap()
    }

    /// An order file that was not there before, and the words that buy it.
    fn next_order(&mut self) -> (String, Vec<String>) {
        self.orders += 1;
        let name = format!("farm{}", self.orders);
        let order = order(&name);
        let file = self.home.path().join(format!("{name}.json"));
        std::fs::write(&file, order.body().bytes()).unwrap();
        let hash = order.body().hash().to_owned();
        let words = ["buy", file.to_str().unwrap(), "--confirm", &hash, "--second", "--json"];
        (name, words.map(str::to_owned).to_vec())
    }

    pub fn run(&self, args: &[&str], kill: &Kill) -> Output {
        let mut command = self.command(args);
        if let Kill::At(point) = kill {
            command.env("CPH_WIZARD_TEST_KILL_AT", point);
        }
        let mut child = command.spawn().unwrap();
        if let Kill::After(time) = kill {
            // The moment is drawn, not measured: whatever it hits has to be right.
            std::thread::sleep(*time);
            let _ = child.kill();
        }
        child.wait_with_output().unwrap()
    }

    pub fn stop(self) {
        let Self { runtime, simulator, .. } = self;
        runtime.block_on(simulator.stop());
    }
}

/// A small order that is paid at once, so that its servers are listed.
fn order(name: &str) -> Order {
    let draft = Draft {
        server_flavor: "physical.rx1.xlarge".into(),
        phone_flavor: "rx1.cp.c60.d10.e1v1".into(),
        image_id: "20032120200330a20b000eae5b8c01e6".into(),
        server_name: name.into(),
        auto_pay: true,
        ..Draft::default()
    };
    Order::check(&draft, &Catalogue::default()).unwrap()
}
