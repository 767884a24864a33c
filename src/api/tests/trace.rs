//! The records that an observer receives, over real sockets.

use std::sync::{Arc, Mutex};

use super::raw_socket::{Raw, Reply, with_head};
use super::{account, cloud};
use crate::api::{Account, AuthMethod, AuthScheme, CallRecord, Cloud, HttpCloud, Metadata, NO_OBSERVER, WithheldError};
use crate::catalogue::Resource;

fn listening(cloud: &HttpCloud) -> Arc<Mutex<Vec<CallRecord>>> {
    let records = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&records);
    cloud.observe(Arc::new(move |record| heard.lock().unwrap().push(record)));
    records
}

#[tokio::test]
async fn a_page_that_is_asked_for_twice_is_told_of_twice() {
    let server = Raw::start(|_| Reply::json(200, r#"{"servers":[]}"#)).await;
    let cloud = cloud(&server.url());
    let records = listening(&cloud);
    for _ in 0..2 {
        cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap();
    }
    let records = records.lock().unwrap();
    assert_eq!(records.len(), server.requests().len());
    for record in records.iter() {
        assert_eq!((record.method.as_str(), record.scheme, record.is_purchase), ("GET", AuthScheme::Token, false));
        assert!(record.target.contains("/cloud-phone/servers?"), "{}", record.target);
        assert!(record.trouble.is_none() && record.body.is_none());
        assert_eq!(record.answer.as_ref().unwrap().body.as_ref().unwrap().text, r#"{"servers":[]}"#);
    }
}

#[tokio::test]
async fn an_order_that_was_withheld_is_told_of_as_not_sent() {
    let server = Raw::start(|_| Reply::json(200, "{}")).await;
    let cloud = cloud(&server.url());
    let records = listening(&cloud);
    let heard = Arc::clone(&records);
    // Nothing is told before the outcome is known.
    let before = Box::new(move || {
        assert!(heard.lock().unwrap().is_empty());
        Err(WithheldError::new(std::io::Error::other("the disk is full")))
    });
    let seen = cloud.purchase(Arc::from(*b"{}"), before).await;
    assert!(!seen.body_requested);
    let records = records.lock().unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].trouble.as_deref(), Some("nothing was sent: the disk is full"));
    assert!(records[0].is_purchase && records[0].answer.is_none());
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_told_of_with_its_status() {
    let server = Raw::start(|_| Reply::Cut(with_head(200, "", 100, b"{\"servers\":"))).await;
    let cloud = cloud(&server.url());
    let records = listening(&cloud);
    assert!(cloud.list(Resource::Servers, NO_OBSERVER).await.is_err());
    cloud.purchase(Arc::from(*b"{}"), Box::new(|| Ok(()))).await;
    for record in records.lock().unwrap().iter() {
        let answer = record.answer.as_ref().unwrap();
        assert_eq!((answer.status, &answer.body), (200, &None));
        assert!(record.trouble.is_some(), "{record:?}");
    }
    assert_eq!(records.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn keys_that_an_agency_lends_are_in_no_record() {
    const KEYS: &str =
        r#"{"credential":{"access":"CANARYACCESS","secret":"CANARYSECRET","securitytoken":"CANARYTOKEN"}}"#;
    let service = Raw::start(|request| match request.line.split(' ').next() {
        Some("PUT") => Reply::json(200, "CANARYMETADATA"),
        Some(_) | None => Reply::json(200, KEYS),
    })
    .await;
    let server = Raw::start(|_| Reply::json(200, KEYS)).await;
    let credentials = AuthMethod::Agency(Metadata::at(&service.url()));
    let cloud = HttpCloud::new(Account { credentials, ..account(&server.url()) }).unwrap();
    let records = listening(&cloud);
    let _ = cloud.list(Resource::Servers, NO_OBSERVER).await;
    let records = records.lock().unwrap();
    assert_eq!((records[0].scheme, records[1].scheme), (AuthScheme::Nothing, AuthScheme::Agency));
    let shown = format!("{records:?}");
    for canary in ["CANARYACCESS", "CANARYTOKEN", "CANARYSECRET", "CANARYMETADATA"] {
        assert!(!shown.contains(canary), "{canary} in {shown}");
    }
}
