//! The export overlay: the order as a text for another tool, to be copied or written.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::export::{ExportError, Format, Target, export};
use crate::i18n::tr;
use crate::text::sanitize::visible;

use crate::app::account::AccountMode;
use crate::app::model::{Model, Overlay};
use crate::app::msg::Effect;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportView {
    pub format: Format,
    /// The first row that is shown.
    pub top: usize,
}

/// A text to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    pub name: String,
    /// Behind the name and a dot.
    pub ending: &'static str,
    pub text: String,
}

impl Model {
    pub(in crate::app) fn open_export(&mut self) {
        if self.order.is_none() {
            self.message = Some(tr!("There is nothing to export yet: the form has open problems"));
            return;
        }
        self.overlay = Some(Overlay::Export(ExportView { format: Format::Curl, top: 0 }));
    }

    fn export_view(&self) -> Option<ExportView> {
        match self.overlay {
            Some(Overlay::Export(exporting)) => Some(exporting),
            Some(_) | None => None,
        }
    }

    /// The text that is looked at, or why the order cannot be written in this form; none if the form is no order any
    /// more.
    #[must_use]
    pub fn exported(&self) -> Option<Result<String, ExportError>> {
        let (_, body) = self.order.as_ref()?;
        Some(export(body, &self.target(), self.export_view()?.format))
    }

    /// The text that is to be taken away; why there is none is said.
    fn exportable(&mut self) -> Option<String> {
        match self.exported()? {
            Ok(text) => Some(text),
            Err(why) => {
                self.message = Some(why.to_string());
                None
            }
        }
    }

    /// Where the order would go. The demo's place ends with this run, so it is none.
    fn target(&self) -> Target {
        let label = &self.account;
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

    /// Another form, from its beginning.
    pub(in crate::app) fn switch_export_format(&mut self, by: isize) {
        let Some(Overlay::Export(ExportView { format, top })) = &mut self.overlay else { return };
        let all = Format::ALL;
        let at = all.iter().position(|one| one == format).unwrap_or(0);
        *format = all[(at + all.len()).saturating_add_signed(by) % all.len()];
        *top = 0;
    }

    pub(in crate::app) fn step_export(&mut self, by: isize) {
        let rows = self.exported().and_then(Result::ok).map_or(0, |text| export_rows(&text, self.width).len());
        let most = rows.saturating_sub(usize::from(self.height) / 2);
        if let Some(Overlay::Export(ExportView { top, .. })) = &mut self.overlay {
            *top = top.saturating_add_signed(by).min(most);
        }
    }

    pub(in crate::app) fn copy_export(&mut self) -> Vec<Effect> {
        let Some(text) = self.exportable() else { return Vec::new() };
        self.message = Some(tr!("Sent to your terminal's clipboard. Running it buys, and nothing guards it"));
        vec![Effect::Copy(text)]
    }

    pub(in crate::app) fn write_export(&mut self) -> Vec<Effect> {
        let (Some(ExportView { format, .. }), Some(text)) = (self.export_view(), self.exportable()) else {
            return Vec::new();
        };
        let Some((order, _)) = &self.order else { return Vec::new() };
        let name = format!("order-{}", order.server_name());
        vec![Effect::WriteExport(ExportFile { name, ending: format.extension(), text })]
    }

    /// What came of writing: the path, or why there is none.
    pub(in crate::app) fn export_written(&mut self, result: Result<String, String>) {
        self.message = Some(match result {
            Ok(path) => tr!("Written to {path}, for you alone. Running it buys, and nothing guards it", path),
            Err(why) => tr!("Nothing is written: {why}", why),
        });
    }
}

/// A row of an exported text, without hidden characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    pub text: String,
    pub is_remark: bool,
}

/// The text in rows of at most so many cells. Remarks break at blanks, everything else where it must.
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
