//! What was read just before an order is placed, check by check: passed, failed, or not to be
//! told by reading. Each has the time of the reading that it rests on.

use crate::catalogue::{Resource, Sale};
use crate::order::{FieldId, ImageFit, Offers};
use crate::words::phrase;

use super::account::Standing;
use super::lists::ListState;
use super::model::Model;

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    Passed,
    Failed,
    CannotTell,
}

/// One check of the order against the cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub what: &'static str,
    pub finding: Finding,
    /// Time of day of the reading that it rests on.
    pub stamp: Option<String>,
}

/// All checks, in the order of the form.
#[must_use]
pub fn preflight(model: &Model) -> Vec<Check> {
    let draft = &model.draft;
    let has_issue = |ids: &[FieldId]| model.issues.iter().any(|issue| ids.contains(&issue.field()));
    let fails_if = |failed: bool| if failed { Finding::Failed } else { Finding::Passed };
    let image = model.catalogue.image(&draft.server_flavor, &draft.phone_flavor, &draft.image_id);
    let image = match image {
        ImageFit::Fits => Finding::Passed,
        ImageFit::Misfit { .. } => Finding::Failed,
        ImageFit::NotRead | ImageFit::NotListed | ImageFit::NotStated => Finding::CannotTell,
    };
    let is_sold_out = model.catalogue.sale(&draft.server_flavor) == Sale::SoldOut;
    let name = model.catalogue.server_name_exists(&draft.server_name).is_some_and(|exists| exists);
    let key_pair = !draft.key_pair.is_empty() && model.catalogue.key_pair_exists(&draft.key_pair) == Some(false);
    vec![
        check(
            model,
            phrase!("flavor"),
            &[Resource::ServerFlavors, Resource::PhoneFlavors],
            fails_if(has_issue(&[FieldId::ServerFlavor, FieldId::PhoneFlavor]) || is_sold_out),
        ),
        check(model, phrase!("image"), &[Resource::PhoneFlavors, Resource::Images], image),
        check(model, phrase!("name"), &[Resource::Servers], fails_if(name)),
        check(model, phrase!("key pair"), &[Resource::KeyPairs], fails_if(key_pair)),
        check(model, phrase!("subnet"), &[Resource::Servers], fails_if(has_issue(&[FieldId::Subnet]))),
        account(model),
    ]
}

/// Whether the very credentials of the order open its project, as IAM says. That they may buy is
/// told by the order alone.
fn account(model: &Model) -> Check {
    let (finding, stamp) = match &model.standing {
        Standing::Known(known) if model.account_trouble().is_none() => (Finding::Passed, Some(known.stamp.clone())),
        Standing::Known(known) => (Finding::Failed, Some(known.stamp.clone())),
        Standing::NotAsked | Standing::Asking { .. } | Standing::NobodyToAsk | Standing::Failed(_) => {
            (Finding::CannotTell, None)
        }
    };
    Check { what: phrase!("account"), finding, stamp }
}

/// A check holds only as far as its lists were read; while they are read again, it is open.
fn check(model: &Model, what: &'static str, rests_on: &[Resource], finding: Finding) -> Check {
    let mut stamp = None;
    for resource in rests_on {
        match model.lists.get(resource) {
            Some(ListState::Ready { stamp: read }) => stamp = Some(read.clone()),
            Some(ListState::Loading { .. } | ListState::Failed(_)) | None => {
                return Check { what, finding: Finding::CannotTell, stamp: None };
            }
        }
    }
    Check { what, finding, stamp }
}
