//! Drafts and templates together, as the form asks for them.

use jiff::Zoned;

use crate::app::{DraftId, Msg, Shelved, Template, brief};

use crate::words::tr;

use super::drafts::{Drafts, Turn};
use super::templates::Templates;

/// Where drafts and templates lie.
#[derive(Debug, Clone)]
pub struct Shelves {
    pub drafts: Drafts,
    pub templates: Templates,
}

impl Shelves {
    /// Everything that can be read now.
    pub fn read(&self) -> Shelved {
        let (drafts, mut notices) = self.drafts.list(Zoned::now);
        let (templates, wrong) = self.templates.list();
        notices.extend(wrong);
        Shelved { drafts, templates, notices }
    }

    /// The same as a message, with what was just done.
    pub fn told(&self, said: Option<String>) -> Msg {
        Msg::Shelved { shelved: Box::new(self.read()), said }
    }

    /// Writes what is queued; what is to be said of it.
    pub fn keep_queued(&self) -> Vec<Msg> {
        let failed = self.drafts.keep_queued().into_iter();
        let told = failed.map(|(kept, why)| Msg::NotKept { kept: Box::new(kept), why: sentence(&why) });
        told.collect()
    }

    /// Nothing is said of a draft that is forgotten, but of one that cannot be.
    pub fn forget(&self, id: &DraftId, turn: Turn) -> Option<Msg> {
        let why = self.drafts.forget(id, turn).err()?;
        Some(self.told(Some(tr!("The draft is not removed: {why}.", why))))
    }

    pub fn keep_template(&self, template: &Template) -> Msg {
        let name = brief(&template.name, 40);
        self.told(Some(match self.templates.keep(template) {
            Ok(()) => tr!("Template {name} kept; --template {name} begins with it", name),
            Err(why) => tr!("The template is not kept: {why}.", why),
        }))
    }

    pub fn remove_template(&self, name: &str) -> Msg {
        let said = self.templates.remove(name).err();
        self.told(said.map(|why| tr!("The template is not removed: {why}.", why)))
    }
}

fn sentence(why: &str) -> String {
    format!("{}.", why.trim_end_matches('.'))
}
