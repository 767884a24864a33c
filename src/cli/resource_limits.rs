//! The limits that the system sets for this process: the number of open files, and the size of files.

use std::io::stderr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::process::Signal;

use crate::bootstrap::error::AppError;

/// The number of file descriptors that must be free. A purchase takes 14, the wizard with its embedded simulator 22;
/// the resolver and a log need more on top.
const NEEDED: usize = 32;

/// Makes a write beyond the file size limit (`ulimit -f`) fail like a write to a full disk, instead of ending the
/// program in the middle of an order. Installs a handler for SIGXFSZ that only sets a flag: ignoring the signal
/// directly would take unsafe code.
pub fn survive_full_files() {
    // Where no handler can be installed, the limit ends the program as before.
    let _ = signal_hook::flag::register(Signal::XFSZ.as_raw(), Arc::new(AtomicBool::new(false)));
}

/// Checks that enough file descriptors are free, because libraries panic if they get none. Opens and closes them to
/// find out.
pub fn check_descriptors() -> Result<(), AppError> {
    let error = stderr();
    let mut taken = Vec::with_capacity(NEEDED);
    while taken.len() < NEEDED {
        match fcntl_dupfd_cloexec(&error, 0) {
            Ok(descriptor) => taken.push(descriptor),
            Err(Errno::MFILE | Errno::NFILE) => return Err(AppError::Descriptors { needed: NEEDED }),
            Err(other) => return Err(AppError::Runtime(other.into())),
        }
    }
    Ok(())
}
