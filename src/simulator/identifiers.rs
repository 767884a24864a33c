//! The identifiers of the simulated cloud, in the documented formats. Identifiers of what an order creates are computed
//! from the order, so that only the order has to be kept.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

const ORDER_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQRSTUVWX";

/// Creates a random identifier of 32 lower-case hexadecimal digits.
pub(super) fn request_id() -> String {
    Uuid::new_v4().simple().to_string()
}

/// Creates a random order number: `CS`, the time in UTC to the minute, and five letters or digits.
pub(super) fn order_id(now: Timestamp) -> String {
    let minute = now.to_zoned(TimeZone::UTC).strftime("%y%m%d%H%M").to_string();
    let chance = Uuid::new_v4();
    let letters = chance.as_bytes().iter().take(5).filter_map(|byte| ORDER_LETTERS.get(usize::from(byte % 32)));
    format!("CS{minute}{}", letters.map(|letter| char::from(*letter)).collect::<String>())
}

/// Computes the billing product of a server flavor and a phone flavor, always the same for the same pair.
pub(super) fn product_id(server_model: &str, phone_model: &str) -> String {
    let number =
        digest(&[server_model, phone_model]).iter().take(4).fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte));
    format!("00301-{:05}-0--0", number % 100_000)
}

/// Computes an identifier of 32 lower-case hexadecimal digits from its parts, always the same for the same parts.
pub(super) fn derived(parts: &[&str]) -> String {
    stable_uuid(parts).simple().to_string()
}

/// Computes an identifier like `derived`, as a UUID with hyphens, the format of networks and bandwidths.
pub(super) fn derived_uuid(parts: &[&str]) -> String {
    stable_uuid(parts).to_string()
}

fn stable_uuid(parts: &[&str]) -> Uuid {
    let mut bytes = [0; 16];
    for (byte, source) in bytes.iter_mut().zip(digest(parts)) {
        *byte = source;
    }
    Builder::from_random_bytes(bytes).into_uuid()
}

/// Returns whether a text has the format of a server or phone identifier: 32 lower-case hexadecimal digits.
pub(super) fn is_hexadecimal(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{derived, derived_uuid, is_hexadecimal, order_id, product_id, request_id};

    #[test]
    fn identifiers_have_the_documented_shapes() {
        assert!(is_hexadecimal(&request_id()));
        assert!(is_hexadecimal(&derived(&["a", "1"])));
        assert_eq!(derived_uuid(&["a"]).len(), 36);
        let order = order_id("2026-09-14T11:20:00Z".parse().expect("a time"));
        assert!(order.starts_with("CS2609141120") && order.len() == 17, "{order}");
        assert!(order.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    }

    #[test]
    fn a_product_belongs_to_its_flavors() {
        let product = product_id("physical.rx1.xlarge", "rx1.cp.c60.d10.e1v1");
        assert_eq!(product, product_id("physical.rx1.xlarge", "rx1.cp.c60.d10.e1v1"));
        assert_ne!(product, product_id("physical.rx1.xlarge", "aphs1.medium.4.aosp"));
        assert!(product.starts_with("00301-") && product.ends_with("-0--0") && product.len() == 16, "{product}");
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(derived(&["ab", "c"]), derived(&["a", "bc"]));
    }
}
