//! The drafts of one state directory: each a small JSON file for its owner only, called after the
//! draft, versioned. What cannot be read is set aside, and never overwritten.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::{Draft, DraftId, KeptDraft, ShelvedDraft};
use crate::config::{self, SetAside};
use crate::words::tr;

use super::moment::moment;

/// The version of the files that are written.
const VERSION: u32 = 2;

/// The drafts of one state directory; nowhere if there is no home. Clones share what they know.
#[derive(Debug, Clone)]
pub struct Drafts {
    state_dir: Option<PathBuf>,
    known: Arc<Mutex<HashMap<DraftId, Known>>>,
    turns: Arc<AtomicU64>,
    /// What is to be written while the person goes on.
    queue: Arc<Mutex<Vec<(KeptDraft, Turn)>>>,
}

/// The file of a draft of this run.
#[derive(Debug, Clone)]
struct Known {
    /// What its name ends in.
    id: String,
    file: Option<PathBuf>,
    turn: u64,
}

/// When something was asked for: of two writings the later one stays, whichever comes first.
#[derive(Debug, Clone, Copy)]
pub struct Turn(u64);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    /// When it was kept.
    at: Timestamp,
    kept: KeptDraft,
}

/// As much of a file as every version has.
#[derive(Deserialize)]
struct AnyFile {
    version: u32,
}

/// The one draft of version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OldFile {
    #[expect(dead_code, reason = "it was looked at before")]
    version: u32,
    kept: OldDraft,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OldDraft {
    draft: Draft,
    typed: Vec<String>,
}

impl Drafts {
    pub fn new(state_dir: Option<&Path>) -> Self {
        let state_dir = state_dir.map(Path::to_owned);
        Self { state_dir, known: Arc::default(), turns: Arc::default(), queue: Arc::default() }
    }

    /// Whether they are those of a state directory.
    pub fn are_in(&self, state_dir: Option<&Path>) -> bool {
        self.state_dir.as_deref() == state_dir
    }

    /// A turn for what is asked for now.
    pub fn turn(&self) -> Turn {
        Turn(self.turns.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<DraftId, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a draft, unless a later turn has written or forgotten it already. The error is a
    /// sentence.
    pub fn keep(&self, kept: &KeptDraft, turn: Turn) -> Result<(), String> {
        self.write(&mut self.known(), kept, turn, Timestamp::now())
    }

    /// Puts a draft where `keep_queued` finds it.
    pub fn queue(&self, kept: KeptDraft) {
        let turn = self.turn();
        self.queued().push((kept, turn));
    }

    fn queued(&self) -> MutexGuard<'_, Vec<(KeptDraft, Turn)>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what is queued, of each draft the latest; those that could not be, with the reason.
    /// Whoever comes back from here knows that nothing is half written.
    pub fn keep_queued(&self) -> Vec<(KeptDraft, String)> {
        let mut known = self.known();
        let queued = std::mem::take(&mut *self.queued());
        let mut failed = Vec::new();
        for (at, (kept, turn)) in queued.iter().enumerate() {
            let is_latest = queued[at + 1..].iter().all(|(later, _)| later.id != kept.id);
            if is_latest && let Err(why) = self.write(&mut known, kept, *turn, Timestamp::now()) {
                failed.push((kept.clone(), why));
            }
        }
        failed
    }

    fn write(
        &self,
        known: &mut HashMap<DraftId, Known>,
        kept: &KeptDraft,
        turn: Turn,
        at: Timestamp,
    ) -> Result<(), String> {
        let dir = self.state_dir.as_deref().map(config::drafts_dir).ok_or_else(|| tr!("there is no home directory"))?;
        let entry = known.entry(kept.id.clone()).or_insert_with(|| Known::of(&kept.id));
        if entry.turn > turn.0 {
            return Ok(());
        }
        let mut file = dir.join(format!("{}-{}.json", file_name(kept.name()), entry.id));
        // What others may change, or a link, is not written over: the draft goes beside it.
        if config::read_private(&file).is_err() {
            entry.id = new_id();
            entry.file = None;
            file = dir.join(format!("{}-{}.json", file_name(kept.name()), entry.id));
        }
        let bytes = serde_json::to_vec_pretty(&File { version: VERSION, at, kept: kept.clone() });
        config::write_private(&file, &bytes.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
        entry.turn = turn.0;
        // The draft has another name now. If the old file stays, the newer of the two counts.
        if let Some(old) = entry.file.replace(file.clone()).filter(|old| *old != file) {
            let _ = config::remove_private(&old);
        }
        Ok(())
    }

    /// Removes a draft that was bought, or that nobody wants any more.
    pub fn forget(&self, id: &DraftId, turn: Turn) -> Result<(), String> {
        let mut known = self.known();
        let entry = known.entry(id.clone()).or_insert_with(|| Known::of(id));
        entry.turn = turn.0;
        entry.file.take().map_or(Ok(()), |file| config::remove_private(&file)).map_err(|error| error.to_string())
    }

    /// All drafts, the newest first, and what is wrong with the others, in sentences. The time is
    /// asked for only if there is a draft: the local one costs a walk over the time zones.
    pub fn list(&self, now: impl FnOnce() -> Zoned) -> (Vec<ShelvedDraft>, Vec<String>) {
        let now = LazyCell::new(now);
        let Some(state_dir) = self.state_dir.as_deref() else { return (Vec::new(), Vec::new()) };
        let mut notices = Vec::new();
        notices.extend(self.move_old(state_dir));
        let files = match config::files_of(&config::drafts_dir(state_dir)) {
            Ok(files) => files,
            Err(error) => {
                notices.push(tr!("The drafts cannot be read: {error}.", error));
                return (Vec::new(), notices);
            }
        };
        let mut found: Vec<(String, PathBuf, File)> = Vec::new();
        for path in files {
            match read(&path) {
                Ok(Some(file)) => found.push((id_of(&path), path, file)),
                Ok(None) => {}
                Err(notice) => notices.push(notice),
            }
        }
        found.sort_by_key(|(_, _, file)| std::cmp::Reverse(file.at));
        let mut drafts: Vec<ShelvedDraft> = Vec::new();
        let mut known = self.known();
        for (name, path, File { at, kept, .. }) in found {
            let of_this_run = known.iter().find(|(_, one)| one.id == name).map(|(id, _)| id.clone());
            let id = of_this_run.unwrap_or(DraftId::Kept(name));
            // A file of the same draft under an older name.
            if drafts.iter().any(|other| other.kept.id == id) {
                continue;
            }
            known.entry(id.clone()).or_insert_with(|| Known::of(&id)).file = Some(path);
            drafts.push(ShelvedDraft { kept: KeptDraft { id, ..kept }, when: moment(at, &now), is_unsaved: false });
        }
        (drafts, notices)
    }

    /// Moves the draft of an earlier version over; what is wrong with it, if anything.
    fn move_old(&self, state_dir: &Path) -> Option<String> {
        let path = config::draft_file(state_dir);
        let bytes = match config::read_private(&path) {
            Ok(bytes) => bytes?,
            Err(error) => return Some(tr!("A draft is not read: {error}.", error)),
        };
        let Ok(OldFile { kept: OldDraft { draft, typed }, .. }) = serde_json::from_slice(&bytes) else {
            return Some(damaged(&path));
        };
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let id = DraftId::Kept(new_id());
        let kept = KeptDraft { id, ..KeptDraft::of(draft, &typed) };
        let at = std::fs::metadata(&path).and_then(|found| found.modified()).ok();
        let at = at.and_then(|at| Timestamp::try_from(at).ok()).unwrap_or_else(Timestamp::now);
        let written = self.write(&mut self.known(), &kept, self.turn(), at);
        match written {
            Ok(()) => config::remove_private(&path).err().map(|error| format!("{error}.")),
            Err(why) => Some(tr!("A draft of an earlier version is not moved over: {why}.", why)),
        }
    }
}

impl Known {
    fn of(id: &DraftId) -> Self {
        let id = match id {
            DraftId::New(_) => new_id(),
            DraftId::Kept(id) => id.clone(),
        };
        Self { id, file: None, turn: 0 }
    }
}

fn new_id() -> String {
    Uuid::new_v4().simple().to_string()[..12].to_owned()
}

/// Reads a file; `None` if it is gone. What cannot be understood is set aside; what is refused stays.
fn read(path: &Path) -> Result<Option<File>, String> {
    let bytes = match config::read_private(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(None),
        Err(error) => return Err(tr!("A draft is not read: {error}.", error)),
    };
    match serde_json::from_slice::<AnyFile>(&bytes) {
        Ok(AnyFile { version }) if version > VERSION => {
            let aside = config::set_aside(path);
            Err(tr!(
                "A draft is of version {version}, which only a newer program knows; {aside}.",
                version,
                aside = aside_words(&aside)
            ))
        }
        Ok(_) | Err(_) => serde_json::from_slice(&bytes).map(Some).map_err(|_| damaged(path)),
    }
}

fn damaged(path: &Path) -> String {
    tr!("A draft is damaged; {aside}.", aside = aside_words(&config::set_aside(path)))
}

/// The folder is known; the name is what matters on one line.
fn aside_words(aside: &SetAside) -> String {
    match aside {
        SetAside::As(path) => SetAside::As(path.file_name().map(PathBuf::from).unwrap_or_default()).to_string(),
        SetAside::Not(_) => aside.to_string(),
    }
}

/// A name as part of a file's name.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '_' };
    name.chars().take(60).map(plain).collect()
}

/// What stands behind the last hyphen.
fn id_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    stem.rsplit('-').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
