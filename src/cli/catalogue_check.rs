//! What only the cloud knows of an order: the lists that it can be held against.

use crate::api::{Cloud, NO_OBSERVER, ReadError};
use crate::bootstrap::error::AppError;
use crate::catalogue::{Catalogue, Resource};
use crate::i18n::tr;
use crate::order::{BandwidthKind, Draft};

use crate::bootstrap::account::{self, AccountArgs, ResolvedAccount};

/// What could be read of the cloud, and what not.
#[derive(Debug, Default)]
pub struct CatalogueCheck {
    pub catalogue: Catalogue,
    /// Why a list is not there, a part of a sentence each.
    pub unread: Vec<String>,
}

/// Reads the lists that an order needs, for the account that is meant.
pub fn read(draft: &Draft, of: &AccountArgs) -> Result<CatalogueCheck, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AppError::Runtime)?;
    runtime.block_on(async {
        let ResolvedAccount { account, .. } = account::resolve_without_screen(of).await?;
        Ok(read_from(&account::cloud(account)?, &needed(draft)).await)
    })
}

/// Reads lists one after the other; each that cannot be read is said.
pub async fn read_from(cloud: &dyn Cloud, resources: &[Resource]) -> CatalogueCheck {
    let mut online = CatalogueCheck::default();
    for resource in resources {
        match cloud.list(*resource, NO_OBSERVER).await {
            Ok(listing) => online.catalogue.put(listing),
            // A cloud of before 2026 has no offerings by zone.
            Err(ReadError::Refused { status: 404, .. }) if *resource == Resource::Offerings => {}
            Err(error) => {
                let (list, why) = (resource.noun(), error.sentence());
                online.unread.push(tr!("The list of {list} was not read: {why}", list, why));
            }
        }
    }
    online
}

/// The lists that say something about an order.
fn needed(draft: &Draft) -> Vec<Resource> {
    let is_needed = |resource: &Resource| match resource {
        Resource::ServerFlavors
        | Resource::PhoneFlavors
        | Resource::Images
        | Resource::Servers
        | Resource::Offerings => true,
        Resource::Bandwidths => draft.bandwidth == BandwidthKind::ExistingShared,
        Resource::KeyPairs => !draft.key_pair.is_empty(),
    };
    Resource::ALL.into_iter().filter(is_needed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lists_that_say_something_about_the_order_are_read() {
        let mut draft = Draft::default();
        assert!(!needed(&draft).contains(&Resource::KeyPairs) && !needed(&draft).contains(&Resource::Bandwidths));
        draft.key_pair = "k".into();
        draft.bandwidth = BandwidthKind::ExistingShared;
        assert_eq!(needed(&draft), Resource::ALL);
    }
}
