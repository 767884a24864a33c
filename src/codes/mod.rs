//! What the cloud's codes mean: what happened, what to do about it, and which field of an order a
//! code points at (`platform.md` section 6, `cph.md` 3.6 and 16). Tables and sentences only.

mod billing;
mod connect_error;
mod connection_failure;
mod field;
mod gateway;
mod http_status;
mod iam;
mod parse;
mod phone;

pub use connect_error::ConnectError;
pub use connection_failure::ConnectionFailure;
pub use field::{DOUBTFUL_PHONE_CODES, field_of, is_phone_code, leaves_doubt};
pub use iam::{refuses_key, refuses_token};

use parse::{Code, parse};

use crate::i18n::{self, phrase, tr};
use crate::text::sanitize::visible;

/// A row of a table: number, what happened, what to do, the two as phrases in English. Tables are
/// sorted by number.
type CodeRow = (u32, &'static str, &'static str);

/// By what a call was authenticated, which tells some causes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthKind {
    /// An IAM token, wherever it came from.
    Token,
    /// User name and password, in the call that asks IAM for a token.
    Password,
    /// The signature of an access key.
    Key,
}

/// The error of a call as the cloud reported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloudError<'a> {
    /// As it came: `CPS.0024`, `APIGW.0301`, `IAM.0061`, `CBC.0150`, or IAM's and ECS's bare
    /// numbers such as `401`. Empty if there was none; then the status is looked up.
    pub code: &'a str,
    /// The HTTP status; 0 if it is not known.
    pub status: u16,
    /// The cloud's own words.
    pub message: Option<&'a str>,
    /// `None` if it is not known.
    pub by: Option<AuthKind>,
}

impl<'a> CloudError<'a> {
    /// A code and nothing more.
    #[must_use]
    pub fn code(code: &'a str) -> Self {
        Self { code, status: 0, message: None, by: None }
    }

    /// Whether the cloud's words hold one of these, in any letter case.
    fn mentions(&self, words: &[&str]) -> bool {
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
    fn translated(self) -> Self {
        Self { what: i18n::t(self.what), advice: i18n::t(self.advice) }
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
pub fn explain(said: &CloudError<'_>) -> Option<Meaning> {
    meaning(said).map(Meaning::translated)
}

/// The same for an order of so many servers: one of a single server is not advised to be smaller.
#[must_use]
pub fn explain_order(said: &CloudError<'_>, servers: Option<i64>) -> Option<Meaning> {
    let Meaning { what, advice } = meaning(said)?;
    let advice = if servers == Some(1) { phone::advice_for_one_server(advice) } else { advice };
    Some(Meaning { what, advice }.translated())
}

fn meaning(said: &CloudError<'_>) -> Option<Meaning> {
    if said.code.is_empty() {
        return http_status::meaning(said.status.into(), said);
    }
    let by_code = parse(said.code).and_then(|code| match code {
        Code::Phone(number) => phone::meaning(number),
        Code::Gateway(number) => gateway::meaning(number, said),
        Code::Iam(number) => iam::meaning(number, said),
        Code::Billing(number) => billing::meaning(number),
        Code::Status(number) => http_status::meaning(number, said),
    });
    let by_status =
        || http_status::SELF_EXPLANATORY.contains(&said.status).then(|| http_status::meaning(said.status.into(), said));
    by_code.or_else(|| by_status().flatten())
}

/// What to do about a code of which nothing else is known.
#[must_use]
pub fn advice(code: &str) -> Option<&'static str> {
    explain(&CloudError::code(code)).map(|meaning| meaning.advice)
}

/// What happened and what to do, on one line: `WHAT ADVICE (CODE, status N, request ID)`.
#[must_use]
pub fn sentence(said: &CloudError<'_>, request_id: Option<&str>) -> String {
    let code = (!said.code.is_empty()).then(|| visible(said.code).into_owned());
    let status = (said.status != 0).then(|| tr!("status {status}", status = said.status));
    let request = request_id.map(|id| tr!("request {id}", id = visible(id)));
    let marks: Vec<String> = [code, status, request].into_iter().flatten().collect();
    let words = explain(said).map_or_else(|| i18n::t(UNEXPLAINED).to_owned(), Meaning::sentences);
    if marks.is_empty() { words } else { in_brackets(&words, &marks.join(i18n::t(phrase!(", ")))) }
}

const UNEXPLAINED: &str = phrase!("The cloud refused, and gave no reason that is documented.");

/// A sentence and, in brackets behind it, what only some readers need.
#[must_use]
pub fn in_brackets(sentence: &str, detail: &str) -> String {
    tr!("{sentence} ({detail})", sentence, detail)
}

/// The row of a number.
fn find(table: &[CodeRow], number: u32) -> Option<Meaning> {
    let at = table.binary_search_by_key(&number, |(number, ..)| *number).ok()?;
    table.get(at).map(|&(_, what, advice)| Meaning::new(what, advice))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, with_language};

    #[test]
    fn tables_are_sorted_so_that_every_row_is_found() {
        for table in [gateway::ROWS, iam::ROWS, billing::ROWS, http_status::ROWS].into_iter().chain(phone::TABLES) {
            assert!(table.is_sorted_by(|(one, ..), (next, ..)| one < next), "{table:?}");
        }
    }

    #[test]
    fn a_code_that_nobody_knows_is_explained_by_a_status_that_says_enough() {
        let of = |code, status| explain(&CloudError { status, ..CloudError::code(code) }).map(|meaning| meaning.what);
        assert_eq!(of("PAP5.0001", 403), Some("The caller is not allowed to do this."));
        assert_eq!(of("CPS.0999", 503), Some("The cloud is not available."));
        assert_eq!(of("CPS.0999", 400), None);
        assert_eq!(of("CPS.0999", 404), None);
        assert_eq!(of("CPS.0024", 503), Some("The service does not accept the value of count."));
    }

    #[test]
    fn a_sentence_names_what_is_known_and_nothing_else() {
        let said = CloudError { status: 403, ..CloudError::code("CPS.0006") };
        assert_eq!(
            sentence(&said, Some("r\u{1b}1")),
            "The account is in arrears. Top it up, then buy. (CPS.0006, status 403, request r<U+001B>1)"
        );
        assert_eq!(
            sentence(&CloudError::code("X.1"), None),
            "The cloud refused, and gave no reason that is documented. (X.1)"
        );
        let bare = CloudError::code("");
        assert_eq!(sentence(&bare, None), "The cloud refused, and gave no reason that is documented.");
        assert!(sentence(&CloudError { status: 404, ..bare }, None).starts_with("There is nothing at this address."));
        assert!(sentence(&CloudError { status: 429, ..bare }, None).starts_with("Too many calls came"));
    }

    #[test]
    fn a_refusal_reads_wholly_in_chinese_and_keeps_its_code_and_its_id() {
        let said = CloudError { status: 403, message: Some("in arrears"), ..CloudError::code("CPS.0006") };
        let of = |request_id| with_language(Language::Chinese, || sentence(&said, request_id));
        assert_eq!(of(Some("r1")), "账号已欠费。充值后再购买。（CPS.0006，状态码 403，请求 ID r1）");
        let hint = with_language(Language::Chinese, || advice("CPS.0024"));
        assert_eq!((hint, advice("CPS.0024")), (Some("更改服务器数量。"), Some("Choose another number of servers.")));
        let unknown = with_language(Language::Chinese, || sentence(&CloudError::code("X.1"), None));
        assert_eq!(unknown, "云端拒绝了请求，未给出有文档说明的原因。（X.1）");
    }
}
