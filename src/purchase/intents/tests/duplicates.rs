//! Orders that a new one may repeat.

use super::fixtures::*;
use crate::purchase::intents::{ClockReading, Intents, JournalEntry, NewOrder, OrderedServers, Resemblance};

/// Returns the resemblances that the user is asked about before an order like intent `number` with these servers, at
/// this second.
fn asked(intents: &Intents, number: u64, ordered: &OrderedServers, second: i64) -> Vec<&'static str> {
    asked_at(intents, number, ordered, ClockReading { at: at(second), ahead: Some(0) }, "41f6")
}

fn asked_at(
    intents: &Intents,
    number: u64,
    ordered: &OrderedServers,
    now: ClockReading,
    project: &str,
) -> Vec<&'static str> {
    let intent = intent(number, 0);
    let new = NewOrder {
        profile: if project == "41f6" { "default" } else { "other" },
        endpoint: &intent.endpoint,
        project,
        region: &intent.region,
        server_name: &intent.server_name,
        ordered,
        body_hash: &intent.body_hash,
    };
    let found = intents.duplicates(&new, now);
    found
        .iter()
        .map(|found| {
            assert_eq!(found.purchase.intent().id, id(1));
            match found.resemblance {
                Resemblance::SameBody => "body",
                Resemblance::SameName => "name",
                Resemblance::SameServers => "servers",
                Resemblance::SameOrder => "ordered",
            }
        })
        .collect()
}

#[test]
fn an_order_that_was_placed_is_asked_about_for_a_quarter_of_an_hour() {
    let intents = history(&[begun(1, 0), sending(1, 1), concluded(1, 2, accepted("A"))]);
    assert_eq!(asked(&intents, 1, &ordered(9), 900), ["body"]);
    assert_eq!(asked(&intents, 2, &ordered(1), 900), ["ordered"]);
    assert_eq!(asked(&intents, 2, &ordered(9), 900), [""; 0]);
    assert_eq!(asked(&intents, 1, &ordered(1), 901), [""; 0]);
    assert_eq!(asked(&intents, 1, &ordered(1), -5000), ["body"], "a turned clock hides no duplicate");
    let turned_ahead = ClockReading { at: at(30_000), ahead: Some(29_200) };
    assert_eq!(asked_at(&intents, 1, &ordered(1), turned_ahead, "41f6"), ["body"], "nor does one that is ahead");
}

#[test]
fn an_open_order_is_asked_about_without_a_limit_by_name_or_by_servers() {
    let open = [doubtful(), [doubtful(), vec![conflict(1, 160, &["A", "B"])]].concat()];
    for entries in open {
        let intents = history(&entries);
        for second in [152, 9_000_000] {
            assert_eq!(asked(&intents, 1, &ordered(1), second), ["body"]);
            // Another period, image or phone flavor changes the bytes and neither servers nor count.
            let other = OrderedServers { image_id: "x".into(), phone_flavor: "y".into(), ..ordered(1) };
            assert_eq!(asked(&intents, 2, &other, second), ["servers"]);
            assert_eq!(asked(&intents, 2, &ordered(2), second), [""; 0]);
        }
        // Another count, and the same name.
        let renamed = NewOrder {
            profile: "default",
            endpoint: "cph.eu-west-101.myhuaweicloud.eu",
            project: "41f6",
            region: "eu-west-101",
            server_name: "FÄHRE-1",
            ordered: &ordered(7),
            body_hash: "other",
        };
        let now = ClockReading { at: at(9_000_000), ahead: None };
        assert_eq!(intents.duplicates(&renamed, now).len(), 0, "letter case beyond ASCII is another name");
        let same = NewOrder { server_name: "fähre-1", ..renamed };
        assert_eq!(intents.duplicates(&same, now)[0].resemblance, Resemblance::SameName);
    }
}

#[test]
fn an_order_that_was_not_placed_is_asked_about_for_a_week() {
    let week = 7 * 24 * 3600;
    let absent = [vec![resolved(1, 2000, &[])], [in_vain(), vec![not_found(1, 2000, 6, 1270)]].concat()];
    for more in absent {
        let intents = history(&[doubtful(), more].concat());
        assert_eq!(asked(&intents, 2, &ordered(1), 2000 + week), ["servers"]);
        assert_eq!(asked(&intents, 2, &ordered(1), 2001 + week), [""; 0]);
    }
}

#[test]
fn what_bought_nothing_is_not_asked_about() {
    let sent = |outcome| vec![begun(1, 0), sending(1, 1), concluded(1, 2, outcome)];
    let nothing: [Vec<JournalEntry>; 3] = [sent(refused()), sent(not_sent()), vec![begun(1, 0), interrupted(1, 1)]];
    for entries in nothing {
        assert_eq!(asked(&history(&entries), 1, &ordered(1), 10), [""; 0]);
    }
}

#[test]
fn another_account_is_asked_about_for_the_same_bytes_only() {
    let intents = history(&doubtful());
    let now = ClockReading { at: at(200), ahead: Some(0) };
    assert_eq!(asked_at(&intents, 1, &ordered(1), now, "another"), ["body"]);
    assert_eq!(asked_at(&intents, 2, &ordered(1), now, "another"), [""; 0]);
}
