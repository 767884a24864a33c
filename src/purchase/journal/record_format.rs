//! One record of the journal, or one order of the archive, as one line: the entry as JSON, its number and the format before it, and behind it
//! a checksum over the line and the checksum of the record before. So no byte, no line and no order
//! of lines can change unnoticed.

use std::fmt::Write as _;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::record_fault::RecordFault;
use super::{FORMAT, OLDEST};
use crate::purchase::intents::JournalEntry;

/// With this every record of every format begins, and nothing inside a record looks like it,
/// because quotes inside are escaped.
pub(super) const HEAD: &[u8] = b"{\"format\":";

/// With this an entry begins that says what was moved to the archive.
const ARCHIVED: &[u8] = b"\"entry\":{\"archived\":";

const BEFORE_CHECK: &[u8] = b",\"check\":\"";
const AFTER_CHECK: &[u8] = b"\"}";
const DIGITS: usize = 64;
pub(super) const TAIL: usize = BEFORE_CHECK.len() + DIGITS + AFTER_CHECK.len();

/// The checksum of a record: SHA-256 in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checksum(String);

impl Checksum {
    /// What stands before the first record.
    pub(super) fn genesis() -> Self {
        Self("0".repeat(DIGITS))
    }

    pub(super) fn digits(&self) -> &str {
        &self.0
    }

    /// A checksum that was written down somewhere; nothing else fits any line.
    pub(super) fn from_digits(digits: &str) -> Self {
        Self(digits.to_owned())
    }

    fn of(previous: &Self, content: &[u8]) -> Self {
        let sum = Sha256::new().chain_update(&previous.0).chain_update(content).finalize();
        let mut digits = String::with_capacity(DIGITS);
        for byte in sum {
            // Writing to a text does not fail.
            let _ = write!(digits, "{byte:02x}");
        }
        Self(digits)
    }
}

#[derive(Serialize)]
struct Written<'a, T> {
    format: u64,
    seq: u64,
    entry: &'a T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<T> {
    format: u64,
    seq: u64,
    entry: T,
}

/// A line with its checksum, which is not looked at.
#[derive(Deserialize)]
struct Unchecked<T> {
    entry: T,
}

/// The line of a record, with its end, and its checksum.
pub(super) fn encode<T: Serialize>(
    seq: u64,
    previous: &Checksum,
    entry: &T,
) -> Result<(Vec<u8>, Checksum), serde_json::Error> {
    let mut line = serde_json::to_vec(&Written { format: FORMAT, seq, entry })?;
    // The last brace comes behind the checksum.
    line.pop();
    let check = Checksum::of(previous, &line);
    line.extend_from_slice(BEFORE_CHECK);
    line.extend_from_slice(check.0.as_bytes());
    line.extend_from_slice(AFTER_CHECK);
    line.push(b'\n');
    Ok((line, check))
}

/// Reads a line without its end.
pub(super) fn decode<T: DeserializeOwned>(
    seq: u64,
    previous: &Checksum,
    line: &[u8],
) -> Result<(T, Checksum), RecordFault> {
    // The format comes first: of a newer one, not even the place of the checksum is known here.
    if let Some(format) = format_of(line).filter(|format| *format > FORMAT) {
        return Err(RecordFault::Newer(format));
    }
    let (content, tail) = line.split_at_checked(line.len().saturating_sub(TAIL)).ok_or(RecordFault::Check)?;
    let check = Checksum::of(previous, content);
    let digits = tail.strip_prefix(BEFORE_CHECK).and_then(|tail| tail.strip_suffix(AFTER_CHECK));
    if digits != Some(check.0.as_bytes()) {
        return Err(RecordFault::Check);
    }
    let json = [content, b"}"].concat();
    let read: Read<T> = serde_json::from_slice(&json).map_err(|error| RecordFault::Json(error.to_string()))?;
    if !(OLDEST..=FORMAT).contains(&read.format) {
        return Err(RecordFault::NoFormat(read.format));
    }
    if read.seq != seq {
        return Err(RecordFault::WrongNumber(read.seq));
    }
    Ok((read.entry, check))
}

/// Reads a record whose line is kept in the archive without those before it, so that its checksum says nothing.
pub(super) fn entry_of(line: &str) -> Result<JournalEntry, RecordFault> {
    let read = serde_json::from_str(line).map(|read: Unchecked<JournalEntry>| read.entry);
    read.map_err(|error| RecordFault::Json(error.to_string()))
}

/// On what a journal goes on whose first line this is: the number and the checksum of the last record before it; `None` if
/// it is the first of all.
pub(super) fn base_of(line: &[u8]) -> Option<(u64, Checksum)> {
    let archived = || {
        let read: Unchecked<JournalEntry> = serde_json::from_slice(line).ok()?;
        let JournalEntry::Archived(archived) = read.entry else { return None };
        Some((archived.base_seq, Checksum::from_digits(&archived.base_check)))
    };
    // Only such a line is read twice.
    let is_likely = line.windows(ARCHIVED.len()).take(64).any(|window| window == ARCHIVED);
    is_likely.then(archived).flatten()
}

/// The number of a line, which is not checked.
pub(super) fn seq_of(line: &[u8]) -> Option<u64> {
    let rest = line.strip_prefix(HEAD)?;
    let at = rest.iter().position(|byte| *byte == b',')?;
    let digits = rest.get(at..)?.strip_prefix(b",\"seq\":")?;
    let end = digits.iter().position(|byte| *byte == b',')?;
    std::str::from_utf8(digits.get(..end)?).ok()?.parse().ok()
}

/// The checksum at the end of a line without its end.
pub(super) fn check_at_end(line: &[u8]) -> Option<Checksum> {
    let tail = line.get(line.len().checked_sub(TAIL)?..)?;
    let digits = tail.strip_prefix(BEFORE_CHECK)?.strip_suffix(AFTER_CHECK)?;
    std::str::from_utf8(digits).ok().map(Checksum::from_digits)
}

/// The number of the format in which a line begins.
pub(super) fn format_of(line: &[u8]) -> Option<u64> {
    let rest = line.strip_prefix(HEAD)?;
    let end = rest.iter().position(|byte| *byte == b',')?;
    let digits = rest.get(..end)?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}
