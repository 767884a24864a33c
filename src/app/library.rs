//! The library: saved drafts, templates and past orders to start a form from.

use crate::form::OrderImpact;
use crate::i18n::{self, phrase, tr};
use crate::order::{Draft, FieldId};
use crate::text::sanitize::brief;

use crate::app::draft::saved::{DraftId, SavedDraft};

/// A saved draft with the time at which it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    pub saved: SavedDraft,
    /// Time of the save for display, e.g. `14:02 yesterday`.
    pub when: String,
    /// Set if the draft could not be written and exists only in the memory of this run.
    pub is_unsaved: bool,
}

/// A form to start from, without a server name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    pub draft: Draft,
}

/// Drafts and templates as read from their files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryContents {
    /// The newest first.
    pub drafts: Vec<StoredDraft>,
    /// In order of name.
    pub templates: Vec<Template>,
    /// Problems with files, in sentences.
    pub notices: Vec<String>,
}

/// Drafts and templates that a form can start from.
#[derive(Debug, Default)]
pub struct Library {
    pub drafts: Vec<StoredDraft>,
    pub templates: Vec<Template>,
    pub notices: Vec<String>,
    /// Answers of the command line to apply on top of the last order, once the journal is read. `None` if no such start
    /// is pending.
    pub(in crate::app) pending_start: Option<Vec<(FieldId, String)>>,
}

/// Maximum length of a template name, in characters.
const NAME_MOST: usize = 40;

/// The error for an invalid template name. Its message states the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!(
    "the name of a template has 1 to {most} letters, digits, _ and -, and begins with a letter or a digit",
    most = NAME_MOST
))]
pub struct InvalidTemplateName;

/// Checks that a name is allowed for a template: 1 to 40 ASCII letters, digits, `_` and `-`, beginning with a letter or
/// a digit.
pub fn check_template_name(name: &str) -> Result<(), InvalidTemplateName> {
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    let is_good = name.starts_with(is_plain)
        && name.len() <= NAME_MOST
        && name.chars().all(|c| is_plain(c) || c == '_' || c == '-');
    if is_good { Ok(()) } else { Err(InvalidTemplateName) }
}

impl Template {
    /// Summarizes the template: `3 servers, 1 month, pay later, 2 ports`.
    #[must_use]
    pub fn about(&self) -> String {
        about(&self.draft)
    }
}

/// Summarizes an order by its servers, period, payment and ports.
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
    /// Stores the drafts and templates that were read, and keeps unsaved drafts. Returns the problems with files that
    /// were not reported before.
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

    /// Keeps a draft in memory that could not be written, first in the list.
    pub(in crate::app) fn keep_unsaved(&mut self, saved: SavedDraft) {
        let draft = StoredDraft { saved, when: tr!("not on the disk"), is_unsaved: true };
        self.drafts.retain(|other| other.saved.id != draft.saved.id);
        self.drafts.insert(0, draft);
    }

    /// Removes a draft from the list. Returns the message for the user; `None` if there is no such draft.
    pub(in crate::app) fn remove_draft(&mut self, id: &DraftId) -> Option<String> {
        let at = self.drafts.iter().position(|draft| draft.saved.id == *id)?;
        let draft = self.drafts.remove(at);
        Some(tr!("Draft \"{name}\" removed", name = brief(draft.saved.title(), 40)))
    }

    /// Removes a template from the list. Returns the message for the user; `None` if there is no such template.
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
