//! A buyer that runs the real binary against a simulator of its own, and can be killed.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use cph_wizard::catalogue::Catalogue;
use cph_wizard::order::{Draft, Order};
use cph_wizard::simulator::{Options, Scene, Simulator};
use serde_json::Value;
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
    /// Whether its orders are paid at once.
    pays_now: bool,
    /// Seconds that this machine's clock is shifted for the program.
    pub clock: i64,
    /// Further variables for the program.
    pub variables: Vec<(String, String)>,
    orders: u32,
}

/// How a run is cut short.
pub enum Kill<'a> {
    Never,
    At(&'a str),
    After(Duration),
}

impl Buyer {
    /// A buyer who pays at once, and a simulator with a built-in scene.
    pub fn new(scene: &str) -> Self {
        Self::paying(scene, true)
    }

    /// A buyer and a simulator with a built-in scene.
    pub fn paying(scene: &str, pays_now: bool) -> Self {
        Self::in_scene(Scene::named(scene).unwrap(), pays_now)
    }

    /// A buyer and a simulator with a scene of a test: settings after the name, such as `,"auto_payment":"fails"`.
    pub fn with_settings(settings: &str, pays_now: bool) -> Self {
        let text = format!(r#"{{"version":2,"name":"test","description":"a test"{settings}}}"#);
        Self::in_scene(Scene::parse(&text).unwrap(), pays_now)
    }

    fn in_scene(scene: Scene, pays_now: bool) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let simulator = runtime.block_on(Simulator::start(Options { scene, ..Options::default() })).unwrap();
        let home = tempfile::tempdir().unwrap();
        Self { runtime, simulator, home, pays_now, clock: 0, variables: Vec::new(), orders: 0 }
    }

    /// Lets time pass on both sides alike: for the simulator, and for the clock of this machine.
    pub fn pass(&mut self, seconds: u32) {
        self.simulator.advance(Duration::from_secs(seconds.into()));
        self.clock += i64::from(seconds);
    }

    pub fn state_dir(&self) -> PathBuf {
        self.home.path().join("state/live")
    }

    /// Runs the real binary.
    pub fn command(&self, args: &[&str]) -> Command {
        let binary = std::env::var_os("CPH_WIZARD_BIN")
            .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_cph-wizard")), PathBuf::from);
        let mut command = Command::new(binary);
        command.args(args).arg("--state-dir").arg(self.home.path().join("state"));
        command.env_clear().env("CPH_WIZARD_TEST_ENDPOINT", "1").env("CPH_WIZARD_ENDPOINT", self.simulator.url());
        command.env("CPH_WIZARD_TOKEN", TOKEN).env("CPH_WIZARD_PROJECT_ID", "p");
        command.env("CPH_WIZARD_TEST_CLOCK_SHIFT", self.clock.to_string());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
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
        let draft = Draft { auto_pay: self.pays_now, ..draft(&name) };
        let words = [self.words(&draft), vec!["--second".to_owned()]].concat();
        (name, words)
    }

    /// The words that buy an order from a file, and take nothing for granted.
    pub fn words(&self, draft: &Draft) -> Vec<String> {
        let order = Order::check(draft, &Catalogue::default()).unwrap();
        let (body, name) = (order.body(), &draft.server_name);
        let file = self.home.path().join(format!("{name}-{}.json", body.short_hash()));
        std::fs::write(&file, body.bytes()).unwrap();
        ["buy", file.to_str().unwrap(), "--confirm", body.hash(), "--json"].map(str::to_owned).to_vec()
    }

    /// Buys an order, and takes nothing for granted.
    pub fn buy_again(&self, draft: &Draft, more: &[&str]) -> Output {
        let words = self.words(draft);
        let words: Vec<&str> = words.iter().map(String::as_str).chain(more.iter().copied()).collect();
        self.run(&words, &Kill::Never)
    }

    /// The orders of the journal.
    pub fn listed(&self) -> Vec<Value> {
        let listed = self.run(&["orders", "list", "--json"], &Kill::Never);
        assert_eq!(listed.status.code(), Some(0), "{listed:?}");
        let journal: Value = serde_json::from_slice(&listed.stdout).unwrap();
        journal["orders"].as_array().unwrap().clone()
    }

    /// The only order of the journal.
    pub fn only(&self) -> Value {
        let [order] = &self.listed()[..] else { panic!("{:?}", self.listed()) };
        order.clone()
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
pub fn draft(name: &str) -> Draft {
    Draft {
        server_flavor: "physical.rx1.xlarge".into(),
        phone_flavor: "rx1.cp.c60.d10.e1v1".into(),
        image_id: "20032120200330a20b000eae5b8c01e6".into(),
        server_name: name.into(),
        auto_pay: true,
        ..Draft::default()
    }
}
