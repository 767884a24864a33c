//! The columns of the pickers, and the keys by which their rows are sorted.

use std::cmp::Ordering;
use std::sync::LazyLock;

use crate::catalogue::{Catalogue, Resource, Visibility};
use crate::i18n::{self, Language, phrase, tr};
use crate::order::FieldId;

use super::rows::{ListRow, resource_of};

/// A column of a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub title: &'static str,
    /// Width in cells; for the column that takes the remaining space, the minimum.
    pub width: u16,
    pub takes_rest: bool,
    /// True if the column may be left out where there is no room.
    pub optional: bool,
    /// The kind of text to match, if the filter searches this column.
    pub search: Option<ColumnKind>,
    pub direction: Direction,
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
    const fn words(title: &'static str, width: u16) -> Self {
        let (takes_rest, optional, direction) = (false, false, Direction::Up);
        Self { title, width, takes_rest, optional, search: Some(ColumnKind::Words), direction }
    }

    const fn amount(title: &'static str, width: u16) -> Self {
        Self { search: None, direction: Direction::Down, ..Self::words(title, width) }
    }

    const fn state(title: &'static str, width: u16) -> Self {
        Self { search: None, ..Self::words(title, width) }
    }

    const fn id(title: &'static str, width: u16) -> Self {
        Self { search: Some(ColumnKind::Id), ..Self::words(title, width) }
    }

    /// Returns the column as drawn while the rows are sorted by it: never left out, with room for its title and the
    /// mark.
    #[must_use]
    pub fn sorted(self) -> Self {
        Self { optional: false, width: self.width.max(self.title_cells() + 2), ..self }
    }

    /// Returns the column in the current language, wide enough for its translated title.
    fn translated(self) -> Self {
        let named = Self { title: i18n::t(self.title), ..self };
        Self { width: named.width.max(named.title_cells()), ..named }
    }

    /// Returns the width of the title in cells. Titles contain only ASCII (one cell) and Chinese characters (two
    /// cells).
    fn title_cells(self) -> u16 {
        self.title.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
    }

    const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    const fn rest(self) -> Self {
        Self { takes_rest: true, ..self }
    }
}

/// The columns of every list.
struct Lists {
    server_flavors: [Column; 6],
    phone_flavors: [Column; 6],
    images: [Column; 5],
    bandwidths: [Column; 4],
    key_pairs: [Column; 2],
    used: Column,
}

static ENGLISH: Lists = Lists {
    server_flavors: [
        Column::words(phrase!("name"), 23).rest(),
        Column { direction: Direction::Down, ..Column::words("CPU", 10) }.optional(),
        Column::amount(phrase!("memory"), 6),
        Column::words(phrase!("disk"), 13).optional(),
        Column::amount(phrase!("phones"), 7),
        Column::state(phrase!("status"), 9),
    ],
    phone_flavors: [
        Column::words(phrase!("name"), 31).rest(),
        Column::amount("CPU", 3).optional(),
        Column::amount(phrase!("memory"), 7).optional(),
        Column::amount(phrase!("disk"), 6).optional(),
        Column::amount(phrase!("phones"), 6),
        Column::state(phrase!("status"), 9),
    ],
    images: [
        Column::words(phrase!("name"), 5).optional(),
        Column::words(phrase!("OS"), 9),
        Column::words(phrase!("label"), 19),
        Column::state(phrase!("access"), 7).optional(),
        Column::id(phrase!("id"), 32).rest(),
    ],
    bandwidths: [
        Column::words(phrase!("name"), 20).optional(),
        Column::amount(phrase!("size"), 11),
        Column::state(phrase!("type"), 9),
        Column::id(phrase!("id"), 20).rest(),
    ],
    key_pairs: [Column::words(phrase!("name"), 20).rest(), Column::id(phrase!("fingerprint"), 47).optional()],
    used: Column::state(phrase!("used"), 4),
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
            Direction::Down => tr!("Sorted by {column}, the most first", column = column.title),
        },
        None => tr!("In the order of the cloud"),
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
        (ListRow::Server(row), 3) => SortKey::Text(row.disk.as_deref()),
        (ListRow::Server(row), 4) => amount(catalogue.phones_of_server_flavor(&row.name).map(|(_, most)| most)),
        (ListRow::Server(row), _) => state(catalogue.server_flavor_obstacle(&row.name).is_some()),
        (ListRow::Phone(row), 0) => SortKey::Text(Some(&row.name)),
        (ListRow::Phone(row), 1) => amount(row.cpu_cores),
        (ListRow::Phone(row), 2) => amount(row.memory_mb),
        (ListRow::Phone(row), 3) => amount(row.disk_gb),
        (ListRow::Phone(row), 4) => amount(row.phones_per_server),
        (ListRow::Phone(row), _) => state(row.is_offline()),
        (ListRow::Image(row), 0) => SortKey::Text(row.name.as_deref()),
        (ListRow::Image(row), 1) => SortKey::Text(row.os_name.as_deref()),
        (ListRow::Image(row), 2) => SortKey::Text(row.label.as_deref().or(row.phone_flavor.as_deref())),
        (ListRow::Image(row), 3) => SortKey::Amount(row.visibility.map(|visibility| match visibility {
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
    fn the_column_of_the_order_has_room_for_its_mark() {
        for field in FieldId::ALL {
            for column in columns(field) {
                let sorted = column.sorted();
                assert!(column.title.len() + 2 <= usize::from(sorted.width), "{field:?} {}", column.title);
                assert!(column.title.len() <= usize::from(column.width) && !sorted.optional);
            }
            i18n::with_language(Language::Chinese, || {
                for column in columns(field) {
                    assert!(column.title_cells() <= column.width && column.title_cells() + 2 <= column.sorted().width);
                }
            });
        }
        let titles = i18n::with_language(Language::Chinese, || columns(FieldId::PhoneFlavor).iter().map(|it| it.title));
        assert_eq!(titles.collect::<Vec<_>>(), ["名称", "CPU", "内存", "磁盘", "云手机", "状态"]);
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
        assert_eq!(sort_label(FieldId::ServerFlavor, Some(2)), "Sorted by memory, the most first");
        assert_eq!(sort_label(FieldId::Image, Some(1)), "Sorted by OS");
        assert_eq!(sort_label(FieldId::Image, None), "In the order of the cloud");
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
