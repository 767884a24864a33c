//! What a server list proves: whose order it shows, and when an absence proves nothing.

use std::collections::BTreeSet;

use crate::api::{Gap, Server, ServerList};
use crate::purchase::intents::tests::fixtures::{
    at, begun, concluded, history, id, intent, interrupted, refused, resolved, sending, unknown,
};
use crate::purchase::intents::{Intent, Intents, JournalEntry, ListSource, OrderState, Preflight, ReadingFlaw};
use crate::purchase::{Reconciled, ServerMatch, ServerReading, conclusion, match_servers, preflight};

/// Makes a server that the order of intent 1 created, a minute after it was confirmed.
fn server(number: u32, order_id: &str) -> Server {
    let intent = intent(1, 0);
    Server {
        id: format!("s{number}"),
        name: intent.server_name,
        status: None,
        server_flavor: Some(intent.ordered.server_flavor),
        phone_flavor: Some(intent.ordered.phone_flavor),
        order_id: Some(order_id.into()),
        subnet: None,
        created: Some(at(60).to_string()),
    }
}

fn list(servers: &[Server]) -> ServerList {
    ServerList { servers: servers.to_vec(), gaps: BTreeSet::new(), clock_ahead: Some(0) }
}

/// Makes a reading of the server list that began at this second.
fn read(servers: &[Server], second: i64) -> ServerReading {
    ServerReading {
        source: ListSource::ServerList,
        list: list(servers),
        of_request: BTreeSet::new(),
        began: at(second),
    }
}

fn judged(intent: &Intent, servers: &[Server]) -> ServerMatch {
    match_servers(intent, &Intents::default(), &list(servers), &BTreeSet::new())
}

/// Returns the orders that are certainly ours, those that may be, and the flaws.
fn parts(server_match: &ServerMatch) -> (Vec<&str>, Vec<&str>, Vec<ReadingFlaw>) {
    let ours = server_match.ours.keys().map(String::as_str).collect();
    let candidates = server_match.candidates.iter().map(String::as_str).collect();
    (ours, candidates, server_match.flaws.iter().copied().collect())
}

fn with(change: impl FnOnce(&mut Server)) -> Server {
    let mut server = server(1, "A");
    change(&mut server);
    server
}

#[test]
fn a_server_of_a_name_that_was_free_shows_the_order() {
    assert_eq!(parts(&judged(&intent(1, 0), &[server(1, "A")])), (vec!["A"], vec![], vec![]));
    assert_eq!(parts(&judged(&intent(1, 0), &[])), (vec![], vec![], vec![]));
    let two = judged(&intent(1, 0), &[server(1, "A"), server(2, "B")]);
    assert_eq!(parts(&two), (vec!["A", "B"], vec![], vec![]), "both are surely ours");
    // Whatever the clocks say: nobody else had the name.
    let old = with(|server| server.created = Some(at(-86_400).to_string()));
    assert_eq!(parts(&judged(&intent(1, 0), &[old])), (vec!["A"], vec![], vec![]));
}

#[test]
fn what_contradicts_the_order_is_not_it_and_leaves_the_reading_incomplete() {
    let cases = [
        (with(|server| server.server_flavor = Some("other".into())), ReadingFlaw::OtherFlavors),
        (with(|server| server.phone_flavor = None), ReadingFlaw::OtherFlavors),
        (with(|server| server.order_id = None), ReadingFlaw::NoOrderId),
        (with(|server| server.order_id = Some(String::new())), ReadingFlaw::NoOrderId),
        (with(|server| server.order_id = Some("x".repeat(65))), ReadingFlaw::BadOrderId),
        (with(|server| server.order_id = Some("CS\u{1b}[2J".into())), ReadingFlaw::BadOrderId),
        (with(|server| server.name = "FÄHRE-1".into()), ReadingFlaw::NearName),
        (with(|server| server.name = "fähre_1".into()), ReadingFlaw::NearName),
        (with(|server| server.name = String::new()), ReadingFlaw::UnreadableRows),
    ];
    for (server, doubt) in cases {
        let said = format!("{server:?}");
        assert_eq!(parts(&judged(&intent(1, 0), &[server])), (vec![], vec![], vec![doubt]), "{said}");
    }
    let other = with(|server| server.name = "another".into());
    assert!(judged(&intent(1, 0), &[other]).is_complete());
    let too_many = judged(&intent(1, 0), &[server(1, "A"), server(2, "A")]);
    assert_eq!(parts(&too_many), (vec![], vec!["A"], vec![ReadingFlaw::TooManyServers]));
}

#[test]
fn a_name_that_existed_or_was_not_looked_at_settles_nothing() {
    let known = |ids: &[&str], orders: &[&str]| {
        let (server_ids, order_ids) = (strings(ids), strings(orders));
        Intent { preflight: Some(Preflight { server_ids, order_ids }), ..intent(1, 0) }
    };
    let existed = judged(&known(&["s9"], &["Z"]), &[server(9, "Z"), server(1, "A")]);
    assert_eq!(parts(&existed), (vec![], vec!["A"], vec![ReadingFlaw::NameExisted]));
    // More servers of an order that was there before are no news.
    assert!(judged(&known(&["s9"], &["Z"]), &[server(9, "Z"), server(8, "Z")]).is_complete());
    let blind = Intent { preflight: None, ..intent(1, 0) };
    assert_eq!(parts(&judged(&blind, &[server(1, "A")])), (vec![], vec!["A"], vec![ReadingFlaw::NoPreflight]));
    // Dropped for its time, which may be a wrong clock's: the reading is not complete.
    let old = with(|server| server.created = Some(at(-301).to_string()));
    assert_eq!(parts(&judged(&blind, &[old])), (vec![], vec![], vec![ReadingFlaw::OlderThanOrder]));
    // The clock was 8 h ahead when it was confirmed, and that is known: the server is new.
    let ahead = Intent { at: at(28_800), clock_ahead: Some(28_800), ..blind };
    assert_eq!(parts(&judged(&ahead, &[server(1, "A")])), (vec![], vec!["A"], vec![ReadingFlaw::NoPreflight]));
}

#[test]
fn the_jobs_of_the_request_name_the_servers_whatever_they_are_called() {
    let renamed = with(|server| server.name = "renamed".into());
    let blind = Intent { preflight: None, ..intent(1, 0) };
    let server_match = match_servers(&blind, &Intents::default(), &list(&[renamed]), &strings(&["s1"]));
    assert_eq!(parts(&server_match), (vec!["A"], vec![], vec![]));
}

#[test]
fn the_order_of_another_confirmation_is_not_this_one() {
    let other = [begun(2, 10), sending(2, 11), concluded(2, 12, accepted_as("A"))];
    let intents = history(&other);
    let server_match = match_servers(&intent(1, 0), &intents, &list(&[server(1, "A")]), &BTreeSet::new());
    assert_eq!(parts(&server_match), (vec![], vec![], vec![]));
}

/// Makes the history of two orders of one name, 1 and 2: both confirmed while the name was free, the second one
/// UNKNOWN.
fn two_of_one_name(first: &[JournalEntry]) -> Intents {
    let twin = Intent { server_name: intent(1, 0).server_name, ..intent(2, 10) };
    history(&[first, &[JournalEntry::Intent(Box::new(twin)), sending(2, 11), concluded(2, 12, unknown())]].concat())
}

#[test]
fn what_fits_another_order_that_may_exist_is_surely_neither() {
    let sent = |outcome| vec![begun(1, 0), sending(1, 1), concluded(1, 2, outcome)];
    let absent = [sent(unknown()), vec![resolved(1, 901, &[])]].concat();
    for first in [sent(unknown()), sent(refused()), absent] {
        let intents = two_of_one_name(&first);
        for number in [1, 2] {
            let intent = intents.purchase(id(number)).unwrap().intent();
            let server_match = match_servers(intent, &intents, &list(&[server(1, "A")]), &BTreeSet::new());
            assert_eq!(
                parts(&server_match),
                (vec![], vec!["A"], vec![ReadingFlaw::OtherOrder]),
                "{number} of {first:?}"
            );
            // The jobs of the request tell them apart.
            let server_match = match_servers(intent, &intents, &list(&[server(1, "A")]), &strings(&["s1"]));
            assert_eq!(parts(&server_match), (vec!["A"], vec![], vec![]), "{number} of {first:?}");
        }
    }
    // One that was never sent has no order, and one whose order is known has no other.
    for first in [vec![begun(1, 0), interrupted(1, 1)], sent(accepted_as("Z"))] {
        let intents = two_of_one_name(&first);
        let intent = intents.purchase(id(2)).unwrap().intent();
        let server_match = match_servers(intent, &intents, &list(&[server(1, "A")]), &BTreeSet::new());
        assert_eq!(parts(&server_match), (vec!["A"], vec![], vec![]), "{first:?}");
    }
    // More servers than the other one ordered are not its own.
    let mut larger = intent(2, 10);
    (larger.server_name, larger.ordered.count) = (intent(1, 0).server_name, 2);
    let intents = history(&sent(unknown()));
    let server_match = match_servers(&larger, &intents, &list(&[server(1, "A"), server(2, "A")]), &BTreeSet::new());
    assert_eq!(parts(&server_match), (vec!["A"], vec![], vec![]));
}

#[test]
fn an_old_rejection_does_not_hide_a_new_order() {
    let week = 7 * 24 * 3600;
    let first = [begun(1, 0), sending(1, 1), concluded(1, 2, refused())];
    let intents = history(&first);
    for (second, ours) in [(week, vec![]), (week + 2, vec!["A"])] {
        let twin = Intent { server_name: intent(1, 0).server_name, ..intent(2, second) };
        let server_match = match_servers(&twin, &intents, &list(&[server(1, "A")]), &BTreeSet::new());
        assert_eq!(parts(&server_match).0, ours, "{second}");
    }
}

/// Covers evidence that was sufficient when a run ended before it could conclude, and then a server that may belong to
/// the order.
#[test]
fn nothing_is_concluded_absent_while_something_may_be_the_order() {
    let vain = crate::purchase::intents::tests::fixtures::in_vain();
    let intents = history(&[vec![begun(1, 0), sending(1, 1), concluded(1, 2, unknown())], vain].concat());
    let seen = JournalEntry::Reading {
        id: id(1),
        at: at(1300),
        clock_ahead: Some(0),
        source: ListSource::OrderList,
        complete: false,
        order_ids: BTreeSet::new(),
        candidates: strings(&["A"]),
        flaws: BTreeSet::from([ReadingFlaw::NameExisted]),
    };
    let read = ServerReading { source: ListSource::OrderList, ..read(&[], 1300) };
    let absent = |intents: &Intents| crate::purchase::absence(intents.purchase(id(1)).unwrap(), &read);
    assert!(absent(&intents).is_some());
    let mut intents = intents;
    intents.apply(&seen).unwrap();
    assert_eq!(absent(&intents), None);
}

#[test]
fn a_list_that_may_lack_something_proves_nothing() {
    for gap in [Gap::UnreadableRows, Gap::OtherStatus, Gap::Cached, Gap::NoList] {
        let partial = ServerList { gaps: BTreeSet::from([gap]), ..list(&[]) };
        assert!(
            !match_servers(&intent(1, 0), &Intents::default(), &partial, &BTreeSet::new()).is_complete(),
            "{gap:?}"
        );
        assert_eq!(preflight("fähre-1", &partial), None, "{gap:?}");
        // What it does show is there all the same.
        let partial = ServerList { gaps: BTreeSet::from([gap]), ..list(&[server(1, "A")]) };
        let server_match = match_servers(&intent(1, 0), &Intents::default(), &partial, &BTreeSet::new());
        assert_eq!(server_match.ours.keys().collect::<Vec<_>>(), ["A"], "{gap:?}");
    }
    let seen = preflight("fähre-1", &list(&[server(1, "A")])).unwrap();
    assert_eq!(seen, Preflight { server_ids: strings(&["s1"]), order_ids: strings(&["A"]) });
}

#[test]
fn no_number_of_readings_of_the_server_list_ends_in_not_found() {
    let mut intents = history(&[begun(1, 0), sending(1, 1), concluded(1, 2, unknown())]);
    for number in 1..=200 {
        let read = read(&[], 300 * number);
        let purchase = intents.purchase(id(1)).unwrap();
        let (entries, reading) = conclusion(&intents, purchase, &read);
        assert!(matches!(reading, Reconciled::NotSeen { .. }), "{reading:?}");
        apply(&mut intents, &entries);
        assert_eq!(crate::purchase::absence(intents.purchase(id(1)).unwrap(), &read), None);
    }
    assert!(matches!(intents.state(id(1)), Some(OrderState::Unknown(_))));
    assert_eq!(intents.purchase(id(1)).unwrap().empty_readings(), 200);
    let reasons = crate::purchase::open_reasons(intents.purchase(id(1)).unwrap());
    assert_eq!(reasons[0].code, "server_list_shows_no_unpaid_orders");
}

#[test]
fn a_reported_rejection_with_a_server_is_a_conflict() {
    let intents = history(&[begun(1, 0), sending(1, 1), concluded(1, 2, refused())]);
    let purchase = intents.purchase(id(1)).unwrap();
    let (entries, reading) = conclusion(&intents, purchase, &read(&[server(1, "A")], 90));
    assert_eq!(reading, Reconciled::Conflict { order_ids: strings(&["A"]) });
    let mut intents = intents.clone();
    apply(&mut intents, &entries);
    assert_eq!(intents.state(id(1)), Some(&OrderState::Conflict));
}

fn apply(intents: &mut Intents, entries: &[JournalEntry]) {
    for entry in entries {
        intents.apply(entry).unwrap();
    }
}

fn accepted_as(order_id: &str) -> crate::purchase::Outcome {
    crate::purchase::intents::tests::fixtures::accepted(order_id)
}

fn strings(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[test]
fn a_reading_says_what_it_saw() {
    let intents = history(&[begun(1, 0), sending(1, 1), concluded(1, 2, unknown())]);
    let blind = with(|server| server.order_id = None);
    let purchase = intents.purchase(id(1)).unwrap();
    let mut read = read(&[blind], 90);
    read.list.clock_ahead = Some(3);
    let (entries, _) = conclusion(&intents, purchase, &read);
    let [JournalEntry::Reading { complete: false, clock_ahead: Some(3), flaws, .. }] = &entries[..] else {
        panic!("{entries:?}")
    };
    assert_eq!(*flaws, BTreeSet::from([ReadingFlaw::NoOrderId]));
}
