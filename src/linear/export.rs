//! The order in the format of another tool: printed in full, or written to a file.

use crate::app::{Action, ExportView, Model, Overlay};
use crate::export::Format;
use crate::i18n::tr;

use super::command::Command;
use super::line_handler::LineHandler;
use super::output::{OutputItem, error};
use super::output::{comma, shorten};

/// Returns the text of an export page, or the reason why the order cannot be written in this format; empty if the form
/// is not a valid order.
pub(super) fn exported(model: &Model, view: ExportView) -> Vec<OutputItem> {
    match view.text(&model.form, &model.account.label) {
        Some(Ok(text)) => text.lines().map(|line| OutputItem::Verbatim(line.to_owned())).collect(),
        Some(Err(why)) => vec![error(&why.to_string())],
        None => Vec::new(),
    }
}

impl LineHandler<'_> {
    /// Runs `export FORMAT`: prints the order in this format, by default the first one, curl.
    pub fn export(&mut self, command: &Command) {
        if self.open_export(&command.rest) {
            let Some(Overlay::Export(view)) = self.model.overlay else { return };
            let text = exported(self.model, view);
            self.close();
            self.print_all(text);
        }
    }

    /// Runs `write FORMAT`: writes the same text to a file.
    pub fn write_export(&mut self, command: &Command) {
        if self.open_export(&command.rest) {
            self.act(Action::WriteExport);
            self.close();
        }
    }

    /// Opens the export page at a format. Prints the reason and returns `false` if the page does not open.
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
