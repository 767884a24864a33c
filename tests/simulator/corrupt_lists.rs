//! Lists that prove nothing: rows that cannot be read, no list, part of one, an old one, and no time.

use cph_wizard::simulator::Scene;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, quick};

/// The list of servers of a project with one order of three, as a hostile list with these settings has it.
async fn servers(settings: &str) -> (Response, Caller) {
    let caller = Caller::on(quick(&format!(r#","tampering":{{"operations":["servers"],{settings}}}"#))).await;
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    (caller.call(Method::GET, &caller.service("servers")).await, caller)
}

async fn body(settings: &str) -> Value {
    servers(settings).await.0.json().await.expect("JSON")
}

#[tokio::test]
async fn rows_that_cannot_be_read_stand_among_good_ones() {
    let list = body(r#""insert_rows":[{},{"server_name":"myPhoneServer-1"},null]"#).await;
    let rows = list["servers"].as_array().expect("rows");
    let good: Vec<_> = rows.iter().map(|row| row.get("server_id").is_some()).collect();
    assert_eq!((good, &list["count"]), (vec![true, false, true, false, true, false], &json!(3)));
    let list = body(r#""remove_fields":["server_id","metadata"]"#).await;
    let row = &list["servers"][2];
    assert_eq!((row.get("server_id"), row.get("metadata")), (None, None));
    assert_eq!(row["server_name"], "myPhoneServer-3");
}

#[tokio::test]
async fn the_built_in_scene_spoils_the_list_and_nothing_else() {
    let caller = Caller::on(Scene::named("unreliable-server-list").expect("a scene")).await;
    assert_eq!(caller.list("servers").await.1["servers"], json!([{}, { "server_name": "farm-1" }]));
    assert_eq!(caller.list("phones").await.1["phones"], json!([]));
    assert_eq!((caller.buy(EXAMPLE).await.0, caller.simulator.listed_servers(crate::fixture::PROJECT).len()), (200, 3));
}

#[tokio::test]
async fn a_list_may_be_missing_or_none() {
    for (setting, expected) in [
        (r#""replace_list":"null""#, Some(Value::Null)),
        (r#""replace_list":"missing""#, None),
        (r#""replace_list":"object""#, Some(json!({ "rows": 0 }))),
        (r#""replace_list":"empty""#, Some(json!([]))),
    ] {
        let list = body(setting).await;
        assert_eq!((list.get("servers"), &list["count"]), (expected.as_ref(), &json!(3)), "{setting}");
    }
    assert_eq!(body(r#""count_offset":-1"#).await["count"], 2);
}

#[tokio::test]
async fn an_answer_may_be_part_of_one_or_old_or_without_a_time() {
    let (answer, _caller) = servers(r#""success_status":206,"age_header_s":61,"omit_date_header":true"#).await;
    let headers = answer.headers();
    assert_eq!((answer.status().as_u16(), headers.get("date")), (206, None));
    assert_eq!(headers["age"].to_str().expect("text"), "61");
    let list: Value = answer.json().await.expect("JSON");
    assert_eq!(list["servers"].as_array().map(Vec::len), Some(3), "the list itself is whole");
}

#[tokio::test]
async fn it_passes_after_as_many_calls_as_were_asked_for() {
    let (answer, caller) = servers(r#""times":1,"replace_list":"null""#).await;
    assert_eq!(answer.json::<Value>().await.expect("JSON")["servers"], Value::Null);
    assert_eq!(caller.list("servers").await.1["servers"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn the_list_of_jobs_can_be_spoiled_too() {
    let jobs = async |settings: &str| {
        let caller = Caller::on(quick(&format!(r#","tampering":{{"operations":["jobs"],{settings}}}"#))).await;
        let answer = caller.call(Method::GET, &caller.service("jobs?request_id=a")).await;
        (answer.status().as_u16(), answer.json::<Value>().await.expect("JSON"))
    };
    let (status, list) = jobs(r#""insert_rows":[{}]"#).await;
    assert_eq!((status, &list["jobs"]), (200, &json!([{}])));
    assert_eq!(jobs(r#""replace_list":"null""#).await.1.get("jobs"), Some(&Value::Null));
    assert_eq!(jobs(r#""replace_list":"missing""#).await.1.get("jobs"), None);
    assert_eq!(jobs(r#""age_header_s":61"#).await.1["error_code"], "CPS.0050", "a refusal stays one");
}
