//! `--demo` for the commands: one world for each scene, kept between runs, never mixed up with another one, and never
//! the journal of real accounts.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::fixture::{ORDER, Said, Stage};

/// A home without settings, credentials or variables.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::write(home.0.path().join("order.json"), ORDER).unwrap();
        home
    }

    fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let binary = std::env::var_os("CPH_WIZARD_BIN")
            .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_cph-wizard")), PathBuf::from);
        let mut command = Command::new(binary);
        command.args(args).env_clear().current_dir(self.0.path()).env("HOME", self.0.path()).env("COLUMNS", "80");
        // Nothing leaves this machine: a call through this proxy would fail.
        command.env("HTTPS_PROXY", "http://127.0.0.1:9").env("XDG_STATE_HOME", self.0.path().join("state"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, line: &str) -> Said {
        Stage::ended(self.command(line.split_whitespace()).spawn().unwrap())
    }

    /// Runs a line that has to succeed.
    fn done(&self, line: &str) -> Said {
        let said = self.run(line);
        assert_eq!(said.code, 0, "{line}: {said:?}");
        said
    }

    /// Buys an order that is paid at once.
    fn pays(&self, demo: &str) -> Said {
        let checked = self.done("check order.json --set is_auto_pay=1 --json").json();
        let hash = checked["hash"].as_str().unwrap();
        self.run(&format!("buy order.json --set is_auto_pay=1 --confirm {hash} --json {demo}"))
    }

    fn orders(&self, demo: &str) -> Vec<Value> {
        self.done(&format!("orders list --json {demo}")).json()["orders"].as_array().unwrap().clone()
    }

    fn states(&self, demo: &str) -> Vec<String> {
        self.orders(demo).iter().map(|order| order["state"].as_str().unwrap().to_owned()).collect()
    }

    fn state(&self, path: &str) -> PathBuf {
        self.0.path().join("state/cph-wizard").join(path)
    }

    fn world(&self, scene: &str) -> PathBuf {
        self.state("demo/worlds").join(scene).join("world.json")
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_one_command_orders_in_the_demo_the_others_show() {
    let home = Home::new();
    let listed = home.done("catalogue servers --demo --json").json();
    assert!(listed["servers"].as_array().unwrap().iter().any(|row| row["name"] == "physical.rx1.xlarge"), "{listed}");
    home.done("check order.json --online --demo");
    assert!(!home.state("").exists(), "who only reads keeps nothing");
    let bought = home.done("buy order.json --demo --yes --json");
    assert!(bought.err.contains("Nothing real is bought") && bought.err.contains("not paid yet"), "{bought:?}");
    let bought = bought.json();
    let unpaid =
        json!({ "state": "unpaid", "amount_due": null, "currency": null, "pay_before": null, "console": null });
    assert_eq!((&bought["outcome"], &bought["payment"]), (&json!("accepted"), &unpaid));
    let orders = home.orders("--demo");
    assert_eq!(orders.len(), 1);
    assert_eq!((&orders[0]["id"], &orders[0]["order_ids"]), (&bought["id"], &json!([bought["order_id"]])));
    assert_eq!(orders[0]["payment"], unpaid);
    let shown = home.done(&format!("orders show --demo {}", bought["id"].as_str().unwrap()));
    assert!(shown.out.contains("ACCEPTED") && shown.err.contains("Unpaid Orders"), "{shown:?}");
    assert!(!shown.out.contains("earlier demo"), "{shown:?}");
    assert!(home.done("orders list --demo").err.contains("1 order was placed without payment"));
    let again = home.run("buy order.json --demo --yes");
    assert!(again.code == 2 && again.err.contains("Possible duplicate of farm: same request, ACCEPTED"), "{again:?}");
    assert_eq!((mode(&home.world("normal")), home.state("live").exists()), (0o600, false));
    assert!(home.orders("").is_empty(), "the journal of real accounts knows nothing of it");
    assert!(!home.state("live").exists());
}

#[test]
fn servers_are_there_in_later_runs_and_each_scene_has_its_own() {
    let home = Home::new();
    let bought = home.pays("--demo");
    assert_eq!((bought.code, &bought.json()["payment"]["state"]), (0, &json!("unknown")), "{bought:?}");
    let noted =
        |demo: &str| home.done(&format!("check order.json --online {demo}")).err.contains("A server of this name");
    assert!(
        noted("--demo") && noted("--demo=normal") && !noted("--demo=sold-out") && !noted("--demo=late-server-list")
    );
    assert_eq!((home.orders("--demo").len(), home.orders("--demo=late-server-list").len()), (1, 0));
}

#[test]
fn an_order_whose_answer_was_lost_is_found_by_the_next_command() {
    let home = Home::new();
    let lost = home.pays("--demo=broken-json");
    assert_eq!(lost.code, 6, "{lost:?}");
    assert_eq!(home.states("--demo=broken-json"), ["UNKNOWN"]);
    assert_eq!(home.done("orders reconcile --demo").out, "No order has an unknown outcome.\n");
    let found = home.done("orders reconcile --demo=broken-json");
    assert!(found.out.contains("FOUND: the order was placed"), "{found:?}");
    assert_eq!(home.states("--demo=broken-json"), ["FOUND"]);
}

/// Reads the servers again and again in a world that is not the one of the order.
fn stays_unknown(home: &Home) {
    for _ in 0..3 {
        let searched = home.run("orders reconcile --demo=broken-json");
        assert!(searched.code == 6 && searched.out.contains("went to another demo"), "{searched:?}");
    }
    assert_eq!(home.states("--demo=broken-json"), ["UNKNOWN"]);
    let listed = home.done("orders list --demo=broken-json");
    assert!(listed.err.contains("1 UNKNOWN order went to an earlier demo"), "{listed:?}");
    let id = home.orders("--demo=broken-json")[0]["id"].as_str().unwrap().to_owned();
    let shown = home.done(&format!("orders show --demo=broken-json {id}"));
    assert!(shown.out.contains("went to an earlier demo") && !shown.out.contains("READING"), "{shown:?}");
}

#[test]
fn orders_of_a_world_that_is_lost_are_not_absent() {
    let home = Home::new();
    assert_eq!(home.pays("--demo=broken-json").code, 6);
    fs::remove_file(home.world("broken-json")).unwrap();
    stays_unknown(&home);
}

#[test]
fn a_damaged_or_newer_world_is_set_aside_and_its_orders_are_not_absent() {
    let home = Home::new();
    assert_eq!(home.pays("--demo=broken-json").code, 6);
    let world = home.world("broken-json");
    let whole = fs::read_to_string(&world).unwrap();
    for (at, (text, why)) in [
        (whole.replacen("\"version\": 1", "\"version\": 2", 1), "it has version 2"),
        (whole.replacen("\"scene\"", "\"colour\"", 1), "unknown field"),
        (whole[..whole.len() / 2].to_owned(), "EOF"),
        (" ".repeat((4 << 20) + 1), "larger than 4 MiB"),
    ]
    .into_iter()
    .enumerate()
    {
        fs::write(&world, &text).unwrap();
        let searched = home.run("orders reconcile --demo=broken-json");
        assert_eq!(searched.code, 6);
        assert!(searched.err.contains(why) && searched.err.contains("The demo starts over"), "{searched:?}");
        assert!(searched.err.contains("set aside as") && searched.err.lines().count() == 1, "{searched:?}");
        let number = if at == 0 { String::new() } else { format!("-{}", at + 1) };
        assert_eq!(fs::read_to_string(format!("{}.unreadable{number}", world.display())).unwrap(), text);
        stays_unknown(&home);
    }
}

#[test]
fn a_world_that_others_can_read_is_left_alone() {
    let home = Home::new();
    home.done("buy order.json --demo --yes");
    let world = home.world("normal");
    fs::set_permissions(&world, fs::Permissions::from_mode(0o644)).unwrap();
    let text = fs::read(&world).unwrap();
    let said = home.done("buy order.json --demo --yes");
    assert!(said.err.contains("chmod 600") && said.err.contains("This one has its own orders"), "{said:?}");
    assert_eq!((fs::read(&world).unwrap(), home.orders("--demo").len()), (text, 1));
}

#[test]
fn a_reset_starts_over_with_another_world_and_journal() {
    let home = Home::new();
    let id = |home: &Home| {
        let world: Value = serde_json::from_slice(&fs::read(home.world("normal")).unwrap()).unwrap();
        world["id"].as_str().unwrap().to_owned()
    };
    home.done("buy order.json --demo --yes");
    let before = id(&home);
    assert_eq!(home.run("orders list --demo-reset").code, 2, "it does not reset a real journal");
    assert!(home.done("orders list --demo --demo-reset --json").json()["orders"].as_array().unwrap().is_empty());
    assert!(home.state("demo/worlds/normal.before-reset/journal.jsonl").exists());
    let again = home.done("buy order.json --demo --yes");
    assert!(!again.err.contains("The same order"), "{again:?}");
    assert_ne!(id(&home), before);
    assert_eq!(home.orders("--demo").len(), 1);
    home.done("buy order.json --demo --demo-reset --yes");
    assert_eq!(home.orders("--demo").len(), 1);
}

#[test]
fn a_second_process_has_a_world_and_a_journal_of_its_own() {
    let home = Home::new();
    let waits = "buy order.json --demo=broken-json --yes --wait accepted --timeout 1h";
    let mut first = home.command(waits.split(' ')).spawn().unwrap();
    // Once the outcome is told, the order is in the world, and the process goes on to search for it.
    let mut line = String::new();
    BufReader::new(first.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("UNKNOWN"), "{line}");

    let second = home.run("buy order.json --demo=broken-json --yes");
    let own = "Another process uses this demo: this one has its own orders, which end with it";
    assert!(second.code == 6 && second.err.contains(own), "{second:?}");
    let searched = home.run("orders reconcile --demo=broken-json");
    assert!(searched.code == 6 && searched.err.contains("cannot be searched for now"), "{searched:?}");
    let reset = home.run("orders --demo=broken-json --demo-reset");
    assert!(reset.code == 2 && reset.err.contains("another process uses it"), "{reset:?}");
    assert_eq!(home.done("catalogue servers --demo=broken-json").err, "", "lists are read at any time");
    assert_eq!(home.done("buy order.json --demo --yes").code, 0, "another scene is another world");
    assert_eq!(home.states("--demo=broken-json"), ["UNKNOWN"], "the order of the second process is not there");

    first.kill().unwrap();
    first.wait().unwrap();
    // The world of the second process has ended, and its journal begins anew.
    let third = home.run("buy order.json --demo=broken-json --yes --second");
    assert!(third.code == 6 && !third.err.contains(own), "{third:?}");
    assert_eq!(home.states("--demo=broken-json"), ["UNKNOWN", "UNKNOWN"]);
}

#[test]
fn a_dry_run_of_the_demo_keeps_nothing() {
    let home = Home::new();
    let said = home.done("buy order.json --demo --dry-run");
    assert!(said.out.contains("/v1/demo-project/cloud-phone/phones"), "{said:?}");
    assert!(!home.state("").exists());
}

#[test]
fn a_demo_that_does_not_exist_is_refused() {
    let home = Home::new();
    for line in
        ["catalogue servers", "check order.json --online", "buy order.json --yes", "orders list", "orders verify"]
    {
        let said = home.run(&format!("{line} --demo=sunny"));
        assert!(said.code == 2 && said.err.contains("there is no scene \"sunny\""), "{line}: {said:?}");
    }
    for line in ["check order.json --online", "buy order.json --yes", "catalogue servers"] {
        let said = home.run(&format!("{line} --demo --profile work"));
        assert!(said.code == 2 && said.err.contains("--demo uses no account"), "{line}: {said:?}");
    }
    let said = home.run("check order.json --demo");
    assert!(said.code == 2 && said.err.contains("--online"), "{said:?}");
    assert!(!home.state("demo/worlds/normal").exists() && !home.state("live").exists());
}

#[test]
fn the_wizard_sees_the_orders_of_the_commands() {
    let home = Home::new();
    home.done("buy order.json --demo --yes ");
    let mut wizard = home.command(["--linear", "--demo", "--last"]).stdin(Stdio::piped()).spawn().unwrap();
    wizard.stdin.take().unwrap().write_all(b"review\n").unwrap();
    let said = Stage::ended(wizard);
    assert!(said.out.contains("last order"), "{said:?}");
}
