//! Exports an order as a POSIX shell script that calls curl. The body is one quoted word, so its bytes are exact. The
//! token goes through standard input, where no process list shows it, as a header line, in which curl treats no
//! character specially. The user's own curl settings are ignored: they could make curl retry, or follow a redirect.

use crate::order::Body;

use super::fill::fill;
use super::header;
use super::quote::shell;
use super::response_codes::{doubtful, rejecting};
use super::target::{ENDPOINT, PROJECT, Target};

pub(super) fn text(body: &Body, target: &Target) -> String {
    let mut top = header::summary(body);
    top.extend([header::payment(body), header::no_response(), header::exit_codes(), header::curl(), header::token()]);
    top.extend(header::place(target));
    top.push(header::exact(body));
    let known = |value: Option<&String>, variable: &str| match value {
        Some(value) => shell(value),
        None => format!("${{{variable}:?}}"),
    };
    fill(
        include_str!("../../assets/exports/order.sh"),
        &[
            ("remarks", &header::lines("#", &top)),
            ("endpoint", &known(target.endpoint.as_ref(), ENDPOINT)),
            ("project", &known(target.project.as_ref(), PROJECT)),
            ("body", &shell(body.text())),
            ("not_printable", &shell(&header::not_printable())),
            ("not_sent", &shell(&header::not_sent())),
            ("rejected", &shell(&header::rejected())),
            ("unknown", &shell(&header::unknown())),
            ("rejecting", &rejecting(" | ")),
            ("doubtful", &doubtful(|number| format!("{number:04}"), "|")),
        ],
    )
}
