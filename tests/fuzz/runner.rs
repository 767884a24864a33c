//! The inputs one after another, each from a seed of its own, so that one of them can be made without those before.

use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::time::{Instant, SystemTime};

/// Splitmix64: small, and good enough for noise.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64, number: u64) -> Self {
        let mut rng = Self(seed ^ number.wrapping_mul(0xD134_2543_DE82_EF95));
        // Neighbours are not to look alike.
        rng.next();
        rng
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one; 0 if there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        let drawn = self.next() % u64::try_from(bound.max(1)).unwrap();
        usize::try_from(drawn).unwrap()
    }

    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

fn number_from(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is a number, not {text:?}")))
}

/// The seed of this run, the same for every parser.
fn seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    *SEED.get_or_init(|| {
        number_from("CPH_WIZARD_SEED").unwrap_or_else(|| {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
            now.as_secs() << 20 ^ u64::from(now.subsec_nanos())
        })
    })
}

/// Hands so many inputs to a parser, or as many as were asked for. The seed is said before anything happens and past
/// the test harness, so that it is known even if the process dies.
pub fn run_cases(parser: &str, usual: u64, make: impl Fn(&mut Rng) -> Vec<u8>, mut parse: impl FnMut(&[u8], &mut Rng)) {
    let count = number_from("CPH_WIZARD_NOISE").unwrap_or(usual);
    let seed = seed();
    let _ = writeln!(std::io::stderr(), "{parser}: {count} inputs, CPH_WIZARD_SEED={seed}");
    let begun = Instant::now();
    for number in 0..count {
        let mut rng = Rng::new(seed, number);
        let input = make(&mut rng);
        let is_well = catch_unwind(AssertUnwindSafe(|| parse(&input, &mut rng))).is_ok();
        assert!(is_well, "{parser}: input {number} with CPH_WIZARD_SEED={seed} fails, in hex:\n{}", hex(&input));
    }
    let _ = writeln!(std::io::stderr(), "{parser}: {:.1} s", begun.elapsed().as_secs_f32());
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
