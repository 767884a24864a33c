//! The lists of products: flavors, images, bandwidths and key pairs. Also the response to a search for jobs, of which
//! there are none.

use std::ops::RangeInclusive;

use serde::Serialize;
use serde_json::{Value, json};

use super::api_error::ApiError;
use super::catalogue::Catalogue;
use super::http::query::{NoNumber, Query, Window};
use super::validation_context::ValidationContext;

/// The range of `limit` in most lists. Its end is also the default.
pub(super) const USUAL: RangeInclusive<usize> = 1..=100;
const IMAGES: RangeInclusive<usize> = 1..=500;
const KEYPAIRS: RangeInclusive<usize> = 1..=1000;
const OFFERINGS: RangeInclusive<usize> = 1..=1000;
const OFFERINGS_DEFAULT: usize = 100;
/// The availability zones of the simulated region.
const ZONES: [&str; 2] = ["cn-east-3a", "cn-east-3b"];
const REQUEST_IDS: usize = 20;

/// Returns the rows within a window.
pub(super) fn cut<T>(rows: impl Iterator<Item = T>, window: Window) -> Vec<T> {
    rows.skip(window.offset).take(window.limit).collect()
}

/// Builds `page_info`: the marker of the next page, or an empty text on the last one.
fn page_info(last: Option<&str>, total: usize, window: Window) -> Value {
    let more = window.offset.saturating_add(window.limit) < total;
    json!({ "next_marker": if more { last.unwrap_or_default() } else { "" } })
}

pub(super) fn server_models(catalogue: &Catalogue, query: &Query) -> Result<Value, ApiError> {
    let wanted = choice(query, "product_type", "CPS.0144")?;
    let rows: Vec<_> =
        catalogue.server_models().iter().filter(|row| wanted.is_none_or(|wanted| wanted == row.product_type)).collect();
    let window = query.after_marker(&USUAL, |marker| rows.iter().position(|row| row.server_model_name == marker))?;
    let page = cut(rows.iter(), window);
    let page_info = page_info(page.last().map(|row| row.server_model_name.as_str()), rows.len(), window);
    Ok(json!({ "server_models": page, "page_info": page_info }))
}

pub(super) fn phone_models(catalogue: &Catalogue, query: &Query) -> Result<Value, ApiError> {
    let wanted = choice(query, "status", "CPS.0010")?;
    let window = query.window(&USUAL, *USUAL.end())?;
    let rows = catalogue.phone_models().iter().filter(|row| wanted.is_none_or(|wanted| wanted == row.status));
    Ok(json!({ "phone_models": cut(rows, window) }))
}

pub(super) fn phone_images(catalogue: &Catalogue, query: &Query) -> Result<Value, ApiError> {
    let any = match query.text("image_type") {
        None | Some("public" | "all") => true,
        Some("private" | "share") => false,
        Some(_) => return Err(ApiError::invalid("CPS.0116", "type")),
    };
    let window = query.after_marker(&IMAGES, |marker| catalogue.image_position(marker))?;
    // Every image of the catalogue is public, so the other kinds are empty lists.
    let total = if any { catalogue.image_count() } else { 0 };
    let positions = window.offset..window.offset.saturating_add(window.limit).min(total);
    let page: Vec<_> = positions.filter_map(|position| catalogue.image_at(position)).collect();
    let page_info = page_info(page.last().map(|row| row.image_id.as_str()), total, window);
    Ok(json!({ "phone_images": page, "page_info": page_info }))
}

pub(super) fn bandwidths(validation_context: &ValidationContext, query: &Query) -> Result<Value, ApiError> {
    let window = query.window(&USUAL, *USUAL.end())?;
    Ok(json!({ "band_widths": cut(validation_context.bandwidths(), window) }))
}

/// Builds the list of the compute service: every key pair, each in a wrapper, without paging, which the service only
/// does if a header asks for it (`platform.md` 7).
pub(super) fn keypairs(catalogue: &Catalogue) -> Value {
    #[derive(Serialize)]
    struct Wrapped<T> {
        keypair: T,
    }
    let rows: Vec<_> = catalogue.keypairs().iter().map(|keypair| Wrapped { keypair }).collect();
    json!({ "keypairs": rows })
}

/// Builds the list of the key pair service: in pages by marker, which is a name (`platform.md` 7).
pub(super) fn kps_keypairs(catalogue: &Catalogue, query: &Query) -> Result<Value, ApiError> {
    let rows = catalogue.keypairs();
    let window = query.after_marker(&KEYPAIRS, |marker| rows.iter().position(|row| row.name == marker))?;
    let page = cut(rows.iter(), window);
    let mut info = page_info(page.last().map(|row| row.name.as_str()), rows.len(), window);
    info["previous_marker"] = json!(query.text("marker").unwrap_or_default());
    info["current_count"] = json!(page.len());
    let told = |row| -> Value {
        let mut keypair = json!(row);
        keypair["scope"] = json!("domain");
        keypair["is_key_protection"] = json!(false);
        keypair["frozen_state"] = json!("0");
        json!({ "keypair": keypair })
    };
    Ok(json!({ "keypairs": page.into_iter().map(told).collect::<Vec<_>>(), "page_info": info }))
}

/// Builds the list of offerings: the sale status of every server flavor, one row for each zone (`cph.md` 8b). Clients
/// must not interpret the marker; here it contains the position of the last row.
pub(super) fn offerings(catalogue: &Catalogue, sold_out: &[String], query: &Query) -> Result<Value, ApiError> {
    let models = catalogue.server_models().iter();
    let rows: Vec<_> =
        models.flat_map(|row| ZONES.into_iter().map(|zone| (zone, row.server_model_name.as_str()))).collect();
    let place = |marker: &str| marker.strip_prefix("after-")?.parse().ok().filter(|place| *place < rows.len());
    let window = query.after_marker_or(&OFFERINGS, OFFERINGS_DEFAULT, place)?;
    let page = cut(rows.iter(), window);
    let last = (!page.is_empty()).then(|| format!("after-{}", window.offset + page.len() - 1));
    let page_info = page_info(last.as_deref(), rows.len(), window);
    let told = page.iter().map(|(zone, model)| {
        let is_sold_out = sold_out.iter().any(|name| name == zone);
        let status = if is_sold_out { "sellout" } else { "available" };
        json!({ "available_zone": zone, "model_name": model, "sell_status": status })
    });
    Ok(json!({ "count": rows.len(), "models": told.collect::<Vec<_>>(), "page_info": page_info }))
}

/// Returns the error for every search for jobs: a purchase creates an order and not a job, so no request ever finds one
/// (`cph.md` 12).
pub(super) fn jobs(query: &Query) -> ApiError {
    let ids = query.text("request_ids").or_else(|| query.text("request_id")).unwrap_or_default();
    if ids.is_empty() {
        return ApiError::empty("CPS.0049", "request_id");
    }
    if ids.split(',').count() > REQUEST_IDS {
        return ApiError::stated("CPS.0161", "The number of request IDs exceeds the limit of 20.");
    }
    match query.window(&USUAL, *USUAL.end()) {
        Ok(_) => ApiError::stated("CPS.0050", "No jobs were found for the request ID."),
        Err(refusal) => refusal,
    }
}

/// Reads a filter whose value must be 0 or 1. `Err` has the given code.
fn choice(query: &Query, name: &str, code: &str) -> Result<Option<u32>, ApiError> {
    match query.number(name) {
        Ok(None) => Ok(None),
        Ok(Some(0)) => Ok(Some(0)),
        Ok(Some(1)) => Ok(Some(1)),
        Ok(Some(_)) | Err(NoNumber) => Err(ApiError::invalid(code, name)),
    }
}
