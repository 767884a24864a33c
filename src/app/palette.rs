//! One line that leads everywhere: steps, fields and actions, filtered as one types.

use crate::form::{FIELDS, Step, field};
use crate::order::FieldId;
use crate::words::{self, Language};

use super::act::act;
use super::keymap::Action;
use super::model::{Model, Overlay};
use super::msg::Effect;
use super::works::works;

/// What a row of the palette does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    Step(Step),
    Field(FieldId),
    Action(Action),
}

/// A row of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub what: Offered,
    pub name: &'static str,
    /// The step's number, the field's JSON name, or the key.
    pub beside: String,
}

/// How well what was typed fits a text, the best being 0; `None`: not at all. Every word has to
/// stand somewhere in the text.
#[must_use]
pub fn fits(typed: &str, text: &str) -> Option<u32> {
    let (typed, text) = (typed.trim().to_ascii_lowercase(), text.to_ascii_lowercase());
    if typed.is_empty() || typed == text {
        return Some(0);
    }
    let begins = |word: &str| text.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word));
    let rank = |word: &str| {
        if text.starts_with(word) {
            Some(1)
        } else if begins(word) {
            Some(2)
        } else {
            text.contains(word).then_some(3)
        }
    };
    typed.split_whitespace().map(rank).sum()
}

impl Offer {
    fn fits(&self, typed: &str) -> Option<u32> {
        let both = || fits(typed, &format!("{} {}", self.name, self.beside));
        fits(typed, self.name).into_iter().chain(fits(typed, &self.beside)).min().or_else(both)
    }
}

impl Model {
    /// What was typed leaves these, the best first; among equals steps, then fields, then actions.
    #[must_use]
    pub fn palette(&self, typed: &str) -> Vec<Offer> {
        // What stands in the list is found by its name in any language.
        let named: Vec<Vec<Offer>> = Language::ALL.map(|language| words::speaking(language, || self.offers())).into();
        let rank = |at: usize| named.iter().filter_map(|offers| offers.get(at)?.fits(typed)).min();
        let offers = self.offers().into_iter().enumerate();
        let mut ranked: Vec<(u32, Offer)> =
            offers.filter_map(|(at, offer)| rank(at).map(|rank| (rank, offer))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, offer)| offer).collect()
    }

    /// Everything that can be offered, in the language that is spoken.
    fn offers(&self) -> Vec<Offer> {
        let steps = Step::ALL.into_iter().map(|step| Offer {
            what: Offered::Step(step),
            name: step.name(),
            beside: (step.index() + 1).to_string(),
        });
        let fields = FIELDS.iter().filter(|row| row.control.can_focus()).map(|row| Offer {
            what: Offered::Field(row.id),
            name: row.id.label(),
            beside: row.id.json_name().to_owned(),
        });
        steps.chain(fields).chain(self.offered_actions()).collect()
    }

    /// Actions that work on the page below, each once.
    fn offered_actions(&self) -> Vec<Offer> {
        let context = self.page_context();
        let mut offers: Vec<Offer> = Vec::new();
        for binding in self.keymap.rows().iter().filter(|row| row.contexts.contains(&context) && is_offered(row.action))
        {
            let what = Offered::Action(binding.action);
            if works(self, binding.action) && !offers.iter().any(|offer| offer.what == what) {
                let beside = binding.keys.first().map_or_else(String::new, ToString::to_string);
                offers.push(Offer { what, name: words::of(binding.words), beside });
            }
        }
        offers
    }

    pub(super) fn open_goto(&mut self) {
        self.overlay = Some(Overlay::Goto { typed: String::new(), cursor: self.step.index() });
    }

    pub(super) fn step_palette(&mut self, by: isize) {
        let Some(Overlay::Goto { typed, .. }) = &self.overlay else { return };
        let last = self.palette(typed).len().saturating_sub(1);
        if let Some(Overlay::Goto { cursor, .. }) = &mut self.overlay {
            *cursor = cursor.saturating_add_signed(by).min(last);
        }
    }

    /// Does what the row under the cursor says. The palette is closed by then.
    pub(super) fn take_from_palette(&mut self, typed: &str, cursor: usize) -> Vec<Effect> {
        let offers = self.palette(typed);
        match offers.get(cursor).or(offers.first()).map(|offer| offer.what) {
            Some(Offered::Step(step)) => self.go_to_step(step),
            Some(Offered::Field(id)) if self.focus == id && self.step == field(id).step => Vec::new(),
            Some(Offered::Field(id)) => self.go_to_field(id),
            Some(Offered::Action(action)) => act(self, self.page_context(), action),
            None => Vec::new(),
        }
    }
}

/// Whether an action is of use by its name. Moving and typing are not, and nothing is ordered or
/// accepted from a list of commands.
fn is_offered(action: Action) -> bool {
    !matches!(
        action,
        Action::Accept
            | Action::NextField
            | Action::PreviousField
            | Action::Goto
            | Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last
            | Action::Edit(_)
            | Action::PlaceOrder
            | Action::Close
            | Action::CopyCall
    )
}

#[cfg(test)]
mod tests {
    use super::super::account::AccountLabel;
    use crate::words::{Language, speaking};

    use super::*;

    #[test]
    fn in_chinese_both_words_lead_there() {
        let model = Model::new(AccountLabel::none(), None);
        let first = |typed: &str| model.palette(typed).first().map(|offer| offer.what);
        speaking(Language::Chinese, || {
            let step = Some(Offered::Step(Step::Ports));
            assert_eq!((first("端口"), first("ports")), (step, step));
            let action = Some(Offered::Action(Action::Introduction));
            assert_eq!((first("使用介绍"), first("introduction")), (action, action));
            assert_eq!(first("server name"), Some(Offered::Field(FieldId::ServerName)));
        });
    }
}
