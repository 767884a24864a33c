//! The order as a text for another tool: the way there, through its forms, and what is done with it.

use cph_wizard::app::{AccountMode, Context, Effect, ExportFile, Key, KeyCode, Msg, Overlay, Page, export_rows};
use cph_wizard::export::{Format, Target, export};
use cph_wizard::form::Step;
use cph_wizard::order::{Draft, Order, PortDraft};

use crate::common::Driver;

const ALT_E: Key = Key::alt(KeyCode::Char('e'));

fn format(driver: &Driver) -> Format {
    match driver.model.overlay {
        Some(Overlay::Export(exporting)) => exporting.format,
        ref other => panic!("{other:?}"),
    }
}

fn shown(driver: &Driver) -> String {
    driver.exported().unwrap().unwrap()
}

#[test]
fn every_form_is_a_key_away_and_holds_the_body_of_review() {
    let mut driver = Driver::on_review();
    driver.press(ALT_E);
    assert_eq!(driver.model.context(), Context::Export);
    let (_, body) = driver.model.form.order.clone().unwrap();
    for expected in Format::ALL {
        assert_eq!(format(&driver), expected);
        assert_eq!(driver.exported(), Some(export(&body, &Target::default(), expected)));
        assert!(shown(&driver).contains(body.hash()));
        driver.keys(&[KeyCode::Down, KeyCode::Right]);
    }
    assert_eq!(format(&driver), Format::Curl, "round to the first one");
    driver.keys(&[KeyCode::Left]);
    assert_eq!(format(&driver), Format::Hcloud);
    driver.press(ALT_E);
    assert_eq!((driver.model.overlay.as_ref(), &driver.model.page), (None, &Page::Form));
    assert_eq!((driver.model.form.step, driver.submits()), (Step::Review, 0));
}

#[test]
fn a_text_is_copied_or_written_as_it_is_shown() {
    let mut driver = Driver::on_review();
    driver.press(ALT_E);
    driver.keys(&[KeyCode::Left, KeyCode::Left]);
    let text = shown(&driver);
    assert_eq!(driver.press(Key::char('y')), [Effect::Copy(text.clone())]);
    assert!(driver.model.message.as_ref().unwrap().contains("nothing guards it"));
    let file = ExportFile { name: "order-web-01".into(), ending: "go", text };
    assert_eq!(driver.press(Key::char('w')), [Effect::WriteExport(file)]);
    driver.send(Msg::Exported { result: Ok("/home/us/order-web-01.go".into()) });
    assert!(driver.model.message.as_ref().unwrap().starts_with("Written to /home/us/order-web-01.go"));
    driver.send(Msg::Exported { result: Err("the disk is full".into()) });
    assert_eq!(driver.model.message.as_deref(), Some("Nothing is written: the disk is full"));
}

#[test]
fn what_is_no_order_cannot_be_exported() {
    let mut driver = Driver::ready();
    driver.press(ALT_E);
    assert_eq!(driver.model.overlay, None);
    assert!(driver.model.message.as_ref().unwrap().contains("nothing to export yet"));
    assert!(!driver.palette("export").iter().any(|offer| offer.name == "export the order"));
    let mut driver = Driver::on_review();
    driver.press(ALT_E);
    // A list that comes in late can show that it was none.
    driver.model.form.order = None;
    assert_eq!(driver.exported(), None);
    for key in [Key::char('y'), Key::char('w'), Key::plain(KeyCode::End), Key::plain(KeyCode::Right)] {
        assert_eq!(driver.press(key), []);
    }
}

#[test]
fn the_palette_leads_there_from_any_field() {
    let mut driver = Driver::on_review();
    driver.go_to("ports");
    driver.ctrl('g');
    driver.text("export the order");
    driver.enter();
    assert_eq!(driver.model.context(), Context::Export);
    driver.keys(&[KeyCode::Esc]);
    assert_eq!(driver.model.form.step, Step::Ports);
}

#[test]
fn a_live_account_says_where_the_order_goes() {
    let mut driver = Driver::on_review();
    let account = &mut driver.model.account.label;
    (account.mode, account.endpoint) = (AccountMode::Live, "https://cph.cn-east-3.myhuaweicloud.com".into());
    (account.region, account.project) = ("cn-east-3".into(), "p1".into());
    driver.press(ALT_E);
    let text = shown(&driver);
    assert!(text.contains("endpoint='https://cph.cn-east-3.myhuaweicloud.com'\nproject_id='p1'"), "{text}");
    // Where no region is known its place is taken by the host.
    driver.model.account.label.region = "127.0.0.1".into();
    driver.keys(&[KeyCode::Left]);
    let text = shown(&driver);
    assert!(text.contains("--cli-region=\"${CPH_WIZARD_REGION:?}\""), "{text}");
}

#[test]
fn rows_are_cut_at_the_width_and_hide_nothing() {
    let rows = |text: &str, width| export_rows(text, width).into_iter().map(|row| row.text).collect::<Vec<_>>();
    assert_eq!(rows("ab\n\tcd\u{202e}\n", 10), ["ab", "    cd<U+2", "02E>"]);
    assert_eq!(rows("云手机云手机\n\n", 8), ["云手机云", "手机", ""]);
    assert_eq!(rows("# one two three\n", 10), ["# one two ", "three"]);
    assert!(export_rows("// one two three", 10).iter().all(|row| row.is_remark));
    assert_eq!(rows("#123456789", 8), ["#1234567", "89"]);
}

#[test]
fn scrolling_ends_where_the_text_does() {
    let mut driver = Driver::on_review();
    driver.press(ALT_E);
    driver.keys(&[KeyCode::End, KeyCode::PageDown]);
    let rows = export_rows(&shown(&driver), driver.model.width).len();
    let Some(Overlay::Export(exporting)) = driver.model.overlay else { panic!("closed") };
    assert_eq!(exporting.top, rows - usize::from(driver.model.height) / 2);
    driver.keys(&[KeyCode::Home]);
    assert!(matches!(driver.model.overlay, Some(Overlay::Export(exporting)) if exporting.top == 0));
}

#[test]
fn a_form_that_cannot_hold_the_order_says_why_and_gives_nothing_away() {
    let mut driver = Driver::on_review();
    let port = PortDraft { name: "a\0b".into(), number: "20000".into(), public: false };
    let draft = Draft { ports: vec![port], ..driver.model.form.draft.clone() };
    let order = Order::check(&draft, &driver.model.form.catalogue).unwrap();
    let body = order.body();
    driver.model.form.order = Some((order, body));
    driver.press(ALT_E);
    assert!(shown(&driver).contains("\\u0000"));
    driver.keys(&[KeyCode::Left]);
    let why = driver.exported().unwrap().unwrap_err().to_string();
    assert!(why.contains("U+0000"), "{why}");
    for key in [Key::char('y'), Key::char('w')] {
        assert_eq!(driver.press(key), []);
        assert_eq!(driver.model.message.as_ref(), Some(&why));
    }
}
