//! The table of limits: below, at and above each one, with the issue, its exact words and the simulator's code.

pub mod every_issue;
mod flavors;
mod names;
mod network;
mod numbers;
mod ports;
mod row;

use std::collections::BTreeSet;

use cph_wizard::catalogue::{Catalogue, PhoneFlavor, ServerFlavor};
use cph_wizard::order::{FieldId, Issue, Order, warnings};

use crate::fixture::{catalogue, code, good, lenient};
use row::{Row, Verdict};

fn rows() -> impl Iterator<Item = Row> {
    [names::rows(), flavors::rows(), numbers::rows(), network::rows(), ports::rows()].into_iter().flatten()
}

#[test]
fn each_limit_gives_exactly_its_issue_in_exactly_its_words() {
    for Row { case, verdict, change } in rows() {
        let draft = Row { case, change, verdict: Verdict::Good }.draft();
        let found = Order::check(&draft, catalogue()).err().unwrap_or_default();
        let expected = match verdict {
            Verdict::Good | Verdict::Unlisted(..) => Vec::new(),
            Verdict::Bad(issues, _) => issues,
        };
        let expected: Vec<(Issue, String)> =
            expected.into_iter().map(|(issue, sentence)| (issue, sentence.to_owned())).collect();
        let found: Vec<(Issue, String)> = found.into_iter().map(|issue| (issue.clone(), issue.to_string())).collect();
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn each_good_row_is_an_order_that_the_simulator_accepts() {
    for row in rows().filter(|row| matches!(row.verdict, Verdict::Good)) {
        let draft = row.draft();
        let order = Order::check(&draft, catalogue()).expect(row.case);
        assert_eq!(code(order.body().bytes()), None, "{}", row.case);
        assert_eq!(code(lenient(&draft).as_bytes()), None, "{}", row.case);
    }
}

#[test]
fn each_bad_row_is_refused_by_the_simulator_with_its_code_on_the_field_of_an_issue() {
    for row in rows() {
        let Verdict::Bad(issues, expected) = &row.verdict else { continue };
        assert_eq!(code(lenient(&row.draft()).as_bytes()).as_deref(), Some(*expected), "{}", row.case);
        let field = every_issue::field_of(expected).expect(expected);
        assert!(issues.iter().any(|(issue, _)| issue.field() == field), "{}: {expected} is about {field:?}", row.case);
    }
}

#[test]
fn a_name_that_no_list_has_is_an_order_with_a_note_and_the_cloud_has_the_last_word() {
    for row in rows() {
        let Verdict::Unlisted(note, expected) = row.verdict else { continue };
        let draft = row.draft();
        let order = Order::check(&draft, catalogue()).expect(row.case);
        assert_eq!(warnings(&draft, catalogue()), [note], "{}", row.case);
        assert_eq!(code(order.body().bytes()).as_deref(), Some(expected), "{}", row.case);
        assert_eq!(every_issue::field_of(expected), Some(note.field()), "{}", row.case);
    }
}

#[test]
fn the_program_puts_each_refusal_of_these_rules_on_the_field_that_the_document_names() {
    for row in rows() {
        let (Verdict::Bad(_, refusal) | Verdict::Unlisted(_, refusal)) = row.verdict else { continue };
        assert_eq!(cph_wizard::purchase::field_of(refusal), every_issue::field_of(refusal), "{refusal}");
    }
}

#[test]
fn every_kind_of_issue_has_a_row() {
    let seen: BTreeSet<&str> = rows()
        .flat_map(|row| match row.verdict {
            Verdict::Good | Verdict::Unlisted(..) => Vec::new(),
            Verdict::Bad(issues, _) => issues,
        })
        .map(|(issue, _)| every_issue::kind(&issue))
        .collect();
    assert_eq!(seen, every_issue::ALL.iter().copied().collect());
}

#[test]
fn every_row_says_something_else() {
    let cases: Vec<&str> = rows().map(|row| row.case).collect();
    assert_eq!(cases.iter().collect::<BTreeSet<_>>().len(), cases.len());
    assert!(cases.len() > 100, "{}", cases.len());
}

#[test]
fn sentences_begin_with_the_label_of_their_field_and_accuse_nobody() {
    for row in rows() {
        let Verdict::Bad(issues, _) = row.verdict else { continue };
        for (issue, sentence) in issues {
            let label = match issue.field() {
                FieldId::Ports => "Port ",
                other => other.label(),
            };
            assert!(sentence.starts_with(label), "{sentence}");
            let lower = sentence.to_lowercase();
            assert!(
                !lower.contains("invalid")
                    && !lower.contains("please")
                    && !lower.trim_end_matches("...").ends_with('.'),
                "{sentence}"
            );
        }
    }
}

/// No documented flavor has a name of exactly 64 bytes, so this catalogue is written by hand.
#[test]
fn flavors_of_exactly_64_bytes_are_an_order_where_they_are_listed() {
    let (server, phone) = ("s".repeat(64), "云".repeat(21) + "p");
    let catalogue = Catalogue {
        server_flavors: Some(vec![ServerFlavor { name: server.clone(), ..ServerFlavor::default() }]),
        phone_flavors: Some(vec![PhoneFlavor {
            server_flavor: server.clone(),
            name: phone.clone(),
            ..PhoneFlavor::default()
        }]),
        ..Catalogue::default()
    };
    let mut draft = good();
    (draft.server_flavor, draft.phone_flavor) = (server, phone);
    assert_eq!(Order::check(&draft, &catalogue).err(), None);
    assert_eq!(Order::check(&draft, &Catalogue::default()).err(), None);
    draft.server_flavor.push('s');
    draft.phone_flavor.push('p');
    let expected = [Issue::ServerFlavorTooLong { bytes: 65 }, Issue::PhoneFlavorTooLong { bytes: 65 }];
    assert_eq!(Order::check(&draft, &catalogue).err().unwrap_or_default(), expected);
    assert_eq!(Order::check(&draft, &Catalogue::default()).err().unwrap_or_default(), expected);
}
