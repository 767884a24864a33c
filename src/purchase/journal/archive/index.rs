//! `archive.index`: one line of JSON for each order of the archive, in the same order, read from the end to the
//! beginning.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::summary::OrderSummary;

/// The number of bytes of the index that are read at a time.
const BLOCK: u64 = 64 << 10;

/// An order of the archive, with its position there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Indexed {
    /// The number of its line, from 1.
    pub(super) seq: u64,
    /// The byte offset of its line in the archive.
    pub(super) offset: u64,
    /// The length of its line in bytes, with the line end.
    pub(super) length: u64,
    pub(super) order: OrderSummary,
}

impl Indexed {
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.length)
    }

    /// Returns the SHA-256 of its line, which takes less memory than the row.
    pub(super) fn digest(&self) -> io::Result<[u8; 32]> {
        Ok(Sha256::digest(self.line()?).into())
    }

    /// Returns the row as a line of the index, with its line end.
    pub(super) fn line(&self) -> io::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }
}

/// The rows of an index, last one first. A line that is not a row ends them.
#[derive(Debug)]
pub(super) struct Backwards {
    file: File,
    /// The bytes that were read and not returned as rows yet.
    buffer: Vec<u8>,
    /// The offset of the buffer in the file, in bytes.
    from: u64,
}

impl Backwards {
    /// Creates a reader that starts at the end of the last complete line.
    pub(super) fn new(file: File) -> io::Result<Self> {
        let from = file.metadata()?.len();
        let mut rows = Self { file, buffer: Vec::new(), from };
        // What is behind the last end of a line is being written, or was not written to its end.
        rows.line_start(0)?;
        let whole = rows.buffer.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        rows.buffer.truncate(whole);
        Ok(rows)
    }

    /// Returns the end of the last row that was not returned yet, as a byte offset in the index.
    pub(super) fn position(&self) -> u64 {
        self.from + self.buffer.len() as u64
    }

    /// Returns the start of the last line in the buffer, ignoring line ends in its last `without` bytes. Reads more of
    /// the file until a line end is found or the start of the file is reached.
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
