//! The rows of the order sheet: everything that an order buys, in the words of the user. The screen, linear mode and
//! `buy` on a terminal show the same rows.

use crate::catalogue::{Catalogue, Image, PhoneFlavor};
use crate::i18n::{self, phrase, tr};
use crate::order::{BandwidthKind, Draft, FieldId, PortDraft, Vnc, preview_names};
use crate::text::sanitize::brief;

use super::order_impact::OrderImpact;
use super::rows::memory_text;

/// A part of the order sheet, in the order in which the parts are shown. The price belongs between [`Self::Term`] and
/// [`Self::Payment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetPart {
    /// The account that pays.
    Account,
    /// The endpoint that the order is sent to. The only part that may be left out for space.
    Endpoint,
    Servers,
    Phones,
    Image,
    Bandwidth,
    Ports,
    Access,
    Term,
    Payment,
    /// Size and hash of the request.
    Request,
}

impl SheetPart {
    /// Returns the label of the part in the current language.
    #[must_use]
    pub fn label(self) -> &'static str {
        i18n::t(match self {
            Self::Account => phrase!("Account"),
            Self::Endpoint => phrase!("Sent to"),
            Self::Servers => phrase!("Servers"),
            Self::Phones => phrase!("Phones"),
            Self::Image => phrase!("Image"),
            Self::Bandwidth => phrase!("Bandwidth"),
            Self::Ports => phrase!("Ports"),
            Self::Access => phrase!("Access"),
            Self::Term => phrase!("Term"),
            Self::Payment => phrase!("Payment"),
            Self::Request => phrase!("Request"),
        })
    }

    /// Returns the fields whose answers the part shows.
    #[must_use]
    pub fn fields(self) -> &'static [FieldId] {
        match self {
            Self::Account | Self::Endpoint | Self::Request => &[],
            Self::Servers => &[FieldId::ServerFlavor, FieldId::ServerName, FieldId::Count],
            Self::Phones => &[FieldId::PhoneFlavor],
            Self::Image => &[FieldId::Image],
            Self::Bandwidth => &[FieldId::BandwidthKind, FieldId::BandwidthId, FieldId::BandwidthSize],
            Self::Ports => &[FieldId::Ports],
            Self::Access => &[FieldId::KeyPair, FieldId::Vnc, FieldId::Subnet],
            Self::Term => &[FieldId::PeriodUnit, FieldId::PeriodNumber],
            Self::Payment => &[FieldId::AutoPay],
        }
    }
}

/// Longest name of a list that is shown, in characters. The id behind it is always whole.
const NAME_CHARS: usize = 30;

/// A row of the order sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    pub part: SheetPart,
    pub text: String,
}

/// Returns the rows about the order itself, from the servers to the payment.
#[must_use]
pub fn order_rows(draft: &Draft, catalogue: &Catalogue) -> Vec<SheetRow> {
    let impact = OrderImpact::new(draft, catalogue);
    [
        (SheetPart::Servers, servers_text(draft, impact)),
        (SheetPart::Phones, phones_text(draft, impact, catalogue)),
        (SheetPart::Image, image_text(draft, catalogue)),
        (SheetPart::Bandwidth, bandwidth_text(draft, catalogue)),
        (SheetPart::Ports, ports_text(&draft.ports)),
        (SheetPart::Access, access_text(draft)),
        (SheetPart::Term, impact.period_text()),
        (SheetPart::Payment, payment_text(draft.auto_pay)),
    ]
    .map(|(part, text)| SheetRow { part, text })
    .into()
}

fn servers_text(draft: &Draft, impact: OrderImpact) -> String {
    let (flavor, name) = (&draft.server_flavor, &draft.server_name);
    let count = impact.servers.map_or_else(|| "?".to_owned(), |count| count.to_string());
    let names = match impact.servers {
        Some(count) if count > 1 => preview_names(name, count),
        Some(_) | None => name.clone(),
    };
    joined([format!("{count} x {flavor}"), names])
}

fn phones_text(draft: &Draft, impact: OrderImpact, catalogue: &Catalogue) -> String {
    let name = &draft.phone_flavor;
    let phones = match impact.phones() {
        Some(count) => format!("{count} x {name}"),
        None => tr!("{name}, number not known", name),
    };
    let specs = catalogue.phone_flavor_row(&draft.server_flavor, name).map(phone_specs).unwrap_or_default();
    if specs.is_empty() { phones } else { tr!("{label}: {value}", label = phones, value = specs) }
}

/// Returns vCPU, memory and disk of one phone, as far as they are listed.
fn phone_specs(flavor: &PhoneFlavor) -> String {
    let specs = [
        flavor.cpu_cores.map(|cores| format!("{cores} vCPU")),
        flavor.memory_mb.map(|mb| tr!("{size} RAM", size = memory_text(mb))),
        flavor.disk_gb.map(|gb| tr!("{gb} GB disk", gb)),
    ];
    joined(specs.into_iter().flatten())
}

fn image_text(draft: &Draft, catalogue: &Catalogue) -> String {
    let id = &draft.image_id;
    match catalogue.image_row(id) {
        Some(row) => joined(image_name(row).into_iter().chain([id.clone()])),
        None if catalogue.images.is_some() => tr!("{id}, not in the list of images", id),
        None => id.clone(),
    }
}

/// Returns the name of an image with its system, or the one of both that is listed.
fn image_name(row: &Image) -> Option<String> {
    let short = |name: &Option<String>| name.as_ref().map(|name| brief(name, NAME_CHARS));
    match (short(&row.name), short(&row.os_name)) {
        (Some(name), Some(os)) if os.contains(&name) => Some(os),
        (Some(name), Some(os)) => Some(format!("{name} ({os})")),
        (name, os) => name.or(os),
    }
}

fn bandwidth_text(draft: &Draft, catalogue: &Catalogue) -> String {
    let size = &draft.bandwidth_size;
    match draft.bandwidth {
        BandwidthKind::Dedicated if size.is_empty() => tr!("dedicated, 300 Mbit/s by default, charged by traffic"),
        BandwidthKind::Dedicated => tr!("dedicated, {size} Mbit/s, charged by traffic", size),
        BandwidthKind::NewShared => tr!("new shared, {size} Mbit/s, charged by size", size),
        BandwidthKind::ExistingShared => {
            let id = &draft.bandwidth_id;
            let row = catalogue.bandwidths.iter().flatten().find(|row| row.id == *id);
            let size = row.and_then(|row| row.size_mbit).map(|mbit| format!("{mbit} Mbit/s"));
            let name = row.and_then(|row| row.name.as_ref()).map(|name| brief(name, NAME_CHARS));
            joined([tr!("existing shared")].into_iter().chain(size).chain(name).chain([id.clone()]))
        }
    }
}

fn ports_text(ports: &[PortDraft]) -> String {
    if ports.is_empty() {
        return tr!("none");
    }
    joined(ports.iter().map(|PortDraft { name, number, public }| {
        if *public { tr!("{name} {number} PUBLIC", name, number) } else { format!("{name} {number}") }
    }))
}

fn access_text(draft: &Draft) -> String {
    let key_pair = match draft.key_pair.as_str() {
        "" => tr!("no key pair (no ADB login)"),
        name => tr!("key pair {name}", name),
    };
    let vnc = match draft.vnc {
        Vnc::On => tr!("VNC on"),
        Vnc::Off | Vnc::Unset => tr!("VNC off"),
    };
    let subnet = match draft.subnet.as_str() {
        "" => tr!("subnet 172.31.0.0/16"),
        subnet => tr!("subnet {subnet}", subnet),
    };
    joined([key_pair, vnc, subnet])
}

/// Returns what happens to the money. An unpaid order expires after 7 days, or earlier (`cph.md` 12).
fn payment_text(pays_now: bool) -> String {
    if pays_now {
        tr!("now: paid at once from the balance of the account")
    } else {
        tr!("later: the order waits unpaid, expires in about 7 days")
    }
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(i18n::t(phrase!(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Listing;
    use crate::order::PeriodUnit;

    fn draft() -> Draft {
        Draft {
            server_flavor: "physical.rx1.xlarge".into(),
            phone_flavor: "rx1.cp.c60.d10.e1v1".into(),
            image_id: "24110020241130d006101e2100000e18".into(),
            server_name: "web-01".into(),
            count: "3".into(),
            ..Draft::default()
        }
    }

    fn catalogue() -> Catalogue {
        let mut catalogue = Catalogue::default();
        catalogue.put(Listing::PhoneFlavors(vec![PhoneFlavor {
            server_flavor: "physical.rx1.xlarge".into(),
            name: "rx1.cp.c60.d10.e1v1".into(),
            cpu_cores: Some(2),
            memory_mb: Some(3584),
            disk_gb: Some(10),
            phones_per_server: Some(60),
            ..PhoneFlavor::default()
        }]));
        catalogue.put(Listing::Images(vec![Image {
            id: "24110020241130d006101e2100000e18".into(),
            name: Some("AOSP".into()),
            os_name: Some("AOSP 11".into()),
            ..Image::default()
        }]));
        catalogue
    }

    fn text_of(part: SheetPart, draft: &Draft, catalogue: &Catalogue) -> String {
        order_rows(draft, catalogue).into_iter().find(|row| row.part == part).unwrap().text
    }

    #[test]
    fn the_rows_name_everything_that_is_bought() {
        let port = |name: &str, number: &str, public| PortDraft { name: name.into(), number: number.into(), public };
        let draft = Draft {
            bandwidth_size: "300".into(),
            ports: vec![port("web", "20000", true), port("adm", "20001", false)],
            key_pair: "mykeypair".into(),
            vnc: Vnc::On,
            ..draft()
        };
        let rows: Vec<String> = order_rows(&draft, &catalogue())
            .into_iter()
            .map(|row| format!("{}: {}", row.part.label(), row.text))
            .collect();
        assert_eq!(
            rows,
            [
                "Servers: 3 x physical.rx1.xlarge, web-01-0001 ... web-01-0003",
                "Phones: 180 x rx1.cp.c60.d10.e1v1: 2 vCPU, 3.5 GB RAM, 10 GB disk",
                "Image: AOSP 11, 24110020241130d006101e2100000e18",
                "Bandwidth: dedicated, 300 Mbit/s, charged by traffic",
                "Ports: web 20000 PUBLIC, adm 20001",
                "Access: key pair mykeypair, VNC on, subnet 172.31.0.0/16",
                "Term: 1 month",
                "Payment: later: the order waits unpaid, expires in about 7 days",
            ]
        );
    }

    #[test]
    fn what_no_list_shows_is_not_made_up() {
        let nothing_read = Catalogue::default();
        assert_eq!(text_of(SheetPart::Phones, &draft(), &nothing_read), "rx1.cp.c60.d10.e1v1, number not known");
        assert_eq!(text_of(SheetPart::Image, &draft(), &nothing_read), "24110020241130d006101e2100000e18");
        let typed = Draft { image_id: "android 14".into(), ..draft() };
        assert_eq!(text_of(SheetPart::Image, &typed, &catalogue()), "android 14, not in the list of images");
    }

    #[test]
    fn payment_and_term_say_what_will_happen() {
        let year = Draft { period_unit: PeriodUnit::Year, period_number: "2".into(), auto_pay: true, ..draft() };
        assert_eq!(text_of(SheetPart::Term, &year, &catalogue()), "2 years");
        let paid = "now: paid at once from the balance of the account";
        assert_eq!(text_of(SheetPart::Payment, &year, &catalogue()), paid);
        let one = Draft { count: "1".into(), ..draft() };
        assert_eq!(text_of(SheetPart::Servers, &one, &catalogue()), "1 x physical.rx1.xlarge, web-01");
    }
}
