//! The input lines of the setup page: for an access key, a token, a login and the name of a profile.

use crate::form::TextCursor;
use crate::i18n::phrase;

use crate::app::setup::choices::SecretText;
use crate::app::setup::input_line::{InputLine, Masking};

fn entry(label: &'static str, help: &'static str, masking: Masking) -> InputLine {
    InputLine { label, help, text: SecretText::default(), cursor: TextCursor(0), masking, is_optional: false }
}

/// Returns the lines for an access key.
pub(super) fn key_entries() -> Vec<InputLine> {
    let token = phrase!("Goes with temporary keys only; leave it empty for a permanent one");
    vec![
        entry(phrase!("Access key"), phrase!("The AK, usually 20 capitals and digits"), Masking::AccessKey),
        entry(phrase!("Secret key"), phrase!("The SK, usually 40 characters; it is not shown"), Masking::Masked),
        InputLine { is_optional: true, ..entry(phrase!("Security token"), token, Masking::Masked) },
    ]
}

/// Returns the line for a token.
pub(super) fn token_entries() -> Vec<InputLine> {
    let help = phrase!("A token of IAM with the scope of the project; it is not shown, and lasts up to 24 hours");
    vec![entry(phrase!("Token"), help, Masking::Masked)]
}

/// Returns the lines for a login, and the index of the line to start at: the number of texts that are known already.
pub(super) fn login_entries(domain: &str, user: &str) -> (Vec<InputLine>, usize) {
    let known = |text: &str, entry: InputLine| InputLine {
        text: SecretText::from(text.to_owned()),
        cursor: TextCursor::at_end(text),
        ..entry
    };
    let at = usize::from(!domain.is_empty()) + usize::from(!user.is_empty());
    let entries = vec![
        known(
            domain,
            entry(phrase!("Account"), phrase!("The account name, which IAM calls a domain"), Masking::Visible),
        ),
        known(
            user,
            entry(
                phrase!("User"),
                phrase!("The IAM user; an account upgraded to a HUAWEI ID has to make one"),
                Masking::Visible,
            ),
        ),
        entry(phrase!("Password"), phrase!("It is sent to IAM only, and not shown"), Masking::Masked),
    ];
    (entries, at)
}

/// Returns the line for the name under which the profile is saved.
pub(super) fn name_entry(region: &str) -> Vec<InputLine> {
    let help =
        phrase!("Keeps region, project and where the credentials are, never the credentials; empty: keeps nothing");
    let name = InputLine { is_optional: true, ..entry(phrase!("Profile"), help, Masking::Visible) };
    let name = InputLine { text: SecretText::from(region.to_owned()), cursor: TextCursor::at_end(region), ..name };
    vec![name]
}
