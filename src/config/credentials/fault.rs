//! Reasons why existing credentials cannot be used, and why typed ones are refused. Each is a sentence for the user,
//! with the line of the file or the command that helps, and without any value.

use crate::config::profile_key::InvalidValue;
use crate::fs_private::PrivateFileError;
use crate::i18n::{self, tr};
use crate::text::shared_error::SharedError;

/// The reason why credentials cannot be used. The faulty value is named by its variable, or by an English phrase such
/// as `ak in [basic]`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialFault {
    #[error("{}", tr!(
        "{what} has characters that a key or token never has (line breaks or blanks inside, control characters, or \
         others outside ASCII); copy it again",
        what = i18n::t(what)
    ))]
    NotAscii { what: &'static str },
    #[error("{}", tr!("{what} is longer than any key or token (32 KiB)", what = i18n::t(what)))]
    TooLong { what: &'static str },
    #[error("{}", tr!("{there} is there and {missing} is not; both are needed", there = i18n::t(there), missing = i18n::t(missing)))]
    Half { there: &'static str, missing: &'static str },
    #[error("{}", tr!("{what} is empty", what = i18n::t(what)))]
    Empty { what: &'static str },
    #[error("{}", tr!("{what} has characters outside ASCII, or control characters", what = i18n::t(what)))]
    BadPassword { what: &'static str },
    #[error("{}", tr!("{what} has 1 to 64 characters that can be seen", what = i18n::t(what)))]
    BadName { what: &'static str },
    /// An invalid value beside the credentials, such as the project id.
    #[error("{}", tr!("{what} {right}", what = i18n::t(what), right))]
    BadValue { what: &'static str, right: InvalidValue },
    #[error("{}", tr!("the access key and the secret key are empty"))]
    NoTypedKey,
    #[error("{}", tr!("the token is empty"))]
    NoTypedToken,

    #[error("{0}")]
    File(SharedError<PrivateFileError>),
    #[error("{}", tr!("there is no such file"))]
    NoFile,

    #[error("{}", tr!("HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set"))]
    SdkNotSet,
    #[error("{}", tr!("it is set up for an identity provider (federation), which this program does not speak; use an access key"))]
    Federation,
    #[error("{}", tr!("the file is not UTF-8"))]
    NotUtf8,
    #[error("{}", ini(*line, *fault))]
    Ini { line: usize, fault: IniFault },
    #[error("{}", tr!("the section [basic] has no ak and sk"))]
    NoBasicKey,

    #[error("{}", tr!("HW_ACCESS_KEY and HW_SECRET_KEY are not set, nor HW_AUTH_TOKEN, nor a password"))]
    TerraformNotSet,
    #[error("{}", tr!("HW_PROFILE is set and there is no home directory"))]
    NoHome,
    /// A password without a user name.
    #[error("{}", tr!("{name} is there and HW_USER_NAME is not; both are needed", name))]
    NoUserName { name: &'static str },
    /// A password without an account.
    #[error("{}", tr!("{name} is there and HW_DOMAIN_NAME, the account, is not; both are needed", name))]
    NoDomainName { name: &'static str },
    #[error("{}", tr!(
        "HW_ASSUME_ROLE_AGENCY_NAME makes the provider act as an agency of another account, which this program \
         does not; unset it to use the credentials themselves"
    ))]
    AssumesAgency,
    #[error("{}", tr!(
        "OS_AUTH_URL names another cloud, to which these OS_ credentials belong; if they are meant, set HW_AUTH_URL"
    ))]
    OtherCloud,

    #[error("{}", tr!("there is no profile; `hcloud configure init` makes one"))]
    NoKooCliProfile,
    #[error("{}", tr!("no profile is current; name one with HW_PROFILE"))]
    NoCurrentProfile,
    #[error("{}", tr!("there is no profile of this name"))]
    NoSuchProfile,
    #[error("{}", tr!("line {line}, column {column}: the file is not JSON", line, column))]
    NotJson { line: usize, column: usize },
    #[error("{}", tr!("`profiles` is not a list; this layout of the file is not known"))]
    UnknownLayout,
    #[error("{}", tr!("the profile is not an object"))]
    ProfileNotAnObject,
    #[error("{}", tr!("it signs in by SSO and holds no temporary key; sign in with `hcloud configure sso`"))]
    NoSsoKey,
    #[error("{}", tr!(
        "it takes its keys from the metadata service (mode ecsAgency); on a cloud server use the kind metadata"
    ))]
    MetadataMode,
    #[error("{}", tr!(
        "it acts as an agency of another account (modes AssumeRole and agency), which this program does not; \
         use an access key"
    ))]
    AgencyMode,
    #[error("{}", tr!("it keeps a token (mode token), which is not read; use an access key"))]
    TokenMode,
    #[error("{}", tr!("its mode is not known; use an access key"))]
    UnknownMode,
    #[error("{}", tr!(
        "its keys are encrypted (they have not the form of keys); store them plain with \
         `hcloud configure set --cli-auth-encrypt=false`, or use another source"
    ))]
    Encrypted,
    #[error("{}", tr!("it holds no keys"))]
    NoKeys,

    #[error("{}", tr!("the profile names no file; set token_file or CPH_WIZARD_TOKEN_FILE"))]
    NoTokenFile,
    #[error("{}", tr!("the file holds something other than a token"))]
    NotAToken,
    #[error("{}", tr!("the file is empty"))]
    EmptyFile,
}

/// An error in a line of an INI file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IniFault {
    SectionTwice,
    NoSection,
    NoEquals,
    NoKey,
    KeyTwice,
}

fn ini(number: usize, fault: IniFault) -> String {
    match fault {
        IniFault::SectionTwice => tr!("line {number}: this section is there twice", number),
        IniFault::NoSection => tr!("line {number}: there is no section yet; the first line is [basic]", number),
        IniFault::NoEquals => tr!("line {number}: there is no = in it", number),
        IniFault::NoKey => tr!("line {number}: there is nothing before the =", number),
        IniFault::KeyTwice => tr!("line {number}: this key is there twice in its section", number),
    }
}

impl From<PrivateFileError> for CredentialFault {
    fn from(error: PrivateFileError) -> Self {
        Self::File(SharedError::new(error))
    }
}
