//! The `ports` array of the body, item by item: the first bad item decides.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::is_on;
use super::members::{Found, Members};
use super::tree::Tree;
use crate::simulator::purchase::Port;
use crate::simulator::refusal::Refusal;

const MEMBERS: [&str; 3] = ["name", "listen_port", "internet_accessible"];
const RESERVED: [&str; 2] = ["adb", "vnc"];
const NAME_BYTES: usize = 16;
const NUMBERS: RangeInclusive<u16> = 10_000..=50_000;

pub(super) fn read(body: Members<'_>) -> Result<Vec<Port>, Refusal> {
    let items = match body.list("ports") {
        Found::Absent => return Ok(Vec::new()),
        Found::There(items) => items,
        Found::Wrong => return Err(bad_list()),
    };
    let (mut names, mut numbers) = (HashSet::new(), HashSet::new());
    let mut ports = Vec::with_capacity(items.len());
    for item in items {
        let members = shape(item)?;
        let name = name(members)?;
        if !names.insert(name) {
            return Err(Refusal::conflicted("CPS.0039", "port name"));
        }
        let listen_port = number(members)?;
        if !numbers.insert(listen_port) {
            return Err(Refusal::conflicted("CPS.0041", "listen_port"));
        }
        let internet_accessible = is_on(reach(members)?);
        ports.push(Port { name: name.to_owned(), listen_port, internet_accessible });
    }
    Ok(ports)
}

fn bad_list() -> Refusal {
    Refusal::invalid("CPS.0037", "ports")
}

fn shape(item: &Tree) -> Result<Members<'_>, Refusal> {
    Members::of(item).filter(|members| members.stranger(&MEMBERS).is_none()).ok_or_else(bad_list)
}

fn name(members: Members<'_>) -> Result<&str, Refusal> {
    members
        .text("name")
        .there()
        .filter(|name| (1..=NAME_BYTES).contains(&name.len()))
        .filter(|name| !RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved)))
        .ok_or_else(|| Refusal::invalid("CPS.0038", "port name"))
}

fn number(members: Members<'_>) -> Result<u16, Refusal> {
    members
        .whole("listen_port")
        .there()
        .and_then(|number| u16::try_from(number).ok())
        .filter(|number| NUMBERS.contains(number))
        .ok_or_else(|| Refusal::invalid("CPS.0040", "listen_port"))
}

fn reach(members: Members<'_>) -> Result<&str, Refusal> {
    members
        .text("internet_accessible")
        .there()
        .filter(|text| !text.is_empty())
        .ok_or_else(|| Refusal::empty("CPS.0093", "internet_accessible"))
}
