//! A home of its own for each test, and the program run in it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The secret of the tests: it must turn up nowhere.
pub const SECRET: &str = "canary-7Qz2vK9xW4";
pub const ACCESS_KEY: &str = "FAKEKEYOFTHETESTS001";

/// The settings file in its usual place.
const SETTINGS: &str = "config/cph-wizard/config.toml";

/// A home directory and what the environment says beside it.
pub struct Home {
    dir: TempDir,
    environment: Vec<(String, String)>,
}

/// What a run came to.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// A home with settings in the usual place.
    pub fn with(settings: &str) -> Self {
        let home = Self::new();
        home.write(SETTINGS, settings);
        home
    }

    /// A home whose SDK file holds this pair of keys.
    pub fn with_keys(secret_key: &str) -> Self {
        let home = Self::new();
        home.write(".huaweicloud/credentials", &format!("[basic]\nak = {ACCESS_KEY}\nsk = {secret_key}\n"));
        home
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The settings file in its usual place.
    pub fn settings(&self) -> PathBuf {
        self.path(SETTINGS)
    }

    pub fn text(&self) -> String {
        fs::read_to_string(self.settings()).unwrap()
    }

    /// Writes a file for its owner alone.
    pub fn write(&self, name: &str, text: &str) {
        let file = self.path(name);
        let folder = file.parent().unwrap();
        fs::create_dir_all(folder).unwrap();
        fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    }

    /// The program, with nothing of the real environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let binary = std::env::var_os("CPH_WIZARD_BIN")
            .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_cph-wizard")), PathBuf::from);
        let mut command = Command::new(binary);
        command.args(args).env_clear().env("HOME", self.dir.path());
        command.env("XDG_CONFIG_HOME", self.path("config")).env("XDG_STATE_HOME", self.path("state"));
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs `profile` with these words. Whatever it says holds no secret and nothing that moves a cursor.
    pub fn profile(&self, args: &[&str]) -> Said {
        let output = self.command(&[&["profile"], args].concat()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let said = Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        for shown in [&said.out, &said.err] {
            assert!(!shown.contains("canary") && !shown.contains('\u{1b}'), "{shown}");
        }
        said
    }

    /// `profile`, which has to work.
    pub fn done(&self, args: &[&str]) -> String {
        let said = self.profile(args);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        said.out
    }

    /// `profile --json`, whatever its exit code is.
    pub fn json(&self, args: &[&str]) -> Value {
        let said = self.profile(&[args, &["--json"]].concat());
        assert_eq!(said.out.lines().count(), 1, "{}{}", said.out, said.err);
        serde_json::from_str(&said.out).unwrap()
    }

    /// `profile`, which has to be refused as a wrong command line; what it says.
    pub fn refused(&self, args: &[&str]) -> String {
        let said = self.profile(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        said.err
    }
}

/// The rights of a file or a folder.
pub fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}
