//! Arbitrary bytes as a journal: there is no panic, and nothing can be bought with what is not a journal.

use super::memory_disk::Disk;
use super::{cases, open, written};
use crate::purchase::intents::tests::fixtures::everything;
use crate::purchase::journal::parse::parse_journal;

/// A small and fast random number generator that gives the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.roll(256)).unwrap()
    }
}

#[test]
fn random_bytes_make_no_records_and_no_panic() {
    let pieces: [&[u8]; 9] = [
        b"\n",
        b"{\"format\":1,",
        b"{\"format\":3,",
        b"\"seq\":1,",
        b"\"entry\":{",
        b",\"check\":\"",
        b"\"}",
        b"}",
        b"\0",
    ];
    for seed in 1..=u64::from(cases(100_000)) {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut bytes = Vec::new();
        for _ in 0..dice.roll(24) {
            match dice.roll(3) {
                0 => bytes.push(dice.byte()),
                1 => bytes.extend_from_slice(pieces[dice.roll(pieces.len())]),
                _ => bytes.extend(b"0123456789abcdef".iter().cycle().skip(dice.roll(16)).take(dice.roll(80))),
            }
        }
        let reading = parse_journal(&bytes);
        assert_eq!((reading.records, reading.end), (0, 0), "seed {seed}");
    }
}

#[test]
fn a_real_journal_with_random_wounds_keeps_what_lies_before_them() {
    let (bytes, ends) = written(&everything()[..12]);
    for seed in 1..=u64::from(cases(2_000)) {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut wounded = bytes.clone();
        let at = dice.roll(bytes.len());
        let until = at + dice.roll(bytes.len() - at);
        match dice.roll(3) {
            0 => drop(wounded.drain(at..until)),
            1 => wounded[at..until].fill(dice.byte()),
            _ => drop(wounded.splice(at..at, (0..dice.roll(300)).map(|_| dice.byte()).collect::<Vec<_>>())),
        }
        let same = wounded.iter().zip(&bytes).take_while(|(one, other)| one == other).count();
        let intact = ends.iter().filter(|end| **end <= same).count();
        let reading = parse_journal(&wounded);
        assert!(reading.records >= intact as u64, "seed {seed}");
        open(&Disk::with(&wounded));
    }
}
