//! The order sheet: what it says and warns of however the form was started, what it asks for, and that nothing is
//! ordered before it was shown to its end.

use cph_wizard::app::{
    BasisKind, Challenge, ClickTarget, Confirm, Effect, Key, KeyCode, ListState, Msg, Page, SheetLineKind, review_rows,
};
use cph_wizard::catalogue::{Listing, Offering, Resource};
use cph_wizard::form::Step;
use cph_wizard::order::{Draft, PeriodUnit, PortDraft};

use crate::common::Driver;
use crate::purchase::{accepted, end_in_doubt};
use crate::start::{basis, begin, full, saved, tell_journal, with_drafts};

fn confirm(driver: &Driver) -> &Confirm {
    let Page::Confirm(confirm) = &driver.model.page else { panic!("no confirmation: {:?}", driver.model.message) };
    confirm
}

fn warnings(driver: &Driver) -> Vec<String> {
    confirm(driver).warnings.iter().map(ToString::to_string).collect()
}

/// The lines of the sheet on the screen of the model.
fn lines(driver: &Driver) -> Vec<String> {
    let layout = driver.model.sheet_layout().unwrap();
    layout.lines.into_iter().map(|line| format!("{}{}", line.label, line.text)).collect()
}

fn risky(name: &str) -> Draft {
    Draft {
        count: "4".into(),
        period_unit: PeriodUnit::Year,
        auto_pay: true,
        ports: vec![PortDraft { name: "web".into(), number: "20000".into(), public: true }],
        ..full(name)
    }
}

const ABSOLUTE: [&str; 4] = [
    "Pays now: the account is charged when the order is placed",
    "Long term: 1 year",
    "Large order: 4 servers, 240 phones",
    "Port 20000 (web) will be reachable from the internet",
];

#[test]
fn absolute_warnings_come_first_however_the_form_was_started() {
    let fresh = || {
        let mut driver = Driver::on_review();
        driver.model.form.draft = risky("web-01");
        driver.model.form.recheck();
        driver
    };
    let based = |kind, name: &str, draft: Draft| {
        let mut driver = Driver::ready();
        begin(&mut driver, basis(kind, name, draft), &[]);
        driver
    };
    let last_order = || {
        let mut driver = Driver::ready();
        tell_journal(&mut driver, &[(risky("web-00"), accepted())]);
        begin(&mut driver, basis(BasisKind::LastOrder, "web-00", risky("")), &[]);
        driver.text("web-01");
        // Half an hour later it is no likely duplicate any more.
        driver.at += 30 * 60_000;
        driver
    };
    let draft = || {
        let mut driver = with_drafts(vec![cph_wizard::app::SavedDraft { draft: risky("web-01"), ..saved("a", "a") }]);
        driver.enter();
        driver.answer_reads();
        driver
    };
    let template = || based(BasisKind::Template, "farm", risky("web-01"));
    let file = || based(BasisKind::File, "order.json", risky("web-01"));
    let starts: [(&str, &dyn Fn() -> Driver); 5] =
        [("fresh", &fresh), ("template", &template), ("file", &file), ("order", &last_order), ("draft", &draft)];
    for (started, start) in starts {
        let mut driver = start();
        driver.go_to("review");
        driver.ctrl('o');
        assert_eq!(warnings(&driver), ABSOLUTE, "{started}");
        let shown = lines(&driver);
        let first = shown.iter().position(|line| !line.is_empty()).unwrap();
        assert_eq!(shown[first..first + 4], ABSOLUTE, "{started}");
        // Review has said the same.
        driver.press(Key::plain(KeyCode::Esc));
        let on_review: Vec<String> = driver.model.form.order_warnings.iter().map(ToString::to_string).collect();
        assert_eq!(on_review, ABSOLUTE, "{started}");
    }
}

#[test]
fn the_sheet_names_everything_that_is_bought() {
    let mut driver = Driver::on_review();
    driver.ctrl('o');
    let shown = lines(&driver);
    for part in [
        "Account    profile demo, project demo-project, loopback, a token",
        "Servers    1 x physical.rx1.xlarge, web-01",
        "Phones     60 x rx1.cp.c60.d10.e1v1: 2 vCPU, 3.5 GB RAM, 10 GB disk",
        "Image      AOSP14, 25080320250918c000100a21000008fd",
        "Bandwidth  dedicated, 300 Mbit/s by default, charged by traffic",
        "Ports      none",
        "Access     no key pair (no ADB login), VNC off, subnet 172.31.0.0/16",
        "Term       1 month",
        "Payment    later: the order waits unpaid, expires in about 7 days",
        "Ctrl-O  Place order: 1 server (60 phones), 1 month, not paid yet",
    ] {
        assert!(shown.iter().any(|line| line.starts_with(part)), "{part} is missing in {shown:#?}");
    }
}

#[test]
fn a_jump_against_the_template_is_a_warning_and_its_row_is_emphasized() {
    let mut driver = Driver::ready();
    begin(&mut driver, basis(BasisKind::Template, "farm", full("web-01")), &[]);
    driver.go_to("servers");
    driver.keys(&[KeyCode::Tab]);
    driver.text("3");
    driver.go_to("billing");
    driver.keys(&[KeyCode::Tab]);
    driver.text("2");
    driver.go_to("review");
    driver.ctrl('o');
    assert_eq!(warnings(&driver), ["3 servers: three times as many as template \"farm\""]);
    let layout = driver.model.sheet_layout().unwrap();
    let emphasized = |line: &&cph_wizard::app::SheetLine| line.kind == SheetLineKind::Row { is_emphasized: true };
    let labels: Vec<&str> = layout.lines.iter().filter(emphasized).map(|line| line.label.trim()).collect();
    assert_eq!(labels, ["Servers", "Term"], "the period differs from the template");
}

#[test]
fn the_ordering_key_on_review_opens_the_sheet_and_never_orders() {
    let mut driver = Driver::on_review();
    let at = driver.at + 1_000;
    for held in 0..30 {
        driver.press_at(Key::ctrl('o'), at + held * 30);
        driver.send(Msg::Painted { at: at + held * 30 });
    }
    assert_eq!(driver.submits(), 0, "a key that is held opens the sheet and is dropped there");
    assert!(!confirm(&driver).is_armed(at + 900));
    let mut driver = Driver::ready();
    driver.go_to("review");
    driver.ctrl('o');
    assert_eq!(driver.model.page, Page::Form);
    assert!(driver.model.message.as_deref().unwrap().contains("Server name is empty"), "{:?}", driver.model.message);
}

#[test]
fn a_high_impact_that_may_be_a_duplicate_asks_for_the_name_and_for_second() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    end_in_doubt(&mut driver);
    driver.enter();
    driver.model.form.draft.auto_pay = true;
    driver.model.form.recheck();
    driver.go_to("review");
    driver.ctrl('o');
    let Challenge::Word { word, .. } = &confirm(&driver).challenge else { panic!("nothing is asked") };
    assert_eq!(word, "web-01 SECOND");
    assert!(warnings(&driver)[0].starts_with("Possible duplicate of web-01: same "), "{:?}", warnings(&driver));
    driver.keys(&[KeyCode::PageDown, KeyCode::PageDown]);
    for typed in ["SECOND", "web-01", "SECOND web-01", "web-01SECOND"] {
        driver.text(typed);
        driver.ctrl('o');
        assert_eq!(driver.submits(), 1, "{typed} is not enough");
        driver.ctrl('u');
    }
    driver.text("web-01 SECOND");
    driver.ctrl('o');
    assert_eq!(driver.submits(), 2);
}

/// A form whose order sheet does not fit, shown up to its first rows.
fn on_a_small_screen() -> Driver {
    let mut driver = Driver::on_review();
    driver.send(Msg::Resize { width: 60, height: 16 });
    driver.enter();
    driver.at += 1_000;
    let layout = driver.model.sheet_layout().unwrap();
    assert!(layout.fits && !layout.shows_end);
    driver
}

#[test]
fn nothing_is_ordered_before_the_last_row_was_on_the_screen() {
    let mut driver = on_a_small_screen();
    driver.ctrl('o');
    assert_eq!(driver.submits(), 0);
    assert_eq!(driver.model.message.as_deref(), Some("Read the order to its end first: PgDn"));
    // The last row is scrolled to, but no frame has shown it yet.
    let at = driver.at + 1_000;
    for _ in 0..9 {
        driver.press_at(Key::plain(KeyCode::PageDown), at);
    }
    assert!(driver.model.sheet_layout().unwrap().shows_end && driver.model.awaits_paint());
    assert_eq!(driver.press_at(Key::ctrl('o'), at), []);
    driver.send(Msg::Painted { at });
    assert!(!driver.model.awaits_paint());
    let effects = driver.press_at(Key::ctrl('o'), at + 1);
    assert!(matches!(effects.as_slice(), [Effect::Submit { .. }]), "{effects:?}");
}

#[test]
fn the_wheel_and_the_arrows_scroll_and_no_page_skips_a_row() {
    let mut driver = on_a_small_screen();
    let all = {
        let mut large = Driver::on_review();
        large.send(Msg::Resize { width: 60, height: 60 });
        large.enter();
        lines(&large)
    };
    let mut seen = lines(&driver);
    for _ in 0..9 {
        driver.press(Key::plain(KeyCode::PageDown));
        seen.extend(lines(&driver));
    }
    // The endpoint is shown only where there is room for it.
    for line in all.iter().filter(|line| !line.is_empty() && !line.starts_with("Sent to")) {
        assert!(seen.contains(line), "{line} was skipped: {seen:#?}");
    }
    let end = lines(&driver);
    driver.press(Key::plain(KeyCode::Down));
    assert_eq!(lines(&driver), end, "it ends there");
    driver.press(Key::plain(KeyCode::Up));
    assert_ne!(lines(&driver), end);
    driver.send(Msg::Scrolled { rows: 1, at: driver.at });
    assert_eq!(lines(&driver), end);
    driver.press(Key::plain(KeyCode::Home));
    assert!(lines(&driver)[0].starts_with("Account"), "{:#?}", lines(&driver));
}

#[test]
fn what_was_shown_counts_for_this_confirmation_whatever_the_window_does() {
    let mut driver = on_a_small_screen();
    driver.press(Key::plain(KeyCode::End));
    driver.press(Key::plain(KeyCode::Home));
    driver.send(Msg::Resize { width: 60, height: 17 });
    assert!(!driver.model.sheet_layout().unwrap().shows_end);
    assert!(confirm(&driver).was_shown_to_end());
    // Another confirmation has to be read anew.
    driver.press(Key::plain(KeyCode::Esc));
    driver.enter();
    assert!(!confirm(&driver).was_shown_to_end());
    // A window with room for all of it shows the end.
    driver.send(Msg::Resize { width: 80, height: 24 });
    assert!(driver.model.awaits_paint());
    driver.paint();
    assert!(confirm(&driver).was_shown_to_end());
    driver.ctrl('o');
    assert_eq!(driver.submits(), 1);
}

#[test]
fn the_warnings_and_the_action_stay_while_the_rows_scroll() {
    let mut driver = Driver::on_review();
    driver.model.form.draft = risky("web-01");
    driver.model.form.recheck();
    driver.send(Msg::Resize { width: 80, height: 18 });
    driver.enter();
    for _ in 0..9 {
        let shown = lines(&driver);
        assert_eq!(shown[..4], ABSOLUTE);
        assert!(shown.last().unwrap().starts_with("Ctrl-O  Place order: 4 servers"), "{shown:#?}");
        assert!(shown.iter().any(|line| line.contains("more above") || line.contains("more below")), "{shown:#?}");
        driver.press(Key::plain(KeyCode::PageDown));
    }
    // Where they do not fit, nothing can be ordered.
    driver.send(Msg::Resize { width: 80, height: 10 });
    driver.text("web-01");
    driver.ctrl('o');
    assert_eq!(driver.submits(), 0);
    assert!(driver.model.message.as_deref().unwrap().starts_with("Too small to order"), "{:?}", driver.model.message);
}

#[test]
fn a_list_that_gives_rise_to_a_warning_closes_the_confirmation() {
    let mut driver = Driver::on_review();
    let at = driver.at + 1_000;
    driver.press_at(Key::plain(KeyCode::F(5)), at);
    driver.press_at(Key::ctrl('o'), at);
    assert_eq!(warnings(&driver), Vec::<String>::new());
    let Some(ListState::Loading { ticket, .. }) = driver.model.form.lists.get(&Resource::Offerings) else {
        panic!("the list is read again")
    };
    let flavor = driver.model.form.draft.server_flavor.clone();
    let sold_out = Offering { zone: "a".into(), server_flavor: flavor, is_sold_out: Some(true) };
    let result = Ok(Listing::Offerings(vec![sold_out]));
    driver.send(Msg::ListRead { resource: Resource::Offerings, ticket: *ticket, result, stamp: "x".into() });
    assert_eq!((&driver.model.page, driver.model.form.step), (&Page::Form, Step::Review));
    driver.ctrl('o');
    let warning = "physical.rx1.xlarge is sold out in every zone: expect the order to be rejected";
    assert_eq!(warnings(&driver), [warning]);
    // Review has it once, as a warning and not as a note.
    driver.press(Key::plain(KeyCode::Esc));
    let rows = review_rows(&driver.model.form).len();
    driver.send(Msg::Click { target: ClickTarget::ReviewRow(0), at: driver.at });
    assert_eq!(driver.model.form.order_warnings.len() + driver.model.form.warnings.len(), 2);
    assert!(rows < 30);
}
