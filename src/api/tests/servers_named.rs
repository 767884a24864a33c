//! The sources for the search for an order: the jobs of its request, and a server list with the reasons why it may be
//! incomplete.

use std::collections::BTreeSet;

use serde_json::json;

use super::cloud;
use super::raw_socket::{Raw, Reply};
use crate::api::{Cloud as _, Gap};

#[tokio::test]
async fn the_servers_of_a_request_are_found_through_its_jobs() {
    let server = Raw::start(|request| {
        let answer = if request.line.contains("/jobs?") {
            assert!(request.line.contains("request_id=r7"), "{}", request.line);
            json!({ "jobs": [{ "job_id": "j1", "server_id": "s2" }, { "job_id": "j2", "server_id": null }] })
        } else {
            panic!("only the jobs are read")
        };
        Reply::json(200, &answer.to_string())
    })
    .await;
    let found = cloud(&server.url()).server_ids_of_request("r7").await.unwrap();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["s2"]);
}

#[tokio::test]
async fn a_list_says_what_may_be_missing_from_it() {
    let row = |id: &str| json!({ "server_id": id, "server_name": "farm", "metadata": { "order_id": "CS1" } });
    let whole = json!({ "servers": [row("s1")], "count": 1 });
    let cases = [
        (Reply::json(200, &whole.to_string()), vec![]),
        (Reply::json(200, &json!({ "servers": [] }).to_string()), vec![]),
        (Reply::json(206, &whole.to_string()), vec![Gap::OtherStatus]),
        (Reply::json_with(200, "Age: 60\r\n", &whole.to_string()), vec![]),
        (Reply::json_with(200, "Age: 61\r\n", &whole.to_string()), vec![Gap::Cached]),
        (Reply::json_with(200, "Age: old\r\n", &whole.to_string()), vec![Gap::Cached]),
        (Reply::json(200, &json!({ "servers": null }).to_string()), vec![Gap::NoList]),
        (Reply::json(200, &json!({ "servers": [row("s1"), {}] }).to_string()), vec![Gap::UnreadableRows]),
        (Reply::json(200, &json!({ "servers": [row("s1"), 7] }).to_string()), vec![Gap::UnreadableRows]),
        (Reply::json(200, &json!({ "servers": [{ "server_name": "farm" }] }).to_string()), vec![Gap::UnreadableRows]),
    ];
    for (reply, gaps) in cases {
        let said = format!("{reply:?}");
        let server = Raw::start(move |request| {
            assert!(request.head.to_ascii_lowercase().contains("cache-control: no-cache"), "{}", request.head);
            reply.clone()
        })
        .await;
        let list = cloud(&server.url()).all_servers(None).await.unwrap();
        assert_eq!(list.gaps.into_iter().collect::<Vec<_>>(), gaps, "{said}");
        assert_eq!(list.clock_ahead, None, "no date came: {said}");
    }
}

#[tokio::test]
async fn a_request_without_jobs_made_no_servers() {
    let none = r#"{"request_id":"r","error_code":"CPS.0050","error_msg":"no jobs"}"#;
    let server = Raw::start(move |_| Reply::json(400, none)).await;
    assert_eq!(cloud(&server.url()).server_ids_of_request("r7").await, Ok(BTreeSet::new()));
}
