//! Stopping the program so that a shell gets its terminal back. Where nobody would ever continue it, it is not stopped.

use std::io;

use rustix::process::{Pid, Signal, getpgid, getpgrp, getppid, getsid, kill_current_process_group};

/// Stops this program and what was started together with it. SIGTSTP has a handler here, so it is the signal that has none.
pub fn stop() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Whether a shell watches over us: some parent of our process group is in our session, and outside of the group. The
/// system itself does not stop other groups by SIGTSTP (POSIX: orphaned process groups).
pub fn is_watched() -> bool {
    let Ok(session) = getsid(None) else { return false };
    let mut parent = getppid();
    while let Some(pid) = parent {
        match (getpgid(Some(pid)), getsid(Some(pid))) {
            (Ok(group), Ok(of)) if of == session && group == getpgrp() => parent = parent_of(pid),
            (Ok(_), Ok(of)) => return of == session,
            _ => return false,
        }
    }
    false
}

/// The parent of another process, from the table of Linux; elsewhere nobody tells.
fn parent_of(pid: Pid) -> Option<Pid> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    // The name in parentheses may hold anything; the state and the parent come after it.
    let after = stat.rsplit_once(')')?.1;
    Pid::from_raw(after.split_whitespace().nth(1)?.parse().ok()?)
}
