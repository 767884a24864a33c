//! What can be wrong with a draft, with the numbers in it. Every sentence about an order is made
//! here and nowhere else: first what is wrong, in the field's own label, then what would be right.

use std::fmt;

use super::draft::PeriodUnit;
use super::field::{FieldId, Place, PortColumn};
use super::text::brief;
use super::units::{COUNT, ID_BYTES_IMAGE, MBIT, NAME_BYTES, NAME_CHARS, PORT, PORT_NAME_BYTES};

/// One broken rule of the operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    ServerNameMissing,
    ServerNameTooLong {
        chars: usize,
    },
    /// `at` counts characters from 1.
    ServerNameCharacter {
        found: char,
        at: usize,
    },
    ServerFlavorMissing,
    ServerFlavorTooLong {
        bytes: usize,
    },
    ServerFlavorUnknown {
        name: String,
    },
    ServerFlavorOffline {
        name: String,
    },
    PhoneFlavorMissing,
    PhoneFlavorTooLong {
        bytes: usize,
    },
    PhoneFlavorUnknown {
        name: String,
    },
    PhoneFlavorElsewhere {
        name: String,
        belongs_to: String,
        chosen: String,
    },
    PhoneFlavorOffline {
        name: String,
    },
    ImageMissing,
    ImageTooLong {
        bytes: usize,
    },
    ImageMisfit {
        image_label: String,
        flavor_label: String,
    },
    CountMissing,
    CountNotNumber {
        typed: String,
    },
    CountOutside {
        typed: String,
    },
    BandwidthIdMissing,
    BandwidthDedicated {
        id: String,
    },
    BandwidthSizeMissing,
    BandwidthSizeNotNumber {
        typed: String,
    },
    BandwidthSizeOutside {
        typed: String,
    },
    PeriodMissing,
    PeriodNotNumber {
        typed: String,
    },
    PeriodOutside {
        typed: String,
        unit: PeriodUnit,
    },
    /// Rows count from 0 in every variant about ports.
    PortNameMissing {
        row: usize,
    },
    PortNameTooLong {
        row: usize,
        bytes: usize,
    },
    PortNameReserved {
        row: usize,
        name: String,
    },
    PortNameTwice {
        row: usize,
        first: usize,
        name: String,
    },
    PortNumberMissing {
        row: usize,
    },
    PortNumberNotNumber {
        row: usize,
        typed: String,
    },
    PortNumberOutside {
        row: usize,
        typed: String,
    },
    PortNumberTwice {
        row: usize,
        first: usize,
        number: i64,
    },
    KeyPairTooLong {
        bytes: usize,
    },
    SubnetNotCidr {
        typed: String,
    },
    SubnetHostBits {
        typed: String,
        network: String,
    },
    SubnetOverlaps {
        typed: String,
        used: String,
    },
}

impl Issue {
    /// Where in the order it is.
    #[must_use]
    pub fn place(&self) -> Place {
        let port = |row: usize, column| Place::Port { row, column };
        match self {
            Self::ServerNameMissing | Self::ServerNameTooLong { .. } | Self::ServerNameCharacter { .. } => {
                Place::Field(FieldId::ServerName)
            }
            Self::ServerFlavorMissing
            | Self::ServerFlavorTooLong { .. }
            | Self::ServerFlavorUnknown { .. }
            | Self::ServerFlavorOffline { .. } => Place::Field(FieldId::ServerFlavor),
            Self::PhoneFlavorMissing
            | Self::PhoneFlavorTooLong { .. }
            | Self::PhoneFlavorUnknown { .. }
            | Self::PhoneFlavorElsewhere { .. }
            | Self::PhoneFlavorOffline { .. } => Place::Field(FieldId::PhoneFlavor),
            Self::ImageMissing | Self::ImageTooLong { .. } | Self::ImageMisfit { .. } => Place::Field(FieldId::Image),
            Self::CountMissing | Self::CountNotNumber { .. } | Self::CountOutside { .. } => {
                Place::Field(FieldId::Count)
            }
            Self::BandwidthIdMissing | Self::BandwidthDedicated { .. } => Place::Field(FieldId::BandwidthId),
            Self::BandwidthSizeMissing | Self::BandwidthSizeNotNumber { .. } | Self::BandwidthSizeOutside { .. } => {
                Place::Field(FieldId::BandwidthSize)
            }
            Self::PeriodMissing | Self::PeriodNotNumber { .. } | Self::PeriodOutside { .. } => {
                Place::Field(FieldId::PeriodNumber)
            }
            Self::PortNameMissing { row }
            | Self::PortNameTooLong { row, .. }
            | Self::PortNameReserved { row, .. }
            | Self::PortNameTwice { row, .. } => port(*row, PortColumn::Name),
            Self::PortNumberMissing { row }
            | Self::PortNumberNotNumber { row, .. }
            | Self::PortNumberOutside { row, .. }
            | Self::PortNumberTwice { row, .. } => port(*row, PortColumn::Number),
            Self::KeyPairTooLong { .. } => Place::Field(FieldId::KeyPair),
            Self::SubnetNotCidr { .. } | Self::SubnetHostBits { .. } | Self::SubnetOverlaps { .. } => {
                Place::Field(FieldId::Subnet)
            }
        }
    }

    /// The field that a person has to go to.
    #[must_use]
    pub fn field(&self) -> FieldId {
        self.place().field()
    }
}

impl fmt::Display for Issue {
    #[expect(clippy::too_many_lines, reason = "a table: one line for each rule")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServerNameMissing => {
                write!(f, "Server name is empty: 1-{NAME_CHARS} letters, digits, _ or - are needed")
            }
            Self::ServerNameTooLong { chars } => {
                write!(f, "Server name has {chars} characters: at most {NAME_CHARS} are allowed")
            }
            Self::ServerNameCharacter { found, at } => {
                write!(f, "Server name has {} at position {at}: only A-Z a-z 0-9 _ - are allowed", quoted(*found))
            }
            Self::ServerFlavorMissing => write!(f, "Server flavor is not chosen: pick one from the list"),
            Self::ServerFlavorTooLong { bytes } => {
                write!(f, "Server flavor has {bytes} bytes: at most {NAME_BYTES} are allowed")
            }
            Self::ServerFlavorUnknown { name } => {
                write!(f, "Server flavor {} is not in the catalogue: pick one from the list", cut(name))
            }
            Self::ServerFlavorOffline { name } => {
                write!(f, "Server flavor {} has no phone flavor on sale: pick another one", cut(name))
            }
            Self::PhoneFlavorMissing => write!(f, "Phone flavor is not chosen: pick one from the list"),
            Self::PhoneFlavorTooLong { bytes } => {
                write!(f, "Phone flavor has {bytes} bytes: at most {NAME_BYTES} are allowed")
            }
            Self::PhoneFlavorUnknown { name } => {
                write!(f, "Phone flavor {} is not in the catalogue: pick one from the list", cut(name))
            }
            Self::PhoneFlavorElsewhere { name, belongs_to, chosen } => {
                write!(f, "Phone flavor {} is not one of {}: it belongs to {}", cut(name), cut(chosen), cut(belongs_to))
            }
            Self::PhoneFlavorOffline { name } => {
                write!(f, "Phone flavor {} is offline: pick one that is on sale", cut(name))
            }
            Self::ImageMissing => write!(f, "Image is not chosen: pick one from the list or type its id"),
            Self::ImageTooLong { bytes } => {
                write!(f, "Image id has {bytes} bytes: at most {ID_BYTES_IMAGE} are allowed")
            }
            Self::ImageMisfit { image_label, flavor_label } => {
                write!(f, "Image is for {}: the phone flavor needs one for {}", cut(image_label), cut(flavor_label))
            }
            Self::CountMissing => write!(f, "Count is empty: {COUNT} servers can be ordered"),
            Self::CountNotNumber { typed } => write!(f, "Count {} is not a whole number: {COUNT} is right", cut(typed)),
            Self::CountOutside { typed } => write!(f, "Count {} is outside {COUNT}", cut(typed)),
            Self::BandwidthIdMissing => {
                write!(f, "Shared bandwidth is not chosen: pick one from the list or type its id")
            }
            Self::BandwidthDedicated { id } => {
                write!(f, "Shared bandwidth {} is a dedicated one: pick one that is shared", cut(id))
            }
            Self::BandwidthSizeMissing => {
                write!(f, "Bandwidth size is empty: a new shared bandwidth needs {MBIT} Mbit/s")
            }
            Self::BandwidthSizeNotNumber { typed } => {
                write!(f, "Bandwidth size {} is not a whole number: {MBIT} Mbit/s is right", cut(typed))
            }
            Self::BandwidthSizeOutside { typed } => {
                write!(f, "Bandwidth size {} is outside {MBIT} Mbit/s", cut(typed))
            }
            Self::PeriodMissing => write!(f, "Period is empty: 1-9 months or 1-10 years can be ordered"),
            Self::PeriodNotNumber { typed } => {
                write!(f, "Period {} is not a whole number: 1-9 months or 1-10 years is right", cut(typed))
            }
            Self::PeriodOutside { typed, unit } => {
                write!(f, "Period {} is outside {} {}", cut(typed), unit.range(), unit.word(unit.range().most))
            }
            Self::PortNameMissing { row } => {
                write!(f, "Port row {} has no name: 1-{PORT_NAME_BYTES} bytes are needed", row + 1)
            }
            Self::PortNameTooLong { row, bytes } => {
                write!(f, "Port name in row {} has {bytes} bytes: at most {PORT_NAME_BYTES} are allowed", row + 1)
            }
            Self::PortNameReserved { row, name } => {
                write!(f, "Port name {} in row {} is reserved: adb and vnc cannot be used", cut(name), row + 1)
            }
            Self::PortNameTwice { row, first, name } => {
                write!(f, "Port name {} in row {} is taken by row {}", cut(name), row + 1, first + 1)
            }
            Self::PortNumberMissing { row } => {
                write!(f, "Port row {} has no number: {PORT} is right", row + 1)
            }
            Self::PortNumberNotNumber { row, typed } => {
                write!(f, "Port {} in row {} is not a whole number: {PORT} is right", cut(typed), row + 1)
            }
            Self::PortNumberOutside { row, typed } => {
                write!(f, "Port {} in row {} is outside {PORT}", cut(typed), row + 1)
            }
            Self::PortNumberTwice { row, first, number } => {
                write!(f, "Port {number} in row {} is taken by row {}", row + 1, first + 1)
            }
            Self::KeyPairTooLong { bytes } => {
                write!(f, "Key pair name has {bytes} bytes: at most {NAME_BYTES} are allowed")
            }
            Self::SubnetNotCidr { typed } => {
                write!(f, "Subnet {} is not an IPv4 network: 10.1.0.0/16 would be one", cut(typed))
            }
            Self::SubnetHostBits { typed, network } => {
                write!(f, "Subnet {} has host bits set: {network} would be the network", cut(typed))
            }
            Self::SubnetOverlaps { typed, used } => {
                write!(f, "Subnet {} overlaps {used}, which is in use: pick another one", cut(typed))
            }
        }
    }
}

fn cut(text: &str) -> String {
    brief(text, 40)
}

fn quoted(c: char) -> String {
    match c {
        ' ' => "a space".into(),
        other => format!("'{}'", brief(&other.to_string(), 10)),
    }
}
