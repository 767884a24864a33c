//! The checks shown on Review before an order is placed: passed, failed, or not known. Each has the time of the lists
//! that it is based on.

use crate::catalogue::{Availability, Resource};
use crate::i18n::phrase;
use crate::order::{FieldId, ImageFit, Offers};

use crate::app::account::{Account, IdentityState};
use crate::app::form::list_state::ListState;
use crate::app::form::state::Form;

/// Result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    Passed,
    Failed,
    CannotTell,
}

/// One check of the order against the cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreflightCheck {
    pub what: &'static str,
    pub finding: CheckResult,
    /// Time of day at which the list or the identity that it is based on was read.
    pub stamp: Option<String>,
}

/// Returns all checks, in the order of the form.
#[must_use]
pub fn preflight(form: &Form, account: &Account) -> Vec<PreflightCheck> {
    let draft = &form.draft;
    let has_issue = |ids: &[FieldId]| form.issues.iter().any(|issue| ids.contains(&issue.field()));
    let fails_if = |failed: bool| if failed { CheckResult::Failed } else { CheckResult::Passed };
    let image = form.catalogue.image(&draft.server_flavor, &draft.phone_flavor, &draft.image_id);
    let image = match image {
        ImageFit::Fits => CheckResult::Passed,
        ImageFit::Misfit { .. } => CheckResult::Failed,
        ImageFit::NotRead | ImageFit::NotListed | ImageFit::NotStated => CheckResult::CannotTell,
    };
    let is_sold_out = form.catalogue.availability(&draft.server_flavor) == Availability::SoldOut;
    let name = form.catalogue.server_name_exists(&draft.server_name).is_some_and(|exists| exists);
    let key_pair = !draft.key_pair.is_empty() && form.catalogue.key_pair_exists(&draft.key_pair) == Some(false);
    vec![
        check(
            form,
            phrase!("flavor"),
            &[Resource::ServerFlavors, Resource::PhoneFlavors],
            fails_if(has_issue(&[FieldId::ServerFlavor, FieldId::PhoneFlavor]) || is_sold_out),
        ),
        check(form, phrase!("image"), &[Resource::PhoneFlavors, Resource::Images], image),
        check(form, phrase!("name"), &[Resource::Servers], fails_if(name)),
        check(form, phrase!("key pair"), &[Resource::KeyPairs], fails_if(key_pair)),
        check(form, phrase!("subnet"), &[Resource::Servers], fails_if(has_issue(&[FieldId::Subnet]))),
        account_check(account),
    ]
}

/// Checks that the credentials of the order give access to its project, as IAM reports, and that the clock is right.
/// Only the order itself shows whether they are allowed to buy.
fn account_check(account: &Account) -> PreflightCheck {
    let (finding, stamp) = match &account.identity {
        IdentityState::Known(known) if account.trouble().is_none() => (CheckResult::Passed, Some(known.stamp.clone())),
        IdentityState::Known(known) => (CheckResult::Failed, Some(known.stamp.clone())),
        IdentityState::NotRequested
        | IdentityState::Requested { .. }
        | IdentityState::Unavailable
        | IdentityState::Failed(_) => (CheckResult::CannotTell, None),
    };
    PreflightCheck { what: phrase!("account"), finding, stamp }
}

/// Builds a check from its result and the lists that it is based on. The result is `CannotTell` unless all of them have
/// been read and none is being read again.
fn check(form: &Form, what: &'static str, rests_on: &[Resource], finding: CheckResult) -> PreflightCheck {
    let mut stamp = None;
    for resource in rests_on {
        match form.lists.get(resource) {
            Some(ListState::Ready { stamp: read }) => stamp = Some(read.clone()),
            Some(ListState::Loading { .. } | ListState::Failed(_)) | None => {
                return PreflightCheck { what, finding: CheckResult::CannotTell, stamp: None };
            }
        }
    }
    PreflightCheck { what, finding, stamp }
}
