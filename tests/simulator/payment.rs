//! Orders that are accepted and not paid, and orders that are placed although they were rejected.

use cph_wizard::simulator::Scene;
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, PROJECT, changed, quick};

#[tokio::test]
async fn an_order_whose_payment_fails_is_accepted_and_builds_nothing() {
    let caller = Caller::on(Scene::named("payment-fails").expect("a scene")).await;
    let (status, answer) = caller.buy(EXAMPLE).await;
    assert_eq!((status, answer.get("error_code")), (200, None));
    let [entry] = &caller.simulator.ledger()[..] else { panic!("one order") };
    assert_eq!((answer["order_id"].as_str(), entry.is_paid), (Some(entry.order_id.as_str()), false));
    caller.simulator.advance(std::time::Duration::from_secs(60 * 60));
    for list in ["servers", "phones"] {
        assert_eq!(caller.list(list).await.1["count"], 0, "{list}");
    }
    assert!(caller.simulator.listed_servers(PROJECT).is_empty());
    let custom = changed("/subnet_cidr", Some(json!("172.31.8.0/24")));
    assert_eq!(caller.buy(custom).await.0, 200, "an unpaid order occupies no subnet");
}

#[tokio::test]
async fn the_ledger_says_which_orders_are_paid() {
    let folder = tempfile::tempdir().expect("a folder");
    for (payment, expected) in [("succeeds", [true, false]), ("fails", [false, false])] {
        let file = folder.path().join(payment);
        let scene = quick(&format!(r#","auto_payment":"{payment}""#));
        let options = cph_wizard::simulator::Options { scene, ledger: Some(file.clone()), ..Default::default() };
        let caller = Caller::with(options).await;
        for is_auto_pay in [1, 0] {
            assert_eq!(caller.buy(changed("/extend_param/is_auto_pay", Some(json!(is_auto_pay)))).await.0, 200);
        }
        let paid: Vec<_> = caller.simulator.ledger().iter().map(|entry| entry.is_paid).collect();
        assert_eq!(paid, expected, "{payment}");
        let text = std::fs::read_to_string(file).expect("a ledger");
        let written = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["is_paid"].clone());
        assert_eq!(written.collect::<Vec<_>>(), expected, "{payment}");
    }
}

#[tokio::test]
async fn no_server_is_promised_to_an_order_that_is_not_paid() {
    let caller = Caller::on(quick(r#","auto_payment":"fails","api_generation":"2023""#)).await;
    assert_eq!(caller.buy(EXAMPLE).await.1["server_ids"], json!([]));
}

#[tokio::test]
async fn a_payment_may_fail_and_the_answer_be_lost_as_well() {
    let scene = Scene::varied("reset-before-answer", r#"{"auto_payment":"fails"}"#).expect("a scene");
    let caller = Caller::on(scene).await;
    assert!(caller.sent(EXAMPLE).await.is_err());
    let ledger = caller.simulator.ledger();
    assert_eq!((ledger.len(), ledger[0].is_paid, caller.simulator.posts()), (1, false, 1));
    assert_eq!(caller.list("servers").await.1["servers"], json!([]));
}

#[tokio::test]
async fn a_rejected_order_may_be_placed_all_the_same() {
    for (is_auto_pay, count) in [(1, 3), (0, 0)] {
        let caller = Caller::on(Scene::named("rejected-but-placed").expect("a scene")).await;
        let (status, body) = caller.buy(changed("/extend_param/is_auto_pay", Some(json!(is_auto_pay)))).await;
        let message = "The server quota is exceeded.";
        assert_eq!((status, &body["error_code"], &body["error_msg"]), (400, &json!("CPS.0065"), &json!(message)));
        assert_eq!(body.get("order_id"), None);
        let ledger = caller.simulator.ledger();
        assert_eq!((ledger.len(), ledger[0].is_paid), (1, is_auto_pay == 1));
        assert_eq!(caller.list("servers").await.1["count"], count);
        assert_eq!(caller.buy("{}").await.1["error_code"], "CPS.0087", "what is wrong is rejected and not placed");
        assert_eq!(caller.simulator.ledger().len(), 1);
    }
}

#[tokio::test]
async fn any_rejection_may_be_untrue() {
    let refusal = r#","error_format":"camel-case","rejection":{"stage":"after-order","operations":["purchase"],"status":403,"code":"CPS.0001","message":"No."}"#;
    let caller = Caller::on(quick(refusal)).await;
    let answer = caller.sent(EXAMPLE).await.expect("an answer");
    assert_eq!(answer.status(), 403);
    assert_eq!(answer.json::<Value>().await.expect("JSON"), json!({ "errorCode": "CPS.0001", "errorMsg": "No." }));
    assert_eq!(caller.simulator.ledger().len(), 1);
}
