//! The `ports` array of the body. Items are checked one by one, and the first wrong one determines the error.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::json_tree::JsonTree;
use super::members::{MemberValue, Members, is_on};
use crate::simulator::api_error::ApiError;
use crate::simulator::purchase::Port;

const MEMBERS: [&str; 3] = ["name", "listen_port", "internet_accessible"];
const RESERVED: [&str; 2] = ["adb", "vnc"];
const NAME_BYTES: usize = 16;
const NUMBERS: RangeInclusive<u16> = 10_000..=50_000;

pub(super) fn read(body: Members<'_>) -> Result<Vec<Port>, ApiError> {
    let items = match body.list("ports") {
        MemberValue::Absent => return Ok(Vec::new()),
        MemberValue::There(items) => items,
        MemberValue::Wrong => return Err(bad_list()),
    };
    let (mut names, mut numbers) = (HashSet::new(), HashSet::new());
    let mut ports = Vec::with_capacity(items.len());
    for item in items {
        let members = shape(item)?;
        let name = name(members)?;
        if !names.insert(name) {
            return Err(ApiError::conflicted("CPS.0039", "port name"));
        }
        let listen_port = number(members)?;
        if !numbers.insert(listen_port) {
            return Err(ApiError::conflicted("CPS.0041", "listen_port"));
        }
        let internet_accessible = is_on(reach(members)?);
        ports.push(Port { name: name.to_owned(), listen_port, internet_accessible });
    }
    Ok(ports)
}

fn bad_list() -> ApiError {
    ApiError::invalid("CPS.0037", "ports")
}

fn shape(item: &JsonTree) -> Result<Members<'_>, ApiError> {
    Members::from_tree(item).filter(|members| members.unknown_member(&MEMBERS).is_none()).ok_or_else(bad_list)
}

fn name(members: Members<'_>) -> Result<&str, ApiError> {
    members
        .text("name")
        .present()
        .filter(|name| (1..=NAME_BYTES).contains(&name.len()))
        .filter(|name| !RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved)))
        .ok_or_else(|| ApiError::invalid("CPS.0038", "port name"))
}

fn number(members: Members<'_>) -> Result<u16, ApiError> {
    members
        .whole("listen_port")
        .present()
        .and_then(|number| u16::try_from(number).ok())
        .filter(|number| NUMBERS.contains(number))
        .ok_or_else(|| ApiError::invalid("CPS.0040", "listen_port"))
}

fn reach(members: Members<'_>) -> Result<&str, ApiError> {
    members
        .text("internet_accessible")
        .present()
        .filter(|text| !text.is_empty())
        .ok_or_else(|| ApiError::empty("CPS.0093", "internet_accessible"))
}
