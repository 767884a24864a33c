//! `buy`: who says that an order may be placed, what is sent, what is said, and that a repeat is stopped.

use serde_json::json;

use crate::fixture::{ORDER, Stage};

#[test]
fn a_purchase_in_a_pipe_and_its_repeat_by_mistake() {
    let stage = Stage::new("normal");
    let args = ["buy", "-", "--set", "server_name=piped", "--yes", "--json"];
    let said = stage.fed(&args, ORDER.as_bytes());
    assert_eq!(said.code, 0, "{said:?}");
    let bought = said.json();
    let placed = stage.simulator().ledger();
    assert_eq!((&bought["outcome"], &bought["order_id"]), (&json!("accepted"), &json!(placed[0].order_id)));
    let again = stage.fed(&args, ORDER.as_bytes());
    let refused = again.json();
    assert_eq!((again.code, &refused["outcome"]), (2, &json!("not_confirmed")));
    assert_eq!(refused["reason"]["code"], "possible_duplicate");
    assert!(again.err.contains("Possible duplicate of piped: same request, ACCEPTED at"), "{again:?}");
    assert!(again.err.contains("--second buys all the same"));
    assert_eq!((stage.posts(), stage.placed(), stage.states()), (1, 1, vec!["ACCEPTED".to_owned()]));
    let meant = stage.fed(&[&args[..], &["--second"]].concat(), ORDER.as_bytes());
    assert_eq!((meant.code, stage.posts(), stage.placed()), (0, 2, 2));
}

#[test]
fn without_consent_nothing_is_bought_and_nobody_is_asked() {
    let stage = Stage::new("normal");
    let hash = stage.hash(&[]);
    let said = stage.run(["buy", "order.json"]);
    assert_eq!(said.code, 2);
    assert_eq!(said.out, format!("Place order: 2 servers (phones not known), 1 month, not paid yet\nSHA-256 {hash}\n"));
    assert!(said.err.contains(&format!("--confirm {hash}")) && said.err.contains("--yes"), "{said:?}");
    let said = stage.run(["buy", "order.json", "--json"]);
    let expected = json!({
        "outcome": "not_confirmed", "hash": hash, "pays_now": false,
        "summary": "Place order: 2 servers (phones not known), 1 month, not paid yet",
    });
    let mut result = said.json();
    let reason = result.as_object_mut().unwrap().remove("reason").unwrap();
    assert_eq!((said.code, result), (2, expected));
    assert_eq!(reason["code"], "confirmation_missing");
    assert!(reason["message"].as_str().unwrap().contains(&format!("--confirm {hash}")), "{reason}");
    let said = stage.run(["buy", "order.json", "--confirm", "abc"]);
    assert!(said.code == 2 && said.out.is_empty() && said.err.contains("--confirm says abc"), "{said:?}");
    assert_eq!(stage.run(["buy", "order.json", "--yes", "--confirm", &hash]).code, 2);
    assert_eq!((stage.simulator().access_log().len(), stage.states().len()), (0, 0));
}

#[test]
fn money_now_needs_the_hash_and_yes_is_not_enough() {
    let stage = Stage::new("normal");
    let paid = ["buy", "order.json", "--set", "is_auto_pay=1"];
    let hash = stage.hash(&paid[2..]);
    let said = stage.run([&paid[..], &["--yes"]].concat());
    assert!(
        said.code == 2 && said.err.contains(&format!("--confirm {hash}")) && said.out.contains("PAYS NOW"),
        "{said:?}"
    );
    assert_eq!((stage.posts(), stage.states().len()), (0, 0));
    let said = stage.run([&paid[..], &["--confirm", &hash]].concat());
    assert_eq!((said.code, stage.posts(), stage.placed()), (0, 1, 1));
    assert!(said.out.starts_with("ACCEPTED "), "{said:?}");
}

#[test]
fn ready_servers_are_waited_for() {
    let stage = Stage::new("normal");
    let args = ["--set", "is_auto_pay=1"];
    let hash = stage.hash(&args);
    let said = stage.run([&["buy", "order.json", "--confirm", &hash, "--wait", "ready", "--json"], &args[..]].concat());
    assert_eq!(said.code, 0, "{said:?}");
    let result = said.json();
    assert_eq!((&result["outcome"], &result["wait"]["ended"]), (&json!("accepted"), &json!("ready")));
    let servers = result["wait"]["servers"].as_array().unwrap();
    assert!(servers.len() == 2 && servers.iter().all(|server| server["status"] == "normal"), "{result}");
    // Progress is for a person who looks on.
    assert!(!said.err.contains("servers are ready"), "{said:?}");
    assert_eq!(stage.posts(), 1);
}

#[test]
fn the_end_of_waiting_is_not_the_end_of_the_order() {
    let stage = Stage::new("normal");
    let said = stage.run(["buy", "order.json", "--yes", "--wait", "ready", "--timeout", "0", "--json"]);
    let result = said.json();
    assert_eq!((said.code, &result["outcome"], &result["wait"]["ended"]), (6, &json!("accepted"), &json!("timeout")));
    assert!(said.err.contains("This order is not paid yet"), "{said:?}");
    assert_eq!(stage.states(), ["ACCEPTED"]);
}

#[test]
fn an_order_in_doubt_is_looked_for_while_waiting() {
    let stage = Stage::new("broken-json");
    let args = ["--set", "is_auto_pay=1"];
    let hash = stage.hash(&args);
    let waits = ["buy", "order.json", "--confirm", &hash, "--wait", "accepted", "--json"];
    let said = stage.run([&waits[..], &args].concat());
    let result = said.json();
    assert_eq!((said.code, &result["outcome"]), (0, &json!("found")), "{said:?}");
    assert_eq!(result["order_id"], json!(stage.simulator().ledger()[0].order_id));
    assert_eq!((stage.posts(), stage.states()), (1, vec!["FOUND".to_owned()]));
}

#[test]
fn a_dry_run_shows_the_call_and_keeps_nothing() {
    let stage = Stage::new("normal");
    let said = stage.run(["buy", "order.json", "--dry-run"]);
    let hash = stage.hash(&[]);
    let head: Vec<&str> = said.out.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(head[0], format!("POST {}/v1/p/cloud-phone/phones", stage.simulator().url()));
    assert!(head.contains(&"content-type: application/json") && head.contains(&"x-auth-token: ***"), "{said:?}");
    assert!(said.out.ends_with(&format!("\nSHA-256 {hash}\n")) && said.out.contains("\n  \"count\": 2,\n"), "{said:?}");
    let call = stage.run(["buy", "order.json", "--dry-run", "--json"]).json();
    assert_eq!((&call["method"], &call["headers"]["x-auth-token"]), (&json!("POST"), &json!(null)));
    assert_eq!(call["hash"], hash);
    assert_eq!(stage.simulator().access_log().len(), 0);
    assert!(!stage.path("state").exists());
}

#[test]
fn a_time_that_is_none_is_refused_before_anything_else() {
    let stage = Stage::new("normal");
    for time in ["soon", "-3s", "", "8d"] {
        let args = ["buy", "order.json", "--yes", "--wait", "ready", &format!("--timeout={time}")];
        let said = stage.run(args);
        assert!(said.code == 2 && said.err.contains("is no time up to a week"), "{time}: {said:?}");
    }
    assert_eq!(stage.run(["buy", "order.json", "--yes", "--timeout", "3s"]).code, 2);
    assert_eq!(stage.simulator().access_log().len(), 0);
}

#[test]
fn a_template_is_bought_in_a_pipe() {
    let stage = Stage::new("normal");
    for template in [&["template"][..], &["template", "--minimal"]] {
        let text = stage.run(template);
        assert_eq!(text.code, 0);
        let name = format!("server_name=t{}", template.len());
        let args = [
            "buy",
            "-",
            "--yes",
            "--second",
            "--json",
            "--set",
            &name,
            "--set",
            "image_id=20032120200330a20b000eae5b8c01e6",
        ];
        let flavors =
            ["--set", "server_model_name=physical.rx1.xlarge", "--set", "phone_model_name=rx1.cp.c60.d10.e1v1"];
        let said = stage.fed(&[&args[..], &flavors, &["--set", "ports="]].concat(), text.out.as_bytes());
        assert_eq!(said.code, 0, "{said:?}");
    }
    assert_eq!((stage.posts(), stage.placed()), (2, 2));
}
