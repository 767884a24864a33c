//! Messages and effects: what can happen, and what can be asked for. Plain values that can be compared and logged.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use uuid::Uuid;

use crate::catalogue::{Listing, Resource, Server};
use crate::form::Step;
use crate::order::{Body, FieldId, Order, PortColumn};
use crate::purchase;
use crate::purchase::intents::{Acknowledged, Intents};

use crate::app::account::{AccountIdentity, AccountLabel, ProfileDefaults};
use crate::app::calls::Call;
use crate::app::draft::saved::{DraftId, SavedDraft};
use crate::app::draft::start_from::StartFrom;
use crate::app::keys::action::Action;
use crate::app::library::{LibraryContents, Template};
use crate::app::load_error::{LoadError, Millis};
use crate::app::purchase::journal::JournalView;
use crate::app::setup::choices::{AccountAccess, AccountChoice, DetectedAccounts, Project};
use crate::app::setup::state::Setup;

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// An action: of a key, of the palette, of a command in linear mode. `at` is when it was asked for at the terminal,
    /// not when it is handled.
    Do {
        action: Action,
        at: Millis,
    },
    /// Letters that were typed one after another: into a text or a filter, which takes them at once, or one by one.
    Typed {
        text: String,
        at: Millis,
    },
    /// A key that means nothing here.
    UnboundKey {
        at: Millis,
    },
    /// Made by [`Msg::paste`].
    Paste {
        text: String,
        at: Millis,
    },
    Click {
        target: ClickTarget,
        at: Millis,
    },
    /// Rows down; negative is up.
    Scrolled {
        rows: i32,
        at: Millis,
    },
    Resize {
        width: u16,
        height: u16,
    },
    /// The frame that shows the model as it is now is on the screen.
    Painted {
        at: Millis,
    },
    Tick {
        at: Millis,
    },
    /// A list was read. `ticket` is the number of the request for it; `stamp` the time of day.
    ListRead {
        resource: Resource,
        ticket: u64,
        result: Result<Listing, LoadError>,
        stamp: String,
    },
    /// A list is about to be read again after trouble that may pass.
    ListRetried {
        resource: Resource,
        ticket: u64,
        words: String,
    },
    Purchase {
        event: purchase::Event,
        at: Millis,
    },
    /// The servers with the name of the order, read after it.
    ServersPolled {
        ticket: u64,
        result: Result<Vec<Server>, LoadError>,
        at: Millis,
    },
    /// The journal was opened and read.
    Journal {
        view: Box<JournalView>,
        at: Millis,
    },
    /// The project was read in search of an order.
    OrderReconciled {
        id: Uuid,
        reconciled: purchase::Reconciled,
        intents: Arc<Intents>,
        at: Millis,
    },
    /// What is on the machine to order with.
    AccountsDetected {
        survey: DetectedAccounts,
    },
    /// The projects that credentials open.
    Projects {
        ticket: u64,
        result: Result<Vec<Project>, LoadError>,
    },
    /// The form is opened for an account.
    AccountOpened {
        account: AccountLabel,
        saved: Option<Box<SavedDraft>>,
        defaults: Box<ProfileDefaults>,
    },
    /// A choice needs one more answer.
    SetupRequired {
        setup: Box<Setup>,
    },
    AccountNotOpened {
        why: String,
    },
    /// Whom the credentials speak for; `None` if nobody can be asked.
    Identified {
        ticket: u64,
        result: Result<Option<AccountIdentity>, LoadError>,
    },
    DraftSaved {
        result: Result<(), String>,
    },
    /// The system asks the program to end, or the terminal is gone.
    Terminate,
    /// The system asks the program to stop for a while.
    SuspendRequested,
    /// The program was stopped and goes on; the terminal may not be as it was.
    Resumed,
    /// A text was not sent to the clipboard.
    CopyFailed(CopyError),
    /// A call over HTTP has ended.
    CallEnded(Box<Call>),
    /// What lies in the files to begin with; `said` is what was just done with them.
    LibraryRead {
        contents: Box<LibraryContents>,
        said: Option<String>,
    },
    /// How the command line wants the form to begin.
    Start(Box<StartFrom>),
    /// An exported text was written to this path, or why not.
    Exported {
        result: Result<String, String>,
    },
    /// A draft could not be kept quietly.
    DraftNotSaved {
        saved: Box<SavedDraft>,
        why: String,
    },
}

impl Msg {
    /// A pasted text, with line feeds between its lines: terminals and multiplexers send carriage returns, and what was
    /// copied from elsewhere may have both.
    #[must_use]
    pub fn paste(text: String, at: Millis) -> Self {
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
        Self::Paste { text, at }
    }
}

/// What a click can hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClickTarget {
    Step(Step),
    Field(FieldId),
    /// A row of a list of the field, counted from the first row there is.
    Row(FieldId, usize),
    ReviewRow(usize),
    /// A line of the request, counted from its first one.
    RequestLine(usize),
    /// A cell of the ports table.
    PortCell(usize, PortColumn),
    /// What covers the page.
    Overlay,
}

/// Why a text was not sent to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyError {
    /// Terminals throw texts of this length away.
    TooLong,
    /// This terminal takes none.
    NoClipboard,
}

/// The effects of an update, in the order in which they are to be run.
#[must_use = "effects that are dropped are never run"]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects(pub Vec<Effect>);

impl Effects {
    /// Returns these effects and others behind them.
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }
}

impl Deref for Effects {
    type Target = [Effect];

    fn deref(&self) -> &[Effect] {
        &self.0
    }
}

impl IntoIterator for Effects {
    type Item = Effect;
    type IntoIter = std::vec::IntoIter<Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A text to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    pub name: String,
    /// Behind the name and a dot.
    pub ending: &'static str,
    pub text: String,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    ReadList {
        resource: Resource,
        ticket: u64,
    },
    /// Ask whom the credentials speak for.
    Identify {
        ticket: u64,
    },
    /// Look at what is on the machine to order with.
    DetectAccounts,
    /// Ask which projects credentials open.
    FindProjects {
        access: Box<AccountAccess>,
        ticket: u64,
    },
    /// Open the form for an account.
    OpenAccount(AccountChoice),
    OpenJournal,
    /// Place the order: one request with exactly these bytes.
    Submit {
        order: Box<Order>,
        body: Body,
        /// The likely duplicates that the user was asked about.
        acknowledged: Acknowledged,
        /// The servers of this name that the user was asked about.
        known_servers: BTreeSet<String>,
    },
    /// Read the project in search of an order.
    ReconcileOrder {
        id: Uuid,
    },
    /// Read the servers that carry the name of the order.
    PollServers {
        name: String,
        ticket: u64,
    },
    SaveDraft(Box<SavedDraft>),
    /// The draft was bought or removed: nothing of it is to be continued.
    ForgetDraft(DraftId),
    Copy(String),
    Repaint,
    Suspend,
    /// Take the terminal again and paint everything.
    Resume,
    Quit,
    /// Take the mouse (`true`), or leave it to the terminal for selecting text.
    CaptureMouse(bool),
    /// The introduction was read: it is not shown again.
    IntroductionSeen,
    /// Keep the draft while the person goes on.
    AutosaveDraft(Box<SavedDraft>),
    /// Look at the drafts and templates again.
    ReadLibrary,
    SaveTemplate(Box<Template>),
    RemoveTemplate(String),
    /// Write an exported text beside others of its kind, under a name that is free.
    WriteExport(ExportFile),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_paste_end_with_line_feeds_whatever_the_terminal_sends() {
        for (sent, text) in [("a\rb\r", "a\nb\n"), ("a\r\nb\r\n", "a\nb\n"), ("a\n\r\n\rb", "a\n\n\nb"), ("ab", "ab")] {
            assert_eq!(Msg::paste(sent.into(), 1), Msg::Paste { text: text.into(), at: 1 }, "{sent:?}");
        }
    }
}
