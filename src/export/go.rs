//! Exports an order as a Go program that uses only the standard library. It sends the exact body with a token, or
//! signed with an access key (`SDK-HMAC-SHA256`, `platform.md` section 3). It follows no redirect.

use crate::order::Body;

use super::fill::fill;
use super::header;
use super::quote::{go, go_raw};
use super::response_codes::{doubtful, rejecting};
use super::target::{ENDPOINT, PROJECT, Target};

pub(super) fn text(body: &Body, target: &Target) -> String {
    let known = |value: Option<&String>, variable: &str| match value {
        Some(value) => go(value),
        None => format!("needed({})", go(variable)),
    };
    fill(
        include_str!("../../assets/exports/order.go"),
        &[
            ("remarks", &header::lines("//", &header::program_header(body, target))),
            ("body", &go_raw(body.text())),
            ("not_set", &go(&header::not_set())),
            ("endpoint", &known(target.endpoint.as_ref(), ENDPOINT)),
            ("project", &known(target.project.as_ref(), PROJECT)),
            ("not_printable", &go(&header::not_printable())),
            ("not_sent", &go(&header::not_sent())),
            ("rejected", &go(&header::rejected())),
            ("unknown", &go(&header::unknown())),
            ("rejecting", &rejecting(", ")),
            ("doubtful", &doubtful(|number| format!("\"CPS{number:04}\""), ", ")),
        ],
    )
}
