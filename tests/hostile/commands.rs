//! The command line: what it prints is lines of text, whatever the cloud, the settings, the files and the person say.

use std::fs::{Permissions, create_dir_all, set_permissions, write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cph_wizard::simulator::{Options, Scene, Simulator};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::corpus::{HOSTILE, everything, wrong_in};

/// A home of its own, and a simulator whose texts are hostile.
struct Stage {
    home: TempDir,
    simulator: Option<Simulator>,
    runtime: tokio::runtime::Runtime,
}

impl Stage {
    fn new(fields: &[&str], scene: Value) -> Self {
        let mut all = json!({ "version": 2, "name": "hostile", "description": "of a test" });
        all["tampering"] = json!({
            "operations": ["purchase", "servers"],
            "append_text": { "fields": fields, "text": everything() },
        });
        if let (Some(all), Value::Object(scene)) = (all.as_object_mut(), scene) {
            all.extend(scene);
        }
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let options = Options { scene: Scene::parse(&all.to_string()).unwrap(), ..Options::default() };
        let simulator = runtime.block_on(Simulator::start(options)).unwrap();
        Self { home: tempfile::tempdir().unwrap(), simulator: Some(simulator), runtime }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn put(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        create_dir_all(path.parent().unwrap()).unwrap();
        write(&path, text).unwrap();
        set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        path.display().to_string()
    }

    /// Runs the program and looks at all that it prints.
    fn run(&self, what: &str, args: &[&str]) -> Output {
        let binary = std::env::var_os("CPH_WIZARD_BIN")
            .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_cph-wizard")), PathBuf::from);
        let mut command = Command::new(binary);
        let home = self.home.path();
        command.args(args).current_dir(home).env_clear().env("HOME", home).env("TZ", "UTC");
        command.env("XDG_CONFIG_HOME", home.join("config")).env("XDG_STATE_HOME", home.join("state"));
        if let Some(simulator) = &self.simulator {
            let account = [
                ("CPH_WIZARD_TEST_ENDPOINT", "1".to_owned()),
                ("CPH_WIZARD_ENDPOINT", simulator.url()),
                ("CPH_WIZARD_TOKEN", "token".to_owned()),
                ("CPH_WIZARD_PROJECT_ID", "p".to_owned()),
            ];
            command.envs(account);
        }
        let output = command.stdin(Stdio::null()).output().unwrap();
        for bytes in [&output.stdout, &output.stderr] {
            let text = std::str::from_utf8(bytes).expect("text");
            // The lines of CSV end in two characters, and those of Go begin with tabs.
            let ends = if args.contains(&"--csv") { "\r\n" } else { "\n" };
            let is_go = args.contains(&"go");
            for line in text.split(ends).map(|line| if is_go { line.trim_start_matches('\t') } else { line }) {
                assert_eq!(wrong_in(line), None, "{what}: {args:?}");
            }
        }
        output
    }

    fn without_cloud(mut self) -> Self {
        if let Some(simulator) = self.simulator.take() {
            self.runtime.block_on(simulator.stop());
        }
        self
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An image that fits the flavor below.
const IMAGE: &str = "20032120200330a20b000eae5b8c01e6";

/// An order that the simulator takes.
fn order() -> Value {
    json!({
        "server_name": "web-01",
        "server_model_name": "physical.rx1.xlarge",
        "phone_model_name": "rx1.cp.c15.d46.e1v1",
        "image_id": IMAGE,
        "count": 1,
        "band_width": { "band_width_share_type": 0 },
        "extend_param": { "charging_mode": 0, "period_type": 2, "period_num": 1, "is_auto_pay": 0 }
    })
}

fn hash_of(stage: &Stage, file: &str) -> String {
    let output = stage.run("check", &["check", file, "--json"]);
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    said["hash"].as_str().unwrap_or_else(|| panic!("no hash: {said}")).to_owned()
}

#[test]
fn ids_and_words_of_an_outcome_and_what_the_journal_keeps_of_them() {
    let refusal = json!({ "rejection": {
        "stage": "service", "operations": ["purchase"], "status": 400, "code": "CPS.0065", "message": "no" } });
    let accepted = &["request_id", "order_id", "product_id"][..];
    for (fields, scene) in [(&["error_msg", "error_code", "request_id"][..], refusal), (accepted, json!({}))] {
        for json in [&[][..], &["--json"]] {
            let stage = Stage::new(fields, scene.clone());
            let file = stage.put("order.json", &order().to_string());
            let hash = hash_of(&stage, &file);
            let output = stage.run("buy", &[&["buy", &file, "--confirm", &hash], json].concat());
            let code = output.status.code();
            assert!(matches!(code, Some(4 | 6)), "{code:?}: {}{}", out(&output), err(&output));
            let listed = stage.run("orders", &[&["orders"], json, &["list"]].concat());
            assert!(out(&listed).contains("web-01"), "{}{}", out(&listed), err(&listed));
            let id: String = match json {
                [] => out(&listed).chars().take(8).collect(),
                _ => serde_json::from_slice::<Value>(&listed.stdout).unwrap()["orders"][0]["id"]
                    .as_str()
                    .unwrap()
                    .to_owned(),
            };
            stage.run("orders", &[&["orders"], json, &["show", &id]].concat());
            stage.run("orders", &[&["orders"], json, &["reconcile"]].concat());
        }
    }
}

#[test]
fn servers_that_are_there_already() {
    let stage = Stage::new(&["server_name", "server_id", "order_id"], json!({}));
    let file = stage.put("order.json", &order().to_string());
    let hash = hash_of(&stage, &file);
    for _ in 0..2 {
        stage.run("buy", &["buy", &file, "--confirm", &hash]);
    }
}

#[test]
fn order_files_whose_values_and_names_are_hostile() {
    let stage = Stage::new(&[], json!({})).without_cloud();
    for (what, text) in HOSTILE {
        for member in ["server_name", "server_model_name", "phone_model_name", "image_id", "keypair_name", "count"] {
            let mut order = order();
            order[member] = json!(format!("x{text}"));
            let file = stage.put("order.json", &order.to_string());
            for json in [&[][..], &["--json"]] {
                let output = stage.run(what, &[&["check", &file], json].concat());
                assert!(matches!(output.status.code(), Some(0 | 2 | 3)), "{output:?}");
            }
        }
        let mut order = order();
        order[text] = json!(text);
        order["band_width"][text] = json!({ text: [text] });
        order["ports"] = json!([{ "name": text, text: text }]);
        let file = stage.put("order.json", &order.to_string());
        stage.run(what, &["check", &file]);
        stage.run(what, &["check", &file, "--json"]);
        let broken = stage.put("broken.json", &format!("{{\"a\": {text}"));
        assert_eq!(stage.run(what, &["check", &broken]).status.code(), Some(3), "{what}");
    }
}

/// As much of a text as a place has room for, in bytes.
fn cut(text: &str, most: usize) -> &str {
    let ends = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..ends.unwrap_or(0)]
}

#[test]
fn orders_whose_names_are_hostile_are_exported() {
    let stage = Stage::new(&[], json!({})).without_cloud();
    for (what, text) in HOSTILE {
        let mut order = order();
        order["keypair_name"] = json!(cut(&format!("x{text}"), 64));
        order["phone_model_name"] = json!(cut(text, 64));
        order["ports"] = json!([{ "name": cut(text, 16), "listen_port": 20000, "internet_accessible": "true" }]);
        let file = stage.put("order.json", &order.to_string());
        for format in ["curl", "http", "terraform", "python", "go", "hcloud"] {
            let output = stage.run(what, &["export", &file, "--as", format]);
            // A command line cannot hold every character there is, and says so.
            let expected = if format == "hcloud" && text.contains('\0') { Some(2) } else { Some(0) };
            assert_eq!(output.status.code(), expected, "{format}: {}", err(&output));
        }
    }
}

#[test]
fn lists_of_the_cloud_in_every_form() {
    let fields = ["name", "image_name", "band_width_name", "server_model_name", "phone_model_name", "fingerprint"];
    for (list, operation) in [
        ("servers", "server-models"),
        ("phones", "phone-models"),
        ("images", "phone-images"),
        ("bandwidths", "bandwidths"),
        ("keypairs", "os-keypairs"),
    ] {
        let texts = json!({ "fields": fields, "text": everything() });
        let stage = Stage::new(&[], json!({ "tampering": { "operations": [operation], "append_text": texts } }));
        let mut spoiled = 0;
        for form in [&[][..], &["--json"], &["--csv"]] {
            let output = stage.run(list, &[&["catalogue", list], form].concat());
            assert_eq!(output.status.code(), Some(0), "{list}: {}", err(&output));
            spoiled += usize::from(out(&output).contains(if form == ["--json"] { "\\u001b" } else { "<U+001B>" }));
        }
        assert!(spoiled >= 2, "{list}: nothing hostile was shown");
    }
}

#[test]
fn settings_and_profiles_that_are_hostile() {
    for (what, text) in HOSTILE {
        let stage = Stage::new(&[], json!({})).without_cloud();
        let quoted = toml_text(&format!("x{text}"));
        for settings in [
            format!("profile = {quoted}\n"),
            format!("{quoted} = 1\n"),
            format!("[profiles.{quoted}]\nregion = \"cn-north-4\"\n"),
            format!("profile = \"a\"\n[profiles.a]\nregion = {quoted}\n"),
            format!("profile = \"a\"\n[profiles.a]\nregion = \"cn-north-4\"\nproject_name = {quoted}\n"),
            format!("profile = \"a\"\n[profiles.a]\nregion = \"cn-north-4\"\nca_file = {quoted}\n"),
            format!(
                "profile = \"a\"\n[profiles.a]\nregion = \"cn-north-4\"\n[profiles.a.defaults]\nserver_name = {quoted}\n"
            ),
            format!("[keys]\n{quoted} = \"F12\"\nundo = {quoted}\n"),
            text.to_owned(),
        ] {
            stage.put("config/cph-wizard/config.toml", &settings);
            for args in [&["profile", "list"][..], &["profile", "show"], &["profile", "show", "--json"], &[]] {
                stage.run(what, args);
            }
        }
    }
}

/// A text as a basic string of TOML.
fn toml_text(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if u32::from(c) < 0x20 || u32::from(c) == 0x7f => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[test]
fn words_of_the_command_line_that_are_hostile() {
    let stage = Stage::new(&[], json!({})).without_cloud();
    stage.put("order.json", &order().to_string());
    for (what, text) in HOSTILE.iter().filter(|(_, text)| !text.contains('\0')) {
        for args in [
            &["check", text][..],
            &["check", "order.json", "--set", text],
            &["check", "order.json", "--set", &format!("count={text}")],
            &["check", "order.json", "--set", &format!("{text}=1")],
            &["buy", "order.json", "--confirm", text],
            &["orders", "show", text],
            &["profile", "show", text],
            &["profile", "use", text],
            &["profile", "add", text, "--region", "x"],
            &["profile", "add", "a", "--region", text],
            &["profile", "remove", text],
            &["simulate", "--scene", text],
            &["simulate", "--listen", text],
            &["--demo", "--from", text],
            &["--demo", "--template", text],
            &["--config", text],
            &["--region", text],
            &["--profile", text],
            &[&format!("--demo={text}")],
            &[&format!("--{text}")],
            &[text],
        ] {
            let output = stage.run(what, args);
            assert_ne!(output.status.code(), Some(1), "{args:?}: {}", err(&output));
        }
    }
}

/// Paths are texts from outside as well.
#[test]
fn folders_whose_names_are_hostile() {
    let stage = Stage::new(&[], json!({})).without_cloud();
    for (what, text) in HOSTILE.iter().filter(|(_, text)| !text.contains(['\0', '/'])) {
        let folder: &Path = &stage.path(&format!("d{text}"));
        create_dir_all(folder).unwrap();
        let file = folder.join("order.json");
        write(&file, "{").unwrap();
        let (file, folder) = (file.display().to_string(), folder.display().to_string());
        stage.run(what, &["check", &file]);
        stage.run(what, &["orders", "--state-dir", &folder]);
        stage.run(what, &["--config", &file]);
        stage.run(what, &["profile", "show", "--config", &file]);
    }
}
