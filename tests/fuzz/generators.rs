//! What an input is made of: bytes of all kinds, words that mean something to the parser, and valid inputs that were
//! flipped, cut, doubled and joined.

use crate::runner::Rng;

/// Characters that move, hide or turn round, and some that only look odd.
const ODD: [char; 26] = [
    '\0',
    '\u{7}',
    '\u{1b}',
    '\u{7f}',
    '\u{9b}',
    '\u{ad}',
    '\u{61c}',
    '\u{200b}',
    '\u{200d}',
    '\u{200f}',
    '\u{2028}',
    '\u{202e}',
    '\u{2060}',
    '\u{2066}',
    '\u{feff}',
    '\u{fe0f}',
    '\u{1bca0}',
    '\u{1d173}',
    '\u{e0041}',
    '\u{301}',
    '\u{1f4f1}',
    '\u{df}',
    '\u{130}',
    '\u{ff0e}',
    '\u{10ffff}',
    '\u{fffd}',
];

pub struct Generator {
    valid: Vec<Vec<u8>>,
    words: &'static [&'static str],
}

impl Generator {
    pub fn new(valid: Vec<Vec<u8>>, words: &'static [&'static str]) -> Self {
        assert!(!valid.is_empty() && !words.is_empty());
        Self { valid, words }
    }

    pub fn make(&self, rng: &mut Rng) -> Vec<u8> {
        match rng.below(10) {
            0 => bytes(rng),
            1 => characters(rng).into_bytes(),
            2 => self.many_words(rng),
            3 => self.one_word_over_and_over(rng),
            _ => self.mutated(rng),
        }
    }

    fn word(&self, rng: &mut Rng) -> &'static [u8] {
        rng.pick(self.words).as_bytes()
    }

    fn many_words(&self, rng: &mut Rng) -> Vec<u8> {
        let mut input = Vec::new();
        for _ in 0..rng.below(24) {
            match rng.below(6) {
                0 => input.push(rng.byte()),
                1 => input.extend(odd(rng).to_string().bytes()),
                _ => input.extend(self.word(rng)),
            }
        }
        input
    }

    /// Deep nesting, among others.
    fn one_word_over_and_over(&self, rng: &mut Rng) -> Vec<u8> {
        let times = if rng.one_in(20) { 2_000 } else { 60 };
        self.word(rng).repeat(rng.below(times))
    }

    fn mutated(&self, rng: &mut Rng) -> Vec<u8> {
        let mut input = rng.pick(&self.valid).clone();
        for _ in 0..=rng.below(4) {
            self.mutate(&mut input, rng);
        }
        input
    }

    /// One change to an input.
    pub fn mutate(&self, input: &mut Vec<u8>, rng: &mut Rng) {
        let from = rng.below(input.len() + 1);
        let to = (from + rng.below(40)).min(input.len());
        match rng.below(9) {
            0 | 1 => {
                if let Some(byte) = input.get_mut(from) {
                    *byte ^= 1 << rng.below(8);
                }
            }
            2 => {
                if let Some(byte) = input.get_mut(from) {
                    *byte = rng.byte();
                }
            }
            3 => input.truncate(from),
            4 => drop(input.drain(from..to)),
            5 => drop(input.splice(from..to, self.word(rng).iter().copied())),
            6 => {
                let part = input[from..to].to_vec();
                drop(input.splice(from..from, part));
            }
            7 => {
                let odd = odd(rng).to_string().into_bytes();
                drop(input.splice(from..from, odd));
            }
            _ => {
                let other = rng.pick(&self.valid);
                let behind = other[rng.below(other.len() + 1)..].to_vec();
                input.truncate(from);
                input.extend(behind);
            }
        }
    }
}

fn bytes(rng: &mut Rng) -> Vec<u8> {
    let most = if rng.one_in(50) { 2_000 } else { 64 };
    let length = rng.below(most);
    (0..length).map(|_| rng.byte()).collect()
}

fn characters(rng: &mut Rng) -> String {
    let length = rng.below(32);
    (0..length).map(|_| if rng.one_in(2) { odd(rng) } else { any(rng) }).collect()
}

fn odd(rng: &mut Rng) -> char {
    *rng.pick(&ODD)
}

fn any(rng: &mut Rng) -> char {
    // Most that there is to find lies low.
    let bound = if rng.one_in(2) { 0x11_0000 } else { 0x3000 };
    u32::try_from(rng.below(bound)).ok().and_then(char::from_u32).unwrap_or('?')
}

/// Whether a character moves, hides or turns round, after Unicode's own lists: controls, bidirectional controls, line
/// separators, and what is drawn as nothing (`Default_Ignorable_Code_Point`).
pub fn is_unseen(c: char) -> bool {
    let is_ignorable = matches!(u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF);
    c.is_control() || is_ignorable || matches!(c, '\u{2028}' | '\u{2029}')
}

#[track_caller]
pub fn assert_can_be_shown(text: &str) {
    assert!(!text.contains(is_unseen), "something in it is not seen: {text:?}");
}
