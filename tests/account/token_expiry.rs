//! Tokens that run out in mid-session: a password gets a new one, once for each read; a purchase is never sent again.

use cph_wizard::api::{Cloud as _, NO_OBSERVER, ReadError};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::Outcome;
use cph_wizard::simulator::AccessLogEntry;

use crate::fixture::{PROJECT, REGION, Stage, Who, buy, is_login, login};

/// Whether every refusal is followed by one login and the same call with the new token.
fn each_refusal_is_healed_once(calls: &[AccessLogEntry]) -> bool {
    let is_healed = |at: usize| match calls.get(at + 1..at + 3) {
        Some([renewal, again]) => {
            is_login(renewal)
                && renewal.status == Some(201)
                && again.path == calls[at].path
                && again.status.is_some_and(|status| status != 401)
        }
        _ => false,
    };
    (0..calls.len()).filter(|at| calls[*at].status == Some(401)).all(is_healed)
}

#[tokio::test]
async fn a_password_renews_a_token_that_ran_out_once_for_a_read() {
    let stage = Stage::on(r#","token_max_uses":2"#).await;
    let cloud = stage.cloud_of(Who::Login).await;
    for resource in Resource::ALL {
        cloud.list(resource, NO_OBSERVER).await.unwrap();
    }
    cloud.servers_named("farm").await.unwrap();
    cloud.server_ids_of_request(PROJECT).await.unwrap();
    let calls = stage.simulator.access_log();
    assert!(each_refusal_is_healed_once(&calls), "{calls:?}");
    let refused = calls.iter().filter(|entry| entry.status == Some(401)).count();
    assert_eq!((refused, stage.logins()), (4, 5), "{calls:?}");
}

#[tokio::test]
async fn a_password_renews_a_token_that_iam_itself_finds_expired() {
    let stage = Stage::on(r#","token_max_uses":1"#).await;
    let cloud = stage.cloud_of(Who::Login).await;
    let identity = cloud.identify().await.unwrap().unwrap();
    assert_eq!(identity.account.unwrap().name, "demo-domain");
    let calls = stage.simulator.access_log();
    assert!(each_refusal_is_healed_once(&calls), "{calls:?}");
    assert_eq!((stage.logins(), calls.len()), (2, 5), "{calls:?}");
    let iam = stage.iam(login("demo-password"));
    for _ in 0..2 {
        assert_eq!(iam.projects(Some(REGION)).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_token_that_is_never_good_is_not_taken_again_and_again() {
    let stage = Stage::on(r#","token_lifetime_s":0"#).await;
    let cloud = stage.cloud_of(Who::Login).await;
    for (reads, resource) in (1..).zip([Resource::Servers, Resource::Images, Resource::Bandwidths]) {
        let error = cloud.list(resource, NO_OBSERVER).await.unwrap_err();
        assert!(matches!(&error, ReadError::Refused { status: 401, .. }), "{error:?}");
        assert_eq!(error.code(), Some("APIGW.0307"));
        assert_eq!((stage.logins(), stage.seen()), (2 * reads, 4 * reads));
    }
    let error = cloud.identify().await.unwrap_err();
    assert_eq!((error.code(), stage.logins(), stage.seen()), (Some("401"), 8, 16));
    let outcome = buy(&cloud).await;
    assert!(matches!(&outcome, Outcome::Rejected(refusal) if refusal.code == "APIGW.0307"), "{outcome:?}");
    assert_eq!((stage.posts(), stage.simulator.ledger().len()), (1, 0));
}

#[tokio::test]
async fn an_order_whose_token_ran_out_is_refused_and_never_sent_twice() {
    let stage = Stage::on(r#","token_max_uses":1"#).await;
    let cloud = stage.cloud_of(Who::Login).await;
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    let outcome = buy(&cloud).await;
    assert!(matches!(&outcome, Outcome::Rejected(refusal) if refusal.code == "APIGW.0307"), "{outcome:?}");
    assert_eq!((stage.posts(), stage.logins(), stage.simulator.ledger().len()), (1, 1, 0));
    // A person who orders once more does so with a new token.
    let outcome = buy(&cloud).await;
    assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    assert_eq!((stage.posts(), stage.logins(), stage.simulator.ledger().len()), (2, 2, 1));
    // And the token that the order used up is renewed by the next read.
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    assert_eq!((stage.posts(), stage.logins()), (2, 3));
}

#[tokio::test]
async fn a_token_alone_is_not_renewed() {
    let stage = Stage::on(r#","token_max_uses":2"#).await;
    let cloud = stage.cloud_of(Who::Token).await;
    let logins = stage.logins();
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    cloud.list(Resource::Images, NO_OBSERVER).await.unwrap();
    for resource in Resource::ALL {
        let before = stage.seen();
        let error = cloud.list(resource, NO_OBSERVER).await.unwrap_err();
        assert!(matches!(&error, ReadError::Refused { status: 401, .. }), "{error:?}");
        assert_eq!((error.code(), stage.since(before).len()), (Some("APIGW.0307"), 1), "{resource:?}");
    }
    assert_eq!(cloud.identify().await.unwrap_err().code(), Some("401"));
    let outcome = buy(&cloud).await;
    assert!(matches!(&outcome, Outcome::Rejected(refusal) if refusal.code == "APIGW.0307"), "{outcome:?}");
    assert_eq!((stage.posts(), stage.logins(), stage.simulator.ledger().len()), (1, logins, 0));
}

#[tokio::test]
async fn a_security_token_that_runs_out_ends_the_session_with_one_refusal() {
    let stage = Stage::on(r#","security_token_max_uses":2"#).await;
    let cloud = stage.cloud_of(Who::Temporary).await;
    cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    cloud.list(Resource::Images, NO_OBSERVER).await.unwrap();
    let outcome = buy(&cloud).await;
    assert!(matches!(&outcome, Outcome::Rejected(refusal) if refusal.code == "APIGW.0301"), "{outcome:?}");
    for resource in Resource::ALL {
        assert_eq!(cloud.list(resource, NO_OBSERVER).await.unwrap_err().code(), Some("APIGW.0301"), "{resource:?}");
    }
    assert!(matches!(buy(&cloud).await, Outcome::NotSent(_)));
    assert_eq!((stage.seen(), stage.posts(), stage.simulator.ledger().len()), (3, 1, 0));
}

#[tokio::test]
async fn a_long_list_is_read_whole_though_its_token_runs_out_on_every_page() {
    let stage = Stage::on(r#","token_max_uses":1,"min_image_count":1100"#).await;
    let cloud = stage.cloud_of(Who::Login).await;
    assert_eq!(cloud.list(Resource::Images, NO_OBSERVER).await.unwrap().count(), 1100);
    let calls = stage.simulator.access_log();
    assert!(each_refusal_is_healed_once(&calls), "{calls:?}");
    assert_eq!((stage.logins(), calls.len()), (3, 8), "{calls:?}");
    // With a token alone the second page is refused, and the first is not given out.
    let cloud = stage.cloud_of(Who::Token).await;
    let read = cloud.list(Resource::Images, NO_OBSERVER).await;
    assert_eq!(read.map_err(|error| error.code().map(str::to_owned)), Err(Some("APIGW.0307".to_owned())));
}
