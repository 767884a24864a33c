//! Every kind of issue by name. The match has no wildcard: a new kind does not compile before it stands here, and then
//! fails before it has a row in the table of limits.

use cph_wizard::order::{FieldId, Issue};

macro_rules! kinds {
    ($($kind:ident),* $(,)?) => {
        pub const ALL: &[&str] = &[$(stringify!($kind)),*];

        pub fn kind(issue: &Issue) -> &'static str {
            match issue {
                $(Issue::$kind { .. } => stringify!($kind),)*
            }
        }
    };
}

kinds![
    ServerNameMissing,
    ServerNameTooLong,
    ServerNameCharacter,
    ServerFlavorMissing,
    ServerFlavorTooLong,
    ServerFlavorUnknown,
    ServerFlavorOffline,
    PhoneFlavorMissing,
    PhoneFlavorTooLong,
    PhoneFlavorUnknown,
    PhoneFlavorElsewhere,
    PhoneFlavorOffline,
    ImageMissing,
    ImageTooLong,
    ImageMisfit,
    CountMissing,
    CountNotNumber,
    CountOutside,
    BandwidthIdMissing,
    BandwidthDedicated,
    BandwidthSizeMissing,
    BandwidthSizeNotNumber,
    BandwidthSizeOutside,
    PeriodMissing,
    PeriodNotNumber,
    PeriodOutside,
    PortNameMissing,
    PortNameTooLong,
    PortNameReserved,
    PortNameTwice,
    PortNumberMissing,
    PortNumberNotNumber,
    PortNumberOutside,
    PortNumberTwice,
    KeyPairTooLong,
    SubnetNotCidr,
    SubnetHostBits,
    SubnetOverlaps,
];

/// The field that a code of the service is about (`cph.md` 3.6); `None` for codes about none of them.
pub fn field_of(code: &str) -> Option<FieldId> {
    Some(match code {
        "CPS.0087" => FieldId::ServerName,
        "CPS.0088" | "CPS.0089" => FieldId::ServerFlavor,
        "CPS.0027" | "CPS.0028" | "CPS.0157" => FieldId::PhoneFlavor,
        "CPS.0029" | "CPS.0030" | "CPS.0166" => FieldId::Image,
        "CPS.0024" => FieldId::Count,
        "CPS.0032" | "CPS.0033" | "CPS.0115" => FieldId::BandwidthId,
        "CPS.0034" => FieldId::BandwidthKind,
        "CPS.0036" => FieldId::BandwidthSize,
        "CPS.0037" | "CPS.0038" | "CPS.0039" | "CPS.0040" | "CPS.0041" | "CPS.0093" => FieldId::Ports,
        "CPS.0056" => FieldId::ChargingMode,
        "CPS.0057" => FieldId::PeriodUnit,
        "CPS.0058" => FieldId::PeriodNumber,
        "CPS.0060" => FieldId::AutoPay,
        "CPS.0067" | "CPS.0068" => FieldId::KeyPair,
        "CPS.0191" | "CPS.0194" => FieldId::Subnet,
        _ => return None,
    })
}
