//! The command palette: steps, fields and actions, matched against what is typed.

use crate::form::{FIELDS, Step, field};
use crate::i18n::{self, Language};
use crate::order::FieldId;

use crate::app::actions::run_action;
use crate::app::enabled::is_enabled;
use crate::app::keys::action::Action;
use crate::app::model::{Model, Overlay};
use crate::app::msg::Effect;

/// What a row of the palette does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaletteTarget {
    Step(Step),
    Field(FieldId),
    Action(Action),
}

/// A row of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteItem {
    pub what: PaletteTarget,
    pub name: &'static str,
    /// The step's number, the field's JSON name, or the key.
    pub beside: String,
}

/// How well what was typed fits a text, the best being 0; `None`: not at all. Every word has to
/// stand somewhere in the text.
#[must_use]
pub fn match_rank(typed: &str, text: &str) -> Option<u32> {
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

impl PaletteItem {
    fn match_rank(&self, typed: &str) -> Option<u32> {
        let both = || match_rank(typed, &format!("{} {}", self.name, self.beside));
        match_rank(typed, self.name).into_iter().chain(match_rank(typed, &self.beside)).min().or_else(both)
    }
}

impl Model {
    /// What was typed leaves these, the best first; among equals steps, then fields, then actions.
    #[must_use]
    pub fn palette(&self, typed: &str) -> Vec<PaletteItem> {
        // What stands in the list is found by its name in any language.
        let named: Vec<Vec<PaletteItem>> =
            Language::ALL.map(|language| i18n::with_language(language, || self.offers())).into();
        let rank = |at: usize| named.iter().filter_map(|offers| offers.get(at)?.match_rank(typed)).min();
        let offers = self.offers().into_iter().enumerate();
        let mut ranked: Vec<(u32, PaletteItem)> =
            offers.filter_map(|(at, offer)| rank(at).map(|rank| (rank, offer))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, offer)| offer).collect()
    }

    /// Everything that can be offered, in the language that is spoken.
    fn offers(&self) -> Vec<PaletteItem> {
        let steps = Step::ALL.into_iter().map(|step| PaletteItem {
            what: PaletteTarget::Step(step),
            name: step.name(),
            beside: (step.index() + 1).to_string(),
        });
        let fields = FIELDS.iter().filter(|row| row.control.can_focus()).map(|row| PaletteItem {
            what: PaletteTarget::Field(row.id),
            name: row.id.label(),
            beside: row.id.json_name().to_owned(),
        });
        steps.chain(fields).chain(self.offered_actions()).collect()
    }

    /// Actions that work on the page below, each once.
    fn offered_actions(&self) -> Vec<PaletteItem> {
        let context = self.page_context();
        let mut offers: Vec<PaletteItem> = Vec::new();
        for binding in self.keymap.rows().iter().filter(|row| row.contexts.contains(&context) && is_offered(row.action))
        {
            let what = PaletteTarget::Action(binding.action);
            if is_enabled(self, binding.action) && !offers.iter().any(|offer| offer.what == what) {
                let beside = binding.keys.first().map_or_else(String::new, ToString::to_string);
                offers.push(PaletteItem { what, name: i18n::t(binding.words), beside });
            }
        }
        offers
    }

    pub(in crate::app) fn open_palette(&mut self) {
        self.overlay = Some(Overlay::Palette { typed: String::new(), cursor: self.step.index() });
    }

    pub(in crate::app) fn step_palette(&mut self, by: isize) {
        let Some(Overlay::Palette { typed, .. }) = &self.overlay else { return };
        let last = self.palette(typed).len().saturating_sub(1);
        if let Some(Overlay::Palette { cursor, .. }) = &mut self.overlay {
            *cursor = cursor.saturating_add_signed(by).min(last);
        }
    }

    /// Does what the row under the cursor says. The palette is closed by then.
    pub(in crate::app) fn run_palette_item(&mut self, typed: &str, cursor: usize) -> Vec<Effect> {
        let offers = self.palette(typed);
        match offers.get(cursor).or(offers.first()).map(|offer| offer.what) {
            Some(PaletteTarget::Step(step)) => self.go_to_step(step),
            Some(PaletteTarget::Field(id)) if self.focus == id && self.step == field(id).step => Vec::new(),
            Some(PaletteTarget::Field(id)) => self.go_to_field(id),
            Some(PaletteTarget::Action(action)) => run_action(self, self.page_context(), action),
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
            | Action::Palette
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
            | Action::NextFormat
            | Action::PreviousFormat
            | Action::CopyExport
            | Action::WriteExport
    )
}

#[cfg(test)]
mod tests {
    use crate::app::account::AccountLabel;
    use crate::i18n::{Language, with_language};

    use super::*;

    #[test]
    fn in_chinese_both_words_lead_there() {
        let model = Model::new(AccountLabel::none(), None);
        let first = |typed: &str| model.palette(typed).first().map(|offer| offer.what);
        with_language(Language::Chinese, || {
            let step = Some(PaletteTarget::Step(Step::Ports));
            assert_eq!((first("端口"), first("ports")), (step, step));
            let action = Some(PaletteTarget::Action(Action::Introduction));
            assert_eq!((first("使用介绍"), first("introduction")), (action, action));
            assert_eq!(first("server name"), Some(PaletteTarget::Field(FieldId::ServerName)));
        });
    }
}
