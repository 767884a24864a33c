//! The link between a code of Cloud Phone and an order: the field that the code refers to, and whether the order may
//! exist in spite of the error.

use super::parse::{Code, parse};
use crate::order::FieldId;

/// Returns whether a code is the Cloud Phone code with this number, with or without its dot.
#[must_use]
pub fn is_phone_code(code: &str, number: u32) -> bool {
    parse(code) == Some(Code::Phone(number))
}

/// Numbers of the Cloud Phone codes after which the order may exist: internal failure, busy, timed out, order not
/// created, creation failed after the order. All codes once came with status 400, so the status proves nothing for
/// these (`platform.md` section 6: "reconcile first").
pub const DOUBTFUL_PHONE_CODES: [u32; 7] = [3, 42, 54, 62, 90, 91, 92];

/// Returns whether the order may exist in spite of this code, although the code comes with the status of a rejection.
#[must_use]
pub fn leaves_doubt(code: &str) -> bool {
    matches!(parse(code), Some(Code::Phone(number)) if DOUBTFUL_PHONE_CODES.contains(&number))
}

/// Returns the field that a code refers to, or `None` if it refers to no single field.
#[must_use]
pub fn field_of(code: &str) -> Option<FieldId> {
    let Some(Code::Phone(number)) = parse(code) else { return None };
    match number {
        24 | 65 | 96 | 190 | 196 => Some(FieldId::Count),
        27 | 28 | 157 => Some(FieldId::PhoneFlavor),
        29 | 30 | 166 => Some(FieldId::Image),
        31 | 34 | 35 | 51 => Some(FieldId::BandwidthKind),
        32 | 33 | 115 => Some(FieldId::BandwidthId),
        36 => Some(FieldId::BandwidthSize),
        37..=41 | 93 => Some(FieldId::Ports),
        55 | 56 => Some(FieldId::ChargingMode),
        57 => Some(FieldId::PeriodUnit),
        58 => Some(FieldId::PeriodNumber),
        60 => Some(FieldId::AutoPay),
        63 | 64 | 66 | 88 | 89 => Some(FieldId::ServerFlavor),
        67 | 68 => Some(FieldId::KeyPair),
        87 => Some(FieldId::ServerName),
        191 | 194 | 197 | 198 | 241 => Some(FieldId::Subnet),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::advice;

    #[test]
    fn a_code_points_at_its_field() {
        for (code, field) in [
            ("CPS.0024", Some(FieldId::Count)),
            ("CPS0024", Some(FieldId::Count)),
            ("CPS.0089", Some(FieldId::ServerFlavor)),
            ("CPS.0093", Some(FieldId::Ports)),
            ("CPS.0194", Some(FieldId::Subnet)),
            ("CPS.0001", None),
            ("APIGW.0024", None),
            ("CPS.24", None),
            ("CPS.00241", None),
            ("XCPS.0024", None),
            ("", None),
            ("24", None),
            ("CPS.০০২৪", None),
        ] {
            assert_eq!(field_of(code), field, "{code}");
        }
    }

    #[test]
    fn a_code_that_points_at_a_field_leaves_no_doubt_and_has_an_advice() {
        for number in 0..=9999 {
            let code = format!("CPS.{number:04}");
            if field_of(&code).is_some() {
                assert!(!leaves_doubt(&code) && advice(&code).is_some(), "{code}");
            }
            assert!(!leaves_doubt(&code) || advice(&code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_code_is_told_with_and_without_its_dot() {
        assert!(is_phone_code("CPS.0050", 50) && is_phone_code("CPS0050", 50));
        assert!(!is_phone_code("IAM.0050", 50) && !is_phone_code("CPS.0051", 50));
    }
}
