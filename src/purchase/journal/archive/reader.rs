//! Reading the archive: its lines from an offset on, and its orders from the newest to the oldest by the index.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use super::super::error::JournalError;
use super::StoredOrder;
use super::fault::ArchiveFault;
use super::files::{ARCHIVE, ArchiveFiles, INDEX, check_before};
use super::index::{Backwards, Indexed};
use super::summary::OrderSummary;
use crate::purchase::intents::Purchase;
use crate::purchase::journal::directory::JournalDirectory;
use crate::purchase::journal::record_format::{self, Checksum};

/// The lines of an archive from an offset on, each checked.
pub(super) struct Forward {
    reader: BufReader<File>,
    pub(super) offset: u64,
    /// The number of the previous line.
    pub(super) seq: u64,
    pub(super) check: Checksum,
}

impl Forward {
    /// Creates a reader that starts at an offset, after the line with this number and checksum.
    pub(super) fn from(mut file: File, offset: u64, seq: u64, check: Checksum) -> io::Result<Self> {
        file.seek(SeekFrom::Start(offset))?;
        Ok(Self { reader: BufReader::with_capacity(1 << 16, file), offset, seq, check })
    }

    pub(super) fn from_start(file: File) -> io::Result<Self> {
        Self::from(file, 0, 0, Checksum::genesis())
    }

    /// Reads the next order, and returns it with the length of its line in bytes; `None` at the end. A last line
    /// without a line end was not written completely and does not count.
    pub(super) fn next(&mut self) -> Result<Option<(StoredOrder, u64)>, ArchiveFault> {
        let mut line = Vec::new();
        self.reader.read_until(b'\n', &mut line)?;
        let Some(content) = line.strip_suffix(b"\n") else { return Ok(None) };
        let number = self.seq + 1;
        let wrong = |what| ArchiveFault::Order { number, offset: self.offset, what };
        let (stored, check) = record_format::decode(number, &self.check, content).map_err(wrong)?;
        let length = line.len() as u64;
        (self.seq, self.check) = (number, check);
        self.offset += length;
        Ok(Some((stored, length)))
    }

    /// Reads the next order as a row of the index; `None` at the end.
    pub(super) fn next_row(&mut self) -> Result<Option<Indexed>, ArchiveFault> {
        Ok(self.next_whole()?.map(|(row, _)| row))
    }

    /// Reads the next order as a row of the index, with the number of its records; `None` at the end.
    pub(super) fn next_whole(&mut self) -> Result<Option<(Indexed, u64)>, ArchiveFault> {
        let Some((stored, length)) = self.next()? else { return Ok(None) };
        let (seq, offset) = (self.seq, self.offset - length);
        let purchase = stored.purchase().map_err(|what| ArchiveFault::Order { number: seq, offset, what })?;
        Ok(Some((
            Indexed { seq, offset, length, order: OrderSummary::from_purchase(&purchase) },
            stored.records.len() as u64,
        )))
    }
}

/// An archive that is open for reading. Takes no lock and changes nothing.
#[derive(Debug)]
pub struct Archive {
    archive_files: ArchiveFiles,
}

/// An order of the archive, with its position there.
#[derive(Debug, Clone)]
pub struct ArchivedOrder {
    pub row: OrderSummary,
    /// The byte offset of its line in the archive.
    offset: u64,
    /// The length of its line in bytes, with the line end.
    length: u64,
}

/// The orders of an archive, newest first.
#[derive(Debug)]
pub struct NewestFirst {
    archive: Option<File>,
    /// Rows that were built from the archive itself, newest last.
    made: Vec<Indexed>,
    index: Option<Backwards>,
    /// The end of the next order in the archive, as a byte offset.
    end: u64,
    damage: Option<ArchiveFault>,
}

impl Archive {
    /// Opens the archive in a directory; `None` if the directory is missing. The archive may be empty.
    pub fn open_read_only(directory: &Path) -> Result<Option<Self>, JournalError> {
        let Some(folder) = JournalDirectory::existing(directory)? else { return Ok(None) };
        Ok(Some(Self { archive_files: folder.archive_files().map_err(JournalError::Read)? }))
    }

    /// Returns its orders, newest first. Those in the index are read from there, and those missing from it are read
    /// from the archive.
    pub fn newest_first(&self) -> io::Result<NewestFirst> {
        let archive = self.archive_files.read(ARCHIVE)?;
        let index = self.archive_files.read(INDEX)?.map(Backwards::new).transpose()?;
        NewestFirst::of(archive, index)
    }

    /// Reads an order with its records, and checks its checksum and id.
    pub fn purchase(&self, order: &ArchivedOrder) -> Result<Purchase, ArchiveFault> {
        let read = || {
            let file = self.archive_files.read(ARCHIVE)?.ok_or(io::ErrorKind::NotFound)?;
            let mut line = vec![0; usize::try_from(order.length).map_err(io::Error::other)?];
            file.read_exact_at(&mut line, order.offset)?;
            let check = if order.offset == 0 { Some(Checksum::genesis()) } else { check_before(&file, order.offset)? };
            Ok::<_, io::Error>((line, check))
        };
        let (line, check) = read()?;
        let stored = line.strip_suffix(b"\n").zip(check).and_then(|(line, check)| {
            let seq = record_format::seq_of(line)?;
            record_format::decode::<StoredOrder>(seq, &check, line).ok()
        });
        let stored = stored.filter(|(stored, _)| stored.id == order.row.id);
        let (stored, _) = stored.ok_or(ArchiveFault::Changed { offset: order.offset })?;
        Ok(stored.purchase()?)
    }
}

impl NewestFirst {
    fn of(archive: Option<File>, index: Option<Backwards>) -> io::Result<Self> {
        let mut newest = Self { archive, made: Vec::new(), index, end: 0, damage: None };
        let Some(archive) = &newest.archive else { return Ok(newest) };
        let length = archive.metadata()?.len();
        let last = newest.index.as_mut().and_then(Backwards::next_row).filter(|row| row.end() <= length);
        let check = match &last {
            Some(row) => check_before(archive, row.end())?,
            None => None,
        };
        match last.zip(check) {
            Some((row, check)) => {
                let (end, seq) = (row.end(), row.seq);
                newest.end = row.offset;
                newest.made.push(row);
                if end < length {
                    newest.make(end, seq, check, u64::MAX);
                }
            }
            None => {
                newest.index = None;
                newest.make(0, 0, Checksum::genesis(), u64::MAX);
            }
        }
        Ok(newest)
    }

    /// Reads orders from the archive itself, from one offset up to another, and keeps any damage.
    fn make(&mut self, from: u64, seq: u64, check: Checksum, end: u64) {
        let file = self.archive.as_ref().and_then(|file| file.try_clone().ok());
        let Some(Ok(mut lines)) = file.map(|file| Forward::from(file, from, seq, check)) else { return };
        while lines.offset < end {
            match lines.next_row() {
                Ok(Some(row)) => self.made.push(row),
                Ok(None) => return,
                Err(what) => {
                    self.damage = Some(what);
                    return;
                }
            }
        }
    }

    /// Returns the damage to the archive that was noticed so far, because of which orders are missing.
    pub fn damage(&self) -> Option<&ArchiveFault> {
        self.damage.as_ref()
    }
}

impl Iterator for NewestFirst {
    type Item = ArchivedOrder;

    fn next(&mut self) -> Option<ArchivedOrder> {
        if self.made.is_empty() && self.end > 0 {
            let row = self.index.as_mut().and_then(Backwards::next_row).filter(|row| row.end() == self.end);
            let end = std::mem::take(&mut self.end);
            match row {
                Some(row) => {
                    self.end = row.offset;
                    self.made.push(row);
                }
                // The rest of the index does not belong to this archive.
                None => self.make(0, 0, Checksum::genesis(), end),
            }
        }
        let Indexed { seq: _, offset, length, order: row } = self.made.pop()?;
        Some(ArchivedOrder { row, offset, length })
    }
}
