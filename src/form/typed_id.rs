//! The forms that ids and names have, so that a filter is offered as an id only if it can be one.

use crate::catalogue::{Catalogue, Resource};
use crate::i18n::{self, phrase};
use crate::order::{FieldId, NAME_BYTES};

use super::rows::{ListRow, resource_of};

/// Digits of an image id: every documented one has as many as the operation allows bytes.
const IMAGE_DIGITS: usize = 32;
/// Least digits of a bandwidth id, which is a UUID with its hyphens in various places (`cph.md` 9).
const BANDWIDTH_DIGITS: usize = 32;
/// The most bytes of a bandwidth id.
const BANDWIDTH_BYTES: usize = 64;

/// Returns whether a text can be typed as the answer of a field: it has the form of an id of that kind, or a row that is
/// hidden from the list has it. Flavors are typed only while their list is missing, since an order with an unlisted
/// flavor would be refused.
#[must_use]
pub fn can_be_typed(field: FieldId, text: &str, catalogue: &Catalogue) -> bool {
    match resource_of(field) {
        Some(Resource::ServerFlavors) => catalogue.server_flavors.is_none() && is_name(text, "._-"),
        Some(Resource::PhoneFlavors) => catalogue.phone_flavors.is_none() && is_name(text, "._-"),
        Some(Resource::Images) => is_image_id(text) || is_listed(field, text, catalogue),
        Some(Resource::Bandwidths) => is_bandwidth_id(text) || is_listed(field, text, catalogue),
        Some(Resource::KeyPairs) => is_name(text, "_-") || is_listed(field, text, catalogue),
        Some(Resource::Servers | Resource::Offerings) | None => false,
    }
}

/// Returns what a typed answer of the field looks like, as a sentence; `None` if the field takes none now.
#[must_use]
pub fn typed_form(field: FieldId, catalogue: &Catalogue) -> Option<&'static str> {
    Some(i18n::t(match resource_of(field)? {
        Resource::ServerFlavors if catalogue.server_flavors.is_none() => FLAVOR_FORM,
        Resource::PhoneFlavors if catalogue.phone_flavors.is_none() => FLAVOR_FORM,
        Resource::Images => phrase!("An image id has 32 hexadecimal digits"),
        Resource::Bandwidths => phrase!("A bandwidth id is a UUID"),
        Resource::KeyPairs => phrase!("A key pair name has 1-64 letters, digits, _ or -"),
        Resource::ServerFlavors | Resource::PhoneFlavors | Resource::Servers | Resource::Offerings => return None,
    }))
}

const FLAVOR_FORM: &str = phrase!("A flavor name has 1-64 letters, digits, dots, _ or -");

/// Returns whether the answer of a field is an id or a name that the list, as far as it was read, does not have.
#[must_use]
pub fn is_unlisted(field: FieldId, value: &str, catalogue: &Catalogue) -> bool {
    !value.is_empty() && resource_of(field).is_some() && !is_listed(field, value, catalogue)
}

fn is_listed(field: FieldId, value: &str, catalogue: &Catalogue) -> bool {
    let count = resource_of(field).and_then(|resource| catalogue.count(resource)).unwrap_or(0);
    (0..count).any(|at| ListRow::at(field, at, catalogue).is_some_and(|row| row.value() == value))
}

fn is_name(text: &str, signs: &str) -> bool {
    (1..=NAME_BYTES).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
}

fn is_image_id(text: &str) -> bool {
    text.len() == IMAGE_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_bandwidth_id(text: &str) -> bool {
    text.len() <= BANDWIDTH_BYTES
        && text.bytes().filter(u8::is_ascii_hexdigit).count() >= BANDWIDTH_DIGITS
        && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Image, ServerFlavor};

    #[test]
    fn only_what_has_the_form_of_an_id_can_be_typed() {
        let unread = Catalogue::default();
        for (field, text, can) in [
            (FieldId::Image, "88b8449b896f3a4f0ad57222dd919899", true),
            (FieldId::Image, "88B8449B896F3A4F0AD57222DD919899", true),
            (FieldId::Image, "android 14", false),
            (FieldId::Image, "AOSP14", false),
            (FieldId::Image, "88b8449b896f3a4f0ad57222dd91989", false),
            (FieldId::Image, "88b8449b896f3a4f0ad57222dd919899a", false),
            (FieldId::BandwidthId, "70bb40-bef5-0e4a-14b116-a5a527fd7432", true),
            (FieldId::BandwidthId, "4b1f7c3e-92d0-4a6b-8e57-0cd3a91f6b28", true),
            (FieldId::BandwidthId, "whole-bandwidth-01", false),
            (FieldId::KeyPair, "KeyPair-team", true),
            (FieldId::KeyPair, "my key", false),
            (FieldId::ServerFlavor, "physical.rx1.xlarge", true),
            (FieldId::PhoneFlavor, "rx1 60", false),
            (FieldId::ServerName, "web", false),
        ] {
            assert_eq!(can_be_typed(field, text, &unread), can, "{field:?} {text}");
            assert!(!can || typed_form(field, &unread).is_some(), "{field:?}");
        }
    }

    #[test]
    fn a_row_of_the_list_can_be_typed_whatever_its_form_but_no_flavor_beside_its_list() {
        let image = Image { id: "old-image".into(), ..Image::default() };
        let catalogue = Catalogue {
            images: Some(vec![image]),
            server_flavors: Some(vec![ServerFlavor::default()]),
            ..Catalogue::default()
        };
        assert!(can_be_typed(FieldId::Image, "old-image", &catalogue));
        assert!(!can_be_typed(FieldId::ServerFlavor, "physical.rx1.xlarge", &catalogue));
        assert_eq!(typed_form(FieldId::ServerFlavor, &catalogue), None);
        assert!(
            is_unlisted(FieldId::Image, "old", &catalogue) && !is_unlisted(FieldId::Image, "old-image", &catalogue)
        );
    }
}
