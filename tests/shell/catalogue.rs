//! `catalogue`: every list as a table, as JSON and as CSV, with the filter of the pickers.

use crate::fixture::Stage;

const LISTS: [&str; 5] = ["servers", "phones", "images", "bandwidths", "keypairs"];

#[test]
fn every_list_comes_in_three_forms_with_the_same_rows() {
    let stage = Stage::new("normal");
    for list in LISTS {
        let table = stage.run(["catalogue", list]);
        let rows = stage.run(["catalogue", list, "--json"]).json()[list].as_array().unwrap().clone();
        let csv = stage.run(["catalogue", list, "--csv"]);
        assert_eq!((table.code, csv.code), (0, 0), "{table:?} {csv:?}");
        assert!(!rows.is_empty() && table.err.is_empty());
        assert_eq!((table.out.lines().count(), csv.out.lines().count()), (rows.len() + 1, rows.len() + 1), "{list}");
        let names: Vec<&str> = rows[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(csv.out.split("\r\n").next().unwrap(), names.join(","), "{list}");
        let name = rows[0]["name"].as_str().unwrap();
        assert!(table.out.contains(name) && csv.out.contains(name));
    }
    assert_eq!(stage.posts(), 0);
}

#[test]
fn the_filter_matches_as_in_the_form() {
    let stage = Stage::new("normal");
    let names = |filter: &str| -> Vec<String> {
        let found = stage.run(["catalogue", "servers", "--json", "--filter", filter]).json();
        found["servers"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("kg1 cp"), ["physical.kg1.4xlarge.cp"]);
    assert_eq!(names("RX1"), names("rx1"));
    assert!(names("rx1").len() > 1);
    let none = stage.run(["catalogue", "servers", "--filter", "zzz"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (0, "", "No row matches.\n"));
}

#[test]
fn a_state_that_only_the_cloud_knows_is_said() {
    let stage = Stage::new("sold-out");
    let rows = stage.run(["catalogue", "servers", "--json"]).json();
    assert!(rows["servers"].as_array().unwrap().iter().all(|row| row["on_sale"] == false), "{rows}");
    assert!(stage.run(["catalogue", "servers"]).out.contains("sold out"));
}

#[test]
fn a_list_that_is_not_read_is_no_list() {
    let mut stage = Stage::new("normal");
    let mut command = stage.command(["catalogue", "keypairs", "--json"]);
    drop(stage.simulator.take());
    let output = command.output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(6), &b""[..]));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("The list of key pairs was not read: "));
}
