//! Each way to begin: a draft, a template, the last order, a file, and answers of the command line;
//! and what Review says is different then.

use cph_wizard::app::{
    AnswerOrigin, Basis, BasisKind, DraftId, Effect, JournalView, Key, KeyCode, LibraryContents, LibraryRow, Msg,
    OrderJournal, Overlay, Page, ResumeOffer, ReviewRow, SavedDraft, StartFrom, StartSource, StoredDraft, Template,
    library_rows, review_rows,
};
use cph_wizard::form::Step;
use cph_wizard::order::{Draft, FieldId, Order, PeriodUnit, PortDraft};
use cph_wizard::purchase::intents::{Intent, IntentCredentials, Intents, JournalEntry, Sending};
use cph_wizard::purchase::{Outcome, ordered_servers};
use proptest::prelude::*;
use uuid::Uuid;

use crate::common::{Driver, buyer};
use crate::purchase::accepted;

/// The answers of an order that fits the documented catalogue, under a name.
pub fn full(name: &str) -> Draft {
    let mut driver = Driver::on_review();
    driver.model.form.draft.server_name = name.into();
    driver.model.form.draft.clone()
}

fn shelved(draft: SavedDraft) -> StoredDraft {
    StoredDraft { saved: draft, when: "14:02 yesterday".into(), is_unsaved: false }
}

pub fn saved(id: &str, name: &str) -> SavedDraft {
    SavedDraft {
        id: DraftId::Saved(id.into()),
        step: Step::Ports,
        focus: FieldId::Ports,
        ..SavedDraft::with_answers(full(name), &["server_name"])
    }
}

fn template(name: &str) -> Template {
    Template { name: name.into(), draft: full("") }
}

/// A form with these drafts and one template to begin with, begun without being told.
pub fn with_drafts(drafts: Vec<SavedDraft>) -> Driver {
    let mut driver = Driver::ready();
    let drafts = drafts.into_iter().map(shelved).collect();
    let shelved = LibraryContents { drafts, templates: vec![template("farm")], notices: vec![] };
    driver.send(Msg::LibraryRead { contents: Box::new(shelved), said: None });
    driver.send(Msg::Start(Box::default()));
    driver
}

pub fn begin(driver: &mut Driver, source: StartSource, flags: &[(FieldId, &str)]) {
    let flags = flags.iter().map(|(id, text)| (*id, (*text).to_owned())).collect();
    driver.send(Msg::Start(Box::new(StartFrom { source, flags })));
    driver.answer_reads();
}

pub fn basis(kind: BasisKind, name: &str, draft: Draft) -> StartSource {
    StartSource::Basis(Box::new(Basis { kind, name: name.into(), draft }))
}

/// A journal with these orders, the oldest first, each accepted or refused.
fn journal(orders: &[(Draft, Outcome)]) -> JournalView {
    let mut intents = Intents::default();
    for (n, (draft, outcome)) in orders.iter().enumerate() {
        let order = Order::check(draft, &cph_wizard::catalogue::Catalogue::default()).unwrap();
        let body = order.body();
        let at = "2026-11-22T09:00:00Z".parse().unwrap();
        let id = Uuid::from_u128(n as u128 + 1);
        let intent = Intent {
            id,
            at,
            profile: "demo".into(),
            endpoint: "127.0.0.1".into(),
            project: "p".into(),
            region: "r".into(),
            credentials: IntentCredentials::Token,
            server_name: order.server_name().into(),
            ordered: ordered_servers(&order),
            pays_now: draft.auto_pay,
            preflight: Some(cph_wizard::purchase::intents::Preflight::default()),
            clock_ahead: Some(0),
            body_hash: body.hash().into(),
            body: body.text().into(),
        };
        intents.apply(&JournalEntry::Intent(Box::new(intent))).unwrap();
        intents
            .apply(&JournalEntry::Sending(Sending { id, at, body_hash: body.hash().into(), clock_ahead: Some(0) }))
            .unwrap();
        intents.apply(&JournalEntry::Outcome { id, at, outcome: outcome.clone() }).unwrap();
    }
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    JournalView { intents: intents.into(), obstacle: None, facts: vec![], buyer: buyer(), now, clock_ahead: Some(0) }
}

pub fn tell_journal(driver: &mut Driver, orders: &[(Draft, Outcome)]) {
    driver.send(Msg::Journal { view: Box::new(journal(orders)), at: driver.at });
    driver.answer_reads();
}

/// The warnings of Review and the differences, each as it reads.
fn said(driver: &Driver) -> (Vec<String>, Vec<String>) {
    let form = &driver.model.form;
    let warnings = form.order_warnings.iter().map(ToString::to_string);
    let changes = form.changes.iter().map(|one| format!("{} {} -> {}", one.field.label(), one.was, one.is));
    (warnings.collect(), changes.collect())
}

#[test]
fn the_newest_draft_is_offered_and_continues_at_its_step_and_field() {
    let mut driver = with_drafts(vec![saved("b", "beta"), saved("a", "alpha")]);
    assert!(matches!(&driver.model.overlay, Some(Overlay::Resume(ResumeOffer(saved))) if saved.name() == "beta"));
    driver.enter();
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Ports, FieldId::Ports));
    assert_eq!(driver.model.form.draft.server_name, "beta");
    assert_eq!(driver.model.form.origin(FieldId::ServerName), AnswerOrigin::SavedDraft);
    // What is typed from now on goes into the same draft.
    driver.go_to("servers");
    driver.text("2");
    let effects = driver.ctrl('s');
    let [Effect::SaveDraft(saved)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((saved.id.clone(), saved.name()), (DraftId::Saved("b".into()), "beta2"));
    driver.send(Msg::DraftSaved { result: Ok(()) });
    assert_eq!(driver.model.message.as_deref(), Some("Draft kept as \"beta2\"; the next start offers it"));
}

#[test]
fn the_other_drafts_are_one_key_away_from_the_offer() {
    let mut driver = with_drafts(vec![saved("b", "beta"), saved("a", "alpha")]);
    let effects = driver.press(Key::plain(KeyCode::F(2)));
    assert_eq!(effects, [Effect::ReadLibrary]);
    assert_eq!(
        library_rows(&driver.model.library, &driver.model.form),
        [LibraryRow::Draft(0), LibraryRow::Draft(1), LibraryRow::Template(0)]
    );
    driver.keys(&[KeyCode::Down]);
    driver.enter();
    assert_eq!(driver.model.form.draft.server_name, "alpha");
    // The draft of the form on the screen is not among those that can be begun with.
    driver.press(Key::plain(KeyCode::F(2)));
    assert_eq!(
        library_rows(&driver.model.library, &driver.model.form),
        [LibraryRow::Draft(0), LibraryRow::Template(0)]
    );
}

#[test]
fn esc_starts_anew_and_loses_no_draft() {
    let mut driver = with_drafts(vec![saved("b", "beta")]);
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!((&driver.model.overlay, driver.model.form.draft.server_name.as_str()), (&None, ""));
    driver.go_to("servers");
    driver.text("gamma");
    let effects = driver.ctrl('c');
    assert!(matches!(effects.as_slice(), [Effect::SaveDraft(saved), Effect::Quit] if saved.id == DraftId::New(0)));
    assert!(!driver.effects.iter().any(|effect| matches!(effect, Effect::ForgetDraft(_))));
}

#[test]
fn a_template_begins_a_form_that_asks_for_the_name_first() {
    let mut driver = with_drafts(vec![]);
    driver.press(Key::plain(KeyCode::F(2)));
    driver.enter();
    assert_eq!((driver.model.form.step, driver.model.form.focus), (Step::Count, FieldId::ServerName));
    assert_eq!(driver.model.form.origin_words(FieldId::Count), "template farm");
    assert_eq!(driver.model.form.origin(FieldId::ServerName), AnswerOrigin::Default);
    driver.text("web-02");
    driver.keys(&[KeyCode::Tab]);
    driver.text("2");
    assert_eq!(driver.model.form.origin(FieldId::Count), AnswerOrigin::Typed);
    driver.go_to("review");
    assert!(driver.model.form.order.is_some(), "{:?}", driver.model.form.issues);
    assert_eq!(said(&driver), (vec![], vec!["Count 1 -> 2".to_owned()]));
    assert_eq!(review_rows(&driver.model.form)[0], ReviewRow::Change(0));
    // The row leads to its field and back.
    driver.keys(&[KeyCode::Home]);
    driver.enter();
    assert_eq!(driver.model.form.focus, FieldId::Count);
    driver.enter();
    assert_eq!(driver.model.form.step, Step::Review);
}

#[test]
fn what_was_typed_is_kept_as_a_draft_before_another_form_begins() {
    let mut driver = with_drafts(vec![]);
    driver.go_to("servers");
    driver.text("alpha");
    driver.press(Key::plain(KeyCode::F(2)));
    let effects = driver.enter();
    let Some(Effect::AutosaveDraft(before)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!((before.name(), before.id.clone()), ("alpha", DraftId::New(0)));
    let message = driver.model.message.clone().unwrap();
    assert_eq!(message, "Begun from template farm; the form before is kept as draft \"alpha\"");
    driver.text("beta");
    let effects = driver.ctrl('s');
    assert!(matches!(effects.as_slice(), [Effect::SaveDraft(saved)] if saved.id == DraftId::New(1)), "{effects:?}");
    // If the disk did not take it, it is still there.
    driver.send(Msg::DraftNotSaved { saved: before.clone(), why: "The disk is full.".into() });
    assert!(driver.model.message.as_deref().unwrap().contains("The disk is full."));
    driver.press(Key::plain(KeyCode::F(2)));
    driver.send(Msg::LibraryRead { contents: Box::default(), said: None });
    let effects = driver.ctrl('c');
    assert!(matches!(&effects[0], Effect::AutosaveDraft(saved) if saved.name() == "alpha"), "{effects:?}");
    driver.enter();
    assert_eq!(driver.model.form.draft.server_name, "alpha");
}

#[test]
fn a_form_is_kept_as_a_template_under_a_typed_name_and_without_its_server_name() {
    let mut driver = with_drafts(vec![]);
    driver.go_to("servers");
    driver.text("alpha");
    driver.press(Key::plain(KeyCode::F(2)));
    driver.text("s");
    driver.text("web farm");
    assert_eq!(driver.enter(), []);
    assert!(driver.model.message.as_deref().unwrap().starts_with("The name of a template has 1 to 40"));
    driver.ctrl('w');
    driver.keys(&[KeyCode::Backspace]);
    driver.text("-farm");
    let effects = driver.enter();
    let [Effect::SaveTemplate(saved)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((saved.name.as_str(), saved.draft.server_name.as_str()), ("web-farm", ""));
    assert_eq!(driver.model.form.draft.server_name, "alpha");
}

#[test]
fn a_draft_or_template_goes_only_when_asked_for_twice() {
    let mut driver = with_drafts(vec![saved("a", "alpha")]);
    driver.press(Key::plain(KeyCode::F(2)));
    for cancel in [KeyCode::Esc, KeyCode::Enter, KeyCode::Down] {
        driver.keys(&[KeyCode::Delete, cancel]);
        assert_eq!(library_rows(&driver.model.library, &driver.model.form).len(), 2, "{cancel:?}");
        assert!(matches!(driver.model.overlay, Some(Overlay::Library(_))), "{cancel:?}");
    }
    driver.keys(&[KeyCode::F(8)]);
    assert_eq!(driver.press(Key::plain(KeyCode::F(8))), [Effect::RemoveTemplate("farm".into())]);
    driver.keys(&[KeyCode::Delete]);
    assert_eq!(driver.press(Key::plain(KeyCode::Delete)), [Effect::ForgetDraft(DraftId::Saved("a".into()))]);
    assert_eq!(library_rows(&driver.model.library, &driver.model.form), []);
    assert_eq!(driver.press(Key::plain(KeyCode::Delete)), []);
}

#[test]
fn the_last_order_comes_back_from_the_journal_without_its_name() {
    let refused = crate::purchase::refused("CPS.0024", "no");
    let other = Draft { count: "2".into(), ..full("older") };
    let orders = [(other, accepted()), (full("web-01"), accepted()), (full("never"), refused)];
    let mut driver = Driver::ready();
    driver.model.journal = OrderJournal::default();
    begin(&mut driver, StartSource::LastOrder, &[(FieldId::ServerName, "web-02"), (FieldId::PeriodNumber, "2")]);
    tell_journal(&mut driver, &orders);
    assert_eq!(driver.model.form.draft, Draft { period_number: "2".into(), ..full("web-02") });
    assert_eq!(driver.model.form.origin_words(FieldId::Count), "last order");
    assert_eq!(driver.model.form.origin_words(FieldId::ServerName), "flag");
    assert_eq!(driver.model.form.step, Step::Review);
    assert_eq!(said(&driver), (vec![], vec!["Period 1 month -> 2 months".to_owned()]));
    driver.press(Key::plain(KeyCode::F(2)));
    assert_eq!(
        library_rows(&driver.model.library, &driver.model.form),
        [LibraryRow::Order(0), LibraryRow::Order(1)],
        "a refused order was none"
    );
    assert_eq!(driver.press(Key::plain(KeyCode::Delete)), []);
    assert_eq!(driver.press(Key::plain(KeyCode::Delete)), []);
}

#[test]
fn a_last_order_that_is_not_there_or_comes_too_late_is_said() {
    let mut driver = Driver::ready();
    begin(&mut driver, StartSource::LastOrder, &[]);
    assert_eq!(driver.model.message.as_deref(), Some("The journal has no order to begin with yet"));
    let mut driver = Driver::ready();
    driver.model.journal = OrderJournal::default();
    begin(&mut driver, StartSource::LastOrder, &[]);
    driver.go_to("servers");
    driver.text("mine");
    tell_journal(&mut driver, &[(full("web-01"), accepted())]);
    assert_eq!(driver.model.form.draft.server_name, "mine");
    assert!(driver.model.message.as_deref().unwrap().contains("F2 has the last order"));
}

#[test]
fn orders_in_doubt_are_shown_before_a_form_that_begins_from_the_last_order() {
    let mut driver = Driver::ready();
    driver.model.journal = OrderJournal::default();
    begin(&mut driver, StartSource::LastOrder, &[]);
    let detail = "the line broke".to_owned();
    let unknown = cph_wizard::purchase::Unknown {
        reason: cph_wizard::purchase::UnknownReason::Other { detail },
        status: None,
        request_id: None,
        probably_placed: false,
    };
    tell_journal(&mut driver, &[(full("web-01"), Outcome::Unknown(unknown))]);
    assert!(matches!(driver.model.overlay, Some(Overlay::Unresolved(_))));
    driver.press(Key::plain(KeyCode::Esc));
    assert_eq!(
        (driver.model.form.focus, driver.model.form.origin(FieldId::Count)),
        (FieldId::ServerName, AnswerOrigin::LastOrder)
    );
}

#[test]
fn a_whole_order_file_begins_on_review_under_its_own_name() {
    let mut driver = Driver::ready();
    begin(&mut driver, basis(BasisKind::File, "order.json", full("web-09")), &[]);
    assert_eq!((driver.model.form.step, driver.model.form.draft.server_name.as_str()), (Step::Review, "web-09"));
    assert_eq!(driver.model.form.origin_words(FieldId::ServerName), "file order.json");
    assert_eq!(said(&driver), (vec![], vec![]));
    assert!(matches!(driver.ctrl('c').as_slice(), [Effect::Quit]), "nothing was typed");
}

#[test]
fn flags_win_over_the_template_and_the_template_over_the_profile() {
    let mut driver = Driver::ready();
    let profile =
        Draft { count: "2".into(), key_pair: "mykeypair".into(), subnet: "10.9.0.0/16".into(), ..Draft::default() };
    let answered = vec![FieldId::Count, FieldId::KeyPair, FieldId::Subnet];
    driver.model.apply_profile_defaults(cph_wizard::app::ProfileDefaults {
        draft: profile.clone(),
        answered: answered.clone(),
    });
    begin(&mut driver, StartSource::Nothing, &[(FieldId::Count, "4")]);
    assert_eq!((driver.model.form.draft.count.as_str(), driver.model.form.draft.subnet.as_str()), ("4", "10.9.0.0/16"));
    assert_eq!(driver.model.form.origin(FieldId::Count), AnswerOrigin::Flag);
    let mut driver = Driver::ready();
    driver.model.apply_profile_defaults(cph_wizard::app::ProfileDefaults { draft: profile, answered });
    let farm = Draft { count: "3".into(), server_name: String::new(), ..full("") };
    begin(&mut driver, basis(BasisKind::Template, "farm", farm), &[(FieldId::Count, "5")]);
    let draft = &driver.model.form.draft;
    assert_eq!((draft.count.as_str(), draft.key_pair.as_str(), draft.subnet.as_str()), ("5", "", ""));
    assert_eq!(driver.model.form.origin_words(FieldId::Subnet), "template farm");
}

#[test]
fn jumps_are_warned_of_against_the_template_and_against_the_last_order() {
    let mut driver = Driver::ready();
    tell_journal(&mut driver, &[(full("web-01"), accepted())]);
    begin(&mut driver, basis(BasisKind::Template, "farm", Draft { count: "2".into(), ..full("") }), &[]);
    driver.text("web-02");
    driver.keys(&[KeyCode::Tab]);
    driver.text("9");
    assert_eq!(said(&driver).0, ["9 servers: more than four times as many as template \"farm\""]);
    driver.keys(&[KeyCode::Up]);
    assert_eq!(driver.model.form.draft.count, "10");
    driver.go_to("ports");
    driver.send(Msg::Paste { text: "web 20000 public".into(), at: driver.at });
    driver.enter();
    driver.go_to("billing");
    driver.keys(&[KeyCode::Down]);
    let (warnings, changes) = said(&driver);
    assert_eq!(
        warnings,
        [
            "Long term: 1 year (1 month in template \"farm\")",
            "10 servers: five times as many as template \"farm\"",
            "Port 20000 (web) will be reachable from the internet",
        ]
    );
    assert_eq!(changes, ["Count 2 -> 10", "Period unit month -> year", "Ports none -> web:20000 public"]);
    assert_eq!(driver.model.form.draft.period_unit, PeriodUnit::Year);
    driver.go_to("review");
    assert_eq!(review_rows(&driver.model.form)[0], ReviewRow::Warning(0));
}

#[test]
fn a_form_without_a_beginning_has_no_differences_but_absolute_warnings() {
    let mut driver = Driver::on_review();
    driver.model.form.draft.count = "10".into();
    driver.model.form.recheck();
    assert_eq!(said(&driver), (vec!["Large order: 10 servers, 600 phones".into()], vec![]));
}

#[test]
fn a_left_field_is_kept_quietly_and_not_more_often_than_every_three_seconds() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    let quiet = |driver: &Driver| driver.effects.iter().filter(|e| matches!(e, Effect::AutosaveDraft(_))).count();
    driver.text("web");
    assert_eq!(quiet(&driver), 0, "not before the field is left, and not while nothing is typed");
    driver.keys(&[KeyCode::Tab]);
    assert_eq!(quiet(&driver), 1);
    driver.keys(&[KeyCode::BackTab, KeyCode::Tab, KeyCode::BackTab, KeyCode::Tab]);
    assert_eq!(quiet(&driver), 1, "nothing changed");
    let at = driver.at;
    for key in [KeyCode::Up, KeyCode::Tab, KeyCode::BackTab, KeyCode::Up, KeyCode::Tab] {
        driver.press_at(Key::plain(key), at);
    }
    let before = quiet(&driver);
    driver.press_at(Key::plain(KeyCode::BackTab), at + 2_000);
    assert!(quiet(&driver) <= before + 1);
    driver.send(Msg::Tick { at: at + 9_000 });
    assert_eq!(driver.model.next_wake(), None, "nobody is woken for it");
    let Some(Effect::AutosaveDraft(saved)) =
        driver.effects.iter().rev().find(|e| matches!(e, Effect::AutosaveDraft(_)))
    else {
        panic!("nothing was kept")
    };
    assert_eq!(saved.draft, driver.model.form.draft);
}

#[test]
fn an_order_forgets_its_draft_and_the_next_one_is_another() {
    let mut driver = with_drafts(vec![saved("a", "alpha")]);
    driver.enter();
    driver.go_to("review");
    driver.enter();
    driver.ctrl('o');
    let event = cph_wizard::purchase::Event::Concluded { id: None, outcome: accepted(), lost: None };
    let effects = driver.send(Msg::Purchase { event, at: driver.at });
    assert!(effects.contains(&Effect::ForgetDraft(DraftId::Saved("a".into()))), "{effects:?}");
    driver.text("n");
    driver.text("beta");
    let effects = driver.ctrl('s');
    assert!(matches!(effects.as_slice(), [Effect::SaveDraft(saved)] if saved.id == DraftId::New(1)), "{effects:?}");
}

#[test]
fn a_refused_order_whose_terminal_is_gone_keeps_its_draft() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    assert_eq!(driver.send(Msg::Terminate), []);
    let outcome = crate::purchase::refused("CPS.0024", "no");
    let event = cph_wizard::purchase::Event::Concluded { id: None, outcome, lost: None };
    let effects = driver.send(Msg::Purchase { event, at: driver.at });
    assert!(matches!(effects.as_slice(), [Effect::SaveDraft(saved), Effect::Quit] if saved.name() == "web-01"));
}

#[test]
fn an_order_that_may_exist_is_not_offered_once_more() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    let unknown = cph_wizard::purchase::Unknown {
        reason: cph_wizard::purchase::UnknownReason::Other { detail: "the line broke".into() },
        status: None,
        request_id: None,
        probably_placed: false,
    };
    let event = cph_wizard::purchase::Event::Concluded { id: None, outcome: Outcome::Unknown(unknown), lost: None };
    let effects = driver.send(Msg::Purchase { event, at: driver.at });
    assert!(effects.contains(&Effect::ForgetDraft(DraftId::New(0))), "{effects:?}");
}

#[test]
fn what_is_wrong_with_a_file_is_said_and_stays_said_when_the_journal_comes() {
    let mut driver = Driver::ready();
    driver.model.journal = OrderJournal::default();
    let notice = "A draft is damaged; it is set aside as web-1.json.unreadable.".to_owned();
    let shelved = LibraryContents { notices: vec![notice.clone()], ..LibraryContents::default() };
    driver.send(Msg::LibraryRead { contents: Box::new(shelved), said: None });
    tell_journal(&mut driver, &[]);
    assert_eq!(driver.model.message, Some(notice));
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let text = || prop_oneof!["[a-z0-9 -]{0,8}", "\\PC{0,8}"];
    let port = (text(), text(), any::<bool>()).prop_map(|(name, number, public)| PortDraft { name, number, public });
    let texts = prop::collection::vec(text(), 9);
    (texts, prop::collection::vec(port, 0..4), any::<[bool; 3]>()).prop_map(|(texts, ports, [pays, years, shared])| {
        use cph_wizard::order::BandwidthKind as Kind;
        let mut texts = texts.into_iter();
        let mut text = || texts.next().unwrap();
        Draft {
            server_flavor: text(),
            phone_flavor: text(),
            image_id: text(),
            server_name: text(),
            count: text(),
            bandwidth: if shared { Kind::NewShared } else { Kind::Dedicated },
            bandwidth_size: text(),
            period_unit: if years { PeriodUnit::Year } else { PeriodUnit::Month },
            period_number: text(),
            auto_pay: pays,
            ports,
            key_pair: text(),
            subnet: text(),
            ..Draft::default()
        }
    })
}

fn any_place() -> impl Strategy<Value = (Step, FieldId)> {
    let fields = cph_wizard::form::FIELDS.iter().filter(|row| row.id != FieldId::ChargingMode);
    let fields = fields.filter(|row| row.id != FieldId::BandwidthId).map(|row| (row.step, row.id));
    let review = FieldId::ALL.into_iter().map(|id| (Step::Review, id));
    prop::sample::select(fields.chain(review).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keeping_and_resuming_is_the_identity(
        draft in any_draft(), (step, focus) in any_place(), answered in prop::collection::vec(any::<bool>(), 16),
        from_template in any::<bool>()
    ) {
        let origin = if from_template { AnswerOrigin::Template } else { AnswerOrigin::SavedDraft };
        let answered = FieldId::ALL.into_iter().zip(answered).filter(|(_, is_answered)| *is_answered);
        let basis = Basis { kind: BasisKind::Template, name: "farm".into(), draft: full("") };
        let saved = SavedDraft {
            id: DraftId::Saved("a".into()),
            draft,
            origins: answered.map(|(id, _)| (id, origin)).collect(),
            step,
            focus,
            basis: from_template.then_some(basis),
        };
        let bytes = serde_json::to_vec(&saved).unwrap();
        let read: SavedDraft = serde_json::from_slice(&bytes).unwrap();
        let read = SavedDraft { id: saved.id.clone(), ..read };
        prop_assert_eq!(&read, &saved);
        // On a form that was just opened, and on one that stands somewhere else.
        let mut fresh = Driver::loading();
        let mut used = Driver::loading();
        used.send(Msg::Click { target: cph_wizard::app::ClickTarget::Step(Step::Access), at: 1_000 });
        for driver in [&mut fresh, &mut used] {
            driver.model.overlay = Some(Overlay::Resume(ResumeOffer(Box::new(read.clone()))));
            driver.press_at(Key::plain(KeyCode::Enter), 5_000);
            prop_assert_eq!(&driver.model.page, &Page::Form);
            prop_assert_eq!(&driver.model.form.saved_draft(), &saved);
        }
    }

    #[test]
    fn whatever_is_begun_with_the_lists_that_come_change_no_answer(draft in any_draft()) {
        let mut driver = Driver::loading();
        begin(&mut driver, basis(BasisKind::File, "order.json", draft.clone()), &[]);
        for id in FieldId::ALL.into_iter().filter(|id| driver.model.form.origin(*id) == AnswerOrigin::File) {
            // A focused text loses the blanks around it when it is left.
            prop_assert!(cph_wizard::form::is_same_answer(id, &draft, &driver.model.form.draft), "{id:?}");
        }
    }
}
