//! Every scene does what its name says, and places an order exactly when it should.

use std::time::{Duration, Instant};

use cph_wizard::simulator::Scene;
use serde_json::json;

use crate::fixture::{Caller, EXAMPLE, quick};

async fn on(name: &str) -> Caller {
    Caller::on(Scene::named(name).expect(name)).await
}

#[tokio::test]
async fn a_refusing_scene_refuses_the_purchase_and_shows_the_lists() {
    for (name, status, code) in [
        ("sold-out", 400, "CPS.0066"),
        ("quota", 400, "CPS.0065"),
        ("no-permission", 403, "CPS.0001"),
        ("unpaid-account", 403, "CPS.0006"),
        ("throttled", 429, "APIGW.0308"),
        ("token-expired", 401, "APIGW.0307"),
    ] {
        let caller = on(name).await;
        let (found, body) = caller.buy(EXAMPLE).await;
        assert_eq!((found, body["error_code"].as_str()), (status, Some(code)), "{name}");
        assert!(caller.simulator.ledger().is_empty(), "{name}");
        assert_eq!(caller.list("phones").await.0, 200, "{name}");
        assert_eq!(caller.list("server-models").await.0, 200, "{name}");
    }
}

#[tokio::test]
async fn the_sale_status_has_a_row_for_each_flavor_and_zone_and_is_of_its_scene() {
    for (name, expected) in [("normal", ["available", "available"]), ("sold-out", ["sellout", "sellout"])] {
        let (status, body) = on(name).await.get("/v1/p/server-model-offerings").await;
        let rows = body["models"].as_array().expect("rows");
        assert_eq!((status, rows.len(), &body["count"]), (200, 12, &json!(12)), "{name}");
        let of_one = rows.iter().filter(|row| row["model_name"] == "physical.rx1.xlarge");
        let found: Vec<_> = of_one.map(|row| row["sell_status"].as_str().expect("a status")).collect();
        assert_eq!(found, expected, "{name}");
    }
    let one_zone = Caller::on(quick(r#","sold_out_zones":["cn-east-3b"]"#)).await;
    let (_, body) = one_zone.get("/v1/p/server-model-offerings?limit=2").await;
    let first = json!({"available_zone":"cn-east-3a","model_name":"physical.rx1.xlarge","sell_status":"available"});
    assert_eq!(body["models"][0], first);
    assert_eq!(body["models"][1]["sell_status"], "sellout");
}

#[tokio::test]
async fn the_sale_status_comes_in_pages_and_only_since_2026() {
    let caller = on("normal").await;
    let mut marker = String::new();
    let mut rows = Vec::new();
    for _ in 0..3 {
        let path = format!("/v1/p/server-model-offerings?limit=5&marker={marker}");
        let (_, body) = caller.get(&path).await;
        rows.extend(body["models"].as_array().expect("rows").clone());
        marker = body["page_info"]["next_marker"].as_str().expect("a marker").to_owned();
    }
    assert_eq!((rows.len(), marker.as_str()), (12, ""));
    for refused in ["limit=0", "limit=1001", "marker=unheard-of", "marker=after-12"] {
        let (status, body) = caller.get(&format!("/v1/p/server-model-offerings?{refused}")).await;
        assert_eq!((status, &body["error_code"]), (400, &json!("CPS.0002")), "{refused}");
    }
    for scene in ["generation-2019", "generation-2021", "generation-2023"] {
        let (status, body) = on(scene).await.get("/v1/p/server-model-offerings").await;
        assert_eq!((status, &body["error_code"]), (404, &json!("APIGW.0101")), "{scene}");
    }
}

#[tokio::test]
async fn a_refusal_is_spoken_before_or_after_the_body_is_judged() {
    assert_eq!(on("sold-out").await.buy("{}").await.1["error_code"], "CPS.0087");
    assert_eq!(on("no-permission").await.buy("{}").await.1["error_code"], "CPS.0001");
}

#[tokio::test]
async fn a_scene_may_refuse_the_lists_as_well() {
    let refusal = r#","rejection":{"stage":"gateway","operations":["servers","os-keypairs"],"status":403,"code":"CPS.0001","message":"No."}"#;
    let caller = Caller::on(quick(refusal)).await;
    let (status, body) = caller.list("servers").await;
    assert_eq!((status, &body["error_msg"]), (403, &json!("No.")));
    assert_eq!(caller.list("phones").await.0, 200);
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
}

#[tokio::test]
async fn a_slow_scene_takes_its_time_with_every_answer() {
    let caller = Caller::on(quick(r#","response_delay_ms":60"#)).await;
    let begin = Instant::now();
    caller.list("servers").await;
    assert!(begin.elapsed() >= Duration::from_millis(60));
    let begin = Instant::now();
    on("slow").await.list("server-models").await;
    assert!(begin.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn an_empty_catalogue_sells_nothing() {
    let caller = on("empty-catalogue").await;
    for (list, array) in [
        ("server-models", "server_models"),
        ("phone-models", "phone_models"),
        ("phone-images", "phone_images"),
        ("bandwidths", "band_widths"),
    ] {
        assert_eq!(caller.list(list).await.1[array], json!([]), "{list}");
    }
    assert_eq!(caller.buy(EXAMPLE).await.1["error_code"], "CPS.0089");
}

#[tokio::test]
async fn a_large_catalogue_has_ten_thousand_images_that_can_be_bought() {
    let caller = on("large-catalogue").await;
    let (mut marker, mut count, mut last) = (String::new(), 0, String::new());
    loop {
        let page = caller.list(&format!("phone-images?marker={marker}")).await.1;
        let images = page["phone_images"].as_array().expect("images");
        count += images.len();
        let fitting = images.iter().rev().find(|image| image["image_label"] == "qemu_phone").expect("an image");
        fitting["image_id"].as_str().expect("an id").clone_into(&mut last);
        page["page_info"]["next_marker"].as_str().expect("a marker").clone_into(&mut marker);
        if marker.is_empty() {
            break;
        }
    }
    assert_eq!(count, 10_000);
    let (status, body) = caller.buy(EXAMPLE.replace("88b8449b896f3a4f0ad57222dd919899", &last)).await;
    assert_eq!(status, 200, "{body}");
}

#[tokio::test]
async fn a_broken_answer_hides_an_order_that_was_placed() {
    let caller = on("broken-json").await;
    let answer = caller.sent(EXAMPLE).await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let text = answer.text().await.expect("text");
    assert!(
        text.starts_with("{\"request_id\":\"") && serde_json::from_str::<serde_json::Value>(&text).is_err(),
        "{text}"
    );
    assert_eq!(caller.simulator.ledger().len(), 1);
    assert_eq!(caller.buy("{}").await.0, 400, "a refusal is whole");
}

#[tokio::test]
async fn a_reset_hides_an_order_that_was_placed() {
    let caller = on("reset-before-answer").await;
    let error = caller.sent(EXAMPLE).await.expect_err("no answer");
    assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
    assert_eq!(caller.simulator.ledger().len(), 1);
    assert_eq!(caller.simulator.access_log()[0].status, None);
    assert_eq!(caller.list("servers").await.1["count"], 3);
}

#[tokio::test]
async fn silence_hides_an_order_that_was_placed() {
    let caller = on("timeout-after-order").await;
    let request = caller.client.post(caller.service("phones")).header("X-Auth-Token", "t").body(EXAMPLE);
    let error = request.timeout(Duration::from_millis(300)).send().await.expect_err("no answer");
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(caller.simulator.ledger().len(), 1);
    assert_eq!(caller.simulator.access_log()[0].status, None);
    assert_eq!(caller.list("servers").await.1["count"], 3);
}

#[tokio::test]
async fn an_internal_error_hides_an_order_that_was_placed() {
    let caller = on("error-after-order").await;
    let (status, body) = caller.buy(EXAMPLE).await;
    assert_eq!((status, &body["error_code"]), (500, &json!("CPS.0003")));
    assert_eq!(caller.simulator.ledger().len(), 1);
    assert_eq!(caller.list("servers").await.1["count"], 3);
}

#[tokio::test]
async fn servers_may_be_late_in_the_lists() {
    let caller = on("late-server-list").await;
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    assert_eq!(caller.list("servers").await.1["count"], 0);
    assert_eq!(caller.list("phones").await.1["count"], 0);
    let caller = Caller::on(quick(r#","list_visibility_delay_ms":120"#)).await;
    let begin = Instant::now();
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    while caller.list("servers").await.1["count"] == 0 {
        assert!(begin.elapsed() < Duration::from_secs(20), "they never came");
    }
    assert!(begin.elapsed() >= Duration::from_millis(120));
}
