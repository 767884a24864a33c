//! Authentication of calls, against a server that examines the requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::SecretString;

use super::account;
use super::raw_socket::{Raw, Reply, Request, with_head};
use crate::api::{
    AccessKey, Account, AuthMethod, CallEnd, Cloud as _, Endpoint, HttpCloud, Iam, Login, Metadata, NO_OBSERVER,
    Network, ReadError, Timeouts,
};
use crate::catalogue::Resource;
use crate::i18n::{Language, with_language};
use crate::signing::{self, Authorization, SignedCall};

const SECRET: &str = "FakeSecretKeyForTestsOnly000000000000001";
const EMPTY: &str = r#"{"server_models":[],"phone_models":[],"phone_images":[],"band_widths":[],"keypairs":[],"servers":[],"models":[]}"#;

fn key(security_token: Option<&str>) -> AuthMethod {
    AuthMethod::Key(AccessKey {
        access_key: "FAKEAK0EXAMPLE000001".into(),
        secret_key: SecretString::from(SECRET),
        security_token: security_token.map(SecretString::from),
    })
}

fn login() -> AuthMethod {
    AuthMethod::Login(Login { domain: "acme".into(), user: "ann".into(), password: SecretString::from("pass word") })
}

fn cloud(url: &str, credentials: AuthMethod) -> HttpCloud {
    let iam = Some(Endpoint::parse(url).unwrap());
    HttpCloud::new(Account { iam, credentials, ..account(url) }).unwrap()
}

/// Returns the first value of a request's header, unchanged.
fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut lines = request.text.lines().skip(1).filter_map(|line| line.split_once(": "));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Checks a signature like a server that has only the request as it was sent.
fn is_signed(request: &Request) -> bool {
    let authorization = Authorization::parse(header(request, "authorization").unwrap()).unwrap();
    assert_eq!(authorization.access_key, "FAKEAK0EXAMPLE000001");
    let headers: Vec<(String, String)> = authorization
        .signed_headers
        .split(';')
        .map(|name| (name.to_owned(), header(request, name).unwrap().to_owned()))
        .collect();
    let (method, target) = request.line.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query: Vec<(String, String)> =
        reqwest::Url::parse(&format!("http://h/?{query}")).unwrap().query_pairs().into_owned().collect();
    let call = SignedCall { method, path, query: &query, headers: &headers, body: &request.body };
    let date = header(request, "x-sdk-date").unwrap();
    let to_sign = signing::string_to_sign(date, &signing::canonical_request(&call));
    signing::is_signature_of(SECRET, &to_sign, authorization.signature)
}

#[tokio::test]
async fn every_call_of_a_key_is_signed_over_what_is_sent() {
    let server = Raw::start(|request| match request.line.split_once(' ').unwrap().0 {
        "POST" => Reply::json(200, r#"{"request_id":"r","order_id":"CS1","product_id":"p"}"#),
        _ => Reply::json(200, EMPTY),
    })
    .await;
    let cloud = cloud(&server.url(), key(Some("a-security-token")));
    for resource in Resource::ALL {
        cloud.list(resource, NO_OBSERVER).await.unwrap();
    }
    cloud.servers_named("a b&c=密").await.unwrap();
    let seen = cloud.purchase(Arc::from(*b"{\"count\": 1}"), Box::new(|| Ok(()))).await;
    assert!(matches!(seen.end, CallEnd::Response { status: 200, .. }));
    let requests = server.requests();
    assert_eq!(requests.len(), Resource::ALL.len() + 2);
    for request in &requests {
        assert!(is_signed(request), "{}", request.line);
        assert_eq!(header(request, "x-security-token"), Some("a-security-token"));
        assert_eq!(header(request, "x-project-id"), Some("0123456789abcdef0123456789abcdef"));
        assert_eq!(header(request, "x-auth-token"), None);
        assert!(!request.text.contains(SECRET));
        let signed = Authorization::parse(header(request, "authorization").unwrap()).unwrap().signed_headers;
        for name in ["host", "x-sdk-date", "x-project-id", "x-security-token"] {
            assert!(signed.split(';').any(|known| known == name), "{name}");
        }
    }
    assert!(requests.iter().any(|request| request.line.contains("server_name=a%20b%26c%3D%E5%AF%86")));
}

#[test]
fn a_key_that_was_refused_is_told_in_chinese_and_kept_with_an_order_in_english() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = runtime.block_on(Raw::start(|_| Reply::json(401, r#"{"error_code":"APIGW.0301","request_id":"r1"}"#)));
    let cloud = cloud(&server.url(), key(None));
    let (said, seen) = with_language(Language::Chinese, || {
        runtime.block_on(async {
            let refused = cloud.list(Resource::ServerFlavors, NO_OBSERVER).await.unwrap_err();
            (refused.sentence(), cloud.purchase(Arc::from(*b"{}"), Box::new(|| Ok(()))).await)
        })
    });
    assert!(said.starts_with("凭证有误") && said.ends_with("（APIGW.0301，状态码 401，请求 ID r1）"), "{said}");
    let CallEnd::NotPrepared { why } = seen.end else { panic!("{seen:?}") };
    let why = why.to_string();
    assert!(why.is_ascii() && why.contains("(APIGW.0301, status 401, request r1)"), "{why}");
}

#[tokio::test]
async fn a_wrong_key_is_sent_once_however_many_calls_wait() {
    let server = Raw::start(|_| {
        Reply::json(401, r#"{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail","request_id":"r1"}"#)
    })
    .await;
    let cloud = cloud(&server.url(), key(None));
    let (flavors, phones, images, servers) = tokio::join!(
        cloud.list(Resource::ServerFlavors, NO_OBSERVER),
        cloud.list(Resource::PhoneFlavors, NO_OBSERVER),
        cloud.list(Resource::Images, NO_OBSERVER),
        cloud.servers_named("farm"),
    );
    for error in [flavors.err(), phones.err(), images.err(), servers.err()] {
        assert!(matches!(&error, Some(ReadError::Refused { status: 401, .. })), "{error:?}");
    }
    let seen = cloud.purchase(Arc::from(*b"{}"), Box::new(|| Ok(()))).await;
    assert!(!seen.body_requested && matches!(seen.end, CallEnd::NotPrepared { .. }));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_key_that_the_purchase_is_refused_for_is_not_used_again() {
    let server = Raw::start(|request| {
        if request.line.starts_with("GET") {
            return Reply::json(200, EMPTY);
        }
        Reply::json(401, r#"{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail"}"#)
    })
    .await;
    let cloud = cloud(&server.url(), key(None));
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    let seen = cloud.purchase(Arc::from(*b"{}"), Box::new(|| Ok(()))).await;
    assert!(seen.body_requested && matches!(seen.end, CallEnd::Response { status: 401, .. }));
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_refused_signature_is_explained_by_a_clock_that_is_off() {
    let server = Raw::start(|_| {
        let body = r#"{"error_code":"APIGW.0303","error_msg":"no","request_id":"r1"}"#;
        let date = "Date: Sat, 01 Mar 2025 08:00:00 GMT\r\n";
        Reply::Whole(with_head(401, date, body.len(), body.as_bytes()))
    })
    .await;
    let error = cloud(&server.url(), key(None)).list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    assert!(matches!(error, ReadError::ClockOff { ahead, .. } if ahead > 900), "{error:?}");
    assert!(error.sentence().contains("clock") && error.request_id() == Some("r1"), "{}", error.sentence());
}

/// Starts a server that issues the tokens `t0`, `t1`, and so on, and refuses those for which `is_spent` is true.
async fn iam(is_spent: impl Fn(&str) -> bool + Send + Sync + 'static) -> (Raw, Arc<AtomicUsize>) {
    let given = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&given);
    let server = Raw::start(move |request| {
        if request.line.starts_with("POST /v3/auth/tokens") {
            let head = format!("X-Subject-Token: t{}\r\n", count.fetch_add(1, Ordering::SeqCst));
            let body = r#"{"token":{"expires_at":"2999-01-01T00:00:00.000000Z"}}"#;
            return Reply::Whole(with_head(201, &head, body.len(), body.as_bytes()));
        }
        match header(request, "x-auth-token") {
            Some(token) if is_spent(token) => Reply::json(401, r#"{"error_code":"APIGW.0307","error_msg":"renew"}"#),
            Some(_) => Reply::json(200, EMPTY),
            None => Reply::json(401, r#"{"error_code":"APIGW.0301","error_msg":"who"}"#),
        }
    })
    .await;
    (server, given)
}

#[tokio::test]
async fn a_password_is_sent_to_iam_only_and_its_token_serves_all_calls() {
    let (server, given) = iam(|_| false).await;
    let cloud = cloud(&server.url(), login());
    for resource in Resource::ALL {
        cloud.list(resource, NO_OBSERVER).await.unwrap();
    }
    assert_eq!(given.load(Ordering::SeqCst), 1);
    let requests = server.requests();
    let (logins, others): (Vec<_>, Vec<_>) = requests.iter().partition(|request| request.line.starts_with("POST"));
    assert_eq!(logins[0].line, "POST /v3/auth/tokens?nocatalog=true");
    let body: serde_json::Value = serde_json::from_slice(&logins[0].body).unwrap();
    assert_eq!(body["auth"]["identity"]["password"]["user"]["password"], "pass word");
    assert_eq!(body["auth"]["scope"]["project"]["id"], "0123456789abcdef0123456789abcdef");
    for request in others {
        assert_eq!(header(request, "x-auth-token"), Some("t0"));
        assert!(!request.text.contains("pass"));
    }
}

#[tokio::test]
async fn a_token_that_ran_out_is_renewed_once_for_a_read() {
    let (server, given) = iam(|token| token == "t0").await;
    let cloud = cloud(&server.url(), login());
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    assert_eq!(given.load(Ordering::SeqCst), 2);
    // A token that is never good is not taken again and again.
    let (server, given) = iam(|_| true).await;
    let error = self::cloud(&server.url(), login()).list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    assert!(matches!(error, ReadError::Refused { status: 401, .. }), "{error:?}");
    assert_eq!(given.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_purchase_that_is_refused_for_its_token_is_not_sent_again() {
    let (server, given) = iam(|token| token == "t0").await;
    let cloud = cloud(&server.url(), login());
    let seen = cloud.purchase(Arc::from(*b"{}"), Box::new(|| Ok(()))).await;
    assert!(seen.body_requested && matches!(seen.end, CallEnd::Response { status: 401, .. }));
    let purchases = |server: &Raw| server.requests().iter().filter(|request| request.line.contains("/phones")).count();
    assert_eq!((given.load(Ordering::SeqCst), purchases(&server)), (1, 1));
    // What a person does next is done with a new token.
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    assert_eq!((given.load(Ordering::SeqCst), purchases(&server)), (2, 1));
}

#[tokio::test]
async fn a_wrong_password_is_sent_once_and_nothing_is_ordered_with_it() {
    let server = Raw::start(|_| {
        Reply::json(
            401,
            r#"{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}"#,
        )
    })
    .await;
    let cloud = cloud(&server.url(), login());
    let (one, other) =
        tokio::join!(cloud.list(Resource::Servers, NO_OBSERVER), cloud.list(Resource::Images, NO_OBSERVER));
    for error in [one.err(), other.err()] {
        assert!(matches!(&error, Some(ReadError::LoginRefused { status: 401, .. })), "{error:?}");
    }
    let seen = cloud.purchase(Arc::from(*b"{}"), Box::new(|| Ok(()))).await;
    assert!(!seen.body_requested && matches!(seen.end, CallEnd::NotPrepared { .. }));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn projects_of_a_region_are_those_that_are_enabled() {
    let server = Raw::start(|request| {
        if request.line.contains("/v3/auth/domains") {
            return Reply::json(200, r#"{"domains":[{"id":"d","name":"acme","enabled":true}]}"#);
        }
        Reply::json(
            200,
            r#"{"projects":[{"id":"1","name":"cn-north-4_team","enabled":true},{"id":"2","name":"cn-north-4"},
                {"id":"3","name":"cn-north-4_old","enabled":false},{"id":"4","name":"MOS"},{"id":"5","name":"cn-north-42"}]}"#,
        )
    })
    .await;
    let endpoint = Endpoint::parse(&server.url()).unwrap();
    let iam = Iam::new(endpoint, key(None), "cn-north-4", &Network::default(), Timeouts::default()).unwrap();
    let ids: Vec<String> =
        iam.projects(Some("cn-north-4")).await.unwrap().into_iter().map(|project| project.id).collect();
    assert_eq!(ids, ["2", "1"]);
    assert_eq!(iam.account().await.unwrap().unwrap().name, "acme");
    assert!(server.requests().iter().all(is_signed));
}

#[tokio::test]
async fn the_account_and_the_project_are_what_the_cloud_says_of_the_credentials() {
    let server = Raw::start(|request| {
        if request.line.contains("/v3/auth/domains") {
            return Reply::json(200, r#"{"domains":[{"id":"d","name":"acme"}]}"#);
        }
        let id = "0123456789abcdef0123456789abcdef";
        Reply::json(200, &format!(r#"{{"projects":[{{"id":"{id}","name":"cn-north-4"}}]}}"#))
    })
    .await;
    let identity = cloud(&server.url(), key(None)).identify().await.unwrap().unwrap();
    assert_eq!(identity.account.unwrap().name, "acme");
    assert_eq!((identity.project.unwrap().name.as_str(), identity.is_listed), ("cn-north-4", true));
    let other = Account {
        project_id: "elsewhere".into(),
        iam: Some(Endpoint::parse(&server.url()).unwrap()),
        ..account(&server.url())
    };
    let identity = HttpCloud::new(other).unwrap().identify().await.unwrap().unwrap();
    assert_eq!((identity.project, identity.is_listed), (None, false));
    assert_eq!(super::cloud(&server.url()).identify().await, Ok(None));
}

#[tokio::test]
async fn an_agency_lends_keys_that_sign_and_are_asked_for_once() {
    let service = Raw::start(|request| {
        if request.line.starts_with("PUT /meta-data/latest/api/token") {
            return Reply::json(200, "a-metadata-token");
        }
        assert_eq!(header(request, "x-metadata-token"), Some("a-metadata-token"));
        let keys = format!(
            r#"{{"credential":{{"access":"FAKEAK0EXAMPLE000001","secret":"{SECRET}","securitytoken":"st","expires_at":"2999-03-01T08:00:00.000000Z"}}}}"#
        );
        Reply::json(200, &keys)
    })
    .await;
    let server = Raw::start(|_| Reply::json(200, EMPTY)).await;
    let cloud = cloud(&server.url(), AuthMethod::Agency(Metadata::at(&service.url())));
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    cloud.list(Resource::Images, NO_OBSERVER).await.unwrap();
    assert!(server.requests().iter().all(is_signed));
    assert!(server.requests().iter().all(|request| header(request, "x-security-token") == Some("st")));
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn keys_of_an_agency_whose_end_cannot_be_read_are_asked_for_again() {
    let service = Raw::start(|request| match request.line.split_once(' ').unwrap().0 {
        "PUT" => Reply::json(404, ""),
        _ => Reply::json(
            200,
            r#"{"credential":{"access":"FAKEAK0EXAMPLE000001","secret":"a","securitytoken":"st","expires_at":"soon"}}"#,
        ),
    })
    .await;
    let server = Raw::start(|_| Reply::json(200, EMPTY)).await;
    let cloud = cloud(&server.url(), AuthMethod::Agency(Metadata::at(&service.url())));
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    cloud.list(Resource::Images, NO_OBSERVER).await.unwrap();
    assert_eq!(service.requests().len(), 4);
}

#[tokio::test]
async fn a_metadata_service_that_sends_too_much_is_not_read_to_the_end() {
    let service = Raw::start(|request| match request.line.split_once(' ').unwrap().0 {
        "PUT" => Reply::json(404, ""),
        _ => Reply::json(200, &"x".repeat(70_000)),
    })
    .await;
    let cloud = cloud("http://127.0.0.1:1", AuthMethod::Agency(Metadata::at(&service.url())));
    let sentence = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err().sentence();
    assert!(sentence.contains("longer than 64 KiB"), "{sentence}");
}

#[tokio::test]
async fn a_machine_without_an_agency_gets_a_sentence_and_nothing_secret_is_repeated() {
    let service = Raw::start(|request| match request.line.split_once(' ').unwrap().0 {
        "PUT" => Reply::json(404, ""),
        _ => Reply::json(200, r#"{"credential":{"access":"a","secret":"very-secret"}}"#),
    })
    .await;
    let cloud = cloud("http://127.0.0.1:1", AuthMethod::Agency(Metadata::at(&service.url())));
    let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    let sentence = error.sentence();
    assert!(sentence.contains("metadata service") && !sentence.contains("very-secret"), "{sentence}");
}
