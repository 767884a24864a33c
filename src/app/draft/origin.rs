//! The origin of an answer of the form.

use serde::{Deserialize, Serialize};

use crate::i18n::{self, phrase};

/// Origin of an answer. The name of a template or file is that of the form's basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerOrigin {
    Default,
    Typed,
    #[serde(rename = "draft", alias = "kept_draft")]
    SavedDraft,
    Profile,
    Template,
    LastOrder,
    File,
    Flag,
}

impl AnswerOrigin {
    #[must_use]
    pub fn word(self) -> &'static str {
        i18n::t(match self {
            Self::Default => phrase!("default"),
            Self::Typed => phrase!("typed"),
            Self::SavedDraft => phrase!("draft"),
            Self::Profile => phrase!("profile"),
            Self::Template => phrase!("template"),
            Self::LastOrder => phrase!("last order"),
            Self::File => phrase!("file"),
            Self::Flag => phrase!("flag"),
        })
    }
}
