//! The `extend_param` object of the body: the period and the payment.

use super::members::{MemberValue, Members};
use crate::simulator::api_error::ApiError;
use crate::simulator::purchase::{Billing, Period};

const MEMBERS: [&str; 4] = ["charging_mode", "period_type", "period_num", "is_auto_pay"];
/// The additional members in the SDKs of 2022 and 2023 (`cph.md` 3.3).
const LATER_MEMBERS: [&str; 2] = ["is_auto_renew", "enterprise_project_id"];
const ENTERPRISE_PROJECT_CHARACTERS: usize = 36;
const MONTHS: u8 = 9;
const YEARS: u8 = 10;

/// Reads the billing and the enterprise project (`None` for the default one). `has_later` is true if the service knows
/// `LATER_MEMBERS`.
pub(super) fn read(body: Members<'_>, has_later: bool) -> Result<(Billing, Option<String>), ApiError> {
    let mut known = MEMBERS.to_vec();
    if has_later {
        known.extend(LATER_MEMBERS);
    }
    let members = body
        .value("extend_param")
        .and_then(Members::from_tree)
        .filter(|members| members.unknown_member(&known).is_none())
        .ok_or_else(bad_object)?;
    if members.whole("charging_mode") != MemberValue::There(0) {
        return Err(ApiError::invalid("CPS.0056", "charging_mode"));
    }
    let (period, most) = match members.whole("period_type") {
        MemberValue::There(2) => (Period::Month, MONTHS),
        MemberValue::There(3) => (Period::Year, YEARS),
        MemberValue::There(_) | MemberValue::Absent | MemberValue::Wrong => {
            return Err(ApiError::invalid("CPS.0057", "period_type"));
        }
    };
    let period_num = members
        .whole("period_num")
        .present()
        .and_then(|number| u8::try_from(number).ok())
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| ApiError::invalid("CPS.0058", "period_num"))?;
    // The documented sentences spell these two differently from the body.
    let is_auto_renew = switch(members, "is_auto_renew").ok_or_else(|| ApiError::invalid("CPS.0059", "isAutoRenew"))?;
    let is_auto_pay = switch(members, "is_auto_pay").ok_or_else(|| ApiError::invalid("CPS.0060", "isAutoPay"))?;
    let enterprise_project_id = match members.text("enterprise_project_id") {
        MemberValue::Absent | MemberValue::There("0") => None,
        MemberValue::There(id) if (1..=ENTERPRISE_PROJECT_CHARACTERS).contains(&id.chars().count()) => {
            Some(id.to_owned())
        }
        // No document has a code of its own for it.
        MemberValue::There(_) | MemberValue::Wrong => return Err(bad_object()),
    };
    Ok((Billing { period, period_num, is_auto_pay, is_auto_renew }, enterprise_project_id))
}

fn bad_object() -> ApiError {
    ApiError::invalid("CPS.0055", "extend_param")
}

/// Reads a member that is 1 for on and 0 for off, which is also the default. `None` for any other value.
fn switch(members: Members<'_>, name: &str) -> Option<bool> {
    match members.whole(name) {
        MemberValue::Absent | MemberValue::There(0) => Some(false),
        MemberValue::There(1) => Some(true),
        MemberValue::There(_) | MemberValue::Wrong => None,
    }
}
