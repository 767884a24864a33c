//! The library overlay: drafts, templates and past orders, to start a form from or to be removed.

use crate::form::{Edit, TextCursor};
use crate::i18n::tr;
use crate::text::sanitize::sentence;

use crate::app::draft::saved::{Basis, BasisKind};
use crate::app::form::state::Form;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::library::{Library, Template, check_template_name};
use crate::app::overlays::screen::{OverlayScreen, Request, Response, Surroundings};

/// State of the library overlay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryPage {
    pub cursor: usize,
    pub asks: LibraryPrompt,
}

/// Question that the list asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LibraryPrompt {
    #[default]
    Nothing,
    /// The confirmation to remove the row under the cursor.
    Removal,
    /// The name of the template to save.
    Name { typed: String },
}

/// A row of the list, by its index among the drafts, templates or past orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryRow {
    Draft(usize),
    Template(usize),
    Order(usize),
}

/// Returns all rows: drafts, templates, orders. The draft of the form on the screen is left out.
#[must_use]
pub fn library_rows(library: &Library, form: &Form) -> Vec<LibraryRow> {
    let others = (0..library.drafts.len()).filter(|at| library.drafts[*at].saved.id != form.autosave.id);
    let templates = (0..library.templates.len()).map(LibraryRow::Template);
    let orders = (0..form.past_orders.len()).map(LibraryRow::Order);
    others.map(LibraryRow::Draft).chain(templates).chain(orders).collect()
}

impl LibraryPage {
    fn row(&self, around: &Surroundings<'_>) -> Option<LibraryRow> {
        library_rows(around.library, around.form).get(self.cursor).copied()
    }

    /// Keeps the cursor on a row after the rows changed.
    pub(in crate::app) fn clamp_cursor(&mut self, library: &Library, form: &Form) {
        self.cursor = self.cursor.min(library_rows(library, form).len().saturating_sub(1));
    }

    fn start_from_row(&self, around: &Surroundings<'_>) -> Response {
        let request = match self.row(around) {
            Some(LibraryRow::Draft(at)) => Request::SwitchTo(around.library.drafts[at].saved.clone()),
            Some(LibraryRow::Template(at)) => {
                let Template { name, draft } = around.library.templates[at].clone();
                Request::StartFrom(Basis { kind: BasisKind::Template, name, draft })
            }
            Some(LibraryRow::Order(at)) => Request::StartFrom(around.form.past_orders[at].basis()),
            None => return Response::stay(),
        };
        Response::close_and(request)
    }

    /// Removes the row under the cursor at the second request. The first one asks for confirmation.
    fn remove(&mut self, around: &Surroundings<'_>) -> Response {
        let request = match self.row(around) {
            Some(LibraryRow::Order(_)) => {
                return Response::say(tr!("Orders stay in the journal; drafts and templates can be removed"));
            }
            Some(LibraryRow::Draft(at)) => Request::RemoveDraft(around.library.drafts[at].saved.id.clone()),
            Some(LibraryRow::Template(at)) => Request::RemoveTemplate(around.library.templates[at].name.clone()),
            None => return Response::stay(),
        };
        if self.asks != LibraryPrompt::Removal {
            self.asks = LibraryPrompt::Removal;
            return Response::stay();
        }
        self.asks = LibraryPrompt::Nothing;
        Response::ask(request)
    }
}

impl OverlayScreen for LibraryPage {
    fn context(&self) -> Context {
        match self.asks {
            LibraryPrompt::Nothing | LibraryPrompt::Removal => Context::Library,
            LibraryPrompt::Name { .. } => Context::TemplateName,
        }
    }

    fn accept(&mut self, around: &Surroundings<'_>) -> Response {
        match &self.asks {
            LibraryPrompt::Name { typed } => match check_template_name(typed.trim()) {
                Ok(()) => Response::close_and(Request::SaveTemplate(typed.trim().to_owned())),
                Err(right) => Response::say(sentence(&right.to_string())),
            },
            LibraryPrompt::Removal => {
                self.asks = LibraryPrompt::Nothing;
                Response::say(tr!("Nothing was removed"))
            }
            LibraryPrompt::Nothing => self.start_from_row(around),
        }
    }

    /// Cancels the open question; without one, closes the list.
    fn close(&mut self) -> Response {
        if self.asks == LibraryPrompt::Nothing {
            return Response::close();
        }
        self.asks = LibraryPrompt::Nothing;
        Response::stay()
    }

    fn handle(&mut self, action: Action, around: &Surroundings<'_>) -> Option<Response> {
        match action {
            Action::SaveTemplate => {
                self.asks = LibraryPrompt::Name { typed: String::new() };
                Some(Response::stay())
            }
            Action::Remove => Some(self.remove(around)),
            _ => None,
        }
    }

    fn is_enabled(&self, action: Action, around: &Surroundings<'_>) -> Option<bool> {
        match action {
            Action::Accept => {
                let is_named = matches!(self.asks, LibraryPrompt::Name { .. });
                Some(is_named || !library_rows(around.library, around.form).is_empty())
            }
            Action::Remove => Some(self.row(around).is_some_and(|row| !matches!(row, LibraryRow::Order(_)))),
            _ => None,
        }
    }

    fn edit(&mut self, edit: Edit) {
        if let LibraryPrompt::Name { typed } = &mut self.asks {
            TextCursor::at_end(typed).edit(typed, edit);
        }
    }

    fn scroll(&mut self, rows: isize, around: &Surroundings<'_>) {
        self.cursor = self.cursor.saturating_add_signed(rows);
        self.asks = LibraryPrompt::Nothing;
        self.clamp_cursor(around.library, around.form);
    }
}
