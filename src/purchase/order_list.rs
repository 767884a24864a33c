//! All orders of the journal and of its archive, newest first.

use std::borrow::Cow;
use std::io;

use jiff::Timestamp;
use uuid::Uuid;

use super::intents::{Intents, Purchase};
use super::journal::{Archive, ArchiveFault, ArchivedOrder, NewestFirst, Obstacle, OrderSummary};

/// An order from the journal or from its archive.
#[derive(Debug, Clone)]
pub enum ListedOrder<'a> {
    Journal(&'a Purchase),
    Archive(Box<ArchivedOrder>),
}

impl<'a> ListedOrder<'a> {
    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Self::Journal(purchase) => purchase.intent().id,
            Self::Archive(order) => order.row.id,
        }
    }

    fn at(&self) -> Timestamp {
        match self {
            Self::Journal(purchase) => purchase.intent().at,
            Self::Archive(order) => order.row.at,
        }
    }

    /// Returns the summary that order lists show; for an order of the journal it is built on each call.
    #[must_use]
    pub fn row(&self) -> Cow<'_, OrderSummary> {
        match self {
            Self::Journal(purchase) => Cow::Owned(OrderSummary::from_purchase(purchase)),
            Self::Archive(order) => Cow::Borrowed(&order.row),
        }
    }

    /// Returns the order with its records. Fails with [`Obstacle::ArchiveDamaged`] if they cannot be read from the
    /// archive, or if an archived order is requested without `archive`.
    pub fn purchase(&self, archive: Option<&Archive>) -> Result<Cow<'a, Purchase>, Obstacle> {
        match self {
            Self::Journal(purchase) => Ok(Cow::Borrowed(purchase)),
            Self::Archive(order) => {
                let read = archive.map_or_else(|| Err(ArchiveFault::NotOpen), |archive| archive.purchase(order));
                read.map(Cow::Owned).map_err(|what| Obstacle::ArchiveDamaged { what })
            }
        }
    }
}

/// An iterator over all orders, newest first by their time of confirmation. An order that is in both files counts as
/// one of the journal.
pub struct AllOrders<'a> {
    intents: &'a Intents,
    journal: Box<dyn Iterator<Item = &'a Purchase> + 'a>,
    archive: Option<NewestFirst>,
    next_of_journal: Option<ListedOrder<'a>>,
    next_of_archive: Option<ListedOrder<'a>>,
}

impl<'a> AllOrders<'a> {
    pub fn new(intents: &'a Intents, archive: Option<&Archive>) -> io::Result<Self> {
        let mut all = Self {
            intents,
            journal: Box::new(intents.newest_first()),
            archive: archive.map(Archive::newest_first).transpose()?,
            next_of_journal: None,
            next_of_archive: None,
        };
        all.next_of_journal = all.journal.next().map(ListedOrder::Journal);
        all.read_archived();
        Ok(all)
    }

    fn read_archived(&mut self) {
        let Self { intents, archive, .. } = self;
        let next = archive.as_mut().and_then(|all| all.find(|order| intents.purchase(order.row.id).is_none()));
        self.next_of_archive = next.map(|order| ListedOrder::Archive(Box::new(order)));
    }

    /// Returns the damage to the archive that was noticed so far, because of which orders may be missing. Only complete
    /// after the last order was read.
    #[must_use]
    pub fn damage(&self) -> Option<Obstacle> {
        let what = self.archive.as_ref()?.damage()?;
        Some(Obstacle::ArchiveDamaged { what: what.clone() })
    }
}

impl<'a> Iterator for AllOrders<'a> {
    type Item = ListedOrder<'a>;

    fn next(&mut self) -> Option<ListedOrder<'a>> {
        let is_archived_newer = match (&self.next_of_journal, &self.next_of_archive) {
            (Some(journal), Some(archived)) => archived.at() > journal.at(),
            (None, _) => true,
            (Some(_), None) => false,
        };
        if is_archived_newer {
            let next = self.next_of_archive.take();
            self.read_archived();
            next
        } else {
            std::mem::replace(&mut self.next_of_journal, self.journal.next().map(ListedOrder::Journal))
        }
    }
}
