//! Access keys: what is believed, what is not and how that is said, clocks, locks, temporary keys and projects.

use std::sync::{Arc, Mutex};

use cph_wizard::simulator::{AcceptedTokens, Credentials, Options};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, PROJECT, Signer, quick};

const BAD_SIGNATURE: &str = "Incorrect IAM authentication information: verify aksk signature fail";

fn list(rest: &str) -> String {
    format!("/v1/{PROJECT}/cloud-phone/{rest}")
}

async fn knowing(scene: &str, credentials: &Value) -> Caller {
    let credentials = Credentials::parse(&credentials.to_string()).expect("a list");
    Caller::with(Options {
        scene: quick(scene),
        credentials,
        accepted_tokens: AcceptedTokens::Issued,
        ..Options::default()
    })
    .await
}

fn refusal(answer: &(u16, Value)) -> (u16, &str) {
    (answer.0, answer.1["error_code"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn a_signed_call_is_as_good_as_a_token_with_and_without_tls() {
    for tls in [false, true] {
        let caller = Caller::with(Options { scene: quick(""), tls, ..Options::default() }).await;
        let signer = Signer::documented();
        let (status, body) = signer.call(&caller, Method::POST, &list("phones"), EXAMPLE).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(caller.simulator.ledger()[0].body, EXAMPLE.as_bytes());
        let target = list("servers?limit=5&server_name=my%20Phone%2B%E6%89%8B&server_name=");
        let (status, body) = signer.get(&caller, &target).await;
        assert_eq!((status, &body["count"]), (200, &json!(0)), "{body}");
        caller.list("servers").await;
        let by: Vec<_> = caller.simulator.access_log().into_iter().map(|entry| entry.by).collect();
        assert_eq!(by, ["key FAKEAK…0001", "key FAKEAK…0001", "token"]);
    }
}

#[tokio::test]
async fn whatever_is_changed_after_signing_is_refused() {
    let caller = Caller::on(quick(r#","access_key_lockout_s":0"#)).await;
    let signer = Signer { headers: vec![("x-language".into(), "en_US".into())], ..Signer::documented() };
    let request = || signer.request(&caller, &Method::POST, &list("phones?a=1"), EXAMPLE);
    let mut changed = Vec::new();
    for change in ["body", "path", "query", "header", "method", "gone", "signature", "algorithm"] {
        let mut request = request();
        let authorization = request.headers()["authorization"].to_str().expect("text").to_owned();
        match change {
            "body" => *request.body_mut() = Some(format!("{EXAMPLE} ").into()),
            "path" => request.url_mut().set_path("/v1/other/cloud-phone/phones"),
            "query" => request.url_mut().set_query(Some("a=2")),
            "header" => drop(request.headers_mut().insert("x-language", "zh_CN".parse().expect("text"))),
            "gone" => drop(request.headers_mut().remove("x-language")),
            "method" => *request.method_mut() = Method::GET,
            "signature" => {
                let (head, _) = authorization.split_at(authorization.len() - 64);
                let other = format!("{head}{}", "0".repeat(64));
                request.headers_mut().insert("authorization", other.parse().expect("text"));
            }
            _ => {
                let other = authorization.replace("SDK-", "V11-");
                request.headers_mut().insert("authorization", other.parse().expect("text"));
            }
        }
        changed.push((change, request));
    }
    for (change, request) in changed {
        let answer = caller.client.execute(request).await.expect("an answer");
        let (status, body) = (answer.status().as_u16(), answer.json::<Value>().await.expect("JSON"));
        assert_eq!((status, &body["error_code"]), (401, &json!("APIGW.0301")), "{change}");
        assert_eq!(body["error_msg"], BAD_SIGNATURE, "{change}");
    }
    assert_eq!(caller.client.execute(request()).await.expect("an answer").status(), 200, "as it was");
    assert_eq!(caller.simulator.ledger().len(), 1);
}

#[tokio::test]
async fn unknown_keys_and_wrong_secrets_are_not_told_apart() {
    let caller = Caller::on(quick("")).await;
    for (access_key, secret_key) in [
        (Credentials::ACCESS_KEY, "wrong"),
        ("FAKEAK0SIMULATOR0002", Credentials::SECRET_KEY),
        ("", ""),
        ("\u{e4}", "x"),
    ] {
        let answer = Signer::of(access_key, secret_key).get(&caller, &list("servers")).await;
        assert_eq!(refusal(&answer), (401, "APIGW.0301"), "{access_key}");
        assert_eq!(answer.1["error_msg"], BAD_SIGNATURE);
    }
}

#[tokio::test]
async fn a_wrong_clock_is_said_to_be_wrong_and_the_date_header_tells_the_right_time() {
    for offset in [3_600_i64, -3_600] {
        let caller = Caller::on(quick(&format!(r#","clock_offset_s":{offset}"#))).await;
        let request = Signer::documented().request(&caller, &Method::GET, &list("servers"), "");
        let answer = caller.client.execute(request).await.expect("an answer");
        let date = answer.headers()["date"].to_str().expect("text").to_owned();
        assert_eq!(answer.status(), 401);
        let body: Value = answer.json().await.expect("JSON");
        assert_eq!(body["error_code"], "APIGW.0303");
        assert!(body["error_msg"].as_str().expect("text").contains("15 minutes"), "{body}");
        let time = jiff::fmt::rfc2822::parse(&date).expect("a date").timestamp();
        let apart = time.duration_since(Timestamp::now()) - SignedDuration::from_secs(offset);
        assert!(apart.abs() < SignedDuration::from_mins(2), "{date}");
        for _ in 0..6 {
            assert_eq!(refusal(&Signer::documented().get(&caller, &list("servers")).await), (401, "APIGW.0303"));
        }
        // A wrong clock is no wrong key, so nothing is locked.
        let signer = Signer { date: time.strftime("%Y%m%dT%H%M%SZ").to_string(), ..Signer::documented() };
        assert_eq!(signer.get(&caller, &list("servers")).await.0, 200);
    }
}

#[tokio::test]
async fn more_than_five_failures_in_a_row_lock_a_key_for_its_time() {
    for (scene, after_six) in [("", 401), (r#","access_key_lockout_s":0"#, 200)] {
        let caller = Caller::on(quick(scene)).await;
        let (right, wrong) = (Signer::documented(), Signer::of(Credentials::ACCESS_KEY, "wrong"));
        for _ in 0..2 {
            for _ in 0..5 {
                assert_eq!(refusal(&wrong.get(&caller, &list("servers")).await), (401, "APIGW.0301"));
            }
            assert_eq!(right.get(&caller, &list("servers")).await.0, 200, "five are put up with, and forgotten");
        }
        for _ in 0..6 {
            assert_eq!(wrong.get(&caller, &list("servers")).await.0, 401);
        }
        let (status, body) = right.get(&caller, &list("servers")).await;
        assert_eq!(status, after_six, "{scene}: {body}");
        if status == 401 {
            assert_eq!((&body["error_code"], &body["error_msg"]), (&json!("APIGW.0301"), &json!(BAD_SIGNATURE)));
        }
    }
}

#[tokio::test]
async fn a_temporary_key_needs_its_security_token() {
    let keys = json!([{ "access_key": "TEMPORARY0000000001A", "secret_key": "s", "security_token": "T1" }]);
    let caller = knowing("", &keys).await;
    let with = |token: Option<&str>| Signer {
        security_token: token.map(str::to_owned),
        ..Signer::of("TEMPORARY0000000001A", "s")
    };
    assert_eq!(with(Some("T1")).get(&caller, &list("servers")).await.0, 200);
    for wrong in [with(None), with(Some("T2"))] {
        assert_eq!(refusal(&wrong.get(&caller, &list("servers")).await), (401, "APIGW.0301"));
    }
    let mut beside = with(None).request(&caller, &Method::GET, &list("servers"), "");
    beside.headers_mut().insert("x-security-token", "T1".parse().expect("text"));
    let answer = caller.client.execute(beside).await.expect("an answer");
    assert_eq!(answer.status(), 401, "it came, but was not signed");
    assert!(answer.text().await.expect("text").contains("x-security-token"));
}

#[tokio::test]
async fn a_security_token_expires_after_its_calls() {
    let keys = json!([{ "access_key": "TEMPORARY0000000001A", "secret_key": "s", "security_token": "T1" }]);
    let caller = knowing(r#","security_token_max_uses":1"#, &keys).await;
    let signer = Signer { security_token: Some("T1".into()), ..Signer::of("TEMPORARY0000000001A", "s") };
    assert_eq!(signer.get(&caller, "/v3/auth/projects").await.0, 200);
    let answer = signer.get(&caller, &list("servers")).await;
    assert_eq!(refusal(&answer), (401, "APIGW.0301"));
    assert!(answer.1["error_msg"].as_str().expect("text").contains("expired"), "{}", answer.1);
    assert_eq!(refusal(&signer.get(&caller, "/v3/auth/projects").await), (400, "IAM.1108"));
}

#[tokio::test]
async fn a_key_of_one_project_stays_in_it() {
    let keys =
        json!([{ "access_key": "BOUND00000000000001A", "secret_key": "s", "project_id": "p1", "domain_id": "d1" }]);
    let caller = knowing("", &keys).await;
    let signer = Signer::of("BOUND00000000000001A", "s");
    assert_eq!(signer.get(&caller, "/v1/p1/cloud-phone/servers").await.0, 200);
    let elsewhere = signer.call(&caller, Method::POST, &list("phones"), EXAMPLE).await;
    assert_eq!(refusal(&elsewhere), (403, "APIGW.0302"));
    let (_, projects) = signer.get(&caller, "/v3/projects?name=cn-north-4").await;
    assert_eq!((&projects["projects"][0]["id"], &projects["projects"][0]["domain_id"]), (&json!("p1"), &json!("d1")));
    let (_, domains) = signer.get(&caller, "/v3/auth/domains").await;
    assert_eq!(domains["domains"][0]["id"], "d1");
    assert!(caller.simulator.ledger().is_empty());
}

#[tokio::test]
async fn the_project_header_is_that_of_the_path() {
    let caller = Caller::on(quick("")).await;
    for (project, expected) in [(PROJECT, 200), ("other", 403)] {
        let headers = vec![("x-project-id".to_owned(), project.to_owned())];
        let signer = Signer { headers, ..Signer::documented() };
        assert_eq!(signer.get(&caller, &list("servers")).await.0, expected, "{project}");
    }
}

#[tokio::test]
async fn strict_tokens_are_only_those_that_were_issued_here() {
    let strict = Options { scene: quick(""), accepted_tokens: AcceptedTokens::Issued, ..Options::default() };
    for caller in [Caller::with(strict).await, Caller::on(quick(r#","accepted_tokens":"issued""#)).await] {
        let answer = caller.list("servers").await;
        assert_eq!(refusal(&answer), (401, "APIGW.0301"));
        assert!(answer.1["error_msg"].as_str().expect("text").contains("decrypt token fail"), "{}", answer.1);
        assert_eq!(Signer::documented().get(&caller, &list("servers")).await.0, 200, "keys are as good as before");
    }
}

#[tokio::test]
async fn a_signed_body_that_is_too_large_is_said_to_be_that() {
    let caller = Caller::on(quick("")).await;
    let large = " ".repeat(64 * 1024 + 1);
    let answer = Signer::documented().call(&caller, Method::POST, &list("phones"), &large).await;
    assert_eq!(refusal(&answer), (413, "APIGW.0201"));
}

#[tokio::test]
async fn nothing_secret_reaches_the_log() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let on_request: Box<dyn Fn(&str) + Send + Sync> =
        Box::new(move |line| sink.lock().expect("lines").push(line.to_owned()));
    let caller = Caller::with(Options { scene: quick(""), on_request: Some(on_request), ..Options::default() }).await;
    let signer = Signer { security_token: Some("CANARY-T".into()), ..Signer::documented() };
    let request = signer.request(&caller, &Method::GET, &list("servers?X-Auth-Token=CANARY-Q&limit=1"), "");
    let header = request.headers()["authorization"].to_str().expect("text").to_owned();
    caller.client.execute(request).await.expect("an answer");
    let get = caller.client.get(caller.service("servers")).header("X-Auth-Token", "CANARY-A");
    get.send().await.expect("an answer");
    let login = json!({"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"CANARY-U","password":"CANARY-P"}}}}});
    let post = caller.client.post(format!("{}/v3/auth/tokens", caller.simulator.url()));
    post.body(login.to_string()).send().await.expect("an answer");
    let seen = format!("{:?}\n{:?}", caller.simulator.access_log(), lines.lock().expect("lines"));
    let signature = header.rsplit('=').next().expect("a signature");
    assert_eq!(signature.len(), 64);
    for secret in ["CANARY", signature, Credentials::ACCESS_KEY, Credentials::SECRET_KEY] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
    assert!(seen.contains("key FAKEAK…0001") && seen.contains("by key FAKEAK...0001") && seen.contains("limit=1"));
}
