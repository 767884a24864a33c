//! `orders`: filters and exports of the journal.

use serde_json::json;

use crate::fixture::Stage;

fn journal() -> Stage {
    let stage = Stage::new("normal");
    for name in ["alpha", "beta"] {
        let args = ["buy", "order.json", "--yes", "--second", "--set", &format!("server_name={name}")];
        assert_eq!(stage.run(args).code, 0);
    }
    stage
}

#[test]
fn an_empty_journal_is_said_and_is_empty() {
    let stage = Stage::new("normal");
    assert_eq!(stage.run(["orders"]).out, "No order was confirmed yet.\n");
    assert_eq!(stage.run(["orders", "list", "--name", "x"]).out, "No order matches.\n");
    assert_eq!(stage.run(["orders", "list", "--json"]).json(), json!({ "orders": [] }));
    assert_eq!(stage.run(["orders", "export", "--csv"]).out.lines().count(), 1);
}

#[test]
fn filters_leave_what_they_name() {
    let stage = journal();
    let names = |args: &[&str]| -> Vec<String> {
        let said = stage.run([&["orders", "list", "--json"], args].concat());
        let listed = said.json();
        listed["orders"].as_array().unwrap().iter().map(|it| it["server_name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&[]), ["beta", "alpha"]);
    assert_eq!(names(&["--name", "ALP"]), ["alpha"]);
    assert_eq!(names(&["--state", "accepted", "--since", "1h", "--project", "p"]).len(), 2);
    for none in [["--state", "unknown"], ["--since", "2999-01-01"], ["--project", "q"], ["--account", "work"]] {
        assert_eq!(names(&none), Vec::<String>::new(), "{none:?}");
    }
    for (wrong, why) in [(["--state", "done"], "is no state of an order"), (["--since", "soon"], "is no time")] {
        let said = stage.run([&["orders", "list"], &wrong[..]].concat());
        assert!(said.code == 2 && said.err.contains(why), "{said:?}");
    }
}

#[test]
fn an_export_is_csv_without_formulas_or_json_with_everything() {
    let stage = journal();
    let formula = "-web";
    let args = ["buy", "order.json", "--yes", "--second", "--set", &format!("server_name={formula}")];
    assert_eq!(stage.run(args).code, 0);
    let csv = stage.run(["orders", "export", "--csv"]);
    assert_eq!(csv.code, 0);
    assert!(csv.out.starts_with("id,at,state,server_name,order_ids,profile,"), "{csv:?}");
    let lines: Vec<&str> = csv.out.split("\r\n").collect();
    assert!(lines[1].contains(",ACCEPTED,'-web,CS"), "{lines:?}");
    assert_eq!(lines.len(), 5);
    let named = stage.run(["orders", "export", "--json", "--name", "alpha"]).json();
    let order = &named["orders"][0];
    assert!(order["body"].as_str().unwrap().contains("\"server_name\": \"alpha\""), "{named}");
    assert_eq!(order["records"].as_array().unwrap().len(), 3);
    let id = order["id"].as_str().unwrap();
    assert_eq!(&stage.run(["orders", "show", &id[..8], "--json"]).json(), order);
    for wrong in [&["orders", "export"][..], &["orders", "export", "--csv", "--json"]] {
        let said = stage.run(wrong);
        assert!(said.code == 2 && said.err.contains("--csv and --json"), "{said:?}");
    }
}
