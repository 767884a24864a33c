//! What the cloud's codes mean: what happened, what to do about it, and which field of an order a
//! code points at (`platform.md` section 6, `cph.md` 3.6 and 16). Tables and sentences only.

mod billing;
mod connect_error;
mod fields;
mod gateway;
mod iam;
mod phone;
mod reach;
mod read;
mod status;

pub use connect_error::ConnectError;
pub use fields::{DOUBTFUL_PHONE_CODES, field_of, is_phone_code, leaves_doubt};
pub use iam::{refuses_key, refuses_token};
pub use reach::ConnectionFailure;

use read::{Code, read};

use crate::order::text::visible;
use crate::words::{self, phrase, tr};

/// A row of a table: number, what happened, what to do, the two as phrases in English. Tables are
/// sorted by number.
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

/// What a code means, in two sentences of at most 110 characters. In the tables they are English;
/// what this room hands out is in the language that is spoken.
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

    /// The same in the language that is spoken.
    fn spoken(self) -> Self {
        Self { what: words::of(self.what), advice: words::of(self.advice) }
    }

    /// Both sentences, one behind the other.
    #[must_use]
    pub fn sentences(self) -> String {
        let Self { what, advice } = self;
        tr!("{what} {advice}", what, advice)
    }
}

/// What the cloud meant; `None` for a code that no document explains, unless the status alone says
/// enough. Where one code has several causes, the status, the words and the means of the call tell
/// them apart.
#[must_use]
pub fn explain(said: &Said<'_>) -> Option<Meaning> {
    meaning(said).map(Meaning::spoken)
}

fn meaning(said: &Said<'_>) -> Option<Meaning> {
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
    let status = (said.status != 0).then(|| tr!("status {status}", status = said.status));
    let request = request_id.map(|id| tr!("request {id}", id = visible(id)));
    let marks: Vec<String> = [code, status, request].into_iter().flatten().collect();
    let words = explain(said).map_or_else(|| words::of(UNEXPLAINED).to_owned(), Meaning::sentences);
    if marks.is_empty() { words } else { in_brackets(&words, &marks.join(words::of(phrase!(", ")))) }
}

const UNEXPLAINED: &str = phrase!("The cloud refused, and gave no reason that is documented.");

/// A sentence and, in brackets behind it, what only some readers need.
#[must_use]
pub fn in_brackets(sentence: &str, detail: &str) -> String {
    tr!("{sentence} ({detail})", sentence, detail)
}

/// The row of a number.
fn find(table: &[Row], number: u32) -> Option<Meaning> {
    let at = table.binary_search_by_key(&number, |(number, ..)| *number).ok()?;
    table.get(at).map(|&(_, what, advice)| Meaning::new(what, advice))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, speaking};

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

    #[test]
    fn a_refusal_reads_wholly_in_chinese_and_keeps_its_code_and_its_id() {
        let said = Said { status: 403, message: Some("in arrears"), ..Said::code("CPS.0006") };
        let of = |request_id| speaking(Language::Chinese, || sentence(&said, request_id));
        assert_eq!(of(Some("r1")), "账号已欠费。充值后再购买。（CPS.0006，状态码 403，请求 ID r1）");
        let hint = speaking(Language::Chinese, || advice("CPS.0024"));
        assert_eq!((hint, advice("CPS.0024")), (Some("更改服务器数量。"), Some("Choose another number of servers.")));
        let unknown = speaking(Language::Chinese, || sentence(&Said::code("X.1"), None));
        assert_eq!(unknown, "云端拒绝了请求，未给出有文档说明的原因。（X.1）");
    }
}
