//! Finds an order in the journal by the beginning of its id.

use uuid::Uuid;

use super::list;
use crate::bootstrap::error::AppError;
use crate::i18n::tr;
use crate::purchase::PurchaseService;
use crate::purchase::intents::Purchase;
use crate::purchase::journal::History;
use crate::text::sanitize::visible;

fn find<'a>(mut all: impl Iterator<Item = &'a Purchase>, id: &str) -> Result<&'a Purchase, AppError> {
    all.find(|purchase| is_meant(purchase.intent().id, id)).ok_or_else(|| no_order(id))
}

/// Finds an order in the journal by the beginning of its id, for recording something about it. An order that is only in
/// the archive is settled, which is an error of its own.
pub fn find_open<'a>(service: &PurchaseService, history: &'a History, id: &str) -> Result<&'a Purchase, AppError> {
    let found = find(history.intents().newest_first(), id);
    if found.is_ok() {
        return found;
    }
    let archive = list::archive_of(service)?;
    if list::every(history.intents(), archive.as_ref())?.any(|order| is_meant(order.id(), id)) {
        let id = visible(id);
        return Err(AppError::Usage(tr!("order {id} is settled and in the archive: `orders show {id}` shows it", id)));
    }
    found
}

/// Returns whether the id of an order begins with `id`, in any letter case. An empty `id` matches nothing.
pub fn is_meant(order: Uuid, id: &str) -> bool {
    !id.is_empty() && order.to_string().starts_with(&id.to_ascii_lowercase())
}

pub fn no_order(id: &str) -> AppError {
    AppError::Usage(tr!("the journal has no order {id}: `orders list` shows all", id = visible(id)))
}
