//! Failpoints: named points on the way of a purchase, at which a test can have the program killed, stopped, or its clock turned. In a
//! normal run they do nothing.

use std::sync::OnceLock;

use rustix::process::{Signal, getpid, kill_process};

use crate::clock;

/// What a test wants to happen, and at which points.
struct Plan {
    kill: Option<String>,
    stop: Option<String>,
    /// A point, and the seconds to which the clock is shifted there.
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

/// Marks where the program is, for the tests that kill it there.
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
