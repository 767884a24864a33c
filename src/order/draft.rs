//! The user's input so far, valid or not. Numbers stay text, so that a wrong one is kept and can be explained instead
//! of being erased.

use serde::{Deserialize, Serialize};

use crate::i18n::{self, Language, phrase};

/// The values of the form, complete or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    pub server_flavor: String,
    pub phone_flavor: String,
    pub image_id: String,
    pub server_name: String,
    pub count: String,
    pub bandwidth: BandwidthKind,
    pub bandwidth_id: String,
    /// The size in Mbit/s as text. May be empty for a dedicated bandwidth.
    pub bandwidth_size: String,
    pub period_unit: PeriodUnit,
    pub period_number: String,
    /// `true` pays with the order request itself, so that sending it spends money.
    pub auto_pay: bool,
    pub ports: Vec<PortDraft>,
    /// The name of the key pair, or empty for none.
    pub key_pair: String,
    pub vnc: Vnc,
    /// The network in CIDR form, or empty for the default of the service, 172.31.0.0/16.
    pub subnet: String,
}

impl Default for Draft {
    /// Returns the values of a new form: one server, one month, dedicated bandwidth, no automatic payment.
    fn default() -> Self {
        Self {
            server_flavor: String::new(),
            phone_flavor: String::new(),
            image_id: String::new(),
            server_name: String::new(),
            count: "1".into(),
            bandwidth: BandwidthKind::Dedicated,
            bandwidth_id: String::new(),
            bandwidth_size: String::new(),
            period_unit: PeriodUnit::Month,
            period_number: "1".into(),
            auto_pay: false,
            ports: Vec::new(),
            key_pair: String::new(),
            vnc: Vnc::Unset,
            subnet: String::new(),
        }
    }
}

/// The bandwidth that connects the servers to the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BandwidthKind {
    /// `band_width_share_type` 0, charged by traffic.
    Dedicated,
    /// `band_width_share_type` 1, created with the order; requires a size.
    NewShared,
    /// `band_width_id` of an existing shared bandwidth.
    ExistingShared,
}

impl BandwidthKind {
    pub const ALL: [Self; 3] = [Self::Dedicated, Self::NewShared, Self::ExistingShared];
}

/// The unit of the subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    Month,
    Year,
}

impl PeriodUnit {
    pub const ALL: [Self; 2] = [Self::Month, Self::Year];

    /// Returns the value of `period_type`: 2 for months, 3 for years.
    #[must_use]
    pub fn wire(self) -> u8 {
        match self {
            Self::Month => 2,
            Self::Year => 3,
        }
    }

    /// Returns the range of the period: 1 to 9 months or 1 to 10 years.
    #[must_use]
    pub fn range(self) -> super::Range {
        match self {
            Self::Month => super::Range { least: 1, most: 9 },
            Self::Year => super::Range { least: 1, most: 10 },
        }
    }

    /// Returns the unit as it follows a number in the current language: `month` after 1, otherwise `months`.
    #[must_use]
    pub fn word(self, number: i64) -> &'static str {
        // Chinese has one word behind every number, and another one for the unit alone.
        let is_one = number == 1 && i18n::language() == Language::English;
        i18n::t(match (self, is_one) {
            (Self::Month, true) => phrase!("month"),
            (Self::Month, false) => phrase!("months"),
            (Self::Year, true) => phrase!("year"),
            (Self::Year, false) => phrase!("years"),
        })
    }

    /// Returns the name of the unit without a number, in the current language.
    #[must_use]
    pub fn name(self) -> &'static str {
        i18n::t(match self {
            Self::Month => phrase!("month"),
            Self::Year => phrase!("year"),
        })
    }
}

/// The log-in to phones through VNC. `Unset` leaves the member out of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vnc {
    Unset,
    Off,
    On,
}

impl Vnc {
    pub const ALL: [Self; 3] = [Self::Unset, Self::Off, Self::On];
}

/// A row of the ports table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortDraft {
    pub name: String,
    pub number: String,
    pub public: bool,
}
