//! A disk in memory: what was synced, what was only written, how much space there is, and one fault injected into a
//! call.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::purchase::journal::last_record;
use crate::purchase::journal::parse;
use crate::purchase::journal::{JournalMoved, Storage};

/// A disk that outlives the programs that use it.
#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<Mutex<Inside>>);

#[derive(Debug)]
pub struct Inside {
    synced: Vec<u8>,
    written: Vec<u8>,
    last_synced: Option<Vec<u8>>,
    last_written: Option<Vec<u8>>,
    aside: Vec<(String, Vec<u8>)>,
    exists: bool,
    is_locked: bool,
    /// Set if the paths lead to other files by now.
    pub is_displaced: bool,
    pub room: u64,
    pub reserved: u64,
    /// The names of the calls since this was last cleared.
    pub calls: Vec<&'static str>,
    /// The call that fails, counted from when `calls` was cleared, or by its name.
    pub fault: Option<Fault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    AtCall(usize),
    In(&'static str),
    /// The program panics in this call.
    PanicIn(&'static str),
    /// Writes take no more bytes than this at a time.
    ShortWrites(usize),
    /// So many bytes are written, and then the write fails.
    WriteAfter(usize),
}

impl Default for Inside {
    fn default() -> Self {
        Self {
            synced: Vec::new(),
            written: Vec::new(),
            last_synced: None,
            last_written: None,
            aside: Vec::new(),
            exists: false,
            is_locked: false,
            is_displaced: false,
            room: u64::MAX,
            reserved: 0,
            calls: Vec::new(),
            fault: None,
        }
    }
}

/// Returns the content of `journal.last` for a journal with these bytes.
pub fn naming_the_end_of(bytes: &[u8]) -> Vec<u8> {
    let reading = parse::parse_journal(bytes);
    last_record::encode(reading.records, &reading.check)
}

/// The access of one program to the disk, with its lock.
#[derive(Debug)]
struct Access {
    disk: Disk,
    has_lock: bool,
}

impl Disk {
    /// Creates a disk with these bytes as its journal, and a `journal.last` that names the last record.
    pub fn with(bytes: &[u8]) -> Self {
        Self::holding(bytes, Some(&naming_the_end_of(bytes)))
    }

    /// Creates a disk with these bytes as its journal, and these as its `journal.last`.
    pub fn holding(bytes: &[u8], last: Option<&[u8]>) -> Self {
        let disk = Self::default();
        disk.put(bytes);
        disk.put_last(last);
        disk
    }

    pub fn inside(&self) -> MutexGuard<'_, Inside> {
        // A test that failed while it held the disk has said so already.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn storage(&self) -> Box<dyn Storage> {
        Box::new(Access { disk: self.clone(), has_lock: false })
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.inside().written.clone()
    }

    pub fn put(&self, bytes: &[u8]) {
        let mut inside = self.inside();
        inside.synced = bytes.to_vec();
        inside.written = bytes.to_vec();
        inside.exists = true;
    }

    pub fn last(&self) -> Option<Vec<u8>> {
        self.inside().last_written.clone()
    }

    pub fn put_last(&self, bytes: Option<&[u8]>) {
        let mut inside = self.inside();
        inside.last_synced = bytes.map(<[u8]>::to_vec);
        inside.last_written = bytes.map(<[u8]>::to_vec);
    }

    pub fn aside(&self) -> Vec<(String, Vec<u8>)> {
        self.inside().aside.clone()
    }

    /// Returns the number of bytes that were written and not synced.
    pub fn unsynced(&self) -> usize {
        let inside = self.inside();
        inside.written.len() - inside.synced.len()
    }

    /// Simulates a power cut after which `kept` of the unsynced bytes remain. An unsynced `journal.last` remains if
    /// `is_last_kept` is set.
    pub fn power_cut(&self, kept: usize, is_last_kept: bool) {
        let mut inside = self.inside();
        if is_last_kept {
            inside.last_synced = inside.last_written.clone();
        } else {
            inside.last_written = inside.last_synced.clone();
        }
        let length = inside.synced.len().saturating_add(kept).min(inside.written.len());
        inside.written.truncate(length);
        inside.synced = inside.written.clone();
        inside.fault = None;
    }
}

impl Access {
    fn call(&self, name: &'static str) -> io::Result<MutexGuard<'_, Inside>> {
        let mut inside = self.disk.inside();
        inside.calls.push(name);
        match inside.fault {
            Some(Fault::AtCall(number)) if number + 1 == inside.calls.len() => Err(io::Error::other("planted")),
            Some(Fault::In(faulty)) if faulty == name => Err(io::Error::other("planted")),
            Some(Fault::PanicIn(faulty)) if faulty == name => panic!("planted"),
            Some(
                Fault::AtCall(_) | Fault::In(_) | Fault::PanicIn(_) | Fault::ShortWrites(_) | Fault::WriteAfter(_),
            )
            | None => Ok(inside),
        }
    }
}

impl Drop for Access {
    fn drop(&mut self) {
        if self.has_lock {
            self.disk.inside().is_locked = false;
        }
    }
}

impl Storage for Access {
    fn lock(&mut self) -> io::Result<bool> {
        let mut inside = self.call("lock")?;
        let is_free = !inside.is_locked;
        inside.is_locked = true;
        drop(inside);
        self.has_lock = is_free;
        Ok(is_free)
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.call("read")?.written.clone())
    }

    fn create(&mut self) -> io::Result<bool> {
        let mut inside = self.call("begin")?;
        let is_new = !inside.exists;
        inside.exists = true;
        Ok(is_new)
    }

    fn check_identity(&mut self, expected: u64) -> Result<(), JournalMoved> {
        let path = PathBuf::from("journal.jsonl");
        let inside = match self.call("check_identity") {
            Ok(inside) => inside,
            Err(source) => return Err(JournalMoved::Unreachable { path, source }),
        };
        let found = inside.written.len() as u64;
        if inside.is_displaced {
            Err(JournalMoved::Replaced { path })
        } else if found != expected {
            Err(JournalMoved::Length { path, expected, found })
        } else {
            Ok(())
        }
    }

    fn reserve(&mut self, bytes: u64) -> io::Result<()> {
        let mut inside = self.call("reserve")?;
        let more = bytes.saturating_sub(inside.reserved);
        if more > inside.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        inside.room -= more;
        inside.reserved += more;
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut inside = self.call("write")?;
        let most = match inside.fault {
            Some(Fault::ShortWrites(most)) => most,
            Some(Fault::WriteAfter(0)) => return Err(io::Error::other("planted")),
            Some(Fault::WriteAfter(most)) => {
                inside.fault = Some(Fault::WriteAfter(most.saturating_sub(bytes.len())));
                most
            }
            Some(Fault::AtCall(_) | Fault::In(_) | Fault::PanicIn(_)) | None => usize::MAX,
        };
        let room = usize::try_from(inside.room.saturating_add(inside.reserved)).unwrap_or(usize::MAX);
        let count = bytes.len().min(most).min(room);
        if count == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let from_reserve = inside.reserved.min(count as u64);
        inside.reserved -= from_reserve;
        inside.room -= count as u64 - from_reserve;
        inside.written.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut inside = self.call("sync")?;
        inside.synced = inside.written.clone();
        Ok(())
    }

    fn read_last(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(self.call("read_last")?.last_written.clone())
    }

    fn renew_last(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut inside = self.call("renew_last")?;
        inside.last_written = Some(bytes.to_vec());
        inside.last_synced = Some(bytes.to_vec());
        Ok(())
    }

    fn write_last(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut inside = self.call("write_last")?;
        let length = inside.last_written.as_ref().map(Vec::len);
        assert_eq!(length, Some(bytes.len()), "it is overwritten in place");
        inside.last_written = Some(bytes.to_vec());
        Ok(())
    }

    fn sync_last(&mut self) -> io::Result<()> {
        let mut inside = self.call("sync_last")?;
        assert_eq!(inside.synced, inside.written, "the record comes first");
        inside.last_synced = inside.last_written.clone();
        Ok(())
    }

    fn quarantine(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut inside = self.call("quarantine")?;
        if inside.aside.iter().any(|(there, _)| there == name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        inside.aside.push((name.to_owned(), bytes.to_vec()));
        Ok(())
    }

    fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>> {
        let inside = self.call("quarantined_files")?;
        Ok(inside.aside.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        let mut inside = self.call("cut")?;
        inside.written.truncate(usize::try_from(length).unwrap());
        inside.synced = inside.written.clone();
        Ok(())
    }
}
