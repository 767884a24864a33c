//! The `band_width` object of the body. An identifier takes precedence over the two other members, which are then not
//! read.

use super::members::{MemberValue, Members};
use crate::simulator::api_error::ApiError;
use crate::simulator::purchase::Bandwidth;

const MEMBERS: [&str; 3] = ["band_width_id", "band_width_share_type", "band_width_size"];
const LARGEST: u16 = 300;

pub(super) fn read(body: Members<'_>) -> Result<Bandwidth, ApiError> {
    let members = body
        .value("band_width")
        .and_then(Members::from_tree)
        .filter(|members| members.unknown_member(&MEMBERS).is_none())
        .ok_or_else(|| ApiError::invalid("CPS.0031", "band_width"))?;
    match members.text("band_width_id") {
        MemberValue::Absent => {}
        MemberValue::There("") => return Err(ApiError::empty("CPS.0032", "band_width_id")),
        MemberValue::There(id) => return Ok(Bandwidth::Existing { id: id.to_owned() }),
        MemberValue::Wrong => return Err(not_usable()),
    }
    match members.whole("band_width_share_type") {
        MemberValue::There(0) => Ok(Bandwidth::Dedicated { size: optional_size(members)? }),
        MemberValue::There(1) => Ok(Bandwidth::Shared { size: optional_size(members)?.ok_or_else(bad_size)? }),
        MemberValue::There(_) | MemberValue::Absent | MemberValue::Wrong => {
            Err(ApiError::invalid("CPS.0034", "band_width_share_type"))
        }
    }
}

/// Creates the error for an identifier that is not one of a shared bandwidth.
pub(super) fn not_usable() -> ApiError {
    ApiError::invalid("CPS.0033", "band_width_id")
}

fn optional_size(members: Members<'_>) -> Result<Option<u16>, ApiError> {
    match members.whole("band_width_size") {
        MemberValue::Absent => Ok(None),
        MemberValue::There(size) => {
            u16::try_from(size).ok().filter(|size| (1..=LARGEST).contains(size)).map(Some).ok_or_else(bad_size)
        }
        MemberValue::Wrong => Err(bad_size()),
    }
}

fn bad_size() -> ApiError {
    ApiError::invalid("CPS.0036", "band_width_size")
}
