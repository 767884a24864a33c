//! Cloud Phone itself (`cph.md` 3.6, 4.7 and 16.3): the codes that a purchase can bring, all
//! others, and those of cloud gaming.

mod advice;
mod gaming;
mod other;
mod purchase;

use super::code_row::{CodeRow, Meaning, find};

pub(super) use purchase::{PURCHASE, advice_for_one_server};

/// All tables; no number is in two of them.
pub(super) const TABLES: [&[CodeRow]; 3] = [PURCHASE, other::OTHER, gaming::GAMING];

/// What a number means.
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
