//! One record as one line: the entry as JSON, its number and the format before it, and behind it
//! a checksum over the line and the checksum of the record before. So no byte, no line and no order
//! of lines can change unnoticed.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{FORMAT, OLDEST};
use crate::purchase::intents::Entry;
use crate::words::tr;

/// With this every record of every format begins, and nothing inside a record looks like it,
/// because quotes inside are escaped.
pub(super) const HEAD: &[u8] = b"{\"format\":";

const BEFORE_CHECK: &[u8] = b",\"check\":\"";
const AFTER_CHECK: &[u8] = b"\"}";
const DIGITS: usize = 64;
const TAIL: usize = BEFORE_CHECK.len() + DIGITS + AFTER_CHECK.len();

/// The checksum of a record: SHA-256 in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Check(String);

impl Check {
    /// What stands before the first record.
    pub(super) fn genesis() -> Self {
        Self("0".repeat(DIGITS))
    }

    pub(super) fn digits(&self) -> &str {
        &self.0
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

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It is not what was written, or not all of it.
    Check,
    /// It is what was written, by a program that knows more.
    Newer(u64),
    /// It is what was written, and means nothing here.
    Meaning(String),
}

#[derive(Serialize)]
struct Written<'a> {
    format: u64,
    seq: u64,
    entry: &'a Entry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    format: u64,
    seq: u64,
    entry: Entry,
}

/// The line of a record, with its end, and its checksum.
pub(super) fn encode(seq: u64, previous: &Check, entry: &Entry) -> Result<(Vec<u8>, Check), serde_json::Error> {
    let mut line = serde_json::to_vec(&Written { format: FORMAT, seq, entry })?;
    // The last brace comes behind the checksum.
    line.pop();
    let check = Check::of(previous, &line);
    line.extend_from_slice(BEFORE_CHECK);
    line.extend_from_slice(check.0.as_bytes());
    line.extend_from_slice(AFTER_CHECK);
    line.push(b'\n');
    Ok((line, check))
}

/// Reads a line without its end.
pub(super) fn decode(seq: u64, previous: &Check, line: &[u8]) -> Result<(Entry, Check), Flaw> {
    // The format comes first: of a newer one, not even the place of the checksum is known here.
    if let Some(format) = format_of(line).filter(|format| *format > FORMAT) {
        return Err(Flaw::Newer(format));
    }
    let (content, tail) = line.split_at_checked(line.len().saturating_sub(TAIL)).ok_or(Flaw::Check)?;
    let check = Check::of(previous, content);
    let digits = tail.strip_prefix(BEFORE_CHECK).and_then(|tail| tail.strip_suffix(AFTER_CHECK));
    if digits != Some(check.0.as_bytes()) {
        return Err(Flaw::Check);
    }
    let json = [content, b"}"].concat();
    let read: Read = serde_json::from_slice(&json).map_err(|error| Flaw::Meaning(error.to_string()))?;
    if !(OLDEST..=FORMAT).contains(&read.format) {
        return Err(Flaw::Meaning(tr!("there is no format {format}", format = read.format)));
    }
    if read.seq != seq {
        return Err(Flaw::Meaning(tr!("it has the number {number}", number = read.seq)));
    }
    Ok((read.entry, check))
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
