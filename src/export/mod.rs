//! Writes an order as a text that another tool runs: with the exact body, with variables in the place of secrets, and with
//! what that tool cannot carry over said at its top. No text holds a hidden character, wherever it came from. Nothing here
//! runs anything.

mod curl;
mod fill;
mod go;
mod hcloud;
mod header;
mod http;
mod python;
mod quote;
mod terraform;

use crate::codes::DOUBTFUL_PHONE_CODES;
use crate::i18n::{self, phrase};
use crate::order::Body;

pub use quote::shell;

/// What an order can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Curl,
    Http,
    Terraform,
    Python,
    Go,
    Hcloud,
}

impl Format {
    pub const ALL: [Self; 6] = [Self::Curl, Self::Http, Self::Terraform, Self::Python, Self::Go, Self::Hcloud];

    /// As the command line calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Http => "http",
            Self::Terraform => "terraform",
            Self::Python => "python",
            Self::Go => "go",
            Self::Hcloud => "hcloud",
        }
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn about(self) -> &'static str {
        i18n::t(match self {
            Self::Curl => phrase!("A shell script that calls curl with a token"),
            Self::Http => phrase!("A request for the REST clients of editors"),
            Self::Terraform => phrase!("A resource of the Huawei Cloud provider"),
            Self::Python => phrase!("A Python 3 program without other libraries"),
            Self::Go => phrase!("A Go program without other libraries"),
            Self::Hcloud => phrase!("A command of KooCLI, Huawei Cloud's own command line"),
        })
    }

    /// How the names of such files end.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Curl => "curl.sh",
            Self::Http => "http",
            Self::Terraform => "tf",
            Self::Python => "py",
            Self::Go => "go",
            Self::Hcloud => "hcloud.sh",
        }
    }
}

/// Where the order would go. What is not known becomes a variable or a placeholder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// Scheme, host and port, such as `https://cph.cn-north-4.myhuaweicloud.com`.
    pub endpoint: Option<String>,
    pub region: Option<String>,
    /// The id of the project.
    pub project: Option<String>,
}

/// The names of the variables that the exported texts read: those of the wizard itself, and those
/// of the vendor's SDK for access keys (`platform.md` section 5).
const TOKEN: &str = "CPH_WIZARD_TOKEN";
const ENDPOINT: &str = "CPH_WIZARD_ENDPOINT";
const PROJECT: &str = "CPH_WIZARD_PROJECT_ID";
const REGION: &str = "CPH_WIZARD_REGION";
const ACCESS_KEY: &str = "HUAWEICLOUD_SDK_AK";
const SECRET_KEY: &str = "HUAWEICLOUD_SDK_SK";
const SECURITY_TOKEN: &str = "HUAWEICLOUD_SDK_SECURITY_TOKEN";

/// An endpoint as it looks, where none is known.
const ENDPOINT_FORM: &str = "https://cph.REGION.myhuaweicloud.com";

/// Statuses with which the API rejects an order: `purchase::classify` has the same ones.
const REJECTING: [u16; 9] = [400, 401, 403, 404, 405, 413, 415, 422, 429];

/// Writes an order as a text. Fails with a sentence if the language of the tool cannot hold what the order says.
pub fn export(body: &Body, target: &Target, format: Format) -> Result<String, String> {
    match format {
        Format::Curl => Ok(curl::text(body, target)),
        Format::Http => http::text(body, target),
        Format::Terraform => Ok(terraform::text(body, target)),
        Format::Python => Ok(python::text(body, target)),
        Format::Go => Ok(go::text(body, target)),
        Format::Hcloud => hcloud::text(body, target),
    }
}

/// The statuses of a rejection, in the way of a language.
fn rejecting(between: &str) -> String {
    REJECTING.map(|status| status.to_string()).join(between)
}

/// The codes that leave open what became of the order, each in the way of a language.
fn doubtful(one: impl Fn(u32) -> String, between: &str) -> String {
    DOUBTFUL_PHONE_CODES.map(one).join(between)
}

/// The members of a body; a body is always JSON.
fn members(body: &Body) -> serde_json::Value {
    serde_json::from_slice(body.bytes()).unwrap_or_default()
}
