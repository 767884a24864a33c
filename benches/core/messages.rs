//! One update for each kind of message.

use cph_wizard::app::{
    AccountLabel, Action, Call, ClickTarget, CopyError, DetectedAccounts, LibraryContents, LoadError, Msg,
    ProfileDefaults, SavedDraft, Setup, update,
};
use cph_wizard::catalogue::Resource;
use cph_wizard::order::{Draft, FieldId};
use cph_wizard::purchase::intents::Intents;
use cph_wizard::purchase::{Event, Reconciled};
use divan::{Bencher, black_box};
use uuid::Uuid;

use crate::common::{self, Driver};
use crate::pages;

const KINDS: [&str; 30] = [
    "key",
    "typed",
    "paste",
    "click",
    "wheel",
    "resize",
    "painted",
    "tick",
    "list",
    "list again",
    "purchase",
    "followed",
    "journal",
    "reconciled",
    "surveyed",
    "projects",
    "opened",
    "asked",
    "not opened",
    "identified",
    "draft kept",
    "called",
    "shelved",
    "begin",
    "exported",
    "not kept",
    "terminate",
    "stop asked",
    "continued",
    "not copied",
];

/// What the person, the cloud, the terminal, the files and the clock send. The form goes on afterwards, so that what is
/// out of place, such as the answer to a question that was not asked, costs what it takes to find that out.
#[divan::bench(args = KINDS)]
fn update_for_a_message(bencher: Bencher, kind: &str) {
    let mut driver = Driver::on_review();
    driver.go_to("count");
    if matches!(kind, "surveyed" | "projects" | "asked" | "not opened") {
        driver.model = pages::setup();
    }
    let mut at = driver.at;
    // Whether messages are made is no part of it.
    let fresh = bencher.with_inputs(|| {
        at += 1;
        msg(kind, at)
    });
    fresh.bench_local_values(|msg| {
        // What is typed again and again does not pile up.
        driver.model.form.draft.server_name.truncate(60);
        black_box(update(&mut driver.model, msg))
    });
}

fn msg(kind: &str, at: u64) -> Msg {
    let why = || "nobody answered".to_owned();
    let listing = &common::listings()[0];
    let ticket = 1;
    let saved = || {
        Box::new(SavedDraft::with_answers(Draft { server_name: "web-01".into(), ..Draft::default() }, &["server_name"]))
    };
    match kind {
        "key" => Msg::Do { action: Action::NextField, at },
        "typed" => Msg::Typed { text: "x".into(), at },
        "paste" => Msg::Paste { text: "web-01".into(), at },
        "click" => Msg::Click { target: ClickTarget::Field(FieldId::ServerName), at },
        "wheel" => Msg::Scrolled { rows: 3, at },
        "resize" => Msg::Resize { width: 120, height: 40 },
        "painted" => Msg::Painted { at },
        "tick" => Msg::Tick { at },
        "list" => {
            let (resource, result) = (listing.resource(), Ok(listing.clone()));
            Msg::ListRead { resource, ticket, result, stamp: "14:02:11".into() }
        }
        "list again" => Msg::ListRetried { resource: Resource::Images, ticket, words: why() },
        "purchase" => Msg::Purchase { event: Event::Sending, at },
        "followed" => Msg::ServersPolled { ticket, result: Ok(Vec::new()), at },
        "journal" => Msg::Journal { view: Box::new(common::journal_view()), at },
        "reconciled" => {
            let reconciled = Reconciled::NotSeen { candidates: [].into(), flaws: [].into() };
            Msg::OrderReconciled { id: Uuid::nil(), reconciled, intents: Intents::default().into(), at }
        }
        "surveyed" => Msg::AccountsDetected { survey: DetectedAccounts::default() },
        "projects" => Msg::Projects { ticket, result: Ok(Vec::new()) },
        "opened" => Msg::AccountOpened {
            account: AccountLabel::none(),
            saved: None,
            defaults: Box::new(ProfileDefaults::default()),
        },
        "asked" => Msg::SetupRequired { setup: Box::new(Setup::new("No account is set up.")) },
        "not opened" => Msg::AccountNotOpened { why: why() },
        "identified" => Msg::Identified { ticket, result: Err(LoadError { sentence: why(), request_id: None }) },
        "draft kept" => Msg::DraftSaved { result: Ok(()) },
        "called" => Msg::CallEnded(Box::new(call())),
        "shelved" => Msg::LibraryRead { contents: Box::new(LibraryContents::default()), said: None },
        "begin" => Msg::Start(Box::default()),
        "exported" => Msg::Exported { result: Ok("order.sh".into()) },
        "not kept" => Msg::DraftNotSaved { saved: saved(), why: why() },
        "terminate" => Msg::Terminate,
        "stop asked" => Msg::SuspendRequested,
        "continued" => Msg::Resumed,
        "not copied" => Msg::CopyFailed(CopyError::TooLong),
        other => panic!("there is no message {other}"),
    }
}

fn call() -> Call {
    Call {
        at: "14:02:11".into(),
        took: 42,
        method: "GET".into(),
        origin: "https://cph.cn-north-4.myhuaweicloud.com".into(),
        target: "/v1/0123456789abcdef0123456789abcdef/cloud-phone/server-models".into(),
        proof: "token",
        head: Vec::new(),
        body: None,
        answer: None,
        trouble: Some("nobody answered within 60 s".into()),
        is_purchase: false,
    }
}
