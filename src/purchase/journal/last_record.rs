//! `journal.last`: the number and the checksum of the last record, in a file of its own, so that a journal that was
//! truncated exactly after a record is noticed.
//!
//! It is written after its record is on the disk and before anything acts on that record, so it may be one record
//! behind and is never ahead. It cannot be torn: it is created by renaming, and from then on overwritten in place,
//! always 128 bytes from the start of the file with a single write. They lie within one page, whose copying no signal
//! interrupts, and within one sector of the disk.

use serde::Deserialize;

use super::FIRST_WITH_LAST;
use super::parse::ParsedJournal;
use super::record_format::Checksum;
use crate::purchase::intents::Loss;

/// The length of the file in bytes.
pub(super) const LENGTH: usize = 128;

/// The relation of `journal.last` to the journal, if the two match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastFileStatus {
    /// It names the last record.
    Current,
    /// It names the record before the last one: the program ended before it updated the file.
    Behind,
    /// There is none, and none is expected: the journal is empty, or its format is older than this file.
    Absent,
}

#[derive(Deserialize)]
struct LastFileContent {
    seq: u64,
}

/// Encodes the number and the checksum of a record as one line of JSON, padded with spaces to [`LENGTH`] bytes.
pub(super) fn encode(seq: u64, check: &Checksum) -> Vec<u8> {
    let json = format!(r#"{{"seq":{seq},"check":"{}"}}"#, check.digits());
    format!("{json:<width$}\n", width = LENGTH - 1).into_bytes()
}

/// Compares `journal.last` with the journal. If they do not match, the error is the loss to record.
pub(super) fn compare(reading: &ParsedJournal, last: Option<&[u8]>) -> Result<LastFileStatus, Loss> {
    let found = reading.records;
    let before = found.checked_sub(1);
    let loss = |expected| Err(Loss { expected, found });
    match last {
        None if found == 0 || reading.format < FIRST_WITH_LAST => Ok(LastFileStatus::Absent),
        None => loss(None),
        Some(last) if last == encode(found, &reading.check) => Ok(LastFileStatus::Current),
        // The program ended between putting a new journal in the place of the old one and writing this.
        Some(last)
            if reading.is_just_archived()
                && reading.base.as_ref().is_some_and(|(seq, check)| last == encode(*seq, check)) =>
        {
            Ok(LastFileStatus::Behind)
        }
        Some(last) if before.is_some_and(|before| last == encode(before, &reading.before)) => {
            Ok(LastFileStatus::Behind)
        }
        Some(last) => loss(serde_json::from_slice(last).ok().map(|named: LastFileContent| named.seq)),
    }
}
