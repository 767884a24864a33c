//! The error codes of Cloud Phone (`cph.md` 3.6, 4.7 and 16.3): those that a purchase can return, those of cloud
//! gaming, and all others.

mod advice;
mod gaming;
mod other;
mod purchase;

use super::code_row::{CodeRow, Meaning, find};

pub(super) use purchase::{PURCHASE, advice_for_one_server};

/// All tables. No number is in two of them.
pub(super) const TABLES: [&[CodeRow]; 3] = [PURCHASE, other::OTHER, gaming::GAMING];

/// Looks up the meaning of a Cloud Phone code by its number. `None` if no document explains it.
pub(super) fn meaning(number: u32) -> Option<Meaning> {
    TABLES.iter().find_map(|table| find(table, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_is_in_two_tables() {
        let mut all: Vec<u32> = TABLES.iter().flat_map(|table| table.iter().map(|(number, ..)| *number)).collect();
        let rows = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), rows);
    }
}
