//! Explains an error of the cloud: looks up its code in the table of the service that reported it, or else its HTTP
//! status, and builds sentences from the result.

use super::cloud_error::CloudError;
use super::code_row::Meaning;
use super::parse::{Code, parse};
use super::{billing, gateway, http_status, iam, phone};
use crate::i18n::{self, phrase, tr};
use crate::text::sanitize::visible;

/// Explains an error in the current language. Returns `None` for a code that no document explains, unless the status
/// alone is sufficient. Where one code has several causes, the status, the message and the authentication of the call
/// tell them apart.
#[must_use]
pub fn explain(said: &CloudError<'_>) -> Option<Meaning> {
    meaning(said).map(Meaning::translated)
}

/// Explains the error of an order for this number of servers. The advice for a single server never suggests a smaller
/// order.
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

/// Returns the advice for a code whose status, message and authentication are not known.
#[must_use]
pub fn advice(code: &str) -> Option<&'static str> {
    explain(&CloudError::code(code)).map(|meaning| meaning.advice)
}

/// Formats an error on one line: `WHAT ADVICE (CODE, status N, request ID)`. Parts that are not known are left out;
/// code and request id are sanitized for display.
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

/// Appends a detail in parentheses to a sentence, with the parentheses of the current language.
#[must_use]
pub fn in_brackets(sentence: &str, detail: &str) -> String {
    tr!("{sentence} ({detail})", sentence, detail)
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
