//! Lists over real sockets: all paging styles, and lists that cannot be read.

use serde_json::{Value, json};

use super::raw_socket::{Raw, Reply, Request, with_head};
use super::{account, cloud, hasty};
use crate::api::{Account, Cloud as _, Endpoint, HttpCloud, NO_OBSERVER, ReadError};
use crate::catalogue::{Listing, Resource};

/// Reads a number from the query of a request.
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
    Ok(match cloud(&server.url()).list(resource, NO_OBSERVER).await? {
        Listing::ServerFlavors(rows) => rows.len(),
        Listing::PhoneFlavors(rows) => rows.len(),
        Listing::Images(rows) => rows.len(),
        Listing::Bandwidths(rows) => rows.len(),
        Listing::KeyPairs(rows) => rows.len(),
        Listing::Servers(rows) => rows.len(),
        Listing::Offerings(rows) => rows.len(),
    })
}

/// Starts a service with a list by offset; `most` is its own limit of rows per page.
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
async fn pages_of_a_round_length_without_a_count_may_go_on() {
    for (total, pages) in [(130, 3), (100, 3), (49, 1), (50, 2)] {
        let server = by_offset(total, 50, false).await;
        assert_eq!(count(&server, Resource::Servers).await, Ok(total));
        assert_eq!(server.requests().len(), pages, "{total}");
    }
}

/// Starts a service that refuses an offset behind its last row, as older ones did.
async fn strict_about_offsets(total: usize, promised: Value) -> Raw {
    Raw::start(move |request| match asked(request, "offset").unwrap() {
        offset if offset > 0 && offset >= total => {
            Reply::json(400, r#"{"error_code":"CPS.0002","error_msg":"Parameter: offset or limit is invalid."}"#)
        }
        offset => {
            let rows: Vec<Value> = (offset..total.min(offset + 100)).map(server).collect();
            Reply::json(200, &json!({ "servers": rows, "count": promised }).to_string())
        }
    })
    .await
}

#[tokio::test]
async fn an_offset_behind_the_end_ends_the_list_unless_more_was_promised() {
    assert_eq!(count(&strict_about_offsets(200, Value::Null).await, Resource::Servers).await, Ok(200));
    assert_eq!(count(&strict_about_offsets(200, json!(200)).await, Resource::Servers).await, Ok(200));
    let error = count(&strict_about_offsets(200, json!(300)).await, Resource::Servers).await.unwrap_err();
    assert_eq!(error.code(), Some("CPS.0002"));
    // On the first page it is an error too.
    let refusing = Raw::start(|_| Reply::json(400, r#"{"error_code":"CPS.0002","error_msg":"no"}"#)).await;
    assert!(count(&refusing, Resource::Servers).await.is_err());
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
async fn a_list_whose_service_knows_no_markers_is_read_once() {
    for info in [Value::Null, json!({}), json!({ "next_marker": null }), json!("none")] {
        let rows: Vec<Value> = (0..600).map(image).collect();
        let body = json!({ "phone_images": rows, "page_info": info }).to_string();
        let server = Raw::start(move |_| Reply::json(200, &body)).await;
        assert_eq!(count(&server, Resource::Images).await, Ok(600));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn rows_that_come_again_under_another_marker_end_the_list() {
    let server = Raw::start(|request| {
        let next = (asked(request, "marker").unwrap_or(0) + 1).to_string();
        Reply::json(200, &json!({ "phone_images": [image(1)], "page_info": { "next_marker": next } }).to_string())
    })
    .await;
    assert_eq!(count(&server, Resource::Images).await, Ok(1));
    assert_eq!(server.requests().len(), 2);
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
        retry_after: None,
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
    let listing = HttpCloud::new(account).unwrap().list(Resource::KeyPairs, NO_OBSERVER).await.unwrap();
    assert!(matches!(listing, Listing::KeyPairs(rows) if rows[0].name == "k"));
    assert_eq!(ecs.requests()[0].line, "GET /v2.1/0123456789abcdef0123456789abcdef/os-keypairs");
    assert!(other.requests().is_empty());
}

/// Starts a service whose ECS refuses key pairs with `status`, and whose KPS lists them in pages of one by `marker`.
async fn key_pairs_by_kps(status: u16, next: fn(usize) -> Value) -> Raw {
    Raw::start(move |request| {
        if request.line.contains("/os-keypairs") {
            return Reply::json(status, r#"{"forbidden":{"code":403,"message":"no"}}"#);
        }
        let at = asked(request, "marker").unwrap_or(0);
        let row = json!({ "keypair": { "name": format!("k{at}"), "scope": "user", "frozen_state": "0" } });
        Reply::json(200, &json!({ "keypairs": [row], "page_info": { "next_marker": next(at) } }).to_string())
    })
    .await
}

#[tokio::test]
async fn key_pairs_that_ecs_refuses_come_from_kps() {
    let bare: fn(usize) -> Value = |at| if at == 2 { json!("") } else { json!((at + 1).to_string()) };
    let address: fn(usize) -> Value = |at| match at {
        2 => Value::Null,
        _ => json!(format!("https://elsewhere.example/v3/p/keypairs?limit=50&marker={}", at + 1)),
    };
    for (status, next) in [(403, bare), (404, bare), (403, address)] {
        let server = key_pairs_by_kps(status, next).await;
        assert_eq!(count(&server, Resource::KeyPairs).await, Ok(3));
        let lines: Vec<String> = server.requests().into_iter().map(|request| request.line).collect();
        assert!(lines[1].ends_with("/v3/0123456789abcdef0123456789abcdef/keypairs?limit=50"), "{}", lines[1]);
        assert!(lines[3].ends_with("limit=50&marker=2"), "{}", lines[3]);
        assert_eq!(lines.len(), 4);
    }
    // A marker that comes back ends the list.
    assert_eq!(count(&key_pairs_by_kps(403, |_| json!("7")).await, Resource::KeyPairs).await, Ok(2));
    // Anything else is no reason to ask elsewhere.
    let failing = key_pairs_by_kps(500, bare).await;
    assert!(count(&failing, Resource::KeyPairs).await.is_err());
    assert_eq!(failing.requests().len(), 1);
}

#[test]
fn kps_is_asked_beside_ecs_at_the_vendor_and_at_the_same_place_elsewhere() {
    let path = "/v3/0123456789abcdef0123456789abcdef/keypairs";
    for (endpoint, ecs, kps) in [
        ("https://cph.r.myhuaweicloud.com", Some("https://ecs.r.myhuaweicloud.com"), "https://kms.r.myhuaweicloud.com"),
        ("https://cph.r.myhuaweicloud.com", None, "https://kms.r.myhuaweicloud.com"),
        ("https://cph.r.myhuaweicloud.com", Some("https://ecs.own.example"), "https://ecs.own.example"),
        ("https://cph.own.example", None, "https://cph.own.example"),
    ] {
        let account = Account { ecs: ecs.map(|ecs| Endpoint::parse(ecs).unwrap()), ..account(endpoint) };
        assert_eq!(HttpCloud::new(account).unwrap().kps_url().as_str(), format!("{kps}{path}"));
    }
}

#[tokio::test]
async fn of_two_refusals_of_the_key_pairs_the_more_telling_one_is_given() {
    for (ecs, kps, told) in [(403, 404, 403), (404, 403, 403), (404, 404, 404), (403, 403, 403), (404, 500, 500)] {
        let server = Raw::start(move |request| {
            let at_ecs = request.line.contains("/os-keypairs");
            Reply::json(if at_ecs { ecs } else { kps }, if at_ecs { r#"{"code":"ecs"}"# } else { r#"{"code":"kps"}"# })
        })
        .await;
        let error = count(&server, Resource::KeyPairs).await.unwrap_err();
        assert!(matches!(&error, ReadError::Refused { status, .. } if *status == told), "{error:?}");
        assert_eq!(error.code(), Some(if ecs == 404 && kps != 404 { "kps" } else { "ecs" }));
    }
}

#[tokio::test]
async fn one_server_is_read_by_its_id() {
    let server = Raw::start(|request| match request.line.rsplit('/').next().unwrap() {
        "flat" => Reply::json(200, r#"{"server_id":"flat","server_name":"farm-1","status":5.0}"#),
        "wrapped" => Reply::json(200, r#"{"servers":[{"server_id":"wrapped","addresses":{}}]}"#),
        "old" => Reply::json(400, r#"{"error_code":"CPS.0159","error_msg":"no"}"#),
        "new" => Reply::json(404, r#"{"error_code":"CPS.0015","error_msg":"no"}"#),
        "odd" => Reply::json(200, "{}"),
        _ => Reply::json(404, r#"{"error_code":"APIGW.0101","error_msg":"no such call"}"#),
    })
    .await;
    let cloud = cloud(&server.url());
    for id in ["flat", "wrapped"] {
        assert_eq!(cloud.server(id).await.unwrap().unwrap().id, id);
    }
    for id in ["old", "new"] {
        assert_eq!(cloud.server(id).await, Ok(None), "{id}");
    }
    assert!(matches!(cloud.server("odd").await, Err(ReadError::Unreadable { .. })));
    assert!(matches!(cloud.server("gateway").await, Err(ReadError::Refused { status: 404, .. })));
    let before = server.requests().len();
    for id in ["", "../phones", "a?b", "a b"] {
        assert_eq!(cloud.server(id).await, Ok(None), "{id}");
    }
    assert_eq!(server.requests().len(), before);
}

#[tokio::test]
async fn the_id_of_a_call_comes_under_the_name_of_iam_too() {
    for (headers, id) in [
        ("X-IAM-Trace-Id: t1\r\n", "t1"),
        ("x-iam-trace-id: t1\r\nX-Request-Id: r1\r\n", "r1"),
        ("X-Request-Id: \r\nX-IAM-Trace-Id: t1\r\n", "t1"),
    ] {
        let server = Raw::start(move |_| Reply::Whole(with_head(401, headers, 2, b"{}"))).await;
        assert_eq!(count(&server, Resource::Images).await.unwrap_err().request_id(), Some(id), "{headers}");
    }
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
    let error = cloud(&format!("http://{nobody}")).list(Resource::Images, NO_OBSERVER).await;
    assert!(matches!(error, Err(ReadError::NotReached { .. })), "{error:?}");

    let silent = Raw::start(|_| Reply::Stall(Vec::new())).await;
    let error = hasty(&silent.url()).list(Resource::Images, NO_OBSERVER).await;
    assert!(matches!(error, Err(ReadError::TimedOut { .. })), "{error:?}");

    let cut = Raw::start(|_| Reply::Cut(with_head(200, "", 50, b"{"))).await;
    assert!(matches!(count(&cut, Resource::Images).await, Err(ReadError::Broken { .. })));

    let page = Raw::start(|_| Reply::Whole(with_head(502, "", 15, b"<html>bad</html"))).await;
    let refused = ReadError::Refused { status: 502, code: None, message: None, request_id: None, retry_after: None };
    assert_eq!(count(&page, Resource::Images).await, Err(refused));

    let body = vec![b' '; (32 << 20) + 1];
    let huge = Raw::start(move |_| Reply::Whole(with_head(200, "", body.len(), &body))).await;
    assert_eq!(count(&huge, Resource::Images).await, Err(ReadError::TooLarge { limit_mib: 32 }));
}
