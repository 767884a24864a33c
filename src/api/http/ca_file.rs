//! A file of certificates that are trusted in addition to the system's. It is read once, before any call, so that its
//! errors are found before anything depends on it.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::sync::Arc;

use rustix::fs::{FileType, Mode, OFlags, fstat, open};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use thiserror::Error;

use crate::i18n::tr;
use crate::text::untrusted::sanitize_line;

/// The largest file that is read, in bytes; a whole system's bundle has a quarter of that.
const MAX_BYTES: u64 = 1 << 20;

/// The certificates of a file, each of which is valid as a trust anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaFile(Arc<[CertificateDer<'static>]>);

/// The reason why a CA file cannot be used. `file` is its path in a form that can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CaFileError {
    #[error("{}", tr!("the CA file {file} does not exist", file))]
    Missing { file: String },
    #[error("{}", tr!("the CA file {file} cannot be read: {why}", file, why = tr!("permission denied")))]
    Denied { file: String },
    #[error("{}", tr!("the CA file {file} cannot be read: {why}", file, why))]
    Unreadable {
        file: String,
        /// The system's message.
        why: String,
    },
    /// A directory, a device, a pipe or a socket.
    #[error("{}", tr!("the CA file {file} is not a regular file", file))]
    NotAFile { file: String },
    #[error("{}", tr!("the CA file {file} is larger than 1 MiB", file))]
    TooLarge { file: String },
    #[error("{}", tr!("the CA file {file} holds no certificate in PEM form", file))]
    NoCertificate { file: String },
    #[error("{}", tr!("the CA file {file} holds an invalid certificate", file))]
    InvalidCertificate { file: String },
}

impl CaFile {
    /// Reads a regular file of at most 1 MiB with at least one certificate in PEM form. It never blocks, whatever the
    /// path leads to.
    pub fn read(path: &Path) -> Result<Self, CaFileError> {
        let file = || sanitize_line(&path.display().to_string(), 200);
        let pem = content(path).map_err(|why| match why {
            Unread::NotAFile => CaFileError::NotAFile { file: file() },
            Unread::TooLarge => CaFileError::TooLarge { file: file() },
            Unread::Failed(error) if error.kind() == ErrorKind::NotFound => CaFileError::Missing { file: file() },
            Unread::Failed(error) if error.kind() == ErrorKind::PermissionDenied => {
                CaFileError::Denied { file: file() }
            }
            Unread::Failed(error) => CaFileError::Unreadable { file: file(), why: error.to_string() },
        })?;
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
        let certificates = certificates.unwrap_or_default();
        if certificates.is_empty() {
            return Err(CaFileError::NoCertificate { file: file() });
        }
        // The HTTP library would find out later, and report it as if the server's were invalid.
        let mut store = RootCertStore::empty();
        if !certificates.iter().all(|certificate| store.add(certificate.clone()).is_ok()) {
            return Err(CaFileError::InvalidCertificate { file: file() });
        }
        Ok(Self(certificates.into()))
    }

    /// Returns the certificates in DER form.
    pub(in crate::api) fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(AsRef::as_ref)
    }
}

enum Unread {
    NotAFile,
    TooLarge,
    Failed(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

fn content(path: &Path) -> Result<Vec<u8>, Unread> {
    // To open a pipe would wait for somebody who writes into it.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = open(path, flags, Mode::empty()).map_err(|error| match error {
        // A socket cannot be opened.
        rustix::io::Errno::NXIO => Unread::NotAFile,
        other => Unread::Failed(other.into()),
    })?;
    let stat = fstat(&file).map_err(io::Error::from)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(Unread::NotAFile);
    }
    let mut content = Vec::new();
    // The length that is told is not always the one that is read.
    File::from(file).take(MAX_BYTES + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MAX_BYTES {
        return Err(Unread::TooLarge);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::net::UnixListener;

    use rcgen::{CertifiedKey, generate_simple_self_signed};
    use rustix::fs::{CWD, mkfifoat};

    use super::*;

    fn certificate() -> String {
        let CertifiedKey { cert, .. } = generate_simple_self_signed(["cph.example".to_owned()]).unwrap();
        cert.pem()
    }

    #[test]
    fn what_is_not_a_file_of_certificates_is_refused_at_once_whatever_it_is_called() {
        let home = tempfile::tempdir().unwrap();
        let broken = "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
        let key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
        let none = "holds no certificate in PEM form";
        for name in ["ca.pem", "certificate.pem", "proxy authentication required.pem"] {
            let path = home.path().join(name);
            let refused = || CaFile::read(&path).unwrap_err().to_string();
            let shown = path.display();
            assert_eq!(refused(), format!("the CA file {shown} does not exist"));
            for (content, words) in [
                ("", none),
                ("a certificate", none),
                (key, none),
                (&broken[..40], none),
                (broken, "holds an invalid certificate"),
                (&" ".repeat((1 << 20) + 1), "is larger than 1 MiB"),
            ] {
                fs::write(&path, content).unwrap();
                assert_eq!(refused(), format!("the CA file {shown} {words}"));
            }
            fs::remove_file(&path).unwrap();
            let special = format!("the CA file {shown} is not a regular file");
            mkfifoat(CWD, &path, Mode::RUSR | Mode::WUSR).unwrap();
            assert_eq!(refused(), special);
            fs::remove_file(&path).unwrap();
            let listener = UnixListener::bind(&path).unwrap();
            assert_eq!(refused(), special);
            drop(listener);
            fs::remove_file(&path).unwrap();
            fs::create_dir(&path).unwrap();
            assert_eq!(refused(), special);
        }
        let device = CaFile::read(Path::new("/dev/zero")).unwrap_err();
        assert_eq!(device, CaFileError::NotAFile { file: "/dev/zero".into() });
        let hostile = CaFile::read(Path::new("/nowhere/\u{1b}[2J")).unwrap_err();
        assert_eq!(hostile, CaFileError::Missing { file: "/nowhere/<U+001B>[2J".into() });
    }

    #[test]
    fn a_file_may_hold_several_certificates_and_words_between_them_up_to_1_mib() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("bundle.pem");
        let mut bundle = format!("# ours\n{}\n# and another\n{}\n", certificate(), certificate());
        bundle.push_str(&"#".repeat((1 << 20) - bundle.len()));
        fs::write(&path, bundle).unwrap();
        assert_eq!(CaFile::read(&path).unwrap().certificates().count(), 2);
    }
}
