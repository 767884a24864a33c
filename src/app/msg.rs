//! Messages and effects: the input and output of `update`, as plain values that can be compared and logged.

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

/// An input or an event that the model reacts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// An action from a key, the palette or a command in linear mode. `at` is the time of the input at the terminal,
    /// not of its handling.
    Do {
        action: Action,
        at: Millis,
    },
    /// Letters that were typed one after another. A text or a filter takes them at once, anything else one by one.
    Typed {
        text: String,
        at: Millis,
    },
    /// A key without an action in the current context.
    UnboundKey {
        at: Millis,
    },
    /// A pasted text, created by [`Msg::paste`].
    Paste {
        text: String,
        at: Millis,
    },
    Click {
        target: ClickTarget,
        at: Millis,
    },
    /// The mouse wheel, in rows down; negative is up.
    Scrolled {
        rows: i32,
        at: Millis,
    },
    Resize {
        width: u16,
        height: u16,
    },
    /// A frame that shows the current model, with the order sheet as it is laid out, is on the screen.
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
    /// A list is about to be read again after an error that may be temporary.
    ListRetried {
        resource: Resource,
        ticket: u64,
        words: String,
    },
    Purchase {
        event: purchase::Event,
        at: Millis,
    },
    /// The servers with the name of the order, read after it was placed.
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
    /// The project was read to find an order.
    OrderReconciled {
        id: Uuid,
        reconciled: purchase::Reconciled,
        intents: Arc<Intents>,
        at: Millis,
    },
    /// The profiles and credentials found on this machine.
    AccountsDetected {
        survey: DetectedAccounts,
    },
    /// The projects that the credentials give access to.
    Projects {
        ticket: u64,
        result: Result<Vec<Project>, LoadError>,
    },
    /// The form for an account can be opened.
    AccountOpened {
        account: AccountLabel,
        saved: Option<Box<SavedDraft>>,
        defaults: Box<ProfileDefaults>,
    },
    /// The chosen account needs one more answer on the setup page.
    SetupRequired {
        setup: Box<Setup>,
    },
    AccountNotOpened {
        why: String,
    },
    /// The account and project that the credentials belong to; `None` if no IAM service is known for the endpoint.
    Identified {
        ticket: u64,
        result: Result<Option<AccountIdentity>, LoadError>,
    },
    DraftSaved {
        result: Result<(), String>,
    },
    /// The system asks the program to end, or the terminal is gone.
    Terminate,
    /// The system asks the program to suspend.
    SuspendRequested,
    /// The program continues after it was suspended; the terminal may have changed.
    Resumed,
    /// A text was not sent to the clipboard.
    CopyFailed(CopyError),
    /// An HTTP call has ended.
    CallEnded(Box<Call>),
    /// The drafts and templates were read; `said` is the message about what was just done with them.
    LibraryRead {
        contents: Box<LibraryContents>,
        said: Option<String>,
    },
    /// The start of the form that the command line asks for.
    Start(Box<StartFrom>),
    /// The result of writing an export: the path of the file, or the reason why it failed.
    Exported {
        result: Result<String, String>,
    },
    /// A draft could not be saved automatically.
    DraftNotSaved {
        saved: Box<SavedDraft>,
        why: String,
    },
}

impl Msg {
    /// Creates a paste with line feeds between its lines: terminals and multiplexers send carriage returns, and a text
    /// copied from elsewhere may have both.
    #[must_use]
    pub fn paste(text: String, at: Millis) -> Self {
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
        Self::Paste { text, at }
    }
}

/// Target of a click.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClickTarget {
    Step(Step),
    Field(FieldId),
    /// A row of the field's list, counted from the first row of the list and not the first visible one.
    Row(FieldId, usize),
    ReviewRow(usize),
    /// A line of the request, counted from the first one.
    RequestLine(usize),
    /// A cell of the ports table.
    PortCell(usize, PortColumn),
    /// The overlay that covers the page.
    Overlay,
}

/// Reason why a text was not sent to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyError {
    /// The text is longer than terminals accept.
    TooLong,
    /// This terminal does not accept any text for its clipboard.
    NoClipboard,
}

/// The effects of an update, in the order in which they are to be run.
#[must_use = "effects that are dropped are never run"]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects(pub Vec<Effect>);

impl Effects {
    /// Returns these effects, followed by others.
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

/// An exported text to write to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    pub name: String,
    /// Extension of the file, without the dot.
    pub ending: &'static str,
    pub text: String,
}

/// An action outside the model, such as a call or writing a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    ReadList {
        resource: Resource,
        ticket: u64,
    },
    /// Ask IAM for the account and project of the credentials.
    Identify {
        ticket: u64,
    },
    /// Look for profiles and credentials on this machine.
    DetectAccounts,
    /// Ask IAM which projects the credentials give access to.
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
    /// Read the project to find an order.
    ReconcileOrder {
        id: Uuid,
    },
    /// Read the servers that carry the name of the order.
    PollServers {
        name: String,
        ticket: u64,
    },
    SaveDraft(Box<SavedDraft>),
    /// Remove the draft: it was ordered or removed, and is not offered again.
    ForgetDraft(DraftId),
    Copy(String),
    Repaint,
    Suspend,
    /// Set up the terminal again and repaint everything.
    Resume,
    Quit,
    /// Capture the mouse (`true`), or release it to the terminal for selecting text.
    CaptureMouse(bool),
    /// Record that the introduction was closed, so that it is not shown again.
    IntroductionSeen,
    /// Save the draft in the background. Only a failure is reported.
    AutosaveDraft(Box<SavedDraft>),
    /// Read the drafts and templates again.
    ReadLibrary,
    SaveTemplate(Box<Template>),
    RemoveTemplate(String),
    /// Write an export to the current directory, under a name that is free.
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
