//! Room on the disk for records that must not be lost. The file system sets blocks aside behind the
//! journal's end where it can; elsewhere a reserve file is given up piece by piece.

use std::fs::File;
use std::io::{self, Write as _};

use rustix::fs::{FallocateFlags, fallocate};
use rustix::io::Errno;

/// What a file takes at least, and what one more record may need beyond its length.
const BLOCK: u64 = 4096;

/// How room is kept.
#[derive(Debug, Default)]
pub(super) enum SpaceReserve {
    /// By blocks behind the journal's end, as far as the file system knows how.
    #[default]
    Blocks,
    /// By a file of this length beside the journal; without one, nothing is reserved yet.
    ReserveFile { file: Option<File>, left: u64 },
}

impl SpaceReserve {
    #[cfg(test)]
    pub(super) fn with_reserve_file() -> Self {
        Self::ReserveFile { file: None, left: 0 }
    }

    /// Takes room for so many bytes at the end of the journal.
    pub(super) fn take(
        &mut self,
        journal: &File,
        open_reserve_file: impl FnOnce() -> io::Result<File>,
        bytes: u64,
    ) -> io::Result<()> {
        if matches!(self, Self::Blocks) {
            match set_blocks_aside(journal, bytes) {
                Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => {}
                other => return Ok(other?),
            }
        }
        let mut file = open_reserve_file()?;
        let filled = fill(&mut file, bytes);
        if filled.is_err() {
            // What there is of it would only make the disk fuller.
            let _ = file.set_len(0);
        }
        *self = Self::ReserveFile { file: filled.is_ok().then_some(file), left: bytes };
        filled
    }

    /// Gives up as much as a record of this length needs.
    pub(super) fn release(&mut self, bytes: u64) {
        if let Self::ReserveFile { file: Some(file), left } = self {
            *left = left.saturating_sub(bytes.next_multiple_of(BLOCK) + BLOCK);
            // If nothing can be given up, the record may still find room.
            let _ = file.set_len(*left);
        }
    }
}

fn set_blocks_aside(journal: &File, bytes: u64) -> Result<(), Errno> {
    let end = rustix::fs::fstat(journal)?.st_size;
    loop {
        match fallocate(journal, FallocateFlags::KEEP_SIZE, u64::try_from(end).unwrap_or(0), bytes) {
            Err(Errno::INTR) => {}
            other => return other,
        }
    }
}

/// Writes the reserve file. It is made anew each time, and not of zeros, which some file systems do not
/// store.
fn fill(file: &mut File, bytes: u64) -> io::Result<()> {
    file.set_len(0)?;
    let block: Vec<u8> = (1..=u8::MAX).cycle().take(4096).collect();
    for _ in 0..bytes.div_ceil(BLOCK) {
        file.write_all(&block)?;
    }
    file.sync_all()
}
