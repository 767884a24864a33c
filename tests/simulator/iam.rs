//! IAM at the simulator's own address: tokens for a password, their scope and life, projects and accounts.

use cph_wizard::simulator::{AcceptedTokens, Options};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, Signer, quick};

async fn strict(scene: &str) -> Caller {
    Caller::with(Options { scene: quick(scene), accepted_tokens: AcceptedTokens::Issued, ..Options::default() }).await
}

fn login(password: &str, scope: Option<Value>) -> Value {
    let user = json!({ "domain": { "name": "demo-domain" }, "name": "demo-user", "password": password });
    let mut auth = json!({ "identity": { "methods": ["password"], "password": { "user": user } } });
    if let Some(scope) = scope {
        auth["scope"] = scope;
    }
    json!({ "auth": auth })
}

fn project(id: &str) -> Value {
    json!({ "project": { "id": id } })
}

async fn asked(caller: &Caller, body: impl Into<String>) -> Response {
    let url = format!("{}/v3/auth/tokens?nocatalog=true", caller.simulator.url());
    caller.client.post(url).body(body.into()).send().await.expect("an answer")
}

/// A token and the body it came with.
async fn issued(caller: &Caller, scope: Option<Value>) -> (String, Value) {
    let answer = asked(caller, login("demo-password", scope).to_string()).await;
    assert_eq!(answer.status(), 201);
    let token = answer.headers()["x-subject-token"].to_str().expect("text").to_owned();
    (token, answer.json().await.expect("JSON"))
}

async fn get(caller: &Caller, token: &str, path: &str) -> (u16, Value) {
    let url = format!("{}{path}", caller.simulator.url());
    let answer = caller.client.get(url).header("X-Auth-Token", token).send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

fn servers(project: &str) -> String {
    format!("/v1/{project}/cloud-phone/servers")
}

fn time(text: &Value) -> jiff::Timestamp {
    let text = text.as_str().expect("text");
    assert!(text.len() == 27 && text.ends_with('Z'), "{text}");
    text.parse().expect("a time")
}

#[tokio::test]
async fn a_password_buys_a_token_for_one_project() {
    let caller = strict("").await;
    let (token, body) = issued(&caller, Some(json!({ "project": { "name": "cn-north-4" } }))).await;
    let told = &body["token"];
    let id = told["project"]["id"].as_str().expect("an id");
    assert!(
        id.len() == 32 && told["project"]["name"] == "cn-north-4" && told["project"]["domain"]["name"] == "demo-domain"
    );
    assert_eq!((&told["user"]["name"], &told["methods"]), (&json!("demo-user"), &json!(["password"])));
    assert!(told["roles"].as_array().is_some_and(|roles| roles.iter().all(|role| role["name"].is_string())));
    let life = time(&told["expires_at"]).duration_since(time(&told["issued_at"]));
    assert_eq!(life, jiff::SignedDuration::from_hours(24));
    assert!(!body.to_string().contains(&token), "it is in the header alone");
    assert_eq!(get(&caller, &token, &servers(id)).await.0, 200);
    let url = format!("{}/v1/{id}/cloud-phone/phones", caller.simulator.url());
    let bought = caller.client.post(url).header("X-Auth-Token", &token).body(EXAMPLE).send().await.expect("an answer");
    assert_eq!(bought.status(), 200);
    assert_eq!(caller.simulator.ledger()[0].project_id, id);
    let (status, body) = get(&caller, &token, &servers("demo-project")).await;
    assert_eq!((status, &body["error_code"]), (403, &json!("CPS.0001")), "another project");
    let (token, _) = issued(&caller, Some(project("demo-project"))).await;
    assert_eq!(get(&caller, &token, &servers("demo-project")).await.0, 200);
}

#[tokio::test]
async fn a_token_of_the_account_opens_no_project() {
    let caller = strict("").await;
    for scope in [None, Some(json!({ "domain": { "name": "demo-domain" } }))] {
        let (token, body) = issued(&caller, scope).await;
        assert_eq!(
            (body["token"]["domain"]["name"].as_str(), body["token"].get("project")),
            (Some("demo-domain"), None)
        );
        let (status, body) = get(&caller, &token, &servers("demo-project")).await;
        assert_eq!((status, &body["error_code"]), (403, &json!("CPS.0001")));
        assert_eq!(get(&caller, &token, "/v3/auth/projects").await.0, 200);
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_in_the_words_of_iam() {
    let caller = strict("").await;
    let answer = asked(&caller, login("demo", Some(project("demo-project"))).to_string()).await;
    assert_eq!(answer.status(), 401);
    assert!(answer.headers().get("x-subject-token").is_none() && answer.headers().contains_key("x-iam-trace-id"));
    let body: Value = answer.json().await.expect("JSON");
    let error = json!({ "code": 401, "message": "The username or password is wrong.", "title": "Unauthorized" });
    assert_eq!(body, json!({ "error": error }));
    let mut other_method = login("demo-password", None);
    other_method["auth"]["identity"]["methods"] = json!(["password", "totp"]);
    let mut no_name = login("demo-password", None);
    no_name["auth"]["identity"]["password"]["user"]["name"] = json!(7);
    for (body, status) in [
        ("{".to_owned(), 400),
        ("[]".to_owned(), 400),
        (other_method.to_string(), 400),
        (no_name.to_string(), 400),
        (login("demo-password", Some(json!({ "project": { "name": "cn-nowhere-1" } }))).to_string(), 404),
        (login("demo-password", Some(json!({ "project": { "name": "cn-north-4_closed" } }))).to_string(), 403),
        (login("demo-password", Some(json!({ "project": {} }))).to_string(), 404),
    ] {
        let answer = asked(&caller, body.as_str()).await;
        assert_eq!(answer.status(), status, "{body}");
        assert_eq!(answer.json::<Value>().await.expect("JSON")["error"]["code"], status, "{body}");
    }
}

#[tokio::test]
async fn projects_and_the_account_are_listed_for_tokens_and_keys() {
    let caller = strict("").await;
    let (token, _) = issued(&caller, None).await;
    let signer = Signer::documented();
    for path in ["/v3/auth/projects", "/v3/projects", "/v3/projects?name=cn-north-4", "/v3/auth/domains"] {
        let (status, by_token) = get(&caller, &token, path).await;
        assert_eq!(status, 200, "{path}");
        assert_eq!(signer.get(&caller, path).await, (200, by_token), "{path}");
        let (status, body) = {
            let answer =
                caller.client.get(format!("{}{path}", caller.simulator.url())).send().await.expect("an answer");
            (answer.status().as_u16(), answer.json::<Value>().await.expect("JSON"))
        };
        assert_eq!((status, &body["error"]["code"]), (401, &json!(401)), "{path}");
    }
    let (_, list) = get(&caller, &token, "/v3/auth/projects").await;
    let rows: Vec<_> = list["projects"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["name"].clone(), row["enabled"].clone()))
        .collect();
    let expected = [("cn-north-4", true), ("cn-north-4_team", true), ("cn-north-4_closed", false), ("MOS", true)];
    assert_eq!(rows, expected.map(|(name, enabled)| (json!(name), json!(enabled))));
    assert_eq!(list["projects"][1]["parent_id"], list["projects"][0]["id"]);
    let closed = list["projects"][2]["id"].as_str().expect("an id");
    let (status, body) = signer.get(&caller, &servers(closed)).await;
    assert_eq!((status, &body["error_code"]), (403, &json!("APIGW.0310")));
    let (_, domains) = get(&caller, &token, "/v3/auth/domains").await;
    assert_eq!(domains["domains"][0]["id"], list["projects"][0]["domain_id"]);
    let (_, none) = get(&caller, &token, "/v3/projects?name=cn-east-3").await;
    assert_eq!(none["projects"], json!([]));
}

#[tokio::test]
async fn the_region_of_a_simulator_names_its_project() {
    let caller = Caller::with(Options { region: "cn-east-3".into(), ..Options::default() }).await;
    let (_, list) = get(&caller, "t", "/v3/projects?name=cn-east-3").await;
    assert_eq!(list["projects"].as_array().expect("rows").len(), 1);
}

#[tokio::test]
async fn a_token_ends_after_its_calls_and_a_new_one_works() {
    // One that was issued here is held to its life even where any token is taken.
    for caller in [strict(r#","token_max_uses":2"#).await, Caller::on(quick(r#","token_max_uses":2"#)).await] {
        let (token, _) = issued(&caller, Some(project("demo-project"))).await;
        assert_eq!(get(&caller, &token, &servers("demo-project")).await.0, 200);
        assert_eq!(get(&caller, &token, "/v3/auth/projects").await.0, 200);
        let (status, body) = get(&caller, &token, &servers("demo-project")).await;
        assert_eq!((status, &body["error_code"]), (401, &json!("APIGW.0307")));
        assert_eq!(get(&caller, &token, "/v3/auth/projects").await.1["error"]["code"], 401);
        let (token, _) = issued(&caller, Some(project("demo-project"))).await;
        assert_eq!(get(&caller, &token, &servers("demo-project")).await.0, 200);
    }
    let caller = strict(r#","token_lifetime_s":0"#).await;
    let (token, body) = issued(&caller, Some(project("demo-project"))).await;
    assert_eq!(body["token"]["expires_at"], body["token"]["issued_at"]);
    assert_eq!(get(&caller, &token, &servers("demo-project")).await.1["error_code"], "APIGW.0307");
}

#[tokio::test]
async fn the_key_pair_service_lists_in_pages_by_name() {
    let caller = Caller::on(quick("")).await;
    let (mut marker, mut names) = (String::new(), Vec::new());
    loop {
        let (status, page) = get(&caller, "t", &format!("/v3/p/keypairs?limit=1&marker={marker}")).await;
        assert_eq!((status, &page["page_info"]["current_count"]), (200, &json!(1)));
        let pair = &page["keypairs"][0]["keypair"];
        assert_eq!((&pair["frozen_state"], &pair["scope"]), (&json!("0"), &json!("domain")));
        names.push(pair["name"].as_str().expect("a name").to_owned());
        page["page_info"]["next_marker"].as_str().expect("a marker").clone_into(&mut marker);
        if marker.is_empty() {
            break;
        }
    }
    assert_eq!(names, ["mykeypair", "KeyPair-team"]);
    let signed = Signer::documented().call(&caller, Method::GET, "/v3/p/keypairs?limit=1001", "").await;
    assert_eq!((signed.0, &signed.1["error_code"]), (400, &json!("CPS.0002")));
}

#[tokio::test]
async fn a_scene_may_refuse_calls_of_iam_as_well() {
    for stage in ["gateway", "service"] {
        let refusal = format!(
            r#","rejection":{{"stage":"{stage}","operations":["auth-tokens","auth-projects"],"status":401,"code":"IAM.0061","message":"Locked."}}"#
        );
        let caller = Caller::on(quick(&refusal)).await;
        let answer = asked(&caller, login("demo-password", None).to_string()).await;
        assert_eq!(answer.status(), 401);
        let body: Value = answer.json().await.expect("JSON");
        assert_eq!(body, json!({ "error_code": "IAM.0061", "error_msg": "Locked." }));
        assert_eq!(get(&caller, "t", "/v3/auth/projects").await.0, 401);
        assert_eq!(get(&caller, "t", "/v3/auth/domains").await.0, 200);
    }
}
