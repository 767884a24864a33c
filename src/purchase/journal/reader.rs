//! Reads the bytes of a journal, which may be anything. Every record before the first flaw is
//! taken; what the flaw is decides whether the journal may go on.

use super::line::{self, Check, Flaw, HEAD};
use crate::purchase::intents::Intents;
use crate::words::tr;

/// What the bytes say.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) intents: Intents,
    /// The number of the last record.
    pub(super) records: u64,
    /// The checksum of the last of them.
    pub(super) check: Check,
    /// The checksum of the one before that.
    pub(super) before: Check,
    /// On what the first record goes on: the number and the checksum of a record that is not here any more.
    pub(super) base: Option<(u64, Check)>,
    /// The newest format of any of them, 0 if there are none.
    pub(super) format: u64,
    /// How many bytes they take.
    pub(super) end: usize,
    pub(super) rest: Rest,
}

/// What comes behind the last record that can be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rest {
    Nothing,
    /// One record that was not written to its end, or was damaged: nothing comes after it.
    Torn,
    Damaged(String),
    Newer(u64),
}

pub(super) fn read(bytes: &[u8]) -> Reading {
    let mut reading = Reading {
        intents: Intents::default(),
        records: 0,
        check: Check::genesis(),
        before: Check::genesis(),
        base: None,
        format: 0,
        end: 0,
        rest: Rest::Nothing,
    };
    loop {
        let rest = bytes.get(reading.end..).unwrap_or_default();
        if rest.is_empty() {
            return reading;
        }
        let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
            reading.rest = unfinished(rest);
            return reading;
        };
        let (line, behind) = rest.split_at(length);
        let is_last = behind.len() == 1;
        if let Err(rest) = reading.take(line, is_last) {
            reading.rest = rest;
            return reading;
        }
    }
}

impl Reading {
    /// Whether nothing was recorded since orders were moved to the archive.
    pub(super) fn is_just_archived(&self) -> bool {
        let kept = self.intents.archived().map(|archived| archived.base_seq.saturating_add(archived.kept) + 1);
        kept == Some(self.records)
    }

    fn take(&mut self, line: &[u8], is_last: bool) -> Result<(), Rest> {
        let base = if self.end == 0 { line::base_of(line) } else { None };
        let (before, previous) = base.clone().unwrap_or_else(|| (self.records, self.check.clone()));
        let seq = before.saturating_add(1);
        let (entry, check) = line::decode(seq, &previous, line).map_err(|flaw| match flaw {
            Flaw::Check if is_last && !holds_two(line) => Rest::Torn,
            Flaw::Check => Rest::Damaged(tr!("it is not what was written")),
            Flaw::Newer(format) => Rest::Newer(format),
            Flaw::Meaning(what) => Rest::Damaged(what),
        })?;
        self.intents.apply(&entry).map_err(|impossible| Rest::Damaged(impossible.to_string()))?;
        self.records = seq;
        (self.before, self.check) = (previous, check);
        self.base = base.or(self.base.take());
        self.format = self.format.max(line::format_of(line).unwrap_or_default());
        self.end += line.len() + 1;
        Ok(())
    }
}

/// A line without its end: the program never went on after it, whatever it says.
fn unfinished(line: &[u8]) -> Rest {
    match line::format_of(line) {
        Some(format) if format > super::FORMAT => Rest::Newer(format),
        Some(_) | None if holds_two(line) => Rest::Damaged(tr!("the end of its line is missing")),
        Some(_) | None => Rest::Torn,
    }
}

/// Whether a second record begins inside. Then a whole one was written before it, and what looks
/// like a torn end is damage that hides it.
fn holds_two(line: &[u8]) -> bool {
    line.windows(HEAD.len()).skip(1).any(|window| window == HEAD)
}
