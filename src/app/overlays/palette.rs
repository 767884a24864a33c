//! The palette overlay: steps, fields and actions, matched against what is typed.

use crate::form::{Edit, FIELDS, Step, TextCursor};
use crate::i18n::{self, Language};
use crate::order::FieldId;

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::overlays::screen::{OverlayScreen, Request, Response, Surroundings};

/// Target of a row of the palette.
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

/// Returns how well a text matches what was typed, 0 being the best; `None` if it does not match. Every typed word has
/// to occur in the text.
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

/// State of the palette.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaletteView {
    pub typed: String,
    pub cursor: usize,
}

impl PaletteView {
    /// Returns the items that match what was typed, the best first; among equals steps, then fields, then actions.
    /// Names in any language match.
    #[must_use]
    pub fn items(&self, around: &Surroundings<'_>) -> Vec<PaletteItem> {
        // What stands in the list is found by its name in any language.
        let named: Vec<Vec<PaletteItem>> =
            Language::ALL.map(|language| i18n::with_language(language, || all_items(around))).into();
        let rank = |at: usize| named.iter().filter_map(|items| items.get(at)?.match_rank(&self.typed)).min();
        let items = all_items(around).into_iter().enumerate();
        let mut ranked: Vec<(u32, PaletteItem)> =
            items.filter_map(|(at, item)| rank(at).map(|rank| (rank, item))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, item)| item).collect()
    }
}

/// Returns every item that can be offered, in the current language.
fn all_items(around: &Surroundings<'_>) -> Vec<PaletteItem> {
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
    steps.chain(fields).chain(action_items(around)).collect()
}

/// Returns the actions that work on the page below, each once.
fn action_items(around: &Surroundings<'_>) -> Vec<PaletteItem> {
    let context = around.page_context;
    let mut items: Vec<PaletteItem> = Vec::new();
    for binding in around.keymap.rows().iter().filter(|row| row.contexts.contains(&context) && is_offered(row.action)) {
        let what = PaletteTarget::Action(binding.action);
        if (around.is_enabled_on_page)(binding.action, around) && !items.iter().any(|item| item.what == what) {
            let beside = binding.keys.first().map_or_else(String::new, ToString::to_string);
            items.push(PaletteItem { what, name: i18n::t(binding.words), beside });
        }
    }
    items
}

impl OverlayScreen for PaletteView {
    fn context(&self) -> Context {
        Context::Palette
    }

    fn accept(&mut self, around: &Surroundings<'_>) -> Response {
        let items = self.items(around);
        match items.get(self.cursor).or(items.first()).map(|item| item.what) {
            Some(PaletteTarget::Step(step)) => Response::close_and(Request::GoToStep(step)),
            Some(PaletteTarget::Field(id)) => Response::close_and(Request::GoToField(id)),
            Some(PaletteTarget::Action(action)) => Response::close_and(Request::Run(action)),
            None => Response::close(),
        }
    }

    fn is_enabled(&self, action: Action, around: &Surroundings<'_>) -> Option<bool> {
        (action == Action::Accept).then(|| !self.items(around).is_empty())
    }

    fn edit(&mut self, edit: Edit) {
        TextCursor::at_end(&self.typed).edit(&mut self.typed, edit);
        self.cursor = 0;
    }

    fn scroll(&mut self, rows: isize, around: &Surroundings<'_>) {
        let last = self.items(around).len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }
}

/// Returns whether the palette offers an action. Moving and typing are pointless there, and nothing can be ordered or
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
