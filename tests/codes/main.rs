//! What the cloud's codes mean: every code of the documents has its sentences, no other code has
//! any, and all of them can be read in one snapshot.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cph_wizard::codes::{AuthKind, CloudError, Meaning, explain, field_of, leaves_doubt, sentence};
use cph_wizard::i18n::{Language, with_language};

/// `platform.md` section 6 and `cph.md` 16.1.
const GATEWAY: [u32; 33] = [
    101, 103, 104, 105, 106, 201, 301, 302, 303, 304, 305, 306, 307, 308, 310, 401, 402, 404, 501, 502, 601, 602, 605,
    606, 607, 608, 609, 610, 611, 613, 705, 801, 802,
];

/// `platform.md` section 6.
const IAM: [u32; 23] =
    [1, 2, 3, 4, 5, 6, 7, 11, 12, 61, 62, 66, 67, 80, 81, 82, 83, 1104, 1105, 1106, 1107, 1108, 1109];

/// The numbers of IAM's keystone calls and of ECS, which are HTTP statuses.
const STATUSES: [u16; 15] = [400, 401, 403, 404, 405, 407, 408, 409, 413, 429, 500, 501, 502, 503, 504];

/// `cph.md` 16.3: from and to, both included.
const PHONE: [(u32, u32); 15] = [
    (1, 11),
    (14, 119),
    (121, 144),
    (155, 176),
    (190, 204),
    (223, 224),
    (226, 226),
    (228, 229),
    (236, 236),
    (238, 241),
    (1000, 1000),
    (1002, 1029),
    (1031, 1032),
    (1040, 1057),
    (1060, 1073),
];

/// `platform.md` sections 6 and 8, without `CBC.0000`, which is a success.
const BILLING: [u32; 36] = [
    100, 101, 150, 151, 154, 155, 156, 250, 999, 3002, 3006, 6006, 30_000_010, 30_050_007, 99_000_088, 99_000_089,
    99_003_106, 99_003_108, 99_003_110, 99_003_112, 99_003_116, 99_003_117, 99_003_141, 99_003_147, 99_003_155,
    99_003_156, 99_003_162, 99_003_198, 99_005_003, 99_005_010, 99_006_006, 99_006_055, 99_006_066, 99_006_073,
    99_008_040, 99_008_056,
];

fn phone_numbers() -> BTreeSet<u32> {
    PHONE.into_iter().flat_map(|(from, to)| from..=to).collect()
}

/// Every code of the documents, as it goes over the wire.
fn documented() -> Vec<String> {
    let gateway = GATEWAY.iter().map(|number| format!("APIGW.{number:04}"));
    let iam = IAM.iter().map(|number| format!("IAM.{number:04}"));
    let statuses = STATUSES.iter().map(ToString::to_string);
    let phone = phone_numbers().into_iter().map(|number| format!("CPS.{number:04}"));
    let billing = BILLING.iter().map(|number| format!("CBC.{number:04}"));
    gateway.chain(iam).chain(statuses).chain(phone).chain(billing).collect()
}

/// What tells several causes of one code apart: status, words, means.
fn told_apart() -> Vec<CloudError<'static>> {
    let said = |code, status, message: &'static str, by| CloudError {
        code,
        status,
        message: (!message.is_empty()).then_some(message),
        by,
    };
    let mut all: Vec<CloudError<'_>> =
        [400, 413, 414, 494, 502, 504].map(|status| said("APIGW.0201", status, "", None)).into();
    for message in ["decrypt token fail", "verify aksk signature fail", "account in arrears", "account frozen"] {
        all.push(said("APIGW.0301", 401, message, None));
    }
    for by in [AuthKind::Token, AuthKind::Password, AuthKind::Key] {
        for code in ["APIGW.0301", "APIGW.0305", "APIGW.0307", "IAM.0001", "401"] {
            all.push(said(code, 401, "", Some(by)));
        }
    }
    all.push(said("APIGW.0303", 401, "the request time is out of range", Some(AuthKind::Key)));
    all.push(said("401", 401, "The username or password is wrong.", None));
    all.push(said("PAP5.0001", 403, "no policy allows it", None));
    all.extend([502, 407].map(|status| said("", status, "", None)));
    all
}

#[test]
fn every_code_of_the_documents_is_explained() {
    for code in documented() {
        assert!(explain(&CloudError::code(&code)).is_some(), "{code}");
    }
    assert_eq!(phone_numbers().len(), 188 + 63, "rows of the two tables");
}

#[test]
fn no_other_code_is_explained() {
    let documented: BTreeSet<String> = documented().into_iter().collect();
    for prefix in ["CPS", "APIGW", "IAM", "CBC"] {
        for code in (0..=9999).map(|number| format!("{prefix}.{number:04}")) {
            assert_eq!(explain(&CloudError::code(&code)).is_some(), documented.contains(&code), "{code}");
        }
    }
    for code in (0..=999).map(|number| format!("{number:03}")) {
        assert_eq!(explain(&CloudError::code(&code)).is_some(), documented.contains(&code), "{code}");
    }
    for code in ["CBC.99003107", "PAP5.0001", "CPH.5001", "Unauthorized", "CPS.", "."] {
        assert_eq!(explain(&CloudError::code(code)), None, "{code}");
    }
}

#[test]
fn sentences_have_the_form_of_sentences() {
    let alone = documented();
    let alone = alone.iter().map(|code| CloudError::code(code));
    for said in alone.chain(told_apart()) {
        let Meaning { what, advice } = explain(&said).unwrap();
        for text in [what, advice] {
            assert!((8..=110).contains(&text.chars().count()), "{}: {text}", said.code);
            assert!(text.ends_with('.') && !text.ends_with("..") && text.is_ascii(), "{}: {text}", said.code);
            assert!(text.starts_with(|c: char| c.is_ascii_uppercase()), "{}: {text}", said.code);
            let lower = text.to_lowercase();
            assert!(!lower.contains("please") && !lower.contains("invalid"), "{}: {text}", said.code);
        }
        assert_ne!(what, advice, "{}", said.code);
    }
}

#[test]
fn every_code_with_its_sentences() {
    let mut shown = String::new();
    for code in documented() {
        let said = CloudError::code(&code);
        let field = field_of(&code).map_or("", |field| field.label());
        let doubt = if leaves_doubt(&code) { "in doubt" } else { "" };
        let marks: Vec<&str> = [field, doubt].into_iter().filter(|mark| !mark.is_empty()).collect();
        let marks = if marks.is_empty() { String::new() } else { format!("  [{}]", marks.join(", ")) };
        let Meaning { what, advice } = explain(&said).unwrap();
        writeln!(shown, "{code:<13}{what} {advice}{marks}").unwrap();
    }
    shown.push('\n');
    shown.push_str(&sentences_told_apart());
    insta::assert_snapshot!("every_code", shown);
}

fn sentences_told_apart() -> String {
    let mut shown = String::new();
    for said in told_apart() {
        let by = said.by.map_or_else(String::new, |by| format!("by {by:?}, "));
        let words = said.message.unwrap_or("no words");
        writeln!(shown, "{by}{words}: {}", sentence(&said, None)).unwrap();
    }
    shown
}

#[test]
fn every_code_with_its_sentences_in_chinese() {
    let shown = with_language(Language::Chinese, || {
        let mut shown = String::new();
        for code in documented() {
            writeln!(shown, "{code:<13}{}", explain(&CloudError::code(&code)).unwrap().sentences()).unwrap();
        }
        shown.push('\n');
        shown + &sentences_told_apart()
    });
    insta::assert_snapshot!("every_code_in_chinese", shown);
}

/// Two words in small letters one behind the other: names of members and products have no such thing.
fn is_english(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words.windows(2).any(|pair| pair.iter().all(|word| is_word(word)))
}

#[test]
fn sentences_in_chinese_have_the_form_of_sentences() {
    let alone = documented();
    let alone = alone.iter().map(|code| CloudError::code(code));
    for said in alone.chain(told_apart()) {
        let Meaning { what, advice } = with_language(Language::Chinese, || explain(&said)).unwrap();
        for text in [what, advice] {
            assert!(text.ends_with('。') && text.matches('。').count() == 1, "{}: {text}", said.code);
            assert!(!text.contains([',', ';', '(']) && !is_english(text), "{}: {text}", said.code);
        }
        assert_ne!(what, advice, "{}", said.code);
    }
}
