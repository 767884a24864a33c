//! Every prefix and every single damaged byte: what came before stays readable or nothing can be bought, and no order
//! that may exist is ever taken for absent.

use super::memory_disk::{Disk, naming_the_end_of};
use super::{cases, open, written};
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::intents::{Intents, JournalEntry, OrderState, Purchase};
use crate::purchase::journal::{JournalNotice, Obstacle, Opened};

/// Returns whether the order may have been placed and is not known to be absent.
fn may_exist(purchase: &Purchase) -> bool {
    match purchase.state() {
        OrderState::Sending
        | OrderState::Accepted(_)
        | OrderState::Unknown(_)
        | OrderState::Found { .. }
        | OrderState::Conflict => true,
        OrderState::Ready
        | OrderState::Rejected(_)
        | OrderState::NotSent(_)
        | OrderState::NotFound
        | OrderState::NotPlaced => false,
    }
}

/// Asserts that a damaged journal of these records has lost at most one of them and no order that may exist, or is
/// read-only with the `intact` records before the damage.
fn holds_what_it_held(opened: &Opened, entries: &[JournalEntry], intact: usize) {
    let is_told =
        |fact: &JournalNotice| matches!(fact, JournalNotice::SetAside { .. } | JournalNotice::Unfinished { .. });
    let whole = history(entries);
    let before = history(&entries[..intact]);
    match opened {
        Opened::Writable(journal) => {
            assert!(entries.len() - intact <= 1, "{} records are lost", entries.len() - intact);
            assert!(entries.len() == intact || journal.history().notices().iter().any(is_told), "the loss is told");
            assert_eq!(journal.intents().len(), before.len());
            for purchase in whole.newest_first().filter(|purchase| may_exist(purchase)) {
                let now = journal.intents().purchase(purchase.intent().id);
                assert!(now.is_some_and(may_exist), "{purchase:?}");
            }
            assert!(journal.intents().under_way().is_none());
        }
        Opened::ReadOnly(history, why) => {
            assert!(matches!(why, Obstacle::Damaged { .. } | Obstacle::Newer { .. }), "{why}");
            assert_eq!(history.intents(), &before);
        }
    }
}

/// Returns the content of `journal.last` after each of these ends, and for an empty journal first.
fn lasts(bytes: &[u8], ends: &[usize]) -> Vec<Vec<u8>> {
    [0].iter().chain(ends).map(|end| naming_the_end_of(&bytes[..*end])).collect()
}

/// Returns the records of every intent of the complete example, cut off after each of its records.
fn stories() -> Vec<Vec<JournalEntry>> {
    let whole = everything();
    let starts: Vec<usize> =
        (0..whole.len()).filter(|place| matches!(whole[*place], JournalEntry::Intent(_))).collect();
    let ends = starts.iter().skip(1).copied().chain([whole.len()]);
    let whole = &whole;
    starts.iter().zip(ends).flat_map(|(start, end)| (*start..end).map(|to| whole[*start..=to].to_vec())).collect()
}

#[test]
fn every_prefix_holds_the_records_that_are_whole() {
    let entries = everything();
    let (bytes, ends) = written(&entries);
    for length in 0..=bytes.len() {
        let intact = ends.iter().filter(|end| **end <= length).count();
        let is_torn = length > 0 && !ends.contains(&length);
        let disk = Disk::with(&bytes[..length]);
        let opened = open(&disk);
        assert!(matches!(opened, Opened::Writable(_)), "{length}");
        // The record that was being written is the only one that is missing.
        holds_what_it_held(&opened, &entries[..intact + usize::from(is_torn)], intact);
        assert_eq!(opened.intents().len(), history(&entries[..intact]).len());
        let end = if intact == 0 { 0 } else { ends[intact - 1] };
        let kept = disk.aside().into_iter().map(|(_, bytes)| bytes).collect::<Vec<_>>();
        assert_eq!(kept, if is_torn { vec![bytes[end..length].to_vec()] } else { Vec::new() });
    }
}

#[test]
fn every_damaged_byte_of_a_journal_is_noticed() {
    let entries = everything();
    let (bytes, ends) = written(&entries);
    let lasts = lasts(&bytes, &ends);
    for place in 0..bytes.len() {
        // All values in the first records, one in each place of the others.
        let all = replacements(bytes[place]);
        let some = if place < ends[8] || cases(0) > 0 { &all[..] } else { &all[place % all.len()..][..1] };
        for wrong in some {
            let mut damaged = bytes.clone();
            damaged[place] = *wrong;
            let intact = ends.iter().filter(|end| **end <= place).count();
            let disk = Disk::holding(&damaged, Some(&lasts[intact]));
            holds_what_it_held(&open(&disk), &entries, intact);
        }
    }
}

#[test]
fn every_damaged_byte_of_the_last_two_records_is_noticed_wherever_a_journal_ends() {
    for entries in stories() {
        let (bytes, ends) = written(&entries);
        let lasts = lasts(&bytes, &ends);
        let from = if entries.len() > 2 { ends[entries.len() - 3] } else { 0 };
        for place in from..bytes.len() {
            let all = replacements(bytes[place]);
            let mut damaged = bytes.clone();
            damaged[place] = all[place % all.len()];
            let intact = ends.iter().filter(|end| **end <= place).count();
            let disk = Disk::holding(&damaged, Some(&lasts[intact]));
            holds_what_it_held(&open(&disk), &entries, intact);
        }
    }
}

fn replacements(byte: u8) -> Vec<u8> {
    let mut all = vec![byte ^ 1, byte ^ 0x80, b'\n', b'"', b'2', 0, 0xff];
    if cases(0) > 0 {
        all = (0..=255).collect();
    }
    all.retain(|wrong| *wrong != byte);
    all
}

#[test]
fn two_records_that_a_lost_line_end_has_joined_are_damage() {
    let entries = [begun(1, 0), sending(1, 1)];
    let (bytes, ends) = written(&entries);
    let mut joined = bytes.clone();
    joined[ends[0] - 1] = b' ';
    for bytes in [&joined[..], &joined[..joined.len() - 1]] {
        let disk = Disk::with(bytes);
        let Opened::ReadOnly(history, Obstacle::Damaged { offset: 0, record: 1, .. }) = open(&disk) else { panic!() };
        assert_eq!(history.intents(), &Intents::default());
        assert_eq!(disk.bytes(), bytes, "nothing is cut off");
    }
}

#[test]
fn damage_in_the_middle_names_its_place_and_stops_buying() {
    let entries = everything();
    let (mut bytes, ends) = written(&entries);
    bytes[ends[4] + 40] ^= 1;
    let disk = Disk::with(&bytes);
    let Opened::ReadOnly(history, why) = open(&disk) else { panic!() };
    assert!(why.to_string().contains(&format!("at byte {}, in record 6", ends[4])), "{why}");
    assert_eq!(history.intents(), &crate::purchase::intents::tests::fixtures::history(&entries[..5]));
    assert_eq!(disk.bytes(), bytes);
}
