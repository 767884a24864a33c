//! What an accepted purchase asks for, in the simulator's own words.
//! A `Purchase` only ever comes out of `validate_purchase`; this file holds no rule.

use ipnet::Ipv4Net;

/// A purchase that kept every rule of the operation (`cph.md` 3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// Name of the servers, before the sequence number is added.
    pub server_name: String,
    /// Server flavor.
    pub server_model_name: String,
    /// Phone flavor.
    pub phone_model_name: String,
    /// Image of the phones.
    pub image_id: String,
    /// How many servers, 1 to 10.
    pub count: u32,
    /// How many phones one of these servers yields.
    pub phone_capacity: u32,
    /// How the servers reach the network.
    pub band_width: Bandwidth,
    /// How they are paid for.
    pub billing: Billing,
    /// The enterprise project, unless it is the default one.
    pub enterprise_project_id: Option<String>,
    /// Key pair for the log-in through ADB.
    pub keypair_name: Option<String>,
    /// Whether the log-in through VNC is on.
    pub vnc_enable: bool,
    /// Application ports, in the order of the body.
    pub ports: Vec<Port>,
    /// The subnet that was asked for, if one was.
    pub subnet: Option<Ipv4Net>,
}

/// The bandwidth of a purchase (`cph.md` 3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bandwidth {
    /// A shared bandwidth that exists.
    Existing {
        /// Its identifier.
        id: String,
    },
    /// A dedicated one, charged by traffic.
    Dedicated {
        /// Its size in Mbit/s, if one was given.
        size: Option<u16>,
    },
    /// A shared one that the purchase makes.
    Shared {
        /// Its size in Mbit/s, 1 to 300.
        size: u16,
    },
}

/// The billing of a purchase (`cph.md` 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Billing {
    /// Months or years.
    pub period: Period,
    /// How many of them.
    pub period_num: u8,
    /// Whether the order is paid at once; otherwise it waits for payment.
    pub is_auto_pay: bool,
    /// Whether the subscription renews itself.
    pub is_auto_renew: bool,
}

/// The unit in which a subscription runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// `period_type` 2.
    Month,
    /// `period_type` 3.
    Year,
}

/// One application port (`cph.md` 3.2b).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// Its name, 1 to 16 bytes.
    pub name: String,
    /// Its number, 10000 to 50000.
    pub listen_port: u16,
    /// Whether the public address forwards it.
    pub internet_accessible: bool,
}
