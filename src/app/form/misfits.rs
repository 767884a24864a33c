//! Answers that no longer fit after a flavor changed: they are asked for again in their order, or replaced if only one
//! row can be chosen.

use crate::form::field;
use crate::i18n::tr;
use crate::order::{FieldId, ImageFit, Offers, PhoneFlavorStatus};
use crate::text::sanitize::brief;

use crate::app::form::state::Form;

/// Returns the fields whose answers depend on the answer to a field, in the order in which they are asked for.
pub(in crate::app) fn downstream(id: FieldId) -> &'static [FieldId] {
    match id {
        FieldId::ServerFlavor => &[FieldId::PhoneFlavor, FieldId::Image],
        FieldId::PhoneFlavor => &[FieldId::Image],
        FieldId::Image
        | FieldId::ServerName
        | FieldId::Count
        | FieldId::BandwidthKind
        | FieldId::BandwidthId
        | FieldId::BandwidthSize
        | FieldId::ChargingMode
        | FieldId::PeriodUnit
        | FieldId::PeriodNumber
        | FieldId::AutoPay
        | FieldId::Ports
        | FieldId::KeyPair
        | FieldId::Vnc
        | FieldId::Subnet => &[],
    }
}

impl Form {
    /// Returns the first answer after that of `id` that depends on it and has a problem.
    pub(in crate::app) fn next_misfit(&self, id: FieldId) -> Option<FieldId> {
        let has_issue = |below: &&FieldId| self.issues.iter().any(|issue| issue.field() == **below);
        downstream(id).iter().find(has_issue).copied()
    }

    /// Replaces each answer that no longer fits by the only row that can be chosen, and says so. With several rows or
    /// none the answer stays, to be asked for.
    pub(in crate::app) fn replace_misfits(&mut self, downstream: &[FieldId]) {
        let mut words = Vec::new();
        for id in downstream {
            if !self.is_answered(*id) || !self.is_misfit(*id) {
                continue;
            }
            // Which images fit is not known before the phone flavor is.
            let (Some(only), Some(slot)) = (self.only_choice(*id), field(*id).control.slot()) else { return };
            let (label, value) = (id.label(), brief(&only, 40));
            words.push(tr!("{label} is now {value}: nothing else fits.", label, value));
            *(slot.write)(&mut self.draft) = only;
            self.origins.remove(id);
        }
        if !words.is_empty() {
            self.say(words.join(" "));
        }
    }

    fn is_misfit(&self, id: FieldId) -> bool {
        let draft = &self.draft;
        match id {
            FieldId::PhoneFlavor => match self.catalogue.phone_flavor(&draft.server_flavor, &draft.phone_flavor) {
                PhoneFlavorStatus::Absent | PhoneFlavorStatus::Elsewhere(_) | PhoneFlavorStatus::Offline => true,
                PhoneFlavorStatus::NotRead | PhoneFlavorStatus::OnSale => false,
            },
            FieldId::Image => {
                let fit = self.catalogue.image(&draft.server_flavor, &draft.phone_flavor, &draft.image_id);
                matches!(fit, ImageFit::Misfit { .. })
            }
            FieldId::ServerFlavor
            | FieldId::ServerName
            | FieldId::Count
            | FieldId::BandwidthKind
            | FieldId::BandwidthId
            | FieldId::BandwidthSize
            | FieldId::ChargingMode
            | FieldId::PeriodUnit
            | FieldId::PeriodNumber
            | FieldId::AutoPay
            | FieldId::Ports
            | FieldId::KeyPair
            | FieldId::Vnc
            | FieldId::Subnet => false,
        }
    }
}
