//! What a refusal's code means for the person who ordered: the field to look at, and one sentence
//! on what to do (`cph.md` 3.6 and 16, `platform.md` section 6).

use crate::order::FieldId;

/// A code by who gave it and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    /// Cloud Phone itself: `CPS.0024`; some samples leave out the dot.
    Service(u16),
    /// The gateway in front of it, whose prefix differs from cloud to cloud.
    Gateway(u16),
}

fn read(code: &str) -> Option<Code> {
    let digits_at = code.find(|c: char| c.is_ascii_digit())?;
    let (prefix, digits) = code.split_at(digits_at);
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = digits.parse().ok()?;
    match prefix.trim_end_matches('.') {
        "CPS" => Some(Code::Service(number)),
        "APIGW" | "APIG" => Some(Code::Gateway(number)),
        _ => None,
    }
}

/// Whether a code of Cloud Phone leaves open what became of the order, although it comes with the
/// status of a refusal: internal failure, busy, timed out, order not created, creation failed
/// after the order. All codes came with 400 once, so the status proves nothing for these
/// (`platform.md` section 6: "reconcile first").
pub(super) fn leaves_doubt(code: &str) -> bool {
    matches!(read(code), Some(Code::Service(3 | 42 | 54 | 62 | 90..=92)))
}

/// The field that a code points at, if it points at one.
#[must_use]
pub fn field_of(code: &str) -> Option<FieldId> {
    let Some(Code::Service(number)) = read(code) else { return None };
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

/// What to do about a code, in one sentence, for every code that a purchase can bring.
#[must_use]
pub fn advice(code: &str) -> Option<&'static str> {
    match read(code)? {
        Code::Service(number) => service_advice(number),
        Code::Gateway(number) => gateway_advice(number),
    }
}

fn service_advice(number: u16) -> Option<&'static str> {
    Some(match number {
        1 => "Ask for the right to buy Cloud Phone servers, and use a token with the scope of this project.",
        3 | 54 => "The service failed inside; look whether the order exists before anything else.",
        6 => "The account is in arrears: top it up, then buy.",
        7 => "The account is frozen: contact support.",
        8 => "The account needs its real-name verification first.",
        24 => "Choose another number of servers.",
        27 | 28 | 157 => "Choose another phone flavor, one that belongs to the server flavor and is on sale.",
        29 | 30 | 166 => "Choose another image.",
        31 | 34 | 35 => "Check the kind of bandwidth.",
        32 | 33 | 115 => "Choose another shared bandwidth from the list.",
        36 => "Choose another bandwidth size.",
        37 => "Check the list of ports.",
        38 => "Check the names of the ports.",
        39 => "Give every port a name of its own.",
        40 => "Check the port numbers.",
        41 => "Give every port a number of its own.",
        42 => "The service is busy; look whether the order exists, then try later.",
        51 => "The project has a shared bandwidth already: choose it instead of a new one.",
        55 | 56 => "Check how the order is charged.",
        57 => "Check the unit of the period.",
        58 => "Choose another period; some clouds sell three years at most.",
        59 => "The service found fault with automatic renewal, which this order does not ask for: contact support.",
        60 => "Check automatic payment.",
        61 => "The price could not be found out: try later.",
        62 => "The order could not be created; look whether it exists, then try later.",
        63 | 64 => "There is no product for this combination: choose another flavor or period.",
        65 => "The quota of servers is used up: order fewer, or ask for a larger quota.",
        66 => "This server flavor is sold out: choose another one, or contact support.",
        67 => "Choose another key pair, one of this project.",
        68 => "Choose a key pair, or none.",
        87 => "Choose another server name.",
        88 | 89 => "Choose another server flavor.",
        90..=92 => "Creating the servers failed after the order; look at the order and contact support.",
        93 => "Say for every port whether the internet may reach it.",
        96 => "Order fewer servers, or contact support.",
        190 => "Order fewer phones, or contact support.",
        191 => "Check the subnet.",
        194 => "Choose a subnet that does not overlap an existing one.",
        196 => "The quota does not suffice: order fewer, or ask for a larger quota.",
        197 | 198 => "The subnet does not fit the network that the project already has.",
        223 | 224 | 226 | 228 | 229 | 236 | 238 | 239 => {
            "The code belongs to servers in a network of your own, which this order does not ask for: contact support."
        }
        241 => "The subnet has too few free addresses: choose a larger one.",
        _ => return None,
    })
}

fn gateway_advice(number: u16) -> Option<&'static str> {
    Some(match number {
        101 => "This cloud does not offer the operation: check the endpoint and its region.",
        103..=106 => "The gateway is not set up for this call: report it to support.",
        201 => "The gateway found fault with the request, or got no answer from the service: see the status.",
        301 | 305 => "The token is wrong, expired or of another cloud: get a new one.",
        302 | 304 | 306 => "Ask for the right to call this operation.",
        303 => "The signature is wrong: check the credentials and the clock.",
        307 => "The token has expired or is of another region: get a new one.",
        308 => "Too many calls: wait a minute.",
        310 => "The project cannot be used: choose another one.",
        401 | 402 | 404 => "The gateway does not take calls from this network address.",
        501 | 502 => "The quota of calls is used up or frozen: contact support.",
        601 | 605 | 606 | 608..=611 | 705 => "The gateway failed; look whether the order exists before anything else.",
        602 | 607 => "The gateway could not read the request: report it.",
        613 => "The gateway could not check the token: look whether the order exists, then try later.",
        801 | 802 => "The service or the user is not allowed in this region: choose another one.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_a_purchase_has_an_advice() {
        let service = [
            1, 3, 6, 7, 8, 24, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 51, 55, 56, 57, 58, 59,
            60, 61, 62, 63, 64, 65, 66, 67, 68, 87, 88, 89, 90, 91, 92, 93, 96, 115, 157, 166, 190, 191, 194, 196, 197,
            198, 223, 224, 226, 228, 229, 236, 238, 239, 241,
        ];
        let gateway = [
            101, 103, 104, 105, 106, 201, 301, 302, 303, 304, 305, 306, 307, 308, 310, 401, 402, 404, 501, 502, 601,
            602, 605, 606, 607, 608, 609, 610, 611, 613, 705, 801, 802,
        ];
        for number in service {
            assert!(advice(&format!("CPS.{number:04}")).is_some_and(|text| text.ends_with('.')), "CPS {number}");
        }
        for number in gateway {
            let text = advice(&format!("APIGW.{number:04}"));
            assert!(text.is_some(), "gateway {number}");
            assert_eq!(text, advice(&format!("APIG.{number:04}")));
        }
    }

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
}
