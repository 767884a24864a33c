//! The screen: no cell holds such a character, at any size, on any page.

use cph_wizard::app::{
    AccountIdentity, AccountLabel, AccountMode, Basis, BasisKind, BodyExcerpt, Call, CallResponse, DetectedAccounts,
    DetectedCredentials, DraftId, IdentityState, JournalView, Key, KeyCode, LibraryContents, ListState, LoadError,
    Model, Msg, OrderJournal, Page, PastOrder, ProfileRow, Project, SavedDraft, Setup, StartFrom, StartSource,
    StoredDraft, Template, outcome_text, receipt, update,
};
use cph_wizard::catalogue::{Listing, Resource, Server, ServerStatus};
use cph_wizard::order::{Draft, FieldId};
use cph_wizard::purchase::{Event, NotSent, NotSentReason, Outcome, Receipt, Rejection, Unknown, UnknownReason};
use cph_wizard::view::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::common::{Driver, buyer, listings};
use crate::corpus::{HOSTILE, wrong_in};

/// Paints the page at several sizes and looks into every cell; whether something was written out.
fn look(what: &str, model: &mut Model) -> bool {
    look_at(what, model, &[(80, 24), (60, 16)])
}

fn look_at(what: &str, model: &mut Model, sizes: &[(u16, u16)]) -> bool {
    let before = (model.width, model.height);
    let mut is_written_out = false;
    for &(width, height) in sizes {
        let _ = update(model, Msg::Resize { width, height });
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(model, Theme::TERMINAL, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let mut all = String::new();
        for cell in buffer.content() {
            assert_eq!(wrong_in(cell.symbol()), None, "{what} at {width}x{height}");
            all.push_str(cell.symbol());
        }
        is_written_out |= all.contains("<U+") || all.contains("<+");
    }
    let _ = update(model, Msg::Resize { width: before.0, height: before.1 });
    is_written_out
}

/// The same, where such a text must be on the screen.
fn look_and_find(what: &str, model: &mut Model) {
    assert!(look_at(what, model, &[(200, 60), (30, 10)]), "{what}: nothing is written out");
    look(what, model);
}

fn for_each(check: impl Fn(&str, &str)) {
    for (what, text) in HOSTILE {
        check(what, text);
    }
}

/// Every text of a list with more at its end; names by which lists fit together stay alike.
fn poisoned(listing: &Listing, poison: &str) -> Listing {
    let bad = |text: &String| format!("{text}{poison}");
    let maybe = |text: &Option<String>| Some(bad(&text.clone().unwrap_or_default()));
    let mut listing = listing.clone();
    match &mut listing {
        Listing::ServerFlavors(rows) => rows.iter_mut().for_each(|row| {
            (row.name, row.cpu_model, row.disk) = (bad(&row.name), maybe(&row.cpu_model), maybe(&row.disk));
        }),
        Listing::PhoneFlavors(rows) => rows.iter_mut().for_each(|row| {
            (row.name, row.server_flavor) = (bad(&row.name), bad(&row.server_flavor));
            (row.resolution, row.image_label) = (maybe(&row.resolution), maybe(&row.image_label));
        }),
        Listing::Images(rows) => rows.iter_mut().for_each(|row| {
            (row.id, row.name) = (bad(&row.id), maybe(&row.name));
            (row.os_name, row.label) = (maybe(&row.os_name), maybe(&row.label));
        }),
        Listing::Bandwidths(rows) => {
            for row in rows {
                (row.id, row.name) = (bad(&row.id), maybe(&row.name));
            }
        }
        Listing::KeyPairs(rows) => {
            for row in rows {
                (row.name, row.fingerprint) = (bad(&row.name), maybe(&row.fingerprint));
            }
        }
        Listing::Servers(rows) => *rows = vec![server(poison)],
        Listing::Offerings(rows) => rows.iter_mut().for_each(|row| {
            (row.zone, row.server_flavor, row.is_sold_out) = (bad(&row.zone), bad(&row.server_flavor), Some(true));
        }),
    }
    listing
}

fn server(poison: &str) -> Server {
    let bad = |text: &str| format!("{text}{poison}");
    Server {
        id: bad("id"),
        name: bad("web-01"),
        status: Some(ServerStatus::Normal),
        server_flavor: Some(bad("flavor")),
        phone_flavor: Some(bad("phone")),
        order_id: Some(bad("CS1")),
        subnet: Some(bad("10.0.0.0/24")),
        created: Some(bad("2026")),
    }
}

/// A form whose lists all came like that.
fn form_of(poison: &str) -> Driver {
    let mut driver = Driver::loading();
    for listing in listings() {
        let resource = listing.resource();
        let ticket = match driver.model.form.lists.get(&resource) {
            Some(ListState::Loading { ticket, .. }) => *ticket,
            _ => continue,
        };
        let (result, stamp) = (Ok(poisoned(listing, poison)), "14:02:11".into());
        driver.send(Msg::ListRead { resource, ticket, result, stamp });
    }
    driver.answer_reads();
    driver
}

/// The same in the lists of later steps, which are read when they are near.
fn form_with_all(poison: &str) -> Driver {
    let mut driver = form_of(poison);
    for listing in listings() {
        driver.model.form.catalogue.put(poisoned(listing, poison));
    }
    driver
}

#[test]
fn names_labels_and_ids_of_the_catalogue() {
    for_each(|what, text| {
        let mut driver = form_with_all(text);
        for step in ["flavor", "image", "count", "bandwidth", "billing", "ports", "access", "review"] {
            driver.go_to(step);
            look(&format!("{what}, {step}"), &mut driver.model);
            driver.keys(&[KeyCode::Down, KeyCode::Tab]);
            look(&format!("{what}, {step}, the next field"), &mut driver.model);
            driver.press(Key::plain(KeyCode::F(1)));
            look(&format!("{what}, {step}, help"), &mut driver.model);
            driver.keys(&[KeyCode::Esc]);
            driver.press(Key::ctrl('r'));
            look(&format!("{what}, {step}, request"), &mut driver.model);
            driver.keys(&[KeyCode::Esc]);
        }
        let mut driver = form_with_all(text);
        driver.go_to("image");
        driver.press(Key::plain(KeyCode::F(6)));
        look_and_find(&format!("{what}, images"), &mut driver.model);
        driver.go_to("flavor");
        look_and_find(&format!("{what}, flavors"), &mut driver.model);
    });
}

#[test]
fn why_a_list_was_not_read() {
    for_each(|what, text| {
        let mut driver = Driver::loading();
        let Some(ListState::Loading { ticket, .. }) = driver.model.form.lists.get(&Resource::ServerFlavors) else {
            panic!("the flavors are being read")
        };
        let failure = LoadError { sentence: format!("The cloud says: {text}"), request_id: Some(format!("r{text}")) };
        let ticket = *ticket;
        let words = format!("busy {text}");
        driver.send(Msg::ListRetried { resource: Resource::ServerFlavors, ticket, words });
        look(what, &mut driver.model);
        let (resource, stamp) = (Resource::ServerFlavors, "14:02:11".into());
        driver.send(Msg::ListRead { resource, ticket, result: Err(failure), stamp });
        look_and_find(what, &mut driver.model);
    });
}

fn known(text: &str) -> AccountIdentity {
    AccountIdentity {
        account: Some(format!("acme{text}")),
        project: Some(format!("farm{text}")),
        is_listed: false,
        clock_ahead: None,
        stamp: "14:02".into(),
    }
}

#[test]
fn who_orders() {
    for_each(|what, text| {
        let bad = |name: &str| format!("{name}{text}");
        let mut driver = Driver::on_review();
        driver.model.account.label = AccountLabel {
            mode: AccountMode::Live,
            profile: bad("work"),
            region: bad("cn"),
            project: bad("p"),
            credentials: bad("key"),
            endpoint: bad("host"),
            proxy: Some(bad("proxy")),
        };
        driver.model.account.identity = IdentityState::Requested { ticket: 77 };
        driver.send(Msg::Identified { ticket: 77, result: Ok(Some(known(text))) });
        look_and_find(what, &mut driver.model);
        driver.enter();
        look_and_find(&format!("{what}, confirmation"), &mut driver.model);
        driver.model.account.identity =
            IdentityState::Failed(LoadError { sentence: bad("no"), request_id: Some(bad("r")) });
        driver.keys(&[KeyCode::Esc]);
        look(&format!("{what}, not known"), &mut driver.model);
    });
}

#[test]
fn who_is_to_order() {
    for_each(|what, text| {
        let bad = |name: &str| format!("{name}{text}");
        let mut model = Model::new(AccountLabel::none(), None);
        model.page = Page::Setup(Box::new(Setup::new(bad("No account."))));
        let _ = model.start();
        look_and_find(what, &mut model);
        let project = Project { id: bad("p"), name: bad("farm") };
        let found = DetectedCredentials {
            source: bad("variables"),
            masked: bad("FAKE"),
            region: Some(bad("cn")),
            project: Some(project.clone()),
        };
        let survey = DetectedAccounts {
            profiles: vec![ProfileRow { name: bad("work"), about: bad("cn") }],
            found: vec![found],
            unusable: vec![bad("not usable")],
            regions: vec![(bad("cn-north-4"), bad("Beijing"))],
        };
        let _ = update(&mut model, Msg::AccountsDetected { survey });
        look_and_find(&format!("{what}, found"), &mut model);
        let _ = update(&mut model, Msg::AccountNotOpened { why: bad("refused") });
        look(&format!("{what}, not opened"), &mut model);
        for code in [KeyCode::Down, KeyCode::Enter, KeyCode::Enter] {
            {
                let msg = model.msg_for_key(Key::plain(code), 1_000);
                let _ = update(&mut model, msg);
            };
            look(&format!("{what}, {code:?}"), &mut model);
        }
        let _ = update(&mut model, Msg::Paste { text: text.into(), at: 2_000 });
        look(&format!("{what}, pasted"), &mut model);
        let project = vec![project];
        for ticket in 0..20 {
            let _ = update(&mut model, Msg::Projects { ticket, result: Ok(project.clone()) });
        }
        look(&format!("{what}, projects"), &mut model);
    });
}

/// Whatever becomes of an order, on the page and in the receipt.
fn conclude(what: &str, outcome: Outcome, lost: Option<String>, text: &str) -> Driver {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    driver.at += 1_000;
    let at = driver.at;
    driver.send(Msg::Purchase { event: Event::Concluded { id: None, outcome, lost }, at });
    let Page::Result(result) = &mut driver.model.page else { panic!("no result") };
    result.server_name.push_str(text);
    let Page::Result(result) = &driver.model.page else { panic!("no result") };
    let (heading, sentences) = outcome_text(&driver.model.journal, result);
    let lines = receipt(&driver.model);
    for line in lines.iter().chain(&sentences).map(String::as_str).chain([heading]) {
        assert_eq!(wrong_in(line), None, "{what}");
    }
    assert!(lines.iter().any(|line| line.contains("<U+") || line.contains("<+")), "{what}: {lines:?}");
    look_and_find(what, &mut driver.model);
    driver
}

#[test]
fn what_became_of_an_order() {
    for_each(|what, text| {
        let bad = |name: &str| format!("{name}{text}");
        let receipt = Receipt { request_id: Some(bad("r1")), order_id: bad("CS1"), product_id: Some(bad("p1")) };
        let mut driver = conclude(what, Outcome::Accepted(receipt), Some(bad("the disk")), text);
        let Some(ticket) = driver.effects.iter().rev().find_map(|effect| match effect {
            cph_wizard::app::Effect::PollServers { ticket, .. } => Some(*ticket),
            _ => None,
        }) else {
            panic!("the servers are followed")
        };
        let at = driver.at;
        driver.send(Msg::ServersPolled { ticket, result: Ok(vec![server(text)]), at });
        look_and_find(&format!("{what}, servers"), &mut driver.model);
        driver.press(Key::alt(KeyCode::Char('p')));
        look_and_find(&format!("{what}, plain"), &mut driver.model);
        driver.keys(&[KeyCode::Esc]);
        let failure = LoadError { sentence: bad("no"), request_id: Some(bad("r")) };
        driver.send(Msg::ServersPolled { ticket, result: Err(failure), at });
        look(&format!("{what}, servers not read"), &mut driver.model);
        for code in ["CPS.0024", "X.1"] {
            let refusal = Rejection { status: 400, code: bad(code), message: bad("no"), request_id: Some(bad("r1")) };
            let mut driver = conclude(what, Outcome::Rejected(refusal), None, text);
            driver.enter();
            look(&format!("{what}, back in the form"), &mut driver.model);
            driver.press(Key::plain(KeyCode::F(1)));
            look(&format!("{what}, help"), &mut driver.model);
        }
        conclude(
            what,
            Outcome::NotSent(NotSent { reason: NotSentReason::Other { detail: bad("no way") } }),
            None,
            text,
        );
        let unknown = Unknown {
            reason: UnknownReason::Other { detail: bad("half") },
            status: Some(200),
            request_id: Some(bad("r")),
            probably_placed: true,
        };
        conclude(what, Outcome::Unknown(unknown), None, text);
    });
}

#[test]
fn what_the_journal_says() {
    for_each(|what, text| {
        let mut driver = Driver::ready();
        driver.model.journal = OrderJournal::default();
        let view = JournalView {
            intents: std::sync::Arc::default(),
            clock_ahead: None,
            obstacle: Some(format!("it is locked {text}")),
            facts: vec![format!("a record was set aside {text}")],
            buyer: buyer(),
            now: "2026-11-22T10:00:00Z".parse().unwrap(),
        };
        driver.send(Msg::Journal { view: Box::new(view), at: 2_000 });
        look_and_find(what, &mut driver.model);
        driver.go_to("review");
        driver.enter();
        look(what, &mut driver.model);
    });
}

#[test]
fn drafts_templates_orders_and_files_to_begin_with() {
    for_each(|what, text| {
        let mut driver = Driver::ready();
        let full = Draft { server_name: format!("web{text}"), ..driver.model.form.draft.clone() };
        let saved =
            SavedDraft { id: DraftId::Saved("a".into()), ..SavedDraft::with_answers(full.clone(), &["server_name"]) };
        let drafts = vec![StoredDraft { saved, when: "today".into(), is_unsaved: false }];
        let templates = vec![Template { name: format!("farm{text}"), draft: full.clone() }];
        let shelved = LibraryContents { drafts, templates, notices: vec![format!("A draft is damaged {text}.")] };
        driver.send(Msg::LibraryRead { contents: Box::new(shelved), said: Some(format!("Removed {text}")) });
        driver.model.form.past_orders = vec![PastOrder {
            server_name: format!("web{text}"),
            at: "2026-11-22T09:00:00Z".parse().unwrap(),
            state: cph_wizard::app::StateName::Accepted,
            draft: full.clone(),
        }];
        driver.send(Msg::Start(Box::default()));
        look_and_find(&format!("{what}, the offer"), &mut driver.model);
        driver.keys(&[KeyCode::Esc]);
        driver.press(Key::plain(KeyCode::F(2)));
        look_and_find(&format!("{what}, the list"), &mut driver.model);
        driver.keys(&[KeyCode::Down, KeyCode::Delete]);
        look(&format!("{what}, to be removed"), &mut driver.model);
        let mut driver = Driver::ready();
        let basis = Basis { kind: BasisKind::File, name: format!("order{text}.json"), draft: full };
        let flags = vec![(FieldId::Subnet, format!("10.1.0.0/16{text}"))];
        let begin = StartFrom { source: StartSource::Basis(Box::new(basis)), flags };
        driver.send(Msg::Start(Box::new(begin)));
        driver.answer_reads();
        look(&format!("{what}, begun"), &mut driver.model);
        driver.go_to("review");
        look_and_find(&format!("{what}, reviewed"), &mut driver.model);
        let saved = Box::new(SavedDraft::with_answers(driver.model.form.draft.clone(), &[]));
        driver.send(Msg::DraftNotSaved { saved, why: format!("full {text}") });
        look(&format!("{what}, not saved"), &mut driver.model);
        driver.send(Msg::DraftSaved { result: Err(format!("full {text}")) });
        look(&format!("{what}, not kept"), &mut driver.model);
    });
}

#[test]
fn calls_in_the_inspector() {
    for_each(|what, text| {
        let bad = |name: &str| format!("{name}{text}");
        let mut driver = Driver::ready();
        let call = Call {
            at: "14:02:11".into(),
            took: 42,
            method: bad("GET"),
            origin: bad("https://cloud"),
            target: bad("/v1/p"),
            proof: "token",
            head: vec![(bad("host"), Some(bad("cloud")))],
            body: Some(BodyExcerpt { text: bad("body"), size: 9, is_cut: true }),
            answer: Some(CallResponse {
                status: 200,
                head: vec![(bad("x"), Some(bad("y")))],
                body: Some(BodyExcerpt { text: bad("{\"a\":1}"), size: 9, is_cut: false }),
            }),
            trouble: Some(bad("broken")),
            is_purchase: true,
        };
        driver.send(Msg::CallEnded(Box::new(call)));
        driver.press(Key::plain(KeyCode::F(7)));
        look_and_find(&format!("{what}, the list"), &mut driver.model);
        driver.enter();
        look_and_find(&format!("{what}, the call"), &mut driver.model);
    });
}

#[test]
fn what_is_typed_and_pasted() {
    for_each(|what, text| {
        let mut driver = Driver::ready();
        for step in ["flavor", "image", "count", "bandwidth", "billing", "ports", "access", "review"] {
            driver.go_to(step);
            for pasted in [text.to_owned(), format!("{text}\n{text} 20000 public\n{{\"{text}\":1}}")] {
                let at = driver.at;
                driver.send(Msg::Paste { text: pasted, at });
                look(&format!("{what}, pasted into {step}"), &mut driver.model);
            }
            driver.keys(&[KeyCode::Esc]);
            for c in text.chars() {
                driver.press(Key::char(c));
            }
            look(&format!("{what}, typed into {step}"), &mut driver.model);
        }
        driver.model.overlay = None;
        driver.press(Key::alt(KeyCode::Char('u')));
        look(&format!("{what}, changes"), &mut driver.model);
        driver.keys(&[KeyCode::Esc]);
        driver.ctrl('g');
        driver.text(text);
        look(&format!("{what}, typed into the palette"), &mut driver.model);
    });
}

/// Values of the model that no key can bring about are looked at too: they may come out of files.
#[test]
fn answers_out_of_a_file() {
    for_each(|what, text| {
        let mut driver = Driver::ready();
        let bad = || format!("x{text}");
        let draft = &mut driver.model.form.draft;
        for field in [&mut draft.server_name, &mut draft.count, &mut draft.subnet] {
            *field = bad();
        }
        driver.press(Key::plain(KeyCode::F(5)));
        for step in ["flavor", "image", "count", "bandwidth", "billing", "ports", "access", "review"] {
            driver.go_to(step);
            look(&format!("{what}, {step}"), &mut driver.model);
        }
        look_and_find(what, &mut driver.model);
    });
}
