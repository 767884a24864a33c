//! Reads the lists of the cloud against which an order can be checked.

use crate::api::{Cloud, NO_OBSERVER, ReadError};
use crate::bootstrap::error::AppError;
use crate::catalogue::{Catalogue, Resource};
use crate::i18n::tr;
use crate::order::{BandwidthKind, Draft};

use crate::bootstrap::account::AccountArgs;
use crate::bootstrap::client::client;
use crate::bootstrap::demo::DemoWorld;

/// The lists that could be read from the cloud, and the reasons for those that could not.
#[derive(Debug, Default)]
pub struct CatalogueCheck {
    pub catalogue: Catalogue,
    /// One reason for each list that is missing, as part of a sentence.
    pub unread: Vec<String>,
}

/// Reads the lists that an order depends on, from the demo or with the account that the flags select. Fails only if
/// there is no client for them; a list that cannot be read is recorded in `unread`.
pub fn read(draft: &Draft, of: &AccountArgs, world: Option<DemoWorld>) -> Result<CatalogueCheck, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AppError::Runtime)?;
    runtime.block_on(async {
        let client = client(of, world).await?;
        Ok(read_from(&client.cloud, &needed(draft)).await)
    })
}

/// Reads lists one after the other. A list that cannot be read is recorded in `unread`, except for offerings that do
/// not exist (HTTP 404): installations from before 2026 have none.
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

/// Returns the lists that are relevant to an order: bandwidths only for an existing shared bandwidth, key pairs only if
/// one is set.
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
