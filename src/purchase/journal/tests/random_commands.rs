//! Random commands, faults and power cuts on a real journal, compared with the model.

use proptest::prelude::*;

use super::config;
use super::memory_disk::{Disk, Fault};
use super::model::Model;
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::intents::{JournalEntry, MIN_READINGS, Sending};
use crate::purchase::journal::open::repair_in;
use crate::purchase::journal::{Journal, JournalError, JournalNotice, Opened, RepairResult};

/// A command for the run.
#[derive(Debug, Clone)]
enum Command {
    /// A record of a kind, about the newest intent or one before it, with a correct or wrong detail.
    Append {
        kind: usize,
        back: usize,
        later: i64,
        detail: usize,
    },
    /// Readings that do not show the order, five minutes apart.
    Search {
        back: usize,
    },
    Break(Fault),
    /// The paths lead to other files, until the next restart.
    Displace,
    /// A power cut; so many quarters of the unsynced bytes remain.
    Restart {
        quarters: usize,
    },
    /// The end of the journal is cut off, back to its length so many steps ago.
    Cut {
        back: usize,
    },
    /// `journal.last` gets other content.
    Spoil,
    Repair,
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let fault = prop_oneof![
        Just(Fault::In("sync")),
        Just(Fault::In("reserve")),
        Just(Fault::In("check_identity")),
        Just(Fault::In("write_last")),
        Just(Fault::In("sync_last")),
        (0..400_usize).prop_map(Fault::WriteAfter),
        (1..90_usize).prop_map(Fault::ShortWrites),
    ];
    let later = prop_oneof![4 => 0..12_i64, 1 => 25..40_i64, 1 => Just(300), 1 => Just(-20)];
    let kind = prop_oneof![4 => 0..1_usize, 6 => 1..2_usize, 8 => 2..6_usize, 7 => 6..12_usize];
    let back = prop_oneof![8 => Just(0_usize), 1 => 1..4_usize];
    let append = (kind, back.clone(), later, 0..64_usize);
    let command = prop_oneof![
        20 => append.prop_map(|(kind, back, later, detail)| Command::Append { kind, back, later, detail }),
        2 => back.prop_map(|back| Command::Search { back }),
        1 => fault.prop_map(Command::Break),
        1 => (0..=4_usize).prop_map(|quarters| Command::Restart { quarters }),
        1 => prop_oneof![
            (0..6_usize).prop_map(|back| Command::Cut { back }),
            Just(Command::Spoil),
            Just(Command::Repair),
            Just(Command::Displace),
        ],
    ];
    prop::collection::vec(command, 1..24)
}

/// A journal, its model, and the last record that it did not keep.
struct Run {
    disk: Disk,
    journal: Option<Journal>,
    model: Model,
    now: i64,
    unkept: Option<(JournalEntry, bool)>,
    /// Set while records may be missing and nobody has accepted that.
    is_lost: bool,
    steps: Vec<Step>,
}

/// The journal after a record, or after it was opened.
#[derive(Debug, Clone, Default)]
struct Step {
    length: usize,
    model: Model,
    was_lost: bool,
    /// The number of lost records that the journal mentions.
    asides: usize,
}

impl Run {
    fn new() -> Self {
        let disk = Disk::default();
        let journal = Some(super::writable(&disk));
        let steps = vec![Step::default()];
        Self { disk, journal, model: Model::default(), now: 0, unkept: None, is_lost: false, steps }
    }

    fn entry(&self, kind: usize, back: usize, detail: usize) -> JournalEntry {
        let count = self.model.told.len() as u64;
        let number = count.saturating_sub(back as u64).max(1);
        let told = self.model.told.get(usize::try_from(number).unwrap() - 1);
        let ids: &[&str] = [&[][..], &["A"], &["A", "B"], &["B", "C"], &["A", "B", "C"]][(detail / 8).min(4)];
        match kind {
            0 if detail == 0 => begun(number, self.now),
            0 => begun(count + 1, self.now),
            1 => {
                let body_hash = if detail == 2 { hash("other") } else { intent(number, 0).body_hash };
                JournalEntry::Sending(Sending { id: id(number), at: at(self.now), body_hash, clock_ahead: Some(0) })
            }
            2 => concluded(number, self.now, accepted("A")),
            3 => concluded(number, self.now, refused()),
            4 => concluded(number, self.now, not_sent()),
            5 => concluded(number, self.now, unknown()),
            6 => interrupted(number, self.now),
            7 => reading(number, self.now, !detail.is_multiple_of(3), ids),
            8 => found(number, self.now, if detail.is_multiple_of(4) { "B" } else { "A" }),
            9 => {
                let (readings, quiet) = told.map_or((0, 0), super::model::ExpectedState::evidence);
                not_found(number, self.now, readings + u32::from(detail == 3), quiet + u64::from(detail == 4))
            }
            10 => conflict(number, self.now, ids),
            _ => resolved(number, self.now + 900 * i64::from(detail == 5), ids),
        }
    }

    fn note_step(&mut self) {
        let (length, asides) = (self.disk.bytes().len(), self.disk.aside().len());
        self.steps.push(Step { length, model: self.model.clone(), was_lost: self.is_lost, asides });
    }

    fn append(&mut self, entry: &JournalEntry) {
        let Some(journal) = &mut self.journal else { return };
        let is_purchase = matches!(entry, JournalEntry::Intent(_) | JournalEntry::Sending { .. });
        let is_allowed = self.model.allows(entry);
        let before = self.disk.bytes();
        match journal.append(entry) {
            Ok(()) => {
                assert!(is_allowed && !(is_purchase && self.is_lost), "{entry:?}");
                assert_eq!(self.disk.unsynced(), 0, "it is on the disk");
                self.model.apply(entry);
            }
            Err(JournalError::Astray(_)) => {
                assert!(is_allowed && !is_purchase, "{entry:?}");
                assert_eq!(self.disk.unsynced(), 0, "it is on the disk");
                self.model.apply(entry);
            }
            Err(JournalError::JournalMoved(_)) => {
                assert!(is_allowed && is_purchase, "{entry:?}");
                assert_eq!(self.disk.bytes(), before);
            }
            Err(JournalError::NoBuying(_)) => {
                assert!(is_purchase && self.is_lost, "{entry:?}");
                assert_eq!(self.disk.bytes(), before);
            }
            Err(JournalError::InvalidTransition(_)) => {
                assert!(!is_allowed && self.unkept.is_none(), "{entry:?}");
                assert_eq!(self.disk.bytes(), before);
            }
            Err(JournalError::Reserve(_)) => {
                assert!(is_allowed && matches!(entry, JournalEntry::Intent(_)));
                assert_eq!(self.disk.bytes(), before);
            }
            Err(JournalError::Broken(_)) => {
                assert!(self.unkept.is_some());
                assert_eq!(self.disk.bytes(), before);
            }
            Err(error @ (JournalError::Write(_) | JournalError::Sync(_) | JournalError::Last(_))) => {
                assert!(is_allowed && self.unkept.is_none());
                self.unkept = Some((entry.clone(), !matches!(error, JournalError::Write(_))));
            }
            Err(
                error @ (JournalError::UnusablePath(_)
                | JournalError::Read(_)
                | JournalError::Encode(_)
                | JournalError::NotRepaired(_)),
            ) => panic!("{error}"),
        }
        self.model.agrees(journal.intents());
        if self.disk.bytes() != before && self.unkept.is_none() {
            self.note_step();
        }
    }

    fn restart(&mut self, quarters: usize) {
        self.journal = None;
        let unsynced = self.disk.unsynced();
        let kept = unsynced * quarters / 4;
        self.disk.power_cut(kept, quarters > 1);
        self.disk.inside().is_displaced = false;
        let unkept = self.unkept.take();
        let is_whole = kept == unsynced && unkept.as_ref().is_some_and(|(_, is_written)| *is_written);
        if let Some((entry, _)) = unkept.filter(|_| is_whole) {
            self.model.apply(&entry);
        }
        let is_torn = kept > 0 && !is_whole;
        self.open(is_torn, is_torn);
    }

    /// Opens the journal on the disk and compares it with the model. `is_torn` and `is_doubted` are set if a torn
    /// record and new doubts are expected.
    fn open(&mut self, is_torn: bool, is_doubted: bool) {
        self.model.restart(self.now, is_doubted);
        let opened = Journal::open_in(self.disk.storage(), at(self.now)).unwrap();
        let Opened::Writable(journal) = opened else { panic!("{opened:?}") };
        let is_told = journal.history().notices().iter().any(|fact| matches!(fact, JournalNotice::SetAside { .. }));
        assert_eq!(is_told, is_torn, "a torn record is told");
        assert!(journal.intents().under_way().is_none());
        assert_eq!(journal.buying_obstacle().is_some(), self.is_lost);
        self.model.agrees(journal.intents());
        self.journal = Some(journal);
        self.note_step();
    }

    fn cut(&mut self, back: usize) {
        self.journal = None;
        self.steps.truncate(self.steps.len().saturating_sub(back).max(1));
        let Step { length, model, was_lost, asides } = self.steps[self.steps.len() - 1].clone();
        let bytes = self.disk.bytes();
        if length < bytes.len() {
            self.disk.put(&bytes[..length]);
            (self.model, self.is_lost) = (model, true);
        }
        // The file of a lost record is still there when the record that mentions it is not.
        let is_torn = self.disk.aside().len() > asides;
        self.open(is_torn, is_torn || self.is_lost && !was_lost);
    }

    fn spoil(&mut self) {
        self.journal = None;
        self.disk.put_last(Some(b"{\"seq\":1,\"check\":\"\"}"));
        let is_new = !std::mem::replace(&mut self.is_lost, true);
        self.open(false, is_new);
    }

    fn repair(&mut self) {
        self.journal = None;
        let repaired = repair_in(self.disk.storage(), at(self.now)).unwrap();
        assert_eq!(matches!(repaired, RepairResult::Accepted(_)), std::mem::replace(&mut self.is_lost, false));
        self.open(false, false);
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Append { kind, back, later, detail } => {
                self.now += later;
                let entry = self.entry(*kind, *back, *detail);
                self.append(&entry);
            }
            Command::Search { back } => {
                for _ in 0..MIN_READINGS {
                    self.now += 300;
                    let entry = self.entry(7, *back, 1);
                    self.append(&entry);
                }
                let entry = self.entry(9, *back, 0);
                self.append(&entry);
            }
            Command::Break(fault) => self.disk.inside().fault = Some(*fault),
            Command::Displace => self.disk.inside().is_displaced = true,
            Command::Restart { quarters } => self.restart(*quarters),
            Command::Cut { back } => {
                self.restart(4);
                self.cut(*back);
            }
            Command::Spoil => {
                self.restart(4);
                self.spoil();
            }
            Command::Repair => {
                self.restart(4);
                self.repair();
            }
        }
    }
}

proptest! {
    #![proptest_config(config(20_000))]

    #[test]
    fn the_journal_says_what_the_model_says(commands in commands()) {
        let mut run = Run::new();
        for command in &commands {
            run.command(command);
        }
        run.restart(commands.len() % 5);
    }
}
