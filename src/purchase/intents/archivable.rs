//! Selection of the orders that nothing needs any more, so that they can be moved to the archive.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::clock_reading::ClockReading;
use super::duplicates::ABSENT_WINDOW;
use super::{Intents, JournalEntry, OrderState, Purchase};

/// The minimum age of the last record of an order that is moved to the archive.
pub const MIN_ARCHIVE_AGE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The number of newest orders that always stay.
const NEWEST: usize = 50;

impl Intents {
    /// Returns the orders that can be moved to the archive: settled, without a record for 30 days, and not needed any
    /// more. The newest 50 stay. Empty while records may be missing.
    ///
    /// The age is measured up to `now` or the newest server time in a record, whichever is earlier; without a server
    /// time no order is old enough.
    pub fn archivable(&self, now: Timestamp) -> BTreeSet<Uuid> {
        let all = || self.newest_first().flat_map(Purchase::records);
        let Some(measured) = all().filter_map(|record| record.written().server_time()).max() else {
            return BTreeSet::new();
        };
        if self.loss().is_some() {
            return BTreeSet::new();
        }
        let now = now.min(measured);
        let (going, staying): (Vec<_>, Vec<_>) = self
            .newest_first()
            .enumerate()
            .partition(|(place, purchase)| *place >= NEWEST && is_settled(purchase, now) && is_old(purchase, now));
        // An order that may still be searched for must not be taken for one whose id is in the archive.
        let mut searched = SearchedNames::default();
        for (place, purchase) in staying {
            searched.add(place, purchase);
        }
        let is_needed = |place: usize, purchase: &Purchase| searched.concerns(place, &purchase.intent().server_name);
        let going = going.into_iter().filter(|(place, purchase)| !is_needed(*place, purchase));
        going.map(|(_, purchase)| purchase.intent().id).collect()
    }
}

/// Returns whether the outcome is known and no rule needs the order any more.
fn is_settled(purchase: &Purchase, now: Timestamp) -> bool {
    match purchase.state() {
        OrderState::Accepted(_) | OrderState::Found { .. } | OrderState::NotSent(_) => true,
        OrderState::Rejected(_) => !purchase.is_check_due(),
        OrderState::NotFound | OrderState::NotPlaced => {
            let now = ClockReading { at: now, ahead: None };
            purchase.absent_since().is_some_and(|since| now.least_since(since) > ABSENT_WINDOW)
        }
        OrderState::Ready | OrderState::Sending | OrderState::Unknown(_) | OrderState::Conflict => false,
    }
}

fn is_old(purchase: &Purchase, now: Timestamp) -> bool {
    let newest = purchase.records().iter().map(JournalEntry::written).flat_map(|written| {
        let ClockReading { at, .. } = written;
        [Some(at), written.server_time()].into_iter().flatten()
    });
    newest.max().is_some_and(|newest| now.duration_since(newest) >= MIN_ARCHIVE_AGE)
}

/// The names under which servers may be searched for, each with the place, counted from the newest order, of the oldest
/// order that the search concerns.
#[derive(Default)]
struct SearchedNames(BTreeMap<String, usize>);

impl SearchedNames {
    fn add(&mut self, place: usize, purchase: &Purchase) {
        if !may_be_searched(purchase.state()) {
            return;
        }
        // After a rejection only servers count that were not there before, and so of no earlier order.
        let is_rejected = matches!(purchase.state(), OrderState::Rejected(_)) && !purchase.is_check_due();
        let until = if is_rejected { place } else { usize::MAX };
        let oldest = self.0.entry(plain(&purchase.intent().server_name)).or_default();
        *oldest = until.max(*oldest);
    }

    /// Returns whether a search for another order could show servers of this one: the names are the same, or one
    /// continues the other with a hyphen.
    fn concerns(&self, place: usize, name: &str) -> bool {
        let name = plain(name);
        let reaches = |until: &usize| *until > place;
        let shorter = name.match_indices('-').filter_map(|(at, _)| self.0.get(name.get(..at)?));
        let numbered = format!("{name}-");
        let longer = self.0.range(numbered.clone()..).take_while(|(other, _)| other.starts_with(&numbered));
        self.0.get(&name).is_some_and(reaches)
            || shorter.into_iter().any(reaches)
            || longer.map(|(_, until)| until).any(reaches)
    }
}

fn may_be_searched(state: &OrderState) -> bool {
    match state {
        OrderState::Ready
        | OrderState::Sending
        | OrderState::Unknown(_)
        | OrderState::NotFound
        | OrderState::NotPlaced
        | OrderState::Rejected(_)
        | OrderState::Conflict => true,
        OrderState::Accepted(_) | OrderState::NotSent(_) | OrderState::Found { .. } => false,
    }
}

/// Converts a name to the form in which names that nearly match are equal: lower case, with `-` for `_`.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}
