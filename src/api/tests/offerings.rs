//! The zones in which server flavors are sold: a list that many clouds do not have.

use serde_json::json;

use super::cloud;
use super::raw_socket::{Raw, Reply};
use crate::api::{Cloud as _, NO_OBSERVER, ReadError};
use crate::catalogue::{Availability, Listing, Resource};

#[tokio::test]
async fn offerings_are_read_to_their_last_marker_with_no_cloud_phone_in_the_path() {
    let server = Raw::start(|request| {
        let (zone, next) = if request.line.contains("marker=m1") { ("b", "") } else { ("a", "m1") };
        let status = if zone == "b" { "sellout" } else { "available" };
        let row = json!({ "available_zone": zone, "model_name": "s", "sell_status": status });
        Reply::json(200, &json!({ "count": 2, "models": [row], "page_info": { "next_marker": next } }).to_string())
    })
    .await;
    let listing = cloud(&server.url()).list(Resource::Offerings, NO_OBSERVER).await.unwrap();
    assert!(matches!(&listing, Listing::Offerings(rows) if rows.len() == 2), "the same flavor, in two zones");
    let mut catalogue = crate::catalogue::Catalogue::default();
    catalogue.put(listing);
    assert_eq!(catalogue.availability("s"), Availability::SoldOutIn(vec!["b".into()]));
    let lines: Vec<String> = server.requests().into_iter().map(|request| request.line).collect();
    let path = "GET /v1/0123456789abcdef0123456789abcdef/server-model-offerings?limit=100";
    assert_eq!(lines, [path.to_owned(), format!("{path}&marker=m1")]);
}

#[tokio::test]
async fn a_cloud_that_does_not_have_them_is_asked_once() {
    let server = Raw::start(|_| {
        Reply::json(404, r#"{"error_code":"APIGW.0101","error_msg":"The API does not exist","request_id":"r"}"#)
    })
    .await;
    let read = cloud(&server.url()).list(Resource::Offerings, NO_OBSERVER).await;
    assert!(matches!(read, Err(ReadError::Refused { status: 404, .. })), "{read:?}");
    assert_eq!(server.requests().len(), 1);
}
