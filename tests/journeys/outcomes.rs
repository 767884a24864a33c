//! What is told of an order follows what is known of it now, wherever it is told; and what is offered next.

use cph_wizard::app::{
    Draft, Effect, JournalView, Key, KeyCode, Model, Msg, OrderJournal, Overlay, Page, SavedDraft, Tone,
    UnresolvedOrders, exit_code, outcome_page, outcome_text, plain_text_lines, receipt, unresolved_lines,
};
use cph_wizard::purchase::Reconciled;
use cph_wizard::purchase::intents::{Intents, JournalEntry};

use crate::common::{Driver, after, journal_view, reading, unknown};
use crate::purchase::refused;
use cph_wizard::exit_code::ExitCode;

const TWO: [&str; 2] = ["CS2611300852AAAAA", "CS2611300853BBBBB"];

fn heading(model: &Model) -> &'static str {
    let Page::Result(result) = &model.page else { panic!("no outcome is shown") };
    outcome_text(&model.journal, result).0
}

fn page(model: &Model) -> String {
    let Page::Result(result) = &model.page else { panic!("no outcome is shown") };
    let rows = outcome_page(&model.journal, &model.keymap, result, 200);
    let is_good = rows[0].text.starts_with("FOUND");
    assert_eq!(rows[0].tone, if is_good { Tone::Good } else { Tone::Problem });
    rows.iter().flat_map(|row| [row.label.as_ref(), row.text.as_ref(), "\n"]).collect()
}

fn rejected() -> cph_wizard::purchase::Outcome {
    refused("CPS.0024", "Parameter: count is invalid.")
}

/// The next start of the program, with the journal of this one.
fn next_start(driver: &Driver, saved: Option<SavedDraft>) -> Driver {
    let intents = driver.model.journal.view.clone().unwrap().intents;
    let mut next = Driver::opened(saved);
    next.model.journal = OrderJournal::default();
    let view = JournalView { intents, now: after(100), ..journal_view() };
    next.send(Msg::Journal { view: Box::new(view), at: 10 });
    next
}

#[test]
fn a_conflict_is_called_one_with_its_orders_and_the_whole_command_wherever_it_is_told() {
    let mut driver = Driver::on_review();
    let id = driver.order(unknown());
    assert!(heading(&driver.model).starts_with("UNKNOWN"));
    driver.conflict(id, &TWO);
    assert_eq!(heading(&driver.model), "CONFLICT: more than one order belongs to this confirmation");
    let short = &id.to_string()[..8];
    let command = format!("cph-wizard orders resolve {short} --order-id {} --order-id {}", TWO[0], TWO[1]);
    let (plain, left) =
        (plain_text_lines(&driver.model.surroundings(), 200).join("\n"), receipt(&driver.model).join("\n"));
    for told in [page(&driver.model), plain, left] {
        assert!(told.contains("CONFLICT") && !told.contains("UNKNOWN"), "{told}");
        assert!(!told.contains("may or may not exist"), "{told}");
        assert!(told.contains(&command), "{told}");
        for order in TWO {
            assert!(
                told.lines().any(|line| line.ends_with(order) && !line.contains("--")),
                "no line of {order}:\n{told}"
            );
        }
    }
    assert_eq!(exit_code(&driver.model), ExitCode::NeedsAttention);
    assert_eq!(driver.model.message, None, "the page shows it");
    assert_eq!(driver.ctrl('y'), [Effect::Copy(TWO[0].into())]);
    driver.keys(&[KeyCode::Down]);
    assert_eq!(driver.ctrl('y'), [Effect::Copy(TWO[1].into())]);
}

#[test]
fn one_order_of_a_rejected_purchase_is_not_called_more_than_one() {
    let mut driver = Driver::on_review();
    let id = driver.order(rejected());
    driver.conflict(id, &["CS1"]);
    assert_eq!(heading(&driver.model), "CONFLICT: the purchase was rejected, but an order exists");
    let told = page(&driver.model);
    assert!(told.contains("Huawei Cloud had reported a rejection: Count: Parameter: count is invalid"), "{told}");
    assert!(told.contains("Check the order in the console"), "{told}");
    let panel = unresolved_lines(&next_start(&driver, None).model.journal, 76, 20).join("\n");
    assert!(panel.contains("Huawei Cloud reported a rejection, but order CS1 exists."), "{panel}");
    assert!(!told.contains("more than one") && !panel.contains("more than one"), "{told}{panel}");
    // There is no field to be mended.
    driver.enter();
    assert_eq!(driver.model.form.step, cph_wizard::form::Step::Review);
}

#[test]
fn what_was_found_or_recorded_since_changes_heading_and_sentences() {
    let mut driver = Driver::on_review();
    let id = driver.order(unknown());
    let found = JournalEntry::Found { id, at: after(75), order_id: "CS1".into(), servers: vec![] };
    driver.reconciled(id, &[found], Reconciled::Found { order_id: "CS1".into() });
    let told = [page(&driver.model), receipt(&driver.model).join("\n")].concat();
    assert!(told.contains("FOUND: the order was placed") && told.contains("CS1"), "{told}");
    assert!(!told.contains("UNKNOWN") && !told.contains("may or may not") && !told.contains("resolve"), "{told}");

    let mut driver = Driver::on_review();
    let id = driver.order(unknown());
    let resolved = JournalEntry::Resolved { id, at: after(1_000), clock_ahead: Some(0), order_ids: [].into() };
    driver.reconciled(id, &[resolved], Reconciled::Settled);
    let told = [page(&driver.model), receipt(&driver.model).join("\n")].concat();
    assert!(told.contains("NOT PLACED: you recorded that the order was not placed"), "{told}");
    assert!(!told.contains("UNKNOWN") && !told.contains("may or may not"), "{told}");
}

#[test]
fn a_rejection_is_only_reported_and_a_look_without_result_is_told_with_its_time() {
    let mut driver = Driver::on_review();
    let id = driver.order(rejected());
    let told = page(&driver.model);
    assert!(told.contains("Huawei Cloud only reported this. The next start checks that no order exists"), "{told}");
    assert!(told.contains("Enter goes to Count."), "{told}");
    assert!(!told.contains("No order found"), "{told}");
    for (seconds, time) in [(70, "10:01:10"), (140, "10:02:20"), (210, "10:03:30")] {
        let effects = driver.press(Key::plain(KeyCode::F(5)));
        assert_eq!(effects, [Effect::ReconcileOrder { id }], "also when nothing is due any more");
        let seen = Reconciled::NotSeen { candidates: [].into(), flaws: [].into() };
        driver.reconciled(id, &[reading(id, seconds, &[])], seen);
        let told = page(&driver.model);
        assert!(told.contains(&format!("No order found at {time} UTC.")), "{told}");
    }
}

#[test]
fn the_receipt_names_commands_and_not_keys_and_the_server_name_once() {
    let mut driver = Driver::on_review();
    let id = driver.order(unknown());
    let lines = receipt(&driver.model);
    let told = lines.join("\n");
    assert!(!told.contains("F5"), "{told}");
    assert!(told.contains(&format!("cph-wizard orders reconcile {}", &id.to_string()[..8])), "{told}");
    let names = lines.iter().filter(|line| line.ends_with(" web-01")).count();
    assert_eq!(names, 1, "{told}");
}

#[test]
fn the_plain_page_has_what_is_known_of_the_order_and_breaks_at_words() {
    let mut driver = Driver::on_review();
    driver.order(unknown());
    let lines = plain_text_lines(&driver.model.surroundings(), 40);
    let told = lines.join("\n");
    let (short, joined) = (plain_text_lines(&driver.model.surroundings(), 200), lines.concat());
    let command = short.iter().find(|line| line.ends_with("--not-placed")).unwrap();
    assert!(joined.contains(command), "a command is broken where the width ends and nowhere else:\n{told}");
    let sentence = "The order may or may not exist. It is not sent again; placing it again could buy twice.";
    let words: Vec<&str> = lines.iter().flat_map(|line| line.split(' ')).collect();
    assert!(sentence.split(' ').all(|word| words.contains(&word)), "a word is broken:\n{told}");
}

#[test]
fn the_confirmation_tells_since_when_an_order_is_in_conflict() {
    let mut driver = Driver::on_review();
    let id = driver.order(unknown());
    driver.conflict(id, &TWO);
    driver.enter();
    driver.enter();
    let Page::Confirm(confirm) = &driver.model.page else { panic!("it is not confirmed") };
    let warning = "Possible duplicate of web-01: same request, CONFLICT since 2026-11-22 10:01:15 UTC";
    assert_eq!(confirm.warnings[0].to_string(), warning);
}

#[test]
fn an_order_that_exists_or_may_exist_leaves_no_draft() {
    let saves = |effects: &[Effect]| {
        effects.iter().any(|effect| matches!(effect, Effect::SaveDraft(_) | Effect::AutosaveDraft(_)))
    };
    let mut driver = Driver::on_review();
    driver.order(unknown());
    driver.enter();
    assert_eq!(driver.model.page, Page::Form);
    let effects = driver.ctrl('c');
    assert!(!saves(&effects), "{effects:?}");

    // A rejected order keeps its draft, until an order of it turns up.
    let mut driver = Driver::on_review();
    let id = driver.order(rejected());
    let effects = driver.conflict(id, &["CS1"]);
    assert!(matches!(effects[..], [Effect::ForgetDraft(_)]), "{effects:?}");
    driver.enter();
    let effects = driver.ctrl('c');
    assert!(!saves(&effects), "{effects:?}");

    let mut driver = Driver::on_review();
    let id = driver.order(rejected());
    driver.conflict(id, &["CS1"]);
    driver.enter();
    driver.go_to("servers");
    driver.text("-b");
    let effects = driver.ctrl('c');
    assert!(saves(&effects), "another order is a draft: {effects:?}");
}

#[test]
fn the_draft_of_an_order_that_needs_attention_is_not_offered_at_the_start() {
    for outcome in [unknown(), rejected()] {
        let mut driver = Driver::on_review();
        let draft = driver.model.form.draft.clone();
        let id = driver.order(outcome);
        driver.conflict(id, &TWO);
        let answers = ["server_name", "image_id"];
        let mut next = next_start(&driver, Some(SavedDraft::with_answers(draft.clone(), &answers)));
        assert_eq!(next.model.overlay, Some(Overlay::Unresolved(UnresolvedOrders)));
        next.press(Key::plain(KeyCode::Esc));
        assert_eq!(next.model.overlay, None);
        let other = Draft { server_name: "web-02".into(), ..draft };
        let mut next = next_start(&driver, Some(SavedDraft::with_answers(other, &answers)));
        next.press(Key::plain(KeyCode::Esc));
        assert!(matches!(next.model.overlay, Some(Overlay::Resume(_))), "another order is offered");
    }
}

#[test]
fn a_conflict_that_a_search_finds_opens_the_panel_as_soon_as_nothing_is_covered() {
    let mut driver = Driver::on_review();
    let id = driver.order(rejected());
    let opens = |next: &Driver| matches!(next.model.overlay, Some(Overlay::Unresolved { .. }));

    let mut next = next_start(&driver, None);
    assert_eq!(next.model.overlay, None, "a rejection alone needs no attention");
    next.conflict(id, &["CS1"]);
    assert!(opens(&next));

    let saved = SavedDraft::with_answers(driver.model.form.draft.clone(), &["server_name", "image_id"]);
    let mut next = next_start(&driver, Some(saved));
    assert!(matches!(next.model.overlay, Some(Overlay::Resume(_))), "a rejected order can be changed");
    next.conflict(id, &["CS1"]);
    assert!(opens(&next), "its draft is offered no longer");

    let mut next = next_start(&driver, None);
    next.answer_reads();
    next.ctrl('g');
    next.conflict(id, &["CS1"]);
    assert!(matches!(next.model.overlay, Some(Overlay::Palette { .. })));
    let message = next.model.message.clone().unwrap();
    assert_eq!(message, "CONFLICT: Huawei Cloud reported a rejection, but order CS1 exists.");
    next.press(Key::plain(KeyCode::Esc));
    assert!(opens(&next), "after the other panel was closed");

    let mut next = next_start(&driver, None);
    next.answer_reads();
    next.text("kg1");
    next.conflict(id, &["CS1"]);
    assert_eq!(next.model.overlay, None, "a filter is being typed");
    next.ctrl('u');
    assert!(opens(&next), "after it was deleted");
    next.press(Key::plain(KeyCode::Esc));
    assert_eq!(next.model.overlay, None, "it comes once");
}

/// A start with so many orders, every second of them in conflict.
fn many(orders: usize) -> Driver {
    let mut driver = Driver::on_review();
    let id = driver.order(unknown());
    let one = driver.model.journal.view.clone().unwrap().intents.purchase(id).unwrap().records().to_vec();
    let mut intents = Intents::default();
    for number in 0..orders {
        let other = uuid::Uuid::from_u128((number as u128 + 1) << 96);
        for entry in &one {
            let text = serde_json::to_string(entry).unwrap().replace(&id.to_string(), &other.to_string());
            intents.apply(&serde_json::from_str(&text).unwrap()).unwrap();
        }
        if number % 2 == 0 {
            let ids = [format!("CS{number}A"), format!("CS{number}B")].into();
            intents.apply(&JournalEntry::Conflict { id: other, at: after(75), order_ids: ids }).unwrap();
        }
    }
    let mut next = Driver::loading();
    next.model.journal = OrderJournal::default();
    let view = JournalView { intents: intents.into(), ..journal_view() };
    next.send(Msg::Journal { view: Box::new(view), at: 10 });
    next
}

#[test]
fn the_panel_counts_the_orders_that_it_leaves_out_and_keeps_its_last_lines() {
    let driver = many(8);
    let all = unresolved_lines(&driver.model.journal, 200, 100).join("\n");
    for number in [0, 2, 4, 6] {
        let command = format!("--order-id CS{number}A --order-id CS{number}B");
        assert!(all.contains(&command), "{command} is missing:\n{all}");
    }
    assert!(all.contains("CONFLICT: web-01 of 2026-11-22 10:00:00 UTC, pay later"), "{all}");
    assert!(all.contains("UNKNOWN: web-01 of") && !all.contains("not known"), "{all}");
    assert!(unresolved_lines(&driver.model.journal, 72, 12)[1].starts_with("CONFLICT"), "conflicts come first");
    for width in [20, 40, 56, 72] {
        for rows in 2..40 {
            let lines = unresolved_lines(&driver.model.journal, width, rows);
            let told = lines.join("\n");
            assert!(lines.len() <= rows, "{width}x{rows}:\n{told}");
            assert!(lines.concat().replace(' ', "").ends_with("cph-wizardorderslist"), "{width}x{rows}:\n{told}");
            let named = told.matches("UNKNOWN: web-01").count() + told.matches("CONFLICT: web-01").count();
            if (1..8).contains(&named) {
                assert!(
                    told.replace('\n', " ").contains(&format!("and {} more", 8 - named)),
                    "{width}x{rows}:\n{told}"
                );
            }
        }
    }
}
