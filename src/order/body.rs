//! The exact bytes of the request, created once and frozen together with their SHA-256. Review displays these bytes,
//! the hash is computed from them, and the request sends them.

use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::check::{Bandwidth, Order, Port};
use super::draft::Vnc;
use crate::text::sanitize::escaped_json;

/// An immutable request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    bytes: Arc<[u8]>,
    hash: String,
}

impl Body {
    fn from_order(order: &Order) -> Self {
        // A struct of strings and numbers always has a JSON form; an empty body would be rejected. Hidden characters are
        // escapes on the wire already, so that whoever shows or exports the body need not change its bytes.
        let bytes =
            escaped_json(&serde_json::to_string_pretty(&Wire::from_order(order)).unwrap_or_default()).into_bytes();
        let hash = Sha256::digest(&bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        Self { bytes: bytes.into(), hash }
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the bytes as a shared reference, without a copy, for code that sends them.
    #[must_use]
    pub fn shared(&self) -> Arc<[u8]> {
        Arc::clone(&self.bytes)
    }

    /// Returns the body as text; it is always UTF-8.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    /// Returns the SHA-256 of the bytes as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Returns the first 12 digits of the hash, for display.
    #[must_use]
    pub fn short_hash(&self) -> &str {
        self.hash.get(..12).unwrap_or(&self.hash)
    }
}

impl Order {
    /// Builds the exact request body. Call it once per order and keep the result.
    #[must_use]
    pub fn body(&self) -> Body {
        Body::from_order(self)
    }
}

/// The members in the order of the document's example. `subnet_cidr`, which the example leaves out, follows `ports` as
/// in the document's table.
#[derive(Serialize)]
struct Wire<'a> {
    server_name: &'a str,
    server_model_name: &'a str,
    phone_model_name: &'a str,
    image_id: &'a str,
    count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    keypair_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vnc_enable: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ports: Vec<WirePort<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subnet_cidr: Option<String>,
    band_width: WireBandwidth<'a>,
    extend_param: WireExtendParam,
}

#[derive(Serialize)]
struct WirePort<'a> {
    name: &'a str,
    listen_port: i64,
    internet_accessible: &'static str,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the wire keeps the operation's spelling")]
struct WireBandwidth<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    band_width_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    band_width_share_type: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    band_width_size: Option<i64>,
}

#[derive(Serialize)]
struct WireExtendParam {
    charging_mode: u8,
    period_type: u8,
    period_num: i64,
    is_auto_pay: u8,
}

impl<'a> Wire<'a> {
    fn from_order(order: &'a Order) -> Self {
        let Order {
            server_name,
            server_flavor,
            phone_flavor,
            image_id,
            count,
            bandwidth,
            period_unit,
            period_number,
            auto_pay,
            ports,
            key_pair,
            vnc,
            subnet,
        } = order;
        let (band_width_id, band_width_share_type, band_width_size) = match bandwidth {
            Bandwidth::Dedicated { mbit } => (None, Some(0), *mbit),
            Bandwidth::NewShared { mbit } => (None, Some(1), Some(*mbit)),
            Bandwidth::ExistingShared { id } => (Some(id.as_str()), None, None),
        };
        Self {
            server_name,
            server_model_name: server_flavor,
            phone_model_name: phone_flavor,
            image_id,
            count: *count,
            keypair_name: key_pair.as_deref(),
            vnc_enable: match vnc {
                Vnc::Unset => None,
                Vnc::Off => Some("false"),
                Vnc::On => Some("true"),
            },
            ports: ports.iter().map(WirePort::from_port).collect(),
            subnet_cidr: subnet.map(|net| net.to_string()),
            band_width: WireBandwidth { band_width_id, band_width_share_type, band_width_size },
            extend_param: WireExtendParam {
                charging_mode: 0,
                period_type: period_unit.wire(),
                period_num: *period_number,
                is_auto_pay: u8::from(*auto_pay),
            },
        }
    }
}

impl<'a> WirePort<'a> {
    fn from_port(port: &'a Port) -> Self {
        let Port { name, number, public } = port;
        Self { name, listen_port: *number, internet_accessible: if *public { "true" } else { "false" } }
    }
}
