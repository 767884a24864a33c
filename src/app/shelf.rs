//! What a form can begin with: drafts, templates and orders, and the list of them that F2 opens.

use crate::form::{Edit, Stake, TextCursor};
use crate::order::text::brief;
use crate::order::{Draft, FieldId};
use crate::words::{self, phrase, tr};

use super::account::Defaults;
use super::comparing::{Differences, PastOrder};
use super::kept::{Basis, BasisKind, KeptDraft};
use super::keymap::{Action, Context};
use super::model::{Model, Overlay};
use super::msg::Effect;

/// A draft and when it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelvedDraft {
    pub kept: KeptDraft,
    /// `14:02 yesterday`.
    pub when: String,
    /// It could not be written and is in the memory of this run alone.
    pub is_unsaved: bool,
}

/// A form to begin with, without a server name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    pub draft: Draft,
}

/// What lies in the files, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelved {
    /// The newest first.
    pub drafts: Vec<ShelvedDraft>,
    /// By name.
    pub templates: Vec<Template>,
    /// What is wrong with a file, in sentences.
    pub notices: Vec<String>,
}

/// Everything a form can begin with, and what it is compared to.
#[derive(Debug, Default)]
pub struct Shelf {
    pub drafts: Vec<ShelvedDraft>,
    pub templates: Vec<Template>,
    pub notices: Vec<String>,
    /// The newest first.
    pub orders: Vec<PastOrder>,
    pub differences: Differences,
    /// What the account's profile gives.
    pub(super) defaults: Defaults,
    /// The form is to begin from the last order with these answers on top.
    pub(super) awaited: Option<Vec<(FieldId, String)>>,
}

/// The list, open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShelfPage {
    pub cursor: usize,
    pub asks: ShelfAsks,
}

/// What the list asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ShelfAsks {
    #[default]
    Nothing,
    /// Whether the row under the cursor may go.
    Removal,
    /// The name of a template.
    Name { typed: String },
}

impl ShelfPage {
    pub(super) fn context(&self) -> Context {
        match self.asks {
            ShelfAsks::Nothing | ShelfAsks::Removal => Context::Shelf,
            ShelfAsks::Name { .. } => Context::ShelfName,
        }
    }
}

/// A row of the list, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShelfRow {
    Draft(usize),
    Template(usize),
    Order(usize),
}

/// All rows: drafts, templates, orders. The draft of the form on the screen is none of them.
#[must_use]
pub fn shelf_rows(model: &Model) -> Vec<ShelfRow> {
    let shelf = &model.shelf;
    let others = (0..shelf.drafts.len()).filter(|at| shelf.drafts[*at].kept.id != model.keeping.id);
    let templates = (0..shelf.templates.len()).map(ShelfRow::Template);
    let orders = (0..shelf.orders.len()).map(ShelfRow::Order);
    others.map(ShelfRow::Draft).chain(templates).chain(orders).collect()
}

/// The longest name of a template, in characters.
const NAME_MOST: usize = 40;

/// Whether this can be the name of a template; `Err` says what would be right.
pub fn check_template_name(name: &str) -> Result<(), String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    let is_good = name.starts_with(is_plain)
        && name.len() <= NAME_MOST
        && name.chars().all(|c| is_plain(c) || c == '_' || c == '-');
    if is_good {
        return Ok(());
    }
    Err(tr!(
        "the name of a template has 1 to {most} letters, digits, _ and -, and begins with a letter or a digit",
        most = NAME_MOST
    ))
}

impl Template {
    /// `3 servers, 1 month, pay later, 2 ports`.
    #[must_use]
    pub fn about(&self) -> String {
        about(&self.draft)
    }
}

/// An order in few words.
#[must_use]
pub fn about(draft: &Draft) -> String {
    let stake = Stake::of(draft, &crate::catalogue::Catalogue::default());
    let paid = words::of(if draft.auto_pay { phrase!("PAYS NOW") } else { phrase!("pay later") });
    let ports = match draft.ports.len() {
        0 => None,
        n => Some(tr!("{n} port" | "{n} ports" % n)),
    };
    let all = [Some(stake.servers_text()), Some(stake.period_text()), Some(paid.to_owned()), ports];
    all.into_iter().flatten().collect::<Vec<_>>().join(words::of(phrase!(", ")))
}

impl Model {
    /// Takes what lies in the files, and says what is wrong with them.
    pub(super) fn take_shelved(&mut self, shelved: Shelved, said: Option<&str>) -> Vec<Effect> {
        let Shelved { drafts, templates, notices } = shelved;
        let unsaved: Vec<ShelvedDraft> = self.shelf.drafts.drain(..).filter(|draft| draft.is_unsaved).collect();
        self.shelf.drafts = unsaved.into_iter().chain(drafts).collect();
        self.shelf.templates = templates;
        let news = notices.iter().filter(|notice| !self.shelf.notices.contains(notice));
        let words: Vec<&str> = said.into_iter().chain(news.map(String::as_str)).collect();
        if !words.is_empty() {
            self.message = Some(words.join(" "));
        }
        // What was set aside is not there the next time, and stays worth a word.
        let new: Vec<String> = notices.into_iter().filter(|notice| !self.shelf.notices.contains(notice)).collect();
        self.shelf.notices.extend(new);
        self.clamp_shelf();
        Vec::new()
    }

    /// A draft that could not be written stays in memory.
    pub(super) fn not_kept(&mut self, kept: KeptDraft, why: &str) -> Vec<Effect> {
        if kept.id == self.keeping.id {
            self.quiet_keeping_failed(why);
            return Vec::new();
        }
        self.message = Some(tr!(
            "The draft before is not kept: {why} It is under {key} as long as this program runs.",
            why,
            key = self.keymap.key_of(Action::Shelf)
        ));
        let draft = ShelvedDraft { kept, when: tr!("not on the disk"), is_unsaved: true };
        self.shelf.drafts.retain(|other| other.kept.id != draft.kept.id);
        self.shelf.drafts.insert(0, draft);
        Vec::new()
    }

    pub(super) fn open_shelf(&mut self) -> Vec<Effect> {
        self.overlay = Some(Overlay::Shelf(ShelfPage::default()));
        vec![Effect::ReadShelf]
    }

    fn clamp_shelf(&mut self) {
        let last = shelf_rows(self).len().saturating_sub(1);
        if let Some(Overlay::Shelf(page)) = &mut self.overlay {
            page.cursor = page.cursor.min(last);
        }
    }

    pub(super) fn step_shelf(&mut self, by: isize) {
        if let Some(Overlay::Shelf(page)) = &mut self.overlay {
            page.cursor = page.cursor.saturating_add_signed(by);
            page.asks = ShelfAsks::Nothing;
        }
        self.clamp_shelf();
    }

    /// What is asked is taken back before the list is closed.
    pub(super) fn close_shelf(&mut self) {
        if let Some(Overlay::Shelf(page)) = &mut self.overlay
            && page.asks != ShelfAsks::Nothing
        {
            page.asks = ShelfAsks::Nothing;
            return;
        }
        self.overlay = None;
    }

    fn shelf_row(&self) -> Option<ShelfRow> {
        let Some(Overlay::Shelf(page)) = &self.overlay else { return None };
        shelf_rows(self).get(page.cursor).copied()
    }

    /// Enter: begins with the row, or keeps the template under the name.
    pub(super) fn accept_shelf(&mut self) -> Vec<Effect> {
        let Some(Overlay::Shelf(page)) = &self.overlay else { return Vec::new() };
        match page.asks.clone() {
            ShelfAsks::Name { typed } => self.keep_template(typed.trim()),
            ShelfAsks::Removal => {
                self.close_shelf();
                self.message = Some(tr!("Nothing was removed"));
                Vec::new()
            }
            ShelfAsks::Nothing => self.begin_with_row(),
        }
    }

    fn begin_with_row(&mut self) -> Vec<Effect> {
        let Some(row) = self.shelf_row() else { return Vec::new() };
        let before = self.keep_before();
        let effects = match row {
            ShelfRow::Draft(at) => {
                let kept = self.shelf.drafts[at].kept.clone();
                self.resume(kept)
            }
            ShelfRow::Template(at) => {
                let Template { name, draft } = self.shelf.templates[at].clone();
                self.begin_from(Basis { kind: BasisKind::Template, name, draft }, Vec::new())
            }
            ShelfRow::Order(at) => {
                let basis = self.shelf.orders[at].basis();
                self.begin_from(basis, Vec::new())
            }
        };
        let Some((keep, name)) = before else { return effects };
        let words = self.message.take().unwrap_or_default();
        self.message = Some(tr!("{words}; the form before is kept as draft \"{name}\"", words, name));
        [vec![keep], effects].concat()
    }

    /// Asks for the name of a template.
    pub(super) fn ask_template_name(&mut self) {
        if let Some(Overlay::Shelf(page)) = &mut self.overlay {
            page.asks = ShelfAsks::Name { typed: String::new() };
        }
    }

    pub(super) fn edit_template_name(&mut self, edit: Edit) {
        if let Some(Overlay::Shelf(ShelfPage { asks: ShelfAsks::Name { typed }, .. })) = &mut self.overlay {
            TextCursor::at_end(typed).edit(typed, edit);
        }
    }

    fn keep_template(&mut self, name: &str) -> Vec<Effect> {
        if let Err(right) = check_template_name(name) {
            self.message = Some(crate::order::text::sentence(&right));
            return Vec::new();
        }
        self.close_shelf();
        let draft = Draft { server_name: String::new(), ..self.draft.clone() };
        vec![Effect::KeepTemplate(Box::new(Template { name: name.to_owned(), draft }))]
    }

    /// Removes the row under the cursor, when asked for a second time.
    pub(super) fn remove_from_shelf(&mut self) -> Vec<Effect> {
        let Some(row) = self.shelf_row() else { return Vec::new() };
        let Some(Overlay::Shelf(page)) = &mut self.overlay else { return Vec::new() };
        if let ShelfRow::Order(_) = row {
            self.message = Some(tr!("Orders stay in the journal; drafts and templates can be removed"));
            return Vec::new();
        }
        if page.asks != ShelfAsks::Removal {
            page.asks = ShelfAsks::Removal;
            return Vec::new();
        }
        page.asks = ShelfAsks::Nothing;
        match row {
            ShelfRow::Draft(at) => {
                let draft = self.shelf.drafts.remove(at);
                self.message = Some(tr!("Draft \"{name}\" removed", name = brief(draft.kept.title(), 40)));
                self.clamp_shelf();
                vec![Effect::ForgetDraft(draft.kept.id)]
            }
            ShelfRow::Template(at) => {
                let template = self.shelf.templates.remove(at);
                self.message = Some(tr!("Template {name} removed", name = brief(&template.name, 40)));
                self.clamp_shelf();
                vec![Effect::RemoveTemplate(template.name)]
            }
            ShelfRow::Order(_) => Vec::new(),
        }
    }
}
