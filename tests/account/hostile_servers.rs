//! Servers, and those in between, that redirect, cut short, drip, lie, refuse in odd shapes or are in trouble: an order
//! is sent once and judged by the table of `purchase-safety`, a read is repeated within bounds and never half a list.

use cph_wizard::api::{Cloud as _, NO_OBSERVER, ReadError, Timeouts};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::Outcome;
use cph_wizard::simulator::AccessLogEntry;

use crate::fake_servers::{Front, json};
use crate::fixture::{REGION, Stage, Who, buy, hasty, is_purchase, login, timeouts};

const KINDS: [Who; 3] = [Who::Token, Who::Permanent, Who::Login];

/// A row of the table "What counts as what".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Accepted,
    /// With this status.
    Rejected(u16),
    /// With this status, if one came, and whether a success was seen.
    Unknown(Option<u16>, bool),
}

fn verdict(outcome: &Outcome) -> Option<Verdict> {
    match outcome {
        Outcome::Accepted(_) => Some(Verdict::Accepted),
        Outcome::Rejected(refusal) => Some(Verdict::Rejected(refusal.status)),
        Outcome::Unknown(unknown) => Some(Verdict::Unknown(unknown.status, unknown.probably_placed)),
        Outcome::NotSent(_) => None,
    }
}

const UNKNOWN_SUCCESS: Verdict = Verdict::Unknown(Some(200), true);

const fn unknown(status: u16) -> Verdict {
    Verdict::Unknown(Some(status), false)
}

/// Buys once in a scene with every kind of credentials, each in a simulator of its own.
async fn buys(settings: &str, expected: Verdict, orders: usize, timeouts: Timeouts) {
    let [token, key, login] = KINDS.map(|who| Box::pin(buys_as(who, settings, expected, orders, timeouts)));
    tokio::join!(token, key, login);
}

async fn buys_as(who: Who, settings: &str, expected: Verdict, orders: usize, timeouts: Timeouts) {
    let stage = Stage::on(settings).await;
    let cloud = stage.cloud_with(stage.credentials(who).await, who.project(), timeouts);
    let outcome = buy(&cloud).await;
    assert_eq!(verdict(&outcome), Some(expected), "{who:?} {settings}: {outcome:?}");
    let purchases: Vec<AccessLogEntry> = stage.simulator.access_log().into_iter().filter(is_purchase).collect();
    assert!(purchases.len() == 1 && purchases[0].by == who.by(), "{who:?} {settings}: {purchases:?}");
    let ledger = stage.simulator.ledger();
    assert_eq!(ledger.len(), orders, "{who:?} {settings}");
    if let Outcome::Accepted(receipt) = outcome {
        assert_eq!(receipt.order_id, ledger[0].order_id, "{who:?} {settings}");
    }
}

#[tokio::test]
async fn an_order_that_somebody_meddles_with_is_unknown_and_sent_once() {
    let tampering = |what: &str| format!(r#","tampering":{{"operations":["purchase"],{what}}}"#);
    for (settings, expected, orders) in [
        (tampering(r#""redirect_to":"https://127.0.0.1:9/""#), unknown(307), 0),
        (tampering(r#""truncate":true"#), UNKNOWN_SUCCESS, 1),
        (tampering(r#""overstate_content_length":true"#), UNKNOWN_SUCCESS, 1),
        (tampering(r#""change_json_types":true"#), UNKNOWN_SUCCESS, 1),
        (tampering(r#""captive_portal":true"#), UNKNOWN_SUCCESS, 1),
        (tampering(r#""chunk_delay_ms":1,"truncate":true"#), UNKNOWN_SUCCESS, 1),
        (tampering(r#""chunk_delay_ms":1"#), Verdict::Accepted, 1),
        (r#","purchase_response":"truncated-json""#.to_owned(), UNKNOWN_SUCCESS, 1),
        (r#","purchase_response":"connection-reset""#.to_owned(), Verdict::Unknown(None, false), 1),
        (r#","purchase_response":"internal-error""#.to_owned(), unknown(500), 1),
    ] {
        buys(&settings, expected, orders, timeouts()).await;
    }
}

#[tokio::test]
async fn an_order_whose_answer_takes_too_long_is_unknown_and_sent_once() {
    let slow = r#","tampering":{"operations":["purchase"],"chunk_delay_ms":3600000}"#;
    let silence = r#","purchase_response":"no-response""#;
    tokio::join!(buys(slow, UNKNOWN_SUCCESS, 1, hasty()), buys(silence, Verdict::Unknown(None, false), 1, hasty()),);
}

#[tokio::test]
async fn an_order_that_meets_trouble_is_unknown_and_one_that_meets_throttling_refused() {
    for status in [500, 502, 503, 504] {
        let settings = format!(r#","server_errors":{{"status":{status},"operations":["purchase"],"times":9}}"#);
        buys(&settings, unknown(status), 0, timeouts()).await;
    }
    for pause in ["", r#","retry_after_s":0"#, r#","retry_after_s":7200"#] {
        let settings = format!(r#","throttling":{{"operations":["purchase"],"times":9{pause}}}"#);
        buys(&settings, Verdict::Rejected(429), 0, timeouts()).await;
    }
}

#[tokio::test]
async fn an_order_is_refused_in_the_shape_of_the_cloud_only() {
    for (status, shape, expected) in [
        (403, "", Verdict::Rejected(403)),
        (403, r#","error_format":"cph""#, Verdict::Rejected(403)),
        (429, r#","error_format":"apig""#, Verdict::Rejected(429)),
        (400, r#","error_format":"keystone""#, unknown(400)),
        (404, r#","error_format":"nova""#, unknown(404)),
        (403, r#","error_format":"camel-case""#, unknown(403)),
        (403, r#","error_format":"html""#, unknown(403)),
        (403, r#","error_format":"empty""#, unknown(403)),
        (403, r#","errors_with_status_200":true"#, UNKNOWN_SUCCESS),
        (409, "", unknown(409)),
        (423, "", unknown(423)),
        (503, "", unknown(503)),
    ] {
        let refusal = format!(
            r#","rejection":{{"stage":"gateway","operations":["purchase"],"status":{status},"code":"CPS.0001","message":"No."}}"#
        );
        buys(&format!("{refusal}{shape}"), expected, 0, timeouts()).await;
    }
}

#[tokio::test]
async fn no_answer_of_a_server_that_makes_things_up_is_taken_for_an_order() {
    let of = |status: u16, body: &str| json(status, body);
    for (answer, expected) in [
        (of(200, ""), UNKNOWN_SUCCESS),
        (of(200, "null"), UNKNOWN_SUCCESS),
        (of(200, "[]"), UNKNOWN_SUCCESS),
        (of(200, "{}"), UNKNOWN_SUCCESS),
        (of(200, r#"{"order_id":7}"#), UNKNOWN_SUCCESS),
        (of(200, r#"{"order_id":""}"#), UNKNOWN_SUCCESS),
        (of(200, r#"{"order_id":["CS1"]}"#), UNKNOWN_SUCCESS),
        (of(200, r#"{"order_id":"CS1","error_code":"CPS.0062","error_msg":"failed"}"#), UNKNOWN_SUCCESS),
        (of(200, r#"{"order_id":"CS1","order_id":"CS2"}"#), UNKNOWN_SUCCESS),
        (of(204, ""), Verdict::Unknown(Some(204), true)),
        (of(403, r#"{"error_code":"CPS.0001","error_msg":"no","order_id":"CS1"}"#), Verdict::Unknown(Some(403), true)),
        (of(400, r#"{"error_code":"CPS.0062","error_msg":"failed"}"#), unknown(400)),
        (of(200, r#"{"order_id":"CS1"}"#), Verdict::Accepted),
        (b"HTTP/1.1 200 OK\r\nContent-Le".to_vec(), Verdict::Unknown(None, false)),
        (b"SSH-2.0-server\r\n\r\n".to_vec(), Verdict::Unknown(None, false)),
        (Vec::new(), Verdict::Unknown(None, false)),
    ] {
        for who in KINDS {
            let words = String::from_utf8_lossy(&answer).into_owned();
            let reply = answer.clone();
            let front = Front::scripted(move |request| {
                if request.line.starts_with("POST /v3/auth/tokens") {
                    crate::pagination::token()
                } else {
                    reply.clone()
                }
            })
            .await;
            let cloud = crate::pagination::cloud(&front, who);
            let outcome = buy(&cloud).await;
            assert_eq!(verdict(&outcome), Some(expected), "{who:?} {words}: {outcome:?}");
            let posts: Vec<_> =
                front.requests().into_iter().filter(|request| request.line.starts_with("POST /v1/")).collect();
            assert_eq!(posts.len(), 1, "{who:?} {words}");
            assert!(posts[0].head.contains(&format!("content-length: {}", posts[0].body.len())), "{who:?} {words}");
        }
    }
}

/// What a read comes to, and after how many calls.
async fn reads(settings: &str, resource: Resource, calls: usize, is_right: fn(&Result<usize, ReadError>) -> bool) {
    for who in KINDS {
        let stage = Stage::on(settings).await;
        let credentials = stage.credentials(who).await;
        let cloud = stage.cloud(credentials, who.project());
        let before = stage.seen();
        let read = cloud.list(resource, NO_OBSERVER).await.map(|listing| listing.count());
        assert!(is_right(&read), "{who:?} {settings}: {read:?}");
        let seen: Vec<AccessLogEntry> = stage.since(before).into_iter().filter(|entry| entry.method == "GET").collect();
        assert_eq!(seen.len(), calls, "{who:?} {settings}: {seen:?}");
        assert!(seen.iter().all(|entry| entry.by == who.by()), "{who:?} {settings}: {seen:?}");
    }
}

/// The catalogue has fifteen images.
fn is_whole(read: &Result<usize, ReadError>) -> bool {
    *read == Ok(15)
}

#[tokio::test]
async fn a_read_that_somebody_meddles_with_is_tried_four_times_or_not_again() {
    let tampering = |what: &str| format!(r#","tampering":{{"operations":["phone-images"],{what}}}"#);
    let images = Resource::Images;
    let is_broken = |read: &Result<usize, ReadError>| matches!(read, Err(ReadError::Broken { .. }));
    let is_unreadable = |read: &Result<usize, ReadError>| matches!(read, Err(ReadError::Unreadable { .. }));
    let is_redirected =
        |read: &Result<usize, ReadError>| matches!(read, Err(ReadError::Redirected { status: 307, .. }));
    reads(&tampering(r#""redirect_to":"https://127.0.0.1:9/""#), images, 1, is_redirected).await;
    reads(&tampering(r#""truncate":true"#), images, 4, is_broken).await;
    reads(&tampering(r#""overstate_content_length":true"#), images, 4, is_broken).await;
    reads(&tampering(r#""change_json_types":true"#), images, 1, is_unreadable).await;
    reads(&tampering(r#""captive_portal":true"#), images, 1, is_unreadable).await;
    reads(&tampering(r#""chunk_delay_ms":0"#), images, 1, is_whole).await;
    reads(&tampering(r#""truncate":true,"times":3"#), images, 4, is_whole).await;
    reads(&tampering(r#""overstate_content_length":true,"times":1"#), images, 2, is_whole).await;
}

#[tokio::test]
async fn a_read_in_trouble_is_tried_four_times_and_one_that_passes_is_whole() {
    let images = Resource::Images;
    for status in [500, 502, 503, 504] {
        let trouble = |times: u32| {
            format!(r#","server_errors":{{"status":{status},"operations":["phone-images"],"times":{times}}}"#)
        };
        reads(&trouble(3), images, 4, is_whole).await;
        reads(&trouble(4), images, 4, |read| matches!(read, Err(ReadError::Refused { status: 500.., .. }))).await;
    }
    let throttle = |rest: &str| format!(r#","throttling":{{"operations":["phone-images"],{rest}}}"#);
    reads(&throttle(r#""times":3"#), images, 4, is_whole).await;
    reads(&throttle(r#""times":3,"retry_after_s":0"#), images, 4, is_whole).await;
    let is_throttled = |read: &Result<usize, ReadError>| matches!(read, Err(ReadError::Refused { status: 429, .. }));
    reads(&throttle(r#""times":9"#), images, 4, is_throttled).await;
    // Nobody waits for two hours.
    reads(&throttle(r#""times":9,"retry_after_s":7200"#), images, 1, is_throttled).await;
}

#[tokio::test]
async fn a_refusal_of_a_read_is_told_once_in_whatever_shape_it_comes() {
    for (format, status, code) in [
        ("cph", 403, Some("CPS.0001")),
        ("apig", 403, Some("CPS.0001")),
        ("keystone", 403, Some("403")),
        ("nova", 403, Some("403")),
        ("camel-case", 403, Some("CPS.0001")),
        ("html", 403, None),
        ("empty", 403, None),
    ] {
        let settings = format!(
            r#","error_format":"{format}","rejection":{{"stage":"gateway","operations":["servers"],"status":403,"code":"CPS.0001","message":"No."}}"#
        );
        for who in KINDS {
            let stage = Stage::on(&settings).await;
            let cloud = stage.cloud_of(who).await;
            let (list, named) = (
                cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err(),
                cloud.servers_named("x").await.unwrap_err(),
            );
            for error in [list, named] {
                assert!(matches!(&error, ReadError::Refused { status: found, .. } if *found == status), "{error:?}");
                assert_eq!(error.code(), code, "{who:?} {format}");
                assert!(!error.sentence().contains('<'), "{format}: {}", error.sentence());
            }
            let gets = stage.simulator.access_log().iter().filter(|entry| entry.method == "GET").count();
            assert_eq!(gets, 2, "{who:?} {format}");
        }
    }
    let inside = r#","errors_with_status_200":true,"rejection":{"stage":"gateway","operations":["servers"],"status":403,"code":"CPS.0001","message":"No."}"#;
    reads(
        inside,
        Resource::Servers,
        1,
        |read| matches!(read, Err(error @ ReadError::Refused { status: 200, .. }) if error.code() == Some("CPS.0001")),
    )
    .await;
}

#[tokio::test]
async fn a_read_that_never_ends_is_given_up_after_its_time() {
    let stage =
        Stage::on(r#","tampering":{"operations":["phone-images","auth-projects"],"chunk_delay_ms":3600000}"#).await;
    let gives_up = async |who: Who| {
        let cloud = stage.cloud_with(stage.credentials(who).await, who.project(), hasty());
        let (list, identity) = tokio::join!(cloud.list(Resource::Images, NO_OBSERVER), cloud.identify());
        assert_eq!(list, Err(ReadError::TimedOut { seconds: 3 }), "{who:?}");
        assert_eq!(identity, Err(ReadError::TimedOut { seconds: 3 }), "{who:?}");
    };
    tokio::join!(gives_up(Who::Token), gives_up(Who::Permanent), gives_up(Who::Login));
}

#[tokio::test]
async fn whoever_meddles_with_the_login_gets_no_order() {
    let tampering = |what: &str| format!(r#","tampering":{{"operations":["auth-tokens"],{what}}}"#);
    for settings in [
        tampering(r#""truncate":true"#),
        tampering(r#""overstate_content_length":true"#),
        tampering(r#""captive_portal":true"#),
        tampering(r#""redirect_to":"https://127.0.0.1:9/""#),
        r#","server_errors":{"status":503,"operations":["auth-tokens"],"times":99}"#.to_owned(),
        r#","server_errors":{"status":504,"operations":["auth-tokens"],"times":99}"#.to_owned(),
        r#","throttling":{"operations":["auth-tokens"],"times":99}"#.to_owned(),
    ] {
        let stage = Stage::on(&settings).await;
        let cloud = stage.cloud_of(Who::Login).await;
        let outcome = buy(&cloud).await;
        assert!(matches!(outcome, Outcome::NotSent(_)), "{settings}: {outcome:?}");
        assert_eq!((stage.seen(), stage.logins()), (1, 1), "{settings}: a login for an order is not repeated");
        let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
        assert!(!matches!(error, ReadError::LoginRefused { .. }), "{settings}: {error:?}");
        assert!((2..=5).contains(&stage.logins()), "{settings}: {}", stage.logins());
        assert!(stage.iam(login("demo-password")).projects(Some(REGION)).await.is_err(), "{settings}");
        assert_eq!((stage.posts(), stage.simulator.ledger().len()), (0, 0), "{settings}");
    }
    // A login of other types still has its token in the header, and that is good.
    let stage = Stage::on(&tampering(r#""change_json_types":true"#)).await;
    assert!(matches!(buy(&stage.cloud_of(Who::Login).await).await, Outcome::Accepted(_)));
}
