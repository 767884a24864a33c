//! The keys of a profile: their names in the settings file and in the environment, and the values that they take. No
//! message repeats a value, because the user may have put a secret in the wrong place.

use std::fmt;

use crate::i18n::{self, Language, phrase, tr};
use crate::text::sanitize::{brief, is_hidden};

use super::credentials::CredentialKind;
use crate::text::suggest::{hint, nearest};

/// An entry of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProfileKey {
    /// Region id, such as `cn-north-4`.
    Region,
    /// The project to buy in. If it is not set, it is looked up by the region or by the project's name.
    ProjectId,
    ProjectName,
    /// The source of the credentials: the name of a `CredentialKind`.
    Credentials,
    /// The address of Cloud Phone, instead of the region's.
    Endpoint,
    IamEndpoint,
    EcsEndpoint,
    KpsEndpoint,
    /// A file of certificates in PEM, trusted in addition to the system's.
    CaFile,
    /// The proxy, as `http://host:port`.
    Proxy,
    /// `true` if the endpoint is a test installation, which may be on this machine; otherwise `false`.
    TestEndpoint,
    Language,
    Theme,
    /// A file that holds an IAM token.
    TokenFile,
    /// A credentials file of the vendor's SDK, instead of the usual one.
    CredentialsFile,
    /// The account of a password login.
    DomainName,
    /// The IAM user of a password login.
    UserName,
}

impl ProfileKey {
    /// All entries, in the order in which they are written and shown.
    pub const ALL: [Self; 17] = [
        Self::Region,
        Self::ProjectId,
        Self::ProjectName,
        Self::Credentials,
        Self::TokenFile,
        Self::CredentialsFile,
        Self::DomainName,
        Self::UserName,
        Self::Endpoint,
        Self::IamEndpoint,
        Self::EcsEndpoint,
        Self::KpsEndpoint,
        Self::TestEndpoint,
        Self::CaFile,
        Self::Proxy,
        Self::Language,
        Self::Theme,
    ];

    /// Returns the name in the settings file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::ProjectId => "project_id",
            Self::ProjectName => "project_name",
            Self::Credentials => "credentials",
            Self::Endpoint => "endpoint",
            Self::IamEndpoint => "iam_endpoint",
            Self::EcsEndpoint => "ecs_endpoint",
            Self::KpsEndpoint => "kps_endpoint",
            Self::CaFile => "ca_file",
            Self::Proxy => "proxy",
            Self::TestEndpoint => "test_endpoint",
            Self::Language => "language",
            Self::Theme => "theme",
            Self::TokenFile => "token_file",
            Self::CredentialsFile => "credentials_file",
            Self::DomainName => "domain_name",
            Self::UserName => "user_name",
        }
    }

    /// Returns the environment variable that overrides the entry.
    #[must_use]
    pub fn variable(self) -> &'static str {
        match self {
            Self::Region => "CPH_WIZARD_REGION",
            Self::ProjectId => "CPH_WIZARD_PROJECT_ID",
            Self::ProjectName => "CPH_WIZARD_PROJECT_NAME",
            Self::Credentials => "CPH_WIZARD_CREDENTIALS",
            Self::Endpoint => "CPH_WIZARD_ENDPOINT",
            Self::IamEndpoint => "CPH_WIZARD_IAM_ENDPOINT",
            Self::EcsEndpoint => "CPH_WIZARD_ECS_ENDPOINT",
            Self::KpsEndpoint => "CPH_WIZARD_KPS_ENDPOINT",
            Self::CaFile => "CPH_WIZARD_CA_FILE",
            Self::Proxy => "CPH_WIZARD_PROXY",
            Self::TestEndpoint => "CPH_WIZARD_TEST_ENDPOINT",
            Self::Language => "CPH_WIZARD_LANGUAGE",
            Self::Theme => "CPH_WIZARD_THEME",
            Self::TokenFile => "CPH_WIZARD_TOKEN_FILE",
            Self::CredentialsFile => "CPH_WIZARD_CREDENTIALS_FILE",
            Self::DomainName => "CPH_WIZARD_DOMAIN_NAME",
            Self::UserName => "CPH_WIZARD_USER_NAME",
        }
    }

    /// Returns the entry with this name in the settings file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entry| entry.name() == name)
    }

    /// Checks a value and returns it in the form that is kept, without surrounding white space. `Err` states the valid
    /// form.
    pub fn check(self, value: &str) -> Result<String, InvalidValue> {
        let value = value.trim();
        let is_good = match self {
            Self::Region => is_of(value, 32, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            Self::ProjectId => is_of(value, 64, |c| c.is_ascii_alphanumeric() || c == '_' || c == '-'),
            Self::ProjectName | Self::DomainName | Self::UserName | Self::Theme => is_of(value, 64, |c| !is_hidden(c)),
            Self::Credentials => {
                let kind = CredentialKind::named(value);
                let unknown = || InvalidValue::UnknownKind { near: CredentialKind::nearest(value) };
                return kind.map(|kind| kind.name().to_owned()).ok_or_else(unknown);
            }
            Self::Endpoint | Self::IamEndpoint | Self::EcsEndpoint | Self::KpsEndpoint => {
                if value.contains('@') {
                    return Err(InvalidValue::AddressWithUser);
                }
                is_address(value)
            }
            Self::CaFile | Self::TokenFile | Self::CredentialsFile => {
                is_of(value, 4096, |c| !is_hidden(c)) && value.split('/').all(|name| name.len() <= LONGEST_NAME)
            }
            Self::Proxy => {
                if value.contains('@') {
                    return Err(InvalidValue::ProxyWithUser);
                }
                return if is_proxy(value) { Ok(value.trim_end_matches('/').to_owned()) } else { Err(self.form()) };
            }
            Self::TestEndpoint => match value {
                "1" => return Ok("true".into()),
                "0" => return Ok("false".into()),
                other => matches!(other, "true" | "false"),
            },
            Self::Language => Language::from_tag(value).is_some(),
        };
        if is_good { Ok(value.to_owned()) } else { Err(self.form()) }
    }

    fn form(self) -> InvalidValue {
        InvalidValue::Form(self)
    }

    /// Returns the valid form of a value as the end of an English sentence.
    fn right(self) -> &'static str {
        match self {
            Self::Region => phrase!("has 1 to 32 small letters, digits and hyphens, like cn-north-4"),
            Self::ProjectId => phrase!("has 1 to 64 letters, digits, _ and -; it is usually 32 hex digits"),
            Self::ProjectName => phrase!("has 1 to 64 characters that can be seen, like cn-north-4_team"),
            Self::DomainName | Self::UserName | Self::Theme => phrase!("has 1 to 64 characters that can be seen"),
            Self::Credentials => CredentialKind::RIGHT,
            Self::Endpoint | Self::IamEndpoint | Self::EcsEndpoint | Self::KpsEndpoint => ADDRESS,
            Self::CaFile | Self::CredentialsFile => PATH,
            Self::TokenFile => TOKEN_PATH,
            Self::Proxy => PROXY,
            Self::TestEndpoint => phrase!("is true or false"),
            Self::Language => phrase!("is en or zh-CN"),
        }
    }
}

impl fmt::Display for ProfileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Returns whether a text has 1 to `most` characters, all of them allowed.
fn is_of(text: &str, most: usize, allowed: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(allowed) && text.chars().count() <= most
}

const ADDRESS: &str = phrase!("is an address like https://cph.cn-north-4.myhuaweicloud.com");

/// The longest file name on common systems, in bytes. A longer one is probably not a path but a token, and paths are
/// shown.
const LONGEST_NAME: usize = 255;
const PATH: &str =
    phrase!("is the path of a file, without control characters and without a name longer than 255 bytes");
const TOKEN_PATH: &str = phrase!(
    "is the path of a file, without control characters and without a name longer than 255 bytes; a token itself goes \
     into CPH_WIZARD_TOKEN"
);

/// Returns whether a value looks like the address of a service; the client parses it in full later. Anything with a
/// user name or a password, which must not be kept in a file, has been refused before.
fn is_address(value: &str) -> bool {
    let is_scheme_known = value.starts_with("https://") || value.starts_with("http://");
    is_scheme_known && is_of(value, 255, |c| !is_hidden(c) && !c.is_whitespace())
}

const PROXY: &str = phrase!("is written http://host:port");

fn is_proxy(value: &str) -> bool {
    let parts = value.strip_prefix("http://").and_then(|rest| rest.trim_end_matches('/').rsplit_once(':'));
    parts.is_some_and(|(host, port)| {
        let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let is_host = match inner {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => is_of(host, 253, |c| c.is_ascii_alphanumeric() || ".-_".contains(c)),
        };
        is_host && port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
    })
}

/// The reason why a value is refused. It is displayed as the rest of a sentence that begins with the entry's name, and
/// states the valid form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidValue {
    #[error("{}", i18n::t(.0.right()))]
    Form(ProfileKey),
    /// Not a kind of credentials; `near` is the name of a similar one.
    #[error("{}{}", i18n::t(CredentialKind::RIGHT), hint(*near))]
    UnknownKind { near: Option<&'static str> },
    #[error("{}", tr!("is an address like https://cph.cn-north-4.myhuaweicloud.com, without a user name or a password"))]
    AddressWithUser,
    #[error("{}", tr!(
        "is written http://host:port, without a user name or a password; a proxy with a password goes into the \
         environment's HTTPS_PROXY"
    ))]
    ProxyWithUser,
}

/// A name that no entry of a profile has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownKey {
    /// The name is that of a secret.
    #[error("{}", tr!(
        "keys, tokens and passwords are not kept in the settings; remove it and say with `credentials` where they are"
    ))]
    Secret,
    #[error("{}", tr!("a profile has no entry `{name}`{guess}", name, guess = hint(*near)))]
    Other { name: String, near: Option<&'static str> },
}

/// Returns the reason why a profile cannot have an entry of this name.
pub(super) fn why_unknown(name: &str) -> UnknownKey {
    const SECRETS: [&str; 12] = [
        "password",
        "token",
        "ak",
        "sk",
        "access_key",
        "secret_key",
        "secret",
        "security_token",
        "accesskeyid",
        "secretaccesskey",
        "user_password",
        "access_key_id",
    ];
    let plain = name.to_ascii_lowercase().replace('-', "_");
    if SECRETS.contains(&plain.as_str()) {
        return UnknownKey::Secret;
    }
    let names = ProfileKey::ALL.map(ProfileKey::name).into_iter().chain(["defaults"]);
    UnknownKey::Other { name: brief(name, 40), near: nearest(name, names) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_says_what_it_takes_and_never_what_it_got() {
        let bad = [
            (ProfileKey::Region, "CN-north-4"),
            (ProfileKey::Region, ""),
            (ProfileKey::ProjectId, "a b"),
            (ProfileKey::ProjectName, "a\u{1b}b"),
            (ProfileKey::Credentials, "koo-cli"),
            (ProfileKey::Endpoint, "cph.example"),
            (ProfileKey::IamEndpoint, "https://canary@iam.example"),
            (ProfileKey::Proxy, "http://canary:canary@proxy:8080"),
            (ProfileKey::Proxy, "http://proxy"),
            (ProfileKey::Proxy, "http://proxy:+80"),
            (ProfileKey::Proxy, "http://proxy:0"),
            (ProfileKey::Proxy, "http://proxy:80/canary"),
            (ProfileKey::Proxy, "https://proxy:80"),
            (ProfileKey::Proxy, "http://[::zz]:80"),
            (ProfileKey::TestEndpoint, "yes"),
            (ProfileKey::Language, "de"),
            (ProfileKey::CaFile, "a\nb"),
            (ProfileKey::Theme, " "),
        ];
        for (entry, value) in bad {
            let why = entry.check(value).unwrap_err().to_string();
            assert!(!why.contains("canary") && !why.is_empty(), "{entry}: {why}");
            assert!(why.starts_with("is ") || why.starts_with("has "), "{entry} {why}");
        }
        let good = [
            (ProfileKey::Region, " cn-north-4\n", "cn-north-4"),
            (ProfileKey::ProjectId, "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"),
            (ProfileKey::ProjectName, "cn-north-4_team", "cn-north-4_team"),
            (ProfileKey::Credentials, "koocli", "koocli"),
            (ProfileKey::Endpoint, "http://127.0.0.1:4010", "http://127.0.0.1:4010"),
            (ProfileKey::Proxy, "http://proxy.example:8080/", "http://proxy.example:8080"),
            (ProfileKey::Proxy, "http://[::1]:8080", "http://[::1]:8080"),
            (ProfileKey::TestEndpoint, "1", "true"),
            (ProfileKey::Language, "zh-CN", "zh-CN"),
            (ProfileKey::UserName, "云手机", "云手机"),
        ];
        for (entry, value, kept) in good {
            assert_eq!(entry.check(value).as_deref(), Ok(kept), "{entry}");
        }
        let why = ProfileKey::TokenFile.check(&"canary".repeat(300)).unwrap_err().to_string();
        assert!(why.ends_with("a token itself goes into CPH_WIZARD_TOKEN") && !why.contains("canary"), "{why}");
        let why = ProfileKey::Proxy.check("http://us:word@proxy:1").unwrap_err().to_string();
        assert!(why.ends_with("a proxy with a password goes into the environment's HTTPS_PROXY"), "{why}");
    }

    #[test]
    fn names_and_variables_belong_together() {
        for entry in ProfileKey::ALL {
            assert_eq!(ProfileKey::named(entry.name()), Some(entry));
            assert_eq!(entry.variable(), format!("CPH_WIZARD_{}", entry.name().to_uppercase()));
        }
        assert_eq!(why_unknown("regoin").to_string(), "a profile has no entry `regoin` (did you mean region?)");
        assert!(why_unknown("Secret-Key").to_string().starts_with("keys, tokens and passwords are not kept"));
    }
}
