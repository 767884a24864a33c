//! A saved form: its answers, the origin of each, and the step and field that had the focus. It is the format of
//! a draft file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::form::Step;
use crate::i18n::{self, phrase, tr};
use crate::order::{Draft, FieldId};

use crate::app::draft::origin::AnswerOrigin;
use crate::app::purchase::order_warning::Comparison;

/// Starting point of a form, apart from the account's own defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    pub kind: BasisKind,
    /// Name of the template, the order or the file.
    pub name: String,
    #[serde(rename = "answers", alias = "draft")]
    pub draft: Draft,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasisKind {
    Template,
    LastOrder,
    File,
}

impl BasisKind {
    /// Returns the origin of the answers that were taken from this kind of basis.
    #[must_use]
    pub fn origin(self) -> AnswerOrigin {
        match self {
            Self::Template => AnswerOrigin::Template,
            Self::LastOrder => AnswerOrigin::LastOrder,
            Self::File => AnswerOrigin::File,
        }
    }
}

impl Basis {
    /// Formats the basis for display: `template farm`, `last order`, `file order.json`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.kind {
            BasisKind::Template => tr!("template {name}", name = self.name),
            BasisKind::File => tr!("file {name}", name = self.name),
            BasisKind::LastOrder => AnswerOrigin::LastOrder.word().to_owned(),
        }
    }

    /// Returns the basis as the other side of a comparison.
    pub(in crate::app) fn comparison(&self) -> Comparison {
        match self.kind {
            BasisKind::Template => Comparison::Template(self.name.clone()),
            BasisKind::File => Comparison::File(self.name.clone()),
            BasisKind::LastOrder => Comparison::LastOrder,
        }
    }
}

/// Name of a draft without a server name.
const NAMELESS: &str = phrase!("draft");

/// Identity of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DraftId {
    /// A form of this run, numbered from 0, that has no file yet as far as the form knows.
    New(u32),
    /// A draft with a file, by the id in the file name.
    Saved(String),
}

impl Default for DraftId {
    fn default() -> Self {
        Self::New(0)
    }
}

/// A form that can be continued later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SavedDraftFile", into = "SavedDraftFile")]
pub struct SavedDraft {
    /// Not stored in the file: the file name holds it.
    pub id: DraftId,
    pub draft: Draft,
    /// Origins of the answers; defaults of the form are left out.
    pub origins: BTreeMap<FieldId, AnswerOrigin>,
    pub step: Step,
    pub focus: FieldId,
    pub basis: Option<Basis>,
}

impl Default for SavedDraft {
    fn default() -> Self {
        Self {
            id: DraftId::default(),
            draft: Draft::default(),
            origins: BTreeMap::new(),
            step: Step::Flavor,
            focus: FieldId::ServerFlavor,
            basis: None,
        }
    }
}

impl SavedDraft {
    /// Creates a draft of which only the answered fields are known, by their JSON names. Unknown names are ignored.
    #[must_use]
    pub fn with_answers(draft: Draft, answered: &[&str]) -> Self {
        let answered = FieldId::ALL.into_iter().filter(|id| answered.contains(&id.json_name()));
        Self { draft, origins: answered.map(|id| (id, AnswerOrigin::SavedDraft)).collect(), ..Self::default() }
    }

    /// Returns the server name, else `draft` in every language: files are named after it.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.draft.server_name.trim();
        if name.is_empty() { NAMELESS } else { name }
    }

    /// Returns the server name, else the translated `draft`, for display.
    #[must_use]
    pub fn title(&self) -> &str {
        let name = self.draft.server_name.trim();
        if name.is_empty() { i18n::t(NAMELESS) } else { name }
    }

    /// Formats the number of answers for display, e.g. `12 answers`.
    #[must_use]
    pub fn answers_text(&self) -> String {
        tr!("{n} answer" | "{n} answers" % self.origins.len())
    }
}

/// Members of a draft file of version 3. Files of version 2 are read too: the aliases are the names they use.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedDraftFile {
    #[serde(alias = "draft")]
    answers: Draft,
    /// Origins by JSON name of the field.
    origins: BTreeMap<String, AnswerOrigin>,
    /// Name of the step.
    step: String,
    /// JSON name of the field.
    field: String,
    #[serde(alias = "basis")]
    based_on: Option<Basis>,
}

impl From<SavedDraft> for SavedDraftFile {
    fn from(saved: SavedDraft) -> Self {
        let SavedDraft { id: _, draft, origins, step, focus, basis } = saved;
        let origins = origins.into_iter().map(|(id, origin)| (id.json_name().to_owned(), origin)).collect();
        Self { answers: draft, origins, step: step.key().into(), field: focus.json_name().into(), based_on: basis }
    }
}

fn field_of(name: &str) -> Result<FieldId, String> {
    FieldId::ALL.into_iter().find(|id| id.json_name() == name).ok_or_else(|| tr!("there is no such field"))
}

impl TryFrom<SavedDraftFile> for SavedDraft {
    type Error = String;

    fn try_from(form: SavedDraftFile) -> Result<Self, String> {
        let SavedDraftFile { answers: draft, origins, step, field, based_on: basis } = form;
        let origins = origins.into_iter().map(|(name, origin)| Ok((field_of(&name)?, origin)));
        // Version 2 had the English label, which differs in its capital only.
        let step = Step::ALL
            .into_iter()
            .find(|one| one.key().eq_ignore_ascii_case(&step))
            .ok_or_else(|| tr!("there is no such step"))?;
        Ok(Self {
            id: DraftId::default(),
            draft,
            origins: origins.collect::<Result<_, String>>()?,
            step,
            focus: field_of(&field)?,
            basis,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::i18n::{Language, with_language};

    use super::*;

    #[test]
    fn a_draft_lies_in_its_file_as_it_does_in_english() {
        let saved = SavedDraft { step: Step::Ports, ..SavedDraft::with_answers(Draft::default(), &["count"]) };
        let written = || serde_json::to_string(&saved).unwrap();
        let chinese = with_language(Language::Chinese, written);
        assert_eq!(chinese, written());
        let read = || serde_json::from_str::<SavedDraft>(&chinese).map(|read| (read.step, read.name().to_owned()));
        assert_eq!(with_language(Language::Chinese, read).unwrap(), (Step::Ports, "draft".to_owned()));
        assert_eq!(with_language(Language::Chinese, || saved.title().to_owned()), "草稿");
    }
}
