//! The request overlay: the whole request over the page, with a cursor on the lines that lead to fields.

use crate::form::request_preview;
use crate::order::FieldId;

use crate::app::form::request::request_stops;
use crate::app::form::state::Form;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::overlays::screen::{OverlayScreen, Request, Response, Surroundings};

/// The request, with the line under the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestView {
    line: usize,
}

impl RequestView {
    /// Creates the view with the cursor on the member of the highlighted field, or else on the first line that leads to
    /// a field.
    pub(in crate::app) fn on_highlighted(form: &Form) -> Self {
        let lines = request_preview(&form.draft);
        let lit = form.highlighted_field();
        let line = request_stops(&lines).find(|at| lit.is_some() && lines[*at].field == lit);
        Self { line: line.or_else(|| request_stops(&lines).next()).unwrap_or(0) }
    }

    /// Returns the line that the cursor is on, which may change as lines come and go; `None` if no line leads to a
    /// field.
    #[must_use]
    pub fn cursor(&self, form: &Form) -> Option<usize> {
        let lines = request_preview(&form.draft);
        request_stops(&lines).take_while(|at| *at <= self.line).last().or_else(|| request_stops(&lines).next())
    }

    fn field(self, form: &Form) -> Option<FieldId> {
        request_preview(&form.draft).get(self.cursor(form)?)?.field
    }
}

impl OverlayScreen for RequestView {
    fn context(&self) -> Context {
        Context::Request
    }

    fn accept(&mut self, around: &Surroundings<'_>) -> Response {
        self.cursor(around.form).map_or_else(Response::stay, |line| Response::ask(Request::FollowRequestLine(line)))
    }

    fn is_enabled(&self, action: Action, around: &Surroundings<'_>) -> Option<bool> {
        (action == Action::Accept).then(|| self.field(around.form).is_some())
    }

    fn scroll(&mut self, rows: isize, around: &Surroundings<'_>) {
        let lines = request_preview(&around.form.draft);
        let stops: Vec<usize> = request_stops(&lines).collect();
        let Some(now) = self.cursor(around.form) else { return };
        let at = stops.iter().position(|stop| *stop == now).unwrap_or(0);
        let next = at.saturating_add_signed(rows).min(stops.len().saturating_sub(1));
        self.line = stops.get(next).copied().unwrap_or(self.line);
    }
}
