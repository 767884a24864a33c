//! The export overlay: the order as a text for another tool, to be copied or written.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::export::{ExportError, Format, Target, export};
use crate::i18n::tr;
use crate::text::sanitize::visible;

use crate::app::account::{AccountLabel, AccountMode};
use crate::app::form::state::Form;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::msg::{Effect, ExportFile};
use crate::app::overlays::screen::{OverlayScreen, Response, Surroundings, scrolled};

/// State of the export overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportView {
    pub format: Format,
    /// First row that is shown.
    pub top: usize,
}

impl Default for ExportView {
    fn default() -> Self {
        Self { format: Format::Curl, top: 0 }
    }
}

impl ExportView {
    /// Returns the exported text, or the reason why the order cannot be written in this format; `None` if the form is
    /// no valid order any more.
    #[must_use]
    pub fn text(&self, form: &Form, label: &AccountLabel) -> Option<Result<String, ExportError>> {
        let (_, body) = form.order.as_ref()?;
        Some(export(body, &target(label), self.format))
    }

    /// Switches to the format `by` places further, cyclically, and to its first row.
    fn switch_format(&mut self, by: isize) {
        let all = Format::ALL;
        let at = all.iter().position(|one| *one == self.format).unwrap_or(0);
        *self = Self { format: all[(at + all.len()).saturating_add_signed(by) % all.len()], top: 0 };
    }

    fn copy(self, around: &Surroundings<'_>) -> Response {
        match self.text(around.form, &around.account.label) {
            Some(Ok(text)) => {
                Response::say(tr!("Sent to your terminal's clipboard. Running it buys, and nothing guards it"))
                    .with(Effect::Copy(text))
            }
            Some(Err(why)) => Response::say(why.to_string()),
            None => Response::stay(),
        }
    }

    fn write(self, around: &Surroundings<'_>) -> Response {
        let text = self.text(around.form, &around.account.label);
        match (text, &around.form.order) {
            (Some(Ok(text)), Some((order, _))) => {
                let name = format!("order-{}", order.server_name());
                let file = ExportFile { name, ending: self.format.extension(), text };
                Response::stay().with(Effect::WriteExport(file))
            }
            (Some(Err(why)), _) => Response::say(why.to_string()),
            (Some(Ok(_)) | None, _) => Response::stay(),
        }
    }
}

/// Returns the endpoint, region and project that the export names. It names none for a demo, whose endpoint ends with
/// this run.
fn target(label: &AccountLabel) -> Target {
    match label.mode {
        AccountMode::Live => Target {
            endpoint: Some(label.endpoint.clone()),
            // The host stands here where no region is known.
            region: Some(label.region.clone()).filter(|region| !region.contains(['.', ':'])),
            project: Some(label.project.clone()),
        },
        AccountMode::Simulator | AccountMode::NoAccount => Target::default(),
    }
}

impl OverlayScreen for ExportView {
    fn context(&self) -> Context {
        Context::Export
    }

    fn handle(&mut self, action: Action, around: &Surroundings<'_>) -> Option<Response> {
        match action {
            Action::NextFormat => self.switch_format(1),
            Action::PreviousFormat => self.switch_format(-1),
            Action::CopyExport => return Some(self.copy(around)),
            Action::WriteExport => return Some(self.write(around)),
            _ => return None,
        }
        Some(Response::stay())
    }

    fn scroll(&mut self, rows: isize, around: &Surroundings<'_>) {
        let text = self.text(around.form, &around.account.label).and_then(Result::ok);
        let lines = text.map_or(0, |text| export_rows(&text, around.width).len());
        self.top = scrolled(self.top, rows, lines, around.height);
    }
}

/// Returns the message about an export that was written, or was not.
pub(in crate::app) fn written_text(result: Result<String, String>) -> String {
    match result {
        Ok(path) => tr!("Written to {path}, for you alone. Running it buys, and nothing guards it", path),
        Err(why) => tr!("Nothing is written: {why}", why),
    }
}

/// A row of an exported text, without hidden characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    pub text: String,
    pub is_remark: bool,
}

/// Splits a text into rows of at most `width` cells. Remarks break at blanks, everything else at the width.
#[must_use]
pub fn export_rows(text: &str, width: u16) -> Vec<ExportRow> {
    let width = usize::from(width.max(8));
    let mut rows = Vec::new();
    for line in text.lines() {
        let is_remark = line.starts_with('#') || line.starts_with("//");
        let line = line.replace('\t', "    ");
        let mut row = String::new();
        for c in visible(&line).chars() {
            if row.width() + c.width().unwrap_or(0) > width {
                let at = row.rfind(' ').filter(|_| is_remark).map_or(row.len(), |at| at + 1);
                let rest = row.split_off(at);
                rows.push(ExportRow { text: std::mem::replace(&mut row, rest), is_remark });
            }
            row.push(c);
        }
        rows.push(ExportRow { text: row, is_remark });
    }
    rows
}
