//! HTTP statuses: the bare numbers that IAM (Keystone calls) and ECS send as a code, and the statuses of responses
//! without a code, such as those of a proxy.

use super::cloud_error::CloudError;
use super::code_row::{CodeRow, Meaning, find};
use super::iam;
use crate::i18n::phrase;

const LOOK: &str = phrase!("Read again later; before ordering again, look whether the order exists.");

/// The meaning of each status when nothing else is known.
pub(super) const ROWS: &[CodeRow] = &[
    (400, phrase!("The cloud could not read the request."), phrase!("Check the endpoint; if it is right, report it.")),
    (401, phrase!("The credentials were not accepted."), phrase!("Check them, or get new ones.")),
    (403, phrase!("The caller is not allowed to do this."), phrase!("Ask the account's administrator for the right.")),
    (404, phrase!("There is nothing at this address."), phrase!("Check the endpoint, its region and the project id.")),
    (405, phrase!("The address does not take this kind of call."), phrase!("Check the endpoint.")),
    (
        407,
        phrase!("The proxy requires authentication."),
        phrase!("Add the user and password to the proxy's address, or bypass the proxy."),
    ),
    (408, phrase!("The request took too long to arrive."), LOOK),
    (
        409,
        phrase!("The request clashes with something that is there already."),
        phrase!("Look at what is there, then try again."),
    ),
    (413, phrase!("The request is too large."), phrase!("This is a fault of the program: report it.")),
    (429, phrase!("Too many calls came within a short time."), phrase!("Wait a minute.")),
    (500, phrase!("The cloud failed inside."), LOOK),
    (501, phrase!("The cloud does not offer the operation."), phrase!("Check the endpoint and its region.")),
    (502, phrase!("Something before the cloud got no answer from it."), LOOK),
    (503, phrase!("The cloud is not available."), LOOK),
    (504, phrase!("The cloud did not answer in time."), LOOK),
];

/// Statuses that are sufficient even with a code that no document explains. The other statuses would wrongly blame the
/// address or the request.
pub(super) const SELF_EXPLANATORY: [u16; 8] = [401, 403, 407, 429, 500, 502, 503, 504];

/// Looks up the meaning of a status. 401 is refined by the authentication of the call. `None` if the table has no such
/// status.
pub(super) fn meaning(number: u32, said: &CloudError<'_>) -> Option<Meaning> {
    let row = find(ROWS, number)?;
    Some(if number == 401 { iam::refused_credentials(said).unwrap_or(row) } else { row })
}
