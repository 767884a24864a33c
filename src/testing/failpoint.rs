//! Failpoints: named points in a purchase at which a test can have the program killed or stopped, or its clock shifted.
//! In a normal run they do nothing.

use std::sync::OnceLock;

use rustix::process::{Signal, getpid, kill_process};

use crate::clock;

/// Actions that a test requests through environment variables, each with the point that triggers it.
struct Plan {
    kill: Option<String>,
    stop: Option<String>,
    /// The point, and the shift in seconds that the clock gets there.
    turn_clock: Option<(String, i64)>,
}

impl Plan {
    fn read() -> Self {
        let read = |name: &str| std::env::var(name).ok();
        let turn = read("CPH_WIZARD_TEST_TURN_CLOCK_AT");
        let turn = turn.and_then(|turn| {
            let (point, seconds) = turn.rsplit_once('=')?;
            Some((point.to_owned(), seconds.parse().ok()?))
        });
        Self { kill: read("CPH_WIZARD_TEST_KILL_AT"), stop: read("CPH_WIZARD_TEST_STOP_AT"), turn_clock: turn }
    }
}

/// Runs the action that the test requested for this point: kills the program, stops it until it gets SIGCONT, or shifts
/// its clock. The environment is read once, on the first call.
pub fn hit(point: &str) {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    let plan = PLAN.get_or_init(Plan::read);
    if plan.kill.as_deref() == Some(point) {
        // Nothing may run after this point, no destructor and no handler.
        let _ = kill_process(getpid(), Signal::KILL);
        loop {
            std::thread::park();
        }
    }
    if plan.stop.as_deref() == Some(point) {
        // The test goes on with the files, and then lets the program go on.
        let _ = kill_process(getpid(), Signal::STOP);
    }
    if let Some((at, seconds)) = &plan.turn_clock
        && at == point
        && clock::may_be_shifted()
    {
        clock::shift_for_tests(*seconds);
    }
}
