//! The lists to pick from, over the documented catalogue as it is read from a simulator.

use std::collections::BTreeSet;

use cph_wizard::catalogue::Catalogue;
use cph_wizard::form::{
    Candidates, PastUse, PickerFilter, PickerList, PickerRow, cells, columns, details, next_sort, picker_list,
    row_value,
};
use cph_wizard::order::{Draft, FieldId};
use proptest::prelude::*;

use crate::fixture::{
    DEDICATED, IMAGE, OFFLINE_PHONE, PHONE, SERVER, SERVER_WITHOUT_PHONES, SHARED, catalogue, good, read,
};

fn typed(text: &str) -> PickerFilter {
    PickerFilter { text: text.into(), may_type: true, ..PickerFilter::default() }
}

fn all(text: &str) -> PickerFilter {
    PickerFilter { text: text.into(), show_incompatible: true, may_type: true, ..PickerFilter::default() }
}

/// The values of the rows that a filter leaves; what is only typed has a mark.
fn values(field: FieldId, filter: &PickerFilter, draft: &Draft, catalogue: &Catalogue) -> Vec<String> {
    let optional = field == FieldId::KeyPair;
    let PickerList { rows, .. } = picker_list(field, filter, optional, draft, catalogue);
    let value = |row: PickerRow| match row {
        PickerRow::Nothing => "(none)".to_owned(),
        PickerRow::Typed => format!("typed {}", row_value(field, row, filter, catalogue)),
        PickerRow::Listed(_) => row_value(field, row, filter, catalogue).to_owned(),
    };
    rows.into_iter().map(value).collect()
}

/// The status column and the obstacle of the listed row with a value.
fn state_of(field: FieldId, value: &str, draft: &Draft) -> (String, Option<String>) {
    let filter = all("");
    let rows = picker_list(field, &filter, false, draft, catalogue()).rows;
    let row = rows.into_iter().find(|row| row_value(field, *row, &filter, catalogue()) == value).expect(value);
    let shown = cells(field, row, &filter, draft, catalogue());
    assert_eq!(shown.value, value);
    assert_eq!(shown.cells.len(), columns(field).len());
    let column = match field {
        FieldId::Image => 3,
        FieldId::BandwidthId => 2,
        _ => shown.cells.len() - 1,
    };
    (shown.cells[column].clone(), shown.obstacle)
}

#[test]
fn server_flavors_are_all_listed_and_those_without_phones_say_so() {
    let listed = values(FieldId::ServerFlavor, &typed(""), &Draft::default(), catalogue());
    assert_eq!(listed.len(), 6);
    assert_eq!(listed[0], SERVER);
    assert_eq!(state_of(FieldId::ServerFlavor, SERVER, &good()), (String::new(), None));
    let (status, obstacle) = state_of(FieldId::ServerFlavor, SERVER_WITHOUT_PHONES, &good());
    assert_eq!((status.as_str(), obstacle.as_deref()), ("no phones", Some("it has no phones")));
}

#[test]
fn an_offline_phone_flavor_stays_in_the_list_with_its_reason() {
    let pick = picker_list(FieldId::PhoneFlavor, &typed(""), false, &good(), catalogue());
    assert_eq!((pick.listed, pick.total, pick.hidden, pick.rows.len()), (5, 5, 7, 5));
    let (status, obstacle) = state_of(FieldId::PhoneFlavor, OFFLINE_PHONE, &good());
    assert_eq!((status.as_str(), obstacle.as_deref()), ("offline", Some("it is offline")));
    assert_eq!(state_of(FieldId::PhoneFlavor, PHONE, &good()), (String::new(), None));
}

#[test]
fn phone_flavors_of_another_server_flavor_are_hidden_until_they_are_asked_for() {
    assert!(!values(FieldId::PhoneFlavor, &typed(""), &good(), catalogue()).contains(&"rs2.plus".to_owned()));
    let everything = picker_list(FieldId::PhoneFlavor, &all(""), false, &good(), catalogue());
    assert_eq!((everything.listed, everything.total, everything.hidden), (12, 12, 0));
    let (status, obstacle) = state_of(FieldId::PhoneFlavor, "rs2.plus", &good());
    assert_eq!((status.as_str(), obstacle.as_deref()), ("elsewhere", Some("it belongs to physical.kg1.4xlarge.cp")));
}

#[test]
fn images_that_do_not_fit_are_hidden_until_they_are_asked_for_and_then_say_why() {
    let fitting = picker_list(FieldId::Image, &typed(""), false, &good(), catalogue());
    assert_eq!((fitting.listed, fitting.total, fitting.hidden), (9, 9, 6));
    let everything = picker_list(FieldId::Image, &all(""), false, &good(), catalogue());
    assert_eq!((everything.listed, everything.total, everything.hidden), (15, 15, 0));
    assert_eq!(state_of(FieldId::Image, IMAGE, &good()), ("cloud_phone".into(), None));
    let (label, obstacle) = state_of(FieldId::Image, "20032420200401a60b0003a99684b8ea", &good());
    assert_eq!(
        (label.as_str(), obstacle.as_deref()),
        ("for cloud_game", Some("it is for cloud_game, not for cloud_phone"))
    );
}

#[test]
fn every_image_fits_as_long_as_no_phone_flavor_is_chosen() {
    let pick = picker_list(FieldId::Image, &typed(""), false, &Draft::default(), catalogue());
    assert_eq!((pick.listed, pick.hidden), (15, 0));
}

#[test]
fn a_dedicated_bandwidth_is_listed_with_its_reason() {
    let (kind, obstacle) = state_of(FieldId::BandwidthId, DEDICATED, &good());
    assert_eq!((kind.as_str(), obstacle.as_deref()), ("dedicated", Some("it is a dedicated one")));
    assert_eq!(state_of(FieldId::BandwidthId, SHARED, &good()), ("shared".into(), None));
}

#[test]
fn an_id_may_be_typed_where_the_cloud_can_know_more_than_its_list() {
    let id = "00112233445566778899aabbccddeeff";
    for (field, text) in [(FieldId::Image, id), (FieldId::BandwidthId, id), (FieldId::KeyPair, "unheard-of")] {
        let filter = typed(&format!(" {text} "));
        let list = picker_list(field, &filter, false, &good(), catalogue());
        assert_eq!((list.rows.as_slice(), list.best), (&[PickerRow::Typed][..], None), "{field:?}");
        let row = cells(field, PickerRow::Typed, &filter, &good(), catalogue());
        assert_eq!((row.value.as_str(), row.obstacle), (text, None));
        assert_eq!(values(field, &typed("un heard"), &good(), catalogue()), [""; 0], "{field:?}");
    }
    for field in [FieldId::ServerFlavor, FieldId::PhoneFlavor] {
        assert_eq!(values(field, &typed("unheard-of"), &good(), catalogue()), [""; 0], "{field:?}");
        let unread = values(field, &typed("unheard-of"), &good(), &Catalogue::default());
        assert_eq!(unread, ["typed unheard-of"], "{field:?}");
    }
}

#[test]
fn what_is_typed_is_offered_beside_rows_that_contain_it_but_not_beside_the_row_that_is_it() {
    assert_eq!(values(FieldId::KeyPair, &typed("mykey"), &good(), catalogue()), ["mykeypair", "typed mykey"]);
    assert_eq!(values(FieldId::KeyPair, &typed("mykeypair"), &good(), catalogue()), ["mykeypair"]);
    assert_eq!(values(FieldId::KeyPair, &typed("MyKeyPair"), &good(), catalogue()), ["mykeypair", "typed MyKeyPair"]);
    assert_eq!(values(FieldId::Image, &typed(IMAGE), &good(), catalogue()), [IMAGE]);
}

#[test]
fn only_what_is_optional_may_be_left_empty_and_only_while_nothing_is_typed() {
    assert_eq!(values(FieldId::KeyPair, &typed("  "), &good(), catalogue()), ["(none)", "mykeypair", "KeyPair-team"]);
    assert!(!values(FieldId::KeyPair, &typed("my"), &good(), catalogue()).contains(&"(none)".to_owned()));
    assert!(!values(FieldId::BandwidthId, &typed(""), &good(), catalogue()).contains(&"(none)".to_owned()));
}

#[test]
fn every_word_of_a_filter_has_to_be_somewhere_in_the_row_and_the_case_of_letters_does_not_count() {
    let images = |text: &str| values(FieldId::Image, &all(text), &good(), catalogue());
    for text in ["aosp11", "AOSP11", "AOSP11 cloud_phone", "cloud_phone aosp11"] {
        assert_eq!(images(text), ["24110020241130d006101e2100000e18"], "{text}");
    }
    assert_eq!(images("Aosp11"), images("aosp11"));
    assert_eq!(images("aosp14 cloud_game"), [""; 0]);
    assert_eq!(values(FieldId::ServerFlavor, &typed("kg1 cp"), &good(), catalogue()), ["physical.kg1.4xlarge.cp"]);
    let both = values(FieldId::PhoneFlavor, &all("rs2 physical.kg1"), &good(), catalogue());
    assert_eq!(both, ["rs2.plus", "rs2.max"]);
}

#[test]
fn letters_in_their_order_find_a_row_and_what_stands_there_comes_first() {
    let servers = |text: &str| values(FieldId::ServerFlavor, &typed(text), &good(), catalogue());
    assert_eq!(servers("pkcg"), ["physical.kg1.4xlarge.cg"]);
    assert_eq!(servers("gkp"), [""; 0], "the order of the letters counts");
    let phones = values(FieldId::PhoneFlavor, &all("rs2.max"), &good(), catalogue());
    assert_eq!(phones[0], "rs2.max");
}

#[test]
fn a_list_that_is_not_read_has_no_rows_but_the_answers_that_need_none() {
    let unread = Catalogue::default();
    assert_eq!(values(FieldId::KeyPair, &typed(""), &good(), &unread), ["(none)"]);
    assert_eq!(values(FieldId::Image, &typed(""), &good(), &unread), [""; 0]);
    for field in FieldId::ALL {
        let pick = picker_list(field, &typed(""), false, &good(), &unread);
        assert_eq!((pick.rows.len(), pick.total, pick.hidden), (0, 0, 0), "{field:?}");
    }
}

#[test]
fn a_filter_over_ten_thousand_images_shows_what_contains_it_before_anything_else() {
    let large = read("large-catalogue");
    let images = large.images.as_ref().expect("the images");
    assert_eq!(images.len(), 10_000);
    for (text, least) in [("aosp-00123", 1), ("123", 10), ("aosp9 99", 1), ("5ce7e", 100), ("none of them", 0)] {
        for show_incompatible in [false, true] {
            let filter =
                PickerFilter { text: text.into(), show_incompatible, may_type: true, ..PickerFilter::default() };
            let fitting = |label: &Option<String>| show_incompatible || label.as_deref() == Some("cloud_phone");
            let containing: BTreeSet<usize> = images
                .iter()
                .enumerate()
                .filter(|(_, image)| fitting(&image.label))
                .filter(|(_, image)| {
                    let texts = [Some(&image.id), image.name.as_ref(), image.os_name.as_ref(), image.label.as_ref()];
                    let texts: Vec<String> = texts.into_iter().flatten().map(|text| text.to_lowercase()).collect();
                    let (id, words) = texts.split_first().expect("an id");
                    let is_in_id = |word: &str| if word.len() < 4 { id.starts_with(word) } else { id.contains(word) };
                    text.split(' ').all(|word| is_in_id(word) || words.iter().any(|text| text.contains(word)))
                })
                .map(|(at, _)| at)
                .collect();
            if show_incompatible {
                assert!(containing.len() >= least, "{text}: {}", containing.len());
            }
            let found = picker_list(FieldId::Image, &filter, false, &good(), &large);
            assert!(!found.rows.contains(&PickerRow::Typed), "{text} is no id");
            let listed = |row: &PickerRow| match row {
                PickerRow::Listed(at) => Some(*at),
                PickerRow::Nothing | PickerRow::Typed => None,
            };
            let first: BTreeSet<usize> = found.rows.iter().filter_map(listed).take(containing.len()).collect();
            assert_eq!(first, containing, "{text}");
            assert_eq!(found.total + found.hidden, 10_000, "{text}");
        }
    }
    let one = values(FieldId::Image, &all("aosp-00123"), &good(), &large);
    assert_eq!(one[0], format!("5ce7e{:027x}", 123));
}

fn at_of(rows: &[PickerRow]) -> Vec<usize> {
    let listed = rows.iter().filter_map(|row| match row {
        PickerRow::Listed(at) => Some(*at),
        PickerRow::Nothing | PickerRow::Typed => None,
    });
    listed.collect()
}

const PICKED: [FieldId; 5] =
    [FieldId::ServerFlavor, FieldId::PhoneFlavor, FieldId::Image, FieldId::BandwidthId, FieldId::KeyPair];

#[test]
fn an_answer_that_is_typed_letter_by_letter_keeps_its_row() {
    for field in PICKED {
        let mut filter = PickerFilter { show_incompatible: true, may_type: true, ..PickerFilter::default() };
        for at in at_of(&picker_list(field, &filter, false, &good(), catalogue()).rows) {
            let value = row_value(field, PickerRow::Listed(at), &filter, catalogue()).to_owned();
            let mut candidates = Candidates::new(field, &filter, &good(), catalogue());
            filter.text.clear();
            for letter in value.chars() {
                filter.text.push(letter);
                let rows = candidates.filtered(field, &filter, false, catalogue()).rows;
                assert!(rows.contains(&PickerRow::Listed(at)), "{} of {value}", filter.text);
            }
            filter.text.clear();
        }
    }
}

/// Letters of either case, digits, what is normalised or combined, Chinese, blanks, and a letter that is deleted.
const LETTERS: [char; 24] = [
    'a', 'o', 's', 'p', 'x', 'k', 'g', 'c', 'A', 'P', '1', '2', '0', '.', '-', ' ', ' ', '\u{e9}', '\u{301}',
    '\u{200d}', '\u{4e91}', '\u{624b}', '\u{8}', '\u{8}',
];

proptest! {
    #[test]
    fn a_filter_leaves_some_of_the_rows_each_once_and_more_words_never_leave_more(
        field in prop::sample::select(&PICKED[..]), words in prop::collection::vec("[a-z0-9._]{1,3}", 1..4),
    ) {
        let every = at_of(&picker_list(field, &all(""), false, &good(), catalogue()).rows);
        let text = words.join(" ");
        let found = at_of(&picker_list(field, &all(&text), false, &good(), catalogue()).rows);
        let unique: BTreeSet<usize> = found.iter().copied().collect();
        prop_assert_eq!(unique.len(), found.len());
        prop_assert!(found.iter().all(|at| every.contains(at)));
        let fewer = at_of(&picker_list(field, &all(&words[..words.len() - 1].join(" ")), false, &good(), catalogue()).rows);
        prop_assert!(found.iter().all(|at| fewer.contains(at)), "{text}");
    }

    #[test]
    fn typing_letter_by_letter_finds_what_typing_all_at_once_finds(
        field in prop::sample::select(&PICKED[..]),
        typed in prop::collection::vec(prop::sample::select(&LETTERS[..]), 1..12), shows_all in any::<bool>(),
    ) {
        let mut filter = PickerFilter { show_incompatible: shows_all, may_type: true, ..PickerFilter::default() };
        let mut candidates = Candidates::new(field, &filter, &good(), catalogue());
        for letter in typed {
            // A letter that is deleted finds more again.
            if letter == '\u{8}' { filter.text.pop(); } else { filter.text.push(letter); }
            let found = candidates.filtered(field, &filter, true, catalogue());
            prop_assert_eq!(found, picker_list(field, &filter, true, &good(), catalogue()), "{}", &filter.text);
        }
    }

    #[test]
    fn sorting_keeps_every_row_and_puts_nothing_else_in(
        field in prop::sample::select(&PICKED[..]), sort in 0..7_usize, text in "[a-z0-9]{0,2}",
    ) {
        let filter = all(&text);
        let sorted = PickerFilter { sort: Some(sort), ..filter.clone() };
        let mut plain = at_of(&picker_list(field, &filter, false, &good(), catalogue()).rows);
        let mut rows = at_of(&picker_list(field, &sorted, false, &good(), catalogue()).rows);
        plain.sort_unstable();
        rows.sort_unstable();
        prop_assert_eq!(plain, rows);
    }

    #[test]
    fn what_was_used_before_comes_first_and_no_row_is_lost(
        counts in prop::collection::vec(0..4_u32, 6), last in 0..6_usize,
    ) {
        let every = at_of(&picker_list(FieldId::ServerFlavor, &typed(""), false, &good(), catalogue()).rows);
        let value = |at: usize| row_value(FieldId::ServerFlavor, PickerRow::Listed(at), &typed(""), catalogue()).to_owned();
        let used = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let used = used.map(|(at, count)| (value(at), PastUse { count: *count, is_last: at == last })).collect();
        let filter = PickerFilter { used, ..typed("") };
        let rows = at_of(&picker_list(FieldId::ServerFlavor, &filter, false, &good(), catalogue()).rows);
        let rank = |at: usize| std::cmp::Reverse((counts[at] > 0).then_some((at == last, counts[at])));
        prop_assert!(rows.windows(2).all(|pair| (rank(pair[0]), pair[0]) < (rank(pair[1]), pair[1])), "{rows:?}");
        prop_assert_eq!(rows.len(), every.len());
    }
}

#[test]
fn every_row_is_the_first_one_for_its_own_answer() {
    for field in PICKED {
        for row in picker_list(field, &all(""), false, &good(), catalogue()).rows {
            let filter = all("");
            let value = row_value(field, row, &filter, catalogue());
            let first = picker_list(field, &all(value), false, &good(), catalogue()).rows[0];
            assert_eq!(row_value(field, first, &all(value), catalogue()), value, "{field:?}");
        }
    }
}

#[test]
fn amounts_are_sorted_from_the_largest_and_words_from_a() {
    let sorted = |field, sort| {
        let filter = PickerFilter { sort: Some(sort), ..all("") };
        values(field, &filter, &good(), catalogue())
    };
    let by_name = sorted(FieldId::ServerFlavor, 0);
    assert!(by_name.is_sorted(), "{by_name:?}");
    let memory = |name: &String| {
        catalogue().server_flavors.iter().flatten().find(|row| row.name == *name).and_then(|row| row.memory_gb)
    };
    let by_memory: Vec<Option<u32>> = sorted(FieldId::ServerFlavor, 2).iter().map(memory).collect();
    assert!(by_memory.is_sorted_by(|a, b| a >= b), "{by_memory:?}");
    assert_eq!(next_sort(FieldId::ServerFlavor, None), Some(0));
    assert_eq!(next_sort(FieldId::ServerFlavor, Some(5)), None);
}

#[test]
fn details_say_what_no_column_says() {
    let text = |field, value: &str| {
        let rows = picker_list(field, &all(""), false, &good(), catalogue()).rows;
        let row = rows.into_iter().find(|row| row_value(field, *row, &all(""), catalogue()) == value).expect(value);
        let details = details(field, row, &all(""), &good(), catalogue()).expect(value);
        let facts: Vec<String> = details.facts.into_iter().map(|fact| fact.text).collect();
        (facts.join(", "), details.obstacle)
    };
    let (facts, obstacle) = text(FieldId::PhoneFlavor, PHONE);
    assert!(facts.contains("720x1280") && facts.contains("images for cloud_phone"), "{facts}");
    assert_eq!(obstacle, None);
    assert_eq!(text(FieldId::PhoneFlavor, OFFLINE_PHONE).1.as_deref(), Some("it is offline"));
    assert!(text(FieldId::ServerFlavor, SERVER).0.contains("2*1.2T SAS + 800G SSD"));
    assert!(text(FieldId::KeyPair, "mykeypair").0.contains("fingerprint "));
    assert_eq!(details(FieldId::KeyPair, PickerRow::Nothing, &all(""), &good(), catalogue()), None);
}
