//! Clicks, mouse capture, and the introduction that the first key closes. A click never places an order: the
//! confirmation accepts keys only.

use crate::form::{Step, field};
use crate::i18n::tr;

use crate::app::form::review::{ReviewRow, review_rows};
use crate::app::keys::action::Action;
use crate::app::keys::mouse::MouseCapture;
use crate::app::model::Model;
use crate::app::msg::{ClickTarget, Effect};
use crate::app::overlays::Overlay;
use crate::app::page::Page;

impl Model {
    /// Handles a click. It moves the focus, and may do more where the focus is already.
    pub(in crate::app) fn click(&mut self, target: ClickTarget) -> Vec<Effect> {
        if let ClickTarget::RequestLine(line) = target {
            let is_there = match &self.overlay {
                None => self.page == Page::Form && self.has_pane(),
                Some(Overlay::Request(_)) => true,
                Some(_) => false,
            };
            return if is_there { self.follow_request_line(line) } else { Vec::new() };
        }
        if let Some(effects) = self.click_again(target) {
            return effects;
        }
        if self.page != Page::Form || self.overlay.is_some() {
            return Vec::new();
        }
        match target {
            ClickTarget::Step(step) => self.form.go_to_step(step),
            ClickTarget::Field(id) | ClickTarget::Row(id, _) if field(id).step != self.form.step => Vec::new(),
            ClickTarget::Field(id) => {
                self.form.leave_field();
                self.form.focus_on(id);
                Vec::new()
            }
            ClickTarget::Row(id, row) => {
                if self.form.focus != id {
                    self.form.leave_field();
                    self.form.focus_on(id);
                }
                self.form.point_at_row(id, row);
                Vec::new()
            }
            ClickTarget::ReviewRow(row) if self.form.step == Step::Review => {
                self.form.review_cursor = 0;
                self.form.step_review(row.try_into().unwrap_or(0));
                Vec::new()
            }
            ClickTarget::ReviewRow(_)
            | ClickTarget::RequestLine(_)
            | ClickTarget::PortCell(..)
            | ClickTarget::Overlay => Vec::new(),
        }
    }

    /// Releases the mouse to the terminal, or captures it again.
    pub(in crate::app) fn toggle_mouse_capture(&mut self) -> Vec<Effect> {
        let key = self.keymap.key_of(Action::MouseCapture);
        let (mouse, words) = match self.mouse_capture {
            MouseCapture::On => {
                (MouseCapture::Off, tr!("The mouse selects text now; {key} gives it back to the form", key))
            }
            MouseCapture::Off => {
                (MouseCapture::On, tr!("The mouse works in the form; {key} leaves it to the terminal", key))
            }
        };
        self.mouse_capture = mouse;
        self.say(words);
        vec![Effect::CaptureMouse(mouse == MouseCapture::On)]
    }

    /// Handles clicks that do more than move the focus. A click on the row under the cursor opens a row of
    /// Review or chooses a row of a list. The first click on a row of Review or a cell of the ports
    /// table moves the cursor there, but the row that leads to the confirmation opens at once. Any click closes the
    /// introduction. `None` if the caller has to handle the click.
    fn click_again(&mut self, target: ClickTarget) -> Option<Vec<Effect>> {
        if matches!(self.overlay, Some(Overlay::Introduction(_))) {
            return Some(self.close_introduction());
        }
        if self.page != Page::Form || self.overlay.is_some() {
            return None;
        }
        let on_review = self.form.step == Step::Review;
        match target {
            ClickTarget::ReviewRow(row) if on_review => {
                let is_button = review_rows(&self.form).get(row) == Some(&ReviewRow::PlaceOrder);
                let is_second = row == self.form.review_cursor;
                self.form.review_cursor = 0;
                self.form.step_review(row.try_into().unwrap_or(0));
                Some(if is_button || is_second { self.open_review_row() } else { Vec::new() })
            }
            ClickTarget::Row(id, row) if !on_review && self.form.focus == id => {
                let picker = self.form.pickers.get(&id).filter(|picker| picker.cursor == Some(row))?;
                picker.row()?;
                if let Err(reason) = self.form.choose_row(id) {
                    self.say(reason);
                }
                Some(Vec::new())
            }
            ClickTarget::PortCell(row, column) if !on_review && self.form.step == Step::Ports => {
                let is_here = self.form.in_ports() && (self.form.ports.row, self.form.ports.column) == (row, column);
                self.form.leave_field();
                self.form.focus_on(crate::order::FieldId::Ports);
                self.form.focus_port(row, column);
                if is_here && column == crate::order::PortColumn::Public {
                    self.form.toggle_port_reach();
                }
                Some(Vec::new())
            }
            ClickTarget::ReviewRow(_)
            | ClickTarget::Row(..)
            | ClickTarget::Field(_)
            | ClickTarget::PortCell(..)
            | ClickTarget::Step(_)
            | ClickTarget::RequestLine(_)
            | ClickTarget::Overlay => None,
        }
    }

    /// Closes the introduction, if it is open.
    pub(in crate::app) fn close_introduction(&mut self) -> Vec<Effect> {
        if matches!(self.overlay, Some(Overlay::Introduction(_))) {
            return self.run_in_overlay(Action::Close).unwrap_or_default();
        }
        Vec::new()
    }

    /// Returns whether the plain-text overlay is open.
    pub(in crate::app) fn is_plain(&self) -> bool {
        matches!(self.overlay, Some(Overlay::PlainText(_)))
    }

    /// Returns the effect that releases the mouse when the plain-text overlay opens, or captures it again when it
    /// closes. `None` if neither happened, or if the user released the mouse before.
    pub(in crate::app) fn sync_mouse_capture(&self, was_plain: bool) -> Option<Effect> {
        let is_ours = self.mouse_capture == MouseCapture::On;
        (is_ours && was_plain != self.is_plain()).then_some(Effect::CaptureMouse(was_plain))
    }
}
