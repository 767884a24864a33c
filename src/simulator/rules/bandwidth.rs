//! The `band_width` object of the body.
//! An identifier wins over the two other members, which are then not even read.

use super::members::{Found, Members};
use crate::simulator::purchase::Bandwidth;
use crate::simulator::refusal::Refusal;

const MEMBERS: [&str; 3] = ["band_width_id", "band_width_share_type", "band_width_size"];
const LARGEST: u16 = 300;

pub(super) fn read(body: Members<'_>) -> Result<Bandwidth, Refusal> {
    let members = body
        .value("band_width")
        .and_then(Members::of)
        .filter(|members| members.stranger(&MEMBERS).is_none())
        .ok_or_else(|| Refusal::invalid("CPS.0031", "band_width"))?;
    match members.text("band_width_id") {
        Found::Absent => {}
        Found::There("") => return Err(Refusal::empty("CPS.0032", "band_width_id")),
        Found::There(id) => return Ok(Bandwidth::Existing { id: id.to_owned() }),
        Found::Wrong => return Err(not_usable()),
    }
    match members.whole("band_width_share_type") {
        Found::There(0) => Ok(Bandwidth::Dedicated { size: optional_size(members)? }),
        Found::There(1) => Ok(Bandwidth::Shared { size: optional_size(members)?.ok_or_else(bad_size)? }),
        Found::There(_) | Found::Absent | Found::Wrong => Err(Refusal::invalid("CPS.0034", "band_width_share_type")),
    }
}

/// The identifier is no identifier of a bandwidth that can be shared.
pub(super) fn not_usable() -> Refusal {
    Refusal::invalid("CPS.0033", "band_width_id")
}

fn optional_size(members: Members<'_>) -> Result<Option<u16>, Refusal> {
    match members.whole("band_width_size") {
        Found::Absent => Ok(None),
        Found::There(size) => {
            u16::try_from(size).ok().filter(|size| (1..=LARGEST).contains(size)).map(Some).ok_or_else(bad_size)
        }
        Found::Wrong => Err(bad_size()),
    }
}

fn bad_size() -> Refusal {
    Refusal::invalid("CPS.0036", "band_width_size")
}
