//! A row of a table of codes: a number, what happened, and what to do. Also contains the search in a table.

use crate::i18n::{self, tr};

/// A row of a table: the number, what happened and what to do. Both texts are phrases in English. Tables are sorted by
/// number.
pub(super) type CodeRow = (u32, &'static str, &'static str);

/// The meaning of a code in two sentences of at most 110 characters each. The tables hold them in English; the public
/// functions of this module return them in the current language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// A sentence on the cause.
    pub what: &'static str,
    /// A sentence on the remedy.
    pub advice: &'static str,
}

impl Meaning {
    pub(super) const fn new(what: &'static str, advice: &'static str) -> Self {
        Self { what, advice }
    }

    /// Translates both sentences into the current language.
    pub(super) fn translated(self) -> Self {
        Self { what: i18n::t(self.what), advice: i18n::t(self.advice) }
    }

    /// Joins both sentences into one line.
    #[must_use]
    pub fn sentences(self) -> String {
        let Self { what, advice } = self;
        tr!("{what} {advice}", what, advice)
    }
}

/// Finds a number in a table by binary search.
pub(super) fn find(table: &[CodeRow], number: u32) -> Option<Meaning> {
    let at = table.binary_search_by_key(&number, |(number, ..)| *number).ok()?;
    table.get(at).map(|&(_, what, advice)| Meaning::new(what, advice))
}
