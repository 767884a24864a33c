//! Lookups of each kind of credentials.

use super::*;

fn looked(machine: &Machine, kind: CredentialKind, hints: &Hints<'_>) -> Vec<String> {
    match machine.obtain(kind, hints) {
        CredentialLookup::Looked(discovery) => machine.tell(&discovery),
        other => panic!("{other:?}"),
    }
}

fn full() -> Machine {
    Machine::new()
        .set("HUAWEICLOUD_SDK_AK", "FAKEACCESSKEY0000002")
        .set("HUAWEICLOUD_SDK_SK", CANARY)
        .set("OS_ACCESS_KEY", "FAKEACCESSKEY0000003")
        .set("OS_SECRET_KEY", CANARY)
        .set("CPH_WIZARD_TOKEN", "canary")
        .sdk("[basic]\nak = $A\nsk = $S\n")
        .koocli(r#"{"profiles":[{"name":"a","accessKeyId":"$A","secretAccessKey":"$S"}]}"#)
        .write("token", "canary-canary\n")
}

#[test]
fn a_profile_looks_only_where_it_says() {
    let machine = full();
    let hints = Hints { token_file: Some("~/token"), ..Hints::default() };
    for (kind, expected) in [
        (CredentialKind::SdkEnvironment, "the SDK's variables (HUAWEICLOUD_SDK_AK): FAKE...0002"),
        (CredentialKind::SdkFile, "the SDK's file ~/.huaweicloud/credentials: FAKE...0001"),
        (
            CredentialKind::TerraformEnvironment,
            "the Terraform provider's variables (HW_ACCESS_KEY, OS_ACCESS_KEY): FAKE...0003",
        ),
        (CredentialKind::KooCli, "the KooCLI's profile a in ~/.hcloud/config.json: FAKE...0001"),
        (CredentialKind::TokenFile, "the token file ~/token: token of 13 characters"),
        (CredentialKind::Token, "the variable CPH_WIZARD_TOKEN: token of 6 characters"),
    ] {
        assert_eq!(looked(&machine, kind, &hints), [expected]);
    }
    assert_eq!(looked(&machine, CredentialKind::Auto, &hints), machine.told());
    let elsewhere = machine.write("elsewhere", "[basic]\nak = FAKEACCESSKEY0000009\nsk = canary\n");
    let hints = Hints { credentials_file: Some("~/elsewhere"), ..Hints::default() };
    assert_eq!(looked(&elsewhere, CredentialKind::SdkFile, &hints), ["the SDK's file ~/elsewhere: FAKE...0009"]);
    assert_eq!(looked(&elsewhere, CredentialKind::Auto, &hints)[1], "the SDK's file ~/elsewhere: FAKE...0009");
}

#[test]
fn what_a_profile_names_and_is_not_there_is_said() {
    let machine = Machine::new();
    let hints = Hints { token_file: Some("~/token"), credentials_file: Some("~/file"), ..Hints::default() };
    for (kind, why) in [
        (CredentialKind::SdkEnvironment, "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set"),
        (CredentialKind::SdkFile, "not the SDK's file ~/file: there is no such file"),
        (CredentialKind::TerraformEnvironment, "HW_ACCESS_KEY and HW_SECRET_KEY are not set, nor HW_AUTH_TOKEN"),
        (CredentialKind::KooCli, "not the KooCLI's file ~/.hcloud/config.json: there is no profile"),
        (CredentialKind::TokenFile, "not the token file ~/token: there is no such file"),
    ] {
        let told = looked(&machine, kind, &hints);
        assert!(told.len() == 1 && told[0].contains(why), "{told:?}");
    }
    let usual = looked(&machine, CredentialKind::SdkFile, &Hints::default());
    assert_eq!(usual, ["not the SDK's file ~/.huaweicloud/credentials: there is no such file"]);
    let none = looked(&machine, CredentialKind::TokenFile, &Hints::default());
    assert!(none[0].ends_with("the profile names no file; set token_file or CPH_WIZARD_TOKEN_FILE"), "{none:?}");
}

#[test]
fn what_only_a_person_or_the_network_has_is_asked_for() {
    let machine = Machine::new();
    let hints = Hints { domain_name: Some("d"), ..Hints::default() };
    assert!(matches!(machine.obtain(CredentialKind::Token, &hints), CredentialLookup::AskToken));
    assert!(matches!(machine.obtain(CredentialKind::Typed, &hints), CredentialLookup::AskKey));
    assert!(matches!(full().obtain(CredentialKind::Metadata, &hints), CredentialLookup::AskMetadata));
    let CredentialLookup::AskPassword { domain, user } = machine.obtain(CredentialKind::Password, &hints) else {
        panic!()
    };
    assert_eq!((domain.as_deref(), user), (Some("d"), None));
}

#[test]
fn a_token_file_holds_one_token() {
    let hints = Hints { token_file: Some("~/token"), ..Hints::default() };
    let tell = |text: &str| looked(&Machine::new().write("token", text), CredentialKind::TokenFile, &hints);
    assert_eq!(tell(" canary \r\n"), ["the token file ~/token: token of 6 characters"]);
    assert_eq!(tell(" \n"), ["not the token file ~/token: the file is empty"]);
    assert!(tell("canary\ncanary")[0].starts_with("not the token file ~/token: the token in it has characters"));
    let machine = Machine::new().write("token", "canary");
    let path = machine.home.path().join("token");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let told = looked(&machine, CredentialKind::TokenFile, &hints);
    assert!(told[0].ends_with("(mode 0640); make it yours alone: chmod 600 ~/token"), "{told:?}");
    fs::write(&path, b"canary\xff").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let told = looked(&machine, CredentialKind::TokenFile, &hints);
    assert_eq!(told, ["not the token file ~/token: the file holds something other than a token"]);
}
