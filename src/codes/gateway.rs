//! The error codes of the gateway in front of every service (`platform.md` section 6, `cph.md` 16.1). They begin with
//! `APIGW.` or `APIG.`; only the number counts.

use super::cloud_error::{AuthKind, CloudError};
use super::code_row::{CodeRow, Meaning, find};
use crate::i18n::phrase;

const SUPPORT: &str = phrase!("Report it to the vendor's support with the request id.");
const LOOK: &str = phrase!("Read again later; before ordering again, look whether the order exists.");
const REPORT: &str = phrase!("This is a fault of the program: report it.");
const RIGHT: &str = phrase!("Ask the account's administrator for the right.");
const FAILED: &str = phrase!("The gateway failed.");
const UNREAD: &str = phrase!("The gateway could not read the request.");
const FORBIDDEN: &str = phrase!("The user is not allowed to call this operation.");
const ADDRESS: &str = phrase!("The gateway does not take calls from this network address.");

/// The default meaning of each number. `meaning` replaces some of them by status, message or authentication.
pub(super) const ROWS: &[CodeRow] = &[
    (101, phrase!("This cloud does not offer the operation."), phrase!("Check the endpoint and its region.")),
    (103, phrase!("The gateway is not set up for this call."), SUPPORT),
    (104, phrase!("The gateway does not know the method of this call."), SUPPORT),
    (105, phrase!("The gateway is not set up for the service behind this call."), SUPPORT),
    (106, phrase!("The gateway cannot find out where this call belongs."), SUPPORT),
    (
        201,
        phrase!("The gateway found fault with the request, or got no answer from the service."),
        phrase!("See the status."),
    ),
    (
        301,
        phrase!("The credentials are wrong, expired or of another cloud, or the account is in arrears or frozen."),
        phrase!("Get a new token or check the access key; then look at the account's balance."),
    ),
    (302, FORBIDDEN, RIGHT),
    (
        303,
        phrase!("The signature of the call is wrong, or this machine's clock is more than 15 minutes off."),
        phrase!("Set the clock, then check the access key and its secret."),
    ),
    (304, phrase!("The credentials are not authorised for this operation."), RIGHT),
    (
        305,
        phrase!("The credentials of the call are wrong."),
        phrase!("Get a new token, or check the access key and its secret."),
    ),
    (306, FORBIDDEN, RIGHT),
    (307, phrase!("The token has expired, or it is of another region."), phrase!("Get a new token for this region.")),
    (308, phrase!("Too many calls came within a short time."), phrase!("Wait a minute.")),
    (
        310,
        phrase!("The project cannot be used."),
        phrase!("Choose another project, or see in the console what became of it."),
    ),
    (401, ADDRESS, phrase!("Ask the account's administrator which networks may call, or call from one of them.")),
    (402, ADDRESS, phrase!("Ask the account's administrator which networks may call, or call from one of them.")),
    (404, phrase!("The gateway does not reach the service at its address."), SUPPORT),
    (501, phrase!("The quota of calls is used up."), phrase!("Contact the vendor's support.")),
    (502, phrase!("The quota of calls is frozen."), phrase!("Contact the vendor's support.")),
    (601, FAILED, LOOK),
    (602, UNREAD, REPORT),
    (605, FAILED, LOOK),
    (606, FAILED, LOOK),
    (
        607,
        phrase!("The gateway does not take the protocol of the request."),
        phrase!("Check the endpoint; it begins with https://."),
    ),
    (608, FAILED, LOOK),
    (609, FAILED, LOOK),
    (610, phrase!("The gateway found no service behind it."), LOOK),
    (611, FAILED, LOOK),
    (613, phrase!("The gateway could not check the credentials, because IAM is not available."), LOOK),
    (705, FAILED, LOOK),
    (
        801,
        phrase!("The service is not open to this account in this region."),
        phrase!("Choose another region, or open the service."),
    ),
    (
        802,
        phrase!("The user is not allowed in this region."),
        phrase!("Choose another region, or ask for the right to this one."),
    ),
];

const TOKEN: Meaning =
    Meaning::new(phrase!("The token is broken, expired or of another cloud."), phrase!("Get a new token."));
const KEY: Meaning = Meaning::new(
    phrase!("The access key or its secret is wrong, or the key is locked after more than five failed calls."),
    phrase!("Check both; if they are right, wait five minutes before the next try."),
);
const CLOCK: Meaning = Meaning::new(
    phrase!("This machine's clock is more than 15 minutes away from the cloud's."),
    phrase!("Set the clock, then try again."),
);

/// Looks up the meaning of a gateway code by its number, refined by the status, message and authentication of the call.
/// `None` if no document explains it.
pub(super) fn meaning(number: u32, said: &CloudError<'_>) -> Option<Meaning> {
    let row = find(ROWS, number)?;
    Some(match number {
        201 => unread_or_unanswered(said.status).unwrap_or(row),
        301 => authentication(said).unwrap_or(row),
        303 if said.mentions(&["clock", "x-sdk-date", "time", "skew", "expired"]) => CLOCK,
        305 => match said.by {
            Some(AuthKind::Token | AuthKind::Password) => TOKEN,
            Some(AuthKind::Key) => KEY,
            None => row,
        },
        307 => match said.by {
            Some(AuthKind::Password) => {
                Meaning { advice: phrase!("Log in again, at the address of this region."), ..row }
            }
            Some(AuthKind::Token | AuthKind::Key) | None => row,
        },
        _ => row,
    })
}

/// Explains 0201 by the status: the code covers everything from a request that is too large to a service that is down.
/// `None` for any other status.
fn unread_or_unanswered(status: u16) -> Option<Meaning> {
    match status {
        400 => Some(Meaning::new(UNREAD, REPORT)),
        413 => Some(Meaning::new(phrase!("The request is larger than the gateway takes, which is 12 MB."), REPORT)),
        414 => Some(Meaning::new(
            phrase!("The address of the request is longer than the gateway takes, which is 32 K."),
            REPORT,
        )),
        494 => Some(Meaning::new(
            phrase!("The headers of the request are larger than the gateway takes, which is 128 K."),
            phrase!("Take a shorter token, one without the list of services, or sign with an access key."),
        )),
        502 => Some(Meaning::new(phrase!("The gateway does not reach the service behind it."), LOOK)),
        504 => Some(Meaning::new(phrase!("The service did not answer the gateway in time."), LOOK)),
        _ => None,
    }
}

/// Explains 0301: by the message first, since it is more specific, then by the authentication. `None` if neither helps.
fn authentication(said: &CloudError<'_>) -> Option<Meaning> {
    let is_key = said.mentions(&["aksk", "ak/sk", "signature", "access key"]);
    if said.mentions(&["arrears", "op_restricted"]) {
        return find(super::phone::PURCHASE, 6);
    }
    if said.mentions(&["frozen", "suspended"]) {
        return find(super::phone::PURCHASE, 7);
    }
    if is_key {
        return Some(KEY);
    }
    if said.mentions(&["token"]) {
        return Some(TOKEN);
    }
    match said.by? {
        AuthKind::Token | AuthKind::Password => Some(TOKEN),
        AuthKind::Key => Some(KEY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::explain;

    fn what(code: &str, status: u16, message: &str, by: Option<AuthKind>) -> &'static str {
        explain(&CloudError { code, status, message: Some(message), by }).unwrap().what
    }

    #[test]
    fn words_and_means_tell_the_causes_of_0301_apart() {
        let of = |message, by| what("APIGW.0301", 401, message, by);
        assert_eq!(of("Incorrect IAM authentication information: decrypt token fail", None), TOKEN.what);
        assert_eq!(of("Incorrect IAM authentication information: verify aksk signature fail", None), KEY.what);
        // The words know better than the program what came.
        assert_eq!(of("verify aksk signature fail", Some(AuthKind::Token)), KEY.what);
        assert_eq!(of("The account is in ARREARS", Some(AuthKind::Key)), "The account is in arrears.");
        assert_eq!(of("account frozen", None), "The account is frozen.");
        assert_eq!(of("no", Some(AuthKind::Key)), KEY.what);
        assert_eq!(of("no", Some(AuthKind::Token)), TOKEN.what);
        assert!(of("no", None).contains("arrears or frozen"));
    }

    #[test]
    fn the_status_tells_the_causes_of_0201_apart() {
        let of = |status| what("APIG.0201", status, "", None);
        let all: std::collections::BTreeSet<&str> = [0, 400, 413, 414, 494, 502, 504].map(of).into();
        assert_eq!(all.len(), 7);
    }

    #[test]
    fn a_wrong_clock_is_named_when_the_words_speak_of_it() {
        assert_eq!(what("APIGW.0303", 401, "the request time is out of range", Some(AuthKind::Key)), CLOCK.what);
        assert!(what("APIGW.0303", 401, "", Some(AuthKind::Key)).contains("or this machine's clock"));
    }

    #[test]
    fn the_prefix_does_not_matter() {
        for (number, ..) in ROWS {
            let of = |prefix| explain(&CloudError::code(&format!("{prefix}.{number:04}")));
            assert!(of("APIG").is_some() && of("APIG") == of("APIGW"), "{number}");
        }
    }
}
