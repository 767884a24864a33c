//! Whether an action would do anything in the state that the program is in, and which keys the footer shows.

use crate::app::keys::action::Action;
use crate::app::keys::keymap::Binding;
use crate::app::model::Model;
use crate::app::page_actions;

/// Returns the keys for the line at the bottom: those that do something right now.
pub fn footer_bindings(model: &Model) -> impl Iterator<Item = &Binding> {
    let context = model.context();
    let rows = model.keymap.rows().iter();
    rows.filter(move |row| row.in_footer && row.contexts.contains(&context) && is_enabled(model, row.action))
}

/// Returns whether an action has an effect in the state that the program is in.
pub(super) fn is_enabled(model: &Model, action: Action) -> bool {
    let around = model.surroundings();
    let of_overlay = model.overlay.as_ref().and_then(|overlay| overlay.screen().is_enabled(action, &around));
    of_overlay.unwrap_or_else(|| page_actions::is_enabled(action, &around))
}
