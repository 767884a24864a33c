//! The lists to pick from, over the documented catalogue as it is read from a simulator.

use cph_wizard::catalogue::Catalogue;
use cph_wizard::form::{Pick, PickFilter, PickRow, cells, columns, pick, row_value};
use cph_wizard::order::{Draft, FieldId};

use crate::stage::{
    DEDICATED, IMAGE, OFFLINE_PHONE, PHONE, SERVER, SERVER_WITHOUT_PHONES, SHARED, catalogue, good, read,
};

fn typed(text: &str) -> PickFilter {
    PickFilter { text: text.into(), show_unfitting: false, may_type: true }
}

fn all(text: &str) -> PickFilter {
    PickFilter { text: text.into(), show_unfitting: true, may_type: true }
}

/// The values of the rows that a filter leaves; what is only typed has a mark.
fn values(field: FieldId, filter: &PickFilter, draft: &Draft, catalogue: &Catalogue) -> Vec<String> {
    let optional = field == FieldId::KeyPair;
    let Pick { rows, .. } = pick(field, filter, optional, draft, catalogue);
    let value = |row: PickRow| match row {
        PickRow::Nothing => "(none)".to_owned(),
        PickRow::Typed => format!("typed {}", row_value(field, row, filter, catalogue)),
        PickRow::Listed(_) => row_value(field, row, filter, catalogue).to_owned(),
    };
    rows.into_iter().map(value).collect()
}

/// The status column and the obstacle of the listed row with a value.
fn state_of(field: FieldId, value: &str, draft: &Draft) -> (String, Option<String>) {
    let filter = all("");
    let rows = pick(field, &filter, false, draft, catalogue()).rows;
    let row = rows.into_iter().find(|row| row_value(field, *row, &filter, catalogue()) == value).expect(value);
    let shown = cells(field, row, &filter, draft, catalogue());
    assert_eq!(shown.value, value);
    assert_eq!(shown.cells.len(), columns(field).len());
    let column = match field {
        FieldId::Image | FieldId::BandwidthId => 2,
        _ => shown.cells.len() - 1,
    };
    (shown.cells[column].clone(), shown.obstacle)
}

#[test]
fn server_flavors_are_all_listed_and_those_without_phones_say_so() {
    let listed = values(FieldId::ServerFlavor, &typed(""), &Draft::default(), catalogue());
    assert_eq!(listed.len(), 6);
    assert_eq!(listed[0], SERVER);
    assert_eq!(state_of(FieldId::ServerFlavor, SERVER, &good()), ("on sale".into(), None));
    let (status, obstacle) = state_of(FieldId::ServerFlavor, SERVER_WITHOUT_PHONES, &good());
    assert_eq!((status.as_str(), obstacle.as_deref()), ("no phones", Some("it has no phones")));
}

#[test]
fn an_offline_phone_flavor_stays_in_the_list_with_its_reason() {
    let pick = pick(FieldId::PhoneFlavor, &typed(""), false, &good(), catalogue());
    assert_eq!((pick.listed, pick.of, pick.hidden, pick.rows.len()), (5, 5, 7, 5));
    let (status, obstacle) = state_of(FieldId::PhoneFlavor, OFFLINE_PHONE, &good());
    assert_eq!((status.as_str(), obstacle.as_deref()), ("offline", Some("it is offline")));
    assert_eq!(state_of(FieldId::PhoneFlavor, PHONE, &good()), ("on sale".into(), None));
}

#[test]
fn phone_flavors_of_another_server_flavor_are_hidden_until_they_are_asked_for() {
    assert!(!values(FieldId::PhoneFlavor, &typed(""), &good(), catalogue()).contains(&"rs2.plus".to_owned()));
    let everything = pick(FieldId::PhoneFlavor, &all(""), false, &good(), catalogue());
    assert_eq!((everything.listed, everything.of, everything.hidden), (12, 12, 0));
    let (status, obstacle) = state_of(FieldId::PhoneFlavor, "rs2.plus", &good());
    assert_eq!((status.as_str(), obstacle.as_deref()), ("elsewhere", Some("it belongs to physical.kg1.4xlarge.cp")));
}

#[test]
fn images_that_do_not_fit_are_hidden_until_they_are_asked_for_and_then_say_why() {
    let fitting = pick(FieldId::Image, &typed(""), false, &good(), catalogue());
    assert_eq!((fitting.listed, fitting.of, fitting.hidden), (9, 9, 6));
    let everything = pick(FieldId::Image, &all(""), false, &good(), catalogue());
    assert_eq!((everything.listed, everything.of, everything.hidden), (15, 15, 0));
    assert_eq!(state_of(FieldId::Image, IMAGE, &good()), ("cloud_phone".into(), None));
    let (label, obstacle) = state_of(FieldId::Image, "20032420200401a60b0003a99684b8ea", &good());
    assert_eq!(
        (label.as_str(), obstacle.as_deref()),
        ("for cloud_game", Some("it is for cloud_game, not for cloud_phone"))
    );
}

#[test]
fn every_image_fits_as_long_as_no_phone_flavor_is_chosen() {
    let pick = pick(FieldId::Image, &typed(""), false, &Draft::default(), catalogue());
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
    for field in [FieldId::Image, FieldId::BandwidthId, FieldId::KeyPair] {
        assert_eq!(values(field, &typed(" unheard-of "), &good(), catalogue()), ["typed unheard-of"], "{field:?}");
        let row = cells(field, PickRow::Typed, &typed(" unheard-of "), &good(), catalogue());
        assert_eq!((row.value.as_str(), row.obstacle), ("unheard-of", None));
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
fn every_word_of_a_filter_has_to_be_somewhere_in_the_row_in_any_letter_case() {
    let images = |text: &str| values(FieldId::Image, &all(text), &good(), catalogue());
    assert_eq!(images("AOSP11"), ["24110020241130d006101e2100000e18", "typed AOSP11"]);
    assert_eq!(images("aosp11 CLOUD_phone"), ["24110020241130d006101e2100000e18", "typed aosp11 CLOUD_phone"]);
    assert_eq!(images("cloud_phone aosp11").len(), 2);
    assert_eq!(images("aosp11 cloud_game"), ["typed aosp11 cloud_game"]);
    assert_eq!(values(FieldId::ServerFlavor, &typed("KG1 cp"), &good(), catalogue()), ["physical.kg1.4xlarge.cp"]);
    let both = values(FieldId::PhoneFlavor, &all("rs2 physical.kg1"), &good(), catalogue());
    assert_eq!(both, ["rs2.plus", "rs2.max"]);
}

#[test]
fn a_list_that_is_not_read_has_no_rows_but_the_answers_that_need_none() {
    let unread = Catalogue::default();
    assert_eq!(values(FieldId::KeyPair, &typed(""), &good(), &unread), ["(none)"]);
    assert_eq!(values(FieldId::Image, &typed(""), &good(), &unread), [""; 0]);
    for field in FieldId::ALL {
        let pick = pick(field, &typed(""), false, &good(), &unread);
        assert_eq!((pick.rows.len(), pick.of, pick.hidden), (0, 0, 0), "{field:?}");
    }
}

#[test]
fn a_filter_over_ten_thousand_images_leaves_exactly_the_right_rows() {
    let large = read("large-catalogue");
    let images = large.images.as_ref().expect("the images");
    assert_eq!(images.len(), 10_000);
    for (text, least) in [("aosp-00123", 1), ("123", 10), ("aosp9 99", 1), ("5CE7E", 100), ("none of them", 0)] {
        for show_unfitting in [false, true] {
            let filter = PickFilter { text: text.into(), show_unfitting, may_type: true };
            let fitting = |label: &Option<String>| show_unfitting || label.as_deref() == Some("cloud_phone");
            let expected: Vec<PickRow> = images
                .iter()
                .enumerate()
                .filter(|(_, image)| fitting(&image.label))
                .filter(|(_, image)| {
                    let texts = [Some(&image.id), image.name.as_ref(), image.os_name.as_ref(), image.label.as_ref()];
                    let texts: Vec<String> = texts.into_iter().flatten().map(|text| text.to_lowercase()).collect();
                    text.to_lowercase().split(' ').all(|word| texts.iter().any(|text| text.contains(word)))
                })
                .map(|(at, _)| PickRow::Listed(at))
                .collect();
            if show_unfitting {
                assert!(expected.len() >= least, "{text}: {}", expected.len());
            }
            let found = pick(FieldId::Image, &filter, false, &good(), &large);
            assert_eq!(found.rows.last(), Some(&PickRow::Typed), "{text}");
            assert_eq!(found.rows[..found.rows.len() - 1], expected, "{text}");
            assert_eq!((found.listed, found.of + found.hidden), (expected.len(), 10_000), "{text}");
        }
    }
    let one = values(FieldId::Image, &all("aosp-00123"), &good(), &large);
    assert_eq!(one[0], format!("5ce7e{:027x}", 123));
}
