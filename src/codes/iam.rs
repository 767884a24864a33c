//! The error codes of IAM: tokens, users, access keys (`platform.md` sections 1 and 6).

use super::cloud_error::{AuthKind, CloudError};
use super::code_row::{CodeRow, Meaning, find};
use super::parse::{Code, parse};
use crate::i18n::phrase;

const RIGHT: &str = phrase!("Ask the account's administrator for the right.");
const FORBIDDEN: &str = phrase!("IAM's policies do not allow the call to this user.");
const REPORT: &str = phrase!("This is a fault of the program: report it.");
const NEW_KEY: &str = phrase!("Use another access key.");
const ADMINISTRATOR: &str = phrase!("Ask the account's administrator to enable the user, or use another one.");

/// The default meaning of each number. `meaning` refines 1 by the authentication of the call.
pub(super) const ROWS: &[CodeRow] = &[
    (1, phrase!("IAM did not accept the credentials."), phrase!("Check them, or get new ones.")),
    (2, FORBIDDEN, RIGHT),
    (3, FORBIDDEN, RIGHT),
    (4, phrase!("IAM does not find what was asked for."), phrase!("Check the names of account, user and project.")),
    (5, phrase!("IAM has something of this name already."), phrase!("Choose another name.")),
    (6, phrase!("IAM failed inside."), phrase!("Try later.")),
    (7, phrase!("IAM does not accept a value of the call."), REPORT),
    (11, phrase!("IAM cannot read the body of the call."), REPORT),
    (12, phrase!("IAM takes no more calls for now."), phrase!("Wait a minute.")),
    (
        61,
        phrase!("The user is locked after repeated wrong passwords."),
        phrase!("Wait until IAM unlocks the user, or use an access key."),
    ),
    (62, PASSWORD.what, PASSWORD.advice),
    (66, phrase!("The token has expired."), phrase!("Get a new token.")),
    (67, phrase!("The token is broken or of another cloud."), phrase!("Get a new token.")),
    (80, phrase!("The user of the access key is disabled."), ADMINISTRATOR),
    (
        81,
        phrase!("The user may use the console only."),
        phrase!("Ask the account's administrator for programmatic access, or use another user."),
    ),
    (82, phrase!("The user is disabled."), ADMINISTRATOR),
    (
        83,
        phrase!("The user has no right to this private region."),
        phrase!("Choose another region, or ask for the right to this one."),
    ),
    (1104, phrase!("The access key is on a black list."), NEW_KEY),
    (1105, phrase!("The access key has expired."), NEW_KEY),
    (1106, phrase!("The user of the access key is not found."), NEW_KEY),
    (
        1107,
        phrase!("The access key is switched off."),
        phrase!("Switch it on in the console, or use another access key."),
    ),
    (
        1108,
        phrase!("The security token of the temporary access key has expired."),
        phrase!("Get a new temporary access key."),
    ),
    (
        1109,
        phrase!("The project is not found."),
        phrase!("Check the project id; every region has a project of its own."),
    ),
];

/// The response to a wrong password is the same as for an account that was upgraded to a HUAWEI ID.
const PASSWORD: Meaning = Meaning::new(
    phrase!("IAM did not accept the name or password; an account upgraded to a HUAWEI ID cannot log in this way."),
    phrase!("Check both; for such an account make an IAM user, or use an access key."),
);
const TOKEN: Meaning = Meaning::new(phrase!("IAM did not accept the token."), phrase!("Get a new token."));
const KEY: Meaning = Meaning::new(
    phrase!("IAM did not accept the access key or its signature."),
    phrase!("Check the key, its secret and the clock; after more than five failed calls wait five minutes."),
);

/// Looks up the meaning of an IAM code by its number. 1 is refined by the authentication of the call. `None` if no
/// document explains it.
pub(super) fn meaning(number: u32, said: &CloudError<'_>) -> Option<Meaning> {
    let row = find(ROWS, number)?;
    Some(if number == 1 { refused_credentials(said).unwrap_or(row) } else { row })
}

/// Explains rejected credentials by the authentication of the call, or by a message about a password. `None` if the
/// authentication is not known.
pub(super) fn refused_credentials(said: &CloudError<'_>) -> Option<Meaning> {
    match said.by {
        Some(AuthKind::Password) => Some(PASSWORD),
        Some(AuthKind::Token) => Some(TOKEN),
        Some(AuthKind::Key) => Some(KEY),
        None => said.mentions(&["password"]).then_some(PASSWORD),
    }
}

/// Returns whether a code makes an access key unusable for every call: its user is disabled or gone, or the key is
/// blacklisted, expired or switched off, or its security token has expired (`platform.md` section 6). Most of these
/// come with status 400.
#[must_use]
pub fn refuses_key(code: &str) -> bool {
    matches!(parse(code), Some(Code::Iam(80 | 1104..=1108)))
}

/// Returns whether a code of a 401 can be resolved with a new token: the code of the gateway, those of IAM, or the bare
/// status that IAM's older calls send (`platform.md` sections 1 and 6).
#[must_use]
pub fn refuses_token(code: &str) -> bool {
    matches!(parse(code), Some(Code::Gateway(307) | Code::Iam(1 | 66 | 67) | Code::Status(401)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::explain;

    #[test]
    fn codes_of_keys_and_of_tokens_are_told_apart() {
        for code in ["IAM.0080", "IAM.1104", "IAM.1105", "IAM.1106", "IAM.1107", "IAM.1108"] {
            assert!(refuses_key(code) && !refuses_token(code), "{code}");
        }
        for code in ["APIGW.0307", "APIG.0307", "IAM.0001", "IAM.0066", "IAM.0067", "401"] {
            assert!(refuses_token(code) && !refuses_key(code), "{code}");
        }
        for code in ["IAM.1109", "IAM.0002", "APIGW.0301", "CPS.0307", "CPS.1108", "403", ""] {
            assert!(!refuses_key(code) && !refuses_token(code), "{code}");
        }
    }

    #[test]
    fn a_refused_password_names_the_huawei_id() {
        let of = |code, message, by| explain(&CloudError { code, status: 401, message, by }).unwrap();
        for code in ["401", "IAM.0001", "IAM.0062", ""] {
            assert_eq!(of(code, None, Some(AuthKind::Password)), PASSWORD, "{code}");
        }
        assert_eq!(of("401", Some("The username or password is wrong."), None), PASSWORD);
        assert_eq!(of("401", None, Some(AuthKind::Token)), TOKEN);
        assert_eq!(of("IAM.0001", None, Some(AuthKind::Key)), KEY);
        assert!(!of("401", None, None).what.contains("HUAWEI ID"));
    }
}
