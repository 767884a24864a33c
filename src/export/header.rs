//! The comment lines at the top of every exported text: what it does, which protection it lacks, and what it requires.
//! Also the messages that exported programs print.

use serde_json::Value;

use crate::i18n::tr;
use crate::order::Body;
use crate::text::sanitize::visible;

use super::target::{ACCESS_KEY, ENDPOINT, PROJECT, SECRET_KEY, SECURITY_TOKEN, TOKEN, Target};

/// Parses the body, which is always JSON.
pub(super) fn members(body: &Body) -> Value {
    serde_json::from_slice(body.bytes()).unwrap_or_default()
}

/// Formats each remark as one line that starts with the comment sign. Hidden characters, such as line breaks, are
/// written out, so that a remark never leaves its line.
pub(super) fn lines(sign: &str, remarks: &[String]) -> String {
    remarks.iter().fold(String::new(), |text, remark| text + sign + " " + &visible(remark) + "\n")
}

/// Returns what the text orders, and the warning that running it twice buys twice.
pub(super) fn summary(body: &Body) -> Vec<String> {
    let order = members(body);
    let name = order["server_name"].as_str().unwrap_or_default().to_owned();
    let count = order["count"].as_u64().unwrap_or(1);
    let what = tr!(
        "This places an order for {n} server, {name}." | "This places an order for {n} servers, {name}." % count,
        name = name
    );
    let guard =
        tr!("Running it twice buys twice: nothing guards it, and the journal of cph-wizard knows nothing of it.");
    vec![what, guard]
}

/// Returns the header lines of a program that sends the exact body itself.
pub(super) fn program_header(body: &Body, target: &Target) -> Vec<String> {
    let mut top = summary(body);
    top.extend([payment(body), no_response(), exit_codes(), token_or_key()]);
    top.extend(place(target));
    top.push(exact(body));
    top
}

/// Returns the remark on whether the order is paid at once.
pub(super) fn payment(body: &Body) -> String {
    if pays_now(&members(body)) {
        tr!("It pays at once: is_auto_pay is 1, and the account is charged with the order.")
    } else {
        tr!("It does not pay: is_auto_pay is 0, and the order waits to be paid or cancelled.")
    }
}

pub(super) fn pays_now(order: &Value) -> bool {
    order["extend_param"]["is_auto_pay"] == 1
}

/// Returns the remark with the size and the SHA-256 of the body, for formats that send exactly the bytes shown on
/// Review.
pub(super) fn exact(body: &Body) -> String {
    tr!("Body: {size} bytes, SHA-256 {hash}", size = body.bytes().len(), hash = body.hash())
}

/// Returns the remark that another program writes the body, so that its bytes and its hash differ.
pub(super) fn inexact(body: &Body) -> String {
    tr!("The body is written by another program: its bytes and its hash differ from {hash}.", hash = body.hash())
}

/// Returns the advice for the case that no response arrives.
pub(super) fn no_response() -> String {
    tr!("If no response arrives, the order may have been placed: check before you run this again.")
}

/// Returns the remark with the meanings of the exit codes of an exported script or program.
pub(super) fn exit_codes() -> String {
    tr!(
        "Exit codes: 0 accepted; 2 a variable is missing or invalid, nothing was sent; 4 rejected; 5 not sent; 6 outcome unknown."
    )
}

/// Returns the remark on the oldest version of curl that works.
pub(super) fn curl() -> String {
    tr!("Requires curl 7.76 (2021) or later, for --fail-with-body.")
}

/// Returns the message for an order that Huawei Cloud rejected.
pub(super) fn rejected() -> String {
    tr!("Rejected: nothing was ordered, as Huawei Cloud reported.")
}

/// Returns the message for an order with an unknown outcome.
pub(super) fn unknown() -> String {
    tr!("The order may have been placed: check before you run this again.")
}

/// Returns the message for an order that was not sent, because there was no connection.
pub(super) fn not_sent() -> String {
    tr!("Not sent: nothing was ordered.")
}

/// Returns the remark that names the variable with the token.
pub(super) fn token() -> String {
    tr!("{variable} holds a token of the project.", variable = TOKEN)
}

/// Returns the remark that names the variables with the credentials: a token or an access key.
fn token_or_key() -> String {
    tr!(
        "{token} holds a token of the project, or {key} and {secret} an access key, of a temporary one with {security}.",
        token = TOKEN,
        key = ACCESS_KEY,
        secret = SECRET_KEY,
        security = SECURITY_TOKEN
    )
}

/// Returns the remark that names the variables for endpoint and project, if they are unknown; `None` if both are known.
pub(super) fn place(target: &Target) -> Option<String> {
    match (&target.endpoint, &target.project) {
        (Some(_), Some(_)) => None,
        (Some(_), None) => Some(tr!("{project} holds the id of the project.", project = PROJECT)),
        (None, Some(_)) => Some(tr!(
            "{endpoint} holds the address of the service, such as https://cph.cn-north-4.myhuaweicloud.com.",
            endpoint = ENDPOINT
        )),
        (None, None) => Some(tr!(
            "{endpoint} holds the address of the service, such as https://cph.cn-north-4.myhuaweicloud.com, and \
             {project} the id of the project.",
            endpoint = ENDPOINT,
            project = PROJECT
        )),
    }
}

/// Returns the error for a missing variable, printed after its name.
pub(super) fn not_set() -> String {
    tr!("is not set")
}

/// Returns the error for a variable that cannot be the value of a header, printed after its name.
pub(super) fn not_printable() -> String {
    tr!("contains a space, a line break or another character that is not printable ASCII")
}
