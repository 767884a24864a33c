//! Canaries: invented secrets that are looked for, whole and in pieces and in every usual spelling, in all that the
//! program lets out.

use std::fs;
use std::path::{Path, PathBuf};

/// As many characters of a secret in a row are a leak, wherever it was cut or wrapped.
const PIECE: usize = 10;
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/// A random-looking secret of letters and digits, another for each number.
pub fn canary(number: u64, length: usize) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995_c0ff_ee11;
    let letter = |_| {
        // The generator of Steele, Lea and Flood (SplitMix64).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let at = usize::try_from((mixed ^ (mixed >> 31)) % LETTERS.len() as u64).expect("a place");
        char::from(LETTERS[at])
    };
    (0..length).map(letter).collect()
}

/// The same with characters among its letters that addresses, forms and shells spell in another way.
pub fn awkward(number: u64) -> String {
    let letters = canary(number, 36);
    let pieces: Vec<&str> = (0..36).step_by(6).map(|at| &letters[at..at + 6]).collect();
    ["/", "+", "=", "%", "&"]
        .iter()
        .zip(&pieces[1..])
        .fold(pieces[0].to_owned(), |text, (mark, piece)| text + mark + piece)
}

/// Base64 of as much of a text as does not depend on what stands around it, when it begins at a byte of this rest
/// modulo 3.
fn base64(text: &str, rest: usize, digits: &[u8; 64]) -> String {
    let bytes: Vec<u8> = std::iter::repeat_n(0, rest).chain(text.bytes()).collect();
    let bit = |at: usize| usize::from(bytes[at / 8] >> (7 - at % 8) & 1);
    let first = (rest * 8).div_ceil(6);
    let digit = |at: usize| char::from(digits[(0..6).fold(0, |value, by| value << 1 | bit(at * 6 + by))]);
    (first..bytes.len() * 8 / 6).map(digit).collect()
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const OF_ADDRESSES: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Every spelling of a text that is looked for, with its name.
fn spellings(text: &str) -> Vec<(&'static str, String)> {
    let each = |spell: &dyn Fn(u8) -> String| text.bytes().map(spell).collect::<String>();
    let list = text.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let kept = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let mut all = vec![
        ("plain", text.to_owned()),
        ("reversed", text.chars().rev().collect()),
        ("small letters", text.to_ascii_lowercase()),
        ("capitals", text.to_ascii_uppercase()),
        ("hex", each(&|byte| format!("{byte:02x}"))),
        ("hex in capitals", each(&|byte| format!("{byte:02X}"))),
        ("percent", each(&|byte| format!("%{byte:02x}"))),
        ("percent in capitals", each(&|byte| format!("%{byte:02X}"))),
        ("percent where needed", each(&kept)),
        (
            "percent where needed, in small letters",
            each(&|byte| kept(byte).replace("%2F", "%2f").replace("%2B", "%2b")),
        ),
        ("a list of bytes", list.join(", ")),
        ("a short list of bytes", list.join(",")),
    ];
    for rest in 0..3 {
        all.push(("base64", base64(text, rest, STANDARD)));
        all.push(("base64 of addresses", base64(text, rest, OF_ADDRESSES)));
    }
    all
}

/// The whole and its pieces.
fn pieces(secret: &str) -> Vec<&str> {
    let last = secret.len().saturating_sub(PIECE);
    let parts = (0..last).step_by(PIECE).chain([last]);
    let parts = parts.map(|at| &secret[at..secret.len().min(at + PIECE)]);
    parts.chain([secret]).collect()
}

/// In which spellings a secret, or a piece of it, is there.
pub fn found(bytes: &[u8], secret: &str) -> Vec<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    let all = pieces(secret).into_iter().flat_map(spellings);
    let mut names: Vec<_> = all.filter(|(_, spelling)| text.contains(spelling)).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What a terminal shows, without what it obeys: words that were painted in parts stand together again.
fn painted(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    let after = |part: &str| {
        part.find(|c: char| ('\x40'..='\x7e').contains(&c)).map_or(String::new(), |end| part[end + 1..].into())
    };
    parts.fold(first, |all, part| all + &after(part)).into_bytes()
}

/// Fails if any of the secrets, or a token of the simulated IAM, is in there.
pub fn is_clean(secrets: &[String], place: &str, bytes: &[u8]) {
    for secret in secrets {
        for bytes in [bytes, &painted(bytes)] {
            let names = found(bytes, secret);
            assert!(names.is_empty(), "{place} has the secret {secret} in the spelling {}", names.join(", "));
        }
    }
    let text = String::from_utf8_lossy(bytes);
    let is_token = |rest: &str| rest.len() >= 16 && rest.bytes().take(16).all(|byte| byte.is_ascii_hexdigit());
    assert!(!text.split("MII").skip(1).any(is_token), "{place} has a token that was issued");
}

/// All files under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Fails if any of the secrets is in a file under a home, or in the name of one; but for the files given.
pub fn home_is_clean(secrets: &[String], home: &Path, inputs: &[String]) -> usize {
    let inputs: Vec<PathBuf> = inputs.iter().map(|path| home.join(path)).collect();
    let looked: Vec<PathBuf> = files(home).into_iter().filter(|path| !inputs.contains(path)).collect();
    for path in &looked {
        let name = path.display().to_string();
        is_clean(secrets, "the name of a file", name.as_bytes());
        is_clean(secrets, &name, &fs::read(path).expect("a file"));
    }
    looked.len()
}

#[test]
fn a_canary_is_found_in_every_spelling_and_in_pieces() {
    assert_eq!((base64("ABC", 0, STANDARD), base64("ABC", 1, STANDARD)), ("QUJD".into(), "FCQ".into()));
    for secret in [canary(1, 40), awkward(1)] {
        for (name, spelling) in spellings(&secret) {
            let planted = format!("before{spelling}after");
            assert!(found(planted.as_bytes(), &secret).contains(&name), "{name}: {planted}");
        }
        assert!(found(&secret.as_bytes()[7..27], &secret).contains(&"plain"), "a part of it");
        for (at, text) in [("", ""), ("u:", ":p"), ("ab", "cd")].iter().enumerate() {
            let whole = format!("{}{secret}{}", text.0, text.1);
            let encoded: String = base64(&format!("{whole}    "), 0, STANDARD);
            assert!(found(encoded.as_bytes(), &secret).contains(&"base64"), "{at}");
        }
        let split = secret.chars().fold(String::new(), |all, c| all + "\x1b[3;7H\x1b[1m" + &c.to_string());
        assert!(found(split.as_bytes(), &secret).is_empty(), "it is not there in a row");
        assert!(found(&painted(split.as_bytes()), &secret).contains(&"plain"));
        assert!(found(canary(2, 4000).as_bytes(), &secret).is_empty());
    }
    assert_ne!(canary(1, 40), canary(2, 40));
}

#[test]
#[should_panic(expected = "has the secret")]
fn a_canary_in_a_file_is_found() {
    let home = tempfile::tempdir().expect("a home");
    fs::create_dir(home.path().join("deep")).expect("a folder");
    fs::write(home.path().join("input"), canary(1, 40)).expect("a file");
    assert_eq!(home_is_clean(&[canary(1, 40)], home.path(), &["input".to_owned()]), 0);
    fs::write(home.path().join("deep/log"), canary(1, 40)).expect("a file");
    home_is_clean(&[canary(1, 40)], home.path(), &["input".to_owned()]);
}

#[test]
#[should_panic(expected = "a token that was issued")]
fn an_issued_token_is_found() {
    is_clean(&[], "a screen", b"x MII0123456789abcdef0123456789abcdef");
}
