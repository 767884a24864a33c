//! Reading a list page by page, in the three styles of the service (`cph.md` 2.4). A reader gives
//! out the whole list or an error, never a part of it.

use std::collections::HashSet;

use reqwest::Url;

use super::clients::LazyClient;
use super::error::ReadError;
use super::get::{Page, get};
use super::http::HttpCloud;
use super::wire::{Row, as_i64, rows};
use crate::signing::canonical_query;

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

/// Reads all pages. A row that comes twice, because the list moved meanwhile, is kept once.
pub(super) async fn read_all<T>(cloud: &HttpCloud, client: &LazyClient, plan: Plan<T>) -> Result<Vec<T>, ReadError> {
    let mut list = Vec::new();
    let mut known = HashSet::new();
    let mut place = Place::default();
    for _ in 0..MOST_PAGES {
        let page = get(&cloud.authority, client, Some(&cloud.project_id), url(&plan, &place)).await?;
        let page_rows = rows(&page.object, plan.arrays)
            .map_err(|why| ReadError::Unreadable { why, request_id: page.request_id.clone() })?;
        let before = known.len();
        for row in page_rows.readable {
            // Rows without a name count as known by their text, so that they cannot end a list.
            match (plan.row)(row) {
                Some((key, item)) if known.insert(key.clone()) => list.push(item),
                Some(_) => {}
                None => {
                    known.insert(row.text_of_all());
                }
            }
        }
        let has_new = known.len() > before;
        let came = page_rows.came;
        if !has_new || !place.advance(plan.paging, came, &page) {
            return Ok(list);
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
    marker: Option<String>,
    markers: HashSet<String>,
}

impl Place {
    /// Moves behind a page with so many rows; `false` if it was the last one.
    fn advance(&mut self, paging: Paging, came: usize, page: &Page) -> bool {
        self.pages += 1;
        self.offset += came;
        match paging {
            Paging::Whole => false,
            // A service may hold pages shorter than asked for; then its count tells.
            Paging::Offset { limit } => came >= limit || self.is_promised_more(page),
            Paging::Marker { .. } => {
                let info = page.object.get("page_info");
                let next = info.and_then(|info| info.get("next_marker")).and_then(|marker| marker.as_str());
                let Some(next) = next.filter(|next| !next.is_empty()) else { return false };
                self.marker = Some(next.to_owned());
                self.markers.insert(next.to_owned())
            }
        }
    }

    fn is_promised_more(&self, page: &Page) -> bool {
        let count = page.object.get("count").and_then(as_i64).and_then(|count| usize::try_from(count).ok());
        count.is_some_and(|count| self.offset < count)
    }
}
