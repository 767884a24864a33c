//! Suspends the program so that a shell gets its terminal back. The program does not stop where nothing would continue
//! it.

use std::io;

#[cfg(not(target_os = "linux"))]
use rustix::process::{Pid, getpgid, getpgrp, getppid, getsid};
use rustix::process::{Signal, kill_current_process_group};

/// Stops the process group: this program and everything that was started together with it. Uses SIGSTOP, since SIGTSTP
/// has a handler here.
pub fn stop_group() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Returns whether a shell controls this process group: some ancestor is in the same session but in another group. In
/// the absence of one, SIGTSTP does not stop a process by default either (POSIX: orphaned process groups).
pub fn has_job_control() -> bool {
    Process::current().is_some_and(|ours| has_job_control_among(ours, Process::from_pid))
}

fn has_job_control_among(ours: Process, process: impl Fn(i32) -> Option<Process>) -> bool {
    let mut parent = ours.parent;
    while parent > 0 {
        // Of somebody else's process nothing may be told; shells that continue what was stopped make a group for each job.
        let Some(at) = process(parent) else { return ours.group != ours.session };
        if at.session != ours.session || at.group != ours.group {
            return at.session == ours.session;
        }
        parent = at.parent;
    }
    false
}

/// The parent, group and session of a process. Inside a container, those that lie outside of it are 0, even for its
/// first process. Typed process ids do not allow 0, hence the plain numbers.
#[derive(Clone, Copy)]
struct Process {
    parent: i32,
    group: i32,
    session: i32,
}

#[cfg(target_os = "linux")]
impl Process {
    fn current() -> Option<Self> {
        Self::parse_stat(&std::fs::read_to_string("/proc/self/stat").ok()?)
    }

    fn from_pid(pid: i32) -> Option<Self> {
        Self::parse_stat(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
    }

    /// Parses the process table entry of Linux (`proc_pid_stat(5)`): the name in parentheses may contain anything; the
    /// state, the parent, the group and the session follow it.
    fn parse_stat(stat: &str) -> Option<Self> {
        let mut numbers = stat.rsplit_once(')')?.1.split_whitespace().skip(1).map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Self { parent: next()?, group: next()?, session: next()? })
    }
}

#[cfg(not(target_os = "linux"))]
impl Process {
    fn current() -> Option<Self> {
        let number = |pid: Pid| pid.as_raw_nonzero().get();
        Some(Self { parent: Pid::as_raw(getppid()), group: number(getpgrp()), session: number(getsid(None).ok()?) })
    }

    /// Returns a process without its parent, which this system does not report for other processes. Usually the parent
    /// is a shell, for which group and session suffice.
    fn from_pid(pid: i32) -> Option<Self> {
        let number = |pid: Pid| pid.as_raw_nonzero().get();
        let pid = Pid::from_raw(pid)?;
        Some(Self { parent: 0, group: number(getpgid(Some(pid)).ok()?), session: number(getsid(Some(pid)).ok()?) })
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn has_job_control(ours: &str, table: &[(i32, &str)]) -> bool {
        let stat_of = |pid: i32| Process::parse_stat(table.iter().find(|(of, _)| *of == pid)?.1);
        Process::parse_stat(ours).is_some_and(|ours| has_job_control_among(ours, stat_of))
    }

    #[test]
    fn a_shell_of_our_session_outside_of_our_group_watches() {
        let shell = (40, "40 (a) shell)) S 7 40 40 34816 -1");
        assert!(has_job_control("50 (cph-wizard) R 40 50 40 34816 -1", &[shell]));
        let script = (45, "45 (sh) S 40 45 40 34816 -1");
        assert!(has_job_control("50 (cph-wizard) R 45 45 40 34816 -1", &[script, shell]));
        assert!(!has_job_control("50 (cph-wizard) R 40 50 50 34816 -1", &[shell]));
    }

    #[test]
    fn a_first_process_whose_group_lies_outside_of_the_container_does_not_watch() {
        let first = (1, "1 (first) S 0 0 0 0 -1");
        assert!(!has_job_control("50 (cph-wizard) R 1 50 50 34816 -1", &[first]));
        assert!(!has_job_control("50 (cph-wizard) R 1 0 0 34816 -1", &[first]));
        assert!(!has_job_control("1 (cph-wizard) R 0 1 1 34816 -1", &[]));
    }

    #[test]
    fn a_parent_that_may_not_be_looked_at_watches_over_what_has_a_group_of_its_own() {
        assert!(has_job_control("50 (cph-wizard) R 40 50 39 34816 -1", &[]));
        assert!(!has_job_control("50 (cph-wizard) R 40 50 50 34816 -1", &[]));
    }
}
