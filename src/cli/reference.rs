//! Reference tables for all commands: exit codes, files, variables. The man pages are generated from these tables;
//! tests compare them with the README.

use crate::exit_code::ExitCode;
use crate::i18n::phrase;

/// The exit codes, each with its meaning.
pub const EXIT_CODES: [(ExitCode, &str); 9] = [
    (ExitCode::Success, phrase!("Done. With an order: Huawei Cloud accepted it, or it was found.")),
    (
        ExitCode::Failure,
        phrase!(
            "A bug, a result that cannot be written, or too few file descriptors. With `profile doctor`: a step failed."
        ),
    ),
    (
        ExitCode::Usage,
        phrase!("The command line, the settings or the place it runs in is not right. Nothing was bought."),
    ),
    (ExitCode::InvalidOrder, phrase!("The order breaks rules. Nothing was sent.")),
    (
        ExitCode::Rejected,
        phrase!("Huawei Cloud reported that it rejected the order. The next start checks that no server of it exists."),
    ),
    (ExitCode::NotSent, phrase!("Not a byte of the order was sent. Nothing was bought.")),
    (
        ExitCode::Unknown,
        phrase!(
            "Something is not known: what became of the order, whether its servers are ready, or a list that was not read."
        ),
    ),
    (
        ExitCode::NeedsAttention,
        phrase!(
            "A conflict: one confirmation has more than one order. Or the journal needs attention; the message says why."
        ),
    ),
    (
        ExitCode::Interrupted,
        phrase!("Left or interrupted; with `buy` the order may be on its way, and `cph-wizard orders` shows it."),
    ),
];

/// The files of the program, each with its content.
pub const FILES: [(&str, &str); 9] = [
    (
        "$XDG_CONFIG_HOME/cph-wizard/config.toml",
        phrase!("Settings and profiles; without the variable under ~/.config. No secret is in them."),
    ),
    ("$XDG_CONFIG_HOME/cph-wizard/templates/", phrase!("Templates, a file each.")),
    (
        "$XDG_STATE_HOME/cph-wizard/live/journal.jsonl",
        phrase!("The journal of the orders of real accounts; without the variable under ~/.local/state."),
    ),
    ("$XDG_STATE_HOME/cph-wizard/live/drafts/", phrase!("Drafts for real accounts.")),
    ("$XDG_STATE_HOME/cph-wizard/demo/drafts/", phrase!("Drafts of the demo.")),
    (
        "$XDG_STATE_HOME/cph-wizard/demo/worlds/SCENE/",
        phrase!("The journal of the demo, and world.json: the orders that its simulator has accepted."),
    ),
    ("~/.huaweicloud/credentials", phrase!("Access keys where the SDK keeps them; only read.")),
    ("~/.hcloud/config.json", phrase!("Access keys where KooCLI keeps them; only read.")),
    ("FILE, FILE.1 ... FILE.4", phrase!("What --log FILE writes, and what it has put aside.")),
];

/// The environment variables that the program reads, each with its meaning.
pub const VARIABLES: [(&str, &str); 27] = [
    ("CPH_WIZARD_PROFILE", phrase!("The profile.")),
    ("CPH_WIZARD_REGION", phrase!("The region, such as cn-north-4.")),
    ("CPH_WIZARD_PROJECT_ID", phrase!("The project.")),
    ("CPH_WIZARD_PROJECT_NAME", phrase!("The project by its name, such as cn-north-4_team.")),
    ("CPH_WIZARD_CREDENTIALS", phrase!("The place of credentials: auto, sdk-file, koocli and others.")),
    ("CPH_WIZARD_TOKEN", phrase!("An IAM token; the only one of these that is secret.")),
    ("CPH_WIZARD_TOKEN_FILE", phrase!("The file of an IAM token.")),
    ("CPH_WIZARD_CREDENTIALS_FILE", phrase!("A file of the SDK in place of the usual one.")),
    ("CPH_WIZARD_DOMAIN_NAME", phrase!("The account of a login, which IAM calls a domain.")),
    ("CPH_WIZARD_USER_NAME", phrase!("The IAM user of a login.")),
    ("CPH_WIZARD_ENDPOINT", phrase!("Cloud Phone, in place of the region's address.")),
    ("CPH_WIZARD_IAM_ENDPOINT", phrase!("IAM, in the same way.")),
    ("CPH_WIZARD_ECS_ENDPOINT", phrase!("ECS, which lists key pairs.")),
    ("CPH_WIZARD_KPS_ENDPOINT", phrase!("KPS, which lists key pairs where ECS does not.")),
    ("CPH_WIZARD_TEST_ENDPOINT", phrase!("1: the endpoint is a test installation and may be on this machine.")),
    ("CPH_WIZARD_CA_FILE", phrase!("Certificates in PEM to trust beside those of the system.")),
    ("CPH_WIZARD_PROXY", phrase!("The proxy as http://host:port; one with a password goes into HTTPS_PROXY.")),
    ("CPH_WIZARD_LANGUAGE", phrase!("The language of all texts: en or zh-CN.")),
    ("CPH_WIZARD_THEME", phrase!("The theme.")),
    ("CPH_WIZARD_NO_INTRO", phrase!("If it is set, the introduction is not shown at the first start.")),
    ("HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK", phrase!("An access key, as the SDK has it.")),
    ("HW_ACCESS_KEY, HW_SECRET_KEY", phrase!("An access key, as the Terraform provider has it.")),
    ("HTTPS_PROXY, NO_PROXY", phrase!("The proxy, and the hosts that are reached without it.")),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME", phrase!("The folders above those of settings and state.")),
    ("NO_COLOR, CLICOLOR, CLICOLOR_FORCE", phrase!("Whether there is colour; --color goes before them.")),
    ("TERM", phrase!("The terminal; with dumb there is no colour.")),
    ("LC_ALL, LC_MESSAGES, LANG", phrase!("The language, where nothing else names one.")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{PROFILE_VARIABLE, ProfileKey};

    const README: &str = include_str!("../../README.md");

    #[test]
    fn every_variable_of_the_settings_is_in_the_table() {
        for variable in ProfileKey::ALL.map(ProfileKey::variable).into_iter().chain([PROFILE_VARIABLE]) {
            assert!(VARIABLES.iter().any(|(name, _)| *name == variable), "{variable}");
        }
    }

    #[test]
    fn the_readme_names_no_other_variables_and_every_exit_code() {
        let rest = README.split('`').filter(|word| word.starts_with("CPH_WIZARD_"));
        for name in rest.map(|word| word.split('=').next().unwrap()).filter(|name| !name.contains("BUILD")) {
            assert!(VARIABLES.iter().any(|(known, _)| *known == name), "{name} is not in the table");
        }
        assert_eq!(EXIT_CODES.map(|(code, _)| code), ExitCode::ALL);
        for (code, _) in EXIT_CODES {
            let code = code.number();
            let mut words = README.split(|c: char| !c.is_ascii_alphanumeric());
            assert!(words.any(|word| word == code.to_string()), "the exit code {code} is not in the README");
        }
    }
}
