//! Hardens the process: no core dumps, and no ptrace by the same user.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Disables core dumps, and on Linux also ptrace by processes of the same user. Failures are ignored, since this is
/// only an additional protection.
pub fn harden_process() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
