//! One record of the journal, or one order of the archive, as one line: the format and the number, the entry as JSON,
//! and a checksum over these and the checksum of the previous record. So no byte and no line can change, and no lines
//! can be reordered, without notice.

use std::fmt::Write as _;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::record_fault::RecordFault;
use super::{FORMAT, OLDEST};
use crate::purchase::intents::JournalEntry;

/// The start of every record in every format. It cannot occur inside a record, because quotes inside are escaped.
pub(super) const HEAD: &[u8] = b"{\"format\":";

/// The start of an entry that records a move to the archive.
const ARCHIVED: &[u8] = b"\"entry\":{\"archived\":";

const BEFORE_CHECK: &[u8] = b",\"check\":\"";
const AFTER_CHECK: &[u8] = b"\"}";
const DIGITS: usize = 64;
pub(super) const TAIL: usize = BEFORE_CHECK.len() + DIGITS + AFTER_CHECK.len();

/// The checksum of a record: SHA-256 in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checksum(String);

impl Checksum {
    /// Returns the checksum that counts as that of the record before the first one: 64 zeros.
    pub(super) fn genesis() -> Self {
        Self("0".repeat(DIGITS))
    }

    pub(super) fn digits(&self) -> &str {
        &self.0
    }

    /// Creates a checksum from stored digits, which are not validated: digits that are not a checksum match no line.
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

/// The entry of a line whose number and checksum are not checked.
#[derive(Deserialize)]
struct Unchecked<T> {
    entry: T,
}

/// Encodes a record as a line with its line end, and returns the line and its checksum.
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

/// Decodes a line without its line end, after checking its format, checksum and number.
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

/// Decodes a record whose line is kept in the archive without the lines before it, so that its checksum cannot be
/// checked.
pub(super) fn entry_of(line: &str) -> Result<JournalEntry, RecordFault> {
    let read = serde_json::from_str(line).map(|read: Unchecked<JournalEntry>| read.entry);
    read.map_err(|error| RecordFault::Json(error.to_string()))
}

/// Returns the number and the checksum of the record that the first line of a journal continues, if the line records a
/// move to the archive; `None` if it is the very first record.
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

/// Returns the number of a line, which is not verified; `None` if the line is malformed.
pub(super) fn seq_of(line: &[u8]) -> Option<u64> {
    let rest = line.strip_prefix(HEAD)?;
    let at = rest.iter().position(|byte| *byte == b',')?;
    let digits = rest.get(at..)?.strip_prefix(b",\"seq\":")?;
    let end = digits.iter().position(|byte| *byte == b',')?;
    std::str::from_utf8(digits.get(..end)?).ok()?.parse().ok()
}

/// Returns the checksum at the end of a line without its line end; `None` if there is none.
pub(super) fn check_at_end(line: &[u8]) -> Option<Checksum> {
    let tail = line.get(line.len().checked_sub(TAIL)?..)?;
    let digits = tail.strip_prefix(BEFORE_CHECK)?.strip_suffix(AFTER_CHECK)?;
    std::str::from_utf8(digits).ok().map(Checksum::from_digits)
}

/// Returns the format number at the start of a line; `None` if the line does not start like a record.
pub(super) fn format_of(line: &[u8]) -> Option<u64> {
    let rest = line.strip_prefix(HEAD)?;
    let end = rest.iter().position(|byte| *byte == b',')?;
    let digits = rest.get(..end)?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}
