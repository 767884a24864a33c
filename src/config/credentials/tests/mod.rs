//! Credentials found on a machine, source by source, and the messages about those that cannot be used.

mod kinds;
mod random;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};

use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::*;

/// A well-formed secret key, searched for in all output that must not contain it.
const CANARY: &str = "canary0canary0canary0canary0canary0canar";
const ACCESS: &str = "FAKEACCESSKEY0000001";

/// Writes a file that only its owner can read, without waiting for the disk.
fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).unwrap();
    file.write_all(bytes).unwrap();
}

/// A temporary home directory and its own environment.
struct Machine {
    home: TempDir,
    variables: BTreeMap<&'static str, OsString>,
}

impl Machine {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), variables: BTreeMap::new() }
    }

    fn set(mut self, name: &'static str, value: &str) -> Self {
        self.variables.insert(name, value.into());
        self
    }

    fn write(self, path: &str, text: &str) -> Self {
        write(&self.home.path().join(path), text.as_bytes());
        self
    }

    fn sdk(self, text: &str) -> Self {
        self.write(".huaweicloud/credentials", &text.replace("$A", ACCESS).replace("$S", CANARY))
    }

    fn koocli(self, text: &str) -> Self {
        self.write(".hcloud/config.json", &text.replace("$A", ACCESS).replace("$S", CANARY))
    }

    fn discover(&self) -> Discovery {
        discover(&|name| self.variables.get(name).cloned(), Some(self.home.path()))
    }

    fn obtain(&self, kind: CredentialKind, hints: &Hints<'_>) -> CredentialLookup {
        for_kind(kind, hints, &|name| self.variables.get(name).cloned(), Some(self.home.path()))
    }

    /// Lists the credentials found, one per line, and then the unusable ones with their reasons. Fails if the secret
    /// key appears.
    fn told(&self) -> Vec<String> {
        self.tell(&self.discover())
    }

    fn tell(&self, discovery: &Discovery) -> Vec<String> {
        assert!(!format!("{discovery:?}").contains("canary"), "{discovery:?}");
        let home = format!("{}/", self.home.path().display());
        let found = discovery.found.iter().map(|one| format!("{}: {}", one.source, one.masked()));
        let unusable = discovery.unusable.iter().map(|one| format!("not {}: {}", one.source, one.why));
        let told: Vec<String> = found.chain(unusable).map(|line| line.replace(&home, "~/")).collect();
        assert!(!told.join("").contains("canary"), "{told:?}");
        told
    }
}

const SDK: &str = "the SDK's variables (HUAWEICLOUD_SDK_AK)";
const TERRAFORM: &str = "the Terraform provider's variables (HW_ACCESS_KEY, OS_ACCESS_KEY)";

#[test]
fn an_empty_machine_has_nothing_and_says_nothing() {
    assert_eq!(Machine::new().told(), Vec::<String>::new());
    assert!(discover(&|_| None, None).is_empty());
}

#[test]
fn all_places_are_found_in_the_order_of_the_document() {
    let machine = Machine::new()
        .set("CPH_WIZARD_TOKEN", &format!(" {}\n", "canary".repeat(200)))
        .set("HW_ACCESS_KEY", "FAKEACCESSKEY0000003")
        .set("HW_SECRET_KEY", CANARY)
        .set("HUAWEICLOUD_SDK_AK", "FAKEACCESSKEY0000002")
        .set("HUAWEICLOUD_SDK_SK", CANARY)
        .sdk("[basic]\nak = $A\nsk = $S\n")
        .koocli(
            r#"{"current":"b","profiles":[{"name":"a","mode":"AKSK","accessKeyId":"$A","secretAccessKey":"$S"},
            {"name":"b","accessKeyId":"$A","secretAccessKey":"$S"}]}"#,
        );
    assert_eq!(
        machine.told(),
        [
            "the SDK's variables (HUAWEICLOUD_SDK_AK): FAKE...0002",
            "the SDK's file ~/.huaweicloud/credentials: FAKE...0001",
            "the Terraform provider's variables (HW_ACCESS_KEY, OS_ACCESS_KEY): FAKE...0003",
            "the KooCLI's profile b in ~/.hcloud/config.json: FAKE...0001",
            "the KooCLI's profile a in ~/.hcloud/config.json: FAKE...0001",
            "the variable CPH_WIZARD_TOKEN: token of 1,200 characters",
        ]
    );
}

#[test]
fn the_sdk_gives_the_key_and_what_stands_beside_it() {
    let machine = Machine::new()
        .set("HUAWEICLOUD_SDK_AK", " FAKEACCESSKEY0000001\n")
        .set("HUAWEICLOUD_SDK_SK", CANARY)
        .set("HUAWEICLOUD_SDK_SECURITY_TOKEN", "canary-token")
        .set("HUAWEICLOUD_SDK_PROJECT_ID", "p1")
        .set("HUAWEICLOUD_SDK_DOMAIN_ID", "d1")
        .set("HUAWEICLOUD_SDK_IAM_ENDPOINT", "https://iam.example")
        .sdk("[basic]\nAK2: x\nak: $A\nsk: $S\nproject_id = p2\n[global]\nak = $A\nsk = $S\ndomain_id = d2\n");
    let found = machine.discover().found;
    let Secret::Key { access_key, secret_key, security_token } = &found[0].secret else { panic!() };
    assert_eq!((access_key.as_str(), secret_key.expose_secret()), (ACCESS, CANARY));
    assert_eq!(security_token.as_ref().map(ExposeSecret::expose_secret), Some("canary-token"));
    let beside = |at: usize| {
        let one: &FoundCredentials = &found[at];
        [&one.region, &one.project_id, &one.domain_id, &one.iam_endpoint].map(|text| text.clone().unwrap_or_default())
    };
    assert_eq!(beside(0), ["", "p1", "d1", "https://iam.example"]);
    assert_eq!(beside(1), ["", "p2", "d2", ""]);
    let other = Machine::new().sdk("[basic]\nak: $A\nsk: $S\n[global]\nak = other\nsk = $S\ndomain_id = d2\n");
    assert_eq!(other.discover().found[0].domain_id, None, "the account of another key");
}

#[test]
fn what_the_sdk_has_and_cannot_be_used_is_said() {
    let half = Machine::new().set("HUAWEICLOUD_SDK_SK", CANARY).told();
    assert_eq!(
        half,
        [format!("not {SDK}: HUAWEICLOUD_SDK_SK is there and HUAWEICLOUD_SDK_AK is not; both are needed")]
    );
    let file = "the SDK's file ~/.huaweicloud/credentials";
    for (text, why) in [
        ("[basic]\nak = $A\n", "ak in [basic] is there and sk in [basic] is not; both are needed"),
        ("[basic]\nak = $A\n$S\n", "line 3: there is no = in it"),
        ("[global]\nak = $A\nsk = $S\n", "the section [basic] has no ak and sk"),
        (
            "[basic]\nidp_id = canary\nid_token_file = /x\n",
            "it is set up for an identity provider (federation), which \
          this program does not speak; use an access key",
        ),
        (
            "[basic]\nak = $A\nsk = $S # ours\n",
            "sk in [basic] has characters that a key or token never has (line breaks or \
          blanks inside, control characters, or others outside ASCII); copy it again",
        ),
        (
            "[basic]\nak = $A\nsk = $S\nproject_id = can ary\n",
            "project_id in [basic] has 1 to 64 letters, digits, _ and -; \
          it is usually 32 hex digits",
        ),
    ] {
        assert_eq!(Machine::new().sdk(text).told(), [format!("not {file}: {why}")]);
    }
    let machine = Machine::new().sdk("[basic]\nak = $A\nsk = $S\n");
    let path = machine.home.path().join(".huaweicloud/credentials");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let why = "~/.huaweicloud/credentials can be read by others on this machine (mode 0644); make it yours alone: chmod 600 \
               ~/.huaweicloud/credentials";
    assert_eq!(machine.told(), [format!("not {file}: {why}")]);
    let named = Machine::new().set("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/nowhere/canar").told();
    assert_eq!(named, ["not the SDK's file /nowhere/canar: there is no such file"]);
    let federated = Machine::new().set("HUAWEICLOUD_SDK_IDP_ID", "x").told();
    assert!(federated[0].contains("identity provider"));
}

#[test]
fn the_terraform_provider_prefers_token_then_key_then_password() {
    let password = || {
        Machine::new()
            .set("OS_PASSWORD", "canary word")
            .set("OS_USERNAME", "demo-user")
            .set("OS_USER_DOMAIN_NAME", "demo-domain")
            .set("OS_REGION_NAME", "cn-east-3")
            .set("OS_TENANT_NAME", "cn-east-3_team")
            .set("HW_AUTH_URL", "https://iam.example:443/v3/")
    };
    let found = password().discover().found.remove(0);
    assert_eq!(found.masked(), "demo-user@demo-domain");
    assert_eq!(
        (found.region.as_deref(), found.project_name.as_deref(), found.iam_endpoint.as_deref()),
        (Some("cn-east-3"), Some("cn-east-3_team"), Some("https://iam.example:443"))
    );
    let key = || password().set("HW_ACCESS_KEY", ACCESS).set("OS_SECRET_KEY", CANARY);
    assert_eq!(key().told(), [format!("{TERRAFORM}: FAKE...0001")]);
    assert_eq!(key().set("OS_AUTH_TOKEN", "canary").told(), [format!("{TERRAFORM}: token of 6 characters")]);
    let half = password().set("HW_ACCESS_KEY", ACCESS).told();
    assert_eq!(half[0], format!("{TERRAFORM}: demo-user@demo-domain"));
    assert_eq!(half[1], format!("not {TERRAFORM}: HW_ACCESS_KEY is there and HW_SECRET_KEY is not; both are needed"));
    let agency = Machine::new().set("HW_ACCESS_KEY", ACCESS).set("HW_SECRET_KEY", CANARY);
    assert!(agency.set("HW_ASSUME_ROLE_AGENCY_NAME", "x").told()[0].contains("act as an agency of another account"));
    let nobody = Machine::new().set("HW_USER_PASSWORD", "canary").told();
    assert!(nobody[0].ends_with("HW_USER_PASSWORD is there and HW_USER_NAME is not; both are needed"), "{nobody:?}");
}

#[test]
fn credentials_of_another_openstack_cloud_are_left_alone() {
    let machine = |url: &str| {
        let machine = Machine::new().set("OS_PASSWORD", "canary").set("OS_USERNAME", "u").set("OS_DOMAIN_NAME", "d");
        machine.set("OS_AUTH_URL", url)
    };
    for foreign in
        ["https://keystone.example/v3", "https://iam.myhuaweicloud.com.example", "http://x.myhuaweicloud.com"]
    {
        let told = machine(foreign).told();
        assert!(told[0].contains("OS_AUTH_URL names another cloud"), "{foreign} {told:?}");
    }
    let ours = machine("https://iam.cn-east-3.myhuaweicloud.com:443/v3").discover().found.remove(0);
    assert_eq!(ours.iam_endpoint.as_deref(), Some("https://iam.cn-east-3.myhuaweicloud.com:443"));
    let named = machine("https://keystone.example/v3").set("HW_AUTH_URL", "https://iam.example/v3").discover();
    assert_eq!(named.found[0].iam_endpoint.as_deref(), Some("https://iam.example"));
    let own = Machine::new().set("HW_ACCESS_KEY", ACCESS).set("HW_SECRET_KEY", CANARY);
    let own = own.set("OS_AUTH_URL", "https://keystone.example/v3").set("OS_AUTH_TOKEN", "canary");
    let own = own.set("OS_REGION_NAME", "RegionOne").set("OS_PROJECT_ID", "other").discover();
    assert_eq!(own.found[0].masked(), "FAKE...0001", "the key of ours behind a token of the other cloud");
    assert_eq!((&own.found[0].iam_endpoint, &own.found[0].region, &own.found[0].project_id), (&None, &None, &None));
    assert_eq!(own.unusable.len(), 1);
}

#[test]
fn a_shared_file_takes_the_place_of_the_variables() {
    let two = r#"{"current":"a","profiles":[{"name":"a","region":"x-1","accessKeyId":"$A","secretAccessKey":"$S"},
        {"name":"b","projectId":"p","accessKeyId":"$A","secretAccessKey":"$S"}]}"#;
    let two = two.replace("$A", ACCESS).replace("$S", CANARY);
    let machine = || Machine::new().set("HW_ACCESS_KEY", "FAKEACCESSKEY0000003").set("HW_SECRET_KEY", CANARY);
    let shared = machine().set("HW_SHARED_CONFIG_FILE", "~/shared.json").write("shared.json", &two);
    assert_eq!(shared.told(), ["the KooCLI's profile a in ~/shared.json: FAKE...0001"]);
    let named = machine().set("HW_PROFILE", "b").koocli(&two);
    let told = named.told();
    assert_eq!(told[0], "the KooCLI's profile b in ~/.hcloud/config.json: FAKE...0001");
    assert_eq!(told[1..], ["the KooCLI's profile a in ~/.hcloud/config.json: FAKE...0001"], "and none of them twice");
    let absent =
        machine().set("HW_PROFILE", "c").set("HW_SHARED_CONFIG_FILE", "~/shared.json").write("shared.json", &two);
    assert_eq!(absent.told(), ["not the KooCLI's profile c in ~/shared.json: there is no profile of this name"]);
    let missing = machine().set("HW_SHARED_CONFIG_FILE", "~/no.json").told();
    assert_eq!(missing, ["not the KooCLI's file ~/no.json: there is no such file"]);
}

#[test]
fn profiles_of_the_koocli_that_cannot_be_used_say_why() {
    let one = |profile: &str| Machine::new().koocli(&format!("{{\"profiles\":[{profile}]}}")).told();
    let encrypted = "its keys are encrypted (they have not the form of keys); store them plain with \
                     `hcloud configure set --cli-auth-encrypt=false`, or use another source";
    for (profile, why) in [
        (r#"{"name":"p","mode":"AKSK","accessKeyId":"canary==","secretAccessKey":"canary+/canary"}"#, encrypted),
        (r#"{"name":"p","mode":"AKSK","accessKeyId":"$A","secretAccessKey":"canaryä"}"#, encrypted),
        (
            r#"{"name":"p","mode":"AKSK","accessKeyId":"$A"}"#,
            "accessKeyId is there and secretAccessKey is not; both are needed",
        ),
        (r#"{"name":"p"}"#, "it holds no keys"),
        (
            r#"{"name":"p","mode":"ecsAgency"}"#,
            "it takes its keys from the metadata service (mode ecsAgency); on a cloud server use the kind metadata",
        ),
        (
            r#"{"name":"p","mode":"AssumeRole","accessKeyId":"$A","secretAccessKey":"$S"}"#,
            "it acts as an agency of another account (modes AssumeRole and agency), which this program does not; use an \
             access key",
        ),
        (r#"{"name":"p","mode":"token"}"#, "it keeps a token (mode token), which is not read; use an access key"),
        (
            r#"{"name":"p","mode":"canary","accessKeyId":"$A","secretAccessKey":"$S"}"#,
            "its mode is not known; use an access key",
        ),
        (
            r#"{"name":"p","mode":"SSO","ssoAuth":null}"#,
            "it signs in by SSO and holds no temporary key; sign in with `hcloud configure sso`",
        ),
        (
            r#"{"name":"p","region":"Peking","accessKeyId":"$A","secretAccessKey":"$S"}"#,
            "region has 1 to 32 small letters, digits and hyphens, like cn-north-4",
        ),
    ] {
        assert_eq!(one(profile), [format!("not the KooCLI's profile p in ~/.hcloud/config.json: {why}")]);
    }
    assert_eq!(
        one("7"),
        ["not the KooCLI's profile without a name in ~/.hcloud/config.json: the profile is not an object"]
    );
    let broken = Machine::new().koocli("{\"profiles\": [\n  {\"secretAccessKey\": \"$S\" \"x\"").told();
    assert_eq!(broken, ["not the KooCLI's file ~/.hcloud/config.json: line 2, column 66: the file is not JSON"]);
    let object = Machine::new().koocli(r#"{"profiles":{"a":{"secret_key":"$S"}}}"#).told();
    assert!(object[0].ends_with("`profiles` is not a list; this layout of the file is not known"), "{object:?}");
}

#[test]
fn a_temporary_key_of_sso_is_found() {
    let machine = Machine::new().koocli(
        "\u{feff}{\"current\":\"s\",\"profiles\":[{\"name\":\"s\",\"mode\":\"SSO\",\"region\":\"x-1\",\"domainId\":\"d\",\
         \"ssoAuth\":{\"stsToken\":{\"accessKeyId\":\"$A\",\"secretAccessKey\":\"$S\",\"securityToken\":\"canary\"}}}]}",
    );
    let found = machine.discover().found.remove(0);
    assert_eq!((found.region.as_deref(), found.domain_id.as_deref()), (Some("x-1"), Some("d")));
    assert_eq!(format!("{:?}", found.secret), "Key(FAKE...0001, temporary)");
}
