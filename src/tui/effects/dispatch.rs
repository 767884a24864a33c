//! Runs effects that need no screen: passes calls to the background thread, writes drafts and templates.

use std::ops::ControlFlow;

use crate::app::{DraftId, Effect, Effects, Model, Msg, SavedDraft, brief, update};
use crate::i18n::tr;

use crate::tui::accounts::{AccountError, StartPage};
use crate::tui::effects::background::{Background, ConfirmationContext};
use crate::tui::storage::exports;
use crate::tui::storage::introduction::IntroductionMarker;
use crate::tui::storage::library::LibraryStore;

/// Runs effects, and keeps the line about the draft that is printed at the end.
pub struct EffectRunner {
    pub library: LibraryStore,
    pub introduction: IntroductionMarker,
    /// The line about the draft that was saved on leaving, printed at the end.
    pub draft_notice: Option<String>,
}

impl EffectRunner {
    /// Runs an effect and returns the effects that follow from it at once; `Break` if the form is to be left.
    pub fn run<T>(
        &mut self,
        effect: Effect,
        model: &mut Model,
        background: &mut Background<T>,
    ) -> ControlFlow<(), Effects>
    where
        T: From<Msg> + From<(u64, Result<StartPage, AccountError>)> + Send + 'static,
    {
        match effect {
            Effect::ReadList { resource, ticket } => background.read_list(resource, ticket),
            Effect::Identify { ticket } => background.identify(ticket),
            Effect::DetectAccounts => background.detect_accounts(),
            Effect::FindProjects { access, ticket } => background.find_projects(*access, ticket),
            Effect::OpenAccount(choice) => background.open(choice),
            Effect::OpenJournal => background.open_journal(),
            Effect::Submit { order, body, acknowledged, known_servers } => {
                background.submit(order, body, ConfirmationContext { acknowledged, known_servers });
            }
            Effect::ReconcileOrder { id } => background.reconcile(id),
            Effect::PollServers { name, ticket } => background.poll_servers(name, ticket),
            Effect::SaveDraft(saved) => return ControlFlow::Continue(self.save_draft(&saved, model)),
            Effect::AutosaveDraft(saved) => {
                self.library.drafts.queue(*saved);
                let library = self.library.clone();
                background.spawn_blocking(move || library.save_queued());
            }
            Effect::ForgetDraft(id) => return ControlFlow::Continue(self.forget_draft(&id, model)),
            Effect::ReadLibrary => {
                let library = self.library.clone();
                background.spawn_blocking(move || [library.loaded_message(None)]);
            }
            Effect::SaveTemplate(template) => {
                let library = self.library.clone();
                background.spawn_blocking(move || [library.save_template(&template)]);
            }
            Effect::RemoveTemplate(name) => {
                let library = self.library.clone();
                background.spawn_blocking(move || [library.remove_template(&name)]);
            }
            Effect::WriteExport(file) => background.spawn_blocking(move || [exports::write(&file)]),
            Effect::IntroductionSeen => self.introduction.mark_seen(),
            Effect::Quit => {
                // What was queued a moment ago is not lost by leaving.
                for msg in self.library.save_queued() {
                    // It is noted in the model; nothing is run any more.
                    let Effects(_) = update(model, msg);
                }
                return ControlFlow::Break(());
            }
            // These are about a screen, which has done them.
            Effect::Copy(_) | Effect::Repaint | Effect::Suspend | Effect::Resume | Effect::CaptureMouse(_) => {}
        }
        ControlFlow::Continue(Effects::default())
    }

    /// Removes the file of a draft that was ordered or removed.
    pub fn forget_draft(&mut self, id: &DraftId, model: &mut Model) -> Effects {
        let sequence = self.library.drafts.next_sequence();
        self.draft_notice = None;
        self.library.forget(id, sequence).map(|msg| update(model, msg)).unwrap_or_default()
    }

    fn save_draft(&mut self, saved: &SavedDraft, model: &mut Model) -> Effects {
        let result = self.library.drafts.save(saved, self.library.drafts.next_sequence());
        let name = brief(saved.title(), 60);
        self.draft_notice = Some(match &result {
            Ok(()) => tr!("Your draft is kept as \"{name}\"; the next start offers it.", name),
            Err(why) => tr!("Your draft is not kept: {why}.", why),
        });
        update(model, Msg::DraftSaved { result: result.map_err(|why| why.to_string()) })
    }
}
