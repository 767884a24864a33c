//! The lists to pick from: which rows a filter leaves, what stands in their columns, and why a row
//! cannot be chosen. Rows are numbers into the catalogue; their cells are made only when drawn.

use crate::catalogue::{Bandwidth, Catalogue, Image, KeyPair, PhoneFlavor, Resource, ServerFlavor, Visibility};
use crate::order::{Draft, FieldId, ImageFit};

/// A row of a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickRow {
    /// The field stays empty.
    Nothing,
    /// The row of the catalogue's list.
    Listed(usize),
    /// What was typed as a filter, taken as the answer itself.
    Typed,
}

/// What a person narrowed a list to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PickFilter {
    pub text: String,
    /// Rows that do not fit what was chosen before are shown too, with the reason.
    pub show_unfitting: bool,
    /// The list was read, or could not be: what is typed may be meant as an id.
    pub may_type: bool,
}

/// The rows that are left of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pick {
    pub rows: Vec<PickRow>,
    /// Rows of the catalogue among them.
    pub listed: usize,
    /// Rows that could be listed if nothing were typed.
    pub of: usize,
    /// Rows left out because they do not fit.
    pub hidden: usize,
}

/// A row as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowCells {
    /// The answer that choosing it gives.
    pub value: String,
    pub cells: Vec<String>,
    /// Why it cannot be chosen.
    pub obstacle: Option<String>,
}

/// The list behind a picker.
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

/// A column of a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub title: &'static str,
    /// In cells of the screen; the least for the one that takes what the others leave.
    pub width: u16,
    pub takes_rest: bool,
    /// May be left out where there is no room.
    pub optional: bool,
}

const fn wide(title: &'static str, width: u16) -> Column {
    Column { title, width, takes_rest: false, optional: false }
}

const fn optional(title: &'static str, width: u16) -> Column {
    Column { title, width, takes_rest: false, optional: true }
}

const fn rest(title: &'static str, least: u16) -> Column {
    Column { title, width: least, takes_rest: true, optional: false }
}

static SERVER_COLUMNS: [Column; 6] =
    [rest("name", 20), wide("CPU", 10), wide("memory", 6), optional("disk", 16), wide("phones", 7), wide("status", 9)];
static PHONE_COLUMNS: [Column; 6] = [
    rest("name", 31),
    optional("CPU", 3),
    optional("memory", 7),
    optional("disk", 6),
    wide("phones", 6),
    wide("status", 9),
];
static IMAGE_COLUMNS: [Column; 5] =
    [optional("name", 5), wide("OS", 9), wide("label", 19), optional("access", 7), rest("id", 32)];
static BANDWIDTH_COLUMNS: [Column; 4] = [optional("name", 20), wide("size", 11), wide("type", 9), rest("id", 20)];
static KEY_PAIR_COLUMNS: [Column; 2] = [rest("name", 20), optional("fingerprint", 47)];

/// The columns of a picker, in their order.
#[must_use]
pub fn columns(field: FieldId) -> &'static [Column] {
    match resource_of(field) {
        Some(Resource::ServerFlavors) => &SERVER_COLUMNS,
        Some(Resource::PhoneFlavors) => &PHONE_COLUMNS,
        Some(Resource::Images) => &IMAGE_COLUMNS,
        Some(Resource::Bandwidths) => &BANDWIDTH_COLUMNS,
        Some(Resource::KeyPairs) => &KEY_PAIR_COLUMNS,
        Some(Resource::Servers) | None => &[],
    }
}

/// What was typed, as an answer: without blanks around it.
#[must_use]
pub fn typed_text(filter: &PickFilter) -> &str {
    filter.text.trim()
}

/// The rows that the filter leaves, in the catalogue's order.
#[must_use]
pub fn pick(field: FieldId, filter: &PickFilter, optional: bool, draft: &Draft, catalogue: &Catalogue) -> Pick {
    let words: Vec<String> = filter.text.split_whitespace().map(str::to_ascii_lowercase).collect();
    let mut pick = Pick::default();
    let mut is_exact = false;
    if optional && words.is_empty() {
        pick.rows.push(PickRow::Nothing);
    }
    let count = resource_of(field).and_then(|resource| catalogue.count(resource)).unwrap_or(0);
    for at in 0..count {
        if !filter.show_unfitting && !fits(field, at, draft, catalogue) {
            pick.hidden += 1;
            continue;
        }
        pick.of += 1;
        if matches_words(field, at, &words, catalogue) {
            pick.listed += 1;
            pick.rows.push(PickRow::Listed(at));
        }
        is_exact = is_exact || value_at(field, at, catalogue) == Some(typed_text(filter));
    }
    if !words.is_empty() && !is_exact && filter.may_type && may_be_typed(field, catalogue) {
        pick.rows.push(PickRow::Typed);
    }
    pick
}

/// Ids may always be typed; flavors only while their list is not there, since an order with a
/// flavor that is not listed would be refused.
fn may_be_typed(field: FieldId, catalogue: &Catalogue) -> bool {
    match resource_of(field) {
        Some(Resource::ServerFlavors) => catalogue.server_flavors.is_none(),
        Some(Resource::PhoneFlavors) => catalogue.phone_flavors.is_none(),
        Some(Resource::Images | Resource::Bandwidths | Resource::KeyPairs) => true,
        Some(Resource::Servers) | None => false,
    }
}

fn server_flavor(catalogue: &Catalogue, at: usize) -> Option<&ServerFlavor> {
    catalogue.server_flavors.as_ref()?.get(at)
}

fn phone_flavor(catalogue: &Catalogue, at: usize) -> Option<&PhoneFlavor> {
    catalogue.phone_flavors.as_ref()?.get(at)
}

fn image(catalogue: &Catalogue, at: usize) -> Option<&Image> {
    catalogue.images.as_ref()?.get(at)
}

fn bandwidth(catalogue: &Catalogue, at: usize) -> Option<&Bandwidth> {
    catalogue.bandwidths.as_ref()?.get(at)
}

fn key_pair(catalogue: &Catalogue, at: usize) -> Option<&KeyPair> {
    catalogue.key_pairs.as_ref()?.get(at)
}

/// The answer that a row of the catalogue gives.
fn value_at(field: FieldId, at: usize, catalogue: &Catalogue) -> Option<&str> {
    match resource_of(field)? {
        Resource::ServerFlavors => server_flavor(catalogue, at).map(|row| row.name.as_str()),
        Resource::PhoneFlavors => phone_flavor(catalogue, at).map(|row| row.name.as_str()),
        Resource::Images => image(catalogue, at).map(|row| row.id.as_str()),
        Resource::Bandwidths => bandwidth(catalogue, at).map(|row| row.id.as_str()),
        Resource::KeyPairs => key_pair(catalogue, at).map(|row| row.name.as_str()),
        Resource::Servers => None,
    }
}

/// The answer that choosing a row gives, without making its cells.
#[must_use]
pub fn row_value<'a>(field: FieldId, row: PickRow, filter: &'a PickFilter, catalogue: &'a Catalogue) -> &'a str {
    match row {
        PickRow::Nothing => "",
        PickRow::Typed => typed_text(filter),
        PickRow::Listed(at) => value_at(field, at, catalogue).unwrap_or_default(),
    }
}

/// Whether a row fits what was chosen before; rows that are merely offline do.
fn fits(field: FieldId, at: usize, draft: &Draft, catalogue: &Catalogue) -> bool {
    match field {
        FieldId::PhoneFlavor => phone_flavor(catalogue, at).is_some_and(|row| row.server_flavor == draft.server_flavor),
        FieldId::Image => {
            let flavor = catalogue.phone_flavor_row(&draft.server_flavor, &draft.phone_flavor);
            let fit = image(catalogue, at).map(|row| catalogue.image_fit(row, flavor));
            !matches!(fit, Some(ImageFit::Misfit { .. }))
        }
        _ => true,
    }
}

fn matches_words(field: FieldId, at: usize, words: &[String], catalogue: &Catalogue) -> bool {
    if words.is_empty() {
        return true;
    }
    let texts: [&str; 4] = match resource_of(field) {
        Some(Resource::ServerFlavors) => server_flavor(catalogue, at)
            .map_or([""; 4], |row| [&row.name, of(row.cpu_model.as_ref()), of(row.disk.as_ref()), ""]),
        Some(Resource::PhoneFlavors) => phone_flavor(catalogue, at).map_or([""; 4], |row| {
            [&row.name, of(row.resolution.as_ref()), of(row.image_label.as_ref()), &row.server_flavor]
        }),
        Some(Resource::Images) => image(catalogue, at)
            .map_or([""; 4], |row| [&row.id, of(row.name.as_ref()), of(row.os_name.as_ref()), of(row.label.as_ref())]),
        Some(Resource::Bandwidths) => {
            bandwidth(catalogue, at).map_or([""; 4], |row| [&row.id, of(row.name.as_ref()), "", ""])
        }
        Some(Resource::KeyPairs) => {
            key_pair(catalogue, at).map_or([""; 4], |row| [&row.name, of(row.fingerprint.as_ref()), "", ""])
        }
        Some(Resource::Servers) | None => [""; 4],
    };
    words.iter().all(|word| texts.iter().any(|text| contains(text, word)))
}

fn of(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

/// Whether a text contains a lower-case word, in any ASCII letter case.
fn contains(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    word.is_empty() || text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

/// What stands in a row.
#[must_use]
pub fn cells(field: FieldId, row: PickRow, filter: &PickFilter, draft: &Draft, catalogue: &Catalogue) -> RowCells {
    match row {
        PickRow::Nothing => RowCells { cells: vec!["(none)".into()], ..RowCells::default() },
        PickRow::Typed => {
            let value = typed_text(filter).to_owned();
            RowCells { cells: vec![format!("use \"{value}\" as typed")], value, obstacle: None }
        }
        PickRow::Listed(at) => listed_cells(field, at, draft, catalogue).unwrap_or_default(),
    }
}

fn listed_cells(field: FieldId, at: usize, draft: &Draft, catalogue: &Catalogue) -> Option<RowCells> {
    match resource_of(field)? {
        Resource::ServerFlavors => server_flavor(catalogue, at).map(|row| server_cells(row, catalogue)),
        Resource::PhoneFlavors => phone_flavor(catalogue, at).map(|row| phone_cells(row, draft)),
        Resource::Images => image(catalogue, at).map(|row| image_cells(row, draft, catalogue)),
        Resource::Bandwidths => bandwidth(catalogue, at).map(bandwidth_cells),
        Resource::KeyPairs => key_pair(catalogue, at).map(|row| RowCells {
            value: row.name.clone(),
            cells: vec![row.name.clone(), of(row.fingerprint.as_ref()).to_owned()],
            obstacle: None,
        }),
        Resource::Servers => None,
    }
}

fn server_cells(row: &ServerFlavor, catalogue: &Catalogue) -> RowCells {
    let obstacle = catalogue.server_flavor_obstacle(&row.name);
    let cpu = match (row.cpu_cores, &row.cpu_model) {
        (Some(cores), Some(model)) => format!("{cores} {model}"),
        (Some(cores), None) => cores.to_string(),
        (None, Some(model)) => model.clone(),
        (None, None) => "-".into(),
    };
    let phones = match catalogue.phones_of_server_flavor(&row.name) {
        Some((least, most)) if least == most => most.to_string(),
        Some((least, most)) => format!("{least}-{most}"),
        None => "-".into(),
    };
    RowCells {
        value: row.name.clone(),
        cells: vec![
            row.name.clone(),
            cpu,
            row.memory_gb.map_or_else(|| "-".into(), |gb| format!("{gb} GB")),
            row.disk.clone().unwrap_or_else(|| "-".into()),
            phones,
            obstacle.unwrap_or("on sale").into(),
        ],
        obstacle: obstacle.map(|obstacle| match obstacle {
            "offline" => "it is offline".into(),
            other => format!("it has {other}"),
        }),
    }
}

fn phone_cells(row: &PhoneFlavor, draft: &Draft) -> RowCells {
    let (status, obstacle) = if row.server_flavor != draft.server_flavor {
        ("elsewhere", Some(format!("it belongs to {}", row.server_flavor)))
    } else if row.is_offline() {
        ("offline", Some("it is offline".to_owned()))
    } else {
        ("on sale", None)
    };
    let dash = |number: Option<u32>| number.map_or_else(|| "-".to_owned(), |n| n.to_string());
    RowCells {
        value: row.name.clone(),
        cells: vec![
            row.name.clone(),
            dash(row.cpu_cores),
            row.memory_mb.map_or_else(|| "-".into(), memory_text),
            row.disk_gb.map_or_else(|| "-".into(), |gb| format!("{gb} GB")),
            dash(row.phones_per_server),
            status.into(),
        ],
        obstacle,
    }
}

fn memory_text(mb: u32) -> String {
    if mb.is_multiple_of(1024) {
        return format!("{} GB", mb / 1024);
    }
    format!("{}.{} GB", mb / 1024, mb % 1024 * 10 / 1024)
}

fn image_cells(row: &Image, draft: &Draft, catalogue: &Catalogue) -> RowCells {
    let flavor = catalogue.phone_flavor_row(&draft.server_flavor, &draft.phone_flavor);
    let (label, obstacle) = match catalogue.image_fit(row, flavor) {
        ImageFit::Misfit { image_label, flavor_label } => {
            (format!("for {image_label}"), Some(format!("it is for {image_label}, not for {flavor_label}")))
        }
        ImageFit::Fits | ImageFit::NotStated | ImageFit::NotListed | ImageFit::NotRead => {
            (row.label.clone().or(row.phone_flavor.clone()).unwrap_or_else(|| "-".into()), None)
        }
    };
    let access = match row.visibility {
        Some(Visibility::Public) => "public",
        Some(Visibility::Private) => "private",
        Some(Visibility::Shared) => "shared",
        None => "-",
    };
    RowCells {
        value: row.id.clone(),
        cells: vec![
            row.name.clone().unwrap_or_else(|| "-".into()),
            row.os_name.clone().unwrap_or_else(|| "-".into()),
            label,
            access.into(),
            row.id.clone(),
        ],
        obstacle,
    }
}

fn bandwidth_cells(row: &Bandwidth) -> RowCells {
    let kind = match row.is_shared {
        Some(true) => "shared",
        Some(false) => "dedicated",
        None => "-",
    };
    RowCells {
        value: row.id.clone(),
        cells: vec![
            row.name.clone().unwrap_or_else(|| "-".into()),
            row.size_mbit.map_or_else(|| "-".into(), |mbit| format!("{mbit} Mbit/s")),
            kind.into(),
            row.id.clone(),
        ],
        obstacle: (row.is_shared == Some(false)).then(|| "it is a dedicated one".into()),
    }
}
