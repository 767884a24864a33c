//! Parses the bytes of a journal, which may be anything. Every record before the first fault is accepted; the kind of
//! fault decides whether the journal can be continued.

use super::record_fault::RecordFault;
use super::record_format::{self, Checksum, HEAD};
use crate::purchase::intents::Intents;

/// The result of parsing the bytes of a journal.
#[derive(Debug)]
pub(super) struct ParsedJournal {
    pub(super) intents: Intents,
    /// The number of the last record.
    pub(super) records: u64,
    /// The checksum of the last record.
    pub(super) check: Checksum,
    /// The checksum of the record before the last one.
    pub(super) before: Checksum,
    /// The number and the checksum of the record before the first one, if that is in the journal no longer.
    pub(super) base: Option<(u64, Checksum)>,
    /// The newest format of any record, 0 if there are none.
    pub(super) format: u64,
    /// The length of all records in bytes.
    pub(super) end: usize,
    pub(super) rest: Remainder,
}

/// The bytes after the last record that can be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Remainder {
    Nothing,
    /// One record that was not written completely, or was damaged: nothing comes after it.
    Torn,
    Damaged(RecordFault),
    Newer(u64),
}

pub(super) fn parse_journal(bytes: &[u8]) -> ParsedJournal {
    let mut reading = ParsedJournal {
        intents: Intents::default(),
        records: 0,
        check: Checksum::genesis(),
        before: Checksum::genesis(),
        base: None,
        format: 0,
        end: 0,
        rest: Remainder::Nothing,
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

impl ParsedJournal {
    /// Returns whether no record was added since orders were moved to the archive.
    pub(super) fn is_just_archived(&self) -> bool {
        let kept =
            self.intents.archived().map(|archived| archived.base_seq.saturating_add(archived.remaining_records) + 1);
        kept == Some(self.records)
    }

    fn take(&mut self, line: &[u8], is_last: bool) -> Result<(), Remainder> {
        let base = if self.end == 0 { record_format::base_of(line) } else { None };
        let (before, previous) = base.clone().unwrap_or_else(|| (self.records, self.check.clone()));
        let seq = before.saturating_add(1);
        let (entry, check) = record_format::decode(seq, &previous, line).map_err(|flaw| match flaw {
            RecordFault::Check if is_last && !holds_two(line) => Remainder::Torn,
            RecordFault::Newer(format) => Remainder::Newer(format),
            flaw => Remainder::Damaged(flaw),
        })?;
        self.intents.apply(&entry).map_err(|impossible| Remainder::Damaged(impossible.into()))?;
        self.records = seq;
        (self.before, self.check) = (previous, check);
        self.base = base.or(self.base.take());
        self.format = self.format.max(record_format::format_of(line).unwrap_or_default());
        self.end += line.len() + 1;
        Ok(())
    }
}

/// Classifies a last line without a line end. Whatever it contains, the program never continued after it.
fn unfinished(line: &[u8]) -> Remainder {
    match record_format::format_of(line) {
        Some(format) if format > super::FORMAT => Remainder::Newer(format),
        Some(_) | None if holds_two(line) => Remainder::Damaged(RecordFault::NoLineEnd),
        Some(_) | None => Remainder::Torn,
    }
}

/// Returns whether a second record begins inside the line. Then a complete record was written before it, and what looks
/// like a torn end is damage that hides that record.
fn holds_two(line: &[u8]) -> bool {
    line.windows(HEAD.len()).skip(1).any(|window| window == HEAD)
}
