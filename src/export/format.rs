//! The forms in which an order can be exported: name on the command line, description, and extension of the file.

use crate::i18n::{self, phrase};

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
