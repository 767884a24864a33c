//! The same pages in Chinese, where columns have to hold and lines to fit with wide characters: what must hold
//! for all of them, and ten to be read by people.

use std::collections::BTreeSet;

use cph_wizard::app::Model;
use cph_wizard::i18n::Language;
use cph_wizard::view::Theme;
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr as _;

use crate::page_snapshot::{SIZES, of_all, sizes};
use crate::regions::regions;
use crate::screen::{Screen, paint};
use crate::style_roles::{body_by_roles, probe, role_of};
use crate::themes::check_in_chinese;

/// Pages that people read.
pub const READ: [&str; 10] = [
    "fresh-flavor",
    "ports-with-a-problem",
    "review-with-a-problem",
    "confirm-name",
    "outcome-accepted-unpaid",
    "outcome-refused",
    "field-help",
    "keys",
    "setup-choose",
    "begin-list",
];

/// Other sizes at which all pages hold.
const SMALL: [(u16, u16); 3] = [(40, 10), (20, 5), (100, 30)];

#[test]
fn ten_pages_to_be_read() {
    let pages = of_all(Language::Chinese, |name, model| READ.contains(&name).then(|| sizes(model, &SIZES[..2])));
    let shown: Vec<(String, String)> = pages.into_iter().filter_map(|(name, shown)| Some((name, shown?))).collect();
    assert_eq!(shown.len(), READ.len());
    for (name, shown) in shown {
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn every_page_holds_in_every_theme() {
    of_all(Language::Chinese, check_in_chinese);
}

/// What the tests put on the pages as it comes from outside: sentences of other rooms, of the cloud and of
/// other programs, and names that somebody gave.
const FROM_OUTSIDE: [&str; 30] = [
    // A command.
    "cph-wizard profile doctor",
    "demo loopback",
    // A script for another tool.
    "trap unknown",
    "a token of the simulator",
    "the embedded simulator",
    "The cloud refused: no permission (CPS.0001, HTTP 403)",
    "No answer within 30 s",
    "nobody answered within 60 s",
    "nobody answered at 127.0.0.1:9",
    "Nobody answered at 127.0.0.1:9",
    "the connection was reset before an answer came",
    "The connection was reset before an answer came.",
    "Parameter: count is invalid.",
    "You have no right to do this.",
    "access key and security token",
    "access key FAKE...0001, from the SDK's variables",
    "the SDK's variables (HUAWEICLOUD_SDK_AK)",
    "the Terraform provider's variables (HW_ACCESS_KEY, OS_ACCESS_KEY)",
    "In the KooCLI's profile default in ~/.hcloud/config.json: it is encrypted; `hcloud configure set",
    "--cli-auth-encrypt=false` stores the keys so that they can be used",
    "cn-north-4, credentials: sdk-file",
    "No account is set up: there is no profile, and no region or endpoint is given.",
    "You may not list projects. Ask for the right iam:projects:listProjectsForUser. (status 403)",
    "A draft is damaged; it is set aside as web-1f2e3d4c5b6a.json.unreadable.",
    "14:02 yesterday",
    "09:11 on 21 Nov",
    "a-very-long-name-of-a-server-that-goes-on",
    "demo, loopback",
    "Beijing 4",
    "no local disk",
];

/// A word of an English sentence: small letters, and nothing of an identifier or a path beside them.
fn is_english(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ';', ':', '?', '!']);
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Runs of two or more English words on a screen.
fn english_on(shown: &str) -> Vec<String> {
    let mut found = Vec::new();
    for row in shown.lines() {
        let words: Vec<&str> = row.split([' ', '|', '。', '，', '：', '；', '（', '）']).collect();
        let english = words.windows(2).filter(|pair| pair.iter().all(|word| is_english(word)));
        let pairs = english.map(|pair| pair.join(" "));
        // Lines are broken anywhere, so that only parts of a sentence are found.
        found.extend(pairs.filter(|pair| !FROM_OUTSIDE.iter().any(|sentence| sentence.contains(pair.as_str()))));
    }
    found
}

#[test]
fn english_is_recognised() {
    assert_eq!(english_on("|  按 F5 read again， web-01 n4 |"), ["read again"]);
    assert!(english_on("|Nothing、 server_name api.cn-north-4 GET|").is_empty());
}

#[test]
fn no_page_in_chinese_has_english_on_it() {
    let pages = of_all(Language::Chinese, |_, model| {
        let sizes = SIZES.into_iter().chain(SMALL);
        sizes.flat_map(|size| english_on(&paint(model, size, Theme::TERMINAL).framed())).collect::<Vec<String>>()
    });
    let wrong: Vec<(String, Vec<String>)> = pages.into_iter().filter(|(_, english)| !english.is_empty()).collect();
    assert_eq!(wrong, []);
}

/// Returns what is wrong with the cells of a screen: halves of wide characters, and rows that are not as wide as
/// the screen.
fn misplaced(screen: &Screen) -> Vec<String> {
    let width = screen.buffer.area.width;
    let mut wrong = Vec::new();
    for y in 0..screen.height() {
        let row = screen.part(y, 0, width);
        if row.width() != usize::from(width) {
            wrong.push(format!("row {y} has {} cells: {row}", row.width()));
        }
        for x in 1..width {
            let (before, half) = (&screen.buffer[(x - 1, y)], &screen.buffer[(x, y)]);
            let is_half = before.symbol().width() > 1;
            if is_half && (half.symbol() != " " || half.fg != Color::Reset) {
                wrong.push(format!("{:?} lies over a half of {:?} in row {y}", half.symbol(), before.symbol()));
            }
        }
    }
    wrong
}

#[test]
fn every_row_is_as_wide_as_the_screen_and_no_character_is_halved() {
    let pages = of_all(Language::Chinese, |_, model| {
        SIZES.into_iter().chain(SMALL).flat_map(|size| misplaced(&paint(model, size, probe()))).collect::<Vec<_>>()
    });
    let wrong: Vec<(String, Vec<String>)> = pages.into_iter().filter(|(_, wrong)| !wrong.is_empty()).collect();
    assert_eq!(wrong, []);
}

/// Returns what a page says whole and in no language: names, numbers, addresses.
fn facts(model: &mut Model, size: (u16, u16)) -> BTreeSet<String> {
    let screen = paint(model, size, Theme::TERMINAL);
    let at = regions(model, &screen);
    let (left, top, right, bottom) = at.panel.unwrap_or((0, at.header, size.0, at.footer));
    let rows: Vec<String> = (top..bottom).map(|y| screen.part(y, left, right)).collect();
    let words = rows.join(" ");
    let is_of_fact = |c: char| c.is_ascii_alphanumeric() || "_-.:*~".contains(c);
    let words = words.split(|c: char| !is_of_fact(c)).map(|word| word.trim_matches(['.', ':', '-', '*']));
    let is_fact = |word: &&str| word.len() > 1 && word.bytes().any(|byte| byte.is_ascii_digit());
    words.filter(|word| is_fact(word) && !word.contains('~') && !word.contains("...")).map(str::to_owned).collect()
}

#[test]
fn what_is_said_in_no_language_is_on_the_page_in_both() {
    let of = |spoken| of_all(spoken, |_, model| facts(model, (200, 60)));
    let mut wrong = Vec::new();
    for ((name, english), (_, chinese)) in of(Language::English).into_iter().zip(of(Language::Chinese)) {
        let lost: Vec<&String> = english.difference(&chinese).collect();
        if !lost.is_empty() {
            wrong.push(format!("{name}: {lost:?}"));
        }
    }
    assert!(wrong.is_empty(), "not on the page in Chinese:\n{}", wrong.join("\n"));
}

/// Counts the signs of cuts on a page.
fn cuts(model: &mut Model, size: (u16, u16)) -> usize {
    let screen = paint(model, size, Theme::TERMINAL);
    (0..screen.height()).map(|y| screen.row(y).matches('~').count()).sum()
}

/// Pages on which more is cut than in English, because a column is too narrow for it.
const MORE_CUT: [&str; 5] = ["begin-list", "begin-list-end", "begin-name", "begin-remove", "review-jumps"];

#[test]
fn nothing_more_is_cut_than_in_english() {
    let of = |spoken| of_all(spoken, |_, model| SIZES.map(|size| cuts(model, size)));
    let mut more = BTreeSet::new();
    for ((name, english), (_, chinese)) in of(Language::English).into_iter().zip(of(Language::Chinese)) {
        if english.iter().zip(chinese).any(|(before, after)| after > *before) {
            more.insert(name);
        }
    }
    assert_eq!(more, MORE_CUT.map(str::to_owned).into());
}

#[test]
fn the_same_roles_are_on_the_page_in_both() {
    let of = |spoken| {
        of_all(spoken, |_, model| {
            let (screen, (left, top, right, bottom)) = body_by_roles(model);
            let cells = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
            let roles = cells.filter_map(|at| role_of(&screen.buffer[at]));
            roles.map(cph_wizard::view::Role::name).collect::<BTreeSet<&str>>()
        })
    };
    for ((name, chinese), (_, english)) in of(Language::Chinese).into_iter().zip(of(Language::English)) {
        assert_eq!(chinese, english, "{name}");
    }
}
