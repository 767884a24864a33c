//! The query of a list call: filters by name, and the two kinds of paging (`cph.md` 2.4). Members that an operation
//! does not have are ignored, as the service does.

use std::ops::RangeInclusive;

use axum::extract::Query as Decoded;
use axum::http::Uri;

use crate::simulator::api_error::ApiError;

/// The decoded members of a query, in their original order.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct Query {
    members: Vec<(String, String)>,
    is_paged: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self { members: Vec::new(), is_paged: true }
    }
}

/// A range of the rows of a list, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator) struct Window {
    pub(in crate::simulator) offset: usize,
    pub(in crate::simulator) limit: usize,
}

impl Window {
    const WHOLE: Self = Self { offset: 0, limit: usize::MAX };
}

impl Query {
    pub(in crate::simulator) fn from_uri(uri: &Uri) -> Self {
        let members = Decoded::try_from_uri(uri).map(|Decoded(members)| members).unwrap_or_default();
        Self { members, ..Self::default() }
    }

    /// Returns all members, decoded, in their original order. A query that cannot be decoded has none.
    pub(in crate::simulator) fn members(&self) -> &[(String, String)] {
        &self.members
    }

    /// Disables paging, for a service that does not support it and sends all rows.
    pub(in crate::simulator) fn without_paging(mut self) -> Self {
        self.is_paged = false;
        self
    }

    /// Returns the value of the first member with this name.
    pub(in crate::simulator) fn text(&self, name: &str) -> Option<&str> {
        self.members.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Parses a member as a whole number without a sign. `Err` if its value is not one.
    pub(in crate::simulator) fn number(&self, name: &str) -> Result<Option<usize>, NoNumber> {
        self.text(name).map(plain_number).transpose()
    }

    /// Reads `offset` and `limit`. `offset` counts rows from 0, `limit` must be within `limits` and is `default` if
    /// absent. Without paging, returns the whole list. `Err` is CPS.0002.
    pub(in crate::simulator) fn window(
        &self,
        limits: &RangeInclusive<usize>,
        default: usize,
    ) -> Result<Window, ApiError> {
        if !self.is_paged {
            return Ok(Window::WHOLE);
        }
        let offset = self.number("offset").map_err(|NoNumber| bad_window())?.unwrap_or_default();
        Ok(Window { offset, limit: self.limit(limits, default)? })
    }

    /// Reads `marker` and `limit` for the page after the row of the marker, whose position `find` returns. The default
    /// of `limit` is the end of `limits`. `Err` is CPS.0002.
    pub(in crate::simulator) fn after_marker(
        &self,
        limits: &RangeInclusive<usize>,
        find: impl Fn(&str) -> Option<usize>,
    ) -> Result<Window, ApiError> {
        self.after_marker_or(limits, *limits.end(), find)
    }

    /// Reads `marker` and `limit` like `after_marker`, with a different default for `limit`.
    pub(in crate::simulator) fn after_marker_or(
        &self,
        limits: &RangeInclusive<usize>,
        default: usize,
        find: impl Fn(&str) -> Option<usize>,
    ) -> Result<Window, ApiError> {
        if !self.is_paged {
            return Ok(Window::WHOLE);
        }
        let offset = match self.text("marker") {
            None | Some("") => 0,
            Some(marker) => find(marker).ok_or_else(bad_window)? + 1,
        };
        Ok(Window { offset, limit: self.limit(limits, default)? })
    }

    fn limit(&self, limits: &RangeInclusive<usize>, default: usize) -> Result<usize, ApiError> {
        let limit = self.number("limit").map_err(|NoNumber| bad_window())?.unwrap_or(default);
        if limits.contains(&limit) { Ok(limit) } else { Err(bad_window()) }
    }
}

/// The error for a text that is not a whole number without a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator) struct NoNumber;

fn plain_number(text: &str) -> Result<usize, NoNumber> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain).ok_or(NoNumber)
}

fn bad_window() -> ApiError {
    ApiError::invalid("CPS.0002", "offset or limit")
}

#[cfg(test)]
mod tests {
    use super::{Query, Window};

    fn query(text: &str) -> Query {
        Query::from_uri(&format!("/?{text}").parse().expect("an address"))
    }

    #[test]
    fn a_window_has_the_documented_limits() {
        let window = |text| query(text).window(&(1..=100), 100).map_err(|refusal| refusal.code);
        assert_eq!(window(""), Ok(Window { offset: 0, limit: 100 }));
        assert_eq!(window("offset=0&limit=1"), Ok(Window { offset: 0, limit: 1 }));
        assert_eq!(window("offset=7&limit=100"), Ok(Window { offset: 7, limit: 100 }));
        for bad in [
            "limit=0",
            "limit=101",
            "limit=",
            "limit=x",
            "limit=+5",
            "limit=1.0",
            "offset=-1",
            "offset=",
            "offset=99999999999999999999999",
        ] {
            assert_eq!(window(bad), Err("CPS.0002".to_owned()), "{bad}");
        }
    }

    #[test]
    fn a_marker_begins_after_its_row() {
        let find = |marker: &str| (marker == "b").then_some(1);
        let window = |text| query(text).after_marker(&(1..=500), find).map_err(|refusal| refusal.code);
        assert_eq!(window(""), Ok(Window { offset: 0, limit: 500 }));
        assert_eq!(window("marker=&limit=2"), Ok(Window { offset: 0, limit: 2 }));
        assert_eq!(window("marker=b"), Ok(Window { offset: 2, limit: 500 }));
        assert_eq!(window("marker=zzz"), Err("CPS.0002".to_owned()));
    }

    #[test]
    fn a_service_without_paging_sends_everything_whatever_is_asked() {
        let window = |text| query(text).without_paging().window(&(1..=100), 100).map_err(|refusal| refusal.code);
        assert_eq!(window("offset=7&limit=0"), Ok(Window::WHOLE));
        assert_eq!(query("marker=x").without_paging().after_marker(&(1..=5), |_| None), Ok(Window::WHOLE));
    }

    #[test]
    fn text_is_decoded() {
        assert_eq!(query("server_name=a%2Db+c").text("server_name"), Some("a-b c"));
        assert_eq!(query("x=%ff%zz").text("y"), None);
    }
}
