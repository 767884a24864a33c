//! Clocks that are apart: up to 15 minutes a signature holds, beyond them the refusal is explained by the clock.

use cph_wizard::api::{Cloud as _, NO_OBSERVER, ReadError};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::{Outcome, PurchaseService, Reconciled};

use crate::fixture::{REGION, Stage, Who, buy, buy_in_doubt, buyer};

/// The clock of the cloud is ahead of ours by so many seconds.
async fn ahead_by(seconds: i64) -> Stage {
    Stage::on(&format!(r#","clock_offset_s":{seconds}"#)).await
}

fn is_near(measured: i64, expected: i64) -> bool {
    (measured - expected).abs() <= 2
}

#[tokio::test]
async fn within_15_minutes_everything_works_and_the_difference_is_measured() {
    for offset in [-870, -300, 0, 300, 870] {
        let stage = ahead_by(offset).await;
        for who in Who::ALL {
            let identity = stage.cloud_of(who).await.identify().await.unwrap().unwrap();
            let ahead = identity.clock_ahead.unwrap();
            assert!(is_near(ahead, -offset), "{who:?} {offset}: {ahead}");
            let cloud = stage.cloud_of(who).await;
            for resource in Resource::ALL {
                cloud.list(resource, NO_OBSERVER).await.unwrap();
            }
        }
        assert!(matches!(buy(&stage.cloud_of(Who::Permanent).await).await, Outcome::Accepted(_)), "{offset}");
        assert_eq!((stage.simulator.ledger().len(), stage.posts()), (1, 1), "{offset}");
    }
}

#[tokio::test]
async fn beyond_15_minutes_the_clock_is_named_with_its_side() {
    for (offset, words) in [
        (930, "this machine's clock is 15 min behind the cloud's"),
        (-930, "this machine's clock is 15 min ahead of the cloud's"),
        (7230, "this machine's clock is 120 min behind the cloud's"),
        (-7230, "this machine's clock is 120 min ahead of the cloud's"),
    ] {
        for who in [Who::Permanent, Who::Temporary, Who::Bound] {
            let stage = ahead_by(offset).await;
            let cloud = stage.cloud_of(who).await;
            for resource in Resource::ALL {
                let error = cloud.list(resource, NO_OBSERVER).await.unwrap_err();
                let ReadError::ClockOff { ahead, request_id: Some(_) } = &error else { panic!("{who:?}: {error:?}") };
                assert!(is_near(*ahead, -offset), "{who:?} {offset}: {ahead}");
                assert!(error.sentence().contains(words), "{offset}: {}", error.sentence());
            }
            let outcome = buy(&cloud).await;
            let Outcome::NotSent(not_sent) = &outcome else { panic!("{who:?} {offset}: {outcome:?}") };
            assert!(not_sent.message().contains(words), "{offset}: {}", not_sent.message());
            assert_eq!((stage.seen(), stage.posts()), (1, 0), "{who:?} {offset}: one refusal is enough");
            let iam = stage.iam(stage.credentials(who).await);
            assert!(matches!(iam.projects(Some(REGION)).await, Err(ReadError::ClockOff { .. })), "{who:?} {offset}");
            assert!(iam.clock_ahead().is_some_and(|ahead| is_near(ahead, -offset)), "{who:?} {offset}");
        }
    }
}

#[tokio::test]
async fn an_order_that_is_refused_for_the_clock_tells_the_calls_after_it() {
    for offset in [-3600, 3600] {
        let stage = ahead_by(offset).await;
        let cloud = stage.cloud_of(Who::Permanent).await;
        let outcome = buy(&cloud).await;
        assert!(matches!(&outcome, Outcome::Rejected(refusal) if refusal.code == "APIGW.0303"), "{outcome:?}");
        let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
        assert!(matches!(&error, ReadError::ClockOff { ahead, .. } if is_near(*ahead, -offset)), "{error:?}");
        assert_eq!((stage.seen(), stage.posts(), stage.simulator.ledger().len()), (1, 1, 0));
    }
}

#[tokio::test]
async fn a_token_does_not_mind_the_clock() {
    for offset in [-7200, 7200, -100_000, 100_000] {
        let stage = ahead_by(offset).await;
        for who in [Who::Token, Who::Login] {
            let (logins, cloud) = (stage.logins(), stage.cloud_of(who).await);
            let identity = cloud.identify().await.unwrap().unwrap();
            assert!(is_near(identity.clock_ahead.unwrap(), -offset), "{who:?} {offset}");
            cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
            cloud.list(Resource::Images, NO_OBSERVER).await.unwrap();
            assert_eq!(stage.logins(), logins + 1, "{who:?} {offset}: a token lives by the clock of its cloud");
        }
        let (logins, outcome) = (stage.logins(), buy(&stage.cloud_of(Who::Login).await).await);
        assert!(matches!(outcome, Outcome::Accepted(_)), "{offset}: {outcome:?}");
        assert_eq!(stage.logins(), logins + 1, "{offset}");
    }
}

#[tokio::test]
async fn a_wrong_secret_is_not_blamed_on_a_clock_that_is_right() {
    let stage = ahead_by(120).await;
    let cloud =
        stage.cloud(crate::fixture::permanent("FakeSecretKeyForTheSimulatorOnly00000002"), crate::fixture::PROJECT);
    let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    assert!(matches!(error, ReadError::Refused { status: 401, .. }), "{error:?}");
}

#[tokio::test]
async fn an_order_in_doubt_is_found_whatever_the_clocks_say() {
    for (offset, who) in [
        (-870, Who::Permanent),
        (870, Who::Permanent),
        (-7200, Who::Token),
        (7200, Who::Token),
        (-100_000, Who::Login),
        (100_000, Who::Login),
    ] {
        let stage = Stage::on(&format!(r#","clock_offset_s":{offset},"purchase_response":"connection-reset""#)).await;
        let cloud = stage.cloud_of(who).await;
        let home = tempfile::tempdir().unwrap();
        let service = PurchaseService::open(&home.path().join("state")).unwrap();
        let id = buy_in_doubt(&service, &cloud).await;
        let order_id = stage.simulator.ledger()[0].order_id.clone();
        let reconciled = service.reconcile(&cloud, &buyer(), id).await;
        assert_eq!(reconciled, Reconciled::Found { order_id }, "{who:?} {offset}");
        assert_eq!(stage.posts(), 1, "{who:?} {offset}");
    }
}
