//! The same pages in Chinese, where columns have to hold and lines to fit with wide characters.

use std::cell::RefCell;

use cph_wizard::app::Model;
use cph_wizard::view::Theme;
use cph_wizard::words::{Language, language, speaking};

use crate::styled::{check_in_chinese, screen};
use crate::{beginning, calls, edits, pages, pickers, setup};

thread_local! {
    /// Pages by their names, while they are collected instead of compared.
    static COLLECTED: RefCell<Option<Vec<(String, String)>>> = const { RefCell::new(None) };
}

/// Looks at a page if Chinese is spoken; whether it is.
pub fn snapshot(name: &str, model: &mut Model) -> bool {
    if language() != Language::Chinese {
        return false;
    }
    for (width, height) in [(60, 16), (80, 24)] {
        let shown = screen(model, width, height, Theme::TERMINAL);
        let name = format!("{name}-{width}x{height}");
        let kept = COLLECTED.with_borrow_mut(|collected| {
            let Some(collected) = collected else { return Some(shown) };
            collected.push((name.clone(), shown));
            None
        });
        if let Some(shown) = kept {
            insta::assert_snapshot!(name, shown);
        }
    }
    if COLLECTED.with_borrow(Option::is_none) {
        check_in_chinese(name, model);
    }
    true
}

macro_rules! in_chinese {
    ($($room:ident::$page:ident,)*) => {
        $(#[test]
        fn $page() {
            speaking(Language::Chinese, $room::$page);
        })*

        /// Every page.
        fn pages_in_chinese() -> Vec<(String, String)> {
            COLLECTED.set(Some(Vec::new()));
            speaking(Language::Chinese, || {
                $($room::$page();)*
            });
            COLLECTED.take().unwrap()
        }
    };
}

in_chinese! {
    pages::the_plain_page_of_a_request_and_of_an_outcome,
    pages::the_first_frame_while_the_lists_load,
    pages::the_steps_of_a_fresh_form,
    pages::a_filtered_list_and_one_with_nothing_left,
    pages::images_that_do_not_fit_with_the_reason,
    pages::a_list_that_failed_and_one_that_is_empty,
    pages::a_list_that_takes_its_time,
    pages::bandwidth_in_its_three_kinds,
    pages::an_order_of_everything_with_its_ports_and_its_review,
    pages::review_without_problems_and_both_confirmations,
    pages::what_covers_the_page,
    pages::offers_to_be_taken_or_left,
    pages::waiting_for_the_answer,
    pages::every_outcome_in_its_words,
    pages::servers_that_become_ready,
    pickers::a_list_sorted_by_memory,
    pickers::a_list_searched_by_letters,
    pickers::a_list_with_what_was_used_before,
    pickers::flavors_that_are_sold_out_in_a_zone_or_in_all,
    pickers::old_rows_while_reading_again_failed,
    calls::the_calls_of_a_run_and_each_kind_of_one,
    calls::the_palette_as_one_types,
    calls::the_page_of_the_request_with_its_cursor,
    calls::help_where_documents_disagree,
    calls::the_order_as_a_text_for_another_tool,
    edits::the_introduction,
    edits::what_was_changed_and_undone,
    edits::a_pasted_list_with_rows_that_stay_out,
    edits::a_number_of_a_port,
    edits::a_refusal_of_no_field,
    beginning::the_offer_of_the_newest_draft,
    beginning::the_list_of_what_can_be_begun_with,
    beginning::the_review_of_a_form_that_is_unlike_its_template,
    setup::who_orders_before_and_after_the_machine_was_looked_at,
    setup::typed_credentials_are_stars_and_empty_ones_are_named,
    setup::region_and_project_are_lists_into_which_an_id_can_be_typed,
    setup::a_live_review_names_account_way_and_credentials,
}

/// What the tests put on the pages as it comes from outside: sentences of other rooms, of the cloud and of
/// other programs, and names that somebody gave.
const FROM_OUTSIDE: [&str; 26] = [
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
    for row in shown.lines().filter(|row| row.starts_with('|')) {
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
    let mut wrong = Vec::new();
    for (name, shown) in pages_in_chinese() {
        wrong.extend(english_on(&shown).into_iter().map(|words| format!("{name}: {words}")));
    }
    assert!(wrong.is_empty(), "{} places are English:\n{}", wrong.len(), wrong.join("\n"));
}
