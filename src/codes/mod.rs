//! What the cloud's codes mean: what happened, what to do about it, and which field of an order a
//! code points at (`platform.md` section 6, `cph.md` 3.6 and 16). Tables and sentences only.

mod billing;
mod fields;
mod gateway;
mod iam;
mod phone;
mod reach;
mod read;
mod status;

pub use fields::{field_of, is_phone_code, leaves_doubt};
pub use iam::{refuses_key, refuses_token};
pub use reach::{lasts, unreached};

use read::{Code, read};

use crate::order::text::visible;

/// A row of a table: number, what happened, what to do. Tables are sorted by number.
type Row = (u32, &'static str, &'static str);

/// By what a call was authenticated, which tells some causes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// An IAM token, wherever it came from.
    Token,
    /// User name and password, in the call that asks IAM for a token.
    Password,
    /// The signature of an access key.
    Key,
}

/// What the cloud said about a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// As it came: `CPS.0024`, `APIGW.0301`, `IAM.0061`, `CBC.0150`, or IAM's and ECS's bare
    /// numbers such as `401`. Empty if there was none; then the status is looked up.
    pub code: &'a str,
    /// The HTTP status; 0 if it is not known.
    pub status: u16,
    /// The cloud's own words.
    pub message: Option<&'a str>,
    /// `None` if it is not known.
    pub by: Option<Means>,
}

impl<'a> Said<'a> {
    /// A code and nothing more.
    #[must_use]
    pub fn code(code: &'a str) -> Self {
        Self { code, status: 0, message: None, by: None }
    }

    /// Whether the cloud's words hold one of these, in any letter case.
    fn speaks_of(&self, words: &[&str]) -> bool {
        let message = self.message.unwrap_or_default().to_lowercase();
        words.iter().any(|word| message.contains(word))
    }
}

/// What a code means, in two sentences of at most 110 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// What happened.
    pub what: &'static str,
    /// What to do.
    pub advice: &'static str,
}

impl Meaning {
    const fn new(what: &'static str, advice: &'static str) -> Self {
        Self { what, advice }
    }
}

/// What the cloud meant; `None` for a code that no document explains, unless the status alone says
/// enough. Where one code has several causes, the status, the words and the means of the call tell
/// them apart.
#[must_use]
pub fn explain(said: &Said<'_>) -> Option<Meaning> {
    if said.code.is_empty() {
        return status::meaning(said.status.into(), said);
    }
    let by_code = read(said.code).and_then(|code| match code {
        Code::Phone(number) => phone::meaning(number),
        Code::Gateway(number) => gateway::meaning(number, said),
        Code::Iam(number) => iam::meaning(number, said),
        Code::Billing(number) => billing::meaning(number),
        Code::Status(number) => status::meaning(number, said),
    });
    let by_status = || status::TELLING.contains(&said.status).then(|| status::meaning(said.status.into(), said));
    by_code.or_else(|| by_status().flatten())
}

/// What to do about a code of which nothing else is known.
#[must_use]
pub fn advice(code: &str) -> Option<&'static str> {
    explain(&Said::code(code)).map(|meaning| meaning.advice)
}

/// What happened and what to do, on one line: `WHAT ADVICE (CODE, status N, request ID)`.
#[must_use]
pub fn sentence(said: &Said<'_>, request_id: Option<&str>) -> String {
    let code = (!said.code.is_empty()).then(|| visible(said.code).into_owned());
    let status = (said.status != 0).then(|| format!("status {}", said.status));
    let request = request_id.map(|id| format!("request {}", visible(id)));
    let marks: Vec<String> = [code, status, request].into_iter().flatten().collect();
    let words = match explain(said) {
        Some(Meaning { what, advice }) => format!("{what} {advice}"),
        None => "The cloud refused, and gave no reason that is documented.".to_owned(),
    };
    if marks.is_empty() { words } else { format!("{words} ({})", marks.join(", ")) }
}

/// The row of a number.
fn find(table: &[Row], number: u32) -> Option<Meaning> {
    let at = table.binary_search_by_key(&number, |(number, ..)| *number).ok()?;
    table.get(at).map(|&(_, what, advice)| Meaning::new(what, advice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_so_that_every_row_is_found() {
        for table in [gateway::ROWS, iam::ROWS, billing::ROWS, status::ROWS].into_iter().chain(phone::TABLES) {
            assert!(table.is_sorted_by(|(one, ..), (next, ..)| one < next), "{table:?}");
        }
    }

    #[test]
    fn a_code_that_nobody_knows_is_explained_by_a_status_that_says_enough() {
        let of = |code, status| explain(&Said { status, ..Said::code(code) }).map(|meaning| meaning.what);
        assert_eq!(of("PAP5.0001", 403), Some("The caller is not allowed to do this."));
        assert_eq!(of("CPS.0999", 503), Some("The cloud is not available."));
        assert_eq!(of("CPS.0999", 400), None);
        assert_eq!(of("CPS.0999", 404), None);
        assert_eq!(of("CPS.0024", 503), Some("The service does not accept the value of count."));
    }

    #[test]
    fn a_sentence_names_what_is_known_and_nothing_else() {
        let said = Said { status: 403, ..Said::code("CPS.0006") };
        assert_eq!(
            sentence(&said, Some("r\u{1b}1")),
            "The account is in arrears. Top it up, then buy. (CPS.0006, status 403, request r<U+001B>1)"
        );
        assert_eq!(
            sentence(&Said::code("X.1"), None),
            "The cloud refused, and gave no reason that is documented. (X.1)"
        );
        let bare = Said::code("");
        assert_eq!(sentence(&bare, None), "The cloud refused, and gave no reason that is documented.");
        assert!(sentence(&Said { status: 404, ..bare }, None).starts_with("There is nothing at this address."));
        assert!(sentence(&Said { status: 429, ..bare }, None).starts_with("Too many calls came"));
    }
}
