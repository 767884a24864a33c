//! The order as a text for another tool: printed whole, or written to a file.

use crate::app::{Action, ExportView, Model, Overlay};
use crate::export::Format;
use crate::i18n::tr;

use super::command::Command;
use super::line_handler::LineHandler;
use super::output::{OutputItem, error};
use super::output::{comma, shorten};

/// The text that covers the page.
pub(super) fn exported(model: &Model, view: ExportView) -> Vec<OutputItem> {
    match view.text(&model.form, &model.account.label) {
        Some(Ok(text)) => text.lines().map(|line| OutputItem::Verbatim(line.to_owned())).collect(),
        Some(Err(why)) => vec![error(&why.to_string())],
        None => Vec::new(),
    }
}

impl LineHandler<'_> {
    /// `export terraform`: the text in this form, curl's if none is named.
    pub fn export(&mut self, command: &Command) {
        if self.open_export(&command.rest) {
            let Some(Overlay::Export(view)) = self.model.overlay else { return };
            let text = exported(self.model, view);
            self.close();
            self.print_all(text);
        }
    }

    /// `write terraform`: the same, into a file.
    pub fn write_export(&mut self, command: &Command) {
        if self.open_export(&command.rest) {
            self.act(Action::WriteExport);
            self.close();
        }
    }

    /// Opens the page of exports as the screen does; `false`, with the reason said, if it does not open.
    fn open_export(&mut self, name: &str) -> bool {
        let wanted = if name.is_empty() { Some(0) } else { Format::ALL.iter().position(|one| one.name() == name) };
        let Some(wanted) = wanted else {
            let forms = Format::ALL.map(Format::name).join(comma());
            self.error(&tr!("there is no form {name}; there are {forms}", name = shorten(name), forms));
            return false;
        };
        self.attempt(Action::Export);
        if !matches!(self.model.overlay, Some(Overlay::Export(_))) {
            return false;
        }
        for _ in 0..wanted {
            self.act(Action::NextFormat);
        }
        true
    }
}
