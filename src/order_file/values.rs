//! The values of fields that have few, each with its meaning.

use crate::i18n::{self, phrase};
use crate::order::{BandwidthKind, FieldId, PeriodUnit};

/// Returns the values of a field as an order file has them, each with its meaning; empty for a field with many values.
pub(super) fn values(id: FieldId) -> Vec<(u8, &'static str)> {
    match id {
        FieldId::BandwidthKind => BandwidthKind::ALL
            .into_iter()
            .filter_map(|kind| match kind {
                BandwidthKind::Dedicated => Some((0, i18n::t(phrase!("dedicated, charged by traffic")))),
                BandwidthKind::NewShared => Some((1, i18n::t(phrase!("a new shared one, which needs a size")))),
                BandwidthKind::ExistingShared => None,
            })
            .collect(),
        FieldId::ChargingMode => vec![(0, i18n::t(phrase!("paid yearly or monthly, the only way there is")))],
        FieldId::PeriodUnit => PeriodUnit::ALL
            .into_iter()
            .map(|unit| {
                let meaning = match unit {
                    PeriodUnit::Month => i18n::t(phrase!("by the month")),
                    PeriodUnit::Year => i18n::t(phrase!("by the year")),
                };
                (unit.wire(), meaning)
            })
            .collect(),
        FieldId::AutoPay => vec![
            (0, i18n::t(phrase!("the order is kept unpaid"))),
            (1, i18n::t(phrase!("PAYS NOW: the account is charged at once"))),
        ],
        FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::Image
        | FieldId::ServerName
        | FieldId::Count
        | FieldId::BandwidthId
        | FieldId::BandwidthSize
        | FieldId::PeriodNumber
        | FieldId::Ports
        | FieldId::KeyPair
        | FieldId::Vnc
        | FieldId::Subnet => Vec::new(),
    }
}

/// Formats the values of a field on one line, such as `2 = by the month; 3 = by the year`; `None` for a field with many
/// values.
pub(super) fn values_line(id: FieldId) -> Option<String> {
    let told: Vec<String> = values(id).into_iter().map(|(value, meaning)| format!("{value} = {meaning}")).collect();
    (!told.is_empty()).then(|| told.join("; "))
}
