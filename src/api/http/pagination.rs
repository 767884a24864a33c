//! Reads lists page by page, in the three paging styles of the service (`cph.md` 2.4). A reader returns the complete
//! list or an error, never a part of it.

use std::collections::{BTreeSet, HashSet};

use reqwest::Url;
use serde_json::Value;

use crate::api::error::ReadError;
use crate::api::http::client::LazyClient;
use crate::api::http::get::get;
use crate::api::http::json_response::JsonResponse;
use crate::api::http::retry::with_retries;
use crate::api::http::retry_policy::{NO_OBSERVER, RetryObserver, RetryPolicy};
use crate::api::http_cloud::HttpCloud;
use crate::api::reason::AnswerFault;
use crate::api::wire::{JsonRow, as_i64, rows};
use crate::codes::is_phone_code;
use crate::signing::canonical_query;

/// The most pages that are read of one list; `MAX_ROWS` limits its rows.
const MAX_PAGES: usize = 1000;
const MAX_ROWS: usize = 100_000;

/// The paging style of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::api) enum Paging {
    /// `offset` counts rows, `limit` bounds a page.
    Offset { limit: usize },
    /// `marker` comes from the page before, `limit` bounds a page.
    Marker { limit: usize },
    /// The list comes in one response.
    Whole,
}

/// The request for a list, and the conversion of its rows to items.
pub(in crate::api) struct ListRequest<T> {
    pub(in crate::api) url: Url,
    /// Query parameters other than those of the paging.
    pub(in crate::api) query: Vec<(&'static str, String)>,
    pub(in crate::api) paging: Paging,
    /// Names of the array, the preferred one first (`cph.md` 18).
    pub(in crate::api) arrays: &'static [&'static str],
    /// The conversion of a row to an item and a key that distinguishes it from the others; `None` skips a row without a
    /// name.
    pub(in crate::api) row: fn(JsonRow<'_>) -> Option<(String, T)>,
}

/// A reader of one cloud's lists, with the retry policy for each page and its observer.
pub(in crate::api) struct ListReader<'a> {
    pub(in crate::api) cloud: &'a HttpCloud,
    pub(in crate::api) observer: RetryObserver<'a>,
    pub(in crate::api) retry: RetryPolicy,
}

impl<'a> ListReader<'a> {
    /// Creates a reader without retries, for lists that are polled anyway.
    pub(in crate::api) fn without_retry(cloud: &'a HttpCloud) -> Self {
        Self { cloud, observer: NO_OBSERVER, retry: RetryPolicy::NONE }
    }
}

/// A reason why a list that was read to its end may lack something that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A row is not an object, or has no id.
    UnreadableRows,
    /// A page did not come with status 200.
    OtherStatus,
    /// A page came from a cache and is older than a minute.
    Cached,
    /// The array of a page was null.
    NoList,
}

/// The greatest age of a cached response that counts as current, in seconds.
const MAX_CACHE_AGE_SECONDS: u64 = 60;

/// A list, and the reasons why it may be incomplete.
pub(in crate::api) struct ListRows<T> {
    pub(in crate::api) items: Vec<T>,
    pub(in crate::api) gaps: BTreeSet<Gap>,
    /// Seconds by which this machine's clock was ahead, by the date of the last page; `None` if it had no date.
    pub(in crate::api) clock_ahead: Option<i64>,
}

/// Reads all pages, for a list to choose from: rows that cannot be read are left out.
pub(in crate::api) async fn read_all<T>(
    reader: &ListReader<'_>,
    client: &LazyClient,
    request: ListRequest<T>,
) -> Result<Vec<T>, ReadError> {
    Ok(read_rows(reader, client, request).await?.items)
}

/// Reads all pages, and records the gaps that would invalidate a proof of absence. A row that comes twice, because the
/// list changed meanwhile, is kept once.
pub(in crate::api) async fn read_rows<T>(
    reader: &ListReader<'_>,
    client: &LazyClient,
    request: ListRequest<T>,
) -> Result<ListRows<T>, ReadError> {
    let mut list = Vec::new();
    let mut gaps = BTreeSet::new();
    let mut clock_ahead = None;
    let mut known = HashSet::new();
    let mut cursor = PageCursor::default();
    for _ in 0..MAX_PAGES {
        let (cloud, url) = (reader.cloud, url(&request, &cursor));
        let call = || get(&cloud.auth, client, Some(&cloud.project_id), url.clone());
        let page = match with_retries(reader.retry, reader.observer, call).await {
            Err(error) if cursor.is_behind_the_end(&error) => return Ok(ListRows { items: list, gaps, clock_ahead }),
            read => read?,
        };
        clock_ahead = page.clock_ahead;
        gaps.extend((page.status != 200).then_some(Gap::OtherStatus));
        gaps.extend(page.age.is_some_and(|age| age > MAX_CACHE_AGE_SECONDS).then_some(Gap::Cached));
        let page_rows = rows(&page.object, request.arrays)
            .map_err(|why| ReadError::Unreadable { why, request_id: page.request_id.clone() })?;
        gaps.extend(page_rows.is_null.then_some(Gap::NoList));
        gaps.extend((page_rows.readable.len() < page_rows.came).then_some(Gap::UnreadableRows));
        let before = known.len();
        for row in page_rows.readable {
            // Rows without a name count as known by their text, so that they cannot end a list.
            match (request.row)(row) {
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
        if !has_new && let Some(promised) = cursor.missed_by(&page) {
            let came = cursor.offset;
            let why = AnswerFault::MissingRows { came, promised };
            return Err(ReadError::Unreadable { why, request_id: page.request_id });
        }
        if !has_new || !cursor.advance(request.paging, came, &page) {
            return Ok(ListRows { items: list, gaps, clock_ahead });
        }
        if cursor.offset > MAX_ROWS {
            break;
        }
    }
    Err(ReadError::Endless { pages: cursor.pages })
}

fn url<T>(request: &ListRequest<T>, cursor: &PageCursor) -> Url {
    let mut query: Vec<(String, String)> =
        request.query.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    match request.paging {
        Paging::Offset { limit } => {
            query.push(("offset".to_owned(), cursor.offset.to_string()));
            query.push(("limit".to_owned(), limit.to_string()));
        }
        Paging::Marker { limit } => {
            query.push(("limit".to_owned(), limit.to_string()));
            query.extend(cursor.marker.iter().map(|marker| ("marker".to_owned(), marker.clone())));
        }
        Paging::Whole => {}
    }
    let mut url = request.url.clone();
    if !query.is_empty() {
        // The form that is signed is the form that is sent.
        url.set_query(Some(&canonical_query(&query)));
    }
    url
}

/// The position of the reader in a list.
#[derive(Debug, Default)]
struct PageCursor {
    pages: usize,
    /// Rows received so far.
    offset: usize,
    /// Rows of the longest page so far.
    longest: usize,
    /// Rows of the whole list, if the service gave their number.
    count: Option<usize>,
    marker: Option<String>,
    markers: HashSet<String>,
}

impl PageCursor {
    /// Moves past a page with `came` rows; returns `false` if it was the last one.
    fn advance(&mut self, paging: Paging, came: usize, page: &JsonResponse) -> bool {
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

    /// Returns whether a page shorter than requested need not be the last one, because a service may have a lower limit
    /// of its own. The service's count decides; without one, a multiple of ten rows that no page before exceeded
    /// suggests such a limit.
    fn may_be_cut_short(&self, came: usize) -> bool {
        match self.count {
            Some(count) => self.offset < count,
            None => came > 0 && came == self.longest && came.is_multiple_of(10),
        }
    }

    /// Returns the length that a page without new rows states for the whole list, if that exceeds the rows received so
    /// far, which means that the list is incomplete.
    fn missed_by(&self, page: &JsonResponse) -> Option<usize> {
        count(page).filter(|count| *count > self.offset)
    }

    /// Returns whether an error only means that the offset is behind the last row, which older services refuse
    /// (`cph.md` 2.4). If a count promised more rows, it is a real error.
    fn is_behind_the_end(&self, error: &ReadError) -> bool {
        let is_out_of_range = error.code().is_some_and(|code| is_phone_code(code, 2));
        self.offset > 0 && is_out_of_range && self.count.is_none_or(|count| self.offset >= count)
    }
}

/// Returns the length of the whole list, under any of the names that the lists use for it (`cph.md` 2.4).
fn count(page: &JsonResponse) -> Option<usize> {
    let count = ["count", "total", "total_count"].iter().find_map(|name| page.object.get(*name).and_then(as_i64));
    count.and_then(|count| usize::try_from(count).ok())
}

/// Reads a marker, or the one in the address of the next page (`platform.md` section 7); `None` if there is no next
/// page.
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
