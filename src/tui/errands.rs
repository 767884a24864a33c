//! Effects that need no screen: calls on the background thread, drafts, templates, the introduction.

use crate::app::{Effect, KeptDraft, Model, Msg, brief, update};
use crate::words::tr;

use super::accounts::Start;
use super::effects::{AskedAbout, Background};
use super::exports;
use super::introduction::Introduction;
use super::shelves::Shelves;

/// Who runs them, and what is to be said of it at the end.
pub struct Errands {
    pub shelves: Shelves,
    pub introduction: Introduction,
    /// What became of the draft on leaving.
    pub draft_words: Option<String>,
}

impl Errands {
    /// Runs an effect; `true` if the form is to be left.
    pub fn run<T>(&mut self, effect: Effect, model: &mut Model, background: &mut Background<T>) -> bool
    where
        T: From<Msg> + From<(u64, Result<Start, String>)> + Send + 'static,
    {
        match effect {
            Effect::Read { resource, ticket } => background.read(resource, ticket),
            Effect::Identify { ticket } => background.identify(ticket),
            Effect::Survey => background.survey(),
            Effect::FindProjects { access, ticket } => background.find_projects(*access, ticket),
            Effect::Open(choice) => background.open(choice),
            Effect::OpenJournal => background.open_journal(),
            Effect::Submit { order, body, acknowledged, known_servers } => {
                background.submit(order, body, AskedAbout { acknowledged, known_servers });
            }
            Effect::Sweep { id } => background.sweep(id),
            Effect::Follow { name, ticket } => background.follow(name, ticket),
            Effect::KeepDraft(kept) => self.keep(&kept, model),
            Effect::KeepQuietly(kept) => {
                self.shelves.drafts.queue(*kept);
                let shelves = self.shelves.clone();
                background.aside(move || shelves.keep_queued());
            }
            Effect::ForgetDraft(id) => {
                let turn = self.shelves.drafts.turn();
                if let Some(msg) = self.shelves.forget(&id, turn) {
                    update(model, msg);
                }
                self.draft_words = None;
            }
            Effect::ReadShelf => {
                let shelves = self.shelves.clone();
                background.aside(move || [shelves.told(None)]);
            }
            Effect::KeepTemplate(template) => {
                let shelves = self.shelves.clone();
                background.aside(move || [shelves.keep_template(&template)]);
            }
            Effect::RemoveTemplate(name) => {
                let shelves = self.shelves.clone();
                background.aside(move || [shelves.remove_template(&name)]);
            }
            Effect::WriteExport(file) => background.aside(move || [exports::write(&file)]),
            Effect::Introduced => self.introduction.was_read(),
            Effect::Leave => {
                // What was queued a moment ago is not lost by leaving.
                for msg in self.shelves.keep_queued() {
                    update(model, msg);
                }
                return true;
            }
            // These are about a screen, which has done them.
            Effect::Copy(_) | Effect::Repaint | Effect::Suspend | Effect::Resume | Effect::Mouse(_) => {}
        }
        false
    }

    fn keep(&mut self, kept: &KeptDraft, model: &mut Model) {
        let result = self.shelves.drafts.keep(kept, self.shelves.drafts.turn());
        let name = brief(kept.title(), 60);
        self.draft_words = Some(match &result {
            Ok(()) => tr!("Your draft is kept as \"{name}\"; the next start offers it.", name),
            Err(why) => tr!("Your draft is not kept: {why}.", why),
        });
        update(model, Msg::DraftKept { result });
    }
}
