//! Purchases: the example, every rule broken once, the ledger, and the servers that follow.

use std::os::unix::fs::PermissionsExt;

use cph_wizard::simulator::{Options, Scene};
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, PROJECT, changed, quick};

#[tokio::test]
async fn the_example_of_the_document_is_accepted_as_it_stands() {
    let caller = Caller::on(Scene::named("normal").expect("normal")).await;
    let (status, body) = caller.buy(EXAMPLE).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        body.as_object().expect("an object").keys().collect::<Vec<_>>(),
        ["request_id", "order_id", "product_id"]
    );
    let order = body["order_id"].as_str().expect("text");
    assert!(
        order.starts_with("CS") && order.len() == 17 && order.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        "{order}"
    );
    let product = body["product_id"].as_str().expect("text");
    assert!(product.starts_with("00301-") && product.ends_with("-0--0"), "{product}");
    let ledger = caller.simulator.ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!(
        (ledger[0].order_id.as_str(), ledger[0].product_id.as_str(), ledger[0].project_id.as_str()),
        (order, product, PROJECT)
    );
    assert_eq!(body["request_id"], ledger[0].request_id.as_str());
    assert_eq!(ledger[0].body, EXAMPLE.as_bytes());
}

#[tokio::test]
async fn every_rule_broken_one_at_a_time_gets_its_documented_code() {
    let some = |place, value, code, message| (place, Some(value), code, message);
    let none = |place, code, message| (place, None, code, message);
    let port = |name: &str, number: u32, reach: &str| json!([{ "name": name, "listen_port": number, "internet_accessible": reach }]);
    let ports = |other: Value| json!([{ "name": "a", "listen_port": 10_000, "internet_accessible": "x" }, other]);
    let rows: Vec<(&str, Option<Value>, &str, &str)> = vec![
        some("/server_name", json!("a b"), "CPS.0087", "Parameter: server_name is invalid."),
        none("/server_model_name", "CPS.0088", "Parameter: server_model_name is empty."),
        some("/server_model_name", json!("nobody"), "CPS.0089", "Parameter: server_model_name is invalid."),
        none("/phone_model_name", "CPS.0027", "Parameter: phone_model_name is empty."),
        some("/phone_model_name", json!("nobody"), "CPS.0028", "Parameter: phone_model_name is invalid."),
        some("/phone_model_name", json!("aphs1.large.2.aosp"), "CPS.0157", "The phone model is not valid."),
        none("/image_id", "CPS.0029", "Parameter: image_id is empty."),
        some("/image_id", json!("x".repeat(33)), "CPS.0030", "Parameter: image_id is invalid."),
        some("/image_id", json!("nothing"), "CPS.0166", "The phone image does not exist."),
        some("/count", json!("3"), "CPS.0024", "Parameter: count is invalid."),
        none("/band_width", "CPS.0031", "Parameter: band_width is invalid."),
        some("/band_width", json!({ "band_width_id": "" }), "CPS.0032", "Parameter: band_width_id is empty."),
        some("/band_width", json!({ "band_width_id": 1 }), "CPS.0033", "Parameter: band_width_id is invalid."),
        some("/band_width", json!({ "band_width_id": "x" }), "CPS.0115", "The bandwidth does not exist."),
        some("/band_width/band_width_share_type", json!(2), "CPS.0034", "Parameter: band_width_share_type is invalid."),
        some("/band_width/band_width_share_type", json!(1), "CPS.0036", "Parameter: band_width_size is invalid."),
        none("/extend_param", "CPS.0055", "Parameter: extend_param is invalid."),
        some("/extend_param/charging_mode", json!(1), "CPS.0056", "Parameter: charging_mode is invalid."),
        some("/extend_param/period_type", json!(1), "CPS.0057", "Parameter: period_type is invalid."),
        some("/extend_param/period_num", json!(10), "CPS.0058", "Parameter: period_num is invalid."),
        some("/extend_param/is_auto_pay", json!(2), "CPS.0060", "Parameter: isAutoPay is invalid."),
        some("/keypair_name", json!("nobody"), "CPS.0067", "The key pair does not exist."),
        some("/keypair_name", json!(""), "CPS.0068", "Parameter: keypair_name is empty."),
        some("/ports", json!({}), "CPS.0037", "Parameter: ports is invalid."),
        some("/ports", port("ADB", 10_000, "true"), "CPS.0038", "Parameter: port name is invalid."),
        some("/ports", ports(port("a", 10_001, "x")[0].clone()), "CPS.0039", "Parameter: port name is conflicted."),
        some("/ports", port("a", 9_999, "true"), "CPS.0040", "Parameter: listen_port is invalid."),
        some("/ports", ports(port("b", 10_000, "x")[0].clone()), "CPS.0041", "Parameter: listen_port is conflicted."),
        some("/ports", port("a", 10_000, ""), "CPS.0093", "Parameter: internet_accessible is empty."),
        some("/subnet_cidr", json!("10.0.0.1/8"), "CPS.0191", "Parameter: subnet_cidr is invalid."),
        some("/zone", json!("x"), "APIGW.0201", "The request body has no member \"zone\"."),
    ];
    let caller = Caller::on(quick("")).await;
    for (place, value, code, message) in rows {
        let (status, body) = caller.buy(changed(place, value.clone())).await;
        assert_eq!(
            (status, body["error_code"].as_str(), body["error_msg"].as_str()),
            (400, Some(code), Some(message)),
            "{place} = {value:?}"
        );
    }
    assert!(caller.simulator.ledger().is_empty());
}

#[tokio::test]
async fn bought_servers_occupy_their_subnet_in_their_project_only() {
    let caller = Caller::on(quick("")).await;
    let custom = changed("/subnet_cidr", Some(json!("172.31.8.0/24")));
    let unpaid = changed("/extend_param/is_auto_pay", Some(json!(0)));
    assert_eq!(caller.buy(unpaid).await.0, 200);
    assert_eq!(caller.buy(custom.as_str()).await.0, 200, "an unpaid order occupies nothing");
    assert_eq!(caller.buy(EXAMPLE).await.0, 200, "a purchase without a subnet is always fine");
    let (status, body) = caller.buy(custom.as_str()).await;
    assert_eq!((status, &body["error_code"]), (400, &json!("CPS.0194")));
    let elsewhere = format!("{}/v1/other/cloud-phone/phones", caller.simulator.url());
    let answer =
        caller.client.post(elsewhere).header("X-Auth-Token", "t").body(custom).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_paid_order_becomes_servers_and_phones_that_lead_back_to_it() {
    let caller = Caller::on(quick("")).await;
    let (_, order) = caller.buy(EXAMPLE).await;
    let (status, list) = caller.list("servers?server_name=myPhone&offset=0&limit=10").await;
    assert_eq!((status, &list["count"]), (200, &json!(3)));
    let names: Vec<_> = list["servers"]
        .as_array()
        .expect("servers")
        .iter()
        .map(|server| server["server_name"].as_str().expect("a name"))
        .collect();
    assert_eq!(names, ["myPhoneServer-1", "myPhoneServer-2", "myPhoneServer-3"]);
    let server = &list["servers"][0];
    assert_eq!(server["status"], 5);
    assert_eq!(
        (&server["metadata"]["order_id"], &server["metadata"]["product_id"]),
        (&order["order_id"], &order["product_id"])
    );
    assert_eq!((&server["cidr"], &server["keypair_name"]), (&json!("172.31.0.0/16"), &json!("mykeypair")));
    let id = server["server_id"].as_str().expect("an id");
    let (status, detail) = caller.list(&format!("servers/{id}")).await;
    assert_eq!((status, &detail["server_name"], &detail["status"]), (200, &json!("myPhoneServer-1"), &json!(5)));
    let (status, phones) = caller.list(&format!("phones?server_id={id}&limit=2&offset=98")).await;
    assert_eq!((status, &phones["count"]), (200, &json!(100)));
    assert_eq!(phones["phones"][1]["phone_name"], "myPhoneServer-1-00100");
    assert_eq!((&phones["phones"][0]["status"], &phones["phones"][0]["vnc_enable"]), (&json!(2), &json!("true")));
    let phone = phones["phones"][0]["phone_id"].as_str().expect("an id");
    let (status, detail) = caller.list(&format!("phones/{phone}")).await;
    assert_eq!((status, &detail["phone_name"]), (200, &json!("myPhoneServer-1-00099")));
}

#[tokio::test]
async fn an_unpaid_order_lists_no_servers() {
    let caller = Caller::on(quick("")).await;
    let (status, _) = caller.buy(changed("/extend_param/is_auto_pay", None)).await;
    assert_eq!((status, caller.simulator.ledger().len()), (200, 1));
    assert_eq!(caller.list("servers").await.1["count"], 0);
    assert_eq!(caller.list("phones").await.1["phones"], json!([]));
}

#[tokio::test]
async fn the_ledger_file_has_the_order_before_its_answer_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.jsonl");
    let caller = Caller::with(Options { scene: quick(""), ledger: Some(path.clone()), ..Options::default() }).await;
    let (_, first) = caller.buy(EXAMPLE).await;
    let text = std::fs::read_to_string(&path).expect("the ledger");
    let line: Value = serde_json::from_str(text.trim_end()).expect("one line");
    assert_eq!((&line["order_id"], &line["body"]), (&first["order_id"], &json!(EXAMPLE)));
    assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    caller.buy(EXAMPLE).await;
    assert_eq!(std::fs::read_to_string(&path).expect("the ledger").lines().count(), 2);
}

#[tokio::test]
async fn an_order_that_cannot_be_written_down_is_not_placed() {
    let caller =
        Caller::with(Options { scene: quick(""), ledger: Some("/dev/full".into()), ..Options::default() }).await;
    let (status, body) = caller.buy(EXAMPLE).await;
    assert_eq!((status, &body["error_code"]), (500, &json!("CPS.0062")));
    assert!(caller.simulator.ledger().is_empty());
    assert_eq!(caller.list("servers").await.1["count"], 0);
}

#[tokio::test]
async fn a_shared_bandwidth_that_was_bought_can_be_used_by_the_next_purchase() {
    let caller = Caller::on(quick("")).await;
    let shared = json!({ "band_width_share_type": 1, "band_width_size": 42 });
    assert_eq!(caller.buy(changed("/band_width", Some(shared))).await.0, 200);
    let list = caller.list("bandwidths").await.1;
    let bought = &list["band_widths"][4];
    assert_eq!((&bought["band_width_size"], &bought["band_width_share_type"]), (&json!(42), &json!(1)));
    let again = json!({ "band_width_id": bought["band_width_id"] });
    assert_eq!(caller.buy(changed("/band_width", Some(again))).await.0, 200);
}

#[tokio::test]
async fn a_scene_may_limit_the_shared_bandwidths() {
    let caller = Caller::on(quick(r#","shared_bandwidth_quota":1"#)).await;
    let shared = json!({ "band_width_share_type": 1, "band_width_size": 42 });
    assert_eq!(caller.buy(changed("/band_width", Some(shared.clone()))).await.1["error_code"], "CPS.0051");
    let caller = Caller::on(quick(r#","shared_bandwidth_quota":9"#)).await;
    assert_eq!(caller.buy(changed("/band_width", Some(shared))).await.0, 200);
}
