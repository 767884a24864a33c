//! Clicks beyond moving the focus, mouse capture, and the introduction that a first key closes. A click never places
//! an order: the confirmation knows keys only.

use crate::form::{Control, Step, field};
use crate::i18n::tr;

use crate::app::form::review::{ReviewRow, review_rows};
use crate::app::keys::action::Action;
use crate::app::keys::key::{Key, KeyCode};
use crate::app::model::{Model, Overlay, Page};
use crate::app::msg::{ClickTarget, Effect};

/// Whose the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseCapture {
    /// Clicks and the wheel reach the program.
    On,
    /// The terminal selects text with it.
    Off,
}

impl Model {
    /// Leaves the mouse to the terminal, or takes it back.
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
        self.message = Some(words);
        vec![Effect::CaptureMouse(mouse == MouseCapture::On)]
    }

    /// The first click on a thing goes to it; a click on what is already under the cursor opens a row
    /// of Review, chooses a row of a list, or switches a switch. `None`: the click is no such one.
    pub(in crate::app) fn click_again(&mut self, target: ClickTarget) -> Option<Vec<Effect>> {
        if self.overlay == Some(Overlay::Introduction) {
            self.overlay = None;
            return Some(vec![Effect::IntroductionSeen]);
        }
        if self.page != Page::Form || self.overlay.is_some() {
            return None;
        }
        let on_review = self.step == Step::Review;
        match target {
            ClickTarget::ReviewRow(row) if on_review => {
                let is_button = review_rows(self).get(row) == Some(&ReviewRow::PlaceOrder);
                let is_second = row == self.review_cursor;
                self.review_cursor = 0;
                self.step_review(row.try_into().unwrap_or(0));
                Some(if is_button || is_second { self.open_review_row() } else { Vec::new() })
            }
            ClickTarget::Row(id, row) if !on_review && self.focus == id => {
                let picker = self.pickers.get(&id).filter(|picker| picker.cursor == row)?;
                picker.row()?;
                if let Err(reason) = self.choose_row(id) {
                    self.message = Some(reason);
                }
                Some(Vec::new())
            }
            ClickTarget::Field(id) if !on_review && self.focus == id => {
                matches!(field(id).control, Control::Switch { .. }).then(|| self.toggle_switch())?;
                Some(Vec::new())
            }
            ClickTarget::PortCell(row, column) if !on_review && self.step == Step::Ports => {
                let is_here = self.in_ports() && (self.ports.row, self.ports.column) == (row, column);
                self.leave_field();
                self.focus_on(crate::order::FieldId::Ports);
                self.focus_port(row, column);
                if is_here && column == crate::order::PortColumn::Public {
                    self.toggle_port_reach();
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

    /// Any key closes the introduction and does what it does; Esc only closes it. `None`: there is
    /// none, or it is closed and the key is still to be worked off.
    pub(in crate::app) fn leave_introduction(&mut self, key: Key) -> Option<Vec<Effect>> {
        if self.overlay != Some(Overlay::Introduction) {
            return None;
        }
        self.overlay = None;
        let mut effects = vec![Effect::IntroductionSeen];
        if key != Key::plain(KeyCode::Esc) {
            effects.extend(crate::app::update::handle_key(self, key));
        }
        Some(effects)
    }
}
