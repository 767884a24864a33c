//! The scalar members of the body, checked in the order of the document's table. `references.rs` checks that the named
//! things exist.

use ipnet::Ipv4Net;

use super::members::{MemberValue, Members, is_on};
use crate::simulator::api_error::ApiError;

const NAME_CHARACTERS: usize = 60;
const FLAVOR_BYTES: usize = 64;
const IMAGE_BYTES: usize = 32;
const KEYPAIR_BYTES: usize = 64;
const SERVERS: u32 = 10;

/// The scalar members, each valid by itself.
#[derive(Debug)]
pub(super) struct Scalars<'body> {
    pub(super) server_name: &'body str,
    pub(super) server_model_name: &'body str,
    pub(super) phone_model_name: &'body str,
    pub(super) image_id: &'body str,
    pub(super) count: u32,
    pub(super) keypair_name: Option<&'body str>,
    pub(super) vnc_enable: bool,
    pub(super) subnet: Option<Ipv4Net>,
}

pub(super) fn read(members: Members<'_>) -> Result<Scalars<'_>, ApiError> {
    // A struct literal evaluates its members in the order they are written, which is the order of the checks.
    Ok(Scalars {
        server_name: server_name(members)?,
        server_model_name: identifier(members, "server_model_name", FLAVOR_BYTES, ["CPS.0088", "CPS.0089"])?,
        phone_model_name: identifier(members, "phone_model_name", FLAVOR_BYTES, ["CPS.0027", "CPS.0028"])?,
        image_id: identifier(members, "image_id", IMAGE_BYTES, ["CPS.0029", "CPS.0030"])?,
        count: count(members)?,
        keypair_name: keypair_name(members)?,
        vnc_enable: vnc_enable(members)?,
        subnet: subnet(members)?,
    })
}

fn server_name(members: Members<'_>) -> Result<&str, ApiError> {
    members
        .text("server_name")
        .present()
        .filter(|name| (1..=NAME_CHARACTERS).contains(&name.len()))
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')))
        .ok_or_else(|| ApiError::invalid("CPS.0087", "server_name"))
}

fn identifier<'body>(
    members: Members<'body>,
    name: &str,
    bytes: usize,
    [empty, invalid]: [&str; 2],
) -> Result<&'body str, ApiError> {
    match members.text(name) {
        MemberValue::Absent | MemberValue::There("") => Err(ApiError::empty(empty, name)),
        MemberValue::There(text) if text.len() <= bytes => Ok(text),
        MemberValue::There(_) | MemberValue::Wrong => Err(ApiError::invalid(invalid, name)),
    }
}

fn count(members: Members<'_>) -> Result<u32, ApiError> {
    members
        .whole("count")
        .present()
        .and_then(|count| u32::try_from(count).ok())
        .filter(|count| (1..=SERVERS).contains(count))
        .ok_or_else(|| ApiError::invalid("CPS.0024", "count"))
}

fn keypair_name(members: Members<'_>) -> Result<Option<&str>, ApiError> {
    match members.text("keypair_name") {
        MemberValue::Absent => Ok(None),
        MemberValue::There("") => Err(ApiError::empty("CPS.0068", "keypair_name")),
        MemberValue::There(name) if name.len() <= KEYPAIR_BYTES => Ok(Some(name)),
        MemberValue::There(_) | MemberValue::Wrong => Err(no_keypair()),
    }
}

/// Creates the error for a key pair that cannot be used; there is only this one code.
pub(super) fn no_keypair() -> ApiError {
    ApiError::stated("CPS.0067", "The key pair does not exist.")
}

fn vnc_enable(members: Members<'_>) -> Result<bool, ApiError> {
    match members.text("vnc_enable") {
        MemberValue::Absent => Ok(false),
        MemberValue::There(text) => Ok(is_on(text)),
        // The service takes any text here, so it has no code for a bad one: what is no text never gets past the gateway.
        MemberValue::Wrong => Err(ApiError::malformed("The member \"vnc_enable\" must be a string.")),
    }
}

fn subnet(members: Members<'_>) -> Result<Option<Ipv4Net>, ApiError> {
    let text = match members.text("subnet_cidr") {
        MemberValue::Absent => return Ok(None),
        MemberValue::There(text) => Some(text),
        MemberValue::Wrong => None,
    };
    text.and_then(network).map(Some).ok_or_else(|| ApiError::invalid("CPS.0191", "subnet_cidr"))
}

/// Parses an IPv4 network. Only the canonical spelling without host bits is accepted.
fn network(text: &str) -> Option<Ipv4Net> {
    text.parse::<Ipv4Net>().ok().filter(|network| network.trunc().to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn a_network_is_written_in_one_way_only() {
        for good in ["10.0.0.0/8", "172.31.0.0/16", "192.168.7.0/24", "10.1.2.3/32"] {
            assert!(network(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "10.0.0.0",
            "10.0.0.1/8",
            "10.0.0.0/33",
            "10.0.0.0/08",
            "010.0.0.0/8",
            "10.0.0/8",
            " 10.0.0.0/8",
            "fd00::/8",
            "10.0.0.0/-1",
        ] {
            assert!(network(bad).is_none(), "{bad}");
        }
    }
}
