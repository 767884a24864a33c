//! Orders that look like one given twice.

use super::samples::*;
use crate::purchase::intents::{Entry, Intents, Twin};

fn resembled(intents: &Intents, number: u64, count: i64, second: i64) -> Vec<&'static str> {
    let twins = intents.twins(&intent(number, 0).body_hash, &shape(count), at(second));
    twins
        .iter()
        .map(|twin| {
            assert_eq!(twin.purchase().intent().id, id(1));
            match twin {
                Twin::Unresolved(_) => "unresolved",
                Twin::SameBody(_) => "body",
                Twin::SameShape(_) => "shape",
            }
        })
        .collect()
}

#[test]
fn the_same_body_or_shape_is_asked_about_for_a_quarter_of_an_hour() {
    let intents = history(&[begun(1, 0), sending(1, 1, 1), concluded(1, 2, accepted("A"))]);
    assert_eq!(resembled(&intents, 1, 9, 900), ["body"]);
    assert_eq!(resembled(&intents, 2, 1, 900), ["shape"]);
    assert_eq!(resembled(&intents, 2, 9, 900), [""; 0]);
    assert_eq!(resembled(&intents, 1, 1, 901), [""; 0]);
    assert_eq!(resembled(&intents, 1, 1, -5000), ["body"], "a turned clock hides no twin");
}

#[test]
fn what_is_not_resolved_is_asked_about_for_ever_and_what_bought_nothing_never() {
    let sent = |outcome| vec![begun(1, 0), sending(1, 1, 1), concluded(1, 2, outcome)];
    assert_eq!(resembled(&history(&doubtful()), 1, 1, 9_000_000), ["unresolved"]);
    assert_eq!(resembled(&history(&doubtful()), 2, 1, 60), ["shape"]);
    let nothing: [Vec<Entry>; 3] = [sent(refused()), sent(not_sent()), vec![begun(1, 0), interrupted(1, 1)]];
    for entries in nothing {
        assert_eq!(resembled(&history(&entries), 1, 1, 10), [""; 0]);
    }
}
