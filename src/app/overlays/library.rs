//! The library: saved drafts, templates and past orders to start a form from.

use crate::form::{Edit, OrderImpact, TextCursor};
use crate::i18n::{self, phrase, tr};
use crate::order::{Draft, FieldId};
use crate::text::sanitize::brief;

use crate::app::account::ProfileDefaults;
use crate::app::draft::diff::{Differences, PastOrder};
use crate::app::draft::saved::{Basis, BasisKind, SavedDraft};
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::model::{Model, Overlay};
use crate::app::msg::Effect;

/// A draft and when it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    pub saved: SavedDraft,
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
pub struct LibraryContents {
    /// The newest first.
    pub drafts: Vec<StoredDraft>,
    /// By name.
    pub templates: Vec<Template>,
    /// What is wrong with a file, in sentences.
    pub notices: Vec<String>,
}

/// Everything a form can begin with, and what it is compared to.
#[derive(Debug, Default)]
pub struct Library {
    pub drafts: Vec<StoredDraft>,
    pub templates: Vec<Template>,
    pub notices: Vec<String>,
    /// The newest first.
    pub orders: Vec<PastOrder>,
    pub differences: Differences,
    /// What the account's profile gives.
    pub(in crate::app) defaults: ProfileDefaults,
    /// The form is to begin from the last order with these answers on top.
    pub(in crate::app) pending_start: Option<Vec<(FieldId, String)>>,
}

/// The list, open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryPage {
    pub cursor: usize,
    pub asks: LibraryPrompt,
}

/// What the list asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LibraryPrompt {
    #[default]
    Nothing,
    /// Whether the row under the cursor may go.
    Removal,
    /// The name of a template.
    Name { typed: String },
}

impl LibraryPage {
    pub(in crate::app) fn context(&self) -> Context {
        match self.asks {
            LibraryPrompt::Nothing | LibraryPrompt::Removal => Context::Library,
            LibraryPrompt::Name { .. } => Context::TemplateName,
        }
    }
}

/// A row of the list, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryRow {
    Draft(usize),
    Template(usize),
    Order(usize),
}

/// All rows: drafts, templates, orders. The draft of the form on the screen is none of them.
#[must_use]
pub fn library_rows(model: &Model) -> Vec<LibraryRow> {
    let library = &model.library;
    let others = (0..library.drafts.len()).filter(|at| library.drafts[*at].saved.id != model.autosave.id);
    let templates = (0..library.templates.len()).map(LibraryRow::Template);
    let orders = (0..library.orders.len()).map(LibraryRow::Order);
    others.map(LibraryRow::Draft).chain(templates).chain(orders).collect()
}

/// The longest name of a template, in characters.
const NAME_MOST: usize = 40;

/// A name that no template can have. The sentence says what would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!(
    "the name of a template has 1 to {most} letters, digits, _ and -, and begins with a letter or a digit",
    most = NAME_MOST
))]
pub struct InvalidTemplateName;

/// Checks that this can be the name of a template.
pub fn check_template_name(name: &str) -> Result<(), InvalidTemplateName> {
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    let is_good = name.starts_with(is_plain)
        && name.len() <= NAME_MOST
        && name.chars().all(|c| is_plain(c) || c == '_' || c == '-');
    if is_good { Ok(()) } else { Err(InvalidTemplateName) }
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
    let impact = OrderImpact::new(draft, &crate::catalogue::Catalogue::default());
    let paid = i18n::t(if draft.auto_pay { phrase!("PAYS NOW") } else { phrase!("pay later") });
    let ports = match draft.ports.len() {
        0 => None,
        n => Some(tr!("{n} port" | "{n} ports" % n)),
    };
    let all = [Some(impact.servers_text()), Some(impact.period_text()), Some(paid.to_owned()), ports];
    all.into_iter().flatten().collect::<Vec<_>>().join(i18n::t(phrase!(", ")))
}

impl Model {
    /// Takes what lies in the files, and says what is wrong with them.
    pub(in crate::app) fn set_library(&mut self, contents: LibraryContents, said: Option<&str>) -> Vec<Effect> {
        let LibraryContents { drafts, templates, notices } = contents;
        let unsaved: Vec<StoredDraft> = self.library.drafts.drain(..).filter(|draft| draft.is_unsaved).collect();
        self.library.drafts = unsaved.into_iter().chain(drafts).collect();
        self.library.templates = templates;
        let news = notices.iter().filter(|notice| !self.library.notices.contains(notice));
        let words: Vec<&str> = said.into_iter().chain(news.map(String::as_str)).collect();
        if !words.is_empty() {
            self.message = Some(words.join(" "));
        }
        // What was set aside is not there the next time, and stays worth a word.
        let new: Vec<String> = notices.into_iter().filter(|notice| !self.library.notices.contains(notice)).collect();
        self.library.notices.extend(new);
        self.clamp_library_cursor();
        Vec::new()
    }

    /// A draft that could not be written stays in memory.
    pub(in crate::app) fn draft_not_saved(&mut self, saved: SavedDraft, why: &str) -> Vec<Effect> {
        if saved.id == self.autosave.id {
            self.autosave_failed(why);
            return Vec::new();
        }
        self.message = Some(tr!(
            "The draft before is not kept: {why} It is under {key} as long as this program runs.",
            why,
            key = self.keymap.key_of(Action::Library)
        ));
        let draft = StoredDraft { saved, when: tr!("not on the disk"), is_unsaved: true };
        self.library.drafts.retain(|other| other.saved.id != draft.saved.id);
        self.library.drafts.insert(0, draft);
        Vec::new()
    }

    pub(in crate::app) fn open_library(&mut self) -> Vec<Effect> {
        self.overlay = Some(Overlay::Library(LibraryPage::default()));
        vec![Effect::ReadLibrary]
    }

    fn clamp_library_cursor(&mut self) {
        let last = library_rows(self).len().saturating_sub(1);
        if let Some(Overlay::Library(page)) = &mut self.overlay {
            page.cursor = page.cursor.min(last);
        }
    }

    pub(in crate::app) fn step_library(&mut self, by: isize) {
        if let Some(Overlay::Library(page)) = &mut self.overlay {
            page.cursor = page.cursor.saturating_add_signed(by);
            page.asks = LibraryPrompt::Nothing;
        }
        self.clamp_library_cursor();
    }

    /// What is asked is taken back before the list is closed.
    pub(in crate::app) fn close_library(&mut self) {
        if let Some(Overlay::Library(page)) = &mut self.overlay
            && page.asks != LibraryPrompt::Nothing
        {
            page.asks = LibraryPrompt::Nothing;
            return;
        }
        self.overlay = None;
    }

    fn library_row(&self) -> Option<LibraryRow> {
        let Some(Overlay::Library(page)) = &self.overlay else { return None };
        library_rows(self).get(page.cursor).copied()
    }

    /// Enter: begins with the row, or keeps the template under the name.
    pub(in crate::app) fn accept_library(&mut self) -> Vec<Effect> {
        let Some(Overlay::Library(page)) = &self.overlay else { return Vec::new() };
        match page.asks.clone() {
            LibraryPrompt::Name { typed } => self.save_template(typed.trim()),
            LibraryPrompt::Removal => {
                self.close_library();
                self.message = Some(tr!("Nothing was removed"));
                Vec::new()
            }
            LibraryPrompt::Nothing => self.start_from_row(),
        }
    }

    fn start_from_row(&mut self) -> Vec<Effect> {
        let Some(row) = self.library_row() else { return Vec::new() };
        let before = self.save_current_form();
        let effects = match row {
            LibraryRow::Draft(at) => {
                let saved = self.library.drafts[at].saved.clone();
                self.resume(saved)
            }
            LibraryRow::Template(at) => {
                let Template { name, draft } = self.library.templates[at].clone();
                self.start_from(Basis { kind: BasisKind::Template, name, draft }, Vec::new())
            }
            LibraryRow::Order(at) => {
                let basis = self.library.orders[at].basis();
                self.start_from(basis, Vec::new())
            }
        };
        let Some((keep, name)) = before else { return effects };
        let words = self.message.take().unwrap_or_default();
        self.message = Some(tr!("{words}; the form before is kept as draft \"{name}\"", words, name));
        [vec![keep], effects].concat()
    }

    /// Asks for the name of a template.
    pub(in crate::app) fn ask_template_name(&mut self) {
        if let Some(Overlay::Library(page)) = &mut self.overlay {
            page.asks = LibraryPrompt::Name { typed: String::new() };
        }
    }

    pub(in crate::app) fn edit_template_name(&mut self, edit: Edit) {
        if let Some(Overlay::Library(LibraryPage { asks: LibraryPrompt::Name { typed }, .. })) = &mut self.overlay {
            TextCursor::at_end(typed).edit(typed, edit);
        }
    }

    fn save_template(&mut self, name: &str) -> Vec<Effect> {
        if let Err(right) = check_template_name(name) {
            self.message = Some(crate::text::sanitize::sentence(&right.to_string()));
            return Vec::new();
        }
        self.close_library();
        let draft = Draft { server_name: String::new(), ..self.draft.clone() };
        vec![Effect::SaveTemplate(Box::new(Template { name: name.to_owned(), draft }))]
    }

    /// Removes the row under the cursor, when asked for a second time.
    pub(in crate::app) fn remove_from_library(&mut self) -> Vec<Effect> {
        let Some(row) = self.library_row() else { return Vec::new() };
        let Some(Overlay::Library(page)) = &mut self.overlay else { return Vec::new() };
        if let LibraryRow::Order(_) = row {
            self.message = Some(tr!("Orders stay in the journal; drafts and templates can be removed"));
            return Vec::new();
        }
        if page.asks != LibraryPrompt::Removal {
            page.asks = LibraryPrompt::Removal;
            return Vec::new();
        }
        page.asks = LibraryPrompt::Nothing;
        match row {
            LibraryRow::Draft(at) => {
                let draft = self.library.drafts.remove(at);
                self.message = Some(tr!("Draft \"{name}\" removed", name = brief(draft.saved.title(), 40)));
                self.clamp_library_cursor();
                vec![Effect::ForgetDraft(draft.saved.id)]
            }
            LibraryRow::Template(at) => {
                let template = self.library.templates.remove(at);
                self.message = Some(tr!("Template {name} removed", name = brief(&template.name, 40)));
                self.clamp_library_cursor();
                vec![Effect::RemoveTemplate(template.name)]
            }
            LibraryRow::Order(_) => Vec::new(),
        }
    }
}
