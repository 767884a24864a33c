//! Commands at work: each does what a key of the screen does, or says what a page of it shows.

use crate::app::{Asked, Key, KeyCode, Overlay, Page, ShelfAsks, Target, Verdict, curl, review_rows, shelf_rows};
use crate::form::{Control, Step, field};
use crate::words::tr;

use super::answer::is_in_form;
use super::command::{COMMANDS, Command, Word};
use super::field::{asked, cut};
use super::talk::{Due, ROWS, Reviewed, Said};
use super::turn::Turn;
use super::{buying, help, overlay, picker, review};

impl Turn<'_> {
    pub fn obey(&mut self, command: &Command) {
        match command.word {
            Word::Help => self.help(&command.rest),
            Word::Keys => self.say_all(help::commands(self.model)),
            Word::Account => self.say_all(buying::account_in_full(self.model)),
            Word::Request => self.say_all(overlay::request(self.model)),
            Word::Problems => self.say_all(review::problems(self.model)),
            Word::Changes => self.say_all(overlay::changes(self.model)),
            Word::Journal => self.say_all(overlay::journal(self.model)),
            Word::Calls => self.calls(command),
            Word::Curl => self.curl(command),
            Word::Intro => self.say(overlay::introduction()),
            Word::Quit => self.leave(),
            Word::Yes | Word::No => self.yes_or_no(command),
            word if self.model.overlay.is_some() => self.in_offer(word, command),
            word => match &self.model.page {
                Page::Setup(_) => self.in_setup(word),
                Page::Confirm(confirm) => match (word, &confirm.asked) {
                    (Word::Back, _) => self.close(),
                    (Word::Order, Asked::Key) => self.confirm("order"),
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
            return self.say_all(help::here(self.model));
        }
        if let Some(id) = help::field_named(self.model, name) {
            return self.say_all(help::field_words(self.model, id));
        }
        match COMMANDS.iter().find(|row| row.name.eq_ignore_ascii_case(name)) {
            Some(row) => self.say(tr!("{name}: {about}", name = row.name, about = row.about())),
            None => self.no_place(name),
        }
    }

    fn no_place(&mut self, name: &str) {
        self.error(&tr!("there is no field or step {name}; goto alone lists them", name = cut(name)));
    }

    fn calls(&mut self, command: &Command) {
        let said = match command.number() {
            None => Some(overlay::calls(self.model)),
            Some(number) => overlay::call(self.model, number),
        };
        match said {
            Some(said) => self.say_all(said),
            None => self.error(&tr!("there is no call {number}", number = cut(&command.rest))),
        }
    }

    fn curl(&mut self, command: &Command) {
        let at = command.number().and_then(|number| number.checked_sub(1));
        let call = at.and_then(|at| self.model.calls.newest_first().nth(at));
        match call.map(curl) {
            Some(text) => self.say_all(text.lines().map(|line| Said::Verbatim(line.to_owned())).collect()),
            None => self.error(&tr!("there is no call {number}", number = cut(&command.rest))),
        }
    }

    /// Where nothing is offered, these are answers.
    fn yes_or_no(&mut self, command: &Command) {
        let is_yes = command.word == Word::Yes;
        match &self.model.overlay {
            Some(Overlay::Shelf(page)) if page.asks == ShelfAsks::Removal && is_yes => self.press(KeyCode::F(8)),
            Some(Overlay::Shelf(page)) if page.asks == ShelfAsks::Nothing => {
                self.error(&tr!("a row is chosen by its number"));
            }
            Some(_) if is_yes => self.enter(),
            Some(_) => self.close(),
            None if matches!(self.model.page, Page::Confirm(_)) && !is_yes => self.close(),
            None => self.hear(if is_yes { "yes" } else { "no" }, false),
        }
    }

    fn in_offer(&mut self, word: Word, command: &Command) {
        let is_shelf = matches!(&self.model.overlay, Some(Overlay::Shelf(page)) if page.asks == ShelfAsks::Nothing);
        match word {
            Word::Back => self.close(),
            Word::Drafts if matches!(self.model.overlay, Some(Overlay::Resume(_))) => self.press(KeyCode::F(2)),
            Word::Remove if is_shelf => {
                let rows = shelf_rows(self.model).len();
                match command.number().and_then(|number| number.checked_sub(1)).filter(|at| *at < rows) {
                    Some(at) => {
                        self.point_at(at);
                        self.press(KeyCode::F(8));
                    }
                    None => self.no_row(&command.rest),
                }
            }
            Word::Template if is_shelf => self.name_template(&command.rest),
            _ => self.error(&tr!("the question comes first; back leaves it")),
        }
    }

    fn name_template(&mut self, name: &str) {
        self.key(Key::char('s'));
        self.retype(name);
        self.attempt(Key::plain(KeyCode::Enter));
        while matches!(self.model.overlay, Some(Overlay::Shelf(_))) {
            self.close();
        }
    }

    fn in_setup(&mut self, word: Word) {
        match word {
            Word::Back | Word::Previous => self.close(),
            Word::Look => {
                self.press(KeyCode::F(5));
                self.talk.ask_anew();
            }
            Word::More => self.turn_page(ROWS),
            Word::List => self.turn_page(0),
            Word::Clear => {
                self.key(Key::ctrl('u'));
                self.turn_page(0);
            }
            _ => self.error(&tr!("this works in the form; first it is asked who orders")),
        }
    }

    fn in_result(&mut self, word: Word) {
        let Page::Result(result) = &self.model.page else { return };
        let is_accepted = result.verdict() == Verdict::Accepted;
        match word {
            Word::Look if matches!(result.verdict(), Verdict::Accepted | Verdict::NotKnown) => {
                self.talk.looks = true;
                self.press(KeyCode::F(5));
            }
            Word::Look => self.say(tr!("Nothing was ordered: there is nothing to look for.")),
            Word::New if is_accepted => self.key(Key::char('n')),
            Word::Back | Word::Review if !is_accepted => {
                self.enter();
                if word == Word::Review {
                    self.click(Target::Step(Step::Review));
                }
            }
            _ if is_accepted => self.error(&tr!("this order is placed: new begins another one, quit leaves")),
            _ => self.error(&tr!("this works in the form; back leads there")),
        }
    }

    fn in_form(&mut self, word: Word, command: &Command) {
        match word {
            Word::Back => self.back(),
            Word::Next => self.key(Key::ctrl('n')),
            Word::Previous => self.key(Key::ctrl('p')),
            Word::Goto if command.rest.is_empty() => self.say_all(help::places(self.model)),
            Word::Goto => self.goto(&command.rest),
            Word::Review => self.review(),
            Word::Export => self.export(command),
            Word::Write => self.write_export(command),
            // Either asks for the confirmation, which asks for the word that orders.
            Word::Place | Word::Order if self.model.step == Step::Review => {
                self.open_row(review_rows(self.model).len() - 1);
            }
            Word::Place | Word::Order => {
                self.error(&tr!(
                    "the order is placed from the review: review, then Enter, then the word that is asked for"
                ));
            }
            Word::Undo => self.turn_back(KeyCode::F(3)),
            Word::Redo => self.turn_back(KeyCode::F(4)),
            Word::Accounts => self.press(KeyCode::F(9)),
            Word::Draft => self.key(Key::ctrl('s')),
            Word::Drafts => self.press(KeyCode::F(2)),
            Word::Template => {
                self.press(KeyCode::F(2));
                self.name_template(&command.rest);
            }
            Word::Add | Word::Edit | Word::Delete | Word::Up | Word::Down | Word::Public | Word::Private => {
                self.at_ports(command);
            }
            Word::New | Word::Remove => self.error(&tr!("{name} does not work here", name = name_of(word))),
            Word::More
            | Word::List
            | Word::All
            | Word::Sort
            | Word::Look
            | Word::Details
            | Word::Take
            | Word::Clear => {
                self.at_field(word, command);
            }
            Word::Help
            | Word::Keys
            | Word::Account
            | Word::Request
            | Word::Problems
            | Word::Changes
            | Word::Journal
            | Word::Calls
            | Word::Curl
            | Word::Intro
            | Word::Quit
            | Word::Yes
            | Word::No => {}
        }
    }

    /// Out of a filter, to Review if that is where one came from, else to the question before.
    fn back(&mut self) {
        let is_filtered =
            self.model.pickers.get(&self.model.focus).is_some_and(|picker| !picker.filter.text.is_empty());
        if self.is_at_list() && is_filtered {
            self.close();
            self.talk.due = Due::Rows;
            return;
        }
        if self.model.returns {
            return self.close();
        }
        let fields = asked(self.model);
        let here = if self.model.step == Step::Review {
            fields.len()
        } else {
            fields.iter().position(|row| row.id == self.model.focus).unwrap_or(0)
        };
        match here.checked_sub(1).and_then(|before| fields.get(before)) {
            Some(before) => self.focus(before.id),
            None => self.error(&tr!("this is the first question; quit leaves")),
        }
    }

    fn goto(&mut self, name: &str) {
        // The name of a field is meant before that of its step.
        if let Some(id) = help::field_named(self.model, name) {
            if self.model.step == Step::Review {
                let at = review_rows(self.model).iter().position(|row| *row == crate::app::ReviewRow::Field(id));
                if let Some(at) = at {
                    return self.open_row(at);
                }
            }
            self.talk.due = Due::Rows;
            return self.focus(id);
        }
        match help::step_named(name) {
            Some(Step::Review) => self.review(),
            Some(step) => self.click(Target::Step(step)),
            None => self.no_place(name),
        }
    }

    fn review(&mut self) {
        (self.talk.due, self.talk.review) = (Due::Rows, Reviewed::Wanted);
        self.click(Target::Step(Step::Review));
    }

    fn turn_back(&mut self, key: KeyCode) {
        self.press(key);
        self.talk.due = Due::Rows;
    }

    fn at_ports(&mut self, command: &Command) {
        if self.model.step != Step::Ports {
            return self.error(&tr!("this works at the ports; goto ports leads there"));
        }
        if command.word == Word::Add {
            self.add_ports(&command.rest);
        } else {
            self.port_command(command);
        }
        if command.word != Word::Add {
            self.say_ports_problems();
        }
    }

    fn turn_page(&mut self, by: usize) {
        self.talk.top = if by == 0 { 0 } else { self.talk.top + by };
        self.talk.due = Due::Rows;
    }

    fn at_field(&mut self, word: Word, command: &Command) {
        let at_list = self.is_at_list();
        match word {
            Word::More if at_list => {
                let rows = self.model.pickers.get(&self.model.focus).map_or(0, picker::numbered);
                if self.talk.top + ROWS < rows {
                    self.turn_page(ROWS);
                } else {
                    self.error(&tr!("there are no more rows; list begins with the first"));
                }
            }
            Word::List if at_list => self.turn_page(0),
            Word::List => (self.talk.due, self.talk.review) = (Due::Rows, Reviewed::Wanted),
            Word::All if at_list => {
                self.press(KeyCode::F(6));
                self.turn_page(0);
            }
            Word::Sort if at_list => {
                self.key(Key::ctrl('t'));
                self.turn_page(0);
            }
            Word::Look => {
                self.press(KeyCode::F(5));
                let is_review = self.model.step == Step::Review;
                if is_review {
                    self.talk.review = Reviewed::Wanted;
                }
                if at_list || is_review {
                    self.talk.due = Due::Rows;
                }
            }
            Word::Details if at_list => self.details(command),
            Word::Take => self.take_typed(&command.rest),
            Word::Clear if is_in_form(self.model) => self.clear(),
            _ => self.error(&tr!("{name} works at a list; to answer with it, type ={name}", name = name_of(word))),
        }
    }

    fn details(&mut self, command: &Command) {
        let id = self.model.focus;
        let row = self.model.pickers.get(&id).and_then(|picker| {
            let row = picker.pick.rows.get(command.number()?.checked_sub(1)?)?;
            Some(picker::row_words(self.model, id, picker, *row, true))
        });
        match row {
            Some(words) => self.say(words),
            None => self.no_row(&command.rest),
        }
    }

    fn clear(&mut self) {
        let id = self.model.focus;
        let is_filtered = self.model.pickers.get(&id).is_some_and(|picker| !picker.filter.text.is_empty());
        match field(id).control {
            Control::Picker { .. } if is_filtered => {
                self.close();
                self.talk.due = Due::Rows;
            }
            Control::Picker { optional: true, .. } => {
                self.click(Target::Row(id, 0));
                self.click(Target::Row(id, 0));
            }
            Control::Picker { optional: false, .. } => {
                self.error(&tr!("{label} cannot stay empty", label = id.label()));
            }
            Control::Text { .. } | Control::Stepper { .. } => self.key(Key::ctrl('u')),
            Control::Radio { .. } | Control::Switch { .. } | Control::Ports | Control::Fixed { .. } => {
                self.error(&tr!("there is nothing to empty here"));
            }
        }
    }
}

fn name_of(word: Word) -> &'static str {
    COMMANDS.iter().find(|row| row.word == word).map_or("", |row| row.name)
}
