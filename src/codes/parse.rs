//! Splits a code into its service and its number.

/// A code by the service that sent it. The prefix is not compared, since the gateway's differs from cloud to cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// Cloud Phone: `CPS.0024`. Some samples leave out the dot (`cph.md` 2.5).
    Phone(u32),
    /// The gateway in front of all services: `APIGW.0301` or `APIG.0301`.
    Gateway(u32),
    /// IAM: `IAM.0061`.
    Iam(u32),
    /// Billing: `CBC.0150`, `CBC.99003106`.
    Billing(u32),
    /// A bare HTTP status as a code, as sent by IAM (Keystone calls) and ECS.
    Status(u32),
}

/// Parses a code. Returns `None` if it has none of the documented forms.
pub(super) fn parse(code: &str) -> Option<Code> {
    let digits_at = code.find(|c: char| c.is_ascii_digit())?;
    let (prefix, digits) = code.split_at(digits_at);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let of_four = || (digits.len() == 4).then(|| digits.parse().ok()).flatten();
    match prefix.strip_suffix('.').unwrap_or(prefix).to_ascii_uppercase().as_str() {
        "CPS" => of_four().map(Code::Phone),
        "APIGW" | "APIG" => of_four().map(Code::Gateway),
        "IAM" => of_four().map(Code::Iam),
        // Four digits, or eight that begin with the service's own.
        "CBC" if digits.len() == 8 && !digits.starts_with('0') => digits.parse().ok().map(Code::Billing),
        "CBC" => of_four().map(Code::Billing),
        "" if digits.len() == 3 => digits.parse().ok().map(Code::Status),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_its_known_forms_only() {
        for (code, expected) in [
            ("CPS.0024", Some(Code::Phone(24))),
            ("CPS0005", Some(Code::Phone(5))),
            ("cps.0024", Some(Code::Phone(24))),
            ("APIGW.0301", Some(Code::Gateway(301))),
            ("APIG.0301", Some(Code::Gateway(301))),
            ("IAM.1104", Some(Code::Iam(1104))),
            ("CBC.0150", Some(Code::Billing(150))),
            ("CBC.99003106", Some(Code::Billing(99_003_106))),
            ("401", Some(Code::Status(401))),
            ("CPS.24", None),
            ("CPS.00241", None),
            ("CPS..0024", None),
            ("CPS.0024 ", None),
            ("CBC.00000150", None),
            ("XCPS.0024", None),
            ("CPS.০০২৪", None),
            ("24", None),
            ("CPS", None),
            ("", None),
        ] {
            assert_eq!(parse(code), expected, "{code}");
        }
    }
}
