//! The actions that have an effect in the current state, and the keys that the footer shows.

use crate::app::keys::action::Action;
use crate::app::keys::keymap::Binding;
use crate::app::model::Model;
use crate::app::pages;

/// Returns the bindings that the footer shows: those that have an effect now.
pub fn footer_bindings(model: &Model) -> impl Iterator<Item = &Binding> {
    let context = model.context();
    let rows = model.keymap.rows().iter();
    rows.filter(move |row| row.in_footer && row.contexts.contains(&context) && is_enabled(model, row.action))
}

/// Returns whether an action has an effect in the current state. An open overlay decides about its own actions.
pub(super) fn is_enabled(model: &Model, action: Action) -> bool {
    let around = model.surroundings();
    let of_overlay = model.overlay.as_ref().and_then(|overlay| overlay.screen().is_enabled(action, &around));
    of_overlay.unwrap_or_else(|| pages::is_enabled(action, &around))
}
