//! Rows about `band_width` (an id, or dedicated, or new and shared; 1-300 Mbit/s) and `subnet_cidr`.

use cph_wizard::order::{BandwidthKind, Draft, Issue, Warning};

use super::row::{Row, bad, good, unlisted};
use crate::fixture::{DEDICATED, SHARED};

pub fn rows() -> Vec<Row> {
    let mut rows = dedicated();
    rows.extend(new_shared());
    rows.extend(existing());
    rows.extend(subnets());
    rows
}

fn bandwidth(draft: &mut Draft, kind: BandwidthKind, id: &str, size: &str) {
    draft.bandwidth = kind;
    draft.bandwidth_id = id.into();
    draft.bandwidth_size = size.into();
}

fn outside(case: &'static str, change: fn(&mut Draft), typed: &str, sentence: &'static str) -> Row {
    bad(case, change, Issue::BandwidthSizeOutside { typed: typed.into() }, sentence, "CPS.0036")
}

fn dedicated() -> Vec<Row> {
    fn sized(draft: &mut Draft, size: &str) {
        bandwidth(draft, BandwidthKind::Dedicated, "", size);
    }
    vec![
        good("a dedicated bandwidth without a size", |draft| sized(draft, "")),
        outside("a dedicated one of 0", |draft| sized(draft, "0"), "0", "Bandwidth size 0 is outside 1-300 Mbit/s"),
        good("a dedicated one of 1", |draft| sized(draft, "1")),
        good("a dedicated one of 300", |draft| sized(draft, "300")),
        outside(
            "a dedicated one of 301",
            |draft| sized(draft, "301"),
            "301",
            "Bandwidth size 301 is outside 1-300 Mbit/s",
        ),
        bad(
            "a dedicated one whose size is no number",
            |draft| sized(draft, "all"),
            Issue::BandwidthSizeNotNumber { typed: "all".into() },
            "Bandwidth size all is not a whole number: 1-300 Mbit/s is right",
            "CPS.0036",
        ),
        good("a dedicated one beside an id that was chosen before", |draft| {
            bandwidth(draft, BandwidthKind::Dedicated, DEDICATED, "");
        }),
    ]
}

fn new_shared() -> Vec<Row> {
    fn sized(draft: &mut Draft, size: &str) {
        bandwidth(draft, BandwidthKind::NewShared, "", size);
    }
    vec![
        bad(
            "a new shared bandwidth without a size",
            |draft| sized(draft, ""),
            Issue::BandwidthSizeMissing,
            "Bandwidth size is empty: a new shared bandwidth needs 1-300 Mbit/s",
            "CPS.0036",
        ),
        outside("a new shared one of 0", |draft| sized(draft, "0"), "0", "Bandwidth size 0 is outside 1-300 Mbit/s"),
        outside(
            "a new shared one of less than nothing",
            |draft| sized(draft, "-300"),
            "-300",
            "Bandwidth size -300 is outside 1-300 Mbit/s",
        ),
        good("a new shared one of 1", |draft| sized(draft, "1")),
        good("a new shared one of 300", |draft| sized(draft, "300")),
        outside(
            "a new shared one of 301",
            |draft| sized(draft, "301"),
            "301",
            "Bandwidth size 301 is outside 1-300 Mbit/s",
        ),
        outside(
            "a new shared one that wraps round in 16 bits",
            |draft| sized(draft, "65837"),
            "65837",
            "Bandwidth size 65837 is outside 1-300 Mbit/s",
        ),
        bad(
            "a new shared one whose size is no number",
            |draft| sized(draft, "1.5"),
            Issue::BandwidthSizeNotNumber { typed: "1.5".into() },
            "Bandwidth size 1.5 is not a whole number: 1-300 Mbit/s is right",
            "CPS.0036",
        ),
    ]
}

fn existing() -> Vec<Row> {
    fn named(draft: &mut Draft, id: &str) {
        bandwidth(draft, BandwidthKind::ExistingShared, id, "");
    }
    vec![
        bad(
            "an existing shared bandwidth without an id",
            |draft| named(draft, ""),
            Issue::BandwidthIdMissing,
            "Shared bandwidth is not chosen",
            "CPS.0032",
        ),
        good("an existing shared bandwidth", |draft| named(draft, SHARED)),
        good("an existing one larger than 300", |draft| named(draft, "e02c5a97-6d41-4f0b-b7c8-19f3d5a84e60")),
        good("an existing one beside a size that would be wrong", |draft| {
            bandwidth(draft, BandwidthKind::ExistingShared, SHARED, "301");
        }),
        bad(
            "an existing bandwidth that is dedicated",
            |draft| named(draft, DEDICATED),
            Issue::BandwidthDedicated { id: DEDICATED.into() },
            "Shared bandwidth 8b85d44b-ac6f-48fb-bbab-e876e9c3502a is a dedicated one: pick one that is shared",
            "CPS.0033",
        ),
        unlisted(
            "an existing bandwidth that is not listed",
            |draft| named(draft, "x"),
            Warning::BandwidthNotListed,
            "CPS.0115",
        ),
    ]
}

fn subnets() -> Vec<Row> {
    let not_cidr = |case, change, typed: &str, sentence| {
        bad(case, change, Issue::SubnetNotCidr { typed: typed.into() }, sentence, "CPS.0191")
    };
    let overlaps = |case, change, typed: &str, used: &str, sentence| {
        bad(case, change, Issue::SubnetOverlaps { typed: typed.into(), used: used.into() }, sentence, "CPS.0194")
    };
    vec![
        good("no subnet", |draft| draft.subnet.clear()),
        good("the network right below one in use", |draft| draft.subnet = "10.0.0.0/16".into()),
        good("the network right above one in use", |draft| draft.subnet = "10.2.0.0/16".into()),
        good("a network of one address", |draft| draft.subnet = "10.2.0.1/32".into()),
        overlaps(
            "the network in use itself",
            |draft| draft.subnet = "10.1.0.0/16".into(),
            "10.1.0.0/16",
            "10.1.0.0/16",
            "Subnet 10.1.0.0/16 overlaps 10.1.0.0/16, which is in use: pick another one",
        ),
        overlaps(
            "a network inside the one in use",
            |draft| draft.subnet = "10.1.255.255/32".into(),
            "10.1.255.255/32",
            "10.1.0.0/16",
            "Subnet 10.1.255.255/32 overlaps 10.1.0.0/16, which is in use: pick another one",
        ),
        overlaps(
            "a network round the one in use",
            |draft| draft.subnet = "10.0.0.0/15".into(),
            "10.0.0.0/15",
            "10.1.0.0/16",
            "Subnet 10.0.0.0/15 overlaps 10.1.0.0/16, which is in use: pick another one",
        ),
        overlaps(
            "every address there is",
            |draft| draft.subnet = "0.0.0.0/0".into(),
            "0.0.0.0/0",
            "10.1.0.0/16",
            "Subnet 0.0.0.0/0 overlaps 10.1.0.0/16, which is in use: pick another one",
        ),
        overlaps(
            "the default network while a server without a stated subnet exists",
            |draft| draft.subnet = "172.31.7.0/24".into(),
            "172.31.7.0/24",
            "172.31.0.0/16",
            "Subnet 172.31.7.0/24 overlaps 172.31.0.0/16, which is in use: pick another one",
        ),
        bad(
            "a network with host bits",
            |draft| draft.subnet = "10.2.0.1/16".into(),
            Issue::SubnetHostBits { typed: "10.2.0.1/16".into(), network: "10.2.0.0/16".into() },
            "Subnet 10.2.0.1/16 has host bits set: 10.2.0.0/16 would be the network",
            "CPS.0191",
        ),
        not_cidr(
            "an address without a length",
            |draft| draft.subnet = "10.2.0.0".into(),
            "10.2.0.0",
            "Subnet 10.2.0.0 is not an IPv4 network: 10.1.0.0/16 would be one",
        ),
        not_cidr(
            "a length of 33",
            |draft| draft.subnet = "10.2.0.0/33".into(),
            "10.2.0.0/33",
            "Subnet 10.2.0.0/33 is not an IPv4 network: 10.1.0.0/16 would be one",
        ),
        not_cidr(
            "a byte of 256",
            |draft| draft.subnet = "10.256.0.0/16".into(),
            "10.256.0.0/16",
            "Subnet 10.256.0.0/16 is not an IPv4 network: 10.1.0.0/16 would be one",
        ),
        not_cidr(
            "a network of IPv6",
            |draft| draft.subnet = "fd00::/8".into(),
            "fd00::/8",
            "Subnet fd00::/8 is not an IPv4 network: 10.1.0.0/16 would be one",
        ),
        not_cidr(
            "a network with a blank",
            |draft| draft.subnet = "10.2.0.0/16 ".into(),
            "10.2.0.0/16 ",
            "Subnet 10.2.0.0/16  is not an IPv4 network: 10.1.0.0/16 would be one",
        ),
    ]
}
