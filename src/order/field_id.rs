//! The fields of an order: their identifiers, their labels, and the member of the request body that each one sets.

use std::fmt;

use crate::i18n::{self, Language, phrase};

/// A field of the form. With the columns of `Ports`, the fields cover every member of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldId {
    ServerFlavor,
    PhoneFlavor,
    Image,
    ServerName,
    Count,
    BandwidthKind,
    BandwidthId,
    BandwidthSize,
    ChargingMode,
    PeriodUnit,
    PeriodNumber,
    AutoPay,
    Ports,
    KeyPair,
    Vnc,
    Subnet,
}

impl FieldId {
    /// All fields in the order of the form.
    pub const ALL: [Self; 16] = [
        Self::ServerFlavor,
        Self::PhoneFlavor,
        Self::Image,
        Self::ServerName,
        Self::Count,
        Self::BandwidthKind,
        Self::BandwidthId,
        Self::BandwidthSize,
        Self::ChargingMode,
        Self::PeriodUnit,
        Self::PeriodNumber,
        Self::AutoPay,
        Self::Ports,
        Self::KeyPair,
        Self::Vnc,
        Self::Subnet,
    ];

    /// Returns the label of the field in the current language. Sentences about the field begin with it.
    #[must_use]
    pub fn label(self) -> &'static str {
        i18n::t(self.english_label())
    }

    /// Returns the label in each language, to look up a field by a label that the user typed.
    #[must_use]
    pub fn labels(self) -> [&'static str; Language::ALL.len()] {
        Language::ALL.map(|language| i18n::with_language(language, || self.label()))
    }

    fn english_label(self) -> &'static str {
        match self {
            Self::ServerFlavor => phrase!("Server flavor"),
            Self::PhoneFlavor => phrase!("Phone flavor"),
            Self::Image => phrase!("Image"),
            Self::ServerName => phrase!("Server name"),
            Self::Count => phrase!("Count"),
            Self::BandwidthKind => phrase!("Bandwidth"),
            Self::BandwidthId => phrase!("Shared bandwidth"),
            Self::BandwidthSize => phrase!("Bandwidth size"),
            Self::ChargingMode => phrase!("Charging mode"),
            Self::PeriodUnit => phrase!("Period unit"),
            Self::PeriodNumber => phrase!("Period"),
            Self::AutoPay => phrase!("Payment"),
            Self::Ports => phrase!("Ports"),
            Self::KeyPair => phrase!("Key pair"),
            Self::Vnc => phrase!("VNC"),
            Self::Subnet => phrase!("Subnet"),
        }
    }

    /// Returns the member of the request body, with a dot for a member of an inner object.
    #[must_use]
    pub fn json_name(self) -> &'static str {
        match self {
            Self::ServerFlavor => "server_model_name",
            Self::PhoneFlavor => "phone_model_name",
            Self::Image => "image_id",
            Self::ServerName => "server_name",
            Self::Count => "count",
            Self::BandwidthKind => "band_width.band_width_share_type",
            Self::BandwidthId => "band_width.band_width_id",
            Self::BandwidthSize => "band_width.band_width_size",
            Self::ChargingMode => "extend_param.charging_mode",
            Self::PeriodUnit => "extend_param.period_type",
            Self::PeriodNumber => "extend_param.period_num",
            Self::AutoPay => "extend_param.is_auto_pay",
            Self::Ports => "ports",
            Self::KeyPair => "keypair_name",
            Self::Vnc => "vnc_enable",
            Self::Subnet => "subnet_cidr",
        }
    }
}

/// A column of the ports table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PortColumn {
    Name,
    Number,
    Public,
}

impl PortColumn {
    pub const ALL: [Self; 3] = [Self::Name, Self::Number, Self::Public];

    #[must_use]
    pub fn json_name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "listen_port",
            Self::Public => "internet_accessible",
        }
    }
}

/// A position in an order: a field, or a cell of the ports table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldPath {
    Field(FieldId),
    /// A cell of the ports table. Rows count from 0.
    Port {
        row: usize,
        column: PortColumn,
    },
}

impl FieldPath {
    /// Returns the field of the form that contains the position; `Ports` for a cell of the ports table.
    #[must_use]
    pub fn field(self) -> FieldId {
        match self {
            Self::Field(field) => field,
            Self::Port { .. } => FieldId::Ports,
        }
    }
}

impl fmt::Display for FieldPath {
    /// Writes the path of the member in the request body, such as `ports[1].listen_port`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => f.write_str(field.json_name()),
            Self::Port { row, column } => write!(f, "ports[{row}].{}", column.json_name()),
        }
    }
}
