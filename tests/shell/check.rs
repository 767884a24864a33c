//! `check`: all problems at once with their places, and what the cloud says beside them.

use serde_json::json;

use crate::fixture::{ORDER, Stage};

#[test]
fn an_order_in_order_has_the_hash_of_the_bytes_that_buy_would_send() {
    let stage = Stage::new("normal");
    let said = stage.run(["check", "order.json"]);
    assert_eq!(said.code, 0, "{said:?}");
    let dry = stage.run(["buy", "order.json", "--dry-run", "--json"]).json();
    assert!(said.out.contains(dry["hash"].as_str().unwrap()), "{said:?}");
    let checked = stage.run(["check", "order.json", "--json"]).json();
    assert_eq!((&checked["valid"], &checked["hash"], &checked["problems"]), (&json!(true), &dry["hash"], &json!([])));
    assert_eq!(checked["bytes"], dry["body"].as_str().unwrap().len());
    assert_eq!(stage.fed(&["check", "-"], ORDER.as_bytes()).out, said.out);
    assert_eq!(stage.simulator().access_log().len(), 0);
}

#[test]
fn every_problem_comes_at_once_with_line_and_column() {
    let stage = Stage::new("normal");
    let wrong = ORDER
        .replace("\"farm\"", "\"a b\"")
        .replace("\"count\": 2,", "\"count\": \"2\", \"cuont\": 2,\n  \"ports\": [ { \"name\": \"adb\", \"listen_port\": 80, \"internet_accessible\": \"true\" } ],")
        .replace("\"is_auto_pay\": 0", "\"is_auto_pay\": 0, \"is_auto_pay\": 1");
    stage.write("wrong.json", wrong);
    let said = stage.run(["check", "wrong.json"]);
    assert_eq!(said.code, 3, "{said:?}");
    let expected = "\
2:18: server_name: Server name has a space at position 2: only A-Z a-z 0-9 _ - are allowed
6:12: count is a text: a whole number is right
6:17: cuont is not a member of an order: the members are server_name, server_model_name, phone_model_name, image_id, \
count, keypair_name, vnc_enable, ports, subnet_cidr, band_width, extend_param
7:24: ports[0].name: Port name adb in row 1 is reserved: adb and vnc cannot be used
7:46: ports[0].listen_port: Port 80 in row 1 is outside 10000-50000
9:94: extend_param.is_auto_pay is given twice: once is right
";
    assert_eq!(said.out, expected);
    let checked = stage.run(["check", "wrong.json", "--json"]);
    assert_eq!(checked.code, 3);
    let checked = checked.json();
    assert_eq!(checked["valid"], false);
    let problem = json!({
        "place": "ports[0].listen_port", "pointer": "/ports/0/listen_port", "field": "ports", "line": 7, "column": 46,
        "message": "Port 80 in row 1 is outside 10000-50000",
    });
    assert_eq!(checked["problems"][4], problem);
    assert_eq!(checked["problems"][2]["field"], json!(null));
    let bought = stage.run(["buy", "wrong.json", "--yes", "--json"]);
    assert_eq!((bought.code, &bought.json()["problems"]), (3, &checked["problems"]));
    assert_eq!((stage.posts(), stage.states().len()), (0, 0));
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    let stage = Stage::new("normal");
    let deep = "[".repeat(200);
    for (text, words) in [
        (&b"\xef\xbb\xbf\xef\xbb\xbf{}"[..], "1:1: The text is not JSON: there is a byte order mark"),
        (b"{\n \"server_name\": \"\xff\" }", "2:18: The text is not JSON: there is a byte that is not UTF-8"),
        (b"{\n \"server_name\": \0 }", "2:17: The text is not JSON: there is a NUL byte"),
        (b"{\n \"count\": 1", "2:11: The text is not JSON: EOF while parsing an object"),
        (b"", "1:1: The text is not JSON"),
        (b"7", "1:1: The order is a whole number: an object is right"),
        (deep.as_bytes(), "1:128: The text is not JSON: recursion limit exceeded"),
    ] {
        let said = stage.fed(&["check", "-"], text);
        assert!(said.code == 3 && said.out.starts_with(words) && said.out.lines().count() == 1, "{words}: {said:?}");
        let problem = stage.fed(&["check", "-", "--json"], text).json()["problems"][0].clone();
        assert_eq!((&problem["pointer"], &problem["field"]), (&json!(""), &json!(null)));
    }
}

#[test]
fn what_is_no_order_file_at_all_is_a_wrong_command_line() {
    let stage = Stage::new("normal");
    let long = vec![b' '; (1 << 20) + 1];
    let said = stage.fed(&["check", "-"], &long);
    assert!(said.code == 2 && said.err.contains("- cannot be read: it is larger than 1 MiB"), "{said:?}");
    for (file, why) in [("nowhere.json", "there is no such file"), (".", "it is a directory")] {
        let said = stage.run(["check", file]);
        assert!(said.code == 2 && said.out.is_empty() && said.err.contains(why), "{said:?}");
    }
}

#[test]
fn the_cloud_says_what_only_it_knows() {
    let stage = Stage::new("normal");
    let said = stage.run(["check", "order.json", "--online"]);
    assert!(said.code == 0 && said.err.is_empty(), "{said:?}");
    let args = ["check", "order.json", "--online", "--json", "--set", "phone_model_name=kg1.cp.c60.d10.e1v1"];
    let more =
        ["--set", "keypair_name=nobodys", "--set", "band_width_id=nobodys", "--set", "subnet_cidr=172.31.0.0/24"];
    let said = stage.run([&args[..], &more].concat());
    assert_eq!(said.code, 3, "{said:?}");
    let checked = said.json();
    let fields = |list: &str| -> Vec<String> {
        checked[list].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(fields("problems"), ["phone_model_name"]);
    assert!(checked["problems"][0]["line"].is_null());
    assert_eq!(fields("notes"), ["image_id", "band_width.band_width_id", "keypair_name"]);
    assert_eq!(stage.posts(), 0);
}

#[test]
fn a_name_in_use_and_a_flavor_that_is_sold_out_are_notes() {
    let stage = Stage::new("normal");
    let hash = stage.hash(&["--set", "is_auto_pay=1"]);
    assert_eq!(stage.run(["buy", "order.json", "--set", "is_auto_pay=1", "--confirm", &hash]).code, 0);
    let said = stage.run(["check", "order.json", "--online"]);
    assert!(said.code == 0 && said.err.contains("A server of this name exists"), "{said:?}");
    let said = Stage::new("sold-out").run(["check", "order.json", "--online"]);
    assert!(said.code == 0 && said.err.contains("sold out in every zone"), "{said:?}");
}

#[test]
fn a_list_that_cannot_be_read_leaves_open_what_it_would_say() {
    let mut stage = Stage::new("normal");
    let url = stage.simulator().url();
    stage.run(["check", "order.json"]);
    let gone = stage.simulator.take().unwrap();
    drop(gone);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cph-wizard"));
    command.args(["check", "order.json", "--online", "--json"]).env_clear().current_dir(stage.path(""));
    command.env("HOME", stage.path("")).env("CPH_WIZARD_TEST_ENDPOINT", "1").env("CPH_WIZARD_ENDPOINT", url);
    command.env("CPH_WIZARD_TOKEN", "t").env("CPH_WIZARD_PROJECT_ID", "p");
    let output = command.output().unwrap();
    let checked: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &checked["valid"]), (Some(6), &json!(true)));
    assert!(checked["unreadable_lists"].as_array().unwrap().len() >= 4, "{checked}");
}

/// Some editors on Windows begin a file with a byte order mark.
#[test]
fn a_byte_order_mark_is_skipped_and_moves_nothing() {
    let stage = Stage::new("normal");
    let marked = [b"\xef\xbb\xbf", ORDER.as_bytes()].concat();
    stage.write("marked.json", &marked);
    let plain = stage.run(["check", "order.json"]);
    assert_eq!((plain.code, &stage.run(["check", "marked.json"]).out), (0, &plain.out));
    assert_eq!(stage.fed(&["check", "-"], &marked).out, plain.out);
    let exported = stage.run(["export", "order.json", "--as", "curl"]);
    assert_eq!(stage.run(["export", "marked.json", "--as", "curl"]).out, exported.out);
    assert_eq!(stage.run(["buy", "marked.json", "--yes"]).code, 0);
    assert_eq!(stage.fed(&["buy", "-", "--yes", "--second"], &marked).code, 0);
    assert_eq!(stage.placed(), 2);
    for wrong in [ORDER.replace("\"count\": 2", "\"count\": 0"), ORDER.replacen('{', "{ \"cuont\": 1,", 1), "{".into()]
    {
        let said = stage.fed(&["check", "-"], wrong.as_bytes());
        let again = stage.fed(&["check", "-"], &[b"\xef\xbb\xbf", wrong.as_bytes()].concat());
        assert_eq!((said.code, again.code, said.out), (3, 3, again.out));
    }
    // It is a mark at the very beginning, and once.
    for text in ["\u{feff}\u{feff}", " \u{feff}"] {
        assert_eq!(stage.fed(&["check", "-"], format!("{text}{ORDER}").as_bytes()).code, 3);
    }
}
