//! `archive.index`: a line of JSON for each order of the archive, in the same order, read from the end to the beginning.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::summary::OrderSummary;

/// How much of the index is read at a time, in bytes.
const BLOCK: u64 = 64 << 10;

/// An order of the archive, and where it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Indexed {
    /// The number of its line, from 1.
    pub(super) seq: u64,
    /// Where its line begins, in bytes.
    pub(super) offset: u64,
    /// How long it is, with its end.
    pub(super) length: u64,
    pub(super) order: OrderSummary,
}

impl Indexed {
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.length)
    }

    /// SHA-256 of its line, which takes less room than the row.
    pub(super) fn digest(&self) -> io::Result<[u8; 32]> {
        Ok(Sha256::digest(self.line()?).into())
    }

    /// Its line, with its end.
    pub(super) fn line(&self) -> io::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }
}

/// The rows of an index, the last one first. A line that is none ends them.
#[derive(Debug)]
pub(super) struct Backwards {
    file: File,
    /// What was read and not given out.
    buffer: Vec<u8>,
    /// Where it begins in the file.
    from: u64,
}

impl Backwards {
    /// Begins behind the last whole line.
    pub(super) fn new(file: File) -> io::Result<Self> {
        let from = file.metadata()?.len();
        let mut rows = Self { file, buffer: Vec::new(), from };
        // What is behind the last end of a line is being written, or was not written to its end.
        rows.line_start(0)?;
        let whole = rows.buffer.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        rows.buffer.truncate(whole);
        Ok(rows)
    }

    /// Where the last row ends that was not given out, in bytes of the index.
    pub(super) fn position(&self) -> u64 {
        self.from + self.buffer.len() as u64
    }

    /// Reads until an end of a line is in the buffer, not counting so many bytes at its end, or until the file begins.
    fn line_start(&mut self, without: usize) -> io::Result<usize> {
        loop {
            let searched = self.buffer.get(..self.buffer.len().saturating_sub(without)).unwrap_or_default();
            if let Some(at) = searched.iter().rposition(|byte| *byte == b'\n') {
                return Ok(at + 1);
            }
            if self.from == 0 {
                return Ok(0);
            }
            let count = BLOCK.min(self.from);
            self.from -= count;
            let mut block = vec![0; usize::try_from(count).unwrap_or_default()];
            self.file.read_exact_at(&mut block, self.from)?;
            block.append(&mut self.buffer);
            self.buffer = block;
        }
    }

    pub(super) fn next_row(&mut self) -> Option<Indexed> {
        let start = self.line_start(1).ok()?;
        let line = self.buffer.get(start..)?.strip_suffix(b"\n")?;
        let row = serde_json::from_slice(line).ok()?;
        self.buffer.truncate(start);
        Some(row)
    }
}
