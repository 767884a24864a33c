//! A row of a table of codes: a number with its meaning, which says what happened and what to do; and the search in a table.

use crate::i18n::{self, tr};

/// A row of a table: number, what happened, what to do, the two as phrases in English. Tables are
/// sorted by number.
pub(super) type CodeRow = (u32, &'static str, &'static str);

/// What a code means, in two sentences of at most 110 characters. In the tables they are English;
/// what this module hands out is in the language that is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// What happened.
    pub what: &'static str,
    /// What to do.
    pub advice: &'static str,
}

impl Meaning {
    pub(super) const fn new(what: &'static str, advice: &'static str) -> Self {
        Self { what, advice }
    }

    /// The same in the language that is spoken.
    pub(super) fn translated(self) -> Self {
        Self { what: i18n::t(self.what), advice: i18n::t(self.advice) }
    }

    /// Both sentences, one behind the other.
    #[must_use]
    pub fn sentences(self) -> String {
        let Self { what, advice } = self;
        tr!("{what} {advice}", what, advice)
    }
}

/// The row of a number.
pub(super) fn find(table: &[CodeRow], number: u32) -> Option<Meaning> {
    let at = table.binary_search_by_key(&number, |(number, ..)| *number).ok()?;
    table.get(at).map(|&(_, what, advice)| Meaning::new(what, advice))
}
