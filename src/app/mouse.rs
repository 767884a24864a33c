//! What a click does beyond moving the focus, whose the mouse is, and the introduction that a first
//! key closes. Nothing that is clicked ever places an order: the confirmation knows keys only.

use crate::form::{Control, Step, field};
use crate::words::tr;

use super::key::{Key, KeyCode};
use super::keymap::Action;
use super::model::{Model, Overlay, Page};
use super::msg::{Effect, Target};
use super::review::{ReviewRow, review_rows};

/// Whose the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// Clicks and the wheel reach the program.
    Ours,
    /// The terminal selects text with it.
    Terminals,
}

impl Model {
    /// Leaves the mouse to the terminal, or takes it back.
    pub(super) fn give_or_take_mouse(&mut self) -> Vec<Effect> {
        let key = self.keymap.key_of(Action::Mouse);
        let (mouse, words) = match self.mouse {
            Mouse::Ours => (Mouse::Terminals, tr!("The mouse selects text now; {key} gives it back to the form", key)),
            Mouse::Terminals => (Mouse::Ours, tr!("The mouse works in the form; {key} leaves it to the terminal", key)),
        };
        self.mouse = mouse;
        self.message = Some(words);
        vec![Effect::Mouse(mouse == Mouse::Ours)]
    }

    /// The first click on a thing goes to it; a click on what is already under the cursor opens a row
    /// of Review, chooses a row of a list, or switches a switch. `None`: the click is no such one.
    pub(super) fn click_anew(&mut self, target: Target) -> Option<Vec<Effect>> {
        if self.overlay == Some(Overlay::Introduction) {
            self.overlay = None;
            return Some(vec![Effect::Introduced]);
        }
        if self.page != Page::Form || self.overlay.is_some() {
            return None;
        }
        let on_review = self.step == Step::Review;
        match target {
            Target::ReviewRow(row) if on_review => {
                let is_button = review_rows(self).get(row) == Some(&ReviewRow::PlaceOrder);
                let is_second = row == self.review_cursor;
                self.review_cursor = 0;
                self.step_review(row.try_into().unwrap_or(0));
                Some(if is_button || is_second { self.open_review_row() } else { Vec::new() })
            }
            Target::Row(id, row) if !on_review && self.focus == id => {
                let picker = self.pickers.get(&id).filter(|picker| picker.cursor == row)?;
                picker.row()?;
                if let Err(reason) = self.choose_row(id) {
                    self.message = Some(reason);
                }
                Some(Vec::new())
            }
            Target::Field(id) if !on_review && self.focus == id => {
                matches!(field(id).control, Control::Switch { .. }).then(|| self.toggle_switch())?;
                Some(Vec::new())
            }
            Target::PortCell(row, column) if !on_review && self.step == Step::Ports => {
                let is_here = self.in_ports() && (self.ports.row, self.ports.column) == (row, column);
                self.leave_field();
                self.focus_on(crate::order::FieldId::Ports);
                self.focus_port(row, column);
                if is_here && column == crate::order::PortColumn::Public {
                    self.toggle_port_reach();
                }
                Some(Vec::new())
            }
            Target::ReviewRow(_)
            | Target::Row(..)
            | Target::Field(_)
            | Target::PortCell(..)
            | Target::Step(_)
            | Target::RequestLine(_)
            | Target::Cover => None,
        }
    }

    /// Any key closes the introduction and does what it does; Esc only closes it. `None`: there is
    /// none, or it is closed and the key is still to be worked off.
    pub(super) fn leave_introduction(&mut self, key: Key) -> Option<Vec<Effect>> {
        if self.overlay != Some(Overlay::Introduction) {
            return None;
        }
        self.overlay = None;
        let mut effects = vec![Effect::Introduced];
        if key != Key::plain(KeyCode::Esc) {
            effects.extend(super::update::press(self, key));
        }
        Some(effects)
    }
}
