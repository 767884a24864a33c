//! Exports an order as a Terraform resource of the Huawei Cloud provider. The provider uses a newer operation and a
//! network of the customer, orders one server per resource, and pays at once (documentation and source of
//! `huaweicloud_cph_server` of 2026-08-21, `cph-v2.md` 1.7, `cph.md` sections 1 and 14). The header lists where the
//! order differs.

use std::fmt::Write as _;

use serde_json::Value;

use crate::i18n::tr;
use crate::order::{Body, NAME_CHARS};

use super::header::{self, members};
use super::quote::hcl;
use super::target::Target;

const REQUIRED: &str = r#"
terraform {
  required_providers {
    huaweicloud = {
      source = "huaweicloud/huaweicloud"
    }
  }
}

"#;

/// The only variable that may stay unset.
const ZONE: &str = "availability_zone";

/// Longest period in years that the provider's documentation allows.
const MAX_YEARS: u64 = 3;

pub(super) fn text(body: &Body, target: &Target) -> String {
    let order = members(body);
    let mut top = header::summary(body);
    top.push(tr!("Terraform remembers in its state what it bought; applied without that state it buys again."));
    top.push(tr!(
        "The provider sends a request without an answer again by itself (HW_MAX_RETRIES), which can buy twice."
    ));
    top.extend(payment(&order));
    top.extend([header::no_response(), header::inexact(body)]);
    top.push(tr!("HW_ACCESS_KEY and HW_SECRET_KEY hold an access key; the provider reads them by itself."));
    top.extend(unsupported(&order));
    let mut text = header::lines("#", &top);
    text.push_str(REQUIRED);
    provider(target, &mut text);
    for (name, about) in variables(&order, target) {
        let _ = write!(text, "variable \"{name}\" {{\n  type        = string\n  description = {}\n", hcl(&about));
        // An argument that is null is left out.
        text.push_str(if name == ZONE { "  default     = null\n}\n\n" } else { "}\n\n" });
    }
    resource(&order, &mut text);
    text
}

/// Returns the remarks on payment: what the provider does, and what its documentation leaves open.
fn payment(order: &Value) -> [String; 2] {
    let pays = if header::pays_now(order) {
        tr!(
            "It pays at once: the provider always sends is_auto_pay 1, as the order does. No argument of the resource changes that."
        )
    } else {
        tr!("Not carried over: is_auto_pay 0. THE PROVIDER ALWAYS PAYS AT ONCE.")
    };
    let fails = tr!(
        "Not documented: what becomes of an order whose payment fails. Check the orders in the console before you apply again."
    );
    [pays, fails]
}

/// Returns a remark for each part of the order that the resource cannot express.
fn unsupported(order: &Value) -> Vec<String> {
    let mut unsupported =
        vec![tr!("Not carried over: the service's own network. The resource requires a VPC and a subnet of yours.")];
    let count = order["count"].as_u64().unwrap_or(1);
    if count > 1 {
        unsupported.push(tr!(
            "Not carried over: one order for {count} servers. These are {count} resources, each an order of its own.",
            count
        ));
    }
    if count > 1 && one_name(order).len() + count.to_string().len() + 1 > NAME_CHARS {
        unsupported.push(tr!(
            "The name and its number are longer than {most} characters, which the provider refuses.",
            most = NAME_CHARS
        ));
    }
    for (member, value) in [("vnc_enable", &order["vnc_enable"]), ("subnet_cidr", &order["subnet_cidr"])] {
        if let Some(value) = value.as_str() {
            unsupported.push(tr!("Not carried over: {member} {value}.", member, value));
        }
    }
    if !order["band_width"]["band_width_id"].is_null() {
        unsupported.push(tr!(
            "The shared bandwidth has to be one of the EIP service; the one of the order is one of Cloud Phone."
        ));
    } else if order["band_width"]["band_width_share_type"] == 1 {
        unsupported.push(tr!(
            "Not carried over: making a new shared bandwidth. The resource takes one that the EIP service has."
        ));
    } else if order["band_width"]["band_width_size"].is_null() {
        unsupported.push(tr!(
            "The order names no bandwidth size; the resource needs one, and 300 is what the service would take."
        ));
    }
    if is_shared(order) {
        unsupported.push(tr!(
            "By its source, the provider crashes on any shared bandwidth before it orders (2026-08-21; not tried)."
        ));
    }
    let years = order["extend_param"]["period_num"].as_u64().unwrap_or(1);
    if is_by_year(order) && years > MAX_YEARS {
        unsupported.push(tr!(
            "The provider's documentation allows {most} years; the order is for {years}.",
            most = MAX_YEARS,
            years
        ));
    }
    unsupported
}

fn one_name(order: &Value) -> &str {
    order["server_name"].as_str().unwrap_or_default()
}

fn is_by_year(order: &Value) -> bool {
    order["extend_param"]["period_type"] == 3
}

fn is_shared(order: &Value) -> bool {
    order["band_width"]["band_width_share_type"] != 0
}

fn provider(target: &Target, text: &mut String) {
    let region = target.region.as_deref().map_or_else(|| "var.region".to_owned(), hcl);
    let _ = writeln!(text, "provider \"huaweicloud\" {{");
    match target.project.as_deref() {
        Some(project) => {
            let _ = writeln!(text, "  region     = {region}\n  project_id = {}", hcl(project));
        }
        None => {
            let _ = writeln!(text, "  region = {region}");
        }
    }
    text.push_str("}\n\n");
}

/// Returns the variables for values that the resource takes and the order does not have, each with its description.
fn variables(order: &Value, target: &Target) -> Vec<(&'static str, String)> {
    let mut variables = Vec::new();
    if target.region.is_none() {
        variables.push(("region", tr!("The region, such as cn-north-4")));
    }
    variables.push(("vpc_id", tr!("The id of the VPC of the servers")));
    variables.push(("subnet_id", tr!("The id of a subnet of that VPC")));
    variables
        .push((ZONE, tr!("Optional: the availability zone, such as cn-north-4a; if it is not set, none is requested")));
    if is_shared(order) {
        variables.push(("bandwidth_id", tr!("The id of a shared bandwidth of the EIP service")));
    }
    variables
}

fn resource(order: &Value, text: &mut String) {
    let one = |member: &str| hcl(order[member].as_str().unwrap_or_default());
    let count = order["count"].as_u64().unwrap_or(1);
    text.push_str("resource \"huaweicloud_cph_server\" \"order\" {\n");
    let name = if count > 1 {
        let _ = write!(text, "  count = {count}\n\n");
        // The name holds no quotation mark and no template: letters, digits, _ and - alone.
        format!("{}-${{count.index + 1}}\"", one("server_name").trim_end_matches('"'))
    } else {
        one("server_name")
    };
    let mut rows = vec![
        ("name", name),
        ("server_flavor", one("server_model_name")),
        ("phone_flavor", one("phone_model_name")),
        ("image_id", one("image_id")),
    ];
    if order["keypair_name"].is_string() {
        rows.push(("keypair_name", one("keypair_name")));
    }
    arguments("  ", &rows, text);
    let plain = |text: &str| text.to_owned();
    arguments(
        "\n  ",
        &[
            ("vpc_id", plain("var.vpc_id")),
            ("subnet_id", plain("var.subnet_id")),
            ("availability_zone", plain("var.availability_zone")),
            ("eip_type", plain("\"5_bgp\"")),
        ],
        text,
    );
    bandwidth(order, text);
    let unit = if is_by_year(order) { "\"year\"" } else { "\"month\"" };
    let period = order["extend_param"]["period_num"].to_string();
    arguments("\n  ", &[("period_unit", plain(unit)), ("period", period), ("auto_renew", plain("\"false\""))], text);
    for port in order["ports"].as_array().into_iter().flatten() {
        text.push_str("\n  ports {\n");
        arguments(
            "    ",
            &[
                ("name", hcl(port["name"].as_str().unwrap_or_default())),
                ("listen_port", port["listen_port"].to_string()),
                ("internet_accessible", hcl(port["internet_accessible"].as_str().unwrap_or_default())),
            ],
            text,
        );
        text.push_str("  }\n");
    }
    text.push_str("}\n");
}

fn bandwidth(order: &Value, text: &mut String) {
    text.push_str("\n  bandwidth {\n");
    if is_shared(order) {
        arguments("    ", &[("share_type", "\"1\"".into()), ("id", "var.bandwidth_id".into())], text);
    } else {
        let size = order["band_width"]["band_width_size"].as_u64().unwrap_or(300).to_string();
        // A dedicated bandwidth of the order is charged by traffic, which is 1 here.
        arguments("    ", &[("share_type", "\"0\"".into()), ("charge_mode", "\"1\"".into()), ("size", size)], text);
    }
    text.push_str("  }\n");
}

/// Appends arguments with aligned equals signs. A line break at the start of `indent` is written only once, first.
fn arguments(indent: &str, rows: &[(&str, String)], text: &mut String) {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let blanks = indent.trim_start_matches('\n');
    text.push_str(&indent[..indent.len() - blanks.len()]);
    for (name, value) in rows {
        let _ = writeln!(text, "{blanks}{name:<width$} = {value}");
    }
}
