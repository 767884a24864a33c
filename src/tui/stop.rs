//! Stopping the program so that a shell gets its terminal back. Where nobody would ever continue it, it is not stopped.

use std::io;

use rustix::process::{Signal, kill_current_process_group};

/// Stops this program and what was started together with it. SIGTSTP has a handler here, so it is the signal that has none.
pub fn stop() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Whether a shell watches over us: some parent of our process group is in our session, and outside of the group. The
/// system itself does not stop other groups by SIGTSTP (POSIX: orphaned process groups).
pub fn is_watched() -> bool {
    is_watched_in(Process::of_pid)
}

fn is_watched_in(process: impl Fn(Option<i32>) -> Option<Process>) -> bool {
    let Some(ours) = process(None) else { return false };
    let mut parent = process(Some(ours.parent));
    while let Some(at) = parent {
        if at.session != ours.session {
            return false;
        }
        if at.group != ours.group {
            return true;
        }
        parent = process(Some(at.parent));
    }
    false
}

/// The place of a process among the others. Seen from inside of a container, a parent, a group and a session that lie
/// outside of it are 0, also those of its first process; typed process ids do not allow for that, hence the plain numbers.
#[derive(Clone, Copy)]
struct Process {
    parent: i32,
    group: i32,
    session: i32,
}

impl Process {
    /// Our own for `None`; `None` if there is no such process, or nobody tells.
    #[cfg(target_os = "linux")]
    fn of_pid(pid: Option<i32>) -> Option<Self> {
        let path = pid.map_or_else(|| "/proc/self/stat".to_owned(), |pid| format!("/proc/{pid}/stat"));
        Self::of_stat(&std::fs::read_to_string(path).ok()?)
    }

    /// Other systems tell the parent of our own process only, which is enough below a shell.
    #[cfg(not(target_os = "linux"))]
    fn of_pid(pid: Option<i32>) -> Option<Self> {
        use rustix::process::{Pid, getpgid, getppid, getsid};

        let of = match pid {
            None => None,
            Some(pid) => Some(Pid::from_raw(pid)?),
        };
        let parent = if of.is_none() { Pid::as_raw(getppid()) } else { 0 };
        let number = |pid: Pid| pid.as_raw_nonzero().get();
        Some(Self { parent, group: number(getpgid(of).ok()?), session: number(getsid(of).ok()?) })
    }

    /// From the table of Linux (`proc_pid_stat(5)`): the name in parentheses may hold anything; the state, the parent, the
    /// group and the session come after it.
    #[cfg(target_os = "linux")]
    fn of_stat(stat: &str) -> Option<Self> {
        let mut numbers = stat.rsplit_once(')')?.1.split_whitespace().skip(1).map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Self { parent: next()?, group: next()?, session: next()? })
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn is_watched_among(table: &[(Option<i32>, &str)]) -> bool {
        is_watched_in(|pid| Process::of_stat(table.iter().find(|(of, _)| *of == pid)?.1))
    }

    #[test]
    fn a_shell_of_our_session_outside_of_our_group_watches() {
        let shell = (Some(40), "40 (a) shell)) S 7 40 40 34816 -1");
        assert!(is_watched_among(&[(None, "50 (cph-wizard) R 40 50 40 34816 -1"), shell]));
        let script = (Some(45), "45 (sh) S 40 45 40 34816 -1");
        assert!(is_watched_among(&[(None, "50 (cph-wizard) R 45 45 40 34816 -1"), script, shell]));
        assert!(!is_watched_among(&[(None, "50 (cph-wizard) R 40 50 50 34816 -1"), shell]));
    }

    #[test]
    fn a_first_process_whose_group_lies_outside_of_the_container_does_not_watch() {
        let first = (Some(1), "1 (first) S 0 0 0 0 -1");
        assert!(!is_watched_among(&[(None, "50 (cph-wizard) R 1 50 50 34816 -1"), first]));
        assert!(!is_watched_among(&[(None, "50 (cph-wizard) R 1 0 0 34816 -1"), first]));
        assert!(!is_watched_among(&[(None, "1 (cph-wizard) R 0 1 1 34816 -1")]));
    }
}
