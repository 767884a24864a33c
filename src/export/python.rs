//! Exports an order as a Python 3 program that uses only the standard library. It sends the exact body with a token, or
//! signed with an access key (`SDK-HMAC-SHA256`, `platform.md` section 3). It follows no redirect.

use crate::order::Body;

use super::fill::fill;
use super::header;
use super::quote::{python, python_lines};
use super::response_codes::{doubtful, rejecting};
use super::target::{ENDPOINT, PROJECT, Target};

pub(super) fn text(body: &Body, target: &Target) -> String {
    let known = |value: Option<&String>, variable: &str| match value {
        Some(value) => python(value),
        None => format!("needed('{variable}')"),
    };
    fill(
        include_str!("../../assets/exports/order.py"),
        &[
            ("remarks", &header::lines("#", &header::program_header(body, target))),
            ("body", &python_lines(body.text())),
            ("not_set", &python(&header::not_set())),
            ("endpoint", &known(target.endpoint.as_ref(), ENDPOINT)),
            ("project", &known(target.project.as_ref(), PROJECT)),
            ("not_printable", &python(&header::not_printable())),
            ("not_sent", &python(&header::not_sent())),
            ("rejected", &python(&header::rejected())),
            ("unknown", &python(&header::unknown())),
            ("rejecting", &rejecting(", ")),
            ("doubtful", &doubtful(|number| format!("'CPS{number:04}'"), ", ")),
        ],
    )
}
