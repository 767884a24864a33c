//! Runs commands: each does what a key of the screen does, or prints what a page of the screen shows.

use crate::app::{
    Action, Challenge, ClickTarget, LibraryPrompt, OutcomeKind, Overlay, Page, curl, library_rows, review_rows,
};
use crate::form::{Control, Step, field};
use crate::i18n::tr;

use super::answer::is_in_form;
use super::command::{COMMANDS, Command, CommandName};
use super::field::visible_fields;
use super::line_handler::LineHandler;
use super::output::shorten;
use super::output::{OutputItem, ROWS};
use super::session::{Reprint, ReviewOutput};
use super::{confirm, help, outcome, overlay, picker, review};

impl LineHandler<'_> {
    pub fn run_command(&mut self, command: &Command) {
        match command.word {
            CommandName::Help => self.help(&command.rest),
            CommandName::Keys => self.print_all(help::commands(self.model)),
            CommandName::Account => self.print_all(confirm::account_in_full(self.model)),
            CommandName::Request => self.print_all(overlay::request(self.model)),
            CommandName::Problems => self.print_all(review::problems(self.model)),
            CommandName::Changes => self.print_all(overlay::changes(self.model)),
            CommandName::Journal => self.print_all(overlay::journal(self.model)),
            CommandName::Calls => self.calls(command),
            CommandName::Curl => self.curl(command),
            CommandName::Intro => self.print(overlay::introduction()),
            CommandName::Quit => self.leave(),
            CommandName::Yes | CommandName::No => self.yes_or_no(command),
            word if self.model.overlay.is_some() => self.in_overlay(word, command),
            word => match &self.model.page {
                Page::Setup(_) => self.in_setup(word),
                Page::Confirm(confirm) => match (word, &confirm.challenge) {
                    (CommandName::Back, _) => self.close(),
                    (CommandName::Order, Challenge::Key) => self.confirm("order"),
                    _ => self.confirm(""),
                },
                Page::Waiting(_) => {}
                Page::Result(_) => self.in_result(word),
                Page::Form => self.in_form(word, command),
            },
        }
    }

    fn help(&mut self, name: &str) {
        if name.is_empty() {
            return self.print_all(help::context_help(self.model));
        }
        if let Some(id) = help::field_named(self.model, name) {
            return self.print_all(help::field_help(self.model, id));
        }
        match COMMANDS.iter().find(|row| row.name.eq_ignore_ascii_case(name)) {
            Some(row) => self.print(tr!("{name}: {about}", name = row.name, about = row.about())),
            None => self.unknown_name(name),
        }
    }

    fn unknown_name(&mut self, name: &str) {
        self.error(&tr!("there is no field or step {name}; goto alone lists them", name = shorten(name)));
    }

    fn calls(&mut self, command: &Command) {
        let said = match command.number() {
            None => Some(overlay::calls(self.model)),
            Some(number) => overlay::call(self.model, number),
        };
        match said {
            Some(said) => self.print_all(said),
            None => self.error(&tr!("there is no call {number}", number = shorten(&command.rest))),
        }
    }

    fn curl(&mut self, command: &Command) {
        let at = command.number().and_then(|number| number.checked_sub(1));
        let call = at.and_then(|at| self.model.calls.newest_first().nth(at));
        match call.map(curl) {
            Some(text) => self.print_all(text.lines().map(|line| OutputItem::Verbatim(line.to_owned())).collect()),
            None => self.error(&tr!("there is no call {number}", number = shorten(&command.rest))),
        }
    }

    /// Runs `yes` or `no`. Where nothing is offered, they are answers.
    fn yes_or_no(&mut self, command: &Command) {
        let is_yes = command.word == CommandName::Yes;
        match &self.model.overlay {
            Some(Overlay::Library(page)) if page.asks == LibraryPrompt::Removal && is_yes => self.act(Action::Remove),
            Some(Overlay::Library(page)) if page.asks == LibraryPrompt::Nothing => {
                self.error(&tr!("a row is chosen by its number"));
            }
            Some(_) if is_yes => self.enter(),
            Some(_) => self.close(),
            None if matches!(self.model.page, Page::Confirm(_)) && !is_yes => self.close(),
            None => self.answer(if is_yes { "yes" } else { "no" }, false),
        }
    }

    fn in_overlay(&mut self, word: CommandName, command: &Command) {
        let is_shelf =
            matches!(&self.model.overlay, Some(Overlay::Library(page)) if page.asks == LibraryPrompt::Nothing);
        match word {
            CommandName::Back => self.close(),
            CommandName::Drafts if matches!(self.model.overlay, Some(Overlay::Resume(_))) => self.act(Action::Library),
            CommandName::Remove if is_shelf => {
                let rows = library_rows(&self.model.library, &self.model.form).len();
                match command.number().and_then(|number| number.checked_sub(1)).filter(|at| *at < rows) {
                    Some(at) => {
                        self.select_row(at);
                        self.act(Action::Remove);
                    }
                    None => self.unknown_row(&command.rest),
                }
            }
            CommandName::Template if is_shelf => self.name_template(&command.rest),
            _ => self.error(&tr!("the question comes first; back leaves it")),
        }
    }

    fn name_template(&mut self, name: &str) {
        self.act(Action::SaveTemplate);
        self.retype(name);
        self.attempt(Action::Accept);
        while matches!(self.model.overlay, Some(Overlay::Library(_))) {
            self.close();
        }
    }

    fn in_setup(&mut self, word: CommandName) {
        match word {
            CommandName::Back | CommandName::Previous => self.close(),
            CommandName::Look => {
                self.act(Action::Refresh);
                self.session.repeat_question();
            }
            CommandName::More => self.turn_page(ROWS),
            CommandName::List => self.turn_page(0),
            CommandName::Clear => {
                self.delete_text();
                self.turn_page(0);
            }
            _ => self.error(&tr!("this works in the form; first it is asked who orders")),
        }
    }

    fn in_result(&mut self, word: CommandName) {
        let is_accepted = outcome::kind(self.model) == Some(OutcomeKind::Accepted);
        match word {
            // The key does nothing where nothing is left to be read; what is known is printed in any case.
            CommandName::Look => {
                self.session.looks = true;
                self.act(Action::Refresh);
            }
            CommandName::New if is_accepted => self.act(Action::NewOrder),
            CommandName::Back | CommandName::Review if !is_accepted => {
                self.enter();
                if word == CommandName::Review {
                    self.click(ClickTarget::Step(Step::Review));
                }
            }
            _ if is_accepted => self.error(&tr!("this order is placed: new begins another one, quit leaves")),
            _ => self.error(&tr!("this works in the form; back leads there")),
        }
    }

    fn in_form(&mut self, word: CommandName, command: &Command) {
        match word {
            CommandName::Back => self.back(),
            CommandName::Next => self.act(Action::NextStep),
            CommandName::Previous => self.act(Action::PreviousStep),
            CommandName::Goto if command.rest.is_empty() => self.print_all(help::navigation_targets(self.model)),
            CommandName::Goto => self.goto(&command.rest),
            CommandName::Review => self.review(),
            CommandName::Export => self.export(command),
            CommandName::Write => self.write_export(command),
            // Either asks for the confirmation, which asks for the word that orders.
            CommandName::Place | CommandName::Order if self.model.form.step == Step::Review => {
                self.open_row(review_rows(&self.model.form).len() - 1);
            }
            CommandName::Place | CommandName::Order => {
                self.error(&tr!(
                    "the order is placed from the review: review, then Enter, then the word that is asked for"
                ));
            }
            CommandName::Undo => self.previous(Action::Undo),
            CommandName::Redo => self.previous(Action::Redo),
            CommandName::Accounts => self.act(Action::ChooseAccount),
            CommandName::Draft => self.act(Action::SaveDraft),
            CommandName::Drafts => self.act(Action::Library),
            CommandName::Template => {
                self.act(Action::Library);
                self.name_template(&command.rest);
            }
            CommandName::Add
            | CommandName::Edit
            | CommandName::Delete
            | CommandName::Up
            | CommandName::Down
            | CommandName::Public
            | CommandName::Private => {
                self.at_ports(command);
            }
            CommandName::New | CommandName::Remove => {
                self.error(&tr!("{name} does not work here", name = name_of(word)));
            }
            CommandName::More
            | CommandName::List
            | CommandName::All
            | CommandName::Sort
            | CommandName::Look
            | CommandName::Details
            | CommandName::Take
            | CommandName::Clear => {
                self.at_field(word, command);
            }
            CommandName::Help
            | CommandName::Keys
            | CommandName::Account
            | CommandName::Request
            | CommandName::Problems
            | CommandName::Changes
            | CommandName::Journal
            | CommandName::Calls
            | CommandName::Curl
            | CommandName::Intro
            | CommandName::Quit
            | CommandName::Yes
            | CommandName::No => {}
        }
    }

    /// Clears the filter if there is one; else returns to Review if the question was opened from there; else goes to
    /// the previous question.
    fn back(&mut self) {
        let is_filtered =
            self.model.form.pickers.get(&self.model.form.focus).is_some_and(|picker| !picker.filter.text.is_empty());
        if self.is_at_list() && is_filtered {
            self.close();
            self.session.reprint = Reprint::Rows;
            return;
        }
        if self.model.form.return_to_review {
            return self.close();
        }
        let fields = visible_fields(self.model);
        let here = if self.model.form.step == Step::Review {
            fields.len()
        } else {
            fields.iter().position(|row| row.id == self.model.form.focus).unwrap_or(0)
        };
        match here.checked_sub(1).and_then(|before| fields.get(before)) {
            Some(before) => self.focus(before.id),
            None => self.error(&tr!("this is the first question; quit leaves")),
        }
    }

    fn goto(&mut self, name: &str) {
        // The name of a field is meant before that of its step.
        if let Some(id) = help::field_named(self.model, name) {
            if self.model.form.step == Step::Review {
                let at = review_rows(&self.model.form).iter().position(|row| *row == crate::app::ReviewRow::Field(id));
                if let Some(at) = at {
                    return self.open_row(at);
                }
            }
            self.session.reprint = Reprint::Rows;
            return self.focus(id);
        }
        match help::step_named(name) {
            Some(Step::Review) => self.review(),
            Some(step) => self.click(ClickTarget::Step(step)),
            None => self.unknown_name(name),
        }
    }

    fn review(&mut self) {
        (self.session.reprint, self.session.review) = (Reprint::Rows, ReviewOutput::Wanted);
        self.click(ClickTarget::Step(Step::Review));
    }

    fn previous(&mut self, action: Action) {
        self.act(action);
        self.session.reprint = Reprint::Rows;
    }

    fn at_ports(&mut self, command: &Command) {
        if self.model.form.step != Step::Ports {
            return self.error(&tr!("this works at the ports; goto ports leads there"));
        }
        if command.word == CommandName::Add {
            self.add_ports(&command.rest);
        } else {
            self.port_command(command);
        }
        if command.word != CommandName::Add {
            self.say_ports_problems();
        }
    }

    fn turn_page(&mut self, by: usize) {
        self.session.top = if by == 0 { 0 } else { self.session.top + by };
        self.session.reprint = Reprint::Rows;
    }

    fn at_field(&mut self, word: CommandName, command: &Command) {
        let at_list = self.is_at_list();
        match word {
            CommandName::More if at_list => {
                let rows = self.model.form.pickers.get(&self.model.form.focus).map_or(0, picker::numbered);
                if self.session.top + ROWS < rows {
                    self.turn_page(ROWS);
                } else {
                    self.error(&tr!("there are no more rows; list begins with the first"));
                }
            }
            CommandName::List if at_list => self.turn_page(0),
            CommandName::List => (self.session.reprint, self.session.review) = (Reprint::Rows, ReviewOutput::Wanted),
            CommandName::All if at_list => {
                self.act(Action::ShowIncompatible);
                self.turn_page(0);
            }
            CommandName::Sort if at_list => {
                self.act(Action::Sort);
                self.turn_page(0);
            }
            CommandName::Look => {
                self.act(Action::Refresh);
                let is_review = self.model.form.step == Step::Review;
                if is_review {
                    self.session.review = ReviewOutput::Wanted;
                }
                if at_list || is_review {
                    self.session.reprint = Reprint::Rows;
                }
            }
            CommandName::Details if at_list => self.details(command),
            CommandName::Take => self.take_typed(&command.rest),
            CommandName::Clear if is_in_form(self.model) => self.clear(),
            _ => self.error(&tr!("{name} works at a list; to answer with it, type ={name}", name = name_of(word))),
        }
    }

    fn details(&mut self, command: &Command) {
        let id = self.model.form.focus;
        let row = self.model.form.pickers.get(&id).and_then(|picker| {
            let row = picker.list.rows.get(command.number()?.checked_sub(1)?)?;
            Some(picker::row_text(self.model, id, picker, *row, true))
        });
        match row {
            Some(words) => self.print(words),
            None => self.unknown_row(&command.rest),
        }
    }

    fn clear(&mut self) {
        let id = self.model.form.focus;
        let is_filtered = self.model.form.pickers.get(&id).is_some_and(|picker| !picker.filter.text.is_empty());
        match field(id).control {
            Control::Picker { .. } if is_filtered => {
                self.close();
                self.session.reprint = Reprint::Rows;
            }
            Control::Picker { optional: true, .. } => {
                self.click(ClickTarget::Row(id, 0));
                self.click(ClickTarget::Row(id, 0));
            }
            Control::Picker { optional: false, .. } => {
                self.error(&tr!("{label} cannot stay empty", label = id.label()));
            }
            Control::Text { .. } | Control::Stepper { .. } => self.delete_text(),
            Control::Radio { .. } | Control::Ports | Control::Fixed { .. } => {
                self.error(&tr!("there is nothing to empty here"));
            }
        }
    }
}

fn name_of(word: CommandName) -> &'static str {
    COMMANDS.iter().find(|row| row.word == word).map_or("", |row| row.name)
}
