//! Reading a list page by page, in the three styles of the service (`cph.md` 2.4). A reader gives
//! out the whole list or an error, never a part of it.

use std::collections::{BTreeSet, HashSet};

use reqwest::Url;
use serde_json::Value;

use super::clients::LazyClient;
use super::error::ReadError;
use super::get::{Page, get};
use super::http::HttpCloud;
use super::repeat::{Repeats, Told, UNHEARD, repeatedly};
use super::why::Why;
use super::wire::{Row, as_i64, rows};
use crate::codes::is_phone_code;
use crate::signing::canonical_query;
use crate::words::tr;

/// The most pages and rows that are read of one list.
const MOST_PAGES: usize = 1000;
const MOST_ROWS: usize = 100_000;

/// How a list is cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paging {
    /// `offset` counts rows, `limit` bounds a page.
    Offset { limit: usize },
    /// `marker` comes from the page before, `limit` bounds a page.
    Marker { limit: usize },
    /// The list comes whole.
    Whole,
}

/// A list and how its rows become the domain's.
pub(super) struct Plan<T> {
    pub(super) url: Url,
    /// Query parameters beside those of the paging.
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) paging: Paging,
    /// Names of the array, the preferred one first (`cph.md` 18).
    pub(super) arrays: &'static [&'static str],
    /// A row with what tells it from the others; `None` skips a row without a name.
    pub(super) row: fn(Row<'_>) -> Option<(String, T)>,
}

/// A reading: of which cloud, how often each page is tried, and who hears of it.
pub(super) struct Reading<'a> {
    pub(super) cloud: &'a HttpCloud,
    pub(super) told: Told<'a>,
    pub(super) repeats: Repeats,
}

impl<'a> Reading<'a> {
    /// A reading without repetition, for what is read again and again anyhow.
    pub(super) fn once(cloud: &'a HttpCloud) -> Self {
        Self { cloud, told: UNHEARD, repeats: Repeats::NONE }
    }
}

/// Why a list that was read to its end may lack something that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A row is not an object, or has no id.
    UnreadableRows,
    /// A page did not come with status 200.
    OtherStatus,
    /// A page came from a cache and is older than [`OLDEST_SECONDS`].
    Cached,
    /// The list was null.
    NoList,
}

/// The greatest age of an answer from a cache that is as good as a new one, in seconds.
const OLDEST_SECONDS: u64 = 60;

/// A list and why it may lack something.
pub(super) struct Rows<T> {
    pub(super) items: Vec<T>,
    pub(super) gaps: BTreeSet<Gap>,
    /// Seconds that this machine's clock was ahead by the date of the last page; `None` if it had no date.
    pub(super) clock_ahead: Option<i64>,
}

/// Reads all pages, for a person who chooses from them: rows that cannot be read are left out.
pub(super) async fn read_all<T>(
    reading: &Reading<'_>,
    client: &LazyClient,
    plan: Plan<T>,
) -> Result<Vec<T>, ReadError> {
    Ok(read_rows(reading, client, plan).await?.items)
}

/// Reads all pages, and notes what a proof of absence could stumble over. A row that comes twice, because the list moved
/// meanwhile, is kept once.
pub(super) async fn read_rows<T>(
    reading: &Reading<'_>,
    client: &LazyClient,
    plan: Plan<T>,
) -> Result<Rows<T>, ReadError> {
    let mut list = Vec::new();
    let mut gaps = BTreeSet::new();
    let mut clock_ahead = None;
    let mut known = HashSet::new();
    let mut place = Place::default();
    for _ in 0..MOST_PAGES {
        let (cloud, url) = (reading.cloud, url(&plan, &place));
        let call = || get(&cloud.authority, client, Some(&cloud.project_id), url.clone());
        let page = match repeatedly(reading.repeats, reading.told, call).await {
            Err(error) if place.is_behind_the_end(&error) => return Ok(Rows { items: list, gaps, clock_ahead }),
            read => read?,
        };
        clock_ahead = page.clock_ahead;
        gaps.extend((page.status != 200).then_some(Gap::OtherStatus));
        gaps.extend(page.age.is_some_and(|age| age > OLDEST_SECONDS).then_some(Gap::Cached));
        let page_rows = rows(&page.object, plan.arrays)
            .map_err(|why| ReadError::Unreadable { why, request_id: page.request_id.clone() })?;
        gaps.extend(page_rows.is_null.then_some(Gap::NoList));
        gaps.extend((page_rows.readable.len() < page_rows.came).then_some(Gap::UnreadableRows));
        let before = known.len();
        for row in page_rows.readable {
            // Rows without a name count as known by their text, so that they cannot end a list.
            match (plan.row)(row) {
                Some((key, item)) if known.insert(key.clone()) => list.push(item),
                Some(_) => {}
                None => {
                    gaps.insert(Gap::UnreadableRows);
                    known.insert(row.text_of_all());
                }
            }
        }
        let has_new = known.len() > before;
        let came = page_rows.came;
        if !has_new && let Some(promised) = place.missed_by(&page) {
            let came = place.offset;
            let why = Why::of(|| tr!("it has no further rows after {came}, and promises {promised}", came, promised));
            return Err(ReadError::Unreadable { why, request_id: page.request_id });
        }
        if !has_new || !place.advance(plan.paging, came, &page) {
            return Ok(Rows { items: list, gaps, clock_ahead });
        }
        if place.offset > MOST_ROWS {
            break;
        }
    }
    Err(ReadError::Endless { pages: place.pages })
}

fn url<T>(plan: &Plan<T>, place: &Place) -> Url {
    let mut query: Vec<(String, String)> =
        plan.query.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    match plan.paging {
        Paging::Offset { limit } => {
            query.push(("offset".to_owned(), place.offset.to_string()));
            query.push(("limit".to_owned(), limit.to_string()));
        }
        Paging::Marker { limit } => {
            query.push(("limit".to_owned(), limit.to_string()));
            query.extend(place.marker.iter().map(|marker| ("marker".to_owned(), marker.clone())));
        }
        Paging::Whole => {}
    }
    let mut url = plan.url.clone();
    if !query.is_empty() {
        // The form that is signed is the form that is sent.
        url.set_query(Some(&canonical_query(&query)));
    }
    url
}

/// Where in a list the reading is.
#[derive(Debug, Default)]
struct Place {
    pages: usize,
    /// Rows that came so far.
    offset: usize,
    /// Rows of the longest page so far.
    longest: usize,
    /// Rows of the whole list, if the service said so.
    count: Option<usize>,
    marker: Option<String>,
    markers: HashSet<String>,
}

impl Place {
    /// Moves behind a page with so many rows; `false` if it was the last one.
    fn advance(&mut self, paging: Paging, came: usize, page: &Page) -> bool {
        self.pages += 1;
        self.offset += came;
        self.longest = self.longest.max(came);
        self.count = count(page);
        match paging {
            Paging::Whole => false,
            Paging::Offset { limit } => came >= limit || self.may_be_cut_short(came),
            Paging::Marker { .. } => {
                let info = page.object.get("page_info");
                let Some(next) = info.and_then(|info| info.get("next_marker")).and_then(marker) else { return false };
                self.marker = Some(next.clone());
                self.markers.insert(next)
            }
        }
    }

    /// Whether a page shorter than asked for need not be the last one: a service may have a lower
    /// bound of its own. Its count tells; without one, a round number of rows that no page before
    /// had more than looks like such a bound.
    fn may_be_cut_short(&self, came: usize) -> bool {
        match self.count {
            Some(count) => self.offset < count,
            None => came > 0 && came == self.longest && came.is_multiple_of(10),
        }
    }

    /// The length that a page without anything new claims for the whole list, if that is more than came before it: the
    /// list would not be whole.
    fn missed_by(&self, page: &Page) -> Option<usize> {
        count(page).filter(|count| *count > self.offset)
    }

    /// Older services take no offset behind the last row (`cph.md` 2.4). Where a count promised
    /// more rows, the same words are an error.
    fn is_behind_the_end(&self, error: &ReadError) -> bool {
        let is_out_of_range = error.code().is_some_and(|code| is_phone_code(code, 2));
        self.offset > 0 && is_out_of_range && self.count.is_none_or(|count| self.offset >= count)
    }
}

/// The length of the whole list, under the names that the lists have for it (`cph.md` 2.4).
fn count(page: &Page) -> Option<usize> {
    let count = ["count", "total", "total_count"].iter().find_map(|name| page.object.get(*name).and_then(as_i64));
    count.and_then(|count| usize::try_from(count).ok())
}

/// A marker, or the one inside the address of the next page (`platform.md` section 7); `None`
/// when there is no next page.
fn marker(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let bare = if text.contains("marker=") {
        let query = text.split_once('?').map_or(text.as_str(), |(_, query)| query);
        let url = Url::parse(&format!("http://localhost/?{query}")).ok()?;
        url.query_pairs().find(|(name, _)| name == "marker")?.1.into_owned()
    } else {
        text
    };
    (!bare.is_empty()).then_some(bare)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_marker_is_bare_or_inside_an_address() {
        for (value, bare) in [
            (json!("k-7"), Some("k-7")),
            (json!(7), Some("7")),
            (json!("https://kms.a.example/v3/p/keypairs?limit=50&marker=k%2D7%20x"), Some("k-7 x")),
            (json!("/v3/p/keypairs?marker=k7"), Some("k7")),
            (json!("marker=k7&limit=5"), Some("k7")),
            (json!("?limit=5&marker="), None),
            (json!("?next_marker=k7"), None),
            (json!(""), None),
            (json!(null), None),
            (json!({}), None),
        ] {
            assert_eq!(marker(&value).as_deref(), bare, "{value}");
        }
    }
}
