//! What goes wrong on the way: throttling and server errors that pass, errors in other formats, and tampering.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, PROJECT, quick};

#[tokio::test]
async fn throttling_passes_and_says_when_to_come_again() {
    for (setting, header) in [("", None), (r#","retry_after_s":7"#, Some("7"))] {
        let scene = format!(r#","throttling":{{"operations":["servers","purchase"],"times":2{setting}}}"#);
        let caller = Caller::on(quick(&scene)).await;
        for _ in 0..2 {
            let answer = caller.call(Method::GET, &caller.service("servers")).await;
            assert_eq!(answer.headers().get("retry-after").map(|value| value.to_str().expect("text")), header);
            assert_eq!(answer.status(), 429);
            assert_eq!(answer.json::<Value>().await.expect("JSON")["error_code"], "APIGW.0308");
        }
        assert_eq!(caller.list("servers").await.0, 200);
        assert_eq!(caller.list("phones").await.0, 200, "not throttled at all");
        let purchases = [caller.buy(EXAMPLE).await.0, caller.buy(EXAMPLE).await.0, caller.buy(EXAMPLE).await.0];
        assert_eq!(purchases, [429, 429, 200], "counted by itself");
        assert_eq!(caller.simulator.ledger().len(), 1);
    }
}

#[tokio::test]
async fn trouble_passes_and_places_no_order() {
    for (status, code) in [(500, "APIGW.0601"), (502, "APIGW.0201"), (503, "APIGW.0613"), (504, "APIGW.0201")] {
        let scene =
            format!(r#","server_errors":{{"status":{status},"operations":["purchase","auth-tokens"],"times":1}}"#);
        let caller = Caller::on(quick(&scene)).await;
        let (found, body) = caller.buy(EXAMPLE).await;
        assert_eq!((found, body["error_code"].as_str()), (status, Some(code)));
        assert!(caller.simulator.ledger().is_empty());
        assert_eq!(caller.buy(EXAMPLE).await.0, 200);
        let url = format!("{}/v3/auth/tokens", caller.simulator.url());
        assert_eq!(caller.client.post(url).send().await.expect("an answer").status(), status);
    }
}

async fn refusal(scene: &str) -> (u16, Option<String>, String) {
    let caller = Caller::on(quick(scene)).await;
    let answer = caller.sent("{}").await.expect("an answer");
    let kind = answer.headers().get("content-type").map(|kind| kind.to_str().expect("text").to_owned());
    assert!(caller.simulator.ledger().is_empty());
    (answer.status().as_u16(), kind, answer.text().await.expect("text"))
}

#[tokio::test]
async fn errors_come_in_every_format() {
    let in_format = async |format: &str| {
        let (status, kind, text) = refusal(&format!(r#","error_format":"{format}""#)).await;
        assert_eq!((status, kind.as_deref()), (400, Some("application/json")), "{format}");
        serde_json::from_str::<Value>(&text).expect("JSON")
    };
    let message = "Parameter: server_name is invalid.";
    let cph = in_format("cph").await;
    assert_eq!((&cph["error_code"], &cph["error_msg"]), (&json!("CPS.0087"), &json!(message)));
    assert_eq!(in_format("apig").await["error_code"], "CPS.0087");
    let error = json!({ "code": 400, "message": message, "title": "Bad Request" });
    assert_eq!(in_format("keystone").await, json!({ "error": error }));
    assert_eq!(in_format("nova").await, json!({ "badRequest": { "code": 400, "message": message } }));
    assert_eq!(in_format("camel-case").await, json!({ "errorCode": "CPS.0087", "errorMsg": message }));
    let (status, kind, text) = refusal(r#","error_format":"html""#).await;
    assert!((status, kind.as_deref()) == (400, Some("text/html")) && text.contains("<h1>Bad Request</h1>"), "{text}");
    assert_eq!(refusal(r#","error_format":"empty""#).await, (400, None, String::new()));
}

#[tokio::test]
async fn an_error_may_come_inside_a_success() {
    let (status, _, text) = refusal(r#","errors_with_status_200":true"#).await;
    let body: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((status, &body["error_code"]), (200, &json!("CPS.0087")));
}

#[tokio::test]
async fn a_redirect_leads_elsewhere_and_places_no_order() {
    let scene = r#","tampering":{"operations":["purchase","servers"],"times":1,"redirect_to":"http://127.0.0.1:9/x"}"#;
    let caller = Caller::on(quick(scene)).await;
    for answer in
        [caller.sent(EXAMPLE).await.expect("an answer"), caller.call(Method::GET, &caller.service("servers")).await]
    {
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["location"]),
            (307, &"http://127.0.0.1:9/x".parse().expect("text"))
        );
    }
    assert!(caller.simulator.ledger().is_empty());
    assert_eq!((caller.buy(EXAMPLE).await.0, caller.list("servers").await.0), (200, 200), "once only");
}

#[tokio::test]
async fn a_truncated_answer_announces_more_than_comes() {
    let both = r#"{"operations":["purchase","phone-models"],"#;
    for (setting, announced_more_by) in
        [(r#""truncate":true}"#, None), (r#""overstate_content_length":true}"#, Some(64))]
    {
        for tls in [false, true] {
            let scene = quick(&format!(r#","tampering":{both}{setting}"#));
            let options = cph_wizard::simulator::Options { scene, tls, ..Default::default() };
            let caller = Caller::with(options).await;
            let mut answer = caller.call(Method::GET, &caller.service("phone-models")).await;
            let announced = usize::try_from(answer.content_length().expect("a length")).expect("a size");
            let (mut came, mut error) = (Vec::new(), None);
            while error.is_none() {
                match answer.chunk().await {
                    Ok(Some(part)) => came.extend_from_slice(&part),
                    Ok(None) => break,
                    Err(found) => error = Some(found),
                }
            }
            assert!(error.is_some_and(|error| !error.is_timeout()), "{setting}: it ended too early");
            assert_eq!(came.len(), announced_more_by.map_or(announced / 2, |more| announced - more), "{setting}");
            assert_eq!(serde_json::from_slice::<Value>(&came).is_ok(), announced_more_by.is_some(), "{setting}");
            let order = caller.sent(EXAMPLE).await.expect("its head").bytes().await;
            assert!(order.is_err(), "{setting}");
            assert_eq!(caller.simulator.ledger().len(), 1, "{setting}: the order was placed");
            assert_eq!(caller.list("servers").await.0, 200, "{setting}: other calls are as they were");
        }
    }
}

#[tokio::test]
async fn an_answer_in_delayed_chunks_is_whole_in_the_end() {
    let caller =
        Caller::on(quick(r#","tampering":{"operations":["server-models","phones"],"chunk_delay_ms":1}"#)).await;
    let mut answer = caller.call(Method::GET, &caller.service("phones")).await;
    let (mut pieces, mut came) = (0, Vec::new());
    while let Some(piece) = answer.chunk().await.expect("a piece") {
        pieces += 1;
        came.extend_from_slice(&piece);
    }
    assert!(pieces > 1 && serde_json::from_slice::<Value>(&came).is_ok(), "{pieces}");
    assert_eq!(caller.list("server-models").await.1["server_models"].as_array().map(Vec::len), Some(6));
    let caller = Caller::on(quick(r#","tampering":{"operations":["servers"],"chunk_delay_ms":60000}"#)).await;
    let get = caller.client.get(caller.service("servers")).header("X-Auth-Token", "t");
    let answer = get.timeout(Duration::from_millis(300)).send().await.expect("its head");
    assert!(answer.bytes().await.expect_err("nothing more").is_timeout());
    tokio::time::timeout(Duration::from_secs(20), caller.simulator.stop()).await.expect("it stops all the same");
}

#[tokio::test]
async fn a_lying_answer_has_other_types_or_is_a_page() {
    let caller =
        Caller::on(quick(r#","tampering":{"operations":["servers","purchase"],"change_json_types":true}"#)).await;
    let answer = caller.sent(EXAMPLE).await.expect("an answer");
    let order: Value = answer.json().await.expect("JSON");
    assert_eq!((&order["order_id"], caller.simulator.ledger().len()), (&json!(17), 1));
    let list: Value = caller.call(Method::GET, &caller.service("servers")).await.json().await.expect("JSON");
    assert!(list["servers"].is_object() && list["count"].is_string(), "{list}");
    let caller = Caller::on(quick(r#","tampering":{"operations":["servers"],"captive_portal":true}"#)).await;
    let answer = caller.call(Method::GET, &caller.service("servers")).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"text/html".parse().expect("text"))
    );
    assert!(answer.text().await.expect("text").starts_with("<html>"));
}

#[tokio::test]
async fn the_date_is_always_told() {
    let caller = Caller::on(quick("")).await;
    for path in [format!("/v1/{PROJECT}/cloud-phone/servers"), "/nothing".to_owned(), "/v3/auth/domains".to_owned()] {
        let answer = caller.call(Method::GET, &format!("{}{path}", caller.simulator.url())).await;
        let date = answer.headers()["date"].to_str().expect("text").to_owned();
        assert!(jiff::fmt::rfc2822::parse(&date).is_ok() && date.ends_with(" GMT"), "{date}");
        assert_eq!(answer.headers().get_all("date").iter().count(), 1);
    }
}
