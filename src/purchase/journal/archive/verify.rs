//! Checks of everything on the disk: each checksum of the journal and of the archive, and whether the index matches the
//! archive.

use std::path::Path;

use super::super::error::{JournalError, Obstacle};
use super::super::storage::Storage as _;
use super::fault::ArchiveFault;
use super::files::{ARCHIVE, ArchiveFiles, INDEX};
use super::index::Backwards;
use super::move_settled::rebuild;
use super::reader::Forward;
use crate::purchase::intents::Intents;
use crate::purchase::journal::directory::JournalDirectory;
use crate::purchase::journal::load::LoadedJournal;

/// The result of checking the journal and its archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// The orders that can be read, each counted once.
    pub orders: u64,
    /// Their records, and those about the whole journal.
    pub records: u64,
    /// The first damage that was found; what comes after it is not counted.
    pub damage: Option<Obstacle>,
    /// Set if the index did not match the archive and was rebuilt.
    pub is_index_renewed: bool,
}

/// Checks the journal and the archive in a directory. Takes the lock only to rebuild the index.
pub fn verify(directory: &Path) -> Result<Verification, JournalError> {
    let Some(mut folder) = JournalDirectory::existing(directory)? else { return Ok(Verification::default()) };
    let found = LoadedJournal::without_lock(&mut folder)?;
    let base = found.reading.base.as_ref().map_or(0, |(seq, _)| *seq);
    let intents = &found.reading.intents;
    let mut verified = Verification {
        orders: intents.len() as u64,
        records: found.reading.records - base,
        damage: found.flaw().or_else(|| found.last.err().or_else(|| intents.loss()).map(Obstacle::RecordsLost)),
        is_index_renewed: false,
    };
    let archive_files = folder.archive_files().map_err(JournalError::Read)?;
    let damaged = |what| Obstacle::ArchiveDamaged { what };
    let is_indexed = match check(&archive_files, intents, &mut verified).map_err(JournalError::Read)? {
        Ok(is_indexed) => is_indexed,
        Err(what) => {
            verified.damage = verified.damage.or(Some(damaged(what)));
            return Ok(verified);
        }
    };
    if let Some(what) = archive_files.flaw(intents.archived()) {
        verified.damage = verified.damage.or(Some(damaged(what)));
    } else if !is_indexed && folder.lock().map_err(JournalError::Read)? {
        rebuild(&archive_files).map_err(JournalError::Write)?;
        verified.is_index_renewed = true;
    }
    Ok(verified)
}

/// Counts the orders and records that are in the archive and not in the journal. Returns whether each row of the index
/// is right, or the damage.
fn check(
    archive_files: &ArchiveFiles,
    intents: &Intents,
    verified: &mut Verification,
) -> std::io::Result<Result<bool, ArchiveFault>> {
    let Some(archive) = archive_files.read(ARCHIVE)? else { return Ok(Ok(true)) };
    let mut rows = Vec::new();
    let mut lines = Forward::from_start(archive)?;
    loop {
        match lines.next_whole() {
            Ok(Some((row, records))) => {
                if intents.purchase(row.order.id).is_none() {
                    verified.orders += 1;
                    verified.records += records;
                }
                rows.push(row.digest()?);
            }
            Ok(None) => break,
            Err(what) => return Ok(Err(what)),
        }
    }
    let Some(mut index) = archive_files.read(INDEX)?.map(Backwards::new).transpose()? else {
        return Ok(Ok(rows.is_empty()));
    };
    while let Some(row) = index.next_row() {
        if rows.pop() != Some(row.digest()?) {
            return Ok(Ok(false));
        }
    }
    Ok(Ok(rows.is_empty() && index.position() == 0))
}
