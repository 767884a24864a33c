//! Moves settled orders from the journal to the archive. Each step is on the disk before the next one.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use jiff::Timestamp;
use uuid::Uuid;

use super::super::error::JournalError;
use super::super::storage::Storage as _;
use super::StoredOrder;
use super::files::{ARCHIVE, ArchiveFiles, INDEX};
use super::index::{Backwards, Indexed};
use super::reader::Forward;
use super::summary::OrderSummary;
use crate::purchase::intents::{Archived, Intents, JournalEntry};
use crate::purchase::journal::directory::JournalDirectory;
use crate::purchase::journal::last_record::{self, LastFileStatus};
use crate::purchase::journal::load::LoadedJournal;
use crate::purchase::journal::parse::{self, Remainder};
use crate::purchase::journal::record_fault::RecordFault;
use crate::purchase::journal::record_format::{self, Checksum};
use crate::testing::failpoint;

/// The minimum number of orders to move, so that this is not done at each start.
pub const MIN_ARCHIVED_ORDERS: usize = 100;

/// The prefix of the file name under which a journal with records of the first format is kept.
const OLD_FORMAT: &str = "journal.format1";
const FIRST_FORMAT: u64 = 1;

/// The journal as it is on the disk before orders are moved.
struct OldJournal {
    intents: Intents,
    /// Its lines without their line ends, and the entries in them.
    lines: Vec<(String, JournalEntry)>,
    seq: u64,
    check: Checksum,
}

/// Moves the orders that nothing needs any more ([`Intents::archivable`]) from the journal in a directory to its
/// archive, if there are at least 100. Returns how many were moved.
///
/// Does nothing while another process is writing, while records may be missing, or while the archive is damaged or
/// holds orders that the journal does not know of. On failure, the journal is unchanged, or complete without the
/// orders.
pub fn archive(directory: &Path, now: Timestamp) -> Result<u64, JournalError> {
    let mut folder = JournalDirectory::enter(directory)?;
    if !folder.lock().map_err(JournalError::Read)? {
        return Ok(0);
    }
    let Some(old) = OldJournal::read(&mut folder)? else { return Ok(0) };
    let files = folder.archive_files().map_err(JournalError::Read)?;
    if files.flaw(old.intents.archived()).is_some() {
        return Ok(0);
    }
    old.archive(&mut folder, &files, now).map_err(JournalError::Write)
}

impl OldJournal {
    /// Reads the journal; `None` if it is not intact, or if an order is under way.
    fn read(folder: &mut JournalDirectory) -> Result<Option<Self>, JournalError> {
        let bytes = folder.read().map_err(JournalError::Read)?;
        let LoadedJournal { reading, last, .. } =
            LoadedJournal::from_bytes(&bytes, &Ok(folder.read_last().map_err(JournalError::Read)?));
        if reading.rest != Remainder::Nothing
            || last != Ok(LastFileStatus::Current)
            || reading.intents.under_way().is_some()
        {
            return Ok(None);
        }
        let text = String::from_utf8(bytes).map_err(|error| JournalError::Read(io::Error::other(error)))?;
        let lines = text.lines().map(|line| Ok((line.to_owned(), record_format::entry_of(line)?)));
        let lines =
            lines.collect::<Result<_, RecordFault>>().map_err(|why| JournalError::Read(io::Error::other(why)))?;
        Ok(Some(Self { intents: reading.intents, lines, seq: reading.records, check: reading.check }))
    }

    fn archive(&self, folder: &mut JournalDirectory, files: &ArchiveFiles, now: Timestamp) -> io::Result<u64> {
        let stored = self.stored(&self.intents.archivable(now));
        if stored.len() < MIN_ARCHIVED_ORDERS {
            return Ok(0);
        }
        let going: BTreeSet<Uuid> = stored.iter().map(|stored| stored.id).collect();
        let Some((file, mut archived)) = self.archive_to_go_on(files)? else { return Ok(0) };
        let rows = append(&file, &stored, &mut archived, &self.intents)?;
        files.sync()?;
        failpoint::hit("archive synced");
        append_to_index(files, &rows)?;
        failpoint::hit("archive index synced");
        (archived.at, archived.base_seq, archived.base_check) = (now, self.seq, self.check.digits().to_owned());
        archived.quarantined_files.clone_from(self.intents.quarantined_files());
        let (journal, seq, check) = self.without(&going, archived)?;
        if !self.is_continued_by(&journal, &going) {
            // The orders that stay would mean something else without the others.
            return Ok(0);
        }
        let new = folder.write_beside(&journal)?;
        if self.lines.iter().any(|(line, _)| record_format::format_of(line.as_bytes()) == Some(FIRST_FORMAT)) {
            folder.keep_old(OLD_FORMAT)?;
            failpoint::hit("archive old journal kept");
        }
        folder.replace_journal(new)?;
        folder.renew_last(&last_record::encode(seq, &check))?;
        failpoint::hit("archive last renewed");
        Ok(going.len() as u64)
    }

    /// Returns the raw lines of the orders, oldest first. Leaves out orders that could not be read back from them.
    fn stored(&self, going: &BTreeSet<Uuid>) -> Vec<StoredOrder> {
        let mut of_order: HashMap<Uuid, VecDeque<&String>> = HashMap::new();
        let mut of_all = Vec::new();
        for (line, entry) in &self.lines {
            match entry.id() {
                Some(id) => of_order.entry(id).or_default().push_back(line),
                None => of_all.push((line, entry)),
            }
        }
        let stored = self.intents.newest_first().filter(|purchase| going.contains(&purchase.intent().id));
        let stored = stored.filter_map(|purchase| {
            let id = purchase.intent().id;
            let mut own = of_order.remove(&id)?;
            let line = |entry: &JournalEntry| match entry.id() {
                Some(_) => own.pop_front().cloned(),
                // What was said of the whole history and made this order doubtful.
                None => of_all.iter().find(|(_, other)| *other == entry).map(|(line, _)| (*line).clone()),
            };
            let records = purchase.records().iter().map(line).collect::<Option<Vec<_>>>()?;
            let stored = StoredOrder { id, records };
            stored.purchase().is_ok_and(|again| again == *purchase).then_some(stored)
        });
        let mut stored: Vec<StoredOrder> = stored.collect();
        stored.reverse();
        stored
    }

    /// Opens the archive, as far as the journal knows of it, for appending. Cuts off what an earlier run added before
    /// it ended, since the journal still has those orders; `None` if the journal does not have them all.
    fn archive_to_go_on(&self, files: &ArchiveFiles) -> io::Result<Option<(File, Archived)>> {
        let known = self.intents.archived().cloned().unwrap_or_else(|| Archived {
            at: Timestamp::UNIX_EPOCH,
            orders: 0,
            length: 0,
            check: Checksum::genesis().digits().to_owned(),
            base_seq: 0,
            base_check: String::new(),
            remaining_records: 0,
            quarantined_files: BTreeSet::new(),
        });
        let file = files.append(ARCHIVE)?;
        let mut behind =
            Forward::from(file.try_clone()?, known.length, known.orders, Checksum::from_digits(&known.check))?;
        loop {
            match behind.next() {
                Ok(Some((stored, _))) if self.intents.purchase(stored.id).is_some() => {}
                Ok(Some(_)) | Err(_) => return Ok(None),
                Ok(None) => break,
            }
        }
        file.set_len(known.length)?;
        Ok(Some((file, known)))
    }

    /// Returns the bytes of the journal without the orders, and the number and the checksum of its last record.
    fn without(&self, going: &BTreeSet<Uuid>, archived: Archived) -> io::Result<(Vec<u8>, u64, Checksum)> {
        let mut first_stays = false;
        let mut staying = Vec::new();
        for (_, entry) in &self.lines {
            // What was said of the whole history goes with the orders before it.
            let stays = match entry.id() {
                Some(id) => !going.contains(&id),
                None => first_stays && !matches!(entry, JournalEntry::Archived(_)),
            };
            first_stays |= stays;
            if stays {
                staying.push(entry);
            }
        }
        let (mut seq, mut check) = (self.seq, self.check.clone());
        let first = JournalEntry::Archived(Box::new(Archived { remaining_records: staying.len() as u64, ..archived }));
        let mut bytes = Vec::new();
        for entry in [&first].into_iter().chain(staying) {
            seq += 1;
            let (line, next) = record_format::encode(seq, &check, entry)?;
            bytes.extend(line);
            check = next;
        }
        Ok((bytes, seq, check))
    }

    /// Returns whether another journal has the same history as this one for all orders that stay.
    fn is_continued_by(&self, journal: &[u8], going: &BTreeSet<Uuid>) -> bool {
        let again = parse::parse_journal(journal);
        let staying = self.intents.newest_first().filter(|purchase| !going.contains(&purchase.intent().id));
        again.rest == Remainder::Nothing
            && again.intents.quarantined_files() == self.intents.quarantined_files()
            && again.intents.loss() == self.intents.loss()
            && again.intents.newest_first().eq(staying)
    }
}

/// Appends orders to the archive, syncs it to the disk, and returns their rows of the index.
fn append(file: &File, stored: &[StoredOrder], archived: &mut Archived, intents: &Intents) -> io::Result<Vec<Indexed>> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    let mut check = Checksum::from_digits(&archived.check);
    let mut rows = Vec::new();
    for order in stored {
        let Some(purchase) = intents.purchase(order.id) else { continue };
        archived.orders += 1;
        let (line, next) = record_format::encode(archived.orders, &check, order)?;
        out.write_all(&line)?;
        let (seq, offset, length) = (archived.orders, archived.length, line.len() as u64);
        rows.push(Indexed { seq, offset, length, order: OrderSummary::from_purchase(purchase) });
        archived.length += length;
        check = next;
    }
    out.flush()?;
    check.digits().clone_into(&mut archived.check);
    failpoint::hit("archive written");
    file.sync_all()?;
    Ok(rows)
}

/// Appends rows to the index, and syncs it to the disk. Rebuilds an index that does not match the archive.
fn append_to_index(files: &ArchiveFiles, rows: &[Indexed]) -> io::Result<()> {
    let file = files.append(INDEX)?;
    let end = rows.first().map_or(0, |row| row.offset);
    // Rows behind that are of orders that were cut off.
    let mut index = Backwards::new(file.try_clone()?)?;
    let cut = loop {
        let cut = index.position();
        match index.next_row() {
            Some(row) if row.end() > end => {}
            Some(row) if row.end() == end => break cut,
            None if end == 0 => break 0,
            Some(_) | None => return rebuild(files),
        }
    };
    file.set_len(cut)?;
    let mut out = BufWriter::with_capacity(1 << 16, &file);
    for row in rows {
        out.write_all(&row.line()?)?;
    }
    out.flush()?;
    failpoint::hit("archive index written");
    file.sync_all()?;
    files.sync()
}

/// Rebuilds the index from the archive.
pub(super) fn rebuild(files: &ArchiveFiles) -> io::Result<()> {
    let Some(archive) = files.read(ARCHIVE)? else { return Ok(()) };
    let new = files.new_index()?;
    let mut out = BufWriter::with_capacity(1 << 16, &new);
    let mut lines = Forward::from_start(archive)?;
    while let Some(row) = lines.next_row().map_err(io::Error::other)? {
        out.write_all(&row.line()?)?;
    }
    out.flush()?;
    failpoint::hit("archive index written");
    new.sync_all()?;
    files.replace_index()
}
