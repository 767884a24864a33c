//! Exports an order as a command of the vendor's own command line, `hcloud`. Every member of the body is a parameter,
//! with dots for nested objects and list positions that count from 1 (its user guide and FAQ, 2023-2024).

use serde_json::Value;

use crate::i18n::tr;
use crate::order::Body;

use super::ExportError;
use super::header::{self, members};
use super::quote::shell;
use super::target::{PROJECT, REGION, Target};

/// Writes the command. Fails if the body contains U+0000, which no command-line argument can hold.
pub(super) fn text(body: &Body, target: &Target) -> Result<String, ExportError> {
    let order = members(body);
    if has_nul(&order) {
        return Err(ExportError::Nul);
    }
    let mut top = header::summary(body);
    top.extend([header::payment(body), header::no_response(), header::inexact(body)]);
    top.push(tr!(
        "KooCLI brings its own credentials (hcloud configure); --dryrun at the end shows the request and sends nothing."
    ));
    top.push(tr!("KooCLI knows the operations of today's documents, which this one left in 2023: if it does not know it, use --as curl."));
    top.extend(header::place(target).filter(|_| target.project.is_none() && target.endpoint.is_some()));
    if let Some(endpoint) = target.endpoint.as_deref().filter(|endpoint| !is_of_region(endpoint, target)) {
        top.push(tr!(
            "Not carried over: the endpoint {endpoint}. KooCLI calls the one of the region.",
            endpoint = endpoint
        ));
    }
    let known = |value: Option<&String>, variable: &str| match value {
        Some(value) => shell(value),
        None => format!("\"${{{variable}:?}}\""),
    };
    let mut parameters = vec![
        format!("--cli-region={}", known(target.region.as_ref(), REGION)),
        format!("--project_id={}", known(target.project.as_ref(), PROJECT)),
    ];
    add(&order, "--", &mut parameters);
    Ok(format!(
        "#!/bin/sh\n{}set -eu\nhcloud CPH CreateCloudPhoneServer \\\n  {}\n",
        header::lines("#", &top),
        parameters.join(" \\\n  ")
    ))
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().any(has_nul),
        Value::Array(rows) => rows.iter().any(has_nul),
        Value::String(text) => text.contains('\0'),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn is_of_region(endpoint: &str, target: &Target) -> bool {
    let host = endpoint.strip_prefix("https://").unwrap_or_default();
    let rest = target.region.as_ref().and_then(|region| host.strip_prefix(&format!("cph.{region}.")));
    rest.is_some_and(|rest| ["myhuaweicloud.com", "myhuaweicloud.eu"].contains(&rest.trim_end_matches('/')))
}

/// Appends the parameters of a value, each named by its path, e.g. `--band_width.band_width_size=300`.
fn add(value: &Value, path: &str, parameters: &mut Vec<String>) {
    let below = |name: &str| if path == "--" { format!("--{name}") } else { format!("{path}.{name}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| add(value, &below(name), parameters)),
        Value::Array(rows) => {
            rows.iter().enumerate().for_each(|(at, value)| add(value, &below(&(at + 1).to_string()), parameters));
        }
        Value::String(text) => parameters.push(format!("{path}={}", shell(text))),
        Value::Null | Value::Bool(_) | Value::Number(_) => parameters.push(format!("{path}={value}")),
    }
}
