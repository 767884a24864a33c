//! Reads and writes the library: drafts and templates together, as the form shows them.

use jiff::Zoned;

use crate::app::{DraftId, LibraryContents, Msg, Template, brief};

use crate::i18n::tr;

use crate::tui::storage::drafts::{DraftStore, WriteSequence};
use crate::tui::storage::templates::TemplateStore;

/// The stores of drafts and templates.
#[derive(Debug, Clone)]
pub struct LibraryStore {
    pub drafts: DraftStore,
    pub templates: TemplateStore,
}

impl LibraryStore {
    /// Reads all drafts and templates, and sentences about those that cannot be read.
    pub fn read(&self) -> LibraryContents {
        let (drafts, mut notices) = self.drafts.list(Zoned::now);
        let (templates, wrong) = self.templates.list();
        notices.extend(wrong);
        LibraryContents { drafts, templates, notices }
    }

    /// Reads the library into a message, with a sentence about the last action, if any.
    pub fn loaded_message(&self, said: Option<String>) -> Msg {
        Msg::LibraryRead { contents: Box::new(self.read()), said }
    }

    /// Writes the queued drafts; returns a message for each one that failed.
    pub fn save_queued(&self) -> Vec<Msg> {
        let failed = self.drafts.save_queued().into_iter();
        let messages =
            failed.map(|(saved, why)| Msg::DraftNotSaved { saved: Box::new(saved), why: sentence(&why.to_string()) });
        messages.collect()
    }

    /// Removes a draft; returns a message only if that fails.
    pub fn forget(&self, id: &DraftId, sequence: WriteSequence) -> Option<Msg> {
        let why = self.drafts.forget(id, sequence).err()?;
        Some(self.loaded_message(Some(tr!("The draft is not removed: {why}.", why))))
    }

    pub fn save_template(&self, template: &Template) -> Msg {
        let name = brief(&template.name, 40);
        self.loaded_message(Some(match self.templates.save(template) {
            Ok(()) => tr!("Template {name} kept; --template {name} begins with it", name),
            Err(why) => tr!("The template is not kept: {why}.", why),
        }))
    }

    pub fn remove_template(&self, name: &str) -> Msg {
        let said = self.templates.remove(name).err();
        self.loaded_message(said.map(|why| tr!("The template is not removed: {why}.", why)))
    }
}

fn sentence(why: &str) -> String {
    format!("{}.", why.trim_end_matches('.'))
}
