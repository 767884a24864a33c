//! The `extend_param` object of the body: how long, and whether it is paid at once.

use super::members::{Found, Members};
use crate::simulator::purchase::{Billing, Period};
use crate::simulator::refusal::Refusal;

const MEMBERS: [&str; 4] = ["charging_mode", "period_type", "period_num", "is_auto_pay"];
const MONTHS: u8 = 9;
const YEARS: u8 = 10;

pub(super) fn read(body: Members<'_>) -> Result<Billing, Refusal> {
    let members = body
        .value("extend_param")
        .and_then(Members::of)
        .filter(|members| members.stranger(&MEMBERS).is_none())
        .ok_or_else(|| Refusal::invalid("CPS.0055", "extend_param"))?;
    if members.whole("charging_mode") != Found::There(0) {
        return Err(Refusal::invalid("CPS.0056", "charging_mode"));
    }
    let (period, most) = match members.whole("period_type") {
        Found::There(2) => (Period::Month, MONTHS),
        Found::There(3) => (Period::Year, YEARS),
        Found::There(_) | Found::Absent | Found::Wrong => {
            return Err(Refusal::invalid("CPS.0057", "period_type"));
        }
    };
    let period_num = members
        .whole("period_num")
        .there()
        .and_then(|number| u8::try_from(number).ok())
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| Refusal::invalid("CPS.0058", "period_num"))?;
    let is_auto_pay = match members.whole("is_auto_pay") {
        Found::Absent | Found::There(0) => false,
        Found::There(1) => true,
        // The documented sentence spells this member differently from the body.
        Found::There(_) | Found::Wrong => return Err(Refusal::invalid("CPS.0060", "isAutoPay")),
    };
    Ok(Billing { period, period_num, is_auto_pay })
}
