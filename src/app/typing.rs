//! Turns keys and typed letters into messages, and classifies messages for the undo history.

use crate::app::draft::history::ChangeSource;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::keys::key::Key;
use crate::app::load_error::Millis;
use crate::app::model::Model;
use crate::app::msg::Msg;
use crate::app::overlays::Overlay;

impl Model {
    /// Returns how the undo history classifies a message.
    pub(in crate::app) fn change_source(&self, msg: &Msg) -> ChangeSource {
        match msg {
            Msg::Do { action, .. } => {
                let context = self.context();
                let is_step = matches!(context, Context::Stepper | Context::PortNumber);
                let edits = matches!(action, Action::Edit(_) | Action::NextFreePort | Action::PreviousFreePort)
                    || (context == Context::Stepper && matches!(action, Action::Up | Action::Down))
                    || (is_step && matches!(action, Action::PageUp | Action::PageDown));
                if context.is_text() && edits { ChangeSource::Typing } else { ChangeSource::UserAction }
            }
            Msg::Typed { .. } if self.context().is_text() => ChangeSource::Typing,
            Msg::Typed { .. }
            | Msg::UnboundKey { .. }
            | Msg::Paste { .. }
            | Msg::Click { .. }
            | Msg::Scrolled { .. } => ChangeSource::UserAction,
            Msg::Resize { .. }
            | Msg::Painted { .. }
            | Msg::Tick { .. }
            | Msg::ListRead { .. }
            | Msg::ListRetried { .. }
            | Msg::Purchase { .. }
            | Msg::ServersPolled { .. }
            | Msg::Journal { .. }
            | Msg::OrderReconciled { .. }
            | Msg::AccountsDetected { .. }
            | Msg::Projects { .. }
            | Msg::AccountOpened { .. }
            | Msg::SetupRequired { .. }
            | Msg::AccountNotOpened { .. }
            | Msg::Identified { .. }
            | Msg::DraftSaved { .. }
            | Msg::CallEnded(_)
            | Msg::LibraryRead { .. }
            | Msg::Start(_)
            | Msg::DraftNotSaved { .. }
            | Msg::Exported { .. }
            | Msg::Terminate
            | Msg::SuspendRequested
            | Msg::CopyFailed(_)
            | Msg::Resumed => ChangeSource::External,
        }
    }

    /// Returns the message for a key in the current context: an action, a typed letter, or an unbound key.
    #[must_use]
    pub fn msg_for_key(&self, key: Key, at: Millis) -> Msg {
        let here = self.keymap.lookup(self.context(), key);
        // Any key closes the introduction and does what it does below it.
        let is_introduction = matches!(self.overlay, Some(Overlay::Introduction(_)));
        let below = || self.keymap.lookup(self.page_context(), key).filter(|_| is_introduction);
        match (here.or_else(below), key.as_char()) {
            (Some(action), _) => Msg::Do { action, at },
            (None, Some(letter)) => Msg::Typed { text: letter.into(), at },
            (None, None) => Msg::UnboundKey { at },
        }
    }

    /// Returns the next message for typed letters, with the remaining letters: all letters that the focused text or
    /// filter takes at once, or else the message for the first letter. Taking several at once keeps fast input from
    /// queueing up. `None` if there are no letters.
    #[must_use]
    pub fn next_typed<'a>(&self, typed: &'a str, at: Millis) -> Option<(Msg, &'a str)> {
        let first = typed.chars().next()?;
        let context = self.context();
        // What replaces a number is a step of its own where it is the same number.
        let takes_all = context.takes_letters() && !self.form.overwrite_on_type;
        let takes = |c: char| takes_all && self.keymap.lookup(context, Key::char(c)).is_none();
        let end = typed.find(|c| !takes(c)).unwrap_or(typed.len());
        if end == 0 {
            return Some((self.msg_for_key(Key::char(first), at), &typed[first.len_utf8()..]));
        }
        // Blanks at an end of a text are no step of the history; they come by themselves.
        let letters = &typed[..end];
        let blanks = end - letters.trim_start().len();
        let (text, rest) = typed.split_at(if blanks > 0 { blanks } else { letters.trim_end().len() });
        Some((Msg::Typed { text: text.to_owned(), at }, rest))
    }
}
