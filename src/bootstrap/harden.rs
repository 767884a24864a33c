//! Hardens the process: no core dumps, and no ptrace by the same user.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Seals the process. A system that refuses leaves it as it is: it is a second wall, not the first.
pub fn harden_process() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
