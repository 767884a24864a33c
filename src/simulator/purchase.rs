//! The content of a purchase, in the simulator's own types. `validate_purchase` creates it after applying the rules,
//! `ForeignOrder` without; this file contains no rule. The serialized form is a part of a saved world (`world.rs`).

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

/// A purchase. If it comes from `validate_purchase`, it keeps every rule of the operation (`cph.md` 3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purchase {
    /// The name of the servers, before a number is appended.
    pub server_name: String,
    /// The server flavor.
    pub server_model_name: String,
    /// The phone flavor.
    pub phone_model_name: String,
    /// The image of the phones.
    pub image_id: String,
    /// The number of servers, 1 to 10 in a valid purchase.
    pub count: u32,
    /// The number of phones that one of these servers yields.
    pub phone_capacity: u32,
    /// The bandwidth that connects the servers to the internet.
    pub band_width: Bandwidth,
    /// The subscription period and the payment.
    pub billing: Billing,
    /// The enterprise project, unless it is the default one.
    pub enterprise_project_id: Option<String>,
    /// The key pair for the log-in through ADB.
    pub keypair_name: Option<String>,
    /// True if the log-in through VNC is on.
    pub vnc_enable: bool,
    /// The application ports, in the order of the body.
    pub ports: Vec<Port>,
    /// The requested subnet, if there is one.
    pub subnet: Option<Ipv4Net>,
}

/// The bandwidth of a purchase (`cph.md` 3.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Bandwidth {
    /// An existing bandwidth, which must be a shared one.
    Existing {
        /// Its identifier.
        id: String,
    },
    /// A dedicated bandwidth, charged by traffic.
    Dedicated {
        /// Its size in Mbit/s, if one was given.
        size: Option<u16>,
    },
    /// A new shared bandwidth, created with the order.
    Shared {
        /// Its size in Mbit/s, 1 to 300.
        size: u16,
    },
}

/// The billing of a purchase (`cph.md` 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Billing {
    /// The unit of the period.
    pub period: Period,
    /// The number of months (1 to 9) or years (1 to 10).
    pub period_num: u8,
    /// True if the order is paid at once; otherwise it waits for payment.
    pub is_auto_pay: bool,
    /// True if the subscription renews automatically.
    pub is_auto_renew: bool,
}

/// The unit of a subscription period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// `period_type` 2.
    Month,
    /// `period_type` 3.
    Year,
}

/// One application port (`cph.md` 3.2b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Port {
    /// Its name, 1 to 16 bytes.
    pub name: String,
    /// Its number, 10000 to 50000.
    pub listen_port: u16,
    /// True if the port can be reached at the public address.
    pub internet_accessible: bool,
}
