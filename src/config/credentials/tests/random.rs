//! Random contents of files and variables: they cause no panic, and no message contains a secret.

use proptest::prelude::*;

use super::*;

/// Pieces of text that have a meaning to the parsers.
const PIECES: [&str; 34] = [
    "[basic]\n",
    "[global]\n",
    "[DEFAULT]\n",
    "ak = ",
    "sk: ",
    "idp_id = ",
    "project_id=",
    "=",
    ":",
    "[",
    "]",
    "#",
    ";",
    "\n",
    "\n ",
    "\r\n\t",
    "{",
    "}",
    "\"profiles\":",
    "\"current\":",
    "\"name\":",
    "\"mode\":",
    "\"SSO\"",
    "\"ssoAuth\":{\"stsToken\":{",
    "\"accessKeyId\":",
    "\"FAKEACCESSKEY0000001\"",
    ",",
    "null",
    "1e999",
    "\"\\ud800\"",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[2J",
    "é",
];

fn any_text() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24);
    prop_oneof![prop::collection::vec(any::<u8>(), 0..200), pieces.prop_map(|pieces| pieces.concat().into_bytes()),]
}

/// Generates values in place of a secret: intact, cut, malformed or well-formed. None has the form of a project id, a
/// region or an address, which may be shown.
fn any_secret() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(vec![
        "canary.canary.canary".to_owned(),
        " canary.canary\n".to_owned(),
        "canary canary".to_owned(),
        "canary\u{7}".to_owned(),
        "canäry.canary".to_owned(),
        "canary=".to_owned(),
        "canary@".repeat(6000),
        "https://canary:canary@host".to_owned(),
        "https://canary:canary@host/ canary".to_owned(),
    ]))
}

const SECRET_VARIABLES: [&str; 22] = [
    "HUAWEICLOUD_SDK_AK",
    "HUAWEICLOUD_SDK_SK",
    "HUAWEICLOUD_SDK_SECURITY_TOKEN",
    "HUAWEICLOUD_SDK_PROJECT_ID",
    "HUAWEICLOUD_SDK_DOMAIN_ID",
    "HUAWEICLOUD_SDK_IAM_ENDPOINT",
    "HUAWEICLOUD_SDK_IDP_ID",
    "HW_ACCESS_KEY",
    "HW_SECRET_KEY",
    "HW_SECURITY_TOKEN",
    "HW_AUTH_TOKEN",
    "HW_AUTH_URL",
    "HW_USER_PASSWORD",
    "HW_PROJECT_ID",
    "HW_REGION_NAME",
    "OS_ACCESS_KEY",
    "OS_SECRET_KEY",
    "OS_PASSWORD",
    "OS_AUTH_URL",
    "OS_TENANT_ID",
    "HW_ASSUME_ROLE_AGENCY_NAME",
    "CPH_WIZARD_TOKEN",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn no_file_breaks_the_search(sdk in any_text(), koocli in any_text(), token in any_text()) {
        let machine = Machine::new();
        for (path, bytes) in [(".huaweicloud/credentials", &sdk), (".hcloud/config.json", &koocli), ("token", &token)] {
            write(&machine.home.path().join(path), bytes);
        }
        let hints = Hints { token_file: Some("~/token"), ..Hints::default() };
        let CredentialLookup::Looked(of_token) = machine.obtain(CredentialKind::TokenFile, &hints) else { panic!() };
        let machine = machine.set("HW_PROFILE", "a");
        for discovery in [of_token, machine.discover()] {
            for said in discovery.unusable.iter().map(|one| format!("{}: {}", one.source, one.why)) {
                prop_assert!(!said.chars().any(crate::text::sanitize::is_hidden), "{said:?}");
            }
        }
    }

    #[test]
    fn no_sentence_holds_a_secret(
        variables in prop::collection::vec(any_secret(), SECRET_VARIABLES.len()),
        members in prop::collection::vec(any_secret(), 8),
        mode in prop::sample::select(&["AKSK", "SSO", "ecsAgency", "AssumeRole", "canary"][..]),
        lines in prop::collection::vec(any_secret(), 7),
        token in any_secret(),
    ) {
        let mut machine = Machine::new();
        for (name, value) in SECRET_VARIABLES.into_iter().zip(&variables) {
            if let Some(value) = value {
                machine = machine.set(name, value);
            }
        }
        let machine = machine.set("HW_USER_NAME", "u").set("HW_DOMAIN_NAME", "d");
        let key = serde_json::json!({"accessKeyId": members[4], "secretAccessKey": members[5], "securityToken": members[6]});
        let profile = serde_json::json!({
            "name": "p", "mode": mode, "accessKeyId": members[0], "secretAccessKey": members[1],
            "securityToken": members[2], "projectId": members[3], "region": members[7], "ssoAuth": {"stsToken": key},
        });
        let json = serde_json::json!({"current": "p", "profiles": [profile]}).to_string();
        let names = ["ak", "sk", "security_token", "project_id", "idp_id", "iam_endpoint", "domain_id"];
        let ini = names.iter().zip(&lines).filter_map(|(name, value)| Some(format!("{name} = {}\n", value.as_ref()?)));
        let ini = format!("[basic]\n{}", ini.collect::<String>());
        let machine = machine.write(".hcloud/config.json", &json).write(".huaweicloud/credentials", &ini);
        let machine = machine.write("token", &token.unwrap_or_default());
        machine.told();
        for kind in CredentialKind::ALL {
            let hints = Hints { token_file: Some("~/token"), ..Hints::default() };
            if let CredentialLookup::Looked(discovery) = machine.obtain(kind, &hints) {
                machine.tell(&discovery);
            }
        }
    }
}
