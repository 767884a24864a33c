//! The columns of the pickers, and the keys by which their rows are sorted.

use std::cmp::Ordering;
use std::sync::LazyLock;

use crate::catalogue::{Catalogue, Resource, Visibility};
use crate::i18n::{self, Language, phrase, tr};
use crate::order::FieldId;

use super::rows::{ListRow, resource_of};

/// A column of a picker. Its width follows from its contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub title: &'static str,
    /// True for numbers and amounts, which are aligned at the right.
    pub is_number: bool,
    /// The turn in which the texts are cut where there is no room.
    pub cut: Cut,
    /// The turn in which the column is left out where there is no room, from 1; `None` if it always stays.
    pub leaves: Option<u8>,
    /// The kind of text to match, if the filter searches this column.
    pub search: Option<ColumnKind>,
    pub direction: Direction,
}

/// The turn in which the texts of a column are cut where there is no room. Ids and amounts never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    Never,
    /// Once no other column is left to leave out.
    Last,
    /// Before other columns are left out: the column has an id beside it.
    First,
}

/// The kind of a searched text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Words,
    Id,
}

/// The sort direction of a column: texts ascending, amounts from the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

impl Direction {
    /// Returns the mark shown beside the title of the sorted column.
    #[must_use]
    pub fn mark(self) -> char {
        match self {
            Self::Up => '^',
            Self::Down => 'v',
        }
    }
}

impl Column {
    const fn words(title: &'static str) -> Self {
        let (is_number, cut, leaves, direction) = (false, Cut::Never, None, Direction::Up);
        Self { title, is_number, cut, leaves, search: Some(ColumnKind::Words), direction }
    }

    const fn name(title: &'static str) -> Self {
        Self { cut: Cut::Last, ..Self::words(title) }
    }

    const fn amount(title: &'static str) -> Self {
        Self { is_number: true, search: None, direction: Direction::Down, ..Self::words(title) }
    }

    const fn state(title: &'static str) -> Self {
        Self { search: None, ..Self::words(title) }
    }

    const fn id(title: &'static str) -> Self {
        Self { search: Some(ColumnKind::Id), ..Self::words(title) }
    }

    const fn leaves(self, turn: u8) -> Self {
        Self { leaves: Some(turn), ..self }
    }

    /// Returns the column in the current language.
    fn translated(self) -> Self {
        Self { title: i18n::t(self.title), ..self }
    }
}

/// The columns of every list.
struct Lists {
    server_flavors: [Column; 6],
    phone_flavors: [Column; 6],
    images: [Column; 6],
    bandwidths: [Column; 4],
    key_pairs: [Column; 2],
    used: Column,
}

/// The lists of flavors have the same columns at the same places, so that they can share their stops on the screen.
static ENGLISH: Lists = Lists {
    server_flavors: [
        Column::name(phrase!("Name")),
        Column::amount("CPU").leaves(3),
        Column::amount(phrase!("Memory")).leaves(2),
        Column::amount(phrase!("Phones")),
        Column::words(phrase!("Disk")).leaves(1),
        Column::state(phrase!("Status")),
    ],
    phone_flavors: [
        Column::name(phrase!("Name")),
        Column::amount("CPU").leaves(3),
        Column::amount(phrase!("Memory")).leaves(2),
        Column::amount(phrase!("Phones")),
        Column::amount(phrase!("Disk")).leaves(1),
        Column::state(phrase!("Status")),
    ],
    images: [
        Column::name(phrase!("Name")).leaves(4),
        Column::words(phrase!("OS")),
        Column { direction: Direction::Down, ..Column::state(phrase!("Date")) }.leaves(2),
        Column::words(phrase!("Label")).leaves(3),
        Column::state(phrase!("Visibility")).leaves(1),
        Column::id(phrase!("Id")),
    ],
    bandwidths: [
        Column { cut: Cut::First, ..Column::words(phrase!("Name")) },
        Column::amount(phrase!("Size")),
        Column::state(phrase!("Type")).leaves(1),
        Column::id(phrase!("Id")),
    ],
    key_pairs: [Column::name(phrase!("Name")), Column::id(phrase!("Fingerprint")).leaves(1)],
    used: Column::state(phrase!("Used")),
};

impl Lists {
    /// Returns the columns in the current language; the Chinese ones are built on first use.
    fn translated() -> &'static Self {
        static CHINESE: LazyLock<Lists> = LazyLock::new(|| {
            i18n::with_language(Language::Chinese, || Lists {
                server_flavors: ENGLISH.server_flavors.map(Column::translated),
                phone_flavors: ENGLISH.phone_flavors.map(Column::translated),
                images: ENGLISH.images.map(Column::translated),
                bandwidths: ENGLISH.bandwidths.map(Column::translated),
                key_pairs: ENGLISH.key_pairs.map(Column::translated),
                used: ENGLISH.used.translated(),
            })
        });
        match i18n::language() {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

/// Returns the column for earlier use. It comes after the others, and only if there is something to show in it.
#[must_use]
pub fn used() -> Column {
    Lists::translated().used
}

/// Returns the columns of a field's picker, in display order; empty if the field has no list.
#[must_use]
pub fn columns(field: FieldId) -> &'static [Column] {
    let lists = Lists::translated();
    match resource_of(field) {
        Some(Resource::ServerFlavors) => &lists.server_flavors,
        Some(Resource::PhoneFlavors) => &lists.phone_flavors,
        Some(Resource::Images) => &lists.images,
        Some(Resource::Bandwidths) => &lists.bandwidths,
        Some(Resource::KeyPairs) => &lists.key_pairs,
        Some(Resource::Servers | Resource::Offerings) | None => &[],
    }
}

/// Returns the column to sort by after this one; `None` means the order of the list itself.
#[must_use]
pub fn next_sort(field: FieldId, sort: Option<usize>) -> Option<usize> {
    let next = sort.map_or(0, |column| column + 1);
    (next < columns(field).len()).then_some(next)
}

/// Returns the sort order of a list as text, e.g. `Sorted by name`.
#[must_use]
pub fn sort_label(field: FieldId, sort: Option<usize>) -> String {
    match sort.and_then(|column| columns(field).get(column)) {
        Some(column) => match column.direction {
            Direction::Up => tr!("Sorted by {column}", column = column.title),
            Direction::Down => tr!("Sorted by {column}, largest first", column = column.title),
        },
        None if field == FieldId::Image => tr!("Newest first"),
        None => tr!("In the order of the API"),
    }
}

/// The key by which a row is sorted. Rows without one come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortKey<'a> {
    Amount(Option<u64>),
    Text(Option<&'a str>),
}

impl SortKey<'_> {
    pub(super) fn compare(self, other: Self, direction: Direction) -> Ordering {
        match (self, other) {
            (Self::Amount(this), Self::Amount(other)) => compare(this, other, direction, Ord::cmp),
            (Self::Text(this), Self::Text(other)) => compare(this, other, direction, |a, b| in_any_case(a, b)),
            (Self::Amount(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Amount(_)) => Ordering::Greater,
        }
    }
}

/// Compares two texts without regard to letter case.
fn in_any_case(this: &str, other: &str) -> Ordering {
    if this.is_ascii() && other.is_ascii() {
        let (this, other) = (this.bytes(), other.bytes());
        return this.map(|byte| byte.to_ascii_lowercase()).cmp(other.map(|byte| byte.to_ascii_lowercase()));
    }
    this.chars().flat_map(char::to_lowercase).cmp(other.chars().flat_map(char::to_lowercase))
}

fn compare<T>(this: Option<T>, other: Option<T>, direction: Direction, order: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (this, other) {
        (Some(this), Some(other)) => match direction {
            Direction::Up => order(&this, &other),
            Direction::Down => order(&other, &this),
        },
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Returns the sort key of a row for a column.
pub(super) fn sort_key<'a>(row: ListRow<'a>, column: usize, catalogue: &Catalogue) -> SortKey<'a> {
    let amount = |number: Option<u32>| SortKey::Amount(number.map(u64::from));
    let state = |is_last: bool| SortKey::Amount(Some(u64::from(is_last)));
    match (row, column) {
        (ListRow::Server(row), 0) => SortKey::Text(Some(&row.name)),
        (ListRow::Server(row), 1) => amount(row.cpu_cores),
        (ListRow::Server(row), 2) => amount(row.memory_gb),
        (ListRow::Server(row), 3) => amount(catalogue.phones_of_server_flavor(&row.name).map(|(_, most)| most)),
        (ListRow::Server(row), 4) => SortKey::Text(row.disk.as_deref()),
        (ListRow::Server(row), _) => state(catalogue.server_flavor_obstacle(&row.name).is_some()),
        (ListRow::Phone(row), 0) => SortKey::Text(Some(&row.name)),
        (ListRow::Phone(row), 1) => amount(row.cpu_cores),
        (ListRow::Phone(row), 2) => amount(row.memory_mb),
        (ListRow::Phone(row), 3) => amount(row.phones_per_server),
        (ListRow::Phone(row), 4) => amount(row.disk_gb),
        (ListRow::Phone(row), _) => state(row.is_offline()),
        (ListRow::Image(row), 0) => SortKey::Text(row.name.as_deref()),
        (ListRow::Image(row), 1) => SortKey::Text(row.os_name.as_deref()),
        (ListRow::Image(row), 2) => SortKey::Amount(row.date().and_then(|date| date.replace('-', "").parse().ok())),
        (ListRow::Image(row), 3) => SortKey::Text(row.label.as_deref().or(row.phone_flavor.as_deref())),
        (ListRow::Image(row), 4) => SortKey::Amount(row.visibility.map(|visibility| match visibility {
            Visibility::Private => 0,
            Visibility::Shared => 1,
            Visibility::Public => 2,
        })),
        (ListRow::Image(row), _) => SortKey::Text(Some(&row.id)),
        (ListRow::Bandwidth(row), 0) => SortKey::Text(row.name.as_deref()),
        (ListRow::Bandwidth(row), 1) => amount(row.size_mbit),
        (ListRow::Bandwidth(row), 2) => SortKey::Amount(row.is_shared.map(|is_shared| u64::from(!is_shared))),
        (ListRow::Bandwidth(row), _) => SortKey::Text(Some(&row.id)),
        (ListRow::KeyPair(row), 0) => SortKey::Text(Some(&row.name)),
        (ListRow::KeyPair(row), _) => SortKey::Text(row.fingerprint.as_deref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_translated_and_an_id_is_never_cut_or_left_out() {
        for column in FieldId::ALL.into_iter().flat_map(columns) {
            assert!(!column.is_number || column.cut == Cut::Never, "{}", column.title);
            let is_id = column.title == "Id";
            assert!(!is_id || (column.leaves.is_none() && column.cut == Cut::Never));
        }
        let titles = i18n::with_language(Language::Chinese, || columns(FieldId::PhoneFlavor).iter().map(|it| it.title));
        assert_eq!(titles.collect::<Vec<_>>(), ["名称", "CPU", "内存", "云手机", "磁盘", "状态"]);
    }

    #[test]
    fn the_lists_of_flavors_have_the_same_columns_at_the_same_places() {
        let titles = |field| columns(field).iter().map(|column| column.title).collect::<Vec<_>>();
        assert_eq!(titles(FieldId::ServerFlavor), titles(FieldId::PhoneFlavor));
    }

    #[test]
    fn the_orders_go_round() {
        for field in FieldId::ALL {
            let mut sort = None;
            for _ in 0..=columns(field).len() {
                sort = next_sort(field, sort);
            }
            assert_eq!(sort, None, "{field:?}");
        }
        assert_eq!(sort_label(FieldId::ServerFlavor, Some(2)), "Sorted by Memory, largest first");
        assert_eq!(sort_label(FieldId::Image, Some(1)), "Sorted by OS");
        assert_eq!(sort_label(FieldId::Image, None), "Newest first");
        assert_eq!(sort_label(FieldId::ServerFlavor, None), "In the order of the API");
    }

    #[test]
    fn what_is_not_stated_comes_last_either_way() {
        let (one, two, none) = (SortKey::Amount(Some(1)), SortKey::Amount(Some(2)), SortKey::Amount(None));
        assert_eq!(one.compare(two, Direction::Up), Ordering::Less);
        assert_eq!(one.compare(two, Direction::Down), Ordering::Greater);
        for direction in [Direction::Up, Direction::Down] {
            assert_eq!(one.compare(none, direction), Ordering::Less);
            assert_eq!(none.compare(one, direction), Ordering::Greater);
        }
        let text = |text| SortKey::Text(Some(text));
        assert_eq!(text("Beta").compare(text("alpha"), Direction::Up), Ordering::Greater);
        assert_eq!(text("云").compare(SortKey::Text(None), Direction::Up), Ordering::Less);
    }
}
