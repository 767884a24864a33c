//! `Order::check`: every rule of the operation, in one place. The draft is destructured without `..`, so a new field
//! does not compile until somebody has decided on its rules.

use ipnet::Ipv4Net;

use super::draft::{BandwidthKind, Draft, PeriodUnit, PortDraft, Vnc};
use super::issue::Issue;
use super::limits::{
    COUNT, ID_BYTES_IMAGE, MBIT, NAME_BYTES, NAME_CHARS, Number, PORT, PORT_NAME_BYTES, PORT_NAMES_RESERVED, Range,
};
use super::offers::{BandwidthStatus, ImageFit, Offers, PhoneFlavorStatus, ServerFlavorStatus};

/// An order that keeps every rule. It can only be created by `Order::check` and never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub(super) server_name: String,
    pub(super) server_flavor: String,
    pub(super) phone_flavor: String,
    pub(super) image_id: String,
    pub(super) count: i64,
    pub(super) bandwidth: Bandwidth,
    pub(super) period_unit: PeriodUnit,
    pub(super) period_number: i64,
    pub(super) auto_pay: bool,
    pub(super) ports: Vec<Port>,
    pub(super) key_pair: Option<String>,
    pub(super) vnc: Vnc,
    pub(super) subnet: Option<Ipv4Net>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bandwidth {
    Dedicated { mbit: Option<i64> },
    NewShared { mbit: i64 },
    ExistingShared { id: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Port {
    pub(super) name: String,
    pub(super) number: i64,
    pub(super) public: bool,
}

impl Order {
    /// Creates an order from a draft. `Err` has everything that is wrong with the draft, in the order of the form.
    ///
    /// Source of the rules: the document of `CreateCloudPhoneServer`. Rules that need a list of the catalogue are
    /// skipped while the list has not been read (`warning::warnings` reports that).
    pub fn check(draft: &Draft, offers: &impl Offers) -> Result<Self, Vec<Issue>> {
        let Draft {
            server_flavor,
            phone_flavor,
            image_id,
            server_name,
            count,
            bandwidth,
            bandwidth_id,
            bandwidth_size,
            period_unit,
            period_number,
            auto_pay,
            ports,
            key_pair,
            vnc,
            subnet,
        } = draft;
        let mut issues = Vec::new();
        check_flavors(server_flavor, phone_flavor, offers, &mut issues);
        check_image(server_flavor, phone_flavor, image_id, offers, &mut issues);
        check_server_name(server_name, &mut issues);
        let count = check_count(count, &mut issues);
        let bandwidth = check_bandwidth(*bandwidth, bandwidth_id, bandwidth_size, offers, &mut issues);
        let period_number = check_period(*period_unit, period_number, &mut issues);
        let ports = check_ports(ports, &mut issues);
        if key_pair.len() > NAME_BYTES {
            issues.push(Issue::KeyPairTooLong { bytes: key_pair.len() });
        }
        let subnet = check_subnet(subnet, offers, &mut issues);
        let (true, Some(count), Some(bandwidth), Some(period_number)) =
            (issues.is_empty(), count, bandwidth, period_number)
        else {
            return Err(issues);
        };
        Ok(Self {
            server_name: server_name.clone(),
            server_flavor: server_flavor.clone(),
            phone_flavor: phone_flavor.clone(),
            image_id: image_id.clone(),
            count,
            bandwidth,
            period_unit: *period_unit,
            period_number,
            auto_pay: *auto_pay,
            ports,
            key_pair: Some(key_pair.clone()).filter(|name| !name.is_empty()),
            vnc: *vnc,
            subnet,
        })
    }

    #[must_use]
    pub fn server_name(&self) -> &str {
        &self.server_name
    }

    #[must_use]
    pub fn server_flavor(&self) -> &str {
        &self.server_flavor
    }

    #[must_use]
    pub fn phone_flavor(&self) -> &str {
        &self.phone_flavor
    }

    #[must_use]
    pub fn image_id(&self) -> &str {
        &self.image_id
    }

    /// Returns the number of servers, 1 to 10.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.count
    }

    #[must_use]
    pub fn period_unit(&self) -> PeriodUnit {
        self.period_unit
    }

    /// Returns the length of the subscription in the unit of `period_unit`.
    #[must_use]
    pub fn period_number(&self) -> i64 {
        self.period_number
    }

    /// Returns whether the request pays at once (`is_auto_pay` 1), so that sending it spends money.
    #[must_use]
    pub fn pays_now(&self) -> bool {
        self.auto_pay
    }
}

fn check_flavors(server: &str, phone: &str, offers: &impl Offers, issues: &mut Vec<Issue>) {
    if server.is_empty() {
        issues.push(Issue::ServerFlavorMissing);
    } else if server.len() > NAME_BYTES {
        issues.push(Issue::ServerFlavorTooLong { bytes: server.len() });
    } else {
        match offers.server_flavor(server) {
            ServerFlavorStatus::Absent => issues.push(Issue::ServerFlavorUnknown { name: server.into() }),
            ServerFlavorStatus::Offline => issues.push(Issue::ServerFlavorOffline { name: server.into() }),
            // What is left changes from hour to hour: the cloud has the last word.
            ServerFlavorStatus::NotRead
            | ServerFlavorStatus::OnSale
            | ServerFlavorStatus::SoldOut
            | ServerFlavorStatus::SoldOutInPart => {}
        }
    }
    if phone.is_empty() {
        issues.push(Issue::PhoneFlavorMissing);
    } else if phone.len() > NAME_BYTES {
        issues.push(Issue::PhoneFlavorTooLong { bytes: phone.len() });
    } else {
        match offers.phone_flavor(server, phone) {
            PhoneFlavorStatus::Absent => issues.push(Issue::PhoneFlavorUnknown { name: phone.into() }),
            PhoneFlavorStatus::Offline => issues.push(Issue::PhoneFlavorOffline { name: phone.into() }),
            PhoneFlavorStatus::Elsewhere(_) if server.is_empty() => {}
            PhoneFlavorStatus::Elsewhere(belongs_to) => {
                issues.push(Issue::PhoneFlavorElsewhere { name: phone.into(), belongs_to, chosen: server.into() });
            }
            PhoneFlavorStatus::NotRead | PhoneFlavorStatus::OnSale => {}
        }
    }
}

fn check_image(server: &str, phone: &str, image: &str, offers: &impl Offers, issues: &mut Vec<Issue>) {
    if image.is_empty() {
        issues.push(Issue::ImageMissing);
    } else if image.len() > ID_BYTES_IMAGE {
        issues.push(Issue::ImageTooLong { bytes: image.len() });
    } else {
        match offers.image(server, phone, image) {
            ImageFit::Misfit { image_label, flavor_label } => {
                issues.push(Issue::ImageMisfit { image_label, flavor_label });
            }
            ImageFit::NotRead | ImageFit::NotListed | ImageFit::NotStated | ImageFit::Fits => {}
        }
    }
}

fn check_server_name(name: &str, issues: &mut Vec<Issue>) {
    let chars = name.chars().count();
    if chars == 0 {
        issues.push(Issue::ServerNameMissing);
    }
    if chars > NAME_CHARS {
        issues.push(Issue::ServerNameTooLong { chars });
    }
    let wrong = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-');
    // What is too long is said already; nobody needs to hear of a character far behind the limit.
    if let Some((at, found)) = name.chars().take(NAME_CHARS + 1).enumerate().find(|(_, c)| wrong(*c)) {
        issues.push(Issue::ServerNameCharacter { found, at: at + 1 });
    }
}

fn check_count(typed: &str, issues: &mut Vec<Issue>) -> Option<i64> {
    match Number::read(typed) {
        Number::Empty => issues.push(Issue::CountMissing),
        Number::NotWhole => issues.push(Issue::CountNotNumber { typed: typed.into() }),
        Number::Whole(n) if COUNT.holds(n) => return Some(n),
        Number::Whole(_) => issues.push(Issue::CountOutside { typed: typed.into() }),
    }
    None
}

fn check_bandwidth(
    kind: BandwidthKind,
    id: &str,
    size: &str,
    offers: &impl Offers,
    issues: &mut Vec<Issue>,
) -> Option<Bandwidth> {
    match kind {
        BandwidthKind::Dedicated if size.is_empty() => Some(Bandwidth::Dedicated { mbit: None }),
        BandwidthKind::Dedicated => check_size(size, issues).map(|mbit| Bandwidth::Dedicated { mbit: Some(mbit) }),
        BandwidthKind::NewShared => check_size(size, issues).map(|mbit| Bandwidth::NewShared { mbit }),
        BandwidthKind::ExistingShared if id.is_empty() => {
            issues.push(Issue::BandwidthIdMissing);
            None
        }
        BandwidthKind::ExistingShared => {
            match offers.bandwidth(id) {
                BandwidthStatus::Dedicated => issues.push(Issue::BandwidthDedicated { id: id.into() }),
                BandwidthStatus::NotRead | BandwidthStatus::NotListed | BandwidthStatus::Shared => {}
            }
            Some(Bandwidth::ExistingShared { id: id.into() })
        }
    }
}

fn check_size(typed: &str, issues: &mut Vec<Issue>) -> Option<i64> {
    match Number::read(typed) {
        Number::Empty => issues.push(Issue::BandwidthSizeMissing),
        Number::NotWhole => issues.push(Issue::BandwidthSizeNotNumber { typed: typed.into() }),
        Number::Whole(n) if MBIT.holds(n) => return Some(n),
        Number::Whole(_) => issues.push(Issue::BandwidthSizeOutside { typed: typed.into() }),
    }
    None
}

fn check_period(unit: PeriodUnit, typed: &str, issues: &mut Vec<Issue>) -> Option<i64> {
    let range: Range = unit.range();
    match Number::read(typed) {
        Number::Empty => issues.push(Issue::PeriodMissing),
        Number::NotWhole => issues.push(Issue::PeriodNotNumber { typed: typed.into() }),
        Number::Whole(n) if range.holds(n) => return Some(n),
        Number::Whole(_) => issues.push(Issue::PeriodOutside { typed: typed.into(), unit }),
    }
    None
}

fn check_ports(drafts: &[PortDraft], issues: &mut Vec<Issue>) -> Vec<Port> {
    let mut ports: Vec<Port> = Vec::with_capacity(drafts.len());
    for (row, PortDraft { name, number: typed, public }) in drafts.iter().enumerate() {
        if name.is_empty() {
            issues.push(Issue::PortNameMissing { row });
        } else if name.len() > PORT_NAME_BYTES {
            issues.push(Issue::PortNameTooLong { row, bytes: name.len() });
        } else if PORT_NAMES_RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved)) {
            issues.push(Issue::PortNameReserved { row, name: name.clone() });
        } else if let Some(first) = drafts[..row].iter().position(|other| other.name == *name) {
            issues.push(Issue::PortNameTwice { row, first, name: name.clone() });
        }
        let number = match Number::read(typed) {
            Number::Empty => {
                issues.push(Issue::PortNumberMissing { row });
                continue;
            }
            Number::NotWhole => {
                issues.push(Issue::PortNumberNotNumber { row, typed: typed.clone() });
                continue;
            }
            Number::Whole(n) if PORT.holds(n) => n,
            Number::Whole(_) => {
                issues.push(Issue::PortNumberOutside { row, typed: typed.clone() });
                continue;
            }
        };
        let first = drafts[..row].iter().position(|other| Number::read(&other.number).whole() == Some(number));
        if let Some(first) = first {
            issues.push(Issue::PortNumberTwice { row, first, number });
        }
        ports.push(Port { name: name.clone(), number, public: *public });
    }
    ports
}

fn check_subnet(typed: &str, offers: &impl Offers, issues: &mut Vec<Issue>) -> Option<Ipv4Net> {
    if typed.is_empty() {
        return None;
    }
    // A zero before a number means eight to some readers: only the plain spelling is one network.
    let Some(net) = typed.parse::<Ipv4Net>().ok().filter(|net| net.to_string() == typed) else {
        issues.push(Issue::SubnetNotCidr { typed: typed.into() });
        return None;
    };
    if net.trunc() != net {
        issues.push(Issue::SubnetHostBits { typed: typed.into(), network: net.trunc().to_string() });
        return None;
    }
    let used = offers.subnets_in_use().unwrap_or_default();
    if let Some(other) = used.iter().find(|other| net.contains(*other) || other.contains(&net)) {
        issues.push(Issue::SubnetOverlaps { typed: typed.into(), used: other.to_string() });
    }
    Some(net)
}
