//! How the program is started: arguments, account, size, and a small environment of its own.

use std::path::Path;
use std::rc::Rc;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::harness::Terminal;
use crate::simulator_process::Cloud;

/// The program under test.
pub fn binary() -> String {
    let named = std::env::var("CPH_WIZARD_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_cph-wizard").into());
    // Starts happen in directories of their own.
    std::fs::canonicalize(named).expect("the program under test").display().to_string()
}

/// A home directory; it outlives a start, so that drafts can be found by the next one.
pub type Home = Rc<TempDir>;

pub fn new_home() -> Home {
    Rc::new(tempfile::tempdir().expect("a home directory"))
}

pub struct Start {
    args: Vec<String>,
    environment: Vec<(String, String)>,
    left_out: Vec<&'static str>,
    size: (u16, u16),
    home: Home,
}

impl Start {
    pub fn with(args: &[&str]) -> Self {
        let args = args.iter().map(|arg| (*arg).to_owned()).collect();
        Self { args, environment: Vec::new(), left_out: Vec::new(), size: (80, 24), home: new_home() }
    }

    pub fn demo() -> Self {
        Self::with(&["--demo"])
    }

    /// Against a simulator in a process of its own.
    pub fn at(cloud: &Cloud) -> Self {
        let account = [
            ("CPH_WIZARD_TEST_ENDPOINT", "1"),
            ("CPH_WIZARD_ENDPOINT", cloud.url.as_str()),
            ("CPH_WIZARD_TOKEN", "token"),
            ("CPH_WIZARD_PROJECT_ID", "p"),
        ];
        account.into_iter().fold(Self::with(&[]), |start, (name, value)| start.env(name, value))
    }

    /// With nothing but the way to a simulator that speaks TLS: who orders is not said.
    pub fn towards(cloud: &Cloud) -> Self {
        Self::with(&[]).env("CPH_WIZARD_ENDPOINT", &cloud.url).trusting(cloud)
    }

    /// The same with the variables of the vendor's SDK, which move a region and make no account.
    pub fn moved_to(cloud: &Cloud) -> Self {
        let moved = ["CPH", "IAM", "ECS", "KPS"].map(|service| format!("HUAWEICLOUD_SDK_REGION_{service}_CN_NORTH_4"));
        moved.iter().fold(Self::with(&[]), |start, name| start.env(name, &cloud.url)).trusting(cloud)
    }

    fn trusting(self, cloud: &Cloud) -> Self {
        self.env("CPH_WIZARD_TEST_ENDPOINT", "1").env("CPH_WIZARD_CA_FILE", &cloud.ca())
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// With a log in the home that keeps all that there is to keep.
    pub fn logged(mut self) -> Self {
        self.args.extend(["--log", "run.log", "-vv"].map(str::to_owned));
        self
    }

    /// Without something of the small environment.
    pub fn without(mut self, name: &'static str) -> Self {
        self.left_out.push(name);
        self
    }

    pub fn size(self, cols: u16, rows: u16) -> Self {
        Self { size: (cols, rows), ..self }
    }

    pub fn home(self, home: &Home) -> Self {
        Self { home: Rc::clone(home), ..self }
    }

    pub fn open(self) -> Opened {
        let mut command = CommandBuilder::new(binary());
        command.args(&self.args);
        command.arg("--state-dir");
        command.arg(self.home.path().join("state"));
        self.open_command(command)
    }

    /// An interactive shell instead of the program; it has job control.
    pub fn open_shell(self) -> Opened {
        let plain = "set enable-bracketed-paste off\n";
        std::fs::write(self.home.path().join(".inputrc"), plain).expect("settings of the shell");
        let mut command = CommandBuilder::new("bash");
        command.args(["--norc", "--noprofile", "-i"]);
        self.env("PS1", "ready> ").env("HISTFILE", "").open_command(command)
    }

    /// A shell script in a terminal that another program provides; that terminal is gone when the program is. The
    /// kernel tells it to the leader of the session alone: either that is the script itself, or a shell before it,
    /// whose end tells the script.
    pub fn open_fragile(self, text: &str, has_leader: bool) -> Opened {
        std::fs::write(self.home.path().join("script.sh"), text).expect("a script");
        let line = if has_leader { "bash script.sh; true" } else { "exec bash script.sh" };
        let mut command = CommandBuilder::new("script");
        command.args(["-q", "-c", line, "/dev/null"]);
        self.open_command(command)
    }

    /// Any command in a terminal.
    pub fn open_command(self, mut command: CommandBuilder) -> Opened {
        command.env_clear();
        command.cwd(self.home.path());
        let path = std::env::var("PATH").unwrap_or_default();
        let home = self.home.path();
        command.env("PATH", path);
        for (name, value) in small_environment(home).into_iter().filter(|(name, _)| !self.left_out.contains(name)) {
            command.env(name, value);
        }
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        Opened { terminal: Terminal::open(command, self.size.0, self.size.1), _home: self.home }
    }
}

/// What every start of the program gets.
pub fn small_environment(home: &Path) -> [(&'static str, String); 7] {
    let under = |name: &str| home.join(name).display().to_string();
    [
        ("HOME", home.display().to_string()),
        ("XDG_STATE_HOME", under("xdg-state")),
        ("XDG_CONFIG_HOME", under("xdg-config")),
        ("TERM", "xterm-256color".into()),
        ("LC_ALL", "C.UTF-8".into()),
        ("TZ", "UTC".into()),
        ("CPH_WIZARD_NO_INTRO", "1".into()),
    ]
}

/// A terminal, and the home directory that must outlive it.
pub struct Opened {
    terminal: Terminal,
    _home: Home,
}

impl Opened {
    /// See `Terminal::ended`.
    pub fn ended(self) -> crate::harness::Ended {
        let Self { terminal, _home } = self;
        terminal.ended()
    }
}

impl std::ops::Deref for Opened {
    type Target = Terminal;

    fn deref(&self) -> &Terminal {
        &self.terminal
    }
}

impl std::ops::DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut Terminal {
        &mut self.terminal
    }
}
