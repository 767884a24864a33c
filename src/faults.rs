//! Faults planted on purpose, so that a script can show that the tests catch them. They exist only
//! with the feature `planted-faults`, which no release can have; without it nothing is left of them.

#[cfg(all(feature = "planted-faults", not(debug_assertions)))]
compile_error!("planted faults are for tests: they must not get into an optimized build");

/// Whether this fault is switched on: its name is in `CPH_WIZARD_FAULT`, and at most one is.
#[cfg(feature = "planted-faults")]
pub fn is_planted(name: &str) -> bool {
    use std::sync::OnceLock;

    static PLANTED: OnceLock<Option<String>> = OnceLock::new();
    PLANTED.get_or_init(|| std::env::var("CPH_WIZARD_FAULT").ok()).as_deref() == Some(name)
}

/// No fault is planted in this build.
#[cfg(not(feature = "planted-faults"))]
#[inline]
pub const fn is_planted(_: &str) -> bool {
    false
}
