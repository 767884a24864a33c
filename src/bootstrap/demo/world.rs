//! The world of a demo on the disk: a private file for each scene, beside the journal of the orders that went to it.
//!
//! One process at a time uses a world. Another one gets a world of its own, which ends with it, and a journal of its
//! own. The identity of a world is in the endpoint of its orders, so that no other world is searched for them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bootstrap::error::{AppError, io_reason};
use crate::config::{DemoPaths, StateKind, demo_paths, state_dir};
use crate::fs_private::{PrivateFileError, Quarantined, quarantine, read_private, try_lock_private, write_private};
use crate::i18n::tr;
use crate::simulator::{SaveWorld, SavedWorld, Scene, World};
use crate::text::path::shown;
use crate::text::sanitize::sentence;

/// The largest world file, which `read_private` still reads.
const MAX_BYTES: usize = 4 << 20;

/// The largest number of processes that have a world at the same time.
const MAX_PROCESSES: usize = 99;

/// The purpose for which a command uses a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoUse {
    /// Orders are placed. Another process at the same time gets a world and a journal of its own.
    Orders,
    /// Orders of the journal are searched for. Another process at the same time searches for none of them.
    Search,
    /// Lists are read. The world is not changed, whoever else uses it.
    Lists,
}

/// The world that a process uses.
pub struct DemoWorld {
    pub scene: Scene,
    /// The orders at the start, and how later ones are saved.
    pub saved: SavedWorld,
    /// True if the world is still there after this process.
    pub is_kept: bool,
    /// The directory of its journal; `None` without a home directory.
    pub journal_dir: Option<PathBuf>,
    /// A sentence for the user: why this is not the world of earlier runs.
    pub notice: Option<String>,
    /// The locks of this process, released with the world.
    _locks: Vec<File>,
}

impl DemoWorld {
    /// Opens the world of a scene below the given state directory, or below the usual one.
    pub fn open(scene: Scene, given: Option<&Path>, purpose: DemoUse) -> Self {
        let Some(demo) = state_dir(given, StateKind::Demo) else {
            return Self::temporary(scene, None, None);
        };
        let paths = demo_paths(&demo, scene.name(), 1);
        if purpose == DemoUse::Lists {
            return Self::for_lists(scene, paths);
        }
        let lock = match try_lock_private(&paths.lock) {
            Ok(Some(lock)) => lock,
            Ok(None) => return Self::beside(scene, &demo, purpose, in_use(purpose)),
            Err(error) => return Self::beside(scene, &demo, purpose, unusable(&error.to_string(), purpose)),
        };
        match read(&paths, &scene) {
            Ok(found) => Self::kept(scene, paths, lock, found.world, found.notice),
            Err(why) => Self::beside(scene, &demo, purpose, unusable(&why, purpose)),
        }
    }

    fn kept(scene: Scene, paths: DemoPaths, lock: File, world: World, notice: Option<String>) -> Self {
        let file = paths.world;
        let save: SaveWorld = Arc::new(move |world| save(&file, world));
        Self {
            scene,
            saved: SavedWorld { world, save: Some(save) },
            is_kept: true,
            journal_dir: Some(paths.directory),
            notice,
            _locks: vec![lock],
        }
    }

    /// Returns the world for reading lists: as it is now, without a lock. An unusable file stays where it is.
    fn for_lists(scene: Scene, paths: DemoPaths) -> Self {
        let read = match read_private(&paths.world) {
            Ok(None) => Ok(None),
            Ok(Some(text)) => World::parse(&text, &scene).map(Some).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let (world, notice) = match read {
            Ok(world) => (world, None),
            Err(why) => (None, Some(unusable(&why, DemoUse::Lists))),
        };
        let mut opened = Self::temporary(scene, Some(paths.directory), notice);
        if let Some(world) = world {
            (opened.saved.world, opened.is_kept) = (world, true);
        }
        opened
    }

    /// Returns a world of its own for this process, with a journal of its own if orders are to be placed.
    fn beside(scene: Scene, demo: &Path, purpose: DemoUse, notice: String) -> Self {
        let of_scene = demo_paths(demo, scene.name(), 1).directory;
        if purpose != DemoUse::Orders {
            return Self::temporary(scene, Some(of_scene), Some(notice));
        }
        for number in 2..=MAX_PROCESSES {
            let paths = demo_paths(demo, scene.name(), number);
            let Ok(Some(lock)) = try_lock_private(&paths.lock) else { continue };
            // The world of this journal has ended with its process.
            if remove_folder(&paths.directory).is_ok() {
                let opened = Self::temporary(scene, Some(paths.directory), Some(notice));
                return Self { _locks: vec![lock], ..opened };
            }
        }
        Self::temporary(scene, None, Some(notice))
    }

    fn temporary(scene: Scene, journal_dir: Option<PathBuf>, notice: Option<String>) -> Self {
        let saved = SavedWorld { world: World::new(&scene), save: None };
        Self { scene, saved, is_kept: false, journal_dir, notice, _locks: Vec::new() }
    }
}

/// A world that was read, or a new one in place of a damaged one.
struct FoundWorld {
    world: World,
    notice: Option<String>,
}

/// Reads the file of a world. A new world begins if there is none, or if it is damaged, which moves it aside. The error
/// says why the file cannot be used as it is.
fn read(paths: &DemoPaths, scene: &Scene) -> Result<FoundWorld, String> {
    let damage = match read_private(&paths.world) {
        Ok(None) => return Ok(FoundWorld { world: World::new(scene), notice: None }),
        Ok(Some(text)) => match World::parse(&text, scene) {
            Ok(world) => return Ok(FoundWorld { world, notice: None }),
            Err(error) => error.to_string(),
        },
        Err(error @ PrivateFileError::TooLarge { .. }) => error.to_string(),
        Err(error) => return Err(error.to_string()),
    };
    let (file, aside) = (shown(&paths.world), quarantine(&paths.world));
    let why = tr!("{file} is not a file of this demo ({why}); {aside}", file, why = damage, aside);
    match aside {
        Quarantined::Renamed(_) => {
            let notice = tr!("{why}. The demo starts over; earlier orders in its journal went to the former one", why);
            Ok(FoundWorld { world: World::new(scene), notice: Some(sentence(&notice)) })
        }
        Quarantined::Failed(_) => Err(why),
    }
}

fn save(file: &Path, world: &World) -> io::Result<()> {
    let text = world.to_text()?;
    if text.len() > MAX_BYTES {
        return Err(io::Error::other(tr!("the demo has too many orders; --demo-reset starts over")));
    }
    write_private(file, &text).map_err(io::Error::other)
}

fn in_use(purpose: DemoUse) -> String {
    sentence(&match purpose {
        DemoUse::Orders | DemoUse::Lists => {
            tr!("Another process uses this demo: this one has its own orders, which end with it")
        }
        DemoUse::Search => tr!("Another process uses this demo: its orders cannot be searched for now"),
    })
}

fn unusable(why: &str, purpose: DemoUse) -> String {
    sentence(&match purpose {
        DemoUse::Orders => {
            tr!("The demo of earlier runs cannot be used: {why}. This one has its own orders, which end with it", why)
        }
        DemoUse::Lists | DemoUse::Search => {
            tr!("The demo of earlier runs cannot be used: {why}. Its servers are not shown", why)
        }
    })
}

/// Starts the world of a scene over: moves its directory, with the journal, to a second name. What had that name since
/// an earlier reset is removed. Fails if another process uses the world.
pub fn reset_world(given: Option<&Path>, scene: &Scene) -> Result<(), AppError> {
    let Some(demo) = state_dir(given, StateKind::Demo) else { return Ok(()) };
    let paths = demo_paths(&demo, scene.name(), 1);
    let failed = |error: &io::Error| {
        let path = shown(&paths.directory);
        AppError::Usage(tr!("the demo cannot be reset: {path}: {why}", path, why = io_reason(error)))
    };
    let lock = try_lock_private(&paths.lock).map_err(AppError::usage)?;
    let Some(_lock) = lock else {
        return Err(AppError::Usage(tr!("the demo cannot be reset: another process uses it; quit that one first")));
    };
    if fs::symlink_metadata(&paths.directory).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return Ok(());
    }
    remove_folder(&paths.before_reset).map_err(|error| failed(&error))?;
    fs::rename(&paths.directory, &paths.before_reset).map_err(|error| failed(&error))
}

/// Removes a folder with its content; succeeds if it does not exist.
fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
