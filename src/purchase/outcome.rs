//! What can become of an order that was sent, with what a person needs to act on it. All texts are
//! one line, bounded and free of hidden characters.

use super::told::told;
use crate::codes::{ConnectionFailure, Meaning, Said, explain, field_of};
use crate::words::{self, Language, tr};

/// The verdict on one purchase call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order was placed; with automatic payment it is paid for.
    Accepted(Receipt),
    /// The cloud said no, in the shape in which only the cloud says it: nothing was bought.
    Rejected(Refusal),
    /// Not a byte of the order left this machine.
    NotSent(NotSent),
    /// Anything else. Never send again; find out by reading.
    Unknown(Unknown),
}

/// What the cloud gave for the order (`cph.md` 3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Names the call for support and in the list of jobs.
    pub request_id: Option<String>,
    /// 1 to 64 printable ASCII characters.
    pub order_id: String,
    pub product_id: Option<String>,
}

/// Why the cloud said no. `field_of` and `explained` tell more about the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status, which says less than the code.
    pub status: u16,
    /// Such as `CPS.0024` or `APIGW.0301`, as it came.
    pub code: String,
    pub message: String,
    pub request_id: Option<String>,
}

impl Refusal {
    /// What happened and what to do, in words of our own, for every code that the documents know.
    /// The first is left out where the code points at a field of the order: there the cloud's own
    /// words say it.
    #[must_use]
    pub fn explained(&self) -> Option<String> {
        let said = Said { code: &self.code, status: self.status, message: Some(&self.message), by: None };
        let Meaning { what, advice } = explain(&said)?;
        Some(if field_of(&self.code).is_some() { advice.to_owned() } else { tr!("{what} {advice}", what, advice) })
    }
}

/// Why the order was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    /// In English, as the journal keeps it: `told` says it to people.
    pub why: String,
}

impl NotSent {
    /// What to do about it, where the reason is a known one and does not say so itself.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        let said = |advice: &str| self.why.contains(advice);
        let failure = ConnectionFailure::of_record(&self.why)?;
        let in_english = words::speaking(Language::English, || failure.meaning()).advice;
        let Meaning { what: _, advice } = failure.meaning();
        (!said(in_english) && !said(advice)).then_some(advice)
    }

    /// The reason in the language that is spoken.
    #[must_use]
    pub fn told(&self) -> String {
        told(&self.why)
    }
}

/// Why nobody can tell yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// What was seen: a part of a sentence, without capital and full stop. In English, as the journal keeps it:
    /// `told` says it to people.
    pub why: String,
    pub status: Option<u16>,
    /// With it the jobs of the call can be looked up.
    pub request_id: Option<String>,
    /// Whether a success was seen, though not a whole and clear one.
    pub probably_placed: bool,
}

impl Unknown {
    /// What was seen, in the language that is spoken.
    #[must_use]
    pub fn told(&self) -> String {
        told(&self.why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_sent_has_an_advice_unless_it_says_so_itself() {
        let advice = |why: &str| NotSent { why: why.into() }.advice();
        let refused = advice("the connection was refused").unwrap();
        assert!(refused.starts_with("Check the endpoint"));
        assert_eq!(advice(&format!("the connection was refused. {refused}")), None);
        assert_eq!(advice("the disk is full"), None);
    }

    #[test]
    fn a_refusal_is_explained_with_what_the_words_of_the_cloud_leave_open() {
        let explained = |code: &str, message: &str| {
            Refusal { status: 401, code: code.into(), message: message.into(), request_id: None }.explained()
        };
        assert_eq!(explained("CPS.0024", "Parameter: count is invalid.").unwrap(), "Choose another number of servers.");
        assert_eq!(explained("CPS.0006", "no").unwrap(), "The account is in arrears. Top it up, then buy.");
        assert!(explained("APIGW.0301", "verify aksk signature fail").unwrap().contains("wait five minutes"));
        assert!(explained("CPS.0999", "no").unwrap().starts_with("The credentials were not accepted."));
    }
}
