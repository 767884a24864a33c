//! Journals that grow: makes state directories for `benches/journal/run`, and measures the records of one more order in a
//! journal that is in memory. `cargo bench --bench journal -- make DIR ORDERS` or `-- append`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that cannot go on fails")]

#[path = "../../tests/purchase/generated_journal.rs"]
mod generated;

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// How many orders are added to a journal.
const ROUNDS: u32 = 200;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let given: Vec<&str> = args.iter().map(String::as_str).collect();
    match given[..] {
        ["make", directory, orders] => {
            generated::write(Path::new(directory), orders.parse().unwrap(), Timestamp::now());
        }
        [] | ["append"] => append(),
        _ => panic!("make DIR ORDERS, or append"),
    }
}

/// Prints the middle of the times from an answer until its record is kept, without what a disk takes.
fn append() {
    for orders in [0, 1_000, 10_000, 100_000] {
        let now = Timestamp::now();
        let (_memory, mut journal) = generated::journal(orders, now);
        let mut passed: Vec<Duration> = Vec::new();
        for number in 1_000_001..=1_000_000 + ROUNDS {
            let records = generated::records(number, now);
            let (outcome, before) = records.split_last().unwrap();
            for entry in before {
                journal.append(entry).unwrap();
            }
            let begun = Instant::now();
            journal.append(outcome).unwrap();
            passed.push(begun.elapsed());
        }
        passed.sort();
        println!("{orders:>7} orders: {:?}", passed[passed.len() / 2]);
    }
}
