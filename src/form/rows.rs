//! A row of the list behind a picker: its answer, its searched texts, its cells, the obstacle to choosing it, and its
//! facts.

use crate::catalogue::{
    Availability, Bandwidth, Catalogue, Image, KeyPair, Obstacle, PhoneFlavor, Resource, ServerFlavor, Visibility,
};
use crate::i18n::{self, phrase, tr};
use crate::order::{Draft, FieldId, ImageFit};

use super::fuzzy_match::SearchText;

/// Returns the list behind a field's picker; `None` if the field is not picked from a list.
#[must_use]
pub fn resource_of(field: FieldId) -> Option<Resource> {
    match field {
        FieldId::ServerFlavor => Some(Resource::ServerFlavors),
        FieldId::PhoneFlavor => Some(Resource::PhoneFlavors),
        FieldId::Image => Some(Resource::Images),
        FieldId::BandwidthId => Some(Resource::Bandwidths),
        FieldId::KeyPair => Some(Resource::KeyPairs),
        FieldId::ServerName
        | FieldId::Count
        | FieldId::BandwidthKind
        | FieldId::BandwidthSize
        | FieldId::ChargingMode
        | FieldId::PeriodUnit
        | FieldId::PeriodNumber
        | FieldId::AutoPay
        | FieldId::Ports
        | FieldId::Vnc
        | FieldId::Subnet => None,
    }
}

/// A row in display form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowCells {
    /// The answer that choosing the row gives.
    pub value: String,
    pub cells: Vec<String>,
    /// The reason why the row cannot be chosen, if there is one.
    pub obstacle: Option<String>,
}

/// Number of searched texts per row.
pub(super) const SEARCH_TEXTS: usize = 4;

/// A row of the catalogue, by the list that it comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum ListRow<'a> {
    Server(&'a ServerFlavor),
    Phone(&'a PhoneFlavor),
    Image(&'a Image),
    Bandwidth(&'a Bandwidth),
    KeyPair(&'a KeyPair),
}

impl<'a> ListRow<'a> {
    /// Returns a row of a field's list; `None` if the field has no list, the list was not read, or the index is out of
    /// range.
    pub(super) fn at(field: FieldId, at: usize, catalogue: &'a Catalogue) -> Option<Self> {
        match resource_of(field)? {
            Resource::ServerFlavors => catalogue.server_flavors.as_ref()?.get(at).map(Self::Server),
            Resource::PhoneFlavors => catalogue.phone_flavors.as_ref()?.get(at).map(Self::Phone),
            Resource::Images => catalogue.images.as_ref()?.get(at).map(Self::Image),
            Resource::Bandwidths => catalogue.bandwidths.as_ref()?.get(at).map(Self::Bandwidth),
            Resource::KeyPairs => catalogue.key_pairs.as_ref()?.get(at).map(Self::KeyPair),
            Resource::Servers | Resource::Offerings => None,
        }
    }

    /// Returns the answer that choosing the row gives.
    pub(super) fn value(self) -> &'a str {
        match self {
            Self::Server(row) => &row.name,
            Self::Phone(row) => &row.name,
            Self::Image(row) => &row.id,
            Self::Bandwidth(row) => &row.id,
            Self::KeyPair(row) => &row.name,
        }
    }

    /// Returns the texts that a filter searches. The answer that the row gives comes first.
    pub(super) fn texts(self) -> [SearchText<'a>; SEARCH_TEXTS] {
        match self {
            Self::Server(row) => [words(&row.name), of(row.cpu_model.as_ref()), of(row.disk.as_ref()), words("")],
            Self::Phone(row) => {
                [words(&row.name), of(row.resolution.as_ref()), of(row.image_label.as_ref()), words(&row.server_flavor)]
            }
            Self::Image(row) => [
                id(&row.id),
                of(row.name.as_ref()),
                of(row.os_name.as_ref()),
                of(row.label.as_ref().or(row.phone_flavor.as_ref())),
            ],
            Self::Bandwidth(row) => [id(&row.id), of(row.name.as_ref()), words(""), words("")],
            Self::KeyPair(row) => {
                [words(&row.name), id(row.fingerprint.as_deref().unwrap_or_default()), words(""), words("")]
            }
        }
    }

    /// Returns whether the row fits the earlier answers; a row that is merely offline fits. `flavor` is the row of the
    /// chosen phone flavor.
    pub(super) fn fits(self, draft: &Draft, flavor: Option<&PhoneFlavor>) -> bool {
        match self {
            Self::Phone(row) => row.server_flavor == draft.server_flavor,
            Self::Image(row) => !Catalogue::is_misfit(row, flavor),
            Self::Server(_) | Self::Bandwidth(_) | Self::KeyPair(_) => true,
        }
    }

    pub(super) fn cells(self, draft: &Draft, catalogue: &Catalogue) -> RowCells {
        match self {
            Self::Server(row) => server_cells(row, catalogue),
            Self::Phone(row) => phone_cells(row, draft),
            Self::Image(row) => image_cells(row, draft, catalogue),
            Self::Bandwidth(row) => bandwidth_cells(row),
            Self::KeyPair(row) => RowCells {
                value: row.name.clone(),
                cells: vec![row.name.clone(), row.fingerprint.clone().unwrap_or_default()],
                obstacle: None,
            },
        }
    }

    /// Returns all known facts about the row, the name first.
    pub(super) fn facts(self, catalogue: &Catalogue) -> Vec<RowFact> {
        let facts = match self {
            Self::Server(row) => server_facts(row, catalogue).to_vec(),
            Self::Phone(row) => vec![
                fact(0, Some(row.name.clone())),
                fact(1, row.cpu_cores.map(cores_text)),
                fact(2, row.memory_mb.map(|mb| tr!("{size} memory", size = memory_text(mb)))),
                fact(3, row.phones_per_server.map(|phones| tr!("{n} phone a server" | "{n} phones a server" % phones))),
                fact(4, row.disk_gb.map(|gb| tr!("{gb} GB disk", gb))),
                unseen(row.resolution.clone()),
                unseen(row.image_label.as_ref().map(|label| tr!("images for {label}", label))),
                unseen(Some(tr!("on {server}", server = row.server_flavor))),
            ],
            Self::Image(row) => vec![
                fact(0, row.name.clone()),
                fact(1, row.os_name.clone()),
                fact(2, row.date()),
                fact(3, row.label.as_ref().or(row.phone_flavor.as_ref()).map(|label| tr!("for {label}", label))),
                fact(4, row.visibility.map(|visibility| visibility_word(visibility).to_owned())),
                fact(5, Some(tr!("id {id}", id = row.id))),
            ],
            Self::Bandwidth(row) => vec![
                fact(0, row.name.clone()),
                fact(1, row.size_mbit.map(|mbit| format!("{mbit} Mbit/s"))),
                fact(2, row.is_shared.map(|is_shared| shared_word(is_shared).to_owned())),
                fact(3, Some(tr!("id {id}", id = row.id))),
            ],
            Self::KeyPair(row) => vec![
                fact(0, Some(row.name.clone())),
                fact(1, row.fingerprint.as_ref().map(|print| tr!("fingerprint {print}", print))),
            ],
        };
        facts.into_iter().flatten().collect()
    }
}

/// A known fact about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFact {
    pub text: String,
    /// The column of the list that shows the same fact, if any.
    pub column: Option<usize>,
}

fn fact(column: usize, text: Option<String>) -> Option<RowFact> {
    text.map(|text| RowFact { text, column: Some(column) })
}

/// Makes a fact that no column shows; `None` without a text.
fn unseen(text: Option<String>) -> Option<RowFact> {
    text.map(|text| RowFact { text, column: None })
}

fn words(text: &str) -> SearchText<'_> {
    SearchText { text, is_id: false }
}

fn id(text: &str) -> SearchText<'_> {
    SearchText { text, is_id: true }
}

fn of(text: Option<&String>) -> SearchText<'_> {
    words(text.map_or("", String::as_str))
}

fn cores_text(cores: u32) -> String {
    tr!("{n} core" | "{n} cores" % cores)
}

fn phones_text(phones: u32) -> String {
    tr!("{n} phone" | "{n} phones" % phones)
}

fn server_facts(row: &ServerFlavor, catalogue: &Catalogue) -> [Option<RowFact>; 6] {
    // The column has the number of cores only.
    let cpu = match (row.cpu_cores, &row.cpu_model) {
        (Some(cores), Some(model)) => unseen(Some(tr!("{n} core of {model}" | "{n} cores of {model}" % cores, model))),
        (Some(cores), None) => fact(1, Some(cores_text(cores))),
        (None, model) => unseen(model.clone()),
    };
    let phones = catalogue
        .phones_of_server_flavor(&row.name)
        .map(|(least, most)| if least == most { phones_text(most) } else { tr!("{least}-{most} phones", least, most) });
    [
        fact(0, Some(row.name.clone())),
        cpu,
        fact(2, row.memory_gb.map(|gb| tr!("{gb} GB memory", gb))),
        fact(3, phones),
        fact(4, row.disk.clone()),
        unseen(sale_words(&catalogue.availability(&row.name))),
    ]
}

/// Returns the zones in which a flavor is sold out. One that is sold out everywhere gives `None`: it cannot be chosen,
/// and its obstacle gives the reason.
fn sale_words(sale: &Availability) -> Option<String> {
    match sale {
        Availability::NotStated | Availability::Available | Availability::SoldOut => None,
        Availability::SoldOutIn(zones) => {
            let zones = zones.iter().cloned().reduce(|one, other| tr!("{one} and {other}", one, other));
            zones.map(|zones| tr!("sold out in {zones}", zones))
        }
    }
}

fn server_cells(row: &ServerFlavor, catalogue: &Catalogue) -> RowCells {
    let obstacle = catalogue.server_flavor_obstacle(&row.name);
    let phones = match catalogue.phones_of_server_flavor(&row.name) {
        Some((least, most)) if least == most => most.to_string(),
        Some((least, most)) => format!("{least}-{most}"),
        None => String::new(),
    };
    // What is on sale says nothing: the column has exceptions only.
    let status = match obstacle {
        Some(Obstacle::NoPhones) => i18n::t(phrase!("no phones")),
        Some(Obstacle::Offline) => i18n::t(phrase!("offline")),
        Some(Obstacle::SoldOut) => i18n::t(phrase!("sold out")),
        None if matches!(catalogue.availability(&row.name), Availability::SoldOutIn(_)) => i18n::t(phrase!("in part")),
        None => "",
    };
    RowCells {
        value: row.name.clone(),
        cells: vec![
            row.name.clone(),
            number(row.cpu_cores),
            row.memory_gb.map_or_else(String::new, |gb| format!("{gb} GB")),
            phones,
            row.disk.clone().unwrap_or_default(),
            status.into(),
        ],
        obstacle: obstacle.map(|obstacle| match obstacle {
            Obstacle::NoPhones => tr!("it has no phones"),
            Obstacle::Offline => tr!("it is offline"),
            Obstacle::SoldOut => tr!("it is sold out in every zone"),
        }),
    }
}

fn phone_cells(row: &PhoneFlavor, draft: &Draft) -> RowCells {
    let (status, obstacle) = if row.server_flavor != draft.server_flavor {
        (i18n::t(phrase!("elsewhere")), Some(tr!("it belongs to {server}", server = row.server_flavor)))
    } else if row.is_offline() {
        (i18n::t(phrase!("offline")), Some(tr!("it is offline")))
    } else {
        ("", None)
    };
    RowCells {
        value: row.name.clone(),
        cells: vec![
            row.name.clone(),
            number(row.cpu_cores),
            row.memory_mb.map_or_else(String::new, memory_text),
            number(row.phones_per_server),
            row.disk_gb.map_or_else(String::new, |gb| format!("{gb} GB")),
            status.into(),
        ],
        obstacle,
    }
}

/// Formats a number; one that the API does not state leaves its cell empty.
fn number(number: Option<u32>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// Formats a size in MB for display, such as `3.5 GB`.
pub(super) fn memory_text(mb: u32) -> String {
    if mb.is_multiple_of(1024) {
        return format!("{} GB", mb / 1024);
    }
    format!("{}.{} GB", mb / 1024, mb % 1024 * 10 / 1024)
}

fn visibility_word(visibility: Visibility) -> &'static str {
    i18n::t(match visibility {
        Visibility::Public => phrase!("public"),
        Visibility::Private => phrase!("private"),
        Visibility::Shared => phrase!("shared"),
    })
}

fn shared_word(is_shared: bool) -> &'static str {
    i18n::t(if is_shared { phrase!("shared") } else { phrase!("dedicated") })
}

fn image_cells(row: &Image, draft: &Draft, catalogue: &Catalogue) -> RowCells {
    let flavor = catalogue.phone_flavor_row(&draft.server_flavor, &draft.phone_flavor);
    let (label, obstacle) = match catalogue.image_fit(row, flavor) {
        ImageFit::Misfit { image_label, flavor_label } => {
            let obstacle = tr!("it is for {image}, not for {flavor}", image = image_label, flavor = flavor_label);
            (tr!("for {label}", label = image_label), Some(obstacle))
        }
        ImageFit::Fits | ImageFit::NotStated | ImageFit::NotListed | ImageFit::NotRead => {
            (row.label.clone().or(row.phone_flavor.clone()).unwrap_or_default(), None)
        }
    };
    RowCells {
        value: row.id.clone(),
        cells: vec![
            row.name.clone().unwrap_or_default(),
            row.os_name.clone().unwrap_or_default(),
            row.date().unwrap_or_default(),
            label,
            row.visibility.map_or("", visibility_word).into(),
            row.id.clone(),
        ],
        obstacle,
    }
}

fn bandwidth_cells(row: &Bandwidth) -> RowCells {
    RowCells {
        value: row.id.clone(),
        cells: vec![
            row.name.clone().unwrap_or_default(),
            row.size_mbit.map_or_else(String::new, |mbit| format!("{mbit} Mbit/s")),
            row.is_shared.map_or("", shared_word).into(),
            row.id.clone(),
        ],
        obstacle: (row.is_shared == Some(false)).then(|| tr!("it is a dedicated one")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Offering;

    fn offering(zone: &str, is_sold_out: bool) -> Offering {
        Offering { zone: zone.into(), server_flavor: "s".into(), is_sold_out: Some(is_sold_out) }
    }

    fn catalogue(offerings: Vec<Offering>) -> Catalogue {
        let phone = PhoneFlavor { server_flavor: "s".into(), phones_per_server: Some(60), ..PhoneFlavor::default() };
        Catalogue { phone_flavors: Some(vec![phone]), offerings: Some(offerings), ..Catalogue::default() }
    }

    fn facts(row: ListRow<'_>, catalogue: &Catalogue) -> Vec<String> {
        row.facts(catalogue).into_iter().map(|fact| fact.text).collect()
    }

    #[test]
    fn a_flavor_that_is_sold_out_in_some_zones_can_be_chosen_and_says_where_not() {
        let row = ServerFlavor { name: "s".into(), memory_gb: Some(256), ..ServerFlavor::default() };
        let some = catalogue(vec![offering("b", true), offering("a", false)]);
        let cells = ListRow::Server(&row).cells(&Draft::default(), &some);
        assert_eq!((cells.cells[5].as_str(), cells.obstacle), ("in part", None));
        assert_eq!(facts(ListRow::Server(&row), &some), ["s", "256 GB memory", "60 phones", "sold out in b"]);
        let all = catalogue(vec![offering("a", true), offering("b", true)]);
        let cells = ListRow::Server(&row).cells(&Draft::default(), &all);
        assert_eq!(cells.cells[5], "sold out");
        assert_eq!(cells.obstacle.as_deref(), Some("it is sold out in every zone"));
    }

    #[test]
    fn facts_leave_out_what_is_not_stated() {
        let catalogue = catalogue(Vec::new());
        let image = Image { id: "7".into(), os_name: Some("AOSP9".into()), ..Image::default() };
        assert_eq!(facts(ListRow::Image(&image), &catalogue), ["AOSP9", "id 7"]);
        let pair = KeyPair { name: "k".into(), fingerprint: Some("aa:bb".into()) };
        assert_eq!(facts(ListRow::KeyPair(&pair), &catalogue), ["k", "fingerprint aa:bb"]);
        let bandwidth = Bandwidth { id: "b".into(), size_mbit: Some(5), is_shared: Some(true), name: None };
        assert_eq!(facts(ListRow::Bandwidth(&bandwidth), &catalogue), ["5 Mbit/s", "shared", "id b"]);
    }
}
