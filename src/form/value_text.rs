//! The answer to a field as text, for Review and the log of changes.

use super::control::Control;
use super::field_table::field;
use crate::catalogue::Catalogue;
use crate::i18n::{self, phrase, tr};
use crate::order::{BandwidthKind, Draft, FieldId, PortDraft, Vnc};

/// Returns the answer to a field as display text. An empty optional answer is shown as its meaning, e.g. `none: no ADB
/// login`.
#[must_use]
pub fn value_text(id: FieldId, draft: &Draft, catalogue: &Catalogue) -> String {
    match id {
        FieldId::Image => image_text(draft, catalogue),
        FieldId::BandwidthKind => match draft.bandwidth {
            BandwidthKind::Dedicated => tr!("dedicated, charged by traffic"),
            BandwidthKind::NewShared => tr!("new shared, charged by size"),
            BandwidthKind::ExistingShared => tr!("existing shared"),
        },
        FieldId::BandwidthSize if !draft.bandwidth_size.is_empty() => format!("{} Mbit/s", draft.bandwidth_size),
        FieldId::BandwidthSize if draft.bandwidth == BandwidthKind::Dedicated => tr!("300 Mbit/s by default"),
        FieldId::BandwidthSize => tr!("not given"),
        FieldId::PeriodUnit => draft.period_unit.name().into(),
        FieldId::PeriodNumber => period_text(draft),
        FieldId::AutoPay => paid_text(draft.auto_pay),
        FieldId::Ports => ports_text(draft),
        FieldId::KeyPair if draft.key_pair.is_empty() => tr!("none: no ADB login"),
        FieldId::Vnc => match draft.vnc {
            Vnc::Unset => tr!("not sent (off)"),
            Vnc::Off => tr!("off"),
            Vnc::On => tr!("on"),
        },
        FieldId::Subnet if draft.subnet.is_empty() => tr!("default 172.31.0.0/16"),
        FieldId::ChargingMode => match field(id).control {
            Control::Fixed { value } => value.into(),
            Control::Picker { .. }
            | Control::Text { .. }
            | Control::Stepper { .. }
            | Control::Radio { .. }
            | Control::Ports => String::new(),
        },
        FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::ServerName
        | FieldId::Count
        | FieldId::BandwidthId
        | FieldId::KeyPair
        | FieldId::Subnet => field(id).control.slot().map_or_else(String::new, |slot| (slot.read)(draft).to_owned()),
    }
}

fn paid_text(pays_now: bool) -> String {
    if pays_now { tr!("PAYS NOW") } else { tr!("pay later") }
}

fn image_text(draft: &Draft, catalogue: &Catalogue) -> String {
    let Some(row) = catalogue.image_row(&draft.image_id) else { return draft.image_id.clone() };
    match &row.os_name {
        Some(os) => format!("{os}  {}", draft.image_id),
        None => draft.image_id.clone(),
    }
}

fn period_text(draft: &Draft) -> String {
    let number = draft.period_number.parse().unwrap_or(0);
    format!("{} {}", draft.period_number, draft.period_unit.word(number))
}

fn ports_text(draft: &Draft) -> String {
    if draft.ports.is_empty() {
        return tr!("none");
    }
    if draft.ports.len() > 2 {
        let public = draft.ports.iter().filter(|port| port.public).count();
        return tr!("{number} ports, {public} public", number = draft.ports.len(), public);
    }
    let rows = draft.ports.iter().map(|PortDraft { name, number, public }| {
        if *public { tr!("{name}:{number} public", name, number) } else { format!("{name}:{number}") }
    });
    rows.collect::<Vec<_>>().join(i18n::t(phrase!(", ")))
}
