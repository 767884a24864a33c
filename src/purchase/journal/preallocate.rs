//! Disk space for records that must not be lost. Where the file system can, it reserves blocks behind the end of the
//! journal; elsewhere a reserve file is released piece by piece.

use std::fs::File;
use std::io::{self, Write as _};

use rustix::fs::{FallocateFlags, fallocate};
use rustix::io::Errno;

/// The smallest allocation of a file, in bytes, and the space that one more record may need beyond its length.
const BLOCK: u64 = 4096;

/// The way in which space is reserved.
#[derive(Debug, Default)]
pub(super) enum SpaceReserve {
    /// As blocks behind the end of the journal, if the file system supports that.
    #[default]
    Blocks,
    /// As a file of `left` bytes beside the journal; without a file, nothing is reserved yet.
    ReserveFile { file: Option<File>, left: u64 },
}

impl SpaceReserve {
    #[cfg(test)]
    pub(super) fn with_reserve_file() -> Self {
        Self::ReserveFile { file: None, left: 0 }
    }

    /// Reserves space for `bytes` bytes at the end of the journal, with a reserve file if the file system cannot
    /// reserve blocks.
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

    /// Releases as much of a reserve file as a record of `bytes` bytes needs.
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

/// Writes the reserve file anew. Its content is not zeros, which some file systems do not store.
fn fill(file: &mut File, bytes: u64) -> io::Result<()> {
    file.set_len(0)?;
    let block: Vec<u8> = (1..=u8::MAX).cycle().take(4096).collect();
    for _ in 0..bytes.div_ceil(BLOCK) {
        file.write_all(&block)?;
    }
    file.sync_all()
}
