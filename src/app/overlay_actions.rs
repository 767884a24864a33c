//! Opens overlays, passes actions to the open one, and carries out its requests.

use crate::form::field;
use crate::i18n::tr;
use crate::order::{Draft, FieldId};

use crate::app::draft::saved::SavedDraft;
use crate::app::keys::action::Action;
use crate::app::library::{LibraryContents, Template};
use crate::app::model::Model;
use crate::app::msg::{CopyError, Effect};
use crate::app::overlays::Overlay;
use crate::app::overlays::screen::{Request, Response};
use crate::app::pages;

/// Runs an action on the overlay if it handles the action, else on the page. Any action closes an open introduction
/// first.
pub(super) fn run_action(model: &mut Model, action: Action) -> Vec<Effect> {
    if matches!(model.overlay, Some(Overlay::Introduction(_))) && action != Action::Close {
        return [model.close_introduction(), pages::handle(model, action)].concat();
    }
    match model.run_in_overlay(action) {
        Some(effects) => effects,
        None => pages::handle(model, action),
    }
}

impl Model {
    /// Opens an overlay in place of the one that is open.
    pub(in crate::app) fn open(&mut self, overlay: Overlay) -> Vec<Effect> {
        self.overlay = Some(overlay);
        Vec::new()
    }

    /// Passes an action to the overlay and returns its effects; `None` if no overlay is open or it does not handle the
    /// action.
    pub(in crate::app) fn run_in_overlay(&mut self, action: Action) -> Option<Vec<Effect>> {
        let mut overlay = self.overlay.take()?;
        let around = self.surroundings();
        let screen = overlay.screen_mut();
        let response = match action {
            Action::Accept => Some(screen.accept(&around)),
            Action::Close => Some(screen.close()),
            Action::Edit(edit) => {
                screen.edit(edit);
                Some(Response::stay())
            }
            action => match action.rows() {
                Some(rows) => {
                    screen.scroll(rows, &around);
                    Some(Response::stay())
                }
                None => screen.handle(action, &around),
            },
        };
        let is_closed = response.as_ref().is_some_and(|response| response.closes);
        if !is_closed {
            self.overlay = Some(overlay);
        } else if matches!(overlay, Overlay::Unresolved(_)) {
            self.overlay = self.covered.take();
        }
        response.map(|response| self.apply(response))
    }

    fn apply(&mut self, response: Response) -> Vec<Effect> {
        let Response { closes: _, message, mut effects, request } = response;
        if let Some(message) = message {
            self.say(message);
        }
        if let Some(request) = request {
            effects.extend(self.fulfil(request));
        }
        effects
    }

    fn fulfil(&mut self, request: Request) -> Vec<Effect> {
        match request {
            Request::GoToStep(step) => self.form.go_to_step(step),
            Request::GoToField(id) if self.form.focus == id && self.form.step == field(id).step => Vec::new(),
            Request::GoToField(id) => self.form.go_to_field(id),
            Request::FollowRequestLine(line) => self.follow_request_line(line),
            Request::Run(action) => pages::handle(self, action),
            Request::StartFrom(basis) => self.switch_form(|model| model.start_from(basis, Vec::new())),
            Request::SwitchTo(saved) => self.switch_form(|model| model.resume(saved)),
            Request::Resume(saved) => self.resume(saved),
            Request::TakePorts(rows) => {
                self.form.take_pasted_ports(rows);
                Vec::new()
            }
            Request::SaveTemplate(name) => {
                let draft = Draft { server_name: String::new(), ..self.form.draft.clone() };
                vec![Effect::SaveTemplate(Box::new(Template { name, draft }))]
            }
            Request::RemoveDraft(id) => {
                let said = self.library.remove_draft(&id);
                self.say_removed(said);
                vec![Effect::ForgetDraft(id)]
            }
            Request::RemoveTemplate(name) => {
                let said = self.library.remove_template(&name);
                self.say_removed(said);
                vec![Effect::RemoveTemplate(name)]
            }
        }
    }

    fn say_removed(&mut self, said: Option<String>) {
        if let Some(said) = said {
            self.say(said);
        }
        self.clamp_library_cursor();
    }

    fn clamp_library_cursor(&mut self) {
        if let Some(Overlay::Library(page)) = &mut self.overlay {
            page.clamp_cursor(&self.library, &self.form);
        }
    }

    /// Saves the form before another one replaces it, and reports that. A form that is ordered already is not saved.
    fn switch_form(&mut self, switch: impl FnOnce(&mut Self) -> Vec<Effect>) -> Vec<Effect> {
        let before = if self.is_ordered_already() { None } else { self.form.save_current_form() };
        let effects = switch(self);
        let Some((save, name)) = before else { return effects };
        let words = self.take_message().unwrap_or_default();
        self.say(tr!("{words}; the form before is kept as draft \"{name}\"", words, name));
        [vec![save], effects].concat()
    }

    /// Goes to the field of a line of the request and closes the overlay. The overlay stays if there is no field to go
    /// to.
    pub(in crate::app) fn follow_request_line(&mut self, line: usize) -> Vec<Effect> {
        let field = self.form.field_of_request_line(line);
        let Some(effects) = self.form.follow_request_line(line) else { return Vec::new() };
        if field != Some(FieldId::ChargingMode) {
            self.overlay = None;
        }
        effects
    }

    /// Stores the drafts and templates that were read, and reports new problems with their files. `said` is the message
    /// about what was just done with them.
    pub(in crate::app) fn set_library(&mut self, contents: LibraryContents, said: Option<&str>) {
        let news = self.library.set_contents(contents);
        let words: Vec<&str> = said.into_iter().chain(news.iter().map(String::as_str)).collect();
        if !words.is_empty() {
            self.say(words.join(" "));
        }
        self.clamp_library_cursor();
    }

    /// Handles a failed automatic save. A draft of another form than the one on the screen is kept in memory, and that
    /// is reported.
    pub(in crate::app) fn draft_not_saved(&mut self, saved: SavedDraft, why: &str) {
        if saved.id == self.form.autosave.id {
            self.form.autosave_failed(why);
            return;
        }
        self.say(tr!(
            "The draft before is not kept: {why} It is under {key} as long as this program runs.",
            why,
            key = self.keymap.key_of(Action::Library)
        ));
        self.library.keep_unsaved(saved);
    }

    /// Reports why a text was not copied.
    pub(in crate::app) fn show_copy_error(&mut self, why: CopyError) {
        let key = self.keymap.key_of(Action::PlainText);
        self.say(match why {
            CopyError::TooLong => tr!("Not copied: longer than terminals take; {key} shows it for selecting", key),
            CopyError::NoClipboard => {
                tr!("Not copied: this terminal has no clipboard; {key} shows it for selecting", key)
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::app::account::AccountLabel;
    use crate::app::overlays::palette::{PaletteTarget, PaletteView};
    use crate::form::Step;
    use crate::i18n::{Language, with_language};

    use super::*;

    #[test]
    fn in_chinese_both_words_lead_there() {
        let model = Model::new(AccountLabel::none(), None);
        let first = |typed: &str| {
            let palette = PaletteView { typed: typed.into(), cursor: 0 };
            palette.items(&model.surroundings()).first().map(|item| item.what)
        };
        with_language(Language::Chinese, || {
            let step = Some(PaletteTarget::Step(Step::Ports));
            assert_eq!((first("端口"), first("ports")), (step, step));
            let action = Some(PaletteTarget::Action(Action::Introduction));
            assert_eq!((first("使用介绍"), first("introduction")), (action, action));
            assert_eq!(first("server name"), Some(PaletteTarget::Field(FieldId::ServerName)));
        });
    }
}
