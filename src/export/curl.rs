//! A script for a POSIX shell. The body is one quoted word, so its bytes are exact; the token goes through standard input,
//! where no list of processes shows it, as a line of headers, in which curl finds nothing special. The user's own settings
//! of curl are left aside: they may try again, or follow a redirect.

use crate::order::Body;

use super::fill::fill;
use super::quote::shell;
use super::{ENDPOINT, PROJECT, Target, doubtful, rejecting, remarks};

pub(super) fn text(body: &Body, target: &Target) -> String {
    let mut top = remarks::deed(body);
    top.extend([remarks::payment(body), remarks::silence(), remarks::exit_codes(), remarks::curl(), remarks::token()]);
    top.extend(remarks::place(target));
    top.push(remarks::exact(body));
    let known = |value: Option<&String>, variable: &str| match value {
        Some(value) => shell(value),
        None => format!("${{{variable}:?}}"),
    };
    fill(
        include_str!("../../assets/exports/order.sh"),
        &[
            ("remarks", &remarks::lines("#", &top)),
            ("endpoint", &known(target.endpoint.as_ref(), ENDPOINT)),
            ("project", &known(target.project.as_ref(), PROJECT)),
            ("body", &shell(body.text())),
            ("not_printable", &shell(&remarks::not_printable())),
            ("not_sent", &shell(&remarks::not_sent())),
            ("rejected", &shell(&remarks::rejected())),
            ("unknown", &shell(&remarks::unknown())),
            ("rejecting", &rejecting(" | ")),
            ("doubtful", &doubtful(|number| format!("{number:04}"), "|")),
        ],
    )
}
