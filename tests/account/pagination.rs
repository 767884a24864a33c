//! Lists in several pages from a server that goes wrong after the first: a part is never given out as the whole, and
//! pages are tried again within bounds.

use cph_wizard::api::{Account, CaFile, Cloud as _, Endpoint, HttpCloud, NO_OBSERVER, Network, ReadError};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::{PurchaseService, Reconciled};
use cph_wizard::simulator::Credentials as Known;
use serde_json::{Value, json};

use crate::fake_servers::{Front, Request, json as answer};
use crate::fixture::{PROJECT, Who, buy_in_doubt, buyer, login, permanent, timeouts};

const KINDS: [Who; 3] = [Who::Token, Who::Permanent, Who::Login];

pub fn cloud(front: &Front, who: Who) -> HttpCloud {
    let credentials = match who {
        Who::Login => login(Known::PASSWORD),
        Who::Token => cph_wizard::api::AuthMethod::Token(cph_wizard::api::Token::new("MIIa-token")),
        Who::Permanent | Who::Temporary | Who::Bound => permanent(Known::SECRET_KEY),
    };
    let endpoint = Endpoint::parse(&front.url()).unwrap();
    let network = Network { ca_file: Some(CaFile::read(&front.ca_file).unwrap()), proxy: None };
    let account = Account { iam: Some(endpoint.clone()), network, ..Account::new(endpoint, PROJECT, credentials) };
    HttpCloud::with_timeouts(account, timeouts()).unwrap()
}

fn page(from: usize, to: usize, count: &Value) -> Vec<u8> {
    let row = |n| json!({ "server_id": format!("s{n}"), "server_name": format!("farm-{n}"), "status": 5 });
    let rows: Vec<Value> = (from..to).map(row).collect();
    answer(200, &json!({ "servers": rows, "count": count }).to_string())
}

pub fn token() -> Vec<u8> {
    let body = r#"{"token":{"expires_at":"2999-01-01T00:00:00.000000Z"}}"#;
    let head = format!("HTTP/1.1 201 X\r\nX-Subject-Token: MIIa-token\r\nContent-Length: {}", body.len());
    format!("{head}\r\n\r\n{body}").into_bytes()
}

/// A list of 150 servers whose second page is something else.
async fn with_second(count: Value, second: Vec<u8>) -> Front {
    Front::scripted(move |request| match request {
        Request { line, .. } if line.starts_with("POST /v3/auth/tokens") => token(),
        Request { line, .. } if line.contains("offset=0") => page(0, 100, &count),
        Request { .. } => second.clone(),
    })
    .await
}

fn second_pages(front: &Front) -> usize {
    front.requests().iter().filter(|request| request.line.contains("offset=100")).count()
}

/// The answer with its last bytes missing, under a head that promises them.
fn cut(mut whole: Vec<u8>) -> Vec<u8> {
    whole.truncate(whole.len() - 20);
    whole
}

#[tokio::test]
async fn a_second_page_that_goes_wrong_spoils_the_whole_list() {
    let all = json!(150);
    for who in KINDS {
        for (name, second, tries) in [
            ("cut short", cut(page(100, 150, &all)), 4),
            ("nothing at all", Vec::new(), 4),
            ("an error", answer(500, r#"{"error_code":"CPS.0003","error_msg":"internal"}"#), 4),
            ("throttled", answer(429, r#"{"error_code":"APIGW.0308","error_msg":"slow down"}"#), 4),
            ("no rows, though more were promised", page(0, 0, &all), 1),
            ("the first rows again", page(0, 50, &all), 1),
            ("an error inside a success", answer(200, r#"{"error_code":"CPS.0001","error_msg":"no"}"#), 1),
            ("no list", answer(200, r#"{"request_id":"r"}"#), 1),
            ("a list of another type", answer(200, r#"{"servers":{"rows":[]}}"#), 1),
            ("a web page", answer(200, "<html><body>Log in</body></html>"), 1),
            ("empty", answer(200, ""), 1),
            ("half of its JSON", answer(200, r#"{"servers":[{"server_id":"s100""#), 1),
            (
                "behind the end, though more was promised",
                answer(400, r#"{"error_code":"CPS.0002","error_msg":"x"}"#),
                1,
            ),
        ] {
            let front = with_second(all.clone(), second).await;
            let cloud = cloud(&front, who);
            let read = cloud.list(Resource::Servers, NO_OBSERVER).await;
            assert!(read.is_err(), "{who:?} {name}: {read:?}");
            assert_eq!(second_pages(&front), tries, "{who:?} {name}");
            assert!(cloud.servers_named("farm").await.is_err(), "{who:?} {name}");
        }
    }
}

#[tokio::test]
async fn a_list_is_whole_when_its_pages_say_so() {
    for who in KINDS {
        for (count, second, rows) in [
            (json!(150), page(100, 150, &json!(150)), 150),
            (Value::Null, page(100, 150, &Value::Null), 150),
            (Value::Null, page(0, 0, &Value::Null), 100),
            (json!(100), page(0, 0, &json!(100)), 100),
            // Fifty were deleted in between.
            (json!(150), page(0, 0, &json!(100)), 100),
            (json!(100), answer(400, r#"{"error_code":"CPS.0002","error_msg":"offset"}"#), 100),
        ] {
            let front = with_second(count.clone(), second).await;
            let read = cloud(&front, who).list(Resource::Servers, NO_OBSERVER).await;
            assert_eq!(read.map(|listing| listing.count()), Ok(rows), "{who:?} {count}");
        }
    }
}

#[tokio::test]
async fn an_order_is_not_said_to_be_missing_from_a_list_that_is_not_whole() {
    // The purchase is cut off after it came, and the list that should show it ends before its time.
    let front = Front::scripted(|request| match request {
        Request { line, .. } if line.starts_with("POST /v1/") => Vec::new(),
        Request { line, .. } if line.contains("/servers") => answer(200, r#"{"servers":[],"count":3}"#),
        Request { .. } => answer(404, r#"{"error_code":"APIGW.0101","error_msg":"none"}"#),
    })
    .await;
    let cloud = cloud(&front, Who::Permanent);
    let home = tempfile::tempdir().unwrap();
    let service = PurchaseService::open(&home.path().join("state")).unwrap();
    let id = buy_in_doubt(&service, &cloud).await;
    let reconciled = service.reconcile(&cloud, &buyer(), id).await;
    assert!(
        !matches!(reconciled, Reconciled::NotSeen { .. } | Reconciled::Found { .. } | Reconciled::Settled),
        "{reconciled:?}"
    );
    let posts = front.requests().iter().filter(|request| request.line.starts_with("POST")).count();
    assert_eq!(posts, 1);
}

#[tokio::test]
async fn a_list_that_never_ends_is_given_up() {
    let front = Front::scripted(|request| {
        let offset = request.line.split("offset=").nth(1).and_then(|rest| rest.split('&').next()?.parse().ok());
        let from: usize = offset.unwrap_or(0);
        page(from, from + 1000, &Value::Null)
    })
    .await;
    let read = cloud(&front, Who::Permanent).list(Resource::Servers, NO_OBSERVER).await;
    assert!(matches!(read, Err(ReadError::Endless { .. })), "{:?}", read.map(|listing| listing.count()));
    assert!(front.requests().len() <= 102, "{}", front.requests().len());
}
