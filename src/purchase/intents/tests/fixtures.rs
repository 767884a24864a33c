//! Intents and records for tests.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::codes::ConnectionErrorKind;
use crate::purchase::intents::{
    Intent, IntentCredentials, Intents, JournalEntry, ListSource, OrderedServers, Preflight, Sending,
};
use crate::purchase::{NotSent, NotSentReason, Outcome, Receipt, Rejection, Unknown, UnknownReason};

/// Returns the time `second` seconds after the start time of the tests.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub fn id(number: u64) -> Uuid {
    uuid::Builder::from_random_bytes((0xfeed_0000_u128 + u128::from(number)).to_be_bytes()).into_uuid()
}

pub fn hash(body: &str) -> String {
    Sha256::digest(body).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

pub fn ordered(count: i64) -> OrderedServers {
    OrderedServers {
        server_flavor: "physical.rx1.xlarge".into(),
        phone_flavor: "rx1.cp.c15.d46.e1v1".into(),
        image_id: "ad8a3b0b".into(),
        count,
    }
}

pub fn intent(number: u64, second: i64) -> Intent {
    let body = format!("{{\n  \"server_name\": \"fähre-{number}\"\n}}");
    Intent {
        id: id(number),
        at: at(second),
        profile: "default".into(),
        endpoint: "cph.eu-west-101.myhuaweicloud.eu".into(),
        project: "41f6".into(),
        region: "eu-west-101".into(),
        credentials: IntentCredentials::AccessKey,
        server_name: format!("fähre-{number}"),
        ordered: ordered(1),
        pays_now: true,
        preflight: Some(Preflight::default()),
        clock_ahead: Some(0),
        body_hash: hash(&body),
        body,
    }
}

pub fn begun(number: u64, second: i64) -> JournalEntry {
    JournalEntry::Intent(Box::new(intent(number, second)))
}

pub fn sending(number: u64, second: i64) -> JournalEntry {
    let body_hash = intent(number, 0).body_hash;
    JournalEntry::Sending(Sending { id: id(number), at: at(second), body_hash, clock_ahead: Some(0) })
}

pub fn accepted(order_id: &str) -> Outcome {
    Outcome::Accepted(Receipt {
        request_id: Some("6837531fd3f54550927b930180a706bf".into()),
        order_id: order_id.into(),
        product_id: None,
    })
}

pub fn refused() -> Outcome {
    Outcome::Rejected(Rejection {
        status: 400,
        code: "CPS.0024".into(),
        message: "Invalid \"image_id\" \\ ü \u{1F4F1}.".into(),
        request_id: None,
    })
}

pub fn not_sent() -> Outcome {
    Outcome::NotSent(NotSent { reason: NotSentReason::NotConnected { error: ConnectionErrorKind::Refused.into() } })
}

pub fn unknown() -> Outcome {
    Outcome::Unknown(Unknown {
        reason: UnknownReason::NoAnswer { seconds: 150 },
        status: Some(504),
        request_id: Some("r".into()),
        probably_placed: true,
    })
}

pub fn concluded(number: u64, second: i64, outcome: Outcome) -> JournalEntry {
    JournalEntry::Outcome { id: id(number), at: at(second), outcome }
}

pub fn interrupted(number: u64, second: i64) -> JournalEntry {
    JournalEntry::Interrupted { id: id(number), at: at(second) }
}

pub fn orders(order_ids: &[&str]) -> BTreeSet<String> {
    order_ids.iter().map(ToString::to_string).collect()
}

/// Makes a reading of a list that shows every order.
pub fn reading(number: u64, second: i64, complete: bool, order_ids: &[&str]) -> JournalEntry {
    read_from(ListSource::OrderList, number, second, complete, order_ids)
}

/// Makes a reading of a list, with clocks that agree.
pub fn read_from(source: ListSource, number: u64, second: i64, complete: bool, order_ids: &[&str]) -> JournalEntry {
    JournalEntry::Reading {
        id: id(number),
        at: at(second),
        clock_ahead: Some(0),
        source,
        complete,
        order_ids: orders(order_ids),
        candidates: BTreeSet::new(),
        flaws: BTreeSet::new(),
    }
}

pub fn found(number: u64, second: i64, order_id: &str) -> JournalEntry {
    JournalEntry::Found {
        id: id(number),
        at: at(second),
        order_id: order_id.into(),
        servers: vec!["fähre-1-0001".into()],
    }
}

pub fn not_found(number: u64, second: i64, readings: u32, quiet_seconds: u64) -> JournalEntry {
    let source = Some(ListSource::OrderList);
    JournalEntry::NotFound { id: id(number), at: at(second), clock_ahead: Some(0), source, readings, quiet_seconds }
}

pub fn conflict(number: u64, second: i64, order_ids: &[&str]) -> JournalEntry {
    JournalEntry::Conflict { id: id(number), at: at(second), order_ids: orders(order_ids) }
}

/// Makes a resolution by the user: these orders, or none.
pub fn resolved(number: u64, second: i64, order_ids: &[&str]) -> JournalEntry {
    JournalEntry::Resolved { id: id(number), at: at(second), clock_ahead: Some(0), order_ids: orders(order_ids) }
}

pub fn quarantined(second: i64, file: u32) -> JournalEntry {
    JournalEntry::Quarantined { at: at(second), file: format!("journal.torn-{file}"), bytes: 17 }
}

pub fn records_lost(second: i64, expected: Option<u64>, found: u64) -> JournalEntry {
    JournalEntry::RecordsLost { at: at(second), expected, found }
}

pub fn repaired(second: i64) -> JournalEntry {
    JournalEntry::Repaired { at: at(second) }
}

pub fn history(entries: &[JournalEntry]) -> Intents {
    let mut intents = Intents::default();
    for entry in entries {
        intents.apply(entry).unwrap();
    }
    intents
}

/// Makes the records after which intent 1 is UNKNOWN and no reading has been made.
pub fn doubtful() -> Vec<JournalEntry> {
    vec![begun(1, 0), sending(1, 1), concluded(1, 151, unknown())]
}

/// Makes six readings that do not show the order, from 159 s to 1499 s after SENDING.
pub fn in_vain() -> Vec<JournalEntry> {
    let times = [160, 230, 700, 1000, 1430, 1500];
    times.iter().map(|second| reading(1, *second, true, &[])).collect()
}

/// Makes a journal with every kind of record and every state in it.
pub fn everything() -> Vec<JournalEntry> {
    let mut entries = doubtful();
    entries.extend(in_vain());
    entries.push(not_found(1, 1501, 6, 1270));
    entries.extend([begun(2, 2000), sending(2, 2005)]);
    entries.push(concluded(2, 2006, accepted("CS1710111105S8IPB")));
    entries.extend([begun(3, 3000), sending(3, 3001), concluded(3, 3002, refused())]);
    entries.extend([begun(4, 4000), sending(4, 4001), interrupted(4, 4600), reading(4, 4602, false, &["CS2"])]);
    entries.extend([found(4, 4603, "CS2"), reading(4, 4605, true, &["CS3"]), conflict(4, 4606, &["CS2", "CS3"])]);
    entries.extend([begun(5, 5000), interrupted(5, 5100), begun(6, 6000), concluded(6, 6001, not_sent())]);
    entries.extend([begun(7, 7000), sending(7, 7001), quarantined(7009, 1), reading(7, 7010, true, &["CS7"])]);
    entries.extend([found(7, 7011, "CS7"), records_lost(7500, Some(99), 34), repaired(7501)]);
    entries.extend([begun(8, 8000), sending(8, 8001), concluded(8, 8151, unknown()), resolved(8, 9000, &["CS8"])]);
    entries.extend([begun(9, 10_000), sending(9, 10_001), interrupted(9, 10_100), resolved(9, 11_000, &[])]);
    entries.extend([begun(10, 12_000), sending(10, 12_001)]);
    entries
}
