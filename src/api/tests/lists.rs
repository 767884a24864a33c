//! Lists over real sockets: paging in all its styles, and lists that cannot be had.

use serde_json::{Value, json};

use super::raw::{Raw, Reply, Request, with_head};
use super::{account, cloud, hasty};
use crate::api::{Account, Cloud as _, Endpoint, HttpCloud, ReadError};
use crate::catalogue::{Listing, Resource};

/// A number out of the query of a request.
fn asked(request: &Request, name: &str) -> Option<usize> {
    let (_, query) = request.line.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
}

fn server(n: usize) -> Value {
    json!({ "server_id": format!("id-{n}"), "server_name": format!("farm-{n}"), "status": 5 })
}

fn image(n: usize) -> Value {
    json!({ "image_id": format!("id-{n}"), "is_public": 1 })
}

async fn count(server: &Raw, resource: Resource) -> Result<usize, ReadError> {
    Ok(match cloud(&server.url()).list(resource).await? {
        Listing::ServerFlavors(rows) => rows.len(),
        Listing::PhoneFlavors(rows) => rows.len(),
        Listing::Images(rows) => rows.len(),
        Listing::Bandwidths(rows) => rows.len(),
        Listing::KeyPairs(rows) => rows.len(),
        Listing::Servers(rows) => rows.len(),
    })
}

/// A list by offset; `most` is the longest page that the service gives.
async fn by_offset(total: usize, most: usize, with_count: bool) -> Raw {
    Raw::start(move |request| {
        let offset = asked(request, "offset").unwrap();
        let limit = asked(request, "limit").unwrap().min(most);
        let rows: Vec<Value> = (offset..total.min(offset + limit)).map(server).collect();
        let count = if with_count { json!(total) } else { Value::Null };
        Reply::json(200, &json!({ "servers": rows, "count": count }).to_string())
    })
    .await
}

#[tokio::test]
async fn a_list_by_offset_is_read_to_its_short_page() {
    for (total, pages) in [(0, 1), (99, 1), (100, 2), (250, 3)] {
        let server = by_offset(total, 100, false).await;
        assert_eq!(count(&server, Resource::Servers).await, Ok(total));
        assert_eq!(server.requests().len(), pages, "{total}");
    }
}

#[tokio::test]
async fn a_count_that_promises_more_keeps_the_reading_going() {
    let server = by_offset(130, 50, true).await;
    assert_eq!(count(&server, Resource::Servers).await, Ok(130));
}

#[tokio::test]
async fn a_service_without_paging_is_read_once_and_no_row_twice() {
    let server =
        Raw::start(|_| Reply::json(200, &json!({ "servers": (0..140).map(server).collect::<Vec<_>>() }).to_string()))
            .await;
    assert_eq!(count(&server, Resource::Servers).await, Ok(140));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_list_by_marker_is_read_to_its_last_marker() {
    let server = Raw::start(|request| {
        let at = asked(request, "marker").unwrap_or(0);
        let next = if at == 2 { Value::from("") } else { Value::from((at + 1).to_string()) };
        Reply::json(200, &json!({ "phone_images": [image(at)], "page_info": { "next_marker": next } }).to_string())
    })
    .await;
    assert_eq!(count(&server, Resource::Images).await, Ok(3));
    let lines: Vec<String> = server.requests().into_iter().map(|request| request.line).collect();
    let path = "GET /v1/0123456789abcdef0123456789abcdef/cloud-phone/phone-images?image_type=all&limit=500";
    assert_eq!(lines, [path.to_owned(), format!("{path}&marker=1"), format!("{path}&marker=2")]);
}

#[tokio::test]
async fn a_marker_that_comes_back_ends_the_list() {
    let server = Raw::start(|request| {
        let at = asked(request, "marker").unwrap_or(0);
        Reply::json(200, &json!({ "phone_images": [image(at)], "page_info": { "next_marker": "7" } }).to_string())
    })
    .await;
    assert_eq!(count(&server, Resource::Images).await, Ok(2));
}

#[tokio::test]
async fn a_list_without_an_end_is_given_up() {
    let server = Raw::start(|request| {
        let at = asked(request, "marker").unwrap_or(0);
        let next = (at + 1).to_string();
        Reply::json(200, &json!({ "phone_images": [image(at)], "page_info": { "next_marker": next } }).to_string())
    })
    .await;
    assert_eq!(count(&server, Resource::Images).await, Err(ReadError::Endless { pages: 1000 }));
}

#[tokio::test]
async fn a_list_that_fails_on_its_second_page_is_no_list() {
    let server = Raw::start(|request| match asked(request, "offset") {
        Some(0) => Reply::json(200, &json!({ "servers": (0..100).map(server).collect::<Vec<_>>() }).to_string()),
        _ => Reply::json(429, r#"{"error_code":"APIGW.0308","error_msg":"throttled","request_id":"r"}"#),
    })
    .await;
    let refused = ReadError::Refused {
        status: 429,
        code: Some("APIGW.0308".into()),
        message: Some("throttled".into()),
        request_id: Some("r".into()),
    };
    assert_eq!(count(&server, Resource::Servers).await, Err(refused));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_answer_without_the_list_does_not_pass_for_an_empty_one() {
    let server = Raw::start(|_| Reply::json(200, r#"{"request_id":"r"}"#)).await;
    for resource in Resource::ALL {
        assert!(matches!(count(&server, resource).await, Err(ReadError::Unreadable { .. })), "{resource:?}");
    }
}

#[tokio::test]
async fn old_names_of_the_arrays_are_known() {
    let server = Raw::start(|request| {
        let body = if request.line.contains("/phone-models") {
            r#"{"phone_model":[{"server_model_name":"s","phone_model_name":"p"}]}"#
        } else {
            r#"{"server_model":[{"server_model_name":"s"}]}"#
        };
        Reply::json(200, body)
    })
    .await;
    assert_eq!(count(&server, Resource::PhoneFlavors).await, Ok(1));
    assert_eq!(count(&server, Resource::ServerFlavors).await, Ok(1));
}

#[tokio::test]
async fn only_servers_of_the_name_are_given() {
    let server = Raw::start(|_| {
        let names = ["farm", "farm-1", "farm-0002", "farm-123456", "farm-x", "farmer", "a farm-1", "Farm-1"];
        let rows: Vec<Value> = names.iter().map(|name| json!({ "server_id": name, "server_name": name })).collect();
        Reply::json(200, &json!({ "servers": rows }).to_string())
    })
    .await;
    let found = cloud(&server.url()).servers_named("farm").await.unwrap();
    let names: Vec<&str> = found.iter().map(|server| server.name.as_str()).collect();
    assert_eq!(names, ["farm", "farm-1", "farm-0002"]);
    assert!(server.requests()[0].line.ends_with("/servers?limit=100&offset=0&server_name=farm"));
}

#[tokio::test]
async fn key_pairs_come_from_their_own_endpoint_if_there_is_one() {
    let ecs = Raw::start(|_| Reply::json(200, r#"{"keypairs":[{"keypair":{"name":"k"}}]}"#)).await;
    let other = Raw::start(|_| Reply::json(500, "")).await;
    let account = Account { ecs: Some(Endpoint::parse(&ecs.url()).unwrap()), ..account(&other.url()) };
    let listing = HttpCloud::new(account).unwrap().list(Resource::KeyPairs).await.unwrap();
    assert!(matches!(listing, Listing::KeyPairs(rows) if rows[0].name == "k"));
    assert_eq!(ecs.requests()[0].line, "GET /v2.1/0123456789abcdef0123456789abcdef/os-keypairs");
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_redirect_takes_no_token_along() {
    let elsewhere = Raw::start(|_| Reply::json(200, r#"{"servers":[]}"#)).await;
    let location = format!("Location: {}/\r\n", elsewhere.url());
    let server = Raw::start(move |_| Reply::Whole(with_head(302, &location, 0, b""))).await;
    let redirected = ReadError::Redirected { status: 302, request_id: None };
    assert_eq!(count(&server, Resource::Servers).await, Err(redirected));
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_list_that_does_not_come_is_named_for_what_happened() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = cloud(&format!("http://{nobody}")).list(Resource::Images).await;
    assert!(matches!(error, Err(ReadError::NotReached { .. })), "{error:?}");

    let silent = Raw::start(|_| Reply::Stall(Vec::new())).await;
    let error = hasty(&silent.url()).list(Resource::Images).await;
    assert!(matches!(error, Err(ReadError::TimedOut { .. })), "{error:?}");

    let cut = Raw::start(|_| Reply::Cut(with_head(200, "", 50, b"{"))).await;
    assert!(matches!(count(&cut, Resource::Images).await, Err(ReadError::Broken { .. })));

    let page = Raw::start(|_| Reply::Whole(with_head(502, "", 15, b"<html>bad</html"))).await;
    let refused = ReadError::Refused { status: 502, code: None, message: None, request_id: None };
    assert_eq!(count(&page, Resource::Images).await, Err(refused));

    let body = vec![b' '; (32 << 20) + 1];
    let huge = Raw::start(move |_| Reply::Whole(with_head(200, "", body.len(), &body))).await;
    assert_eq!(count(&huge, Resource::Images).await, Err(ReadError::TooLarge { limit_mib: 32 }));
}

#[tokio::test]
async fn the_servers_of_a_request_are_found_through_its_jobs() {
    let server = Raw::start(|request| {
        let answer = if request.line.contains("/jobs?") {
            assert!(request.line.contains("request_id=r7"), "{}", request.line);
            json!({ "jobs": [{ "job_id": "j1", "server_id": "s2" }, { "job_id": "j2", "server_id": null }] })
        } else {
            let row = |id: &str| json!({ "server_id": id, "server_name": "other", "metadata": { "order_id": "CS1" } });
            json!({ "servers": [row("s1"), row("s2")], "count": 2 })
        };
        Reply::json(200, &answer.to_string())
    })
    .await;
    let found = cloud(&server.url()).servers_of_request("r7").await.unwrap();
    assert_eq!(found.iter().map(|server| server.id.as_str()).collect::<Vec<_>>(), ["s2"]);
}

#[tokio::test]
async fn a_request_without_jobs_made_no_servers() {
    let none = r#"{"request_id":"r","error_code":"CPS.0050","error_msg":"no jobs"}"#;
    let server = Raw::start(move |_| Reply::json(400, none)).await;
    assert_eq!(cloud(&server.url()).servers_of_request("r7").await, Ok(vec![]));
}
