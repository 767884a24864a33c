//! Every sentence about an order in both languages, side by side, with the numbers in it.

use std::fmt::Write as _;

use cph_wizard::i18n::{Language, with_language};
use cph_wizard::order::{FieldId, Issue, Order, PeriodUnit, Warning, warnings};

use crate::fixture::{catalogue, good};

fn name() -> String {
    "rx1.example".into()
}

fn typed() -> String {
    "7x".into()
}

/// A match without a wildcard: a new issue does not compile before it has a place in the list.
fn place_in_list(issue: &Issue) -> usize {
    match issue {
        Issue::ServerNameMissing => 0,
        Issue::ServerNameTooLong { .. } => 1,
        Issue::ServerNameCharacter { .. } => 2,
        Issue::ServerFlavorMissing => 3,
        Issue::ServerFlavorTooLong { .. } => 4,
        Issue::ServerFlavorUnknown { .. } => 5,
        Issue::ServerFlavorOffline { .. } => 6,
        Issue::PhoneFlavorMissing => 7,
        Issue::PhoneFlavorTooLong { .. } => 8,
        Issue::PhoneFlavorUnknown { .. } => 9,
        Issue::PhoneFlavorElsewhere { .. } => 10,
        Issue::PhoneFlavorOffline { .. } => 11,
        Issue::ImageMissing => 12,
        Issue::ImageTooLong { .. } => 13,
        Issue::ImageMisfit { .. } => 14,
        Issue::CountMissing => 15,
        Issue::CountNotNumber { .. } => 16,
        Issue::CountOutside { .. } => 17,
        Issue::BandwidthIdMissing => 18,
        Issue::BandwidthDedicated { .. } => 19,
        Issue::BandwidthSizeMissing => 20,
        Issue::BandwidthSizeNotNumber { .. } => 21,
        Issue::BandwidthSizeOutside { .. } => 22,
        Issue::PeriodMissing => 23,
        Issue::PeriodNotNumber { .. } => 24,
        Issue::PeriodOutside { .. } => 25,
        Issue::PortNameMissing { .. } => 26,
        Issue::PortNameTooLong { .. } => 27,
        Issue::PortNameReserved { .. } => 28,
        Issue::PortNameTwice { .. } => 29,
        Issue::PortNumberMissing { .. } => 30,
        Issue::PortNumberNotNumber { .. } => 31,
        Issue::PortNumberOutside { .. } => 32,
        Issue::PortNumberTwice { .. } => 33,
        Issue::KeyPairTooLong { .. } => 34,
        Issue::SubnetNotCidr { .. } => 35,
        Issue::SubnetHostBits { .. } => 36,
        Issue::SubnetOverlaps { .. } => 37,
    }
}

fn issues() -> [Issue; 38] {
    [
        Issue::ServerNameMissing,
        Issue::ServerNameTooLong { chars: 61 },
        Issue::ServerNameCharacter { found: ' ', at: 3 },
        Issue::ServerFlavorMissing,
        Issue::ServerFlavorTooLong { bytes: 65 },
        Issue::ServerFlavorUnknown { name: name() },
        Issue::ServerFlavorOffline { name: name() },
        Issue::PhoneFlavorMissing,
        Issue::PhoneFlavorTooLong { bytes: 65 },
        Issue::PhoneFlavorUnknown { name: name() },
        Issue::PhoneFlavorElsewhere { name: name(), belongs_to: "rx3".into(), chosen: "rx2".into() },
        Issue::PhoneFlavorOffline { name: name() },
        Issue::ImageMissing,
        Issue::ImageTooLong { bytes: 33 },
        Issue::ImageMisfit { image_label: "qemu".into(), flavor_label: "cloud_phone".into() },
        Issue::CountMissing,
        Issue::CountNotNumber { typed: typed() },
        Issue::CountOutside { typed: "11".into() },
        Issue::BandwidthIdMissing,
        Issue::BandwidthDedicated { id: "4b1f7c3e".into() },
        Issue::BandwidthSizeMissing,
        Issue::BandwidthSizeNotNumber { typed: typed() },
        Issue::BandwidthSizeOutside { typed: "301".into() },
        Issue::PeriodMissing,
        Issue::PeriodNotNumber { typed: typed() },
        Issue::PeriodOutside { typed: "10".into(), unit: PeriodUnit::Month },
        Issue::PortNameMissing { row: 0 },
        Issue::PortNameTooLong { row: 1, bytes: 17 },
        Issue::PortNameReserved { row: 1, name: "ADB".into() },
        Issue::PortNameTwice { row: 2, first: 0, name: "web".into() },
        Issue::PortNumberMissing { row: 0 },
        Issue::PortNumberNotNumber { row: 1, typed: typed() },
        Issue::PortNumberOutside { row: 1, typed: "80".into() },
        Issue::PortNumberTwice { row: 2, first: 0, number: 20_000 },
        Issue::KeyPairTooLong { bytes: 65 },
        Issue::SubnetNotCidr { typed: "10.1".into() },
        Issue::SubnetHostBits { typed: "10.1.0.1/16".into(), network: "10.1.0.0/16".into() },
        Issue::SubnetOverlaps { typed: "10.1.0.0/16".into(), used: "10.0.0.0/8".into() },
    ]
}

#[test]
fn every_issue_says_in_chinese_what_it_says_in_english() {
    let mut all = issues().to_vec();
    assert!(all.iter().map(place_in_list).eq(0..all.len()));
    all.push(Issue::ServerNameCharacter { found: '云', at: 1 });
    all.push(Issue::PeriodOutside { typed: "11".into(), unit: PeriodUnit::Year });
    let mut text = String::new();
    for issue in all {
        let chinese = with_language(Language::Chinese, || issue.to_string());
        writeln!(text, "{issue}\n    {chinese}").expect("a text takes lines");
    }
    insta::assert_snapshot!("every_issue", text);
}

#[test]
fn every_label_is_found_in_both_languages() {
    for id in FieldId::ALL {
        let [english, chinese] = id.labels();
        assert_eq!(id.label(), english);
        assert_eq!(with_language(Language::Chinese, || id.label()), chinese);
        assert_eq!(english == chinese, id == FieldId::Vnc, "{id:?}");
    }
}

#[test]
fn a_chinese_name_is_an_issue_and_a_note_says_which_document_allows_it() {
    let mut draft = good();
    draft.server_name = "farm云".into();
    assert_eq!(warnings(&draft, catalogue()), [Warning::ServerNameChinese]);
    assert_eq!(Order::check(&draft, catalogue()), Err(vec![Issue::ServerNameCharacter { found: '云', at: 5 }]));
}
