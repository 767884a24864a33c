//! Documents that disagree with the page of the operation about a field. The page of the operation is authoritative.

use crate::i18n::{self, phrase};
use crate::order::FieldId;

/// Returns the conflicting statement of another document, with its name and date (`cph.md` sections 3 and 18); `None`
/// if no document disagrees.
#[must_use]
pub fn doc_conflict(id: FieldId) -> Option<&'static str> {
    let says = match id {
        FieldId::Image => phrase!("64 in the schema (Java and PHP SDKs, 2026)"),
        FieldId::ServerName => phrase!("Chinese characters as well (Chinese API reference, 2021-06-16)"),
        FieldId::BandwidthSize => phrase!("5-2000 Mbit/s for a shared one (Python SDK 3.0.104, 2022-08-18)"),
        FieldId::PeriodNumber => {
            phrase!("3 years at most (console user guide, 2021-09; Terraform provider, 2026-08-21)")
        }
        FieldId::Vnc => phrase!("for rx1.cp.c60.d32.e1v1.qemu only (console user guide, 2021-09)"),
        FieldId::Ports => phrase!("ports 0-65535, names of letters only (console user guide, 2021-09)"),
        FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::Count
        | FieldId::BandwidthKind
        | FieldId::BandwidthId
        | FieldId::ChargingMode
        | FieldId::PeriodUnit
        | FieldId::AutoPay
        | FieldId::KeyPair
        | FieldId::Subnet => return None,
    };
    Some(i18n::t(says))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_names_its_document_with_a_date() {
        for says in FieldId::ALL.into_iter().filter_map(doc_conflict) {
            let (_, document) = says.rsplit_once(" (").unwrap();
            assert!(document.contains(", 20") && document.ends_with(')'), "{document}");
        }
        let ids = [FieldId::PeriodNumber, FieldId::BandwidthSize, FieldId::Image, FieldId::ServerName];
        assert!(ids.into_iter().all(|id| doc_conflict(id).is_some()));
    }
}
