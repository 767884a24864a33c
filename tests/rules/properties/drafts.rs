//! Drafts by chance: orders, orders with some answers spoiled round the limits, and drafts of any text at all.

use cph_wizard::order::{BandwidthKind, Draft, PeriodUnit, PortDraft, Vnc};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;

use crate::fixture::{DEDICATED, OFFLINE_PHONE, SERVER_WITHOUT_PHONES, SHARED, catalogue};

/// Server flavor, phone flavor and image that go together.
fn choices() -> Vec<(String, String, String)> {
    let catalogue = catalogue();
    let images = catalogue.images.as_deref().unwrap_or_default();
    let flavors = catalogue.phone_flavors.as_deref().unwrap_or_default();
    let fitting = flavors.iter().filter(|flavor| flavor.status == Some(1)).flat_map(|flavor| {
        let fitting = images.iter().filter(|image| image.label == flavor.image_label);
        fitting.map(|image| (flavor.server_flavor.clone(), flavor.name.clone(), image.id.clone()))
    });
    fitting.collect()
}

/// Text of a pattern, which is read once and not for every draft.
fn like(pattern: &str) -> impl Strategy<Value = String> {
    string_regex(pattern).expect(pattern)
}

fn whole(least: i64, most: i64) -> impl Strategy<Value = String> {
    prop_oneof![
        Just(least.to_string()),
        Just(most.to_string()),
        (least..=most).prop_map(|number| number.to_string()),
        (least..=most).prop_map(|number| format!("00{number}")),
    ]
}

fn bandwidths() -> impl Strategy<Value = (BandwidthKind, String, String)> {
    let id = || select(vec![SHARED, "70bb40-bef5-0e4a-14b116-a5a527fd7432"]).prop_map(str::to_owned);
    prop_oneof![
        Just((BandwidthKind::Dedicated, String::new(), String::new())),
        (like("\\PC{0,9}"), whole(1, 300)).prop_map(|(id, size)| (BandwidthKind::Dedicated, id, size)),
        (like("\\PC{0,9}"), whole(1, 300)).prop_map(|(id, size)| (BandwidthKind::NewShared, id, size)),
        (id(), like("\\PC{0,9}")).prop_map(|(id, size)| (BandwidthKind::ExistingShared, id, size)),
    ]
}

fn periods() -> impl Strategy<Value = (PeriodUnit, String)> {
    prop_oneof![
        whole(1, 9).prop_map(|number| (PeriodUnit::Month, number)),
        whole(1, 10).prop_map(|number| (PeriodUnit::Year, number)),
    ]
}

fn ports() -> impl Strategy<Value = Vec<PortDraft>> {
    let names = prop::collection::hash_set(like("[ -~]{4,16}|é{1,8}|云{1,5}"), 0..6);
    (names, 10_000..=49_000_i64, any::<[bool; 6]>()).prop_map(|(names, first, public)| {
        let rows = (first..).step_by(199).zip(names).zip(public);
        rows.map(|((number, name), public)| PortDraft { name, number: number.to_string(), public }).collect()
    })
}

/// Drafts that are orders, in every way in which they can be.
pub fn orders() -> impl Strategy<Value = Draft> {
    let key_pairs = select(vec!["", "mykeypair", "KeyPair-team"]);
    let subnets = select(vec!["", "10.0.0.0/16", "10.2.0.0/15", "192.168.7.0/24", "10.2.3.4/32", "64.0.0.0/2"]);
    (
        select(choices()),
        like("[A-Za-z0-9_-]{1,60}"),
        whole(1, 10),
        bandwidths(),
        periods(),
        any::<bool>(),
        ports(),
        key_pairs,
        select(Vnc::ALL.to_vec()),
        subnets,
    )
        .prop_map(|(choice, server_name, count, bandwidth, period, auto_pay, ports, key_pair, vnc, subnet)| {
            Draft {
                server_flavor: choice.0,
                phone_flavor: choice.1,
                image_id: choice.2,
                server_name,
                count,
                bandwidth: bandwidth.0,
                bandwidth_id: bandwidth.1,
                bandwidth_size: bandwidth.2,
                period_unit: period.0,
                period_number: period.1,
                auto_pay,
                ports,
                key_pair: key_pair.into(),
                vnc,
                subnet: subnet.into(),
            }
        })
}

/// One answer, given by somebody else.
#[derive(Debug, Clone)]
enum Spoiled {
    ServerFlavor(String),
    PhoneFlavor(String),
    Image(String),
    ServerName(String),
    Count(String),
    Kind(BandwidthKind),
    BandwidthId(String),
    BandwidthSize(String),
    Unit(PeriodUnit),
    PeriodNumber(String),
    Ports(Vec<PortDraft>),
    KeyPair(String),
    Subnet(String),
}

impl Spoiled {
    fn put(self, draft: &mut Draft) {
        match self {
            Self::ServerFlavor(text) => draft.server_flavor = text,
            Self::PhoneFlavor(text) => draft.phone_flavor = text,
            Self::Image(text) => draft.image_id = text,
            Self::ServerName(text) => draft.server_name = text,
            Self::Count(text) => draft.count = text,
            Self::Kind(kind) => draft.bandwidth = kind,
            Self::BandwidthId(text) => draft.bandwidth_id = text,
            Self::BandwidthSize(text) => draft.bandwidth_size = text,
            Self::Unit(unit) => draft.period_unit = unit,
            Self::PeriodNumber(text) => draft.period_number = text,
            Self::Ports(ports) => draft.ports.extend(ports),
            Self::KeyPair(text) => draft.key_pair = text,
            Self::Subnet(text) => draft.subnet = text,
        }
    }
}

fn number() -> impl Strategy<Value = String> {
    let near = ["-1", "-0", "0", "1", "9", "10", "11", "300", "301", "9999", "10000", "50000", "50001", "85536"];
    prop_oneof![
        4 => select(near.to_vec()).prop_map(str::to_owned),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => like("-?[0-9]{1,30}"),
        1 => like("\\PC{0,4}"),
        1 => like("[+-]?[0-9.e]{0,4}"),
    ]
}

fn one_of(known: &'static [&'static str], longest: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(known).prop_map(str::to_owned),
        1 => (longest - 1..=longest + 1).prop_map(|length| "x".repeat(length)),
        1 => (longest / 3 - 1..=longest / 3 + 1).prop_map(|length| "云".repeat(length)),
        1 => any::<String>(),
    ]
}

fn port() -> impl Strategy<Value = PortDraft> {
    let right = select(vec!["10000", "20000", "020000", "20001", "50000"]).prop_map(str::to_owned);
    let number = prop_oneof![1 => number(), 3 => right];
    (one_of(&["", "adb", "VNC", "same", "Same", "other"], 16), number, any::<bool>())
        .prop_map(|(name, number, public)| PortDraft { name, number, public })
}

fn spoiled() -> impl Strategy<Value = Spoiled> {
    const SERVERS: &[&str] =
        &["", "physical.rx1.xlarge", "physical.rx1.xlarge.cg", "physical.kg1.4xlarge.cp", SERVER_WITHOUT_PHONES];
    const PHONES: &[&str] = &["", "rx1.cp.c60.d10.e1v1", "rx1.cg.c15.d30.e1v1", "rs2.plus", OFFLINE_PHONE];
    const IMAGES: &[&str] = &[
        "",
        "20032120200330a20b000eae5b8c01e6",
        "20032420200401a60b0003a99684b8ea",
        "be4d231e44d2a4ccf612660a473fe1e3",
    ];
    const SUBNETS: &[&str] = &[
        "",
        "10.1.0.0/16",
        "10.1.2.0/24",
        "10.0.0.0/8",
        "10.0.0.0/15",
        "10.2.0.0/16",
        "10.2.0.1/16",
        "172.31.0.0/16",
        "172.30.0.0/16",
        "0.0.0.0/0",
        "10.2.0.0",
        "10.2.0.0/33",
        "fd00::/8",
        " 10.2.0.0/16",
    ];
    prop_oneof![
        1 => one_of(SERVERS, 64).prop_map(Spoiled::ServerFlavor),
        1 => one_of(PHONES, 64).prop_map(Spoiled::PhoneFlavor),
        1 => one_of(IMAGES, 32).prop_map(Spoiled::Image),
        1 => one_of(&["", "a", "a b", "server-1", "a.b"], 60).prop_map(Spoiled::ServerName),
        1 => number().prop_map(Spoiled::Count),
        1 => select(BandwidthKind::ALL.to_vec()).prop_map(Spoiled::Kind),
        1 => one_of(&["", SHARED, DEDICATED], 36).prop_map(Spoiled::BandwidthId),
        1 => number().prop_map(Spoiled::BandwidthSize),
        1 => select(PeriodUnit::ALL.to_vec()).prop_map(Spoiled::Unit),
        1 => number().prop_map(Spoiled::PeriodNumber),
        4 => prop::collection::vec(port(), 1..4).prop_map(Spoiled::Ports),
        1 => one_of(&["", "mykeypair", "nobody"], 64).prop_map(Spoiled::KeyPair),
        1 => one_of(SUBNETS, 18).prop_map(Spoiled::Subnet),
    ]
}

/// Orders of which up to three answers were given by somebody else.
pub fn near_orders() -> impl Strategy<Value = Draft> {
    (orders(), prop::collection::vec(spoiled(), 0..4)).prop_map(|(mut draft, spoiled)| {
        for answer in spoiled {
            answer.put(&mut draft);
        }
        draft
    })
}

/// Any text in every answer.
pub fn anything() -> impl Strategy<Value = Draft> {
    let port = (any::<String>(), any::<String>(), any::<bool>());
    let port = port.prop_map(|(name, number, public)| PortDraft { name, number, public });
    (
        prop::array::uniform10(any::<String>()),
        select(BandwidthKind::ALL.to_vec()),
        select(PeriodUnit::ALL.to_vec()),
        any::<bool>(),
        prop::collection::vec(port, 0..4),
        select(Vnc::ALL.to_vec()),
    )
        .prop_map(|(texts, bandwidth, period_unit, auto_pay, ports, vnc)| {
            let mut texts = texts.into_iter();
            let mut text = || texts.next().unwrap_or_default();
            Draft {
                server_flavor: text(),
                phone_flavor: text(),
                image_id: text(),
                server_name: text(),
                count: text(),
                bandwidth,
                bandwidth_id: text(),
                bandwidth_size: text(),
                period_unit,
                period_number: text(),
                auto_pay,
                ports,
                key_pair: text(),
                vnc,
                subnet: text(),
            }
        })
}
