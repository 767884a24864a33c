//! What the system allows this process: how many files it may have open, and how large they may become.

use std::io::stderr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::process::Signal;

use crate::bootstrap::error::AppError;

/// File descriptors that must be free. A purchase takes 14, the wizard with its embedded simulator 22; the resolver and
/// a log come on top.
const NEEDED: usize = 32;

/// Lets a write behind the limit of file sizes (`ulimit -f`) fail like one to a full disk, instead of ending the program
/// in the middle of an order. The signal gets a handler that does nothing but set a flag: to ignore it by the system's
/// own means takes code that the compiler cannot check.
pub fn survive_full_files() {
    // Where no handler can be installed, the limit ends the program as before.
    let _ = signal_hook::flag::register(Signal::XFSZ.as_raw(), Arc::new(AtomicBool::new(false)));
}

/// Makes sure that there are enough file descriptors, because libraries panic where they get none.
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
