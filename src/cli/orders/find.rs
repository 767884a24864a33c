//! Finds an order in the journal by the beginning of its id.

use uuid::Uuid;

use super::list;
use crate::bootstrap::error::AppError;
use crate::i18n::tr;
use crate::purchase::PurchaseService;
use crate::purchase::intents::Purchase;
use crate::purchase::journal::History;
use crate::text::sanitize::visible;

/// Returns the only one of the orders whose id begins with `id`. Fails if there is none, or more than one.
pub fn only<T>(mut matching: impl Iterator<Item = T>, id: &str) -> Result<T, AppError> {
    let first = matching.next().ok_or_else(|| no_order(id))?;
    match matching.next() {
        None => Ok(first),
        Some(_) => {
            Err(AppError::Usage(tr!("more than one order id begins with {id}: type more of it", id = visible(id))))
        }
    }
}

/// Finds an order in the journal by the beginning of its id, for recording something about it. An order that is only in
/// the archive is settled, which is an error of its own.
pub fn find_open<'a>(service: &PurchaseService, history: &'a History, id: &str) -> Result<&'a Purchase, AppError> {
    let mut matching =
        history.intents().newest_first().filter(|purchase| is_meant(purchase.intent().id, id)).peekable();
    if matching.peek().is_some() {
        return only(matching, id);
    }
    let archive = list::archive_of(service)?;
    if list::every(history.intents(), archive.as_ref())?.any(|order| is_meant(order.id(), id)) {
        let id = visible(id);
        return Err(AppError::Usage(tr!("order {id} is settled and in the archive: `orders show {id}` shows it", id)));
    }
    Err(no_order(id))
}

/// Returns whether the id of an order begins with `id`, in any letter case. An empty `id` matches nothing.
pub fn is_meant(order: Uuid, id: &str) -> bool {
    !id.is_empty() && order.to_string().starts_with(&id.to_ascii_lowercase())
}

fn no_order(id: &str) -> AppError {
    AppError::Usage(tr!("the journal has no order {id}: `orders list` shows all", id = visible(id)))
}
