//! Private files of the user: written to a temporary file in the same folder, synced and renamed, with mode 0600 in
//! folders of mode 0700. A crash leaves either the old file or the new one, and no other user can read them. A file
//! that others can read or change is refused; the error message names the command that fixes it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use secrecy::zeroize::Zeroizing;

use crate::i18n::{self, phrase, tr};
use crate::text::path::{quoted, shown};

/// Largest size of a file that is read. The program's own files and key files are small; a larger file is something
/// else.
const MOST_BYTES: u64 = 4 << 20;

/// Reason why a file is not read or written. The messages never contain any of the file's contents.
#[derive(Debug, thiserror::Error)]
pub enum PrivateFileError {
    #[error("{}", tr!("{path} cannot be written: {why}", path = shown(path), why = source))]
    Write { path: PathBuf, source: io::Error },
    #[error("{}", tr!("{path} cannot be read: {why}", path = shown(path), why = source))]
    Read { path: PathBuf, source: io::Error },
    #[error("{}", tr!("{path} cannot be read by you; if it is yours: chmod 600 {command}",
        path = shown(path), command = quoted(path)))]
    Denied { path: PathBuf },
    #[error("{}", tr!("{path} is larger than 4 MiB: it is not a file of this kind", path = shown(path)))]
    TooLarge { path: PathBuf },
    /// Group or others have permissions on the file.
    #[error("{}", tr!(
        "{path} can be {what} by others on this machine (mode {mode}); make it yours alone: chmod 600 {command}",
        path = shown(path), what = rights(*mode), mode = octal(*mode), command = quoted(path)))]
    Shared { path: PathBuf, mode: u32 },
    /// Group or others can write to the folder, and so could replace the file.
    #[error("{}", tr!(
        "the folder {folder} can be written by others on this machine (mode {mode}), who could change {path}; \
         keep them out: chmod go-w {command}",
        folder = shown(folder), mode = octal(*mode), path = shown(path), command = quoted(folder)))]
    SharedFolder { path: PathBuf, folder: PathBuf, mode: u32 },
    #[error("{}", tr!(
        "{path} belongs to the user with number {owner} and not to you; if it is meant to be yours: \
         sudo chown {ours} {command}",
        path = shown(path), owner, ours, command = quoted(path)))]
    NotOurs { path: PathBuf, owner: u32, ours: u32 },
    /// Only for the program's own files: those of other programs may be links.
    #[error("{}", tr!("{path} is a link; put the file itself in its place", path = shown(path)))]
    Link { path: PathBuf },
    #[error("{}", tr!("{path} is {what}, not a file", path = shown(path), what = i18n::t(what)))]
    NotAFile { path: PathBuf, what: &'static str },
}

fn octal(mode: u32) -> String {
    format!("{mode:04o}")
}

fn rights(mode: u32) -> &'static str {
    i18n::t(match (mode & 0o044 != 0, mode & 0o022 != 0) {
        (true, true) => phrase!("read and written"),
        (true, false) => phrase!("read"),
        (false, true) => phrase!("written"),
        (false, false) => phrase!("run"),
    })
}

/// Origin of a file, which decides how strictly it is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Written by this program: it must be owned by the user and not be a link, and its folder is checked as by
    /// [`check_folder`].
    Own,
    /// A key file that another program or an administrator created: it may be a link, and may belong to root.
    Foreign,
}

/// Writes a file as a whole: another reader sees the old contents or the new ones. Creates missing folders with mode
/// 0700. If an error occurs before the rename, the old file stays; if the folder cannot be synced after it, the new one
/// stays.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), PrivateFileError> {
    let failed = |source| PrivateFileError::Write { path: path.to_owned(), source };
    let dir = folder_of(path);
    make_folder(dir).map_err(failed)?;
    let beside = dir.join(format!(".{}.{}", uuid::Uuid::new_v4().simple(), "new"));
    let written = write_synced(&beside, bytes).and_then(|()| fs::rename(&beside, path)).and_then(|()| {
        // The name is durable only when its directory is.
        File::open(dir)?.sync_all()
    });
    written.map_err(|error| {
        // The file beside is of no use any more; if it cannot be removed either, nothing is lost.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

/// Creates a folder and its missing parents with mode 0700; existing ones keep their mode.
pub fn make_folder(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Refuses an open folder in which others could change the file at `path`: one of the user, without the sticky bit,
/// that group or others may write.
pub fn check_folder(path: &Path, folder: &File) -> Result<(), PrivateFileError> {
    let found = folder.metadata().map_err(|source| PrivateFileError::Read { path: path.to_owned(), source })?;
    check_folder_facts(path, FileFacts::new(&found), rustix::process::geteuid().as_raw())
}

/// Returns the folder of a file; `.` for a bare name.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(dir) if dir.as_os_str().is_empty() => Path::new("."),
        Some(dir) => dir,
        None => Path::new("/"),
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Reads one of the program's own files; `None` if it does not exist. Refuses a link, a file of another user, one that
/// group or others may read, write or execute, one in a folder of the user that they may write (unless the folder is
/// sticky, which protects its files), anything but a regular file, and more than 4 MiB.
pub fn read_private(path: &Path) -> Result<Option<Vec<u8>>, PrivateFileError> {
    Ok(read(path, Trust::Own)?.map(|mut bytes| std::mem::take(&mut *bytes)))
}

/// Reads a key file that another program wrote; `None` if it does not exist. Refuses what `read_private` refuses, but
/// follows a link, accepts a file of root, and does not check the folder. The bytes are overwritten when they are
/// dropped.
pub fn read_key_file(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, PrivateFileError> {
    read(path, Trust::Foreign)
}

fn read(path: &Path, trust: Trust) -> Result<Option<Zeroizing<Vec<u8>>>, PrivateFileError> {
    let Some((file, folder)) = open(path, trust)? else { return Ok(None) };
    let failed = |source| PrivateFileError::Read { path: path.to_owned(), source };
    let found = FileFacts::new(&file.metadata().map_err(failed)?);
    let ours = rustix::process::geteuid().as_raw();
    check_facts(path, found, trust, ours)?;
    if let Some(folder) = folder {
        check_folder(path, &folder)?;
    }
    // Room for all of it at once: a buffer that moves leaves what it held behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(found.size).unwrap_or(0) + 64));
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(PrivateFileError::TooLarge { path: path.to_owned() });
    }
    Ok(Some(bytes))
}

/// Opens a file without blocking, e.g. on a pipe that has no writer; `None` if it does not exist. For the program's own
/// files, does not follow a link at the end of the path, and opens relative to the same folder handle that is checked
/// afterwards.
fn open(path: &Path, trust: Trust) -> Result<Option<(File, Option<File>)>, PrivateFileError> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let opened = match (trust, path.file_name()) {
        (Trust::Foreign, _) => rustix::fs::open(path, flags, Mode::empty()).map(|file| (file, None)),
        (Trust::Own, None) => Err(Errno::ISDIR),
        (Trust::Own, Some(name)) => {
            rustix::fs::open(folder_of(path), OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
                .and_then(|folder| {
                    let file = rustix::fs::openat(&folder, name, flags | OFlags::NOFOLLOW, Mode::empty())?;
                    Ok((file, Some(folder)))
                })
        }
    };
    let path = path.to_owned();
    match opened {
        Ok((file, folder)) => Ok(Some((file.into(), folder.map(File::from)))),
        Err(Errno::NOENT) => Ok(None),
        Err(Errno::LOOP) if trust == Trust::Own => Err(PrivateFileError::Link { path }),
        Err(Errno::ACCESS | Errno::PERM) => Err(PrivateFileError::Denied { path }),
        Err(Errno::ISDIR) => Err(PrivateFileError::NotAFile { path, what: phrase!("a folder") }),
        Err(Errno::NXIO) => Err(PrivateFileError::NotAFile { path, what: phrase!("a socket") }),
        Err(errno) => Err(PrivateFileError::Read { path, source: errno.into() }),
    }
}

/// Metadata of an open file, read from its handle.
#[derive(Clone, Copy)]
pub(super) struct FileFacts {
    /// Kind of a file that is not a regular one, e.g. `a folder`; `None` for a regular file.
    pub(super) other: Option<&'static str>,
    /// The lowest twelve bits: special, owner, group, others.
    pub(super) mode: u32,
    pub(super) uid: u32,
    pub(super) size: u64,
}

impl FileFacts {
    pub(super) fn new(found: &fs::Metadata) -> Self {
        let kind = found.file_type();
        let other = match () {
            () if kind.is_file() => None,
            () if kind.is_dir() => Some(phrase!("a folder")),
            () if kind.is_fifo() => Some(phrase!("a pipe")),
            () => Some(phrase!("a device")),
        };
        Self { other, mode: found.mode() & 0o7777, uid: found.uid(), size: found.len() }
    }
}

pub(super) fn check_facts(path: &Path, found: FileFacts, trust: Trust, ours: u32) -> Result<(), PrivateFileError> {
    let path = path.to_owned();
    if let Some(what) = found.other {
        return Err(PrivateFileError::NotAFile { path, what });
    }
    if found.uid != ours && !(trust == Trust::Foreign && found.uid == 0) {
        return Err(PrivateFileError::NotOurs { path, owner: found.uid, ours });
    }
    if found.mode & 0o077 != 0 {
        return Err(PrivateFileError::Shared { path, mode: found.mode });
    }
    if found.size > MOST_BYTES {
        return Err(PrivateFileError::TooLarge { path });
    }
    Ok(())
}

fn check_folder_facts(path: &Path, found: FileFacts, ours: u32) -> Result<(), PrivateFileError> {
    let is_sticky = found.mode & 0o1000 != 0;
    if found.uid != ours || found.mode & 0o022 == 0 || is_sticky {
        return Ok(());
    }
    let folder = folder_of(path).to_owned();
    Err(PrivateFileError::SharedFolder { path: path.to_owned(), folder, mode: found.mode })
}

/// Removes a file; succeeds if it does not exist.
pub fn remove_private(path: &Path) -> Result<(), PrivateFileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(PrivateFileError::Write { path: path.to_owned(), source: error })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    const MODES: [u32; 7] = [0o600, 0o400, 0o640, 0o604, 0o660, 0o666, 0o644];
    const FOLDERS: [u32; 4] = [0o700, 0o750, 0o770, 0o777];

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn said<T>(result: Result<T, PrivateFileError>) -> String {
        result.err().unwrap().to_string()
    }

    #[test]
    fn a_file_is_written_whole_and_for_its_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a").join("b.json");
        assert!(read_private(&path).unwrap().is_none());
        write_private(&path, b"one").unwrap();
        write_private(&path, b"two").unwrap();
        assert_eq!(read_private(&path).unwrap().unwrap(), b"two");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        remove_private(&path).unwrap();
        remove_private(&path).unwrap();
        assert!(read_private(&path).unwrap().is_none());
    }

    #[test]
    fn what_others_may_read_or_change_is_refused_with_the_chmod() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("c p");
        let path = folder.join("it's.toml");
        write_private(&path, b"x").unwrap();
        let (file_command, folder_command) = (quoted(&path), quoted(&folder));
        for folder_mode in FOLDERS {
            for mode in MODES.into_iter().chain([0o700]) {
                set_mode(&path, mode);
                set_mode(&folder, folder_mode);
                let what = match mode {
                    0o600 | 0o400 | 0o700 => None,
                    0o640 | 0o604 | 0o644 => Some("read"),
                    _ => Some("read and written"),
                };
                let of_file = what.map(|what| {
                    format!(
                        "{} can be {what} by others on this machine (mode {mode:04o}); make it yours alone: \
                         chmod 600 {file_command}",
                        path.display()
                    )
                });
                let of_folder = (folder_mode & 0o022 != 0).then(|| {
                    format!(
                        "the folder {} can be written by others on this machine (mode {folder_mode:04o}), who could \
                         change {}; keep them out: chmod go-w {folder_command}",
                        folder.display(),
                        path.display()
                    )
                });
                let ours = read_private(&path).map_err(|error| error.to_string());
                assert_eq!(ours.err(), of_file.clone().or(of_folder), "{mode:o} in {folder_mode:o}");
                let another = read_key_file(&path).map_err(|error| error.to_string());
                assert_eq!(another.err(), of_file, "{mode:o} in {folder_mode:o}");
            }
        }
        assert!(file_command.ends_with(r"/c p/it'\''s.toml'"), "{file_command}");
        set_mode(&folder, 0o1777);
        set_mode(&path, 0o600);
        assert_eq!(read_private(&path).unwrap().unwrap(), b"x", "a sticky folder protects its files");
        set_mode(&path, 0o602);
        assert!(said(read_private(&path)).contains("can be written by others"));
        set_mode(&path, 0o610);
        assert!(said(read_private(&path)).contains("can be run by others"));
    }

    #[test]
    fn a_link_is_refused_for_a_file_of_ours_and_followed_for_that_of_another_program() {
        let home = tempfile::tempdir().unwrap();
        let (real, link, dangling) = (home.path().join("real"), home.path().join("link"), home.path().join("dangling"));
        write_private(&real, b"x").unwrap();
        symlink(&real, &link).unwrap();
        symlink(home.path().join("nowhere"), &dangling).unwrap();
        for path in [&link, &dangling] {
            let expected = format!("{} is a link; put the file itself in its place", path.display());
            assert_eq!(said(read_private(path)), expected);
        }
        assert_eq!(read_key_file(&link).unwrap().unwrap().as_slice(), b"x");
        assert!(read_key_file(&dangling).unwrap().is_none());
        set_mode(&real, 0o644);
        assert!(said(read_key_file(&link)).contains("chmod 600"), "what the link leads to is looked at");
    }

    #[test]
    fn what_is_no_file_is_refused_without_waiting_for_it() {
        let home = tempfile::tempdir().unwrap();
        let (folder, pipe, socket) = (home.path().join("folder"), home.path().join("pipe"), home.path().join("socket"));
        fs::create_dir(&folder).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, Mode::RUSR | Mode::WUSR).unwrap();
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for (path, what) in [(&folder, "a folder"), (&pipe, "a pipe"), (&socket, "a socket")] {
            let expected = format!("{} is {what}, not a file", path.display());
            assert_eq!(said(read_private(path)), expected);
            assert_eq!(said(read_key_file(path)), expected);
        }
        assert!(said(read_key_file(Path::new("/dev/null"))).contains("is a device, not a file"));
        assert!(said(read_private(Path::new("/"))).contains("is a folder"));
    }

    #[test]
    fn what_is_too_large_or_cannot_be_opened_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        write_private(&path, &vec![b'x'; 4 << 20]).unwrap();
        assert_eq!(read_private(&path).unwrap().unwrap().len(), 4 << 20);
        write_private(&path, &vec![b'x'; (4 << 20) + 1]).unwrap();
        assert!(said(read_private(&path)).ends_with("is larger than 4 MiB: it is not a file of this kind"));
        write_private(&path, b"x").unwrap();
        set_mode(&path, 0o000);
        match read_private(&path) {
            // Nothing is closed to root.
            Ok(read) => assert_eq!((read, rustix::process::geteuid().is_root()), (Some(b"x".to_vec()), true)),
            Err(error) => {
                let expected = "cannot be read by you; if it is yours: chmod 600 ";
                assert!(error.to_string().contains(expected), "{error}");
            }
        }
    }

    #[test]
    fn a_file_of_somebody_else_is_refused_with_the_chown() {
        let path = Path::new("/home/us/x");
        let of = |uid| FileFacts { other: None, mode: 0o600, uid, size: 1 };
        assert!(check_facts(path, of(1000), Trust::Own, 1000).is_ok());
        assert!(check_facts(path, of(0), Trust::Own, 0).is_ok(), "root's own, for root");
        assert!(check_facts(path, of(0), Trust::Foreign, 1000).is_ok(), "an administrator's key file");
        for (uid, trust, ours) in [(0, Trust::Own, 1000), (1001, Trust::Foreign, 1000), (1000, Trust::Own, 0)] {
            let expected = format!(
                "/home/us/x belongs to the user with number {uid} and not to you; if it is meant to be yours: \
                 sudo chown {ours} /home/us/x"
            );
            assert_eq!(said(check_facts(path, of(uid), trust, ours)), expected);
        }
        let folder = FileFacts { other: Some("a folder"), mode: 0o777, uid: 0, size: 0 };
        assert!(check_folder_facts(path, folder, 1000).is_ok(), "the folder of somebody else is theirs to keep");
    }
}
