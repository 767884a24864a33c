//! The faults of a draft, with the values concerned. All sentences about faults of an order are built here: first what
//! is wrong, with the label of the field, then what is valid.

use std::fmt;

use super::draft::PeriodUnit;
use super::field_id::{FieldId, FieldPath, PortColumn};
use super::limits::{COUNT, ID_BYTES_IMAGE, MBIT, NAME_BYTES, NAME_CHARS, PORT, PORT_NAME_BYTES};
use crate::i18n::tr;
use crate::text::sanitize::brief;

/// One broken rule of the operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    ServerNameMissing,
    ServerNameTooLong {
        chars: usize,
    },
    /// `at` is the position of the first wrong character, counted from 1.
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
    /// Returns the position of the fault in the order.
    #[must_use]
    pub fn place(&self) -> FieldPath {
        let port = |row: usize, column| FieldPath::Port { row, column };
        match self {
            Self::ServerNameMissing | Self::ServerNameTooLong { .. } | Self::ServerNameCharacter { .. } => {
                FieldPath::Field(FieldId::ServerName)
            }
            Self::ServerFlavorMissing
            | Self::ServerFlavorTooLong { .. }
            | Self::ServerFlavorUnknown { .. }
            | Self::ServerFlavorOffline { .. } => FieldPath::Field(FieldId::ServerFlavor),
            Self::PhoneFlavorMissing
            | Self::PhoneFlavorTooLong { .. }
            | Self::PhoneFlavorUnknown { .. }
            | Self::PhoneFlavorElsewhere { .. }
            | Self::PhoneFlavorOffline { .. } => FieldPath::Field(FieldId::PhoneFlavor),
            Self::ImageMissing | Self::ImageTooLong { .. } | Self::ImageMisfit { .. } => {
                FieldPath::Field(FieldId::Image)
            }
            Self::CountMissing | Self::CountNotNumber { .. } | Self::CountOutside { .. } => {
                FieldPath::Field(FieldId::Count)
            }
            Self::BandwidthIdMissing | Self::BandwidthDedicated { .. } => FieldPath::Field(FieldId::BandwidthId),
            Self::BandwidthSizeMissing | Self::BandwidthSizeNotNumber { .. } | Self::BandwidthSizeOutside { .. } => {
                FieldPath::Field(FieldId::BandwidthSize)
            }
            Self::PeriodMissing | Self::PeriodNotNumber { .. } | Self::PeriodOutside { .. } => {
                FieldPath::Field(FieldId::PeriodNumber)
            }
            Self::PortNameMissing { row }
            | Self::PortNameTooLong { row, .. }
            | Self::PortNameReserved { row, .. }
            | Self::PortNameTwice { row, .. } => port(*row, PortColumn::Name),
            Self::PortNumberMissing { row }
            | Self::PortNumberNotNumber { row, .. }
            | Self::PortNumberOutside { row, .. }
            | Self::PortNumberTwice { row, .. } => port(*row, PortColumn::Number),
            Self::KeyPairTooLong { .. } => FieldPath::Field(FieldId::KeyPair),
            Self::SubnetNotCidr { .. } | Self::SubnetHostBits { .. } | Self::SubnetOverlaps { .. } => {
                FieldPath::Field(FieldId::Subnet)
            }
        }
    }

    /// Returns the field of the form in which the user can correct the fault.
    #[must_use]
    pub fn field(&self) -> FieldId {
        self.place().field()
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl Issue {
    #[expect(clippy::too_many_lines, reason = "a table: one line for each rule")]
    fn sentence(&self) -> String {
        match self {
            Self::ServerNameMissing => {
                tr!("Server name is empty: 1-{most} letters, digits, _ or - are needed", most = NAME_CHARS)
            }
            Self::ServerNameTooLong { chars } => {
                tr!("Server name has {chars} characters: at most {most} are allowed", chars, most = NAME_CHARS)
            }
            Self::ServerNameCharacter { found, at } => tr!(
                "Server name has {found} at position {at}: only A-Z a-z 0-9 _ - are allowed",
                found = quoted(*found),
                at
            ),
            Self::ServerFlavorMissing => tr!("Server flavor is not chosen"),
            Self::ServerFlavorTooLong { bytes } => {
                tr!("Server flavor has {bytes} bytes: at most {most} are allowed", bytes, most = NAME_BYTES)
            }
            Self::ServerFlavorUnknown { name } => {
                tr!("Server flavor {name} is not in the catalogue: pick one from the list", name = cut(name))
            }
            Self::ServerFlavorOffline { name } => {
                tr!("Server flavor {name} has no phone flavor on sale: pick another one", name = cut(name))
            }
            Self::PhoneFlavorMissing => tr!("Phone flavor is not chosen"),
            Self::PhoneFlavorTooLong { bytes } => {
                tr!("Phone flavor has {bytes} bytes: at most {most} are allowed", bytes, most = NAME_BYTES)
            }
            Self::PhoneFlavorUnknown { name } => {
                tr!("Phone flavor {name} is not in the catalogue: pick one from the list", name = cut(name))
            }
            Self::PhoneFlavorElsewhere { name, belongs_to, chosen } => tr!(
                "Phone flavor {name} is not one of {chosen}: it belongs to {owner}",
                name = cut(name),
                chosen = cut(chosen),
                owner = cut(belongs_to)
            ),
            Self::PhoneFlavorOffline { name } => {
                tr!("Phone flavor {name} is offline: pick one that is on sale", name = cut(name))
            }
            Self::ImageMissing => tr!("Image is not chosen"),
            Self::ImageTooLong { bytes } => {
                tr!("Image id has {bytes} bytes: at most {most} are allowed", bytes, most = ID_BYTES_IMAGE)
            }
            Self::ImageMisfit { image_label, flavor_label } => tr!(
                "Image is for {found}: the phone flavor needs one for {needed}",
                found = cut(image_label),
                needed = cut(flavor_label)
            ),
            Self::CountMissing => tr!("Count is empty: {range} servers can be ordered", range = COUNT),
            Self::CountNotNumber { typed } => {
                tr!("Count {typed} is not a whole number: {range} is right", typed = cut(typed), range = COUNT)
            }
            Self::CountOutside { typed } => {
                tr!("Count {typed} is outside {range}", typed = cut(typed), range = COUNT)
            }
            Self::BandwidthIdMissing => {
                tr!("Shared bandwidth is not chosen")
            }
            Self::BandwidthDedicated { id } => {
                tr!("Shared bandwidth {id} is a dedicated one: pick one that is shared", id = cut(id))
            }
            Self::BandwidthSizeMissing => {
                tr!("Bandwidth size is empty: a new shared bandwidth needs {range} Mbit/s", range = MBIT)
            }
            Self::BandwidthSizeNotNumber { typed } => tr!(
                "Bandwidth size {typed} is not a whole number: {range} Mbit/s is right",
                typed = cut(typed),
                range = MBIT
            ),
            Self::BandwidthSizeOutside { typed } => {
                tr!("Bandwidth size {typed} is outside {range} Mbit/s", typed = cut(typed), range = MBIT)
            }
            Self::PeriodMissing => tr!("Period is empty: 1-9 months or 1-10 years can be ordered"),
            Self::PeriodNotNumber { typed } => {
                tr!("Period {typed} is not a whole number: 1-9 months or 1-10 years is right", typed = cut(typed))
            }
            Self::PeriodOutside { typed, unit: PeriodUnit::Month } => {
                tr!("Period {typed} is outside {range} months", typed = cut(typed), range = PeriodUnit::Month.range())
            }
            Self::PeriodOutside { typed, unit: PeriodUnit::Year } => {
                tr!("Period {typed} is outside {range} years", typed = cut(typed), range = PeriodUnit::Year.range())
            }
            Self::PortNameMissing { row } => {
                tr!("Port row {row} has no name: 1-{most} bytes are needed", row = row + 1, most = PORT_NAME_BYTES)
            }
            Self::PortNameTooLong { row, bytes } => tr!(
                "Port name in row {row} has {bytes} bytes: at most {most} are allowed",
                row = row + 1,
                bytes,
                most = PORT_NAME_BYTES
            ),
            Self::PortNameReserved { row, name } => tr!(
                "Port name {name} in row {row} is reserved: adb and vnc cannot be used",
                name = cut(name),
                row = row + 1
            ),
            Self::PortNameTwice { row, first, name } => tr!(
                "Port name {name} in row {row} is taken by row {first}",
                name = cut(name),
                row = row + 1,
                first = first + 1
            ),
            Self::PortNumberMissing { row } => {
                tr!("Port row {row} has no number: {range} is right", row = row + 1, range = PORT)
            }
            Self::PortNumberNotNumber { row, typed } => tr!(
                "Port {typed} in row {row} is not a whole number: {range} is right",
                typed = cut(typed),
                row = row + 1,
                range = PORT
            ),
            Self::PortNumberOutside { row, typed } => {
                tr!("Port {typed} in row {row} is outside {range}", typed = cut(typed), row = row + 1, range = PORT)
            }
            Self::PortNumberTwice { row, first, number } => {
                tr!("Port {number} in row {row} is taken by row {first}", number, row = row + 1, first = first + 1)
            }
            Self::KeyPairTooLong { bytes } => {
                tr!("Key pair name has {bytes} bytes: at most {most} are allowed", bytes, most = NAME_BYTES)
            }
            Self::SubnetNotCidr { typed } => {
                tr!("Subnet {typed} is not an IPv4 network: 10.1.0.0/16 would be one", typed = cut(typed))
            }
            Self::SubnetHostBits { typed, network } => {
                tr!("Subnet {typed} has host bits set: {network} would be the network", typed = cut(typed), network)
            }
            Self::SubnetOverlaps { typed, used } => {
                tr!("Subnet {typed} overlaps {used}, which is in use: pick another one", typed = cut(typed), used)
            }
        }
    }
}

fn cut(text: &str) -> String {
    brief(text, 40)
}

fn quoted(c: char) -> String {
    match c {
        ' ' => tr!("a space"),
        other => format!("'{}'", brief(&other.to_string(), 10)),
    }
}
