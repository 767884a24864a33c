//! Why an order was not sent, or why nobody can tell, for people. Records keep these reasons in
//! English, whatever is spoken, and so may those of other runs: each is found again here by its shape.

use crate::codes::ConnectionFailure;
use crate::words::{self, Language, phrase};

/// What reasons look like, the more exact ones first.
const REASONS: [&str; 31] = [
    phrase!("the answer broke off after its status {status}: {why}"),
    phrase!("the answer with status {status} is far larger than an answer to an order"),
    phrase!("the order was withheld while sending: {why}"),
    phrase!("the connection failed while sending: {why}"),
    phrase!("the answer with status {status} did not come to its end within {seconds} s"),
    phrase!("no answer came within {seconds} s"),
    phrase!("the connection broke before an answer came: {why}"),
    phrase!("the answer has status {status} and is empty"),
    phrase!("the answer has status {status} and is not readable as an answer to an order (it came as {kind})"),
    phrase!("the answer has status {status} and is not readable as an answer to an order"),
    phrase!("the answer is a redirect (status {status}), which was not followed"),
    phrase!("the answer has status {status} ({words}) and {what}"),
    phrase!("the answer has status {status} and {what}"),
    phrase!("it has an order id and an error"),
    phrase!("it is an error inside a success"),
    phrase!("it has no well-formed order id"),
    phrase!("its code does not tell whether the order exists"),
    phrase!("it is not the cloud's way of refusing"),
    phrase!("it does not tell what became of the order"),
    phrase!("it refuses and names an order"),
    phrase!("the journal could not keep that the order is being sent: {why}"),
    phrase!("the program broke down while the order was being sent"),
    phrase!("the program ended before the order was sent"),
    phrase!("the program ended while the order was being sent"),
    phrase!("the program ended before an answer was kept"),
    phrase!("a later reading shows an order"),
    phrase!("the last record of the journal could not be read"),
    phrase!("the order could not be kept in the journal first: {why}"),
    phrase!("an order that this one may repeat was placed after you were asked"),
    phrase!("a server of this name appeared after you were asked"),
    phrase!("records may be missing from the end of the journal"),
];

/// A reason in the language that is spoken. One that has no shape of ours, such as what a library
/// or the cloud says, stays as it is.
pub(super) fn told(why: &str) -> String {
    if words::language() == Language::English {
        return why.to_owned();
    }
    let reasons = REASONS.into_iter().chain(ConnectionFailure::reasons());
    let found = reasons.into_iter().find_map(|reason| Some((words::of(reason), values(reason, why)?)));
    let Some((template, values)) = found else { return why.to_owned() };
    values.into_iter().fold(String::from(template), |text, (name, value)| {
        let value = match name {
            "what" | "why" => told(value),
            _ => value.to_owned(),
        };
        text.replacen(&format!("{{{name}}}"), &value, 1)
    })
}

/// What stands in the places of a reason, by their names; `None` if the text is not this reason.
fn values<'a>(reason: &'static str, text: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let mut parts = reason.split('{');
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    let mut parts = parts.filter_map(|part| part.split_once('}')).peekable();
    while let Some((name, behind)) = parts.next() {
        let (value, after) = match (parts.peek(), name) {
            (None, _) => (rest.strip_suffix(behind)?, ""),
            // The cloud's own words may hold anything, our own behind them do not.
            (Some(_), "words") => rest.rsplit_once(behind)?,
            (Some(_), _) => rest.split_once(behind)?,
        };
        values.push((name, value));
        rest = after;
    }
    rest.is_empty().then_some(values)
}
