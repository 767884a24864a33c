//! The formats in which an order can be exported: name on the command line, description, and file extension.

use crate::i18n::{self, phrase};

/// Format of an exported order.
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

    /// Returns the name of the format on the command line, the value of `--as`.
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

    /// Returns a short description in the current language.
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

    /// Returns the extension of an exported file, without the leading dot.
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
