//! Random commands, faults and power cuts on a real journal, held against the model.

use proptest::prelude::*;

use super::config;
use super::disk::{Disk, Fault};
use super::model::Model;
use crate::purchase::intents::tests::samples::*;
use crate::purchase::intents::{Entry, LEAST_READINGS};
use crate::purchase::journal::{Fact, Journal, JournalError, Opened};

/// What is done to a journal.
#[derive(Debug, Clone)]
enum Command {
    /// A record of a kind, about the newest intent or one before it, with a detail right or wrong.
    Append {
        kind: usize,
        back: usize,
        later: i64,
        detail: usize,
    },
    /// Readings in vain, five minutes apart.
    Search {
        back: usize,
    },
    Break(Fault),
    /// The power goes; of what is not synced, so many quarters stay.
    Restart {
        quarters: usize,
    },
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let fault = prop_oneof![
        Just(Fault::In("sync")),
        Just(Fault::In("reserve")),
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
    ];
    prop::collection::vec(command, 1..24)
}

/// A journal, what it should say, and what it was told last and did not keep.
struct Run {
    disk: Disk,
    journal: Option<Journal>,
    model: Model,
    now: i64,
    unkept: Option<(Entry, bool)>,
}

impl Run {
    fn new() -> Self {
        let disk = Disk::default();
        let journal = Some(super::writable(&disk));
        Self { disk, journal, model: Model::default(), now: 0, unkept: None }
    }

    fn entry(&self, kind: usize, back: usize, detail: usize) -> Entry {
        let count = self.model.told.len() as u64;
        let number = count.saturating_sub(back as u64).max(1);
        let told = self.model.told.get(usize::try_from(number).unwrap() - 1);
        let ids: &[&str] = [&[][..], &["A"], &["A", "B"], &["B", "C"], &["A", "B", "C"]][(detail / 8).min(4)];
        match kind {
            0 if detail == 0 => begun(number, self.now),
            0 => begun(count + 1, self.now),
            1 => {
                let attempt = told.map_or(1, |told| told.tries + 1) + u8::from(detail == 1);
                match (detail, sending(number, self.now, attempt)) {
                    (2, Entry::Sending { id, at, attempt, clock_ahead, .. }) => {
                        Entry::Sending { id, at, attempt, body_hash: hash("other"), clock_ahead }
                    }
                    (_, entry) => entry,
                }
            }
            2 => concluded(number, self.now, accepted("A")),
            3 => concluded(number, self.now, refused()),
            4 => concluded(number, self.now, not_sent()),
            5 => concluded(number, self.now, unknown()),
            6 => interrupted(number, self.now),
            7 => swept(number, self.now, !detail.is_multiple_of(3), ids),
            8 => found(number, self.now, if detail.is_multiple_of(4) { "B" } else { "A" }),
            9 => {
                let (sweeps, quiet) = told.map_or((0, 0), super::model::Told::evidence);
                not_found(number, self.now, sweeps + u32::from(detail == 3), quiet + u64::from(detail == 4))
            }
            10 => conflict(number, self.now, ids),
            _ => resolved(number, self.now + 900 * i64::from(detail == 5), ids),
        }
    }

    fn append(&mut self, entry: &Entry) {
        let Some(journal) = &mut self.journal else { return };
        let is_allowed = self.model.allows(entry);
        let before = self.disk.bytes();
        match journal.append(entry) {
            Ok(()) => {
                assert!(is_allowed, "{entry:?}");
                assert_eq!(self.disk.unsynced(), 0, "it is on the disk");
                self.model.hear(entry);
            }
            Err(JournalError::Impossible(_)) => {
                assert!(!is_allowed && self.unkept.is_none(), "{entry:?}");
                assert_eq!(self.disk.bytes(), before);
            }
            Err(JournalError::Reserve(_)) => {
                assert!(is_allowed && matches!(entry, Entry::Intent(_)));
                assert_eq!(self.disk.bytes(), before);
            }
            Err(JournalError::Broken(_)) => {
                assert!(self.unkept.is_some());
                assert_eq!(self.disk.bytes(), before);
            }
            Err(error @ (JournalError::Write(_) | JournalError::Sync(_))) => {
                assert!(is_allowed && self.unkept.is_none());
                self.unkept = Some((entry.clone(), matches!(error, JournalError::Sync(_))));
            }
            Err(error @ (JournalError::Unfit(_) | JournalError::Read(_) | JournalError::Encode(_))) => {
                panic!("{error}")
            }
        }
        self.model.agrees(journal.intents());
    }

    fn restart(&mut self, quarters: usize) {
        self.journal = None;
        let unsynced = self.disk.unsynced();
        let kept = unsynced * quarters / 4;
        self.disk.power_cut(kept);
        let unkept = self.unkept.take();
        let is_whole = kept == unsynced && unkept.as_ref().is_some_and(|(_, is_written)| *is_written);
        if let Some((entry, _)) = unkept.filter(|_| is_whole) {
            self.model.hear(&entry);
        }
        let is_torn = kept > 0 && !is_whole;
        self.model.restart(self.now, is_torn);
        let opened = Journal::open_in(self.disk.storage(), at(self.now)).unwrap();
        let Opened::Writable(journal) = opened else { panic!("{opened:?}") };
        let is_told = journal.history().facts().iter().any(|fact| matches!(fact, Fact::SetAside { .. }));
        assert_eq!(is_told, is_torn, "a torn record is told");
        assert!(journal.intents().under_way().is_none());
        self.model.agrees(journal.intents());
        self.journal = Some(journal);
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Append { kind, back, later, detail } => {
                self.now += later;
                let entry = self.entry(*kind, *back, *detail);
                self.append(&entry);
            }
            Command::Search { back } => {
                for _ in 0..LEAST_READINGS {
                    self.now += 300;
                    let entry = self.entry(7, *back, 1);
                    self.append(&entry);
                }
                let entry = self.entry(9, *back, 0);
                self.append(&entry);
            }
            Command::Break(fault) => self.disk.inside().fault = Some(*fault),
            Command::Restart { quarters } => self.restart(*quarters),
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
