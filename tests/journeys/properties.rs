//! Whatever happens in whatever order: no panic, no order without a confirmation, never two for
//! one, nothing typed is lost by moving about.

use cph_wizard::app::{ClickTarget, Effect, Key, KeyCode, Model, Msg, Page, exit_code, review_rows};
use cph_wizard::form::Step;
use cph_wizard::order::FieldId;
use cph_wizard::purchase::Event;
use cph_wizard::view::{Theme, draw, hit_test};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::common::Driver;
use crate::purchase::{accepted, refused};
use cph_wizard::exit_code::ExitCode;

pub fn any_key() -> impl Strategy<Value = Key> {
    use KeyCode as C;
    let named = vec![
        C::Enter,
        C::Enter,
        C::Enter,
        C::Enter,
        C::Tab,
        C::Tab,
        C::BackTab,
        C::Esc,
        C::Backspace,
        C::Delete,
        C::Up,
        C::Down,
        C::Left,
        C::Right,
        C::Home,
        C::End,
        C::PageUp,
        C::PageDown,
        C::F(1),
        C::F(3),
        C::F(4),
        C::F(5),
        C::F(6),
        C::F(8),
        C::F(7),
        C::F(2),
    ];
    let typed = "w10 ?ny-+ü云\u{301}".chars().map(C::Char);
    let codes = prop::sample::select(named.into_iter().chain(typed).collect::<Vec<_>>());
    prop_oneof![
        6 => codes.prop_map(Key::plain),
        3 => prop::sample::select("ogngpnrsyltxuwkaeh_".chars().collect::<Vec<_>>()).prop_map(Key::ctrl),
        1 => prop::sample::select(vec![KeyCode::Up, KeyCode::Down, KeyCode::Char('b'), KeyCode::Char('u'), KeyCode::Char('m'), KeyCode::Char('i')]).prop_map(Key::alt),
    ]
}

#[derive(Debug, Clone)]
enum Deed {
    Key(Key),
    /// To Review, to the confirmation, armed, and the deed.
    Buy,
    Paste(String),
    Typed(String),
    Resize(u16, u16),
    Click(u16, u16),
    Wheel(i32),
    Wait(u64),
    Answer,
    Accept,
    Refuse,
    Follow,
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        30 => any_key().prop_map(Deed::Key),
        3 => Just(Deed::Buy),
        2 => "[ -~\n\u{1b}]{0,30}".prop_map(Deed::Paste),
        2 => "[a-z0-9 y-]{1,9}".prop_map(Deed::Typed),
        1 => Just(Deed::Paste("web 20000 public\napi 20001".into())),
        2 => (0..200_u16, 0..70_u16).prop_map(|(width, height)| Deed::Resize(width, height)),
        2 => (0..200_u16, 0..70_u16).prop_map(|(x, y)| Deed::Click(x, y)),
        1 => (-5..5_i32).prop_map(Deed::Wheel),
        2 => (0..3_000_u64).prop_map(Deed::Wait),
        3 => Just(Deed::Answer),
        2 => Just(Deed::Accept),
        2 => Just(Deed::Refuse),
        1 => Just(Deed::Follow),
    ]
}

fn do_deed(driver: &mut Driver, deed: Deed) {
    driver.at += 100;
    let at = driver.at;
    match deed {
        Deed::Key(key) => {
            driver.press_at(key, at);
        }
        Deed::Buy => {
            for key in [
                Key::ctrl('g'),
                Key::char('8'),
                Key::plain(KeyCode::Enter),
                Key::plain(KeyCode::End),
                Key::plain(KeyCode::Enter),
            ] {
                driver.press_at(key, at);
            }
            driver.paint();
            driver.at += 2_000;
            let at = driver.at;
            driver.press_at(Key::ctrl('o'), at);
        }
        Deed::Paste(text) => {
            driver.send(Msg::Paste { text, at });
        }
        Deed::Typed(text) => {
            driver.send(Msg::Typed { text, at });
        }
        Deed::Resize(width, height) => {
            driver.send(Msg::Resize { width, height });
        }
        Deed::Click(x, y) => {
            if let Some(target) = hit_test(&driver.model, x, y) {
                driver.send(Msg::Click { target, at });
            }
        }
        Deed::Wheel(rows) => {
            driver.send(Msg::Scrolled { rows, at });
        }
        Deed::Wait(ms) => {
            driver.at += ms;
            let at = driver.at;
            driver.send(Msg::Tick { at });
        }
        Deed::Answer => driver.answer_reads(),
        Deed::Accept => {
            driver.send(Msg::Purchase { event: Event::Concluded { id: None, outcome: accepted(), lost: None }, at });
        }
        Deed::Refuse => {
            driver.send(Msg::Purchase {
                event: Event::Concluded { id: None, outcome: refused("CPS.0024", "no"), lost: None },
                at,
            });
        }
        Deed::Follow => {
            let ticket = driver.model.ticket;
            driver.send(Msg::ServersPolled { ticket, result: Ok(vec![]), at });
        }
    }
    driver.paint();
}

fn paint(model: &Model) {
    let backend = TestBackend::new(model.width, model.height);
    let mut terminal = Terminal::new(backend).unwrap();
    terminal.draw(|frame| draw(model, Theme::TERMINAL, frame)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_confirmation_leads_to_at_most_one_order(deeds in prop::collection::vec(any_deed(), 1..80)) {
        let mut driver = Driver::ready();
        driver.go_to("servers");
        driver.text("web-01");
        let mut confirmations = 0;
        for deed in deeds {
            let was_confirming = matches!(driver.model.page, Page::Confirm(_));
            let was_waiting = matches!(driver.model.page, Page::Waiting(_));
            let submits = driver.submits();
            let is_purchase = matches!(deed, Deed::Buy);
            do_deed(&mut driver, deed.clone());
            let new = driver.submits() - submits;
            if new > 0 {
                prop_assert!(was_confirming || is_purchase, "{deed:?} ordered without a confirmation");
                prop_assert!(!was_waiting, "{deed:?} ordered while an order was on its way");
                prop_assert!(matches!(driver.model.page, Page::Waiting(_)));
                prop_assert_eq!(new, 1);
                confirmations += 1;
            }
            prop_assert_eq!(driver.submits(), confirmations);
            let model = &driver.model;
            prop_assert!(model.form.review_cursor < review_rows(&model.form).len());
            prop_assert!(confirmations == 0 || exit_code(model) != ExitCode::Interrupted, "an order is forgotten");
            if let Page::Confirm(confirm) = &model.page {
                prop_assert_eq!(model.impact(), confirm.impact);
                prop_assert_eq!(Some(&confirm.body), model.form.order.as_ref().map(|(_, body)| body));
            }
            paint(&driver.model);
        }
        for effect in &driver.effects {
            if let Effect::Submit { body, .. } = effect {
                prop_assert!(cph_wizard::order::read_body(body.bytes()).is_ok());
            }
        }
    }

    #[test]
    fn moving_about_loses_no_answer(moves in prop::collection::vec((0..8_usize, 0..6_usize), 1..40)) {
        let mut driver = Driver::on_review();
        driver.go_to("ports");
        driver.text("web");
        let before = driver.model.form.draft.clone();
        for (step, tabs) in moves {
            driver.go_to(Step::ALL[step].name());
            driver.keys(&vec![KeyCode::Tab; tabs]);
            driver.keys(&[KeyCode::BackTab]);
            driver.press(Key::plain(KeyCode::Esc));
        }
        prop_assert_eq!(&driver.model.form.draft, &before);
    }

    #[test]
    fn every_page_can_be_drawn_and_clicked_at_any_size(
        width in 0..130_u16, height in 0..45_u16, x in 0..130_u16, y in 0..45_u16, step in 0..8_usize
    ) {
        let mut driver = Driver::on_review();
        driver.go_to(Step::ALL[step].name());
        driver.send(Msg::Resize { width, height });
        paint(&driver.model);
        if let Some(ClickTarget::Field(id) | ClickTarget::Row(id, _)) = hit_test(&driver.model, x, y) {
            prop_assert!(FieldId::ALL.contains(&id));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn letters_that_come_at_once_do_what_their_keys_do(
        deeds in prop::collection::vec((any_deed(), "[a-z0-9 ?+y\u{4e91}\u{301}-]{0,12}"), 1..12),
    ) {
        let (mut one, mut all) = (Driver::ready(), Driver::ready());
        for (deed, letters) in deeds {
            do_deed(&mut one, deed.clone());
            do_deed(&mut all, deed);
            for letter in letters.chars() {
                one.press_at(Key::char(letter), one.at);
            }
            let mut typed = letters.as_str();
            while let Some((msg, rest)) = all.model.next_typed(typed, all.at) {
                typed = rest;
                all.send(msg);
            }
            // Review is elsewhere: the rows of it that come and go with each letter move its cursor.
            (one.model.form.review_cursor, all.model.form.review_cursor) = (0, 0);
            prop_assert_eq!(format!("{:?}", one.model), format!("{:?}", all.model), "{:?}", letters);
            prop_assert_eq!(one.submits(), all.submits());
        }
    }
}
