//! The library: saved drafts, templates and past orders to start a form from.

use crate::form::OrderImpact;
use crate::i18n::{self, phrase, tr};
use crate::order::{Draft, FieldId};
use crate::text::sanitize::brief;

use crate::app::draft::saved::{DraftId, SavedDraft};

/// A draft and when it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    pub saved: SavedDraft,
    /// `14:02 yesterday`.
    pub when: String,
    /// It could not be written and is in the memory of this run alone.
    pub is_unsaved: bool,
}

/// A form to begin with, without a server name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    pub draft: Draft,
}

/// What lies in the files, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryContents {
    /// The newest first.
    pub drafts: Vec<StoredDraft>,
    /// By name.
    pub templates: Vec<Template>,
    /// What is wrong with a file, in sentences.
    pub notices: Vec<String>,
}

/// Everything a form can begin with, and what it is compared to.
#[derive(Debug, Default)]
pub struct Library {
    pub drafts: Vec<StoredDraft>,
    pub templates: Vec<Template>,
    pub notices: Vec<String>,
    /// The form is to begin from the last order with these answers on top.
    pub(in crate::app) pending_start: Option<Vec<(FieldId, String)>>,
}

/// The longest name of a template, in characters.
const NAME_MOST: usize = 40;

/// A name that no template can have. The sentence says what would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!(
    "the name of a template has 1 to {most} letters, digits, _ and -, and begins with a letter or a digit",
    most = NAME_MOST
))]
pub struct InvalidTemplateName;

/// Checks that this can be the name of a template.
pub fn check_template_name(name: &str) -> Result<(), InvalidTemplateName> {
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    let is_good = name.starts_with(is_plain)
        && name.len() <= NAME_MOST
        && name.chars().all(|c| is_plain(c) || c == '_' || c == '-');
    if is_good { Ok(()) } else { Err(InvalidTemplateName) }
}

impl Template {
    /// `3 servers, 1 month, pay later, 2 ports`.
    #[must_use]
    pub fn about(&self) -> String {
        about(&self.draft)
    }
}

/// An order in few words.
#[must_use]
pub fn about(draft: &Draft) -> String {
    let impact = OrderImpact::new(draft, &crate::catalogue::Catalogue::default());
    let paid = i18n::t(if draft.auto_pay { phrase!("PAYS NOW") } else { phrase!("pay later") });
    let ports = match draft.ports.len() {
        0 => None,
        n => Some(tr!("{n} port" | "{n} ports" % n)),
    };
    let all = [Some(impact.servers_text()), Some(impact.period_text()), Some(paid.to_owned()), ports];
    all.into_iter().flatten().collect::<Vec<_>>().join(i18n::t(phrase!(", ")))
}

impl Library {
    /// Takes what lies in the files; returns what is wrong with them and was not said yet.
    pub(in crate::app) fn set_contents(&mut self, contents: LibraryContents) -> Vec<String> {
        let LibraryContents { drafts, templates, notices } = contents;
        let unsaved: Vec<StoredDraft> = self.drafts.drain(..).filter(|draft| draft.is_unsaved).collect();
        self.drafts = unsaved.into_iter().chain(drafts).collect();
        self.templates = templates;
        // What was set aside is not there the next time, and stays worth a word.
        let new: Vec<String> = notices.into_iter().filter(|notice| !self.notices.contains(notice)).collect();
        self.notices.extend(new.iter().cloned());
        new
    }

    /// Keeps a draft that could not be written in memory.
    pub(in crate::app) fn keep_unsaved(&mut self, saved: SavedDraft) {
        let draft = StoredDraft { saved, when: tr!("not on the disk"), is_unsaved: true };
        self.drafts.retain(|other| other.saved.id != draft.saved.id);
        self.drafts.insert(0, draft);
    }

    /// Removes a draft from the list; returns what to say.
    pub(in crate::app) fn remove_draft(&mut self, id: &DraftId) -> Option<String> {
        let at = self.drafts.iter().position(|draft| draft.saved.id == *id)?;
        let draft = self.drafts.remove(at);
        Some(tr!("Draft \"{name}\" removed", name = brief(draft.saved.title(), 40)))
    }

    /// Removes a template from the list; returns what to say.
    pub(in crate::app) fn remove_template(&mut self, name: &str) -> Option<String> {
        let at = self.templates.iter().position(|template| template.name == name)?;
        let template = self.templates.remove(at);
        Some(tr!("Template {name} removed", name = brief(&template.name, 40)))
    }

    /// Returns the drafts that could not be written.
    pub(in crate::app) fn unsaved(&self) -> impl Iterator<Item = &SavedDraft> {
        self.drafts.iter().filter(|draft| draft.is_unsaved).map(|draft| &draft.saved)
    }
}
