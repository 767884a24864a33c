//! The drafts of one state directory: each is a small, versioned JSON file, readable only by its owner and named after
//! the draft. A file that cannot be read is quarantined, and never overwritten.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::{Draft, DraftId, SavedDraft, StoredDraft};
use crate::config::{self};
use crate::i18n::tr;

use crate::text::relative_time::relative_time;

use super::draft_error::{DraftError, UnreadDraft};

/// The version in which files are written.
const VERSION: u32 = 3;

/// The drafts of one state directory, or of none if there is no home. Clones share their state.
#[derive(Debug, Clone)]
pub struct DraftStore {
    state_dir: Option<PathBuf>,
    known: Arc<Mutex<HashMap<DraftId, DraftFileState>>>,
    last_sequence: Arc<AtomicU64>,
    /// Drafts to be written in the background.
    queue: Arc<Mutex<Vec<(SavedDraft, WriteSequence)>>>,
}

/// The file of a draft, as known to this run.
#[derive(Debug, Clone)]
struct DraftFileState {
    /// The last part of the file name.
    id: String,
    file: Option<PathBuf>,
    sequence: u64,
}

/// Sequence number of a write request. The later request wins, whichever is executed first.
#[derive(Debug, Clone, Copy)]
pub struct WriteSequence(u64);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFile {
    version: u32,
    #[serde(alias = "at")]
    saved_at: Timestamp,
    /// Called `kept` in version 2.
    #[serde(alias = "kept")]
    form: SavedDraft,
}

/// The part of a file that all versions share.
#[derive(Deserialize)]
struct FileVersion {
    version: u32,
}

/// The only draft of version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFileV1 {
    #[expect(dead_code, reason = "it was looked at before")]
    version: u32,
    kept: DraftV1,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftV1 {
    draft: Draft,
    typed: Vec<String>,
}

impl DraftStore {
    pub fn new(state_dir: Option<&Path>) -> Self {
        let state_dir = state_dir.map(Path::to_owned);
        Self { state_dir, known: Arc::default(), last_sequence: Arc::default(), queue: Arc::default() }
    }

    /// Returns whether the drafts belong to this state directory.
    pub fn is_in(&self, state_dir: Option<&Path>) -> bool {
        self.state_dir.as_deref() == state_dir
    }

    /// Returns the next sequence number, for a request made now.
    pub fn next_sequence(&self) -> WriteSequence {
        WriteSequence(self.last_sequence.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<DraftId, DraftFileState>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a draft, unless a request with a later sequence number has written or forgotten it already.
    pub fn save(&self, saved: &SavedDraft, sequence: WriteSequence) -> Result<(), DraftError> {
        self.write(&mut self.known(), saved, sequence, Timestamp::now())
    }

    /// Queues a draft for `save_queued`.
    pub fn queue(&self, saved: SavedDraft) {
        let sequence = self.next_sequence();
        self.queued().push((saved, sequence));
    }

    fn queued(&self) -> MutexGuard<'_, Vec<(SavedDraft, WriteSequence)>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the latest version of each queued draft; returns those that failed, with the reason. Holds the lock until
    /// all are written, so no write is in progress when it returns.
    pub fn save_queued(&self) -> Vec<(SavedDraft, DraftError)> {
        let mut known = self.known();
        let queued = std::mem::take(&mut *self.queued());
        let mut failed = Vec::new();
        for (at, (saved, sequence)) in queued.iter().enumerate() {
            let is_latest = queued[at + 1..].iter().all(|(later, _)| later.id != saved.id);
            if is_latest && let Err(why) = self.write(&mut known, saved, *sequence, Timestamp::now()) {
                failed.push((saved.clone(), why));
            }
        }
        failed
    }

    fn write(
        &self,
        known: &mut HashMap<DraftId, DraftFileState>,
        saved: &SavedDraft,
        sequence: WriteSequence,
        at: Timestamp,
    ) -> Result<(), DraftError> {
        let dir = self.state_dir.as_deref().map(config::drafts_dir).ok_or(DraftError::NoHome)?;
        let entry = known.entry(saved.id.clone()).or_insert_with(|| DraftFileState::new(&saved.id));
        if entry.sequence > sequence.0 {
            return Ok(());
        }
        let mut file = dir.join(format!("{}-{}.json", file_name(saved.name()), entry.id));
        // What others may change, or a link, is not written over: the draft goes beside it.
        if crate::fs_private::read_private(&file).is_err() {
            entry.id = new_id();
            entry.file = None;
            file = dir.join(format!("{}-{}.json", file_name(saved.name()), entry.id));
        }
        let bytes = serde_json::to_vec_pretty(&DraftFile { version: VERSION, saved_at: at, form: saved.clone() });
        crate::fs_private::write_private(&file, &bytes?)?;
        entry.sequence = sequence.0;
        // The draft has another name now. If the old file stays, the newer of the two counts.
        if let Some(old) = entry.file.replace(file.clone()).filter(|old| *old != file) {
            let _ = crate::fs_private::remove_private(&old);
        }
        Ok(())
    }

    /// Removes the file of a draft that was ordered or is not wanted any more.
    pub fn forget(&self, id: &DraftId, sequence: WriteSequence) -> Result<(), DraftError> {
        let mut known = self.known();
        let entry = known.entry(id.clone()).or_insert_with(|| DraftFileState::new(id));
        entry.sequence = sequence.0;
        let file = entry.file.take();
        Ok(file.map_or(Ok(()), |file| crate::fs_private::remove_private(&file))?)
    }

    /// Returns all drafts, the newest first, and a sentence for each problem with the others. `now` is called only if
    /// there is a draft: local time requires a search of the time zones.
    pub fn list(&self, now: impl FnOnce() -> Zoned) -> (Vec<StoredDraft>, Vec<String>) {
        let now = LazyCell::new(now);
        let Some(state_dir) = self.state_dir.as_deref() else { return (Vec::new(), Vec::new()) };
        let mut notices = Vec::new();
        notices.extend(self.migrate_v1(state_dir).map(|why| why.to_string()));
        let files = match crate::fs_private::json_files(&config::drafts_dir(state_dir)) {
            Ok(files) => files,
            Err(error) => {
                notices.push(tr!("The drafts cannot be read: {error}.", error));
                return (Vec::new(), notices);
            }
        };
        let mut found: Vec<(String, PathBuf, DraftFile)> = Vec::new();
        for path in files {
            match read(&path) {
                Ok(Some(file)) => found.push((id_of(&path), path, file)),
                Ok(None) => {}
                Err(why) => notices.push(why.to_string()),
            }
        }
        found.sort_by_key(|(_, _, file)| std::cmp::Reverse(file.saved_at));
        let mut drafts: Vec<StoredDraft> = Vec::new();
        let mut known = self.known();
        for (name, path, DraftFile { saved_at, form, .. }) in found {
            let of_this_run = known.iter().find(|(_, one)| one.id == name).map(|(id, _)| id.clone());
            let id = of_this_run.unwrap_or(DraftId::Saved(name));
            // A file of the same draft under an older name.
            if drafts.iter().any(|other| other.saved.id == id) {
                continue;
            }
            known.entry(id.clone()).or_insert_with(|| DraftFileState::new(&id)).file = Some(path);
            drafts.push(StoredDraft {
                saved: SavedDraft { id, ..form },
                when: relative_time(saved_at, &now),
                is_unsaved: false,
            });
        }
        (drafts, notices)
    }

    /// Moves the draft of version 1 to the current format; returns the problem, if any.
    fn migrate_v1(&self, state_dir: &Path) -> Option<UnreadDraft> {
        let path = config::draft_file(state_dir);
        let bytes = match crate::fs_private::read_private(&path) {
            Ok(bytes) => bytes?,
            Err(error) => return Some(UnreadDraft::File(error)),
        };
        let Ok(DraftFileV1 { kept: DraftV1 { draft, typed }, .. }) = serde_json::from_slice(&bytes) else {
            return Some(UnreadDraft::damaged(&path));
        };
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let id = DraftId::Saved(new_id());
        let saved = SavedDraft { id, ..SavedDraft::with_answers(draft, &typed) };
        let at = std::fs::metadata(&path).and_then(|found| found.modified()).ok();
        let at = at.and_then(|at| Timestamp::try_from(at).ok()).unwrap_or_else(Timestamp::now);
        let written = self.write(&mut self.known(), &saved, self.next_sequence(), at);
        match written {
            Ok(()) => crate::fs_private::remove_private(&path).err().map(UnreadDraft::OldFile),
            Err(why) => Some(UnreadDraft::NotMoved(why)),
        }
    }
}

impl DraftFileState {
    fn new(id: &DraftId) -> Self {
        let id = match id {
            DraftId::New(_) => new_id(),
            DraftId::Saved(id) => id.clone(),
        };
        Self { id, file: None, sequence: 0 }
    }
}

fn new_id() -> String {
    Uuid::new_v4().simple().to_string()[..12].to_owned()
}

/// Reads a file; `None` if it is gone. A file that cannot be parsed or is of a newer version is quarantined; one that
/// may not be read stays in place.
fn read(path: &Path) -> Result<Option<DraftFile>, UnreadDraft> {
    let bytes = match crate::fs_private::read_private(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(None),
        Err(error) => return Err(UnreadDraft::File(error)),
    };
    match serde_json::from_slice::<FileVersion>(&bytes) {
        Ok(FileVersion { version }) if version > VERSION => {
            Err(UnreadDraft::Newer { version, aside: crate::fs_private::quarantine(path) })
        }
        Ok(_) | Err(_) => serde_json::from_slice(&bytes).map(Some).map_err(|_| UnreadDraft::damaged(path)),
    }
}

/// Converts a name to a part of a file name: at most 60 characters, others than ASCII letters, digits, `_` and `-`
/// replaced by `_`.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '_' };
    name.chars().take(60).map(plain).collect()
}

/// Returns the part of a file name after the last hyphen, without the extension.
fn id_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    stem.rsplit('-').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
