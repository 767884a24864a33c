//! Turns an answer into the keys and clicks that enter it on the screen.

use crate::app::{Action, ClickTarget, LibraryPrompt, Model, Overlay, Page, library_rows, review_rows};
use crate::form::{Control, Step, can_be_typed, field, resource_of, set_field, typed_form};
use crate::i18n::tr;
use crate::order::FieldId;

use super::confirm;
use super::field::{effect_lines, is_refused, refusal_lines};
use super::line_handler::LineHandler;
use super::output::shorten;
use super::picker;
use super::session::Reprint;

impl LineHandler<'_> {
    /// Handles a line that is not a command. An empty one accepts what is shown and moves on.
    pub fn answer(&mut self, typed: &str, is_empty: bool) {
        match &self.model.overlay {
            Some(Overlay::Resume(_)) if is_empty => return self.enter(),
            Some(Overlay::Library(page)) if page.asks == LibraryPrompt::Nothing => {
                return self.answer_library(typed, is_empty);
            }
            Some(_) => return self.error(&tr!("this is answered with yes or no")),
            None => {}
        }
        match &self.model.page {
            Page::Setup(_) => self.answer_setup(typed),
            Page::Form if self.model.form.step == Step::Review => self.answer_review(typed, is_empty),
            Page::Form => self.answer_field(self.model.form.focus, typed, is_empty),
            Page::Confirm(_) => self.confirm(typed),
            Page::Waiting(_) => {}
            Page::Result(_) if is_empty => self.enter_result(),
            Page::Result(_) => self.error(&tr!("{typed} is no command here; keys lists them", typed = shorten(typed))),
        }
    }

    fn answer_field(&mut self, id: FieldId, typed: &str, is_empty: bool) {
        if is_empty {
            // Ports have no value that Enter would keep.
            if is_refused(self.model, id) && !matches!(field(id).control, Control::Ports) {
                let said = refusal_lines(self.model, id);
                return self.print_all(said);
            }
            return self.go_on(id);
        }
        match field(id).control {
            Control::Picker { .. } => self.answer_picker(id, typed),
            Control::Text { .. } => {
                self.retype(typed);
                self.settle_answer(id);
            }
            Control::Stepper { .. } if !typed.bytes().all(|byte| byte.is_ascii_digit()) => {
                let rule = self.model.form.digits_only(id);
                self.error(&rule);
            }
            Control::Stepper { .. } => {
                // Focused anew, the first digit replaces the number.
                self.click(ClickTarget::Field(id));
                self.paste(typed);
                self.settle_answer(id);
            }
            Control::Radio { .. } => self.answer_choice(id, typed),
            Control::Ports => self.add_ports(typed),
            Control::Fixed { .. } => {}
        }
    }

    /// Answers with one of a few options, given by its number, its name or its value in the request.
    fn answer_choice(&mut self, id: FieldId, typed: &str) {
        let mut wanted = self.model.form.draft.clone();
        match field(id).control {
            Control::Radio { options, chosen, .. } => {
                let number = typed.parse::<usize>().ok().filter(|number| (1..=options.len()).contains(number));
                let at = match number {
                    Some(number) => number - 1,
                    None => match set_field(&mut wanted, id, typed) {
                        Ok(()) => chosen(&wanted),
                        Err(why) => return self.error(&why.to_string()),
                    },
                };
                self.click(ClickTarget::Row(id, at));
            }
            Control::Picker { .. }
            | Control::Text { .. }
            | Control::Stepper { .. }
            | Control::Ports
            | Control::Fixed { .. } => {}
        }
        self.settle_answer(id);
    }

    /// Moves on if the answer has no issues. Otherwise prints them, and the question stays open: the answer can be
    /// given again or left as it is.
    fn settle_answer(&mut self, id: FieldId) {
        let wrong: Vec<String> =
            self.model.form.issues.iter().filter(|issue| issue.field() == id).map(ToString::to_string).collect();
        if wrong.is_empty() {
            return self.go_on(id);
        }
        for why in &wrong {
            self.error(why);
        }
    }

    /// Accepts the value that the field shows and moves on. Prints the issues of the field, except on the way to
    /// Review, which lists them itself, and the effects of the answer.
    fn go_on(&mut self, id: FieldId) {
        self.leave_cells();
        let was = (self.model.form.step, self.model.form.focus);
        let is_list = matches!(field(id).control, Control::Picker { .. });
        if is_list {
            self.attempt(Action::Accept);
        } else {
            self.enter();
        }
        if (self.model.form.step, self.model.form.focus) == was {
            return;
        }
        let wrong: Vec<String> = self.model.form.shown_issues(id).map(ToString::to_string).collect();
        // Review says every problem itself.
        if self.model.form.step != Step::Review {
            for why in &wrong {
                self.error(why);
            }
        }
        let said = effect_lines(self.model, id);
        self.print_all(said);
    }

    fn answer_picker(&mut self, id: FieldId, typed: &str) {
        match picker::matching_row(self.model, id, typed) {
            Some(at) => self.choose(id, at),
            None if picker::is_row_number(typed) => self.unknown_row(typed),
            // Without a list there is nothing to narrow: what is typed is the id.
            None if resource_of(id).is_none_or(|resource| self.model.form.catalogue.count(resource).is_none()) => {
                self.take_typed(typed);
            }
            None => self.narrow_list(id, typed),
        }
    }

    pub fn unknown_row(&mut self, typed: &str) {
        self.error(&tr!("there is no row {typed}; a row is chosen by its number", typed = shorten(typed)));
    }

    fn choose(&mut self, id: FieldId, at: usize) {
        self.click(ClickTarget::Row(id, at));
        self.go_on(id);
    }

    fn narrow_list(&mut self, id: FieldId, typed: &str) {
        self.delete_text();
        self.paste(typed);
        self.session.top = 0;
        if self.model.form.pickers.get(&id).is_some_and(|picker| picker.list.listed > 0) {
            self.session.reprint = Reprint::Rows;
            return;
        }
        self.delete_text();
        let catalogue = &self.model.form.catalogue;
        let (can_take, form) = (can_be_typed(id, typed, catalogue), typed_form(id, catalogue));
        let typed = shorten(typed);
        self.error(&match form {
            _ if can_take => tr!("no row matches {typed}; take {typed} uses it as typed", typed),
            Some(form) => tr!("no row matches {typed}. {form}", typed, form),
            None => tr!("no row matches {typed}", typed),
        });
    }

    /// Takes a text as the answer although no row has it. Prints an error where the field accepts only listed answers.
    pub fn take_typed(&mut self, typed: &str) {
        let id = self.model.form.focus;
        if !self.is_at_list() {
            return self.error(&tr!("take works at a list"));
        }
        self.delete_text();
        self.paste(typed);
        match picker::matching_row(self.model, id, typed) {
            Some(at) => self.choose(id, at),
            None => {
                self.delete_text();
                let (label, typed) = (id.label(), shorten(typed));
                self.error(&match typed_form(id, &self.model.form.catalogue) {
                    Some(form) => tr!("{typed} cannot be used as typed. {form}", typed, form),
                    None => tr!("{typed} cannot be used as typed: {label} has to be in the list", typed, label),
                });
            }
        }
    }

    pub fn is_at_list(&self) -> bool {
        is_in_form(self.model) && matches!(field(self.model.form.focus).control, Control::Picker { .. })
    }

    /// Opens the review row of a number. An empty line does what Enter does on the screen: it opens the last row if the
    /// order can be placed, else the first one.
    fn answer_review(&mut self, typed: &str, is_empty: bool) {
        let rows = review_rows(&self.model.form).len();
        if is_empty {
            let at = if self.model.form.order.is_some() && self.model.form.rejection.is_none() { rows - 1 } else { 0 };
            return self.open_row(at);
        }
        match typed.parse::<usize>() {
            Ok(number) if (1..rows).contains(&number) => self.open_row(number - 1),
            Ok(_) | Err(_) => {
                let (typed, last) = (shorten(typed), rows - 1);
                self.error(&tr!("there is no row {typed}; rows are 1 to {last}", typed, last));
            }
        }
    }

    /// Opens a row of Review, counted from 0. The last one is the button, which asks for the confirmation.
    pub fn open_row(&mut self, at: usize) {
        self.click(ClickTarget::ReviewRow(at));
        // A click on what was under the cursor, or on the button, has opened it already.
        let is_open = self.model.form.step != Step::Review || !matches!(self.model.page, Page::Form);
        let is_button = at + 1 == review_rows(&self.model.form).len();
        if !is_open && !is_button {
            self.attempt(Action::Accept);
        }
    }

    /// Places the order if the typed text is the required word. Anything else, an empty line included, places nothing;
    /// so does any line before the confirmation accepts input.
    pub fn confirm(&mut self, typed: &str) {
        let Page::Confirm(confirm) = &self.model.page else { return };
        if !confirm.is_armed(self.at) {
            // The model takes note of it: the time of quiet begins again.
            self.act(Action::PlaceOrder);
            return self.error(&tr!("that was typed before the question could be read; nothing is ordered"));
        }
        let wanted = match &confirm.challenge {
            crate::app::Challenge::Key => "order",
            crate::app::Challenge::Word { word, .. } => word,
        };
        if typed != wanted {
            let word = confirm::required_word(&confirm.challenge);
            return self.error(&tr!("nothing is ordered. Type {word} to place the order, or back", word));
        }
        if matches!(confirm.challenge, crate::app::Challenge::Word { .. }) {
            self.retype(typed);
        }
        self.attempt(Action::PlaceOrder);
    }

    pub fn enter_result(&mut self) {
        let was = self.model.past_results.len();
        self.enter();
        if self.model.past_results.len() == was {
            self.print(tr!("The order is placed: new begins another one, quit leaves."));
        }
    }

    fn answer_library(&mut self, typed: &str, is_empty: bool) {
        if is_empty {
            return self.close();
        }
        let rows = library_rows(&self.model.library, &self.model.form).len();
        match typed.parse::<usize>() {
            Ok(number) if (1..=rows).contains(&number) => {
                self.select_row(number - 1);
                self.enter();
            }
            Ok(_) | Err(_) => self.unknown_row(typed),
        }
    }

    /// Moves the cursor of a list to a row, counted from 0.
    pub fn select_row(&mut self, at: usize) {
        self.act(Action::First);
        for _ in 0..at {
            self.act(Action::Down);
        }
    }
}

/// Returns whether a field of the form is being asked for, with no overlay open.
pub(super) fn is_in_form(model: &Model) -> bool {
    matches!(model.page, Page::Form) && model.overlay.is_none() && model.form.step != Step::Review
}
